import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.languages.calendars import from_hijri, from_solar, to_hijri, to_solar
from muster.languages.date_meaning import easter
from muster.languages.dates import find_dates, find_durations, read_again
from muster.languages.edtf import edtf_overlap, parse_edtf, shift, weekday_of, years_where

STATED = [
    ("en", "on 8 April 2011", "2011-04-08"),
    ("en", "April 8, 2011", "2011-04-08"),
    ("en", "the eighth of April 2011", "2011-04-08"),
    ("en", "2011-04-08", "2011-04-08"),
    ("en", "08/04/2011", "2011-04-08?"),
    ("en", "31/12/2011", "2011-12-31"),
    ("en", "Feb. 9", "2011-02-09"),
    ("en", "8 April", "2011-04-08"),
    ("en", "23 April", "2011-04-23"),  # three days ahead: announced
    ("en", "30 April", "2010-04-30"),  # ten days ahead: last year's
    ("en", "December 31", "2010-12-31"),
    ("en", "early April 2011", "2011-04"),
    ("en", "in March", "2011-03"),
    ("en", "in May", "2010-05"),
    ("en", "2009 was", "2009"),
    ("en", "in the 1980s", "198X"),
    ("en", "spring 2011", "2011-21"),
    ("en", "28 and 29 July 2009", "2009-07-28/2009-07-29"),
    ("en", "7-8 April", "2011-04-07/2011-04-08"),
    ("en", "from 1 to 3 March 2011", "2011-03-01/2011-03-03"),
    ("en", "30 April to 2 May 2010", "2010-04-30/2010-05-02"),
    ("en", "between 2009 and 2011", "2009/2011"),
    ("ar", "يوم الجمعة 8 نيسان/أبريل 2011", "2011-04-08"),
    ("ar", "في الثامن من أبريل", "2011-04-08"),
    ("ar", "٨ نيسان ٢٠١١", "2011-04-08"),
    ("ar", "بين 28 و29 تموز 2009", "2009-07-28/2009-07-29"),
    ("ar", "في تشرين الأول 2010", "2010-10"),
    ("ar", "عام 2009", "2009"),
    ("ar", "15 رمضان 1432 هـ", "2011-08-15~"),
    ("fa", "سه‌شنبه ۱۹ فروردین ۱۳۹۰", "2011-04-08"),
    ("fa", "۱۳۹۰/۱/۱۹", "2011-04-08"),
    ("fa", "بیست و هشتم ژوئیه ۲۰۰۹", "2009-07-28"),
    ("fa", "در آبان ۱۳۸۸", "2009-10-23/2009-11-21"),
    ("fa", "سال ۱۳۸۸", "2009-03-21/2010-03-20"),
    ("fa", "۱۹ فروردین", "2011-04-08"),
]
RELATIVE = [
    ("en", "on Wednesday", "2011-04-20"),
    ("en", "late on Tuesday", "2011-04-19"),
    ("en", "last Wednesday", "2011-04-13"),
    ("en", "next Friday", "2011-04-22"),
    ("en", "yesterday", "2011-04-19"),
    ("en", "this morning", "2011-04-20"),
    ("en", "last night", "2011-04-19"),
    ("en", "two days ago", "2011-04-18"),
    ("en", "twenty-one days ago", "2011-03-30"),
    ("en", "six weeks ago", "2011-03-09~"),
    ("en", "three months ago", "2011-01"),
    ("en", "a year ago", "2010"),
    ("en", "last week", "2011-04-11/2011-04-17"),
    ("en", "last month", "2011-03"),
    ("en", "last September", "2010-09"),
    ("en", "only on the 13th, because", "2011-04-13"),
    ("ar", "أمس", "2011-04-19"),
    ("ar", "مساء الثلاثاء", "2011-04-19"),
    ("ar", "قبل يومين", "2011-04-18"),
    ("ar", "قبل ثلاثة أيام", "2011-04-17"),
    ("ar", "الشهر الماضي", "2011-03"),
    ("fa", "دیروز", "2011-04-19"),
    ("fa", "سه‌شنبه شب", "2011-04-19"),
    ("fa", "دو روز پیش", "2011-04-18"),
    ("fa", "ماه گذشته", "2011-03"),
]
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(("language", "text", "edtf"), STATED)
def test_a_stated_date_is_read(language: str, text: str, edtf: str) -> None:
    (found,) = find_dates(text, language, "2011-04-20")
    assert (found.edtf, found.basis) == (edtf, "stated")
    assert text[found.start : found.end] == found.words


