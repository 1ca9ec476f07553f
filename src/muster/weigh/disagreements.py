"""Statements of one incident that cannot both hold.

Method: docs/method/contradiction.md.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, product
from typing import Literal

from muster.languages.edtf import edtf_overlap, parse_edtf
from muster.records import Disagreement, DisagreementKind, Incident, Statement
from muster.weigh.assertions import HELD, VIOLENT, Assertion, assertions, speaker_label, voice_of
from muster.weigh.folding import fold
from muster.weigh.independence import Context, group_of
from muster.weigh.parties import Party, relation
from muster.weigh.populations import Toll, comparable, disjoint, vocabulary

#: Up to this many pairs of an incident are listed one by one; above it one per pair of groups, and
#: where even those are more, one per pair of answers, the weightiest so many: what is listed does not grow with the
#: square of the pile.
ALL_PAIRS = 3000
#: How much a contradiction matters, by what it is about: the highest first.
_WEIGHT: Mapping[str, float] = {
    "denial": 0.9, "killed": 0.95, "missing": 0.8, "detained": 0.7, "injured": 0.65, "actor": 0.85,
    "weapons": 0.4, "place": 0.5, "date": 0.6, "residents": 0.3, "other": 0.3,
}  # fmt: skip
_SAME_GROUP = 0.6
_DEED = {
    "attack": "an attack", "kill": "killing", "injure": "injuring", "damage_property": "damage", "detain": "detention",
    "abduct": "abduction", "disappear": "disappearance", "escape": "an escape", "release": "a release",
    "return": "a return", "displace": "displacement", "transfer": "a transfer", "demonstrate": "a demonstration",
    "ill_treat": "ill-treatment", "deny_medical_care": "denial of medical care", "deny_contact": "denial of contact",
    "deny_access": "denial of access", "die_other": "a death", "interview_or_visit": "a visit",
    "claim_responsibility": "a claim of responsibility", "deny_responsibility": "a denial of responsibility",
    "designate": "a designation", "accuse": "an accusation", "agree": "an agreement", "appeal": "an appeal",
    "offer": "an offer", "threaten": "a threat",
}  # fmt: skip
#: Acts of crowds, whose numbers are compared though they are not harm.
_CROWDS = {
    "transfer": "moved", "displace": "driven out", "return": "returned", "release": "released", "escape": "escaped",
    "demonstrate": "took part",
}  # fmt: skip
_FACED = frozenset({"held", "public"})
_PEOPLE = frozenset({"killed", "injured", "detained", "missing"})
_FIGURED = _PEOPLE | {"weapons"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Finding:
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


def disagreements(incident: Incident, statements: Sequence[Statement], context: Context) -> tuple[Disagreement, ...]:
    """Find the pairs of statements of an incident that cannot both hold.

    Only what is said to be fact is compared, and never one voice with itself in one document: a later
    figure of the same speaker is a correction.  Up to `ALL_PAIRS` pairs all are listed; above that
    one for each two independence groups and two answers, or one for each two answers, and each sentence
    says of how many.

    Args:
        statements: of any incidents, in any order; those of this incident are picked out.

    Returns: sorted by rank, the highest first, then by a, b, kind; a < b.
    """
    held = assertions(incident, {statement.id: statement for statement in statements}, context)
    found = []
    for left, right in combinations(sorted(held, key=lambda assertion: held[assertion][0].id), 2):
        finding = _first(_compare(left, right, incident))
        if finding:
            found.append((finding, held[left], held[right]))
    found = [
        (f, _one_per(_document, left), _one_per(_document, right)) if f.once else (f, left, right)
        for f, left, right in found
    ]
    thin = _thinning(found, context)
    rows = [
        _disagreement(finding, a, b, incident, context, of=len(left) * len(right) if thin else 0)
        for finding, left, right in found
        for a, b in _pairs(finding, left, right, context, thin)
    ]
    rows.sort(key=lambda row: (-row.rank, row.a, row.b or "", row.kind))
    return tuple(rows[:ALL_PAIRS] if thin else rows)


_Clash = tuple[_Finding, Sequence[Statement], Sequence[Statement]]
_Thinning = Literal["", "by groups", "by answers"]


def _thinning(found: Sequence[_Clash], context: Context) -> _Thinning:
    """How much the pairs must be thinned for their number to be bearable."""
    if sum(len(left) * len(right) for _, left, right in found) <= ALL_PAIRS:
        return ""
    sides = [[_one_per(_grouping(context), side) for side in (left, right)] for _, left, right in found]
    return "by groups" if sum(len(left) * len(right) for left, right in sides) <= ALL_PAIRS else "by answers"


def _may_contradict(finding: _Finding, a: Statement, b: Statement, context: Context) -> bool:
    if voice_of(a, context) == voice_of(b, context) or (finding.within and a.document_id != b.document_id):
        return False
    return not finding.across or group_of(a, context) != group_of(b, context)


def _first(findings: Iterator[_Finding]) -> _Finding | None:
    return next(findings, None)


def _pairs(
    finding: _Finding, left: Sequence[Statement], right: Sequence[Statement], context: Context, thin: _Thinning
) -> Iterator[tuple[Statement, Statement]]:
    if thin:
        left, right = _one_per(_grouping(context), left), _one_per(_grouping(context), right)
    fitting = (pair for pair in product(left, right) if _may_contradict(finding, *pair, context))
    yield from islice(fitting, 1) if thin == "by answers" else fitting


def _grouping(context: Context) -> Callable[[Statement], str]:
    return lambda statement: group_of(statement, context)


def _one_per(key: Callable[[Statement], str], statements: Sequence[Statement]) -> list[Statement]:
    first: dict[str, Statement] = {}
    for statement in statements:
        first.setdefault(key(statement), statement)
    return list(first.values())


def _document(statement: Statement) -> str:
    return statement.document_id


def _compare(a: Assertion, b: Assertion, incident: Incident) -> Iterator[_Finding]:
    """In which ways two assertions contradict each other, the plainest first."""
    yield from _counts(a, b)
    for denial, other in ((a, b), (b, a)):
        if denial.denied and not other.denied:
            yield from _denied(denial, other)
        if denial.deed == "deny_responsibility" and not denial.denied:
            yield from _disowned(denial, other)
        if denial.deed == "claim_responsibility" and not denial.denied:
            yield from _claimed(denial, other)
    yield from _actors(a, b)
    yield from _held_or_taken(a, b)
    yield from _places(a, b)
    yield from _dates(a, b, incident)


def _counts(a: Assertion, b: Assertion) -> Iterator[_Finding]:
    if a.denied or b.denied or not a.toll or not b.toll:
        return
    if a.toll.of not in _FIGURED and (a.deed != b.deed or a.deed not in _CROWDS):
        return
    if comparable(a.toll, b.toll) and disjoint(a.toll, b.toll):
        low, high = sorted((_middle(a.toll), _middle(b.toll)))
        spread = 1 - (low + 1) / (high + 1)
        about = a.toll.of if a.toll.of in _FIGURED else _CROWDS[a.deed]
        yield _Finding(kind="count", weight=_WEIGHT[a.toll.of] * (0.5 + 0.5 * spread), about=about)


def _middle(toll: Toll) -> float:
    return sum(toll.figures()) / 2


def _denied(denial: Assertion, other: Assertion) -> Iterator[_Finding]:
    """Somebody says that it did not happen, or that this party did not do it.

    Who denies an attack denies what it did to people; who denies a killing does not deny the attack.
    A denial that names neither party, nor people, nor number ("they deny it") answers its own
    document only.
    """
    weight = _WEIGHT["denial"]
    if denial.toll and denial.toll.high == 0 and denial.toll.of in _PEOPLE:
        if (
            other.toll
            and denial.toll.of == other.toll.of
            and other.toll.low > 0
            and _same_people(denial.toll, other.toll)
        ):
            yield _Finding(kind="denial", weight=weight, about=other.deed, once=other.toll.population == "named")
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
            yield _Finding(kind="denial", weight=weight, about=other.deed)
        elif other.actor is None and _one(denial.target, other.target):
            yield _Finding(kind="denial", weight=weight * 0.9, about=other.deed)
        return
    one = bool(denial.actor and other.actor and relation(denial.actor, other.actor) == "same")
    if (denial.deed == other.deed or one) and not _apart(denial.actor, other.actor):
        nobody = denial.target is None or denial.target.nobody
        unnamed = denial.actor is None and nobody and denial.place is None
        yield _Finding(kind="denial", weight=weight * 0.9, about=other.deed, within=unnamed)


def _same_people(denial: Toll, other: Toll) -> bool:
    return other.population == denial.population or (other.population == "named" and denial.population == "everybody")


def _apart(a: Party | None, b: Party | None) -> bool:
    return bool(a and b and relation(a, b) == "different")


def _one(a: Party | None, b: Party | None) -> bool:
    return bool(a and b and relation(a, b) == "same")


def _disowned(denial: Assertion, other: Assertion) -> Iterator[_Finding]:
    """A party says that it was not responsible; another says that it was."""
    if denial.actor is None or other.denied:
        return
    blamed = other.target if other.deed == "accuse" else other.actor if other.deed in VIOLENT | HELD else None
    if other.deed == "claim_responsibility":
        blamed = other.actor
    if blamed and relation(denial.actor, blamed) == "same":
        yield _Finding(kind="denial", weight=_WEIGHT["denial"], about="responsibility", across=True)


def _claimed(claim: Assertion, other: Assertion) -> Iterator[_Finding]:
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
        yield _Finding(kind="actor", weight=_WEIGHT["actor"], about="attack")


def _actors(a: Assertion, b: Assertion) -> Iterator[_Finding]:
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
    yield _Finding(kind="actor", weight=_WEIGHT["actor"], about=a.deed)


def _on_people(a: Assertion, b: Assertion) -> bool:
    """Whether a killing stands against a killing, or against an attack on people ("shot by their own guards")."""
    if {a.deed, b.deed} == {"kill"}:
        return True
    attack, other = (a, b) if a.deed == "attack" else (b, a)
    return other.deed == "kill" and bool(attack.target and attack.target.kind != "place" and not attack.named)


def _held_or_taken(a: Assertion, b: Assertion) -> Iterator[_Finding]:
    """The same people were arrested according to one, and carried off without authority according to another.

    It takes a number of two or more that both give, or one person by name.
    """
    if a.denied or b.denied or {a.deed, b.deed} != {"detain", "abduct"}:
        return
    many = bool(a.toll and b.toll and a.toll.low == b.toll.low > 1 and comparable(a.toll, b.toll))
    named = bool(a.target and b.target and a.target.kind == "person" and _one(a.target, b.target))
    if many or named:
        yield _Finding(kind="actor", weight=_WEIGHT["actor"], about="detain", across=True)


def _places(a: Assertion, b: Assertion) -> Iterator[_Finding]:
    if a.denied or b.denied or a.deed != b.deed or a.deed not in VIOLENT | HELD or not a.place or not b.place:
        return
    if a.empty != b.empty:
        yield _Finding(kind="place", weight=_WEIGHT["place"], about=a.deed)


def _dates(a: Assertion, b: Assertion, incident: Incident) -> Iterator[_Finding]:
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
    yield _Finding(kind="date", weight=_WEIGHT["date"], about="attack")


def _one_day(edtf: str) -> bool:
    days = parse_edtf(edtf)
    return bool(days and days.first == days.last)


def _disagreement(
    finding: _Finding, a: Statement, b: Statement, incident: Incident, context: Context, *, of: int
) -> Disagreement:
    first, second = sorted((a, b), key=lambda statement: statement.id)
    weight = finding.weight * (_SAME_GROUP if group_of(a, context) == group_of(b, context) else 1)
    rest = f" One of {of:,} pairs of statements with these two answers." if of > 1 else ""
    return Disagreement(
        a=first.id,
        b=second.id,
        kind=finding.kind,
        why=_why(finding, first, second, context) + rest,
        incident_id=incident.id,
        rank=round(weight, 3),
    )


def _why(finding: _Finding, a: Statement, b: Statement, context: Context) -> str:
    deed = _DEED.get(finding.about, finding.about)
    topic = {
        "count": f"How many {finding.about}",
        "denial": "Who is responsible" if finding.about == "responsibility" else f"Whether there was {deed}",
        "actor": f"Who is responsible for {deed}",
        "place": f"Where {deed} took place",
        "date": f"When {deed} took place",
    }[finding.kind]
    return f"{topic}: {_answer(finding, a, context)}; {_answer(finding, b, context)}."


def _answer(finding: _Finding, statement: Statement, context: Context) -> str:
    """The answer that a statement gives, and whose it is; its own words stand in quotation marks."""
    who = speaker_label(statement, context)
    if finding.kind == "count" and statement.count:
        return f"{range_words(statement.count.low, statement.count.high)} according to {who}"
    if finding.kind == "date" and statement.when:
        return f"{statement.when.edtf} according to {who}"
    if finding.kind == "place" and statement.place:
        return f"“{statement.place.words}” according to {who}"
    return f"{who} {'denies' if _denied_from_outside(statement) else 'says'} “{statement.content}”"


def _denied_from_outside(statement: Statement) -> bool:
    """Whether what is denied does not itself say so: "denied that anybody had died", not "nobody died"."""
    return statement.polarity == "denied" and not vocabulary()["parties"]["negation"].search(fold(statement.content))


def range_words(low: int, high: int | None) -> str:
    """A range as shown: "7", "at least 10", "24–99", "nobody"."""
    if high is None:
        return f"at least {low}"
    if (low, high) == (0, 0):
        return "nobody"
    return str(low) if low == high else f"{low}–{high}"
