"""Changes of the tables, oldest first.  The names of these files are the version of a case."""
