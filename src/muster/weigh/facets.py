"""What of many assertions each rule of contradiction looks at: so that an incident of thousands is compared in parts.

Two assertions that differ in nothing that a rule reads need not be held against a third one twice.

Method: docs/method/contradiction.md, section 6.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from muster.records import Statement
from muster.weigh.assertions import HELD, VIOLENT, Assertion
from muster.weigh.comparing import FIGURED, GONE, Facet
from muster.weigh.independence import Context, group_of
from muster.weigh.populations import UNCOMPARED, Toll

#: Of more assertions than this that a rule sees, it compares those that most independent groups make.
MOST_ASSERTIONS = 300


def by_facet(
    held: Mapping[Assertion, Sequence[Statement]], context: Context
) -> dict[Facet, dict[Assertion, list[Statement]]]:
    """Sort statements by what each rule reads of what they assert; statements by id, ascending.

    Of each facet at most `MOST_ASSERTIONS` are kept, those that most independent groups make.
    """
    found: dict[Facet, dict[Assertion, list[Statement]]] = defaultdict(dict)
    for assertion, statements in held.items():
        for facet, seen in _facets(assertion):
            found[facet].setdefault(seen, []).extend(statements)
    return {facet: _most_backed(sides, context) for facet, sides in found.items()}


def _most_backed(sides: Mapping[Assertion, list[Statement]], context: Context) -> dict[Assertion, list[Statement]]:
    ordered = {seen: sorted(some, key=lambda each: each.id) for seen, some in sides.items()}

    def rank(seen: Assertion) -> tuple[int, str]:
        return -len({group_of(each, context) for each in ordered[seen]}), ordered[seen][0].id

    kept = sorted(ordered, key=rank)[:MOST_ASSERTIONS] if len(ordered) > MOST_ASSERTIONS else ordered
    return {seen: ordered[seen] for seen in kept}


def _facets(a: Assertion) -> Iterator[tuple[Facet, Assertion]]:
    """The parts of an assertion that rules read, each without what the rule does not read."""
    bare = Assertion(
        deed=a.deed, denied=a.denied, toll=None, actor=None, target=None, place=None, empty=False, when=None
    )
    if a.toll and not a.denied and a.toll.population not in UNCOMPARED:
        toll = replace(a.toll, at="there" if a.toll.at else "", seen=False)
        deed = "" if a.toll.of in FIGURED and a.deed not in GONE else a.deed
        yield "count", replace(bare, toll=toll, deed=deed, place=None if a.toll.of in FIGURED else a.place)
    somewhere = "somewhere" if a.place else None
    told = a.told if a.deed in {"accuse", "attack"} or a.told == "shot" else ""
    parties = replace(bare, actor=a.actor, target=a.target, told=told)
    yield "denial", replace(parties, toll=a.toll and _sign(a.toll), place=somewhere if a.denied else None)
    if a.denied:
        return
    if a.deed in VIOLENT | HELD and a.actor:
        yield "actor", replace(parties, toll=_told_of(a), named=a.named, told=a.told)
    elif (a.deed in HELD and a.toll) or a.deed in {"accuse", "disappear"} or a.told in {"cause", "willing"}:
        yield "actor", replace(parties, toll=a.toll, told=a.told, many=a.many)
    if a.deed in VIOLENT | HELD and a.place:
        yield "place", replace(bare, place=somewhere, empty=a.empty)
    if a.deed == "attack" and a.when:
        yield "date", replace(bare, when=a.when)


def _told_of(a: Assertion) -> Toll | None:
    return a.toll if a.toll is None or a.deed in HELD else _sign(a.toll)


def _sign(toll: Toll) -> Toll:
    """Whether anybody is counted at all, and of whom."""
    return Toll(of=toll.of, low=min(toll.low, 1), high=0 if toll.high == 0 else None, population=toll.population)
