"""Statements of one incident that cannot both hold.

Method: docs/method/contradiction.md.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, product
from typing import Literal

from muster.records import Disagreement, Incident, Statement
from muster.weigh.assertions import Asserted, asserted, speaker_label, voice_of
from muster.weigh.comparing import RULES, compare
from muster.weigh.facets import MOST_ASSERTIONS, by_facet
from muster.weigh.finding import Finding
from muster.weigh.folding import fold
from muster.weigh.independence import Context, group_of
from muster.weigh.populations import vocabulary

#: Up to this many pairs of an incident are listed one by one; above it one per pair of groups, and
#: where even those are more, one per pair of answers, the weightiest so many: what is listed does not grow with the
#: square of the pile.
ALL_PAIRS = 3000
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
_DENIED = {
    "responsibility": "Who is responsible", "killed": "Whether anybody died", "injured": "Whether anybody was injured",
    "aimed": "Whether shots were aimed at people", "detained": "Whether anybody was held",
    "missing": "Whether anybody was missing",
}  # fmt: skip
_DIFFER = {
    "first": "Who attacked first", "cause": "Whether anybody killed them",
    "taken": "Whether people were taken or left of their own will",
}  # fmt: skip


def disagreements(
    incident: Incident, statements: Sequence[Statement], context: Context, held: Asserted | None = None
) -> tuple[Disagreement, ...]:
    """Find the pairs of statements of an incident that cannot both hold.

    Only what is said to be fact is compared, and never one voice with itself in one document: a later
    figure of the same speaker is a correction.  Up to `ALL_PAIRS` pairs all are listed; above that
    one for each two independence groups and two answers, or one for each two answers, and each sentence
    says of how many.  Of more than `MOST_ASSERTIONS` assertions each rule compares what it reads of them only, so
    that the work grows with the statements and not with their pairs.

    Args:
        statements: of any incidents, in any order; those of this incident are picked out.
        held: what `muster.weigh.assertions.asserted` makes of them, where it is known.

    Returns: sorted by rank, the highest first, then by a, b, kind; a < b.
    """
    held = asserted(incident, statements, context) if held is None else held
    found = _clashes(held, incident) if len(held) <= MOST_ASSERTIONS else _clashes_by_facet(held, incident, context)
    thin, found = _thinned(found, context)
    pairs = (
        _pair(finding, a, b, context, of if thin else 0)
        for finding, left, right, of in found
        for a, b in islice(_pairs(finding, left, right, context), 1 if thin == "by answers" else None)
    )
    plainest: dict[tuple[str, str], _Pair] = {}
    for pair in pairs:
        plainest.setdefault((pair.first.id, pair.second.id), pair)
    ranked = sorted(plainest.values(), key=_Pair.order)
    return tuple(_disagreement(pair, incident, context) for pair in (ranked[:ALL_PAIRS] if thin else ranked))


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two statements that disagree, by id, how much that matters, and of how many pairs they stand for all."""

    finding: Finding
    first: Statement
    second: Statement
    rank: float
    of: int

    def order(self) -> tuple[float, str, str, str]:
        """The weightiest first."""
        return -self.rank, self.first.id, self.second.id, self.finding.kind


#: A finding, the statements on both sides, and how many pairs they make.
_Clash = tuple[Finding, Sequence[Statement], Sequence[Statement], int]
_Thinning = Literal["", "by groups", "by answers"]


def _clashes(held: Asserted, incident: Incident) -> Sequence[_Clash]:
    found = []
    for left, right in combinations(sorted(held, key=lambda assertion: held[assertion][0].id), 2):
        finding = next(compare(left, right, incident), None)
        if finding:
            found.append(_clash(finding, held[left], held[right]))
    return found


def _clashes_by_facet(held: Asserted, incident: Incident, context: Context) -> Sequence[_Clash]:
    found, facets = [], by_facet(held, context)
    for facet, rule in RULES.items():
        sides = facets.get(facet, {})
        for left, right in combinations(sorted(sides, key=lambda assertion: sides[assertion][0].id), 2):
            finding = next(rule(left, right, incident), None)
            if finding:
                found.append(_clash(finding, sides[left], sides[right]))
    return found


