import io

import pytest

from muster.read import Unreadable


def pdf(*pages: list[tuple[int, int, int, str]]) -> bytes:
    """A PDF whose pages show text at (x, y) points in a size."""
    n = len(pages)
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(n))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {n}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for i, lines in enumerate(pages):
        stream = "".join(f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n" for x, y, size, text in lines)
        shown = f"/Contents {5 + 2 * i} 0 R/Resources<</Font<</F1 3 0 R>>>>"
        page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]{shown}>>"
        objects += [page, f"<</Length {len(stream)}>>stream\n{stream}\nendstream"]
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for i, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{i} 0 obj\n{body}\nendobj\n".encode())
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write("".join(f"{place:010} 00000 n \n" for place in places).encode())
    out.write(f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode())
    return out.getvalue()


def column(y: int, *lines: str, x: int = 72, size: int = 12) -> list[tuple[int, int, int, str]]:
    return [(x, y - 14 * i, size, line) for i, line in enumerate(lines)]


BODY = (
    "The guards opened the north gate at dawn, said Nadim Orlo, and four people",
    "left the camp for the port. Nobody stopped them, although the town coun-",
    "cil had asked the soldiers to close every road.",
)
WHOLE = (
    "The guards opened the north gate at dawn, said Nadim Orlo, and four people left the camp for the port. "
    "Nobody stopped them, although the town council had asked the soldiers to close every road."
)


def texts(reading):
    return [reading.text[block.start : block.end] for block in reading.blocks]


def test_lines_become_paragraphs_and_parted_words_whole(read_bytes):
    reading = read_bytes(
        pdf(column(700, *BODY) + column(640, "It was cold that morning, he said, and nobody came.")), "application/pdf"
    )
    assert texts(reading) == [WHOLE, "It was cold that morning, he said, and nobody came."]
    assert {piece.part for piece in reading.pieces} == {"page 1"}


def test_short_lines_above_prose_stay_lines(read_bytes):
    lines = ("Association of Families", "To the Governor of Khaldun", "19 June 2017", "Dear Sir,", *BODY)
    reading = read_bytes(pdf(column(700, *lines)), "application/pdf")
    assert texts(reading)[:4] == list(lines[:4])
    assert texts(reading)[4] == WHOLE
    assert (reading.title, reading.affiliation, reading.published_on) == (None, "Association of Families", "2017-06-19")


def test_a_paragraph_goes_on_over_the_page_and_running_lines_are_cut(read_bytes):
    first = [
        *column(760, "The Lantern Report"),
        *column(700, BODY[0], BODY[1].replace(" town coun-", " town")),
        *column(30, "1"),
    ]
    second = [
        *column(760, "The Lantern Report"),
        *column(700, "council had asked for it.", "It was a cold morning and six men"),
        *column(30, "2"),
    ]
    third = [*column(760, "The Lantern Report"), *column(700, "left at last."), *column(30, "3")]
    reading = read_bytes(pdf(first, second, third), "application/pdf")
    assert "although the town council had asked for it." in reading.text
    assert "Lantern" not in reading.text
    assert {cut.words for cut in reading.cuts} == {"The Lantern Report", "1", "2", "3"}
    assert {piece.part for piece in reading.pieces} == {"page 1", "page 2", "page 3"}


def test_a_page_number_in_the_text_is_no_running_line(read_bytes):
    reading = read_bytes(pdf(column(700, "Four people left.", "12", "Six stayed.")), "application/pdf")
    assert "12" in reading.text


def test_a_file_without_a_text_layer_is_read_as_empty_and_says_so(read_bytes):
    reading = read_bytes(pdf([]), "application/pdf")
    assert reading.text == ""
    assert [problem.kind for problem in reading.problems] == ["no_text"]


def test_a_page_without_text_among_others_is_reported(read_bytes):
    reading = read_bytes(pdf(column(700, *BODY), [], []), "application/pdf")
    (problem,) = reading.problems
    assert (problem.kind, problem.words) == ("page_without_text", "2, 3")


@pytest.mark.parametrize("data", [b"%PDF-1.4\nnothing", pdf(column(700, "x"))[:300]])
def test_a_broken_file_is_refused(read_bytes, data):
    with pytest.raises(Unreadable) as error:
        read_bytes(data, "application/pdf")
    assert error.value.code == "broken_file"
