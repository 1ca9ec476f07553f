"""The record people read: incidents with their questions, people with their ledgers, sources."""

from muster.casebook.record import Record

__all__ = ["Record"]
