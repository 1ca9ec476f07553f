"""The record people read: incidents with their questions, people with their ledgers, sources."""

from muster.casebook.accepted import accepted
from muster.casebook.people import person
from muster.casebook.questions import questions
from muster.casebook.record import Record
from muster.casebook.sources import name_of_source, owned, source_name, source_sheets

__all__ = ["Record", "accepted", "name_of_source", "owned", "person", "questions", "source_name", "source_sheets"]
