"""The tables that migrations make are those that the models describe."""

from io import StringIO

from django.core.management import call_command


def test_no_migration_is_missing() -> None:
    out = StringIO()
    call_command("makemigrations", "store", check=True, dry_run=True, stdout=out)
    assert "No changes" in out.getvalue()
