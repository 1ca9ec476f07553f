import pytest

from muster.read import ReadOptions, Unreadable

PROSE = "The guards opened the north gate at dawn, said Nadim Orlo, and four people left the camp for the port."


def kinds(reading):
    return [(block.kind, reading.text[block.start : block.end]) for block in reading.blocks]


def test_lines_broken_to_fit_a_width_are_one_paragraph(read_bytes):
    text = (
        "The guards opened the north gate at dawn, said\nNadim Orlo, and four people left the camp for\n"
        "the port. Nobody saw them again after that day.\n\nA second paragraph.\n"
    )
    reading = read_bytes(text)
    assert [kind for kind, _ in kinds(reading)] == ["paragraph", "paragraph"]
    assert "camp for the port. Nobody" in reading.text


def test_long_lines_are_paragraphs_of_their_own(read_bytes):
    reading = read_bytes(f"{PROSE}\n{PROSE} Twice.\n{PROSE} Thrice.\n")
    assert [kind for kind, _ in kinds(reading)] == ["paragraph"] * 3


def test_an_address_stays_in_lines(read_bytes):
    reading = read_bytes(f"{PROSE}\n\nLantern House\n4 Salt Street\nKhaldun\n")
    assert [text for _, text in kinds(reading)][1:] == ["Lantern House", "4 Salt Street", "Khaldun"]


@pytest.mark.parametrize("mark", ["- ", "· ", "• ", "* ", "– ", "1. ", "(2) "])
def test_list_marks_are_no_part_of_their_items(read_bytes, mark):
    reading = read_bytes(f"{PROSE}\n\n{mark}Four left.\n{mark}Six stayed.\n")
    assert kinds(reading)[1:] == [("list_item", "Four left."), ("list_item", "Six stayed.")]
    assert [cut.reason for cut in reading.cuts] == ["list mark"] * 2


def test_the_first_line_is_the_title_if_it_reads_like_one(read_bytes):
    assert read_bytes(f"Gate opened at dawn\n\n{PROSE}\n").title == "Gate opened at dawn"
    assert read_bytes(f"{PROSE}\n\n{PROSE}\n").title is None
    assert read_bytes(f"KHALDUN, May 3 - The gate was opened.\n\n{PROSE}\n").title is None


def test_a_question_that_is_prose_is_no_heading(read_bytes):
    question = "Could you call the office again and ask whether anyone has been allowed to see them since Monday?"
    assert ("paragraph", question) in kinds(read_bytes(f"{PROSE}\n\n{question}\n\n{PROSE}\n"))


def test_white_space_alone_is_no_text_and_says_so(read_bytes):
    reading = read_bytes(" \n\n\t\n")
    assert reading.text == ""
    assert [problem.kind for problem in reading.problems] == ["no_text"]


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        ("a" * 101, ReadOptions(max_characters=100), "too_long"),
        ("a\n" * 101, ReadOptions(max_lines=100), "too_many_lines"),
        ("- a\n" * 101, ReadOptions(max_blocks=100), "too_many_blocks"),
    ],
)
def test_what_is_too_large_is_refused_with_a_code(read_bytes, text, options, code):
    with pytest.raises(Unreadable) as error:
        read_bytes(text, options=options)
    assert error.value.code == code


def test_a_type_that_is_not_read_is_refused(read_bytes):
    with pytest.raises(Unreadable) as error:
        read_bytes("x", "audio/ogg")
    assert error.value.code == "unsupported_type"
