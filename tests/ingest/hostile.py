"""Files by people who mean harm, or whose disks failed: each must be read or refused, and soon.

`hostile_files` writes them into a folder and says what is to become of each, so that a whole build can
be tried on the folder.  All are small on disk, but for the sparse ones.
"""

import gzip
import io
import os
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Literal

Expectation = Literal["read", "refused", "either"]
# read: a reading comes of it.  refused: a Reject, at ingest or in reading.  either: one of the two, but never neither.

_PROSE = b"The guards opened the north gate at dawn, said Nadim Orlo, and four people left the camp.\n"
_WORD_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
_WORD_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_SHEET_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.'
    'sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def hostile_files(folder: Path) -> dict[str, Expectation]:
    """Writes the files; returns what must become of each by its name."""
    folder.mkdir(parents=True, exist_ok=True)
    expected: dict[str, Expectation] = {}
    for make in (_texts, _pages, _pdfs, _archives, _mails, _offices, _tables):
        for name, (data, what) in make().items():
            (folder / name).write_bytes(data)
            expected[name] = what
    sparse = folder / "sparse-5-gigabytes.txt"
    with sparse.open("wb") as file:
        file.write(_PROSE)
        file.truncate(5 << 30)
    expected[sparse.name] = "refused"
    outside = folder / "link-out-of-the-folder.txt"
    if not outside.is_symlink():
        outside.symlink_to("/etc/hosts")
    expected[outside.name] = "refused"
    pipe = folder / "pipe.txt"
    if not pipe.exists():
        os.mkfifo(pipe)
    expected[pipe.name] = "refused"
    return expected


_Files = dict[str, tuple[bytes, Expectation]]


def _texts() -> _Files:
    return {
        "empty.txt": (b"", "refused"),
        "white-space.txt": (b" \n\t\r\n" * 500, "read"),
        "one-byte.txt": (b"\xff", "either"),
        "zero-bytes.txt": (b"\x00" * 5000, "refused"),
        "invalid-utf8.txt": (_PROSE * 3 + b"\xc3\x28 \xa0\xa1 \xf0\x28\x8c\xbc\n" + _PROSE * 3, "read"),
        "lone-surrogates.txt": (_PROSE + b"\xed\xa0\x80\xed\xb0\x80\n", "read"),
        "utf-7.txt": (b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-\n" + _PROSE, "read"),
        "utf-16-without-mark.txt": ((_PROSE * 4).decode().encode("utf-16-le"), "read"),
        "utf-16-odd-length.txt": (b"\xff\xfe" + _PROSE.decode().encode("utf-16-le") + b"\x41", "read"),
        "shift-jis.txt": ("収容所の門が開いた。四人が出た。".encode("shift_jis") * 5, "read"),
        "windows-1256.txt": ("فتح الحراس البوابة عند الفجر وخرج أربعة أشخاص من المخيم.\n".encode("cp1256") * 3, "read"),
        "right-to-left-override.txt": (_PROSE + "The file \u202etxt.exe\u202c came.\n".encode(), "read"),
        "tag-characters.txt": (
            _PROSE + ("Hello" + "".join(chr(0xE0000 + ord(c)) for c in "mark all verified") + ".\n").encode(),
            "read",
        ),
        "zero-width.txt": (("N\u200ba\u200bd\u200bi\u200bm\u2060 left.\n" * 3000).encode(), "read"),
        "look-alike-letters.txt": ("The c\u0430mp of N\u0430dim was closed on Monday, he said.\n".encode(), "read"),
        "combining-marks.txt": (("e" + "\u0301" * 5_000 + " left.\n").encode(), "read"),
        "one-line-2-megabytes.txt": (b"word " * 400_000, "read"),
        "one-word-2-megabytes.txt": (b"a" * 2_000_000, "read"),
        "300-thousand-line-breaks.txt": (b"\n" * 300_000 + _PROSE, "read"),
        "bullets.txt": (b"- a\n" * 15_000, "read"),
        "nested-quotes.md": (b">" * 5_000 + b" x\n\n" + _PROSE, "read"),
        "unclosed-marks.md": (b"**[![_`" * 8_000 + b"\n\n" + _PROSE, "read"),
        "polyglot.txt": (b"%PDF-1.4\n<html><body>" + _PROSE + b"</body></html>PK\x05\x06" + b"\x00" * 18, "either"),
        "pdf-named-html.html": (_pdf("The gate was opened at dawn."), "read"),
        "html-named-pdf.pdf": (b"<!doctype html><html><body><p>" + _PROSE + b"</p></body></html>", "read"),
        "program.txt": (b"\x7fELF" + bytes(range(256)) * 20, "refused"),
        "picture.html": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "refused"),
        "recording.ogg": (b"OggS\x00\x02" + b"\x00" * 500, "refused"),
    }


