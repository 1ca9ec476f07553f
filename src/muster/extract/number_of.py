"""Acts whose number stands behind a verb: "the number of people known to have been killed rose to 34"."""

from collections.abc import Mapping
from dataclasses import replace

from muster.extract.counts import as_count
from muster.extract.event import TOLL_ACTS, Event
from muster.extract.parse import Doc, Token, ancestors, children, lemma
from muster.languages.numbers import NumberSpan

_NUMBERS = frozenset({"number", "count", "tally", "total", "figure"})
_LEADING = frozenset({"to", "at", "as"})


def with_number(doc: Doc, event: Event, counted: Mapping[int, NumberSpan]) -> Event:
    """An event inside a phrase "the number of ...", with the number that the sentence gives; others as they are."""
    if event.act not in TOLL_ACTS | {"displace"} or event.count is not None:
        return event
    noun = next((t for t in ancestors(doc[event.head]) if lemma(t) in _NUMBERS and t.pos_ == "NOUN"), None)
    if noun is None or not any(p.lower_ == "of" for p in children(noun, "prep")) or noun.i > event.head:
        return event
    given = [*numbers_given(noun), *_led(doc[event.head])]
    number = next((t for t in given if t.i in counted and t.i > event.head), None)
    if number is None:
        return event
    last = max(i for i in counted if counted[i] is counted[number.i])
    return replace(
        event, start=noun.left_edge.i, end=max(event.end, last + 1), count=as_count(counted[number.i], event.act)
    )


def numbers_given(noun: Token) -> list[Token]:
    """What the verb over "the number" gives it as: "rose to 34", "put the number at 63", "reached 18", "is nine"."""
    return [*_led(noun.head), *_led(noun), *children(noun.head, "dobj", "attr", "npadvmod", "advmod")]


def _led(token: Token) -> list[Token]:
    return [n for p in children(token, "prep") if p.lower_ in _LEADING for n in children(p, "pobj")]
