"""A backup holds all of a case, and only a whole one is restored."""

import json
import os
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.errors import MusterError
from muster.publish import export_jsonl
from muster.records import Judgement
from muster.store import backup as backups
from muster.store import models
from muster.store.backup import Manifest, back_up, open_backup
from muster.store.case import Case, known_migrations, one_transaction, open_case
from muster.store.codec import encode
from muster.store.lookup import get_documents, get_statements, original_path
from muster.store.record import load_record
from muster.store.restore import restore


def exported(folder: Path, database_url: str) -> dict[str, bytes]:
    out = folder.parent / f"export-{folder.name}"
    with open_case(folder, database_url=database_url) as case:
        export_jsonl(load_record(case), out)
    return {each.name: each.read_bytes() for each in out.iterdir()}


def backed_up(folder: Path, database_url: str, name: str = "a.backup") -> Path:
    with open_case(folder, database_url=database_url) as case:
        back_up(case, folder.parent / name)
    return folder.parent / name


def refusal(file: Path, folder: Path, database_url: str = "") -> MusterError:
    before = sorted(folder.parent.iterdir())
    with pytest.raises(MusterError) as caught:
        restore(file, folder, database_url)
    assert sorted(folder.parent.iterdir()) == before  # nothing half made
    return caught.value


@pytest.mark.parametrize("back_to", ["sqlite", "postgresql"])
def test_what_is_restored_on_either_database_gives_the_same_export(
    built: Path, database_url: str, back_to: str, postgresql: str, tmp_path: Path
) -> None:
    file = backed_up(built, database_url)
    url = postgresql if back_to == "postgresql" else ""
    restore(file, tmp_path / "elsewhere" / "built", url)
    assert exported(tmp_path / "elsewhere" / "built", url) == exported(built, database_url)
    # and all else is there, too: a backup of it is the same to the byte
    assert backed_up(tmp_path / "elsewhere" / "built", url).read_bytes() == file.read_bytes()
    with open_case(tmp_path / "elsewhere" / "built", database_url=url) as case:
        assert {connections[case.alias].vendor} == {back_to}


def test_a_restored_case_can_be_added_to(whole: Case) -> None:
    """Numbers that the database gives go on after those that were restored."""
    document = next(get_documents(whole))
    for model in (models.Problem, models.Errand):
        before = set(model.objects.using(whole.alias).values_list("pk", flat=True))
        columns = {"paths": "[]"} if model is models.Errand else {"document_id": document.id, "kind": "", "why": ""}
        assert model.objects.using(whole.alias).create(**columns).pk not in before
    assert models.Acquisition.objects.using(whole.alias).count() == 3
    models.Acquisition.objects.using(whole.alias).create(
        document_id=document.id, name="again", path="again", media_type="text/plain", acquired_at="2031-04-01"
    )


def test_judgements_are_in_it(whole: Case, tmp_path: Path) -> None:
    judgement = Judgement(
        id="j-1", kind="same", subjects=("e-1", "e-2"), value="", reason="“Both” sign so,\nas she said.",
        decided_by="R. Okafor", decided_at="2031-04-01T12:00:00+00:00",
    )  # fmt: skip
    with one_transaction(whole):
        models.Judgement.objects.using(whole.alias).create(
            id="j-1", sequence=7, kind="same", decided_at=judgement.decided_at, decided_by="R. Okafor",
            blob=encode(judgement),
        )  # fmt: skip
    back_up(whole, tmp_path / "a.backup")
    restore(tmp_path / "a.backup", tmp_path / "again")
    with open_case(tmp_path / "again") as case:
        row = models.Judgement.objects.using(case.alias).get()
    assert (row.sequence, bytes(row.blob)) == (7, encode(judgement))


