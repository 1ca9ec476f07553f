"""Documents that contradict themselves."""

import pytest

from muster.records import Cell, Table, When
from muster.weigh import check_document
from tests.weigh.made import extraction, reading, statement


def check(text, *, published_on=None, language="en", **given):
    one = statement("one", "kill", text, count=(1, 1, "killed", "x"), **given)
    return check_document(reading(text, published_on=published_on, language=language), extraction(one))


def test_a_weekday_that_does_not_fit_names_the_years_in_which_it_would():
    (found,) = check("On Friday 7 January 2010 a crowd came to the gate.")
    assert (found.kind, found.b) == ("weekday", None)
    assert "2010-01-07 was a Thursday, not a Friday" in found.why
    assert "2011" in found.why


def test_a_weekday_that_fits_is_not_reported():
    assert check("On Thursday 7 January 2010 a crowd came to the gate.") == ()


def test_a_weekday_is_held_against_a_year_taken_from_the_dateline():
    (found,) = check("On Sunday, 9 February, rockets fell.", published_on="2013-02-10")
    assert "Saturday" in found.why


def test_an_arabic_weekday_is_checked():
    (found,) = check("وصل الجنود يوم الجمعة 7 يناير 2010 الى البوابة.", language="ar")
    assert "2010-01-07" in found.why


@pytest.mark.parametrize(
    "text",
    [
        "The list of 36 breaks down as 22 shot, eight crushed and four who died later in hospital.",
        "The book lists ten dead: six brought in before noon, two in the evening and one on 15 March.",
    ],
)
def test_parts_that_do_not_make_the_whole(text):
    (found,) = check(text)
    assert found.kind == "sum"
    assert "34, not 36" in found.why or "9, not 10" in found.why


@pytest.mark.parametrize(
    "text",
    [
        "Nine people died: three men, four women and two children.",
        "36 died, including 22 who were shot and eight who were crushed.",
        "The list of 36 names breaks down as 22 shot, most of them women, and four more.",
        "The team saw three gates: the guards at two of them fired, and one gate burned.",
        "Rockets hit at 5:30, killing two and wounding nine.",
    ],
)
def test_lists_that_make_their_whole_or_do_not_claim_to(text):
    assert check(text) == ()


def test_yesterday_beside_another_day():
    (found,) = check("A boy died yesterday, 13 January, of a fever.", published_on="2018-01-16")
    assert found.kind == "dateline"
    assert "2018-01-15" in found.why
    assert check("A boy died yesterday, 15 January, of a fever.", published_on="2018-01-16") == ()


def test_a_deed_told_before_it_was_done():
    text = "Six people died on 20 March 2018."
    one = statement("one", "kill", text, when="2018-03-20")
    made = extraction(one)
    (found,) = check_document(reading(text, published_on="2018-03-14"), made)
    assert found.kind == "dateline"
    assert check_document(reading(text, published_on="2018-03-21"), made) == ()


def test_what_is_planned_may_lie_ahead():
    text = "They will be moved on 20 March 2018."
    one = statement("one", "release", text, when="2018-03-20", modality="planned")
    assert check_document(reading(text, published_on="2018-03-14"), extraction(one)) == ()


def test_the_statement_dated_by_the_words_is_the_one_reported():
    text = "On Friday 7 January 2010 six died and nine were hurt."
    first, second = (
        statement("one", "injure", "nine were hurt", quote=text),
        statement("one", "kill", "six died", quote=text),
    )
    dated = When(edtf="2010-01-07", basis="stated", words="Friday 7 January 2010", start=3, end=24)
    second = type(second)(**{**{f: getattr(second, f) for f in second.__slots__}, "when": dated})
    (found,) = check_document(reading(text), extraction(first, second))
    assert found.a == second.id


def rows(header, *lines):
    """A reading whose text is a table."""
    text = "\n".join(" | ".join(line) for line in lines)
    cells, at = [], 0
    for line in lines:
        row = []
        for value in line:
            row.append(Cell(start=at, end=at + len(value)))
            at += len(value) + 3
        at -= 2
        cells.append(tuple(row))
    return reading(text, tables=(Table(header=tuple(header), rows=tuple(cells)),))


@pytest.mark.parametrize(
    ("born", "died", "age", "wrong"),
    [
        ("1995", "2017-03-14", "21", False),
        ("1995", "2017-03-14", "22", False),
        ("1995", "2017-03-14", "34", True),
        ("2018-01-01", "2017-03-14", "", True),
        ("", "2017-03-14", "34", False),
    ],
)
def test_births_deaths_and_ages_in_a_table(born, died, age, wrong):
    table = rows(("Name", "Born", "Date of death", "Age"), ("Ada Quell", born, died, age))
    row = statement("one", "kill", table.text)
    found = check_document(table, extraction(row))
    assert [d.kind for d in found] == (["date"] if wrong else [])


def test_a_total_that_its_column_does_not_make():
    table = rows(("Hut", "Dead"), ("one", "4"), ("two", "5"), ("Total", "10"))
    row = statement("one", "kill", "Total | 10", start=table.text.index("Total"))
    (found,) = check_document(table, extraction(row))
    assert found.kind == "sum"
    assert "9" in found.why
