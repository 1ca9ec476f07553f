"""In which ways two assertions of one incident contradict each other.

Method: docs/method/contradiction.md, sections 2 to 4.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Literal

from muster.languages.edtf import edtf_overlap, parse_edtf
from muster.records import Incident
from muster.weigh.actors import alike, apart, blamed, claimed, disowned, one_party, parties
from muster.weigh.assertions import HELD, VIOLENT, Assertion
from muster.weigh.finding import WEIGHT, Finding
from muster.weigh.folding import fold
from muster.weigh.parties import Party, relation
from muster.weigh.populations import Toll, comparable, disjoint, vocabulary

#: Acts of crowds, whose numbers are compared though they are not harm.
_CROWDS = {
    "transfer": "moved", "displace": "driven out", "return": "returned", "release": "released", "escape": "escaped",
    "demonstrate": "took part",
}  # fmt: skip
#: Acts that may be one: who was taken by nobody knows whom has disappeared.
GONE = frozenset({"abduct", "disappear"})
#: What a rule is about.
Facet = Literal["count", "denial", "actor", "place", "date"]
#: Acts whose number of people "nobody" can deny, by what is counted: who holds nobody may have released somebody.
_HARMS: Mapping[str, frozenset[str]] = {
    "killed": frozenset({"kill", "die_other", "attack"}),
    "injured": frozenset({"injure", "attack", "ill_treat"}),
    "detained": HELD,
    "missing": frozenset({"disappear", "abduct"}),
}
#: Harm to people and weapons: their numbers are compared whatever the act.
FIGURED = frozenset({*_HARMS, "weapons"})


def compare(a: Assertion, b: Assertion, incident: Incident) -> Iterator[Finding]:
    """In which ways two assertions of an incident contradict each other, the plainest first."""
    for rule in RULES.values():
        yield from rule(a, b, incident)


def _denials(a: Assertion, b: Assertion, _: Incident) -> Iterator[Finding]:
    for denial, other in ((a, b), (b, a)):
        if denial.denied and not other.denied:
            yield from _denied(denial, other)
        if denial.deed == "deny_responsibility" and not denial.denied:
            yield from disowned(denial, other)
        if denial.deed == "claim_responsibility" and not denial.denied:
            yield from claimed(denial, other)
        yield from _in_the_air(denial, other)


def _in_the_air(shots: Assertion, other: Assertion) -> Iterator[Finding]:
    """A force is said to have fired into the air only, and to have shot at people."""
    if shots.deed != "attack" or shots.told != "air" or shots.denied or other.denied or other.told == "air":
        return
    people = other.target is not None and other.target.kind != "place"
    hit = (other.deed == "attack" and people) or (other.deed in {"kill", "injure"} and other.told == "shot")
    if hit and shots.actor and alike(shots.actor, other.actor):
        yield Finding(kind="denial", weight=WEIGHT["denial"] * 0.9, about="aimed")


def _counts(a: Assertion, b: Assertion, _: Incident) -> Iterator[Finding]:
    if a.denied or b.denied or not a.toll or not b.toll:
        return
    if a.toll.of not in FIGURED and (a.deed != b.deed or a.deed not in _CROWDS or _elsewhere(a, b)):
        return
    left, right = _gone(a, a.toll, b), _gone(b, b.toll, a)
    if comparable(left, right) and disjoint(left, right):
        low, high = sorted((_middle(left), _middle(right)))
        spread = 1 - (low + 1) / (high + 1)
        about = left.of if left.of in FIGURED else _CROWDS[a.deed]
        yield Finding(kind="count", weight=WEIGHT[a.toll.of] * (0.5 + 0.5 * spread), about=about)


def _elsewhere(a: Assertion, b: Assertion) -> bool:
    """Whether crowds went to, or gathered at, different places."""
    one, other = a.place or "", b.place or ""
    known = one.startswith("e-"), other.startswith("e-")
    if not one or not other or known[0] != known[1]:
        return False
    return one != other if all(known) else set(one.split()).isdisjoint(other.split())


def _gone(a: Assertion, toll: Toll, other: Assertion) -> Toll:
    """Who was abducted is missing where the other says that they disappeared."""
    return replace(toll, of="missing") if {a.deed, other.deed} == GONE else toll


def _middle(toll: Toll) -> float:
    return sum(toll.figures()) / 2


def _denied(denial: Assertion, other: Assertion) -> Iterator[Finding]:
    """Somebody says that it did not happen, or that this party did not do it.

    Who denies an attack denies what it did to people; who denies a killing does not deny the attack.
    A denial that names neither party, nor people, nor number ("they deny it") answers its own
    document only.
    """
    if other.deed == "accuse" != denial.deed:
        if denial.deed in VIOLENT | HELD and denial.actor and alike(denial.actor, blamed(other)):
            yield Finding(kind="denial", weight=WEIGHT["denial"], about="responsibility")
    elif denial.toll and denial.toll.high == 0 and denial.toll.of in _HARMS:
        yield from _nobody_harmed(denial, denial.toll, other)
    elif (
        denial.deed == other.deed
        or {denial.deed, other.deed} <= HELD
        or (denial.deed == "attack" and other.deed in VIOLENT)
    ):
        yield from _not_done(denial, other)


def _nobody_harmed(denial: Assertion, nobody: Toll, other: Assertion) -> Iterator[Finding]:
    """Nobody was killed, hurt, held or missing, or nobody by this party; the other tells of somebody."""
    counted = bool(other.toll and other.toll.low > 0 and _nobody(nobody, other.toll))
    counted = counted and other.deed in _HARMS[nobody.of]
    once = bool(other.toll and other.toll.population == "named")
    if nobody.of in {"killed", "injured"} and _is_named(denial.actor):
        harmed = counted or (other.toll is None and other.deed in {"kill", "injure"} & _HARMS[nobody.of])
        if harmed and (one_party(denial.actor, other.actor) or (other.actor is None and other.deed == denial.deed)):
            yield Finding(kind="denial", weight=WEIGHT["denial"] * 0.9, about="responsibility", once=once)
        return  # "none of them was killed by the forces": it is not denied that they died
    if denial.actor and not denial.actor.nobody and nobody.of in {"killed", "injured"}:
        return  # "nobody was killed by that strike"
    if _is_of_others(denial, other):
        return  # "his men had not taken anybody": somebody else's men may have
    uncounted = other.toll is None and other.deed == denial.deed and nobody.of != "detained" and not other.named
    if counted:
        yield Finding(kind="denial", weight=WEIGHT["denial"], about=nobody.of, once=once)
    elif uncounted and nobody.population == "everybody" and not apart(denial.target, other.target):
        yield Finding(kind="denial", weight=WEIGHT["denial"] * 0.9, about=nobody.of)


def _not_done(denial: Assertion, other: Assertion) -> Iterator[Finding]:
    """A deed is denied, of one party or of all, that the other tells of."""
    weight = WEIGHT["denial"]
    if denial.told == "intent" != other.told:
        return  # "nobody lit it on purpose" does not deny that it burned
    if denial.actor and _is_one_man(denial.actor) and not _is_same_man(denial.actor, other.actor):
        return  # "I did not shoot": others may have
    if denial.told == "fire" and other.told == "shot":
        if not apart(denial.actor, other.actor):
            yield Finding(kind="denial", weight=weight * 0.9, about="attack")
        return
    shot = other.deed in {"kill", "injure"} or other.told in {"fire", "first", "back", "intent"}
    if denial.told == "fire" and not shot:
        return  # "no shot was fired" does not deny that the gate was stormed, or the school burned
    if denial.deed == "claim_responsibility" and (denial.actor is None or denial.actor.nobody):
        return  # "nobody has claimed it" holds until somebody does
    if apart(denial.target, other.target) or (other.toll and other.toll.population in {"part", "named"}):
        return
    if denial.actor and not denial.actor.nobody:
        if other.actor and relation(denial.actor, other.actor) == "same":
            yield Finding(kind="denial", weight=weight, about=other.deed)
        elif other.actor is None and one_party(denial.target, other.target):
            yield Finding(kind="denial", weight=weight * 0.9, about=other.deed)
        elif denial.deed == other.deed and other.actor and _is_unknown(other.actor):
            yield Finding(kind="denial", weight=weight * 0.8, about=other.deed, across=True)
        return
    one = one_party(denial.actor, other.actor)
    if denial.actor and denial.actor.classes and other.actor and not one:
        return  # "no soldier entered" is not said of whoever else did
    if (denial.deed == other.deed or one) and not apart(denial.actor, other.actor):
        nobody = denial.target is None or denial.target.nobody
        unnamed = denial.actor is None and nobody and denial.place is None
        yield Finding(kind="denial", weight=weight * 0.9, about=other.deed, within=unnamed)


def _is_one_man(party: Party) -> bool:
    return not party.nobody and (party.kind == "person" or fold(party.name).startswith("one of "))


def _is_same_man(one: Party, other: Party | None) -> bool:
    return other is not None and one.entity is not None and one.entity == other.entity


def _is_unknown(party: Party) -> bool:
    """Whether it is not told who acts: "they", "two aircraft"."""
    nouns, name = vocabulary()["nouns"], fold(party.name)
    told = party.entity is not None or bool(party.classes) or party.nobody
    return not told and bool(nouns["things"].search(name) or nouns["pronouns"].fullmatch(name))


def _is_of_others(denial: Assertion, other: Assertion) -> bool:
    """Whether one says of its own party that it holds nobody, and the other that another party does."""
    if denial.toll is None or denial.toll.of != "detained" or not denial.actor or denial.actor.nobody:
        return False
    return other.actor is not None and not one_party(denial.actor, other.actor)


def _is_named(party: Party | None) -> bool:
    """Whether a deed is denied of one party, and not of everybody."""
    return bool(party and not party.nobody and (party.entity or party.classes))


def _nobody(denial: Toll, other: Toll) -> bool:
    """Whether "nobody" is said of those whom the other counts: of everybody, it is said of each by name."""
    if denial.of != other.of:
        return False
    return other.population == denial.population or (
        denial.population == "everybody" and other.population in {"named", "part", "women", "children"}
    )


def _places(a: Assertion, b: Assertion, _: Incident) -> Iterator[Finding]:
    if a.denied or b.denied or a.deed != b.deed or a.deed not in VIOLENT | HELD or not a.place or not b.place:
        return
    if a.empty != b.empty:
        yield Finding(kind="place", weight=WEIGHT["place"], about=a.deed)


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
    yield Finding(kind="date", weight=WEIGHT["date"], about="attack")


Rule = Callable[[Assertion, Assertion, Incident], Iterator[Finding]]
#: The plainest first.  What each reads of an assertion, `muster.weigh.facets` says.
RULES: Mapping[Facet, Rule] = {
    "count": _counts, "denial": _denials, "actor": parties, "place": _places, "date": _dates,
}  # fmt: skip


def _one_day(edtf: str) -> bool:
    days = parse_edtf(edtf)
    return bool(days and days.first == days.last)
