import dataclasses

import pytest

from muster.casebook.record import Record
from muster.publish.index import make_index
from muster.publish.timeline import Timeline, timeline
from muster.publish.wording import date_in_words


def line_of(record: Record, *dates: str | None) -> Timeline:
    template = dataclasses.replace(record.incidents[0], statement_ids=(), dates=())
    incidents = tuple(dataclasses.replace(template, id=f"i-{n:016x}", when=on) for n, on in enumerate(dates))
    index = make_index(dataclasses.replace(record, incidents=incidents, questions=(), disagreements=()))
    return timeline(index, list(index.incidents.values()))


def test_a_day_is_a_point_and_a_month_a_stretch(record: Record) -> None:
    day, month = line_of(record, "2017-03-14", "2017-08").rows
    assert day.bar.point
    assert not month.bar.point
    assert month.bar.start > day.bar.start


def test_a_longer_stretch_is_a_longer_bar_and_all_lie_on_the_axis(record: Record) -> None:
    rows = line_of(record, "2015", "2016-01", "2017-06-01/2017-06-03", "../2016").rows
    assert rows[0].bar.width > rows[1].bar.width
    assert all(row.bar.start >= 0 and row.bar.start + row.bar.width <= 100 for row in rows)


@pytest.mark.parametrize("on", ["2017?", "2017~", "201X"])
def test_an_uncertain_date_is_drawn_as_such(record: Record, on: str) -> None:
    assert line_of(record, on).rows[0].bar.uncertain


def test_what_has_no_date_is_listed_and_not_placed(record: Record) -> None:
    line = line_of(record, None, "XXXX-03-14")
    assert line.rows == ()
    assert len(line.undated) == 2


@pytest.mark.parametrize(
    "dates", [("0001",), ("9999-12-31",), ("1000", "9999"), ("2017-03-14", "2017-03-15"), ("2017-01", "2017-09")]
)
def test_the_axis_has_a_few_ticks_within_it(record: Record, dates: tuple[str, ...]) -> None:
    ticks = line_of(record, *dates).ticks
    assert len(ticks) <= 8
    assert all(0 <= place <= 100 for place, _ in ticks)


def test_a_date_that_an_answer_gives_instead_is_drawn_beside(record: Record) -> None:
    index = make_index(record)
    rows = timeline(index, list(index.incidents.values())).rows
    assert rows[0].other_dates == ("2017-03-17",)
    assert len(rows[0].others) == 1


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2011-04-07/2011-04-08", "2011-04-07 to 2011-04-08"),
        ("2011?", "2011 (uncertain)"),
        ("XXXX-07-29", "07-29, year not given"),
        ("../2011", "until 2011"),
        ("2011/..", "from 2011"),
        ("2011-04", "2011-04"),
    ],
)
def test_dates_are_written_so_that_nobody_needs_to_know_edtf(edtf: str, words: str) -> None:
    assert date_in_words(edtf) == words
