"""Who may do what in which case.  Nothing here says anything about what a case holds."""
