from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from muster.languages.edtf import Interval
from muster.reconcile.days import follows, gap, is_yearless, join, read_days, width, write_days

_days = st.tuples(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 400)).map(
    lambda row: Interval(first=row[0], last=row[0] + timedelta(days=row[1]))
)


def known(edtf: str) -> Interval:
    days = read_days(edtf)
    assert days is not None
    return days


def test_a_date_without_a_year_is_held_against_month_and_day() -> None:
    assert is_yearless(known("XXXX-07-29"))
    assert gap(known("XXXX-07-29"), known("2009-07-28")) == 1
    assert gap(known("2009-07-28"), known("XXXX-07-29")) == 1
    assert not is_yearless(known("2009-07-29"))


def test_a_date_without_a_year_is_written_as_it_was_read() -> None:
    for edtf in ("XXXX-07-29", "XXXX-02", "2009-07-29", "2009-07", "2009", "2009-07-28/2009-07-29"):
        assert write_days(known(edtf)) == edtf


def test_a_year_joined_to_a_day_without_one_is_the_year() -> None:
    assert join(known("XXXX-07-29"), known("2009-07-28")) == known("2009-07-28")


@given(a=_days, b=_days)
def test_days_that_are_joined_hold_both(a: Interval, b: Interval) -> None:
    both = join(a, b)
    assert both is not None
    assert gap(both, a) == gap(both, b) == 0
    assert width(both) >= max(width(a), width(b))


@given(a=_days, b=_days)
def test_a_gap_is_the_same_both_ways(a: Interval, b: Interval) -> None:
    assert gap(a, b) == gap(b, a)


@given(a=_days, b=_days, within=st.integers(0, 500))
def test_what_follows_does_not_lie_before(a: Interval, b: Interval, within: int) -> None:
    if follows(a, b, within):
        assert b.first >= a.first


def test_both_ends_of_an_interval_without_a_year_are_read() -> None:
    days = read_days("XXXX-07-28/XXXX-07-29")
    assert days is not None
    assert (days.first.day, days.last.day) == (28, 29)
