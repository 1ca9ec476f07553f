import gzip

import pytest

from muster.ingest import Incoming, IngestLimits, gather
from muster.ingest.kinds import kind_of
from muster.records import Reject

PROSE = b"The guards opened the gate at dawn, said Nadim Orlo.\n"
MAIL = b"From: a@a.example\nTo: b@b.example\nDate: Tue, 03 May 2016 10:00:00 +0000\nSubject: gate\n\n" + PROSE


@pytest.mark.parametrize(
    ("head", "name", "media_type"),
    [
        (PROSE, "a.txt", "text/plain"),
        (PROSE, "a", "text/plain"),
        (PROSE, "a.unheard-of", "text/plain"),
        (PROSE, "a.md", "text/markdown"),
        (b"Name,Age\nNadim,4\n", "a.csv", "text/csv"),
        (b"<!DOCTYPE html><p>x</p>", "a.txt", "text/html"),
        (b"\xef\xbb\xbf<html><p>x</p>", "a.html", "text/html"),
        (b"<!-- saved --><html><p>x</p>", "a.bin", "text/html"),
        ("<html><p>x</p>".encode("utf-16"), "a.html", "text/html"),
        (b'<?xml version="1.0"?><html xmlns="x"><p>x</p></html>', "a.xhtml", "text/html"),
        (b"%PDF-1.4\n", "a.txt", "application/pdf"),
        (MAIL, "a.txt", "message/rfc822"),
        (MAIL, "a.eml", "message/rfc822"),
        (b"From: the gate\nTo: the fort\nfour roads lead.\n", "a.txt", "text/plain"),
        ("الباب مفتوح".encode("cp1256"), "a.txt", "text/plain"),
        (b'{"a": 1}', "a.json", ""),
        (b'<?xml version="1.0"?><rss></rss>', "a.xml", ""),
        (b"\x89PNG\r\n", "a.txt", ""),
        (b"BM the gate was opened", "a.txt", "text/plain"),
        (bytes(range(256)), "a.txt", ""),
    ],
)
def test_content_decides_and_the_name_helps(head, name, media_type):
    assert kind_of(head, name).media_type == media_type


def test_pages_of_a_web_archive_come_in_under_their_addresses(tmp_path):
    def record(uri: str, body: bytes, content_type: str, status: str = "200 OK") -> bytes:
        http = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n\r\n".encode() + body
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {uri}\r\nContent-Type: application/http\r\n"
        return head.encode() + f"Content-Length: {len(http)}\r\n\r\n".encode() + http + b"\r\n\r\n"

    page = b"<html><body><p>The gate</p></body></html>"
    records = (
        record("http://lantern.example/gate", page, "text/html"),
        record("http://lantern.example/gone", page, "text/html", "404 Not Found"),
        record("http://lantern.example/code.js", b"var gate = 1;", "text/javascript"),
    )
    plain, packed = tmp_path / "a.warc", tmp_path / "b.warc.gz"
    plain.write_bytes(b"".join(records))
    packed.write_bytes(b"".join(map(gzip.compress, records)))
    for path in (plain, packed):
        found = list(gather([path], IngestLimits()))
        assert [(e.name, e.data) for e in found if isinstance(e, Incoming)] == [
            (f"{path.name}/http://lantern.example/gate", page)
        ]
        assert [e.code for e in found if isinstance(e, Reject)] == ["records_left_out"]