@pytest.mark.parametrize(("language", "text", "edtf"), RELATIVE)
def test_a_relative_date_counts_from_the_document(language: str, text: str, edtf: str) -> None:
    (found,) = find_dates(text, language, "2011-04-20")  # a Wednesday
    assert (found.edtf, found.basis) == (edtf, "relative")


def test_two_days_later_counts_from_the_date_before() -> None:
    first, second = find_dates("On 10 April they drove them out; two days later others went.", "en", "2011-05-20")
    assert (first.edtf, second.edtf) == ("2011-04-10", "2011-04-12")
    (alone,) = find_dates("Two days later others went.", "en", "2011-05-20", "2011-04-10")
    assert alone.edtf == "2011-04-12"


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("In December 2010 they agreed, and the following year they left.", "2011"),
        ("In March 2010 they agreed; the preceding month they had fought.", "2010-02"),
        ("They must leave by the end of the year.", "2011-12"),
        ("They must leave by the end of the month.", "2011-04"),
    ],
)
def test_the_end_of_a_year_and_the_year_beside_another(text: str, edtf: str) -> None:
    assert find_dates(text, "en", "2011-04-20")[-1].edtf == edtf


@pytest.mark.parametrize(
    ("text", "anchor", "reference", "edtf"),
    [
        ("Twelve died in the first half of January.", "2021-02-28", None, "2021-01-01/2021-01-15"),
        ("Nine died in the second half of February 2020.", "2021-02-28", None, "2020-02-16/2020-02-29"),
        ("On Good Friday they fired.", "2017-04-16", None, "2017-04-14"),
        ("He died on Easter Sunday.", "2023-09-12", None, "2023-04-09"),
        ("They came on Christmas Eve.", "2011-04-20", None, "2010-12-24"),
        ("Nine were hurt overnight.", "2011-04-20", None, "2011-04-19/2011-04-20"),
        ("They were moved overnight.", "2011-04-20", "2011-02-02", "2011-02-02/2011-02-03"),
        ("They came on Thursday of last week.", "2011-04-20", None, "2011-04-14"),
        ("Last week, on Friday, they came.", "2011-04-20", None, "2011-04-15"),
        ("On Sunday, the 6th, they came.", "2011-04-20", None, "2011-03-06"),
        ("On the 16th four buses came.", "2011-04-20", "2011-02-12", "2011-02-16"),
        ("On the evening of the 8th he died.", "2011-04-20", "2011-02-12", "2011-02-08"),
        ("They buried him on the Sunday.", "2011-04-20", "2011-02-12", "2011-02-13"),
    ],
)
def test_nights_feasts_and_days_of_a_week_or_month(text: str, anchor: str, reference: str | None, edtf: str) -> None:
    (found,) = find_dates(text, "en", anchor, reference)
    assert found.edtf == edtf


def test_easter_is_where_the_almanacs_have_it() -> None:
    known = ["1961-04-02", "2000-04-23", "2008-03-23", "2024-03-31", "2038-04-25"]
    assert [easter(int(day[:4])).isoformat() for day in known] == known


def test_a_number_before_a_day_makes_no_range() -> None:
    (found,) = find_dates("Statement 12 / 3 May 2017", "en", None)
    assert found.edtf == "2017-05-03"


def test_two_days_after_counts_back_from_the_date_before_it() -> None:
    assert read_again("Wednesday, two days after", "en", "2009-07-30") == "2009-07-27"
    assert read_again("a week after", "en", "2009-07-30") == "2009-07-23~"
    assert read_again("on Wednesday", "en", "2009-07-30") == "2009-07-29"


def test_a_date_without_year_belongs_to_the_one_spoken_of_before() -> None:
    found = find_dates("On 28 July 2009 they came. On 30 July they left.", "en", "2013-02-09")
    assert [span.edtf for span in found] == ["2009-07-28", "2009-07-30"]


def test_without_any_year_the_year_stays_open() -> None:
    (found,) = find_dates("on 29 July", "en", None)
    assert found.edtf == "XXXX-07-29"
    assert [s.edtf for s in find_dates("On 29 July. Yesterday.", "en", "XXXX-07-30")] == ["XXXX-07-29", "XXXX-07-29"]


def test_a_weekday_beside_a_date_is_kept_and_not_believed() -> None:
    (found,) = find_dates("Friday 7 January 2010", "en", "2010-02-01")
    assert (found.edtf, found.weekday) == ("2010-01-07", 4)
    assert weekday_of(found.edtf) == 3
    assert years_where(1, 7, 4, 2010) == (2011, 2005)


