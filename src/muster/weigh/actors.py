"""Where two assertions of one incident differ on who did it.

Method: docs/method/contradiction.md, section 3.
"""

from collections.abc import Iterator

from muster.records import Incident
from muster.weigh.assertions import HELD, VIOLENT, Assertion
from muster.weigh.finding import WEIGHT, Finding
from muster.weigh.parties import Party, relation
from muster.weigh.populations import comparable

_FACED = frozenset({"held", "public"})


def parties(a: Assertion, b: Assertion, _: Incident) -> Iterator[Finding]:
    """Who did it, who began, what people died of, and whether they were taken or went."""
    yield from _actors(a, b)
    yield from _held_or_taken(a, b)
    for one, other in ((a, b), (b, a)):
        yield from _began(one, other)
        yield from _by_themselves(one, other)
        yield from _went(one, other)
    yield from _accused(a, b)


def apart(a: Party | None, b: Party | None) -> bool:
    """Whether both are known and different."""
    return bool(a and b and relation(a, b) == "different")


def alike(a: Party, b: Party | None) -> bool:
    """Whether two parties are one, or of one kind: "the army" and "any unit"."""
    return b is not None and (relation(a, b) == "same" or not a.classes.isdisjoint(b.classes))


def one_party(a: Party | None, b: Party | None) -> bool:
    """Whether both are known and one and the same."""
    return bool(a and b and relation(a, b) == "same")


def disowned(denial: Assertion, other: Assertion) -> Iterator[Finding]:
    """A party says that it was not responsible; another says that it was."""
    if denial.actor is None or other.denied or other.told == "mutual":
        return
    party = other.target if other.deed == "accuse" else other.actor if other.deed in VIOLENT | HELD else None
    if other.deed == "claim_responsibility":
        party = other.actor
    if party and other.deed == "accuse" and relation(denial.actor, party) == "unknown":
        yield Finding(kind="denial", weight=WEIGHT["denial"] * 0.9, about="responsibility", within=True)
    if party and relation(denial.actor, party) == "same":
        across = other.deed != "accuse"  # who is accused and denies it may stand in one report
        yield Finding(kind="denial", weight=WEIGHT["denial"], about="responsibility", across=across)


def claimed(claim: Assertion, other: Assertion) -> Iterator[Finding]:
    """A party says that it did it; another says that somebody else did."""
    if claim.actor is None or other.denied:
        return
    party = blamed(other) if other.deed == "accuse" else other.actor if other.deed in {"attack", "kill"} else None
    if other.deed == "claim_responsibility":
        party = other.actor
    if (
        party
        and relation(claim.actor, party) != "same"
        and (other.deed == "accuse" or relation(claim.actor, party) == "different")
    ):
        yield Finding(kind="actor", weight=WEIGHT["actor"], about="attack")


def _actors(a: Assertion, b: Assertion) -> Iterator[Finding]:
    """Different parties are said to have done the same to the same people.

    Forces and those they face may have attacked each other: between them it takes one victim.
    """
    if a.denied or b.denied or not a.actor or not b.actor or relation(a.actor, b.actor) != "different":
        return
    if a.deed != b.deed and not {a.deed, b.deed} <= {"attack", "kill"} and not {a.deed, b.deed} <= HELD:
        return
    if a.deed not in VIOLENT | HELD or apart(a.target, b.target):
        return
    if a.toll and b.toll and a.toll.population != b.toll.population:
        return
    if one_party(a.actor, b.target) or one_party(b.actor, a.target):
        return
    kinds = a.actor.classes | b.actor.classes
    part = any(x.toll and x.toll.population == "part" for x in (a, b))
    if "themselves" in kinds and (part or not _on_people(a, b)):
        return
    if any(x.deed == "attack" and x.target is None and x.toll is None and not x.named for x in (a, b)):
        return  # "firing shots": at whom is not said
    if kinds & _FACED and kinds - _FACED and not one_party(a.target, b.target):
        return
    yield Finding(kind="actor", weight=WEIGHT["actor"], about=max(a.deed, b.deed))  # rather killing than an attack


def _on_people(a: Assertion, b: Assertion) -> bool:
    """Whether a killing stands against a killing, or against an attack on people ("shot by their own guards")."""
    if {a.deed, b.deed} == {"kill"}:
        return True
    attack, other = (a, b) if a.deed == "attack" else (b, a)
    people = attack.target is not None and attack.target.kind != "place" and attack.target.classes != {"state"}
    return other.deed == "kill" and people and not attack.named


def _held_or_taken(a: Assertion, b: Assertion) -> Iterator[Finding]:
    """The same people were arrested according to one, and carried off without authority according to another.

    It takes a number of two or more that both give, or one person by name; to be "held" is either.
    """
    if a.denied or b.denied or {a.deed, b.deed} != {"detain", "abduct"}:
        return
    if (a if a.deed == "detain" else b).told != "lawful":
        return
    many = bool(a.toll and b.toll and a.toll.low == b.toll.low > 1 and comparable(a.toll, b.toll))
    named = bool(a.target and b.target and a.target.kind == "person" and one_party(a.target, b.target))
    if many or named:
        yield Finding(kind="actor", weight=WEIGHT["actor"], about="detain", across=True)


def blamed(accusation: Assertion) -> Party | None:
    """The party that an accusation lays the deed on; None where it names none, or blames it for what it left undone."""
    party = accusation.target
    return party if party and (party.entity or party.classes) and accusation.told != "omission" else None


def _accused(a: Assertion, b: Assertion) -> Iterator[Finding]:
    """Different parties are accused of what happened."""
    if a.deed == b.deed == "accuse" and not (a.denied or b.denied):
        one, other = blamed(a), blamed(b)
        if one and other and relation(one, other) == "different":
            yield Finding(kind="actor", weight=WEIGHT["actor"], about="attack")


def _began(a: Assertion, b: Assertion) -> Iterator[Finding]:
    """Each of two sides is said to have fired first, or one both to have fired first and only to have fired back."""
    if a.denied or b.denied or not a.deed == b.deed == "attack" or a.told != "first" or not a.actor or not b.actor:
        return
    same = relation(a.actor, b.actor)
    if (b.told, same) in {("first", "different"), ("back", "same")}:
        yield Finding(kind="actor", weight=WEIGHT["actor"], about="first")


def _by_themselves(a: Assertion, b: Assertion) -> Iterator[Finding]:
    """The deaths came of a quarrel, an accident or a suicide, and somebody is said to have killed them."""
    if a.denied or b.denied or a.deed not in {"kill", "die_other"} or a.told != "cause" or a.actor or a.toll:
        return
    by = b.actor
    if by is None or not (by.entity or by.classes) or by.classes == {"themselves"}:
        return
    if b.deed == "kill" or (b.deed == "attack" and b.named):
        yield Finding(kind="actor", weight=WEIGHT["actor"], about="cause")


def _went(a: Assertion, b: Assertion) -> Iterator[Finding]:
    """People were taken or vanished according to one, and left of their own will according to another.

    It takes one number that both give, or one person by name.
    """
    if a.denied or b.denied or a.deed not in HELD | {"disappear"} or b.told != "willing":
        return
    many = a.toll is not None and a.toll.low == b.many and a.toll.low > 1
    gone = b.actor or b.target
    if many or (gone and gone.kind == "person" and one_party(a.target, gone)):
        yield Finding(kind="actor", weight=WEIGHT["actor"], about="taken")
