"""Tables, migrations, search; the only package that knows the database."""
