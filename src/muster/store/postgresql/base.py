"""Django's PostgreSQL backend, in which text and integers are what they are in SQLite.

Text is of any length and in code-point order (exports are sorted by the database, and must not depend on
a server's locale), and integers have 64 bits.  PostgreSQL has no U+0000 in text; it becomes U+FFFD, as it
does where names are shown.
"""

from typing import Any

from django.db.backends.postgresql import base, operations, schema
from psycopg.types.numeric import Int8
from psycopg.types.string import StrDumperUnknown


class _TextDumper(StrDumperUnknown):
    def dump(self, obj: str) -> Any:
        return super().dump(obj.replace("\x00", "\ufffd"))


class DatabaseOperations(operations.DatabaseOperations):
    """Takes integers as large as SQLite does."""

    integerfield_type_map = {**operations.DatabaseOperations.integerfield_type_map, "IntegerField": Int8}  # noqa: RUF012
    integer_field_ranges = {  # noqa: RUF012
        **operations.DatabaseOperations.integer_field_ranges,
        "IntegerField": operations.DatabaseOperations.integer_field_ranges["BigIntegerField"],
    }


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
    ops_class = DatabaseOperations
    data_types = {**base.DatabaseWrapper.data_types, "CharField": "text", "IntegerField": "bigint"}  # noqa: RUF012

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect.  Called by Django."""
        connection = super().get_new_connection(conn_params)
        connection.adapters.register_dumper(str, _TextDumper)
        return connection