def test_a_backup_is_of_one_moment_though_others_write(
    whole: Case, tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before each table is written out, somebody adds to one."""
    really = backups._Rows.__iter__

    def interrupted(self: backups._Rows) -> Iterator[bytes]:
        with one_transaction(writer):
            models.Errand.objects.using(writer.alias).create(paths=str(self.columns))
        yield from really(self)

    monkeypatch.setattr(backups._Rows, "__iter__", interrupted)
    with open_case(whole.folder, database_url=database_url) as writer:
        manifest = back_up(whole, tmp_path / "a.backup")
    assert list(manifest.n_rows).index("errand") > 0
    assert manifest.n_rows["errand"] == 1  # the moment is when the first table is read
    assert models.Errand.objects.using(whole.alias).count() == len(manifest.n_rows)


def test_everything_of_a_backup_is_in_its_manifest(backup: Path) -> None:
    with zipfile.ZipFile(backup) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert {each["name"] for each in manifest["parts"]} | {"manifest.json"} == set(archive.namelist())
        assert sum(name.startswith("originals/") for name in archive.namelist()) == 3
    assert manifest["n_rows"]["statement"] == 3
    assert manifest["case"] == "built"
    assert backup.stat().st_mode & 0o077 == 0


def test_a_missing_and_a_changed_original_are_named_and_kept_as_they_are(whole: Case, tmp_path: Path) -> None:
    missing, changed, _ = list(get_documents(whole))
    original_path(whole, missing).unlink()
    original_path(whole, changed).write_bytes(b"another text")
    manifest = back_up(whole, tmp_path / "a.backup")
    assert manifest.faulty == (missing.name, changed.name)
    restore(tmp_path / "a.backup", tmp_path / "again")
    with open_case(tmp_path / "again") as again:
        assert not original_path(again, missing).exists()
        assert original_path(again, changed).read_bytes() == b"another text"


def test_a_backup_overwrites_nothing(whole: Case, tmp_path: Path) -> None:
    (tmp_path / "a.backup").write_text("the last one")
    with pytest.raises(MusterError) as caught:
        back_up(whole, tmp_path / "a.backup")
    assert caught.value.code == "file_exists"
    assert (tmp_path / "a.backup").read_text() == "the last one"


def test_a_backup_that_cannot_be_written_leaves_nothing(
    whole: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(MusterError) as caught:
        back_up(whole, tmp_path / "nowhere" / "a.backup")
    assert caught.value.code == "cannot_write"

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(MusterError, match="No space left"):
        back_up(whole, tmp_path / "a.backup")
    assert sorted(tmp_path.iterdir()) == before


def test_a_restore_overwrites_nothing(backup: Path, built: Path) -> None:
    assert refusal(backup, built).code == "case_exists"


def test_what_is_no_backup_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear committee")
    assert refusal(tmp_path / "letter.txt", tmp_path / "new").code == "not_a_backup"
    assert refusal(tmp_path / "none", tmp_path / "new").code == "cannot_read"
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("letter.txt", "Dear committee")
    assert refusal(tmp_path / "other.zip", tmp_path / "new").code == "damaged_backup"


@settings(max_examples=150)
@given(st.data())
def test_a_byte_that_is_changed_is_noticed_or_changes_nothing(backup: Path, data: st.DataObject) -> None:
    with open_backup(backup) as (_, whole):
        pass
    spoilt = bytearray(backup.read_bytes())
    at = data.draw(st.integers(0, len(spoilt) - 1))
    spoilt[at] ^= data.draw(st.integers(1, 255))
    file = backup.with_name("spoilt.backup")
    file.write_bytes(spoilt)
    assert read_back(file) in (None, whole)


@settings(max_examples=30)
@given(st.data())
def test_a_backup_that_was_cut_off_is_noticed(backup: Path, data: st.DataObject) -> None:
    file = backup.with_name("cut.backup")
    content = backup.read_bytes()
    file.write_bytes(content[: data.draw(st.integers(0, len(content) - 1))])
    assert read_back(file) is None


def read_back(file: Path) -> Manifest | None:
    try:
        with open_backup(file) as (_, manifest):
            return manifest
    except MusterError:
        return None


def rewritten(backup: Path, file: Path, **changed: object) -> Path:
    """Copy a backup whose manifest says something else; parts with hashes that fit."""
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(file, "w") as new:
        manifest = json.loads(old.read("manifest.json"))
        for name in old.namelist():
            if name != "manifest.json":
                new.writestr(name, old.read(name))
        new.writestr("manifest.json", json.dumps(manifest | changed))
    return file


def with_part(backup: Path, file: Path, part: str, content: bytes) -> Path:
    """Copy a backup with another part, and a manifest that says so."""
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(file, "w") as new:
        manifest = json.loads(old.read("manifest.json"))
        parts = {each["name"]: each for each in manifest["parts"]}
        parts[part] = {"name": part, "n_bytes": len(content), "sha256": sha256(content).hexdigest()}
        for name in parts:
            new.writestr(name, content if name == part else old.read(name))
        new.writestr("manifest.json", json.dumps(manifest | {"parts": list(parts.values())}))
    return file


@pytest.mark.parametrize("changed", [{"format": 2}, {"migration": "0999_later"}])
def test_a_backup_of_a_newer_version_is_said_so(backup: Path, tmp_path: Path, changed: dict[str, object]) -> None:
    file = rewritten(backup, tmp_path / "newer.backup", **changed)
    assert refusal(file, tmp_path / "new").code == "newer_case"


@pytest.mark.parametrize(
    "name", ["../outside", "/etc/outside", "originals/ab/../../../outside", "tables/../x.jsonl", "originals/ab/short"]
)
def test_nothing_is_written_outside_of_the_case(backup: Path, tmp_path: Path, name: str) -> None:
    file = with_part(backup, tmp_path / "hostile.backup", name, b"x")
    assert refusal(file, tmp_path / "new").code == "damaged_backup"


def test_a_document_does_not_lead_to_files_outside_of_the_case(backup: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(backup) as archive:
        lines = archive.read("tables/document.jsonl").decode().splitlines()
    columns, row = json.loads(lines[0]), json.loads(lines[1])
    row[columns.index("sha256")] = "/etc/passwd"
    hostile = "\n".join([lines[0], json.dumps(row), *lines[2:]]).encode()
    file = with_part(backup, tmp_path / "hostile.backup", "tables/document.jsonl", hostile)
    assert "SHA-256" in refusal(file, tmp_path / "new").message


@pytest.mark.parametrize("content", [b"", b'["id"]\n', b"\xff\n", b'["made_with","name","blob"]\n["a","b","c"]\n'])
def test_a_table_that_does_not_fit_is_refused_and_nothing_left(
    backup: Path, tmp_path: Path, content: bytes, database_url: str, postgresql: str
) -> None:
    file = with_part(backup, tmp_path / "odd.backup", "tables/artefact.jsonl", content)
    with psycopg.connect(postgresql, autocommit=True) as server:
        before = server.execute("SELECT count(*) FROM pg_namespace").fetchone()
        assert refusal(file, tmp_path / "new", database_url).code == "damaged_backup"
        assert server.execute("SELECT count(*) FROM pg_namespace").fetchone() == before


def test_rows_that_point_to_nothing_are_refused(backup: Path, tmp_path: Path, database_url: str) -> None:
    with zipfile.ZipFile(backup) as archive:
        columns = archive.read("tables/document.jsonl").split(b"\n")[0]
    file = with_part(backup, tmp_path / "odd.backup", "tables/document.jsonl", columns + b"\n")
    assert refusal(file, tmp_path / "new", database_url).code == "damaged_backup"


def test_a_backup_of_an_older_version_is_brought_up_to_date(backup: Path, tmp_path: Path, database_url: str) -> None:
    restore(as_of(backup, tmp_path / "older.backup", min(known_migrations())), tmp_path / "new", database_url)
    with open_case(tmp_path / "new", database_url=database_url) as case:
        found = sorted(each.content for each in get_statements(case))
        assert found == ["nobody came", "nobody came", "the gate was shut"]
        assert models.Judgement.objects.using(case.alias).count() == 0  # a column of it is younger


def as_of(backup: Path, file: Path, migration: str) -> Path:
    """Copy a backup as an older version of Muster would have made it: without younger tables and columns."""
    state = MigrationLoader(None).project_state(("store", migration))
    tables = {f"tables/{model}.jsonl": set(state.apps.get_model("store", model)._meta.get_fields())
              for app, model in state.models if app == "store"}  # fmt: skip
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(file, "w") as new:
        manifest = json.loads(old.read("manifest.json"))
        parts = []
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("tables/") and name not in tables:
                continue
            if name in tables:
                wanted = {getattr(each, "attname", "") for each in tables[name]}
                lines = [json.loads(line) for line in content.splitlines()]
                kept = [at for at, column in enumerate(lines[0]) if column in wanted]
                content = "".join(json.dumps([line[at] for at in kept]) + "\n" for line in lines).encode()
            if name != "manifest.json":
                new.writestr(name, content)
                parts.append({"name": name, "n_bytes": len(content), "sha256": sha256(content).hexdigest()})
        new.writestr("manifest.json", json.dumps(manifest | {"parts": parts, "migration": migration}))
    return file
