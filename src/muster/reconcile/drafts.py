"""An event while it is gathered, and the local event that is made of it.

Method: docs/method/incidents.md, section 1.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from hashlib import blake2b

from muster.languages.edtf import Interval
from muster.languages.shingles import fold_words
from muster.reconcile.days import read_days, write_days
from muster.records import Count, LocalEvent, Statement, When

#: Content words kept of an event, for comparing texts.
MAX_WORDS = 80
#: Acts whose target is a victim.
HARM = frozenset({"kill", "injure", "detain", "abduct", "disappear", "ill_treat", "die_other"})
#: What is counted of victims and weapons: numbers by which an incident is known again.
_CROWDS = frozenset({"transfer", "displace", "return", "release", "escape", "demonstrate"})
TELLING = frozenset({"killed", "injured", "detained", "missing", "weapons"})
_VIOLENT_ACTS = frozenset({"attack", "kill", "injure", "damage_property", "die_other", "abduct", "disappear"})
_DAYS_BACK = re.compile(r"(\w+) days? (?:earlier|before|previously)")
_DAY_NUMBERS = {
    "a": 1,
    "one": 1,
    "1": 1,
    "two": 2,
    "2": 2,
    "three": 3,
    "3": 3,
    "four": 4,
    "4": 4,
    "five": 5,
    "5": 5,
    "six": 6,
    "6": 6,
}
#: Modalities of what is said to have happened.
REAL = frozenset({"asserted", "alleged", "possible"})


@dataclass(slots=True, eq=False)
class Draft:
    """An event being gathered.

    weekdays is None, or the weekdays named where days cannot be told from them ("on Tuesday" in a
    document without a date).  aside: told of in passing, in a paragraph that is about another.
    """

    kind: str
    block: int
    place: str | None = None
    days: Interval | None = None
    weekdays: frozenset[int] | None = None
    aside: bool = False
    apart: bool = False
    statements: list[Statement] = field(default_factory=list)


def finish(draft: Draft, document_id: str, places: tuple[str, ...], people: Set[str]) -> LocalEvent:
    """Make the local event of a draft; places, the main one first, and people are LocalEntity ids."""
    ids = tuple(sorted(statement.id for statement in draft.statements))
    return LocalEvent(
        id="v-" + blake2b("\x1f".join((document_id, *ids)).encode(), digest_size=8).hexdigest(),
        document_id=document_id,
        kind=draft.kind,
        statement_ids=ids,
        when=_when(draft),
        place=places[0] if places else None,
        also_at=tuple(sorted(places[1:])),
        participants=_participants(draft.statements),
        victims=_victims(draft.statements, people),
        killed=_toll(draft.statements, "killed"),
        injured=_toll(draft.statements, "injured"),
        words=_words(draft.statements),
        yearless=tuple(sorted((s.id, text) for s in draft.statements if s.when and (text := _yearless(s.when)))),
    )


def _when(draft: Draft) -> When | None:
    """The event's date: the one stated, widened to all days of its acts, else the one most inherited."""
    dated = [s.when for s in draft.statements if s.when and s.when.basis != "inherited"]
    if draft.days is None:
        inherited = Counter(
            s.when.edtf
            for s in draft.statements
            if s.when and s.when.basis == "inherited" and s.when.start < s.end and read_days(s.when.edtf)
        )
        if not inherited:
            return _weekday_only(draft.statements)
        best = max(inherited, key=lambda edtf: (inherited[edtf], edtf))
        return When(edtf=best, basis="inherited")
    edtf = write_days(draft.days)
    same = [when for when in dated if when.edtf.rstrip("?~%") == edtf]
    exact = [when for when in same if when.weekday is not None] or same
    return exact[0] if exact else When(edtf=edtf, basis="stated")


def _weekday_only(statements: Iterable[Statement]) -> When | None:
    """The weekday most named, where that is all a document gives: that of the acts before that of words about them."""
    undated = [s for s in statements if s.when and read_days(s.when.edtf) is None]
    acts = [day for s in undated if s.act in _VIOLENT_ACTS and (day := _weekday_counted_back(s, undated)) is not None]
    tally = Counter(acts or [s.when.weekday for s in undated if s.when and s.when.weekday is not None])
    best = min(tally, key=lambda day: (-tally[day], day), default=None)
    return When(edtf="XXXX", basis="relative", weekday=best) if best is not None else None


def _weekday_counted_back(statement: Statement, others: Iterable[Statement]) -> int | None:
    """The weekday of an act: as named, or "two days earlier" than the weekday on which somebody said so."""
    when = statement.when
    if when is None or when.weekday is not None:
        return when.weekday if when else None
    back = _DAYS_BACK.fullmatch(when.words.casefold().strip())
    said = {s.when.weekday for s in others if s.start == statement.start and s.when and s.when.weekday is not None}
    if back is None or len(said) != 1 or back[1] not in _DAY_NUMBERS:
        return None
    return ((said.pop() or 0) - _DAY_NUMBERS[back[1]]) % 7


def _yearless(when: When) -> str | None:
    """A date whose year is not known: month and day, or an ISO weekday ("XXXX-WXX-2") where that is all."""
    if when.edtf.startswith("XXXX-"):
        return when.edtf
    return f"XXXX-WXX-{when.weekday + 1}" if when.edtf == "XXXX" and when.weekday is not None else None


def _participants(statements: Iterable[Statement]) -> tuple[str, ...]:
    named = {words.entity for s in statements for words in (s.actor, s.target, *s.said_by) if words and words.entity}
    return tuple(sorted(named))


def _victims(statements: Iterable[Statement], people: Set[str]) -> tuple[str, ...]:
    named = {s.target.entity for s in statements if s.act in HARM and s.target and s.target.entity in people}
    return tuple(sorted(entity for entity in named if entity))


def _toll(statements: Sequence[Statement], of: str) -> tuple[int, int | None] | None:
    """The lowest and the highest number given, None at the top where one has no upper bound."""
    counts = [
        s.count for s in statements if s.count and s.count.of == of and s.polarity == "affirmed" and s.modality in REAL
    ]
    if not counts:
        return None
    highs = [count.high for count in counts]
    return min(count.low for count in counts), None if None in highs else max(h for h in highs if h is not None)


def _words(statements: Sequence[Statement]) -> tuple[str, ...]:
    """The most frequent content words of what is said, and every number of victims ("52 killed"), sorted."""
    tally = Counter(
        word for s in statements for word in fold_words(s.content) if len(word) > 3 and not word[0].isdigit()
    )
    best = sorted(tally, key=lambda word: (-tally[word], word))[:MAX_WORDS]
    counted = ((s.act, s.count) for s in statements if s.count and s.polarity == "affirmed")
    counts = {f"{_number(count)} {count.of}" for act, count in counted if count.of in TELLING or act in _CROWDS}
    return tuple(sorted({*best, *counts}))


def _number(count: Count) -> int:
    """The number as it stands in the text: "more than 80" is known again by 80, not by the 81 that it begins with."""
    return count.low - 1 if count.high is None and str(count.low - 1) in count.words else count.low
