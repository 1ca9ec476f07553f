"""Django's way to PostgreSQL, with text that compares as it does in SQLite."""
