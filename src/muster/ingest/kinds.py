"""What a file is: by its content first, by its name second."""

import re
import zipfile
from dataclasses import dataclass
from typing import IO

HEAD_BYTES = 8_192

TEXT, MARKDOWN, PAGE, MAIL = "text/plain", "text/markdown", "text/html", "message/rfc822"
PDF, CSV = "application/pdf", "text/csv"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP, WARC = "application/zip", "application/warc"

EXTENSIONS = {
    TEXT: ".txt", MARKDOWN: ".md", PAGE: ".html", MAIL: ".eml", PDF: ".pdf", CSV: ".csv", WORD: ".docx", SHEET: ".xlsx",
}  # fmt: skip
_BY_EXTENSION = {".md": MARKDOWN, ".markdown": MARKDOWN, ".csv": CSV, ".tsv": CSV, ".tab": CSV}
# Text that is code or data rather than a document; prose under any other name is read as text.
_NOT_PROSE = frozenset(
    [
        ".json",
        ".jsonl",
        ".ndjson",
        ".geojson",
        ".xml",
        ".xsl",
        ".xsd",
        ".svg",
        ".rss",
        ".atom",
        ".kml",
        ".gpx",
        ".js",
        ".mjs",
        ".ts",
        ".css",
        ".scss",
        ".py",
        ".rb",
        ".pl",
        ".php",
        ".java",
        ".c",
        ".h",
        ".cpp",
        ".go",
        ".rs",
        ".sh",
        ".bat",
        ".ps1",
        ".sql",
        ".yaml",
        ".yml",
        ".toml",
        ".ini",
        ".cfg",
        ".conf",
        ".ics",
        ".vcf",
        ".tex",
        ".bib",
        ".srt",
        ".vtt",
        ".mbox",
        ".rtf",
        ".ps",
        ".log",
    ]
)
_MAGIC = (
    (b"%PDF-", PDF, ""),
    (b"PK\x03\x04", ZIP, ""),
    (b"PK\x05\x06", ZIP, ""),
    (b"WARC/", WARC, ""),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "", "an old Office file: save it as .docx or .xlsx"),
    (b"{\\rtf", "", "rich text: save it as .docx"),
    (b"\x89PNG", "", "a picture: type out or recognise its text first"),
    (b"\xff\xd8\xff", "", "a picture: type out or recognise its text first"),
    (b"GIF8", "", "a picture: type out or recognise its text first"),
    (b"II*\x00", "", "a picture: type out or recognise its text first"),
    (b"MM\x00*", "", "a picture: type out or recognise its text first"),
    (b"BM", "", "a picture: type out or recognise its text first"),
    (b"OggS", "", "a recording: write down what is said in it"),
    (b"ID3", "", "a recording: write down what is said in it"),
    (b"RIFF", "", "a recording: write down what is said in it"),
    (b"fLaC", "", "a recording: write down what is said in it"),
    (b"\x1aE\xdf\xa3", "", "a recording: write down what is said in it"),
    (b"7z\xbc\xaf\x27\x1c", "", "a 7z archive: unpack it, or pack it as .zip"),
    (b"Rar!", "", "a RAR archive: unpack it, or pack it as .zip"),
    (b"\x1f\x8b", "", "a gzip archive: unpack it, or pack it as .zip"),
    (b"BZh", "", "a bzip2 archive: unpack it, or pack it as .zip"),
    (b"\xfd7zXZ", "", "an xz archive: unpack it, or pack it as .zip"),
    (b"\x7fELF", "", "a program"),
    (b"MZ", "", "a program"),
    (b"SQLite format 3", "", "a database: export what matters as .csv"),
)
_TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|div|p|span|article|section|table|h[1-6]|a|br|ul|ol|script|style|center|font)[\s>/]",
    re.IGNORECASE,
)
_HEADER = re.compile(rb"(?P<name>[A-Za-z][A-Za-z0-9-]{1,60}):[ \t]?[^\r\n]*")
_MAIL_HEADERS = frozenset(
    b"from to cc subject date received return-path message-id mime-version delivered-to reply-to in-reply-to "
    b"references content-type sender x-mailer dkim-signature authentication-results".split()
)
_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")


