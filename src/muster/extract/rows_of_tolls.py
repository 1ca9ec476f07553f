"""Tolls in a row, whose words keep to themselves: "three dead and more than 50 hurt", "3 killed, 71 wounded"."""

from dataclasses import dataclass, replace

from muster.extract.counts import as_count
from muster.extract.event import Event
from muster.extract.parse import Doc, lemma
from muster.extract.vocabulary import acts
from muster.languages.numbers import NumberSpan

_BETWEEN = frozenset({",", "and", ";", "/", "&", "plus"})
#: Up to so many words stand between a number and what befell those it counts: "two young men wounded".
_MIDDLE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Toll:
    act: str
    number: NumberSpan
    start: int
    end: int


def in_rows(doc: Doc, counted: dict[int, NumberSpan], known: list[Event]) -> list[Event]:
    """The events, each toll of a row with its own number and words, also where the parse took them for one."""
    found = list(known)
    for toll in _rows(doc, counted):
        if any(_tells(e, toll) for e in found):
            continue
        mine = [e for e in found if e.act == toll.act and toll.start <= e.head < toll.end]
        first = mine[0] if mine else Event(act=toll.act, head=toll.end - 1, start=0, end=0, nominal=True)
        count = as_count(toll.number, toll.act)
        one = replace(first, start=toll.start, end=toll.end, target=_counted(doc, toll), count=count)
        found = [e for e in found if e not in mine] + [one]
    return found


def _tells(event: Event, toll: _Toll) -> bool:
    """Whether a verb outside the toll tells of it already: "left 12 people dead and 30 injured"."""
    outside = not event.nominal and not toll.start <= event.head < toll.end
    count = (event.count.low, event.count.high) if event.count else None
    return outside and event.act == toll.act and count == (toll.number.low, toll.number.high)


def _counted(doc: Doc, toll: _Toll) -> int | None:
    """The word for those counted, whose phrase stands in the toll as far as the parse knows."""
    own = (i for i in range(toll.end - 1, toll.start - 1, -1))
    return next((i for i in own if toll.start <= doc[i].left_edge.i and doc[i].right_edge.i < toll.end), None)


def _rows(doc: Doc, counted: dict[int, NumberSpan]) -> list[_Toll]:
    """The tolls that stand beside one of another act, with nothing but a comma or "and" between."""
    tolls = [t for i in counted if counted.get(i - 1) is not counted[i] for t in [_toll(doc, i, counted)] if t]
    beside = [
        (one, next_)
        for one in tolls
        for next_ in tolls
        if one.act != next_.act
        and 0 < next_.start - one.end <= 2
        and all(t.lower_ in _BETWEEN for t in doc[one.end : next_.start])
    ]
    return [t for t in tolls if any(t in pair for pair in beside)]


def _toll(doc: Doc, at: int, counted: dict[int, NumberSpan]) -> _Toll | None:
    after = at
    while counted.get(after) is counted[at]:
        after += 1
    for i in range(after, min(after + _MIDDLE + 1, len(doc))):
        act = acts().victims.get(doc[i].lower_) or acts().victims.get(lemma(doc[i]))
        if act is not None:
            return _Toll(act=act, number=counted[at], start=at, end=i + 1)
        if not (doc[i].pos_ in ("ADJ", "NOUN", "PROPN") or (i == after and doc[i].lower_ == "of")):
            return None
    return None
