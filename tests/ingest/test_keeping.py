import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from muster.ingest import Incoming, keep, keeping


def incoming(data: bytes, name: str = "a.txt") -> Incoming:
    return Incoming(name=name, path=name, container=None, data=data, media_type="text/plain")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(data=st.binary(min_size=1, max_size=200))
def test_bytes_are_kept_exactly_under_their_hash(tmp_path: Path, data: bytes):
    document = keep(tmp_path, incoming(data))
    digest = hashlib.sha256(data).hexdigest()
    assert (document.id, document.sha256, document.n_bytes) == (f"d-{digest[:16]}", digest, len(data))
    assert (tmp_path / digest[:2] / f"{digest}.txt").read_bytes() == data


def test_keeping_twice_writes_once_and_gives_the_same_document(tmp_path):
    first = keep(tmp_path, incoming(b"the gate"))
    (path,) = tmp_path.glob("*/*")
    before = path.stat().st_mtime_ns
    assert keep(tmp_path, incoming(b"the gate")) == first
    assert path.stat().st_mtime_ns == before


def test_a_file_cut_off_by_a_crash_is_written_anew(tmp_path):
    keep(tmp_path, incoming(b"the gate was opened"))
    (path,) = tmp_path.glob("*/*")
    path.write_bytes(b"the ga")
    keep(tmp_path, incoming(b"the gate was opened"))
    assert path.read_bytes() == b"the gate was opened"


def test_a_full_disk_leaves_nothing_under_the_final_name(tmp_path, monkeypatch):
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keeping.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        keep(tmp_path, incoming(b"the gate"))
    assert [path for path in tmp_path.glob("*/*") if path.is_file()] == []
