from collections.abc import Sequence

import pytest

from muster.extract.tables import extract_tables
from muster.records import Block, BlockKind, Cell, Reading, Statement, Table


def reading_with(
    header: Sequence[str], rows: Sequence[Sequence[str]], *, before: str = "", heading: str = "", language: str = "en"
) -> Reading:
    """A reading as the readers make it: a heading row of titles, then rows of cells joined by bars."""
    text, blocks = "", []

    def add(kind: BlockKind, words: str) -> None:
        nonlocal text
        blocks.append(Block(kind=kind, start=len(text), end=len(text) + len(words)))
        text += words + "\n\n"

    if before:
        add("paragraph", before)
    for words in filter(None, [heading, " | ".join(header) if any(header) else ""]):
        add("heading", words)
    made = []
    for row in rows:
        at, cells = len(text), []
        for cell in row:
            cells.append(Cell(start=at, end=at + len(cell)))
            at += len(cell) + 3
        made.append(tuple(cells))
        add("table_row", " | ".join(row))
    return Reading(
        document_id="d-0123456789abcdef",
        text=text,
        title=None,
        author=None,
        outlet=None,
        published_on=None,
        language=language,
        blocks=tuple(blocks),
        tables=(Table(header=tuple(header), rows=tuple(made)),),
        reader="test/1",
    )


def statements_of(*args: object, **named: object) -> tuple[Statement, ...]:
    reading = reading_with(*args, **named)  # type: ignore[arg-type]
    statements, _ = extract_tables(reading, "test/1")
    for s in statements:
        assert reading.text[s.start : s.end] == s.quote
        assert reading.text[s.content_start : s.content_end] == s.content
        for words in (*s.said_by, s.target, s.place):
            assert words is None or reading.text[words.start : words.end] == words.words
    return statements


def test_a_toll_is_said_by_the_source_that_its_row_names() -> None:
    kill, injure = statements_of(
        ("Source", "Killed", "Wounded"), [("Harbour hospital", "11", "dozens")], before="The raid of 14 March 2017."
    )
    assert (kill.act, kill.said_by[0].name, kill.content) == ("kill", "Harbour hospital", "Harbour hospital | 11")
    assert kill.count is not None
    assert (kill.count.low, kill.count.high, kill.count.of) == (11, 11, "killed")
    assert injure.count is not None
    assert (injure.count.low, injure.count.high) == (24, 99)
    assert injure.content == "Harbour hospital | 11 | dozens"


def test_a_toll_has_the_last_date_stated_before_its_table() -> None:
    (kill,) = statements_of(
        ("Source", "Dead"), [("Council", "3")], before="On 3 May 2016 nothing. On 14 March 2017 a raid."
    )
    assert kill.when is not None
    assert (kill.when.edtf, kill.when.basis) == ("2017-03-14", "inherited")


@pytest.mark.parametrize("cell", ["0", "none", "nil", "nobody"])
def test_none_is_a_denial_with_count_zero(cell: str) -> None:
    (kill,) = statements_of(("Source", "Killed"), [("Ministry", cell)])
    assert kill.polarity == "denied"
    assert kill.count is not None
    assert (kill.count.low, kill.count.high) == (0, 0)


@pytest.mark.parametrize("cell", ["", "-", "?", "n/a", "unknown"])
def test_what_a_cell_does_not_know_is_not_said(cell: str) -> None:
    assert statements_of(("Source", "Killed"), [("Ministry", cell)]) == ()


def test_a_total_is_said_by_the_maker_of_the_table() -> None:
    (kill,) = statements_of(("Source", "Killed"), [("Total", "13")])
    assert kill.said_by == ()
    assert kill.count is not None
    assert kill.count.cumulative


def test_words_beside_a_number_are_whom_it_counts() -> None:
    (injure,) = statements_of(("Source", "Wounded"), [("Ministry", "13 soldiers")])
    assert injure.target is not None
    assert injure.target.words == "13 soldiers"


def test_a_table_by_days_and_places_has_no_speaker() -> None:
    (kill,) = statements_of(("Date", "Place", "Killed"), [("3 May 2017", "North hut", "at least 4")])
    assert kill.said_by == ()
    assert kill.when is not None
    assert kill.when.edtf == "2017-05-03"
    assert kill.place is not None
    assert kill.place.name == "North hut"
    assert kill.count is not None
    assert (kill.count.low, kill.count.high) == (4, None)


def test_a_row_of_a_list_of_victims_is_one_statement_about_one_person() -> None:
    (kill,) = statements_of(
        ("No", "Name", "Age", "Village", "What happened", "Date"),
        [("1", "Nader Qalam", "34", "Sefid", "shot dead", "2017-03-14")],
    )
    assert (kill.act, kill.target and kill.target.name, kill.said_by) == ("kill", "Nader Qalam", ())
    assert kill.content == kill.quote
    assert kill.place is None  # the village is where he came from
    assert kill.when is not None
    assert kill.when.edtf == "2017-03-14"


