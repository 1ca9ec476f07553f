"""Making a case from a backup, of which every byte is checked first."""

import os
import re
import shutil
import tempfile
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from shlex import quote
from typing import Any
from zipfile import ZipFile

from django.core.management.color import no_style
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.models import BinaryField, Model

import muster.store.orm  # noqa: F401  models need Django ready
from muster.errors import MusterError
from muster.store.backup import ORIGINAL, TABLE, Manifest, Part, as_damaged, chunks, open_backup
from muster.store.case import Case, fill_case, is_postgresql, one_transaction
from muster.store.codec import from_json

_ROWS_AT_ONCE = 500
_SHA256 = re.compile(r"[0-9a-f]{64}")


def restore(file: Path, folder: Path, database_url: str = "") -> Manifest:
    """Make a new case at a folder from a backup; the folder is there when all is in it, and not before.

    The rows go to PostgreSQL where there is a database_url, else to SQLite.

    Raises:
        MusterError: "case_exists", what `open_backup` raises, and what `open_case` raises with build.
    """
    folder = folder.absolute()
    if folder.exists():
        hint = f"Name a new folder: muster restore {quote(str(file))} NEW-CASE"
        raise MusterError("case_exists", f"There is something at {folder} already.", hint)
    with open_backup(file) as (archive, manifest), _beside(folder) as made:
        with fill_case(made, database_url, manifest.migration) as case, as_damaged(file):
            for part in manifest.parts:
                if ORIGINAL.fullmatch(part.name):
                    _extract(archive, part, made)
            _load(archive, manifest, case)
            if is_postgresql(case):  # which plans badly what is asked of many new rows that it has not looked at
                with connections[case.alias].cursor() as cursor:
                    cursor.execute("ANALYZE")
        made.rename(folder)
    return manifest


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """Give a place for a folder to be made on the same disk; what is still there at the end is removed."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        place = Path(tempfile.mkdtemp(prefix=".restoring-", dir=folder.parent))
    except OSError as error:
        raise MusterError(
            "cannot_write", f"{folder} cannot be made: {error.strerror or error}.",
            "Name another place: one with room, where you may write.",
        ) from error  # fmt: skip
    try:
        yield place / folder.name
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _extract(archive: ZipFile, part: Part, folder: Path) -> None:
    path = folder / part.name
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for chunk in chunks(archive, part):
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())


def _load(archive: ZipFile, manifest: Manifest, case: Case) -> None:
    connection = connections[case.alias]
    state = MigrationLoader(connection).project_state(("store", manifest.migration))
    models = {str(each._meta.model_name): each for each in state.apps.get_models() if each._meta.app_label == "store"}
    tables = {found[1]: each for each in manifest.parts if (found := TABLE.fullmatch(each.name))}
    if tables.keys() != models.keys():
        raise ValueError("its tables are not those of its version")
    with one_transaction(case):
        for name, model in models.items():
            rows = _read_rows(archive, tables[name], model)
            while some := list(islice(rows, _ROWS_AT_ONCE)):
                model._base_manager.using(case.alias).bulk_create(some)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(models.values())):
                cursor.execute(statement)


def _read_rows(archive: ZipFile, part: Part, model: type[Model]) -> Iterator[Model]:
    fields = {each.attname: each for each in model._meta.concrete_fields}
    with archive.open(part.name) as file:
        columns = from_json(next(file).decode(), list[str])
        if sorted(columns) != sorted(fields):  # an older version may have had another order
            raise ValueError(f"{part.name} has other columns than its version")
        for line in file:
            row = from_json(line.decode(), list[Any])
            values = {name: _value(fields[name], value) for name, value in zip(columns, row, strict=True)}
            if not _SHA256.fullmatch(str(values.get("sha256", "0" * 64))):  # paths are made of it
                raise ValueError(f"{part.name} holds something that is no SHA-256")
            yield model(**values)


def _value(field: Any, value: Any) -> Any:
    if value is None:
        return None
    return b64decode(value, validate=True) if isinstance(field, BinaryField) else field.to_python(value)