def _clash(finding: Finding, left: Sequence[Statement], right: Sequence[Statement]) -> _Clash:
    if finding.once:
        left, right = _one_per(_document, left), _one_per(_document, right)
    return finding, left, right, len(left) * len(right)


def _thinned(found: Sequence[_Clash], context: Context) -> tuple[_Thinning, Sequence[_Clash]]:
    """How much the pairs must be thinned for their number to be bearable, and the clashes thinned."""
    if sum(of for *_, of in found) <= ALL_PAIRS:
        return "", found
    thinned = _one_of_each_group(found, context)
    n_pairs = sum(len(left) * len(right) for _, left, right, _ in thinned)
    return "by groups" if n_pairs <= ALL_PAIRS else "by answers", thinned


def _one_of_each_group(found: Sequence[_Clash], context: Context) -> list[_Clash]:
    """Clashes with one statement of each independence group on either side; what answers its own document, all."""
    known: dict[int, list[Statement]] = {}

    def thinned(side: Sequence[Statement]) -> list[Statement]:
        if id(side) not in known:  # the same list stands in many clashes
            known[id(side)] = _one_per(_grouping(context), side)
        return known[id(side)]

    return [clash if clash[0].within else (clash[0], thinned(clash[1]), thinned(clash[2]), clash[3]) for clash in found]


def _may_contradict(finding: Finding, a: Statement, b: Statement, context: Context) -> bool:
    if voice_of(a, context) == voice_of(b, context) or (finding.within and a.document_id != b.document_id):
        return False
    return not finding.across or group_of(a, context) != group_of(b, context)


def _pairs(
    finding: Finding, left: Sequence[Statement], right: Sequence[Statement], context: Context
) -> Iterator[tuple[Statement, Statement]]:
    if finding.within:
        beside = defaultdict(list)
        for statement in right:
            beside[statement.document_id].append(statement)
        pairs: Iterator[tuple[Statement, Statement]] = ((a, b) for a in left for b in beside[a.document_id])
    else:
        pairs = product(left, right)
    return (pair for pair in pairs if _may_contradict(finding, *pair, context))


def _grouping(context: Context) -> Callable[[Statement], str]:
    return lambda statement: group_of(statement, context)


def _one_per(key: Callable[[Statement], str], statements: Sequence[Statement]) -> list[Statement]:
    first: dict[str, Statement] = {}
    for statement in statements:
        first.setdefault(key(statement), statement)
    return list(first.values())


def _document(statement: Statement) -> str:
    return statement.document_id


def _pair(finding: Finding, a: Statement, b: Statement, context: Context, of: int) -> _Pair:
    first, second = (a, b) if a.id <= b.id else (b, a)
    weight = finding.weight * (_SAME_GROUP if group_of(a, context) == group_of(b, context) else 1)
    return _Pair(finding, first, second, round(weight, 3), of)


def _disagreement(pair: _Pair, incident: Incident, context: Context) -> Disagreement:
    rest = f" One of {pair.of:,} pairs of statements with these two answers." if pair.of > 1 else ""
    return Disagreement(
        a=pair.first.id,
        b=pair.second.id,
        kind=pair.finding.kind,
        why=_why(pair.finding, pair.first, pair.second, context) + rest,
        incident_id=incident.id,
        rank=pair.rank,
    )


def _why(finding: Finding, a: Statement, b: Statement, context: Context) -> str:
    deed = _DEED.get(finding.about, finding.about)
    topic = {
        "count": f"How many {finding.about}",
        "denial": _DENIED.get(finding.about, f"Whether there was {deed}"),
        "actor": _DIFFER.get(finding.about, f"Who is responsible for {deed}"),
        "place": f"Where {deed} took place",
        "date": f"When {deed} took place",
    }[finding.kind]
    return f"{topic}: {_answer(finding, a, context)}; {_answer(finding, b, context)}."


def _answer(finding: Finding, statement: Statement, context: Context) -> str:
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
