from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_SQLITE = (
    """CREATE VIRTUAL TABLE store_search USING fts5(
        kind, body, content='store_searchrow', content_rowid='id',
        tokenize="unicode61 remove_diacritics 0", prefix='2 3 4'
    )""",
    """CREATE TRIGGER store_search_in AFTER INSERT ON store_searchrow BEGIN
        INSERT INTO store_search(rowid, kind, body) VALUES (new.id, new.kind, new.body);
    END""",
    """CREATE TRIGGER store_search_out AFTER DELETE ON store_searchrow BEGIN
        INSERT INTO store_search(store_search, rowid, kind, body) VALUES ('delete', old.id, old.kind, old.body);
    END""",
    """CREATE TRIGGER store_search_new AFTER UPDATE ON store_searchrow BEGIN
        INSERT INTO store_search(store_search, rowid, kind, body) VALUES ('delete', old.id, old.kind, old.body);
        INSERT INTO store_search(rowid, kind, body) VALUES (new.id, new.kind, new.body);
    END""",
)
_POSTGRESQL = ("CREATE INDEX store_search ON store_searchrow USING gin (to_tsvector('simple', body))",)


def _index(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for sql in _POSTGRESQL if schema_editor.connection.vendor == "postgresql" else _SQLITE:
        schema_editor.execute(sql)


class Migration(migrations.Migration):
    dependencies = [("store", "0003_event_of_a_statement")]

    operations = [
        migrations.CreateModel(
            name="SearchRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("owner", models.CharField(db_index=True, max_length=18)),
                ("kind", models.CharField(max_length=9)),
                ("ref", models.CharField(max_length=18)),
                ("start", models.BigIntegerField(null=True)),
                ("end", models.BigIntegerField(null=True)),
                ("body", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Searched",
            fields=[
                ("owner", models.CharField(max_length=18, primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64)),
            ],
        ),
        migrations.RunPython(_index, migrations.RunPython.noop),
    ]
