"""Django's PostgreSQL backend, in which text is what it is in SQLite: of any length, and in code-point order.

Exports are sorted by the database, and must not depend on a server's locale.  PostgreSQL has no U+0000
in text; it becomes U+FFFD, as it does where names are shown.
"""

from typing import Any

from django.db.backends.postgresql import base, schema
from psycopg.types.string import StrDumperUnknown


class _TextDumper(StrDumperUnknown):
    def dump(self, obj: str) -> Any:
        return super().dump(obj.replace("\x00", "\ufffd"))


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    """Makes text in code-point order, and no second index for LIKE, which an index in that order serves too."""

    def column_sql(self, model: Any, field: Any, include_default: bool = False) -> Any:
        """Return the definition of a column.  Called by Django."""
        sql, params = super().column_sql(model, field, include_default)
        return (f'text COLLATE "C"{sql[4:]}' if sql and sql.startswith("text") else sql), params

    def _create_like_index_sql(self, model: Any, field: Any) -> None:
        return None


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection.  Django looks for this name in the module of a database's ENGINE."""

    SchemaEditorClass = DatabaseSchemaEditor
    data_types = {**base.DatabaseWrapper.data_types, "CharField": "text"}  # noqa: RUF012

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect.  Called by Django."""
        connection = super().get_new_connection(conn_params)
        connection.adapters.register_dumper(str, _TextDumper)
        return connection
