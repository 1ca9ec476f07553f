"""Incidents along time: a day as a point, a longer or uncertain date as the stretch it may lie in."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from muster.languages.edtf import Interval, parse_edtf
from muster.publish.index import Index
from muster.publish.wording import date_in_words
from muster.records import Incident

_N_TICKS = 6
_MARGIN = 0.02
_LEAST = 3.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A stretch of the axis: from and width in per cent of it.  point: one day, drawn as a dot."""

    start: float
    width: float
    point: bool
    uncertain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow:
    """One incident.  others are the dates that answers give and the incident's own does not cover."""

    incident: Incident
    label: str
    date: str
    bar: Bar
    others: tuple[Bar, ...]
    other_dates: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """ticks are (place in per cent, ISO date cut to its unit); undated incidents have no row."""

    ticks: tuple[tuple[float, str], ...]
    rows: tuple[TimelineRow, ...]
    undated: tuple[Incident, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A stretch of time as a line: first day and number of days."""

    first: date
    n_days: int

    def at(self, day: date) -> float:
        """Return where a day lies, in per cent."""
        share = ((day - self.first).days + 0.5) / self.n_days
        return round(100 * (_MARGIN + (1 - 2 * _MARGIN) * share), 2)

    def bar(self, interval: Interval, uncertain: bool) -> Bar:
        """Return the bar of some days, cut at the ends of the axis."""
        start = self.at(max(interval.first, self.first))
        end = self.at(min(interval.last, self.first + timedelta(days=self.n_days - 1)))
        point = interval.first == interval.last
        short = not point and end - start < _LEAST  # two days among years would be too thin to see
        return Bar(
            start=round((start + end - _LEAST) / 2, 2) if short else start,
            width=_LEAST if short else round(end - start, 2),
            point=point,
            uncertain=uncertain,
        )


def timeline(index: Index, incidents: Sequence[Incident]) -> Timeline:
    """Place the incidents, which come in order of date, on one axis that spans them all."""
    dated = [(incident, interval) for incident in incidents if (interval := _interval(incident.when))]
    bounded = [day for _, i in dated for day in (i.first, i.last) if date.min < day < date.max]
    if not bounded:
        return Timeline(ticks=(), rows=(), undated=tuple(incidents))
    undated = tuple(incident for incident in incidents if not _interval(incident.when))
    axis = Axis(first=min(bounded), n_days=(max(bounded) - min(bounded)).days + 1)
    rows = tuple(_row(index, axis, incident, interval) for incident, interval in dated)
    return Timeline(ticks=tuple((axis.at(day), text) for day, text in ticks(axis)), rows=rows, undated=undated)


def _interval(edtf: str | None) -> Interval | None:
    return parse_edtf(edtf) if edtf else None


def _row(index: Index, axis: Axis, incident: Incident, interval: Interval) -> TimelineRow:
    outside = elsewhere(interval, _answers(index, incident))
    last = axis.first + timedelta(days=axis.n_days - 1)
    return TimelineRow(
        incident=incident,
        label=index.labels[incident.id],
        date=date_in_words(incident.when or ""),
        bar=axis.bar(interval, is_uncertain(incident.when or "")),
        others=tuple(
            axis.bar(other, is_uncertain(edtf))
            for edtf, other in outside
            if other.last >= axis.first and other.first <= last
        ),
        other_dates=tuple(date_in_words(edtf) for edtf, _ in outside),
    )


def elsewhere(interval: Interval, dates: Iterable[str]) -> list[tuple[str, Interval]]:
    """Return those dates, EDTF, that neither lie in an interval nor cover it."""
    others = [(edtf, other) for edtf in dates if (other := parse_edtf(edtf))]
    return [
        (edtf, other)
        for edtf, other in others
        if not (interval.first <= other.first and other.last <= interval.last)
        and not (other.first <= interval.first and interval.last <= other.last)
    ]


def _answers(index: Index, incident: Incident) -> Iterable[str]:
    questions = index.questions.get(incident.id, ())
    return sorted({a.value for q in questions if q.kind == "when" for a in q.answers if not a.denied})


def is_uncertain(edtf: str) -> bool:
    """Tell whether a date is marked as uncertain, or not given in full."""
    return any(sign in edtf for sign in "?~%X")


def ticks(axis: Axis) -> Iterator[tuple[date, str]]:
    """Yield some whole years, months or days on the axis, at most about _N_TICKS of them."""
    last = axis.first + timedelta(days=axis.n_days - 1)
    if axis.n_days > 2 * 366:
        step = -(-(last.year - axis.first.year) // _N_TICKS) or 1
        found = [(date(year, 1, 1), f"{year:04d}") for year in range(axis.first.year, last.year + 1, step)]
    elif axis.n_days > 60:
        first = axis.first.year * 12 + axis.first.month - 1
        months = range(first, last.year * 12 + last.month, -(-(axis.n_days // 30) // _N_TICKS) or 1)
        found = [(date(m // 12, m % 12 + 1, 1), f"{m // 12:04d}-{m % 12 + 1:02d}") for m in months]
    else:
        step = -(-axis.n_days // _N_TICKS)
        days = [axis.first + timedelta(days=n) for n in range(0, axis.n_days, step)]
        found = [(day, day.isoformat()) for day in days]
    yield from ((day, text) for day, text in found if axis.first <= day <= last)
