"""The record people read: incidents with their questions, people with their ledgers, sources."""
