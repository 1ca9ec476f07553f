"""Where people read, judge and correct: server-rendered pages over the same calls as the command line."""
