"""Where people read, judge and correct."""