@dataclass(frozen=True, slots=True)
class Kind:
    """A media type, or "" for a type that is not read, with what it is instead."""

    media_type: str
    what: str = ""


def kind_of(head: bytes, name: str) -> Kind:
    """What a file is, from its first HEAD_BYTES bytes and its name.

    Office files and plain archives both begin as zip: `kind_of_package` tells them apart.
    """
    extension = _extension(name)
    for magic, media_type, what in _MAGIC:
        if head.startswith(magic) and (media_type or len(magic) > 2 or not _is_text(head)):
            return Kind(media_type, what)
    if b"%PDF-" in head[:1024] and not _TAG.search(head[:1024]):
        return Kind(PDF)
    if head[4:8] == b"ftyp":
        return Kind("", "a recording: write down what is said in it")
    if not _is_text(head):
        return Kind("", "no text and no format that is read")
    if _is_mail(head, extension):
        return Kind(MAIL)
    return _kind_of_text(head, extension)


def _extension(name: str) -> str:
    base = name.rsplit("/", 1)[-1]
    return "." + base.rsplit(".", 1)[1].lower() if "." in base[1:] else ""


def _kind_of_text(head: bytes, extension: str) -> Kind:
    start = _plain_start(head)
    if extension in _BY_EXTENSION and not start.lower().startswith((b"<!doctype html", b"<html")):
        return Kind(_BY_EXTENSION[extension])
    if start.startswith(b"<") and _TAG.search(start):
        return Kind(PAGE)
    if start.startswith(b"<?xml") or extension in _NOT_PROSE:
        return Kind("", "code or data: save what matters of it as .txt or .csv")
    if extension in (".html", ".htm", ".xhtml", ".mht") and _TAG.search(start):
        return Kind(PAGE)
    return Kind(TEXT)


def _plain_start(head: bytes) -> bytes:
    """The first bytes without byte order mark, zero bytes of UTF-16 and white space."""
    for bom in _BOMS:
        head = head.removeprefix(bom)
    start = head.replace(b"\x00", b"").lstrip()
    while start.startswith(b"<!--") and (end := start.find(b"-->")) > 0:
        start = start[end + 3 :].lstrip()
    return start


def _is_text(head: bytes) -> bool:
    """Whether bytes can be text: few control characters, or UTF-16."""
    if head.startswith(_BOMS):
        return True
    if b"\x00" in head:
        even, odd = head[0::2].count(0), head[1::2].count(0)
        return max(even, odd) * 10 >= len(head) // 2 and min(even, odd) * 10 <= max(even, odd)
    controls = sum(head.count(bytes([c])) for c in (*range(1, 8), *range(14, 27), *range(28, 32), 127))
    return controls * 50 <= max(len(head), 50)


def _is_mail(head: bytes, extension: str) -> bool:
    """Header lines at the very top: two known ones in an .eml file, else From and two more."""
    found: list[bytes] = []
    for line in head.removeprefix(b"\xef\xbb\xbf").splitlines()[:60]:
        if not line.strip():
            break
        match = _HEADER.fullmatch(line)
        if match:
            found.append(match["name"].lower())
        elif not (line[:1] in b" \t" and found):
            return False
    known = [name for name in found if name in _MAIL_HEADERS]
    if extension in (".eml", ".mht", ".mhtml"):
        return len(known) >= 1
    return len(set(known)) >= 3 and b"from" in known and bool({b"date", b"message-id", b"mime-version"} & set(known))


def kind_of_package(file: IO[bytes]) -> Kind:
    """What a zip file is: a Word or Excel file, another Office file, or an archive.

    Raises:
        zipfile.BadZipFile: it is broken.
    """
    with zipfile.ZipFile(file) as package:
        names = set(package.namelist())
    if "word/document.xml" in names:
        return Kind(WORD)
    if "xl/workbook.xml" in names:
        return Kind(SHEET)
    if "mimetype" in names or "ppt/presentation.xml" in names or "xl/workbook.bin" in names:
        return Kind("", "an Office file that is not read: save it as .docx, .xlsx or PDF")
    return Kind(ZIP)
