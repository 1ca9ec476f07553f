"""In which ways two assertions of one incident contradict each other.

Method: docs/method/contradiction.md, sections 2 to 4.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from muster.languages.edtf import edtf_overlap, parse_edtf
from muster.records import DisagreementKind, Incident
from muster.weigh.assertions import HELD, VIOLENT, Assertion
from muster.weigh.parties import Party, relation
from muster.weigh.populations import Toll, comparable, disjoint

#: How much a contradiction matters, by what it is about: the highest first.
_WEIGHT: Mapping[str, float] = {
    "denial": 0.9, "killed": 0.95, "missing": 0.8, "detained": 0.7, "injured": 0.65, "actor": 0.85,
    "weapons": 0.4, "place": 0.5, "date": 0.6, "residents": 0.3, "other": 0.3,
}  # fmt: skip
#: Acts of crowds, whose numbers are compared though they are not harm.
_CROWDS = {
    "transfer": "moved", "displace": "driven out", "return": "returned", "release": "released", "escape": "escaped",
    "demonstrate": "took part",
}  # fmt: skip
#: What a rule is about.
Facet = Literal["count", "denial", "actor", "place", "date"]
_FACED = frozenset({"held", "public"})
#: Acts whose number of people "nobody" can deny, by what is counted: who holds nobody may have released somebody.
_HARMS: Mapping[str, frozenset[str]] = {
    "killed": frozenset({"kill", "die_other", "attack"}),
    "injured": frozenset({"injure", "attack", "ill_treat"}),
    "detained": HELD,
    "missing": frozenset({"disappear", "abduct"}),
}
#: Harm to people and weapons: their numbers are compared whatever the act.
FIGURED = frozenset({*_HARMS, "weapons"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What two assertions disagree on.

    across: only where the speakers are independent; within: only inside one document; once: only once
    for a statement and a document, which may be a list of names.
    """

    kind: DisagreementKind
    weight: float
    about: str
    across: bool = False
    within: bool = False
    once: bool = False


def compare(a: Assertion, b: Assertion, incident: Incident) -> Iterator[Finding]:
    """In which ways two assertions of an incident contradict each other, the plainest first."""
    for rule in RULES.values():
        yield from rule(a, b, incident)


def _denials(a: Assertion, b: Assertion, _: Incident) -> Iterator[Finding]:
    for denial, other in ((a, b), (b, a)):
        if denial.denied and not other.denied:
            yield from _denied(denial, other)
        if denial.deed == "deny_responsibility" and not denial.denied:
            yield from _disowned(denial, other)
        if denial.deed == "claim_responsibility" and not denial.denied:
            yield from _claimed(denial, other)


def _parties(a: Assertion, b: Assertion, _: Incident) -> Iterator[Finding]:
    yield from _actors(a, b)
    yield from _held_or_taken(a, b)


def _counts(a: Assertion, b: Assertion, _: Incident) -> Iterator[Finding]:
    if a.denied or b.denied or not a.toll or not b.toll:
        return
    if a.toll.of not in FIGURED and (a.deed != b.deed or a.deed not in _CROWDS):
        return
    if comparable(a.toll, b.toll) and disjoint(a.toll, b.toll):
        low, high = sorted((_middle(a.toll), _middle(b.toll)))
        spread = 1 - (low + 1) / (high + 1)
        about = a.toll.of if a.toll.of in FIGURED else _CROWDS[a.deed]
        yield Finding(kind="count", weight=_WEIGHT[a.toll.of] * (0.5 + 0.5 * spread), about=about)


def _middle(toll: Toll) -> float:
    return sum(toll.figures()) / 2


def _denied(denial: Assertion, other: Assertion) -> Iterator[Finding]:
    """Somebody says that it did not happen, or that this party did not do it.

    Who denies an attack denies what it did to people; who denies a killing does not deny the attack.
    A denial that names neither party, nor people, nor number ("they deny it") answers its own
    document only.
    """
    weight = _WEIGHT["denial"]
    if denial.toll and denial.toll.high == 0 and denial.toll.of in _HARMS:
        counted = other.toll and other.toll.low > 0 and other.deed in _HARMS[denial.toll.of]
        if counted and other.toll and _nobody(denial.toll, other.toll):
            once = other.toll.population == "named"
            yield Finding(kind="denial", weight=weight, about=denial.toll.of, once=once)
        return
    if not (
        denial.deed == other.deed
        or {denial.deed, other.deed} <= HELD
        or (denial.deed == "attack" and other.deed in VIOLENT)
    ):
        return
    if denial.deed == "claim_responsibility" and (denial.actor is None or denial.actor.nobody):
        return  # "nobody has claimed it" holds until somebody does
    if _apart(denial.target, other.target) or (other.toll and other.toll.population in {"part", "named"}):
        return
    if denial.actor and not denial.actor.nobody:
        if other.actor and relation(denial.actor, other.actor) == "same":
            yield Finding(kind="denial", weight=weight, about=other.deed)
        elif other.actor is None and _one(denial.target, other.target):
            yield Finding(kind="denial", weight=weight * 0.9, about=other.deed)
        return
    one = bool(denial.actor and other.actor and relation(denial.actor, other.actor) == "same")
    if (denial.deed == other.deed or one) and not _apart(denial.actor, other.actor):
        nobody = denial.target is None or denial.target.nobody
        unnamed = denial.actor is None and nobody and denial.place is None
        yield Finding(kind="denial", weight=weight * 0.9, about=other.deed, within=unnamed)