@pytest.mark.parametrize(
    "text", ["It may be so.", "They march on.", "2000 people", "at least 2009 of them", "every Friday", "31 February"]
)
def test_what_is_no_date_is_left(text: str) -> None:
    assert find_dates(text, "en", "2011-04-20") == ()


def test_a_relative_date_without_anything_to_count_from_is_left() -> None:
    assert find_dates("yesterday and on Friday", "en", None) == ()


def test_since_and_until_are_kept_apart_from_the_date() -> None:
    found = find_dates("since 2009 and until 3 May 2010", "en", "2011")
    assert [(span.edtf, span.relation) for span in found] == [("2009", "since"), ("2010-05-03", "until")]


def test_a_duration_is_no_date() -> None:
    assert find_dates("held for eleven months", "en", "2011-04-20") == ()
    (found,) = find_durations("held for eleven months", "en")
    assert (found.n, found.unit) == (11, "month")


@given(DAYS)
def test_calendars_come_back_to_the_same_day(day: date) -> None:
    assert from_solar(*to_solar(day)) == day
    assert from_hijri(*to_hijri(day)) == day


@pytest.mark.parametrize(
    ("solar", "gregorian"),
    [
        ((1357, 11, 22), date(1979, 2, 11)),
        ((1388, 3, 22), date(2009, 6, 12)),
        ((1399, 12, 30), date(2021, 3, 20)),
        ((1401, 7, 23), date(2022, 10, 15)),
        ((1403, 1, 1), date(2024, 3, 20)),
    ],
)
def test_known_solar_days(solar: tuple[int, int, int], gregorian: date) -> None:
    assert from_solar(*solar) == gregorian
    assert to_solar(gregorian) == solar


def test_a_day_that_a_calendar_lacks_is_refused() -> None:
    with pytest.raises(ValueError, match="no such"):
        from_solar(1400, 12, 30)
    with pytest.raises(ValueError, match="no such"):
        from_hijri(1432, 13, 1)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_english_date_is_read_back(day: date) -> None:
    months = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    (found,) = find_dates(f"On {day.day} {months[day.month - 1]} {day.year} it began.", "en", None)
    assert found.edtf == day.isoformat()


@given(DAYS, st.integers(min_value=0, max_value=6))
def test_a_weekday_is_the_latest_on_or_before_the_document(day: date, weekday: int) -> None:
    name = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][weekday]
    (found,) = find_dates(f"He died on {name}.", "en", day.isoformat())
    chosen = date.fromisoformat(found.edtf)
    assert chosen.weekday() == weekday
    assert timedelta(0) <= day - chosen <= timedelta(days=6)


@given(st.text(max_size=80), st.sampled_from(["en", "ar", "fa"]))
def test_spans_are_in_order_and_where_they_say(text: str, language: str) -> None:
    spans = find_dates(text, language, "2011-04-20")
    assert all(text[span.start : span.end] == span.words for span in spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2011", date(2011, 1, 1), date(2011, 12, 31)),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29)),
        ("2011-04-08?", date(2011, 4, 8), date(2011, 4, 8)),
        ("198X", date(1980, 1, 1), date(1989, 12, 31)),
        ("2011-24", date(2011, 12, 1), date(2012, 2, 29)),
        ("2011-04-07/2011-04", date(2011, 4, 7), date(2011, 4, 30)),
        ("2011/..", date(2011, 1, 1), date.max),
    ],
)
def test_an_edtf_date_is_an_interval_of_days(edtf: str, first: date, last: date) -> None:
    interval = parse_edtf(edtf)
    assert interval is not None
    assert (interval.first, interval.last) == (first, last)


@pytest.mark.parametrize("edtf", ["", "XXXX-07-29", "2011-13", "2011-02-30", "2012/2011", "soon"])
def test_what_is_no_known_date_is_no_interval(edtf: str) -> None:
    assert parse_edtf(edtf) is None


def test_dates_overlap_where_they_share_a_day() -> None:
    assert edtf_overlap("2011-04", "2011-04-08") is True
    assert edtf_overlap("2011-04-07/2011-04-08", "2011-04-09") is False
    assert edtf_overlap("XXXX-07-29", "2009-07") is True
    assert edtf_overlap("XXXX-07-29", "2009-08") is False
    assert edtf_overlap("XXXX-07-29", "XXXX-07-29") is True
    assert edtf_overlap("soon", "2011") is None


def test_shifting_keeps_to_its_unit() -> None:
    assert shift("2011-04-10", 2, "day") == "2011-04-12"
    assert shift("2011-01", -1, "month") == "2010-12"
    assert shift("2011-04-10", 1, "year") == "2012"
    assert shift("2011", 2, "day") is None