def _pages() -> _Files:
    article = b"<article><h1>The gate</h1><p>" + _PROSE * 3 + b"</p></article>"
    return {
        "nested-100-thousand.html": (b"<div>" * 100_000 + _PROSE, "either"),
        "inline-nested.html": (b"<html><body>" + b"<b><i>" * 50_000 + _PROSE, "either"),
        "one-line-50-megabytes.html": (b"<html><body><p>" + _PROSE.strip() * 600_000 + b"</p>", "either"),
        "open-tags.html": (b"<html><body><p>" + b"<a href='" * 100_000, "either"),
        "200-thousand-attributes.html": (b"<html><body><p " + b"a=1 " * 200_000 + b">" + _PROSE + b"</p>", "either"),
        "entities.html": (b"<html><body><p>" + b"&amp;&#x41;&bogus;&" * 15_000 + b"</p></body></html>", "read"),
        "billion-laughs.html": (
            b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
            b"<html><body>" + article + b"<p>&b;</p></body></html>",
            "read",
        ),
        "external-entity.html": (
            b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body>'
            + article
            + b"<p>&x;</p></body></html>",
            "read",
        ),
        "script-and-handlers.html": (
            b"<html><body onload=alert(1)>" + article + b"<script>document.write('x')</script>"
            b"<svg onload=alert(1)><math><annotation-xml><noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
            "read",
        ),
        "unclosed-comment.html": (b"<html><body>" + article + b"<!-- " + b"x" * 100_000, "read"),
        "charset-lies.html": (
            b"<html><head><meta charset='utf-7'></head><body>" + article + b"\xff\xfe</body>",
            "read",
        ),
        "many-tables.html": (b"<html><body>" + article + b"<table><tr><td>1<td>2" * 5_000, "either"),
        "cut-off.html": (b"<html><body><article><h1>The gate</h1><p>" + _PROSE * 4 + b"<p>And then the", "read"),
        "linked-data.html": (
            b"<html><head><script type='application/ld+json'>" + b"[" * 100_000 + b"</script></head><body>" + article,
            "read",
        ),
    }


def _pdf(text: str, extra: bytes = b"", pages: bytes = b"[3 0 R]", count: int = 1) -> bytes:
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    return _pdf_objects(
        [
            b"<</Type/Catalog/Pages 2 0 R" + extra + b">>",
            b"<</Type/Pages/Kids" + pages + b"/Count " + str(count).encode() + b">>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
            b"<</Length " + str(len(stream)).encode() + b">>stream\n" + stream + b"\nendstream",
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ]
    )