def _nobody(denial: Toll, other: Toll) -> bool:
    """Whether "nobody" is said of those whom the other counts: of everybody, it is said of each by name."""
    if denial.of != other.of:
        return False
    return other.population == denial.population or (other.population == "named" and denial.population == "everybody")


def _apart(a: Party | None, b: Party | None) -> bool:
    return bool(a and b and relation(a, b) == "different")


def _one(a: Party | None, b: Party | None) -> bool:
    return bool(a and b and relation(a, b) == "same")


def _disowned(denial: Assertion, other: Assertion) -> Iterator[Finding]:
    """A party says that it was not responsible; another says that it was."""
    if denial.actor is None or other.denied:
        return
    blamed = other.target if other.deed == "accuse" else other.actor if other.deed in VIOLENT | HELD else None
    if other.deed == "claim_responsibility":
        blamed = other.actor
    if blamed and relation(denial.actor, blamed) == "same":
        yield Finding(kind="denial", weight=_WEIGHT["denial"], about="responsibility", across=True)


def _claimed(claim: Assertion, other: Assertion) -> Iterator[Finding]:
    """A party says that it did it; another says that somebody else did."""
    if claim.actor is None or other.denied:
        return
    blamed = other.target if other.deed == "accuse" else other.actor if other.deed in {"attack", "kill"} else None
    if other.deed == "claim_responsibility":
        blamed = other.actor
    if (
        blamed
        and relation(claim.actor, blamed) != "same"
        and (other.deed == "accuse" or relation(claim.actor, blamed) == "different")
    ):
        yield Finding(kind="actor", weight=_WEIGHT["actor"], about="attack")


def _actors(a: Assertion, b: Assertion) -> Iterator[Finding]:
    """Different parties are said to have done the same to the same people.

    Forces and those they face may have attacked each other: between them it takes one victim.
    """
    if a.denied or b.denied or not a.actor or not b.actor or relation(a.actor, b.actor) != "different":
        return
    if a.deed != b.deed and not {a.deed, b.deed} <= {"attack", "kill"} and not {a.deed, b.deed} <= HELD:
        return
    if a.deed not in VIOLENT | HELD or _apart(a.target, b.target):
        return
    if a.toll and b.toll and a.toll.population != b.toll.population:
        return
    if _one(a.actor, b.target) or _one(b.actor, a.target):
        return
    kinds = a.actor.classes | b.actor.classes
    if "themselves" in kinds and not _on_people(a, b):
        return
    if any(x.deed == "attack" and x.target is None and x.toll is None and not x.named for x in (a, b)):
        return  # "firing shots": at whom is not said
    if kinds & _FACED and kinds - _FACED and not _one(a.target, b.target):
        return
    yield Finding(kind="actor", weight=_WEIGHT["actor"], about=a.deed)


def _on_people(a: Assertion, b: Assertion) -> bool:
    """Whether a killing stands against a killing, or against an attack on people ("shot by their own guards")."""
    if {a.deed, b.deed} == {"kill"}:
        return True
    attack, other = (a, b) if a.deed == "attack" else (b, a)
    return other.deed == "kill" and bool(attack.target and attack.target.kind != "place" and not attack.named)


def _held_or_taken(a: Assertion, b: Assertion) -> Iterator[Finding]:
    """The same people were arrested according to one, and carried off without authority according to another.

    It takes a number of two or more that both give, or one person by name.
    """
    if a.denied or b.denied or {a.deed, b.deed} != {"detain", "abduct"}:
        return
    many = bool(a.toll and b.toll and a.toll.low == b.toll.low > 1 and comparable(a.toll, b.toll))
    named = bool(a.target and b.target and a.target.kind == "person" and _one(a.target, b.target))
    if many or named:
        yield Finding(kind="actor", weight=_WEIGHT["actor"], about="detain", across=True)


def _places(a: Assertion, b: Assertion, _: Incident) -> Iterator[Finding]:
    if a.denied or b.denied or a.deed != b.deed or a.deed not in VIOLENT | HELD or not a.place or not b.place:
        return
    if a.empty != b.empty:
        yield Finding(kind="place", weight=_WEIGHT["place"], about=a.deed)


def _dates(a: Assertion, b: Assertion, incident: Incident) -> Iterator[Finding]:
    """The same attack on days that do not meet, each given by the document itself.

    Two days of an incident that lasted several are no contradiction.
    """
    if a.denied or b.denied or a.deed != "attack" or b.deed != "attack" or not a.when or not b.when:
        return
    if not _one_day(a.when) or not _one_day(b.when) or edtf_overlap(a.when, b.when) is not False:
        return
    if (
        incident.when
        and "/" in incident.when
        and edtf_overlap(a.when, incident.when)
        and edtf_overlap(b.when, incident.when)
    ):
        return
    yield Finding(kind="date", weight=_WEIGHT["date"], about="attack")


Rule = Callable[[Assertion, Assertion, Incident], Iterator[Finding]]
#: The plainest first.  What each reads of an assertion, `muster.weigh.facets` says.
RULES: Mapping[Facet, Rule] = {
    "count": _counts, "denial": _denials, "actor": _parties, "place": _places, "date": _dates,
}  # fmt: skip


def _one_day(edtf: str) -> bool:
    days = parse_edtf(edtf)
    return bool(days and days.first == days.last)
