"""What every stage must know of scripts, names, numbers, calendars and spelling."""
