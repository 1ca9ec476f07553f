import pytest

TITLE = "They held the gate all night"
START = "Four people left the camp at dawn and nobody stopped them."


def pasted(reading):
    return [problem for problem in reading.problems if problem.kind == "pasted_title"]


@pytest.mark.parametrize(
    ("before", "after", "left"),
    [
        ("waiting in ", "ambush for the men.", "waiting in ambush for the men."),
        ("waiting in", " ambush for the men.", "waiting in ambush for the men."),
        ("waiting in am", "bush for the men.", "waiting in ambush for the men."),
        ("waiting in ", " ambush for the men.", "waiting in ambush for the men."),
    ],
)
def test_a_title_pasted_into_a_sentence_is_taken_out_and_reported(read_bytes, before, after, left):
    reading = read_bytes(f"{TITLE}\n\n{START} They were {before}{TITLE}{after}\n")
    assert left in reading.text
    (problem,) = pasted(reading)
    assert problem.words == TITLE
    assert problem.at is not None
    assert reading.text[problem.at :].startswith(("ambush", "bush", " ambush"))
    assert [cut.words for cut in reading.cuts] == [TITLE]


def test_the_end_of_a_breadcrumb_line_is_a_title_too(read_bytes):
    reading = read_bytes(f"Home » Region » {TITLE}\n\n{START} They were waiting in {TITLE}ambush for the men.\n")
    assert pasted(reading)


@pytest.mark.parametrize(
    "sentence",
    [
        f"The article “{TITLE}” was read by many.",
        f"He wrote a report titled {TITLE} and left it there.",
        f"{TITLE}. It was cold.",
        f"We know one thing: {TITLE.lower()} and it was cold.",
    ],
)
def test_a_title_that_is_quoted_or_a_sentence_of_its_own_stays(read_bytes, sentence):
    reading = read_bytes(f"{TITLE}\n\n{START} {sentence}\n")
    assert not pasted(reading)
    assert sentence in reading.text


def test_a_short_title_inside_a_word_is_chance(read_bytes):
    reading = read_bytes("Salt road\n\nThe Salt roads were closed, and four people left the camp by boat at dawn.\n")
    assert not pasted(reading)
