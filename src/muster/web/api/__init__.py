"""The record for programs: the same pages, the same doors, as JSON."""