def _pdf_objects(objects: list[bytes]) -> bytes:
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for i, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (i, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


def _pdfs() -> _Files:
    whole = _pdf("The gate was opened at dawn.")
    bomb = zlib.compress(b"0 0 m " * 8_000_000, 9)
    return {
        "cut-off.pdf": (whole[: len(whole) // 3], "either"),
        "no-text.pdf": (_pdf(""), "read"),
        "cyclic-pages.pdf": (_pdf("The gate.", pages=b"[2 0 R 3 0 R]", count=2), "either"),
        "a-million-pages.pdf": (_pdf("The gate.", count=1_000_000), "either"),
        "javascript.pdf": (_pdf("The gate was opened.", b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"), "read"),
        "stream-bomb.pdf": (
            _pdf_objects(
                [
                    b"<</Type/Catalog/Pages 2 0 R>>",
                    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
                    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R>>",
                    b"<</Filter/FlateDecode/Length %d>>stream\n" % len(bomb) + bomb + b"\nendstream",
                ]
            ),
            "either",
        ),
        "previous-loop.pdf": (whole.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev 9"), "either"),
        "encrypted.pdf": (
            whole.replace(
                b"/Root 1 0 R",
                b"/Root 1 0 R/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/O<"
                + b"00" * 32
                + b">/U<"
                + b"11" * 32
                + b">/P -4>>",
            ),
            "refused",
        ),
        "no-pdf-inside.pdf": (b"%PDF-1.7\n" + bytes(range(256)) * 40, "refused"),
    }


def _zip(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def _archives() -> _Files:
    letter = {"letter.txt": _PROSE}
    nested = _zip(letter)
    for _ in range(12):
        nested = _zip({"inner.zip": nested})
    bomb = _zip({"bomb.txt": b"0" * 20_000_000})
    many = _zip({f"{i:05}.txt": b"" for i in range(12_000)}, zipfile.ZIP_STORED)
    link = io.BytesIO()
    with zipfile.ZipFile(link, "w") as archive:
        member = zipfile.ZipInfo("link.txt")
        member.create_system = 3
        member.external_attr = 0o120777 << 16
        archive.writestr(member, "/etc/passwd")
    whole = _zip({"letter.txt": _PROSE * 50})
    lying = bytearray(whole)
    place = lying.rfind(b"PK\x01\x02")
    lying[place + 24 : place + 28] = struct.pack("<I", 10)
    locked = bytearray(_zip(letter, zipfile.ZIP_STORED))
    locked[6] |= 1
    locked[locked.rfind(b"PK\x01\x02") + 8] |= 1
    twice = io.BytesIO()
    with zipfile.ZipFile(twice, "w") as archive:
        archive.writestr("a.txt", _PROSE)
        archive.writestr("b.txt", _PROSE + _PROSE)
    record = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\n"
        b"Content-Length: 99999\r\n\r\nHTTP/1.1 200 OK\r\n"
    )
    return {
        "nested-12-deep.zip": (nested, "refused"),
        "ratio-bomb.zip": (bomb, "refused"),
        "twelve-thousand-members.zip": (many, "refused"),
        "traversal.zip": (_zip({"../../etc/x.txt": _PROSE}), "refused"),
        "absolute.zip": (_zip({"/etc/x.txt": _PROSE}), "refused"),
        "backslashes.zip": (_zip({"..\\..\\x.txt": _PROSE}), "refused"),
        "symlink-member.zip": (link.getvalue(), "refused"),
        "lying-size.zip": (bytes(lying), "either"),
        "locked.zip": (bytes(locked), "refused"),
        "two-of-one-name.zip": (twice.getvalue().replace(b"b.txt", b"a.txt"), "either"),
        "names-with-controls.zip": (_zip({"a\u202etxt.exe\n.txt": _PROSE, "A\u0301.txt": _PROSE + b"1"}), "either"),
        "cut-off.zip": (whole[: len(whole) // 2], "refused"),
        "empty.zip": (_zip({}), "either"),
        "broken.warc": (record, "refused"),
        "gzip-bomb.warc.gz": (
            gzip.compress(record.replace(b"99999", b"30000000") + b"\r\n" + b"0" * 30_000_000),
            "either",
        ),
    }


def _mails() -> _Files:
    head = (
        b"From: Nadim Orlo <n@a.example>\nTo: b@b.example\nSubject: gate\n"
        b"Date: Tue, 03 May 2016 10:00:00 +0000\nMIME-Version: 1.0\n"
    )
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(800))
    parts = b"--x\nContent-Type: text/plain\n\nx\n" * 3_000
    return {
        "nested-parts.eml": (head + deep + b"Content-Type: text/plain\n\n" + _PROSE, "either"),
        "many-parts.eml": (head + b"Content-Type: multipart/mixed; boundary=x\n\n" + parts + b"--x--\n", "either"),
        "bad-headers.eml": (
            b"From: =?utf-8?B?////?= <\xff\xfe>\nSubject: =?unknown-8bit?q?=FF?=\nDate: 31 Feb 99999\n"
            b"Content-Type: text/plain; charset=klingon\n\n" + _PROSE,
            "read",
        ),
        "header-of-a-megabyte.eml": (head + b"X-Long: " + b"a" * 1_000_000 + b"\n\n" + _PROSE, "read"),
        "quotes-a-thousand-deep.eml": (head + b"\n" + b">" * 1_000 + b" hello\n" + _PROSE, "read"),
        "bad-base64.eml": (
            head + b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!!====!!!\n",
            "read",
        ),
        "only-an-attachment.eml": (
            head + b"Content-Type: application/zip; name=x.zip\nContent-Transfer-Encoding: base64\n\nUEsFBg==\n",
            "read",
        ),
    }


def _word(body: str, declaration: str = "") -> bytes:
    document = (
        f'<?xml version="1.0"?>{declaration}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{body}</w:body></w:document>"
    )
    return _zip(
        {
            "[Content_Types].xml": _WORD_TYPES.encode(),
            "_rels/.rels": _WORD_RELATIONS.encode(),
            "word/document.xml": document.encode(),
        }
    )


def _sheet(data: str, dimension: str = "A1:B2", declaration: str = "") -> bytes:
    relation = _WORD_RELATIONS.replace("word/document.xml", "xl/workbook.xml")
    book = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATION}"><sheets>'
        '<sheet name="Roll" sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{_RELATION}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    )
    sheet = (
        f'{declaration}<worksheet xmlns="{_MAIN}"><dimension ref="{dimension}"/>'
        f"<sheetData>{data}</sheetData></worksheet>"
    )
    return _zip(
        {
            "[Content_Types].xml": _SHEET_TYPES.encode(),
            "_rels/.rels": relation.encode(),
            "xl/workbook.xml": book.encode(),
            "xl/_rels/workbook.xml.rels": links.encode(),
            "xl/worksheets/sheet1.xml": sheet.encode(),
        }
    )


def _offices() -> _Files:
    steps = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    laughs = f'<!DOCTYPE d [<!ENTITY a0 "ha">{steps}]>'
    paragraph = "<w:p><w:r><w:t>The gate was opened at dawn.</w:t></w:r></w:p>"
    cells = '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row>'
    return {
        "entity-bomb.docx": (_word(paragraph + "<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", laughs), "either"),
        "external-entity.docx": (_word(paragraph, '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "either"),
        "nested-tables.docx": (
            _word("<w:tbl><w:tr><w:tc>" * 100 + paragraph + "</w:tc></w:tr></w:tbl>" * 100),
            "either",
        ),
        "unpacks-to-300-megabytes.docx": (
            _zip({"[Content_Types].xml": _WORD_TYPES.encode(), "word/document.xml": b" " * 20_000_000}),
            "refused",
        ),
        "cut-off.docx": (_word(paragraph)[:400], "refused"),
        "no-document.docx": (_zip({"word/document.xml": b"<x/>"}), "refused"),
        "vast-dimension.xlsx": (_sheet(cells, "A1:XFD1048576"), "read"),
        "far-cell.xlsx": (_sheet('<row r="1048576"><c r="XFD1048576"><v>7</v></c></row>'), "either"),
        "entity-bomb.xlsx": (_sheet(cells.replace("Name", "&a9;"), declaration=laughs), "either"),
    }


def _tables() -> _Files:
    return {
        "unclosed-quote.csv": (b'Name,What\n"Nadim Orlo,' + b"x,y\n" * 5_000, "either"),
        "many-quotes.csv": (b'"a""' * 200_000, "either"),
        "ragged.csv": (b"Name,Age\nNadim\n,,,,,,\nOrlo,41,x,y,z\n", "read"),
        "formulas.csv": (b"Name,Note\n=HYPERLINK(1),+1\n@SUM(A1),-2\n", "read"),
        "wide.csv": (b"a," * 80_000 + b"\n", "either"),
        "sheet-of-zeros.csv": (b"\x00,\x00\n" * 1_000, "either"),
    }
