import io
import zipfile

import docx
import pytest

from muster.read import ReadOptions, Unreadable

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PROSE = "The guards opened the north gate at dawn, said Nadim Orlo, and four people left the camp for the port."


def saved(word) -> bytes:
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def kinds(reading):
    return [(block.kind, reading.text[block.start : block.end]) for block in reading.blocks]


def changed(data: bytes, old: str, new: str, name: str = "word/document.xml") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.namelist():
            body = source.read(member)
            target.writestr(member, body.replace(old.encode(), new.encode()) if member == name else body)
    return out.getvalue()


def test_paragraphs_lists_and_tables_come_in_their_order(read_bytes):
    word = docx.Document()
    word.add_heading("Findings at the gate", 0)
    word.add_paragraph("Lantern Rights, 2 May 2017")
    word.add_paragraph("By Edda Brandt")
    word.add_paragraph(PROSE)
    table = word.add_table(2, 2)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ("Source", "Dead", "Hospital", "10"), strict=True
    ):
        cell.text = text
    word.add_paragraph("One road", style="List Bullet")
    word.add_paragraph("It was cold.")
    reading = read_bytes(saved(word), WORD)
    assert kinds(reading) == [
        ("title", "Findings at the gate"), ("byline", "Lantern Rights, 2 May 2017"), ("byline", "By Edda Brandt"),
        ("paragraph", PROSE), ("heading", "Source | Dead"), ("table_row", "Hospital | 10"), ("list_item", "One road"),
        ("paragraph", "It was cold."),
    ]  # fmt: skip
    assert (reading.author, reading.outlet, reading.published_on) == ("Edda Brandt", "Lantern Rights", "2017-05-02")
    assert reading.tables[0].header == ("Source", "Dead")


def test_inserted_text_is_read_and_deleted_text_reported(read_bytes):
    word = docx.Document()
    word.add_paragraph("Four MARK left.")
    inserted = "<w:ins><w:r><w:t>people</w:t></w:r></w:ins><w:del><w:r><w:delText>guards</w:delText></w:r></w:del>"
    data = changed(saved(word), "Four MARK left.", f"Four </w:t></w:r>{inserted}<w:r><w:t> left.")
    reading = read_bytes(data, WORD)
    assert reading.text == "Four people left."
    assert [problem.kind for problem in reading.problems] == ["tracked_changes"]
    assert [(cut.words, cut.reason) for cut in reading.cuts] == [("guards", "deleted by a tracked change")]


def test_running_headers_are_cut(read_bytes):
    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = "Lantern Rights, confidential"
    word.add_paragraph(PROSE)
    reading = read_bytes(saved(word), WORD)
    assert reading.text == PROSE
    assert [cut.words for cut in reading.cuts] == ["Lantern Rights, confidential"]


def test_what_would_unpack_too_large_is_refused(read_bytes):
    word = docx.Document()
    word.add_paragraph(PROSE)
    with pytest.raises(Unreadable) as error:
        read_bytes(saved(word), WORD, ReadOptions(max_unpacked_bytes=1000))
    assert error.value.code == "too_large"


@pytest.mark.parametrize(
    ("data", "code"), [(b"PK\x03\x04 cut off", "broken_file"), (b"\xd0\xcf\x11\xe0 old", "encrypted")]
)
def test_a_broken_or_locked_file_is_refused(read_bytes, data, code):
    with pytest.raises(Unreadable) as error:
        read_bytes(data, WORD)
    assert error.value.code == code
