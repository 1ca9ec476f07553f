"""Every hostile file is read or refused with a reason, and none is lost.

Nothing here is timed; a parser that hangs shows as a test run that does not end.
"""

import hashlib
from pathlib import Path

import pytest
from hostile import Expectation, hostile_files

from muster.ingest import Incoming, IngestLimits, gather
from muster.read import Unreadable, read
from muster.records import Document, Reject


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Expectation], dict[str, list[str]]]:
    """What is to become of each file, and what did: "read", or the codes of its refusals."""
    folder = tmp_path_factory.mktemp("hostile")
    expected = hostile_files(folder)
    found: dict[str, list[str]] = {name: [] for name in expected}
    for each in gather([folder], IngestLimits()):
        found[each.name.split("/")[0]].append(_outcome(each))
    return expected, found


def _outcome(each: Incoming | Reject) -> str:
    if isinstance(each, Reject):
        assert each.stage == "ingest"
        assert all((each.code, each.message, each.hint, each.path))
        return each.code
    digest = hashlib.sha256(each.data).hexdigest()
    document = Document(
        id=f"d-{digest[:16]}", sha256=digest, name=each.name, media_type=each.media_type, n_bytes=len(each.data)
    )
    try:
        reading = read(document, each.data)
    except Unreadable as error:
        return error.code if error.message and error.hint else "no reason"
    assert reading.text or any(problem.kind == "no_text" for problem in reading.problems)
    return "read"


def test_there_are_more_than_thirty(tried):
    assert len(tried[0]) > 30


def test_none_is_lost(tried):
    assert [name for name, outcomes in tried[1].items() if not outcomes] == []


def test_each_is_read_or_refused_as_expected(tried):
    expected, found = tried
    assert "no reason" not in {outcome for outcomes in found.values() for outcome in outcomes}
    wrong = {
        name: found[name]
        for name, what in expected.items()
        if (what == "read" and "read" not in found[name]) or (what == "refused" and "read" in found[name])
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("empty.txt", "empty"),
        ("ratio-bomb.zip", "suspicious_ratio"),
        ("nested-12-deep.zip", "too_deep"),
        ("twelve-thousand-members.zip", "too_many_members"),
        ("traversal.zip", "unsafe_name"),
        ("absolute.zip", "unsafe_name"),
        ("backslashes.zip", "unsafe_name"),
        ("symlink-member.zip", "symlink"),
        ("locked.zip", "encrypted"),
        ("cut-off.zip", "broken_archive"),
        ("two-of-one-name.zip", "duplicate_name"),
        ("link-out-of-the-folder.txt", "symlink"),
        ("pipe.txt", "not_a_file"),
        ("recording.ogg", "unsupported_type"),
        ("encrypted.pdf", "encrypted"),
        ("a-million-pages.pdf", "too_many_pages"),
        ("entity-bomb.docx", "broken_file"),
        ("one-line-50-megabytes.html", "too_long"),
        ("many-parts.eml", "too_many_parts"),
    ],
)
def test_the_reason_is_the_right_one(tried, name, code):
    assert code in tried[1][name]


def test_no_file_on_this_machine_is_read_for_a_document(tmp_path: Path, tried):
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret of the lighthouse", encoding="utf-8")
    entity = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}">]>'
    page = f"{entity}<html><body><p>The gate was opened. &x;</p></body></html>"
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    (found,) = (each for each in gather([tmp_path / "page.html"], IngestLimits()) if isinstance(each, Incoming))
    document = Document(id="d-1", sha256="1", name="page.html", media_type=found.media_type, n_bytes=1)
    assert "lighthouse" not in read(document, found.data).text