@pytest.mark.parametrize(
    ("cell", "acts"),
    [
        ("shot dead", ["kill"]),
        ("gunshot, died of wounds", ["kill"]),
        ("cancer", ["die_other"]),
        ("died of illness", ["die_other"]),
        ("missing since 4 June 2017", ["disappear"]),
        ("in Harbour prison since May 2017", ["detain"]),
        ("released on 20 June 2017", ["release"]),
        ("moved to Camp South", ["transfer"]),
        ("wounded", ["injure"]),
        ("present", ["report_figure"]),
        ("quiet person", []),
    ],
)
def test_the_status_of_a_person_decides_the_act(cell: str, acts: list[str]) -> None:
    assert [s.act for s in statements_of(("Name", "Status"), [("Nader Qalam", cell)])] == acts


def test_a_status_gives_its_own_date_and_prison() -> None:
    (detain,) = statements_of(("Name", "Status"), [("Nader Qalam", "in Harbour prison since 14 March 2017")])
    assert detain.place is not None
    assert detain.place.words == "Harbour prison"
    assert detain.when is not None
    assert detain.when.edtf == "2017-03-14"


def test_titles_of_columns_say_what_befell_those_listed() -> None:
    (detain,) = statements_of(
        ("Full name", "Arrested on", "Held at"), [("Nader Qalam", "14 March 2017", "Harbour prison")]
    )
    assert (detain.act, detain.place and detain.place.name) == ("detain", "Harbour prison")


def test_a_heading_says_what_befell_those_listed_below_it() -> None:
    (kill,) = statements_of(("Name", "Age"), [("Nader Qalam", "20")], heading="The dead of the north huts")
    assert kill.act == "kill"


def test_a_present_resident_is_dated_by_the_roll() -> None:
    (present,) = statements_of(("Name", "Status on 1 July 2017"), [("Nader Qalam", "present")])
    assert present.act == "report_figure"
    assert present.when is not None
    assert present.when.edtf == "2017-07-01"


def test_two_people_of_one_name_are_kept_apart_by_age_and_father() -> None:
    reading = reading_with(
        ("Name", "Name in Arabic script", "Born", "Father", "Status"),
        [
            ("Nader Qalam", "نادر قلم", "1993", "Rostam", "present"),
            ("Nader Qalam", "نادر قلم", "1956", "Rostam", "missing"),
            ("Nader Qalam", "نادر قلم", "1956", "Rostam", "present"),
        ],
    )
    _, entities = extract_tables(reading, "test/1")
    assert [(e.age, e.n_mentions) for e in entities] == [("born 1993", 1), ("born 1956", 2)]
    assert entities[0].forms == ("Nader Qalam", "نادر قلم")
    assert entities[0].kin == "father: Rostam"


def test_given_and_family_names_in_two_columns_are_one_name() -> None:
    (kill,) = statements_of(("First name", "Surname", "Status"), [("Nader", "Qalam", "killed")])
    assert kill.target is not None
    assert (kill.target.words, kill.target.name) == ("Nader | Qalam", "Nader Qalam")


@pytest.mark.parametrize(
    ("language", "header", "row", "act", "low"),
    [
        ("ar", ("المصدر", "القتلى"), ("مستشفى الميناء", "١٢"), "kill", 12),
        ("ar", ("الجهة", "الجرحى"), ("الوزارة", "عشرات"), "injure", 24),
        ("ar", ("الاسم", "الحالة"), ("نادر قلم", "مفقود منذ 4 حزيران 2017"), "disappear", 1),
        ("fa", ("منبع", "کشته‌شدگان"), ("بیمارستان بندر", "دست‌کم ۷"), "kill", 7),
        ("fa", ("نام", "وضعیت"), ("نادر قلم", "بازداشت شد ۲۳ مهر ۱۴۰۱"), "detain", 1),
    ],
)
def test_tables_in_arabic_and_persian(language: str, header: list[str], row: list[str], act: str, low: int) -> None:
    (found,) = statements_of(header, [row], language=language)
    assert found.act == act
    assert found.count is not None
    assert found.count.low == low


def test_a_first_row_of_titles_serves_where_a_table_has_no_header() -> None:
    (kill,) = statements_of(("", ""), [("Source", "Killed"), ("Council", "3")])
    assert kill.said_by[0].words == "Council"


def test_a_table_of_other_things_says_nothing() -> None:
    assert statements_of(("Item", "Price"), [("Bread", "3"), ("Salt", "11")]) == ()


def test_ids_differ_and_come_out_the_same_twice() -> None:
    rows = [("Council", "3", "4"), ("Ministry", "3", "4")]
    first = statements_of(("Source", "Killed", "Wounded"), rows)
    assert len({s.id for s in first}) == 4
    assert first == statements_of(("Source", "Killed", "Wounded"), rows)
