"""What is asked of an incident, and who answers what.

Method: docs/method/counting.md.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

from muster.languages.edtf import edtf_overlap
from muster.languages.scripts import flatten
from muster.records import Answer, Disagreement, Incident, Question, QuestionKind, Statement, Status, Words
from muster.weigh import Context, group_of, origin_of
from muster.weigh.assertions import Asserted, Assertion, asserted
from muster.weigh.disagreements import range_words
from muster.weigh.folding import fold
from muster.weigh.names import name_words
from muster.weigh.populations import UNCOMPARED, Population, Toll, vocabulary

_NUMBERS: tuple[QuestionKind, ...] = ("killed", "injured", "detained", "missing")
_ORDER: tuple[QuestionKind, ...] = ("when", "where", "who", *_NUMBERS)
#: Kinds of disagreement that make a question disputed, where both statements answer it.
_DISPUTES: Mapping[QuestionKind, frozenset[str]] = {
    "when": frozenset({"date"}),
    "where": frozenset({"place"}),
    "who": frozenset({"actor", "denial"}),
    **dict.fromkeys(_NUMBERS, frozenset({"count", "denial"})),
}
_KIN: Mapping[Population, str] = {
    "forces": "of soldiers and police",
    "fighters": "of armed men",
    "women": "of women",
    "children": "of children",
}
_SPEECH = frozenset({"accuse", "appeal", "claim_responsibility", "deny_responsibility", "offer", "threaten", "agree"})
_BY_SOMEBODY = frozenset(
    {"attack", "kill", "injure", "detain", "abduct", "disappear", "ill_treat", "displace", "transfer", "release",
     "damage_property", "deny_access", "deny_medical_care", "deny_contact", "demonstrate", "escape"}
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """One statement's answer to one question.  key: answers with equal keys are one."""

    key: Hashable
    value: str
    low: int | None
    high: int | None
    denied: bool
    statement: Statement


def questions(
    incident: Incident,
    statements: Sequence[Statement],
    context: Context,
    disagreements: Sequence[Disagreement],
    held: Asserted | None = None,
) -> tuple[Question, ...]:
    """Ask an incident when, where, who, and how many were killed, injured, detained and missing.

    A question is disputed where two of its answers cannot both hold; agreed where at least two
    independent groups answer and none contradicts; else of a single origin; open where nobody answers.
    A range runs from the lowest to the highest number that somebody gave for everybody concerned: a
    count of a part, or of one side, does not set it.

    Args:
        statements: of any incidents, in any order; those of this incident are picked out.
        disagreements: what `muster.weigh.disagreements` found for this incident.
        held: what `muster.weigh.assertions.asserted` makes of the statements, where it is known.

    Returns: in the order of the first sentence; numbers nobody asks after are left out, except that
        the dead of an attack are always asked after.
    """
    held = asserted(incident, statements, context) if held is None else held
    said: dict[QuestionKind, list[_Said]] = defaultdict(list)
    for assertion, given in held.items():
        for kind, answer in _ANSWERS.items():
            said[kind] += [found for s in given if (found := answer(s, assertion, incident, context))]
    for kind in _NUMBERS:
        said[kind] = _numbers(kind, held)
    out = []
    for kind in _ORDER:
        if said[kind] or kind not in _NUMBERS or (kind == "killed" and incident.kind in {"attack", "death"}):
            out.append(_question(incident, kind, said[kind], context, disagreements))
    return tuple(out)


def _when(statement: Statement, assertion: Assertion, incident: Incident, context: Context) -> _Said | None:
    if assertion.deed in _SPEECH or assertion.denied or not assertion.when or assertion.when.startswith("XXXX"):
        return None
    if incident.when and edtf_overlap(assertion.when, incident.when) is False and assertion.deed != "attack":
        return None  # a death in hospital a week later does not date the incident
    return _Said(key=assertion.when, value=assertion.when, low=None, high=None, denied=False, statement=statement)


def _where(statement: Statement, assertion: Assertion, incident: Incident, context: Context) -> _Said | None:
    if assertion.deed in _SPEECH or assertion.denied or statement.place is None:
        return None  # who denies a deed says nothing of where it was
    return _named(statement, statement.place, False, context)


def _who(statement: Statement, assertion: Assertion, incident: Incident, context: Context) -> _Said | None:
    words = statement.actor
    if assertion.deed == "accuse":
        words = statement.target
    elif assertion.deed == "deny_responsibility" and words is None and statement.said_by:
        words = statement.said_by[-1]
    elif assertion.deed not in _BY_SOMEBODY and assertion.deed not in {"claim_responsibility", "deny_responsibility"}:
        return None
    if words is None or _is_thing(words):
        return None
    denied = assertion.denied != (assertion.deed == "deny_responsibility")
    nobody = vocabulary()["parties"]["nobody"].match(flatten(words.name)) if denied and not words.entity else None
    if nobody:  # "no guard fired" denies it of guards: "denied: no guard" would say that they did
        words = replace(words, name=words.name[nobody.end() :].removeprefix(" of").strip())
    return _named(statement, words, denied, context) if words.name else None


def _is_thing(words: Words) -> bool:
    """Whether an actor is a weapon, a vehicle or an event, and names no party beside ("the army's tanks")."""
    if words.entity or not vocabulary()["nouns"]["things"].search(fold(words.name)):
        return False
    parties = vocabulary()["parties"]
    return not any(parties[kind].search(fold(words.name)) for kind in ("armed", "body", "state", "held", "public"))


def _named(statement: Statement, words: Words, denied: bool, context: Context) -> _Said | None:
    entity = context.entities.get((statement.document_id, words.entity)) if words.entity else None
    if entity is None and vocabulary()["nouns"]["pronouns"].fullmatch(fold(words.name)):
        return None
    key = entity.id if entity else name_words(words.name) or fold(words.name)
    value = entity.name if entity else words.name
    return _Said(key=(key, denied), value=value, low=None, high=None, denied=denied, statement=statement)


def _numbers(kind: QuestionKind, held: Mapping[Assertion, Sequence[Statement]]) -> list[_Said]:
    """The counts that answer a question; those of everybody are numbers, those of some kind are words.

    Where all counts are of one kind (an attack on soldiers only), those are the numbers; where people
    are only named, the names of each document are counted.
    """
    tolls = [(a.toll, given) for a, given in held.items() if a.toll and a.toll.of == kind]
    whole = next((p for p in ("everybody", *_KIN) if any(toll.population == p for toll, _ in tolls)), "named")
    counted = [found for toll, given in tolls for s in given if (found := _number(s, toll, whole))]
    named = [s for toll, given in tolls if toll.population == "named" for s in given]
    return counted + _by_name(named, as_number=whole == "named")


def _by_name(statements: Sequence[Statement], *, as_number: bool) -> list[_Said]:
    """ "9 by name": a document that names nine people gives a lower bound, and no total."""
    names: dict[str, set[str]] = defaultdict(set)
    for statement in statements:
        if statement.target:
            names[statement.document_id].add(statement.target.entity or statement.target.name)
    out = []
    for statement in statements:
        n = len(names[statement.document_id])
        low = n if as_number else None
        denied = statement.polarity == "denied"
        out.append(
            _Said(
                key=("named", n, denied), value=f"{n} by name", low=low, high=None, denied=denied, statement=statement
            )
        )
    return out


def _number(statement: Statement, toll: Toll, whole: str) -> _Said | None:
    count = statement.count
    if count is None or toll.population in UNCOMPARED:
        return None
    words = range_words(count.low, count.high)
    denied = (count.low, count.high) == (0, 0)
    if denied and statement.actor is not None:  # "the guards killed nobody": somebody else may have
        value = f"nobody by {statement.actor.name}"
        return _Said(key=value, value=value, low=None, high=None, denied=denied, statement=statement)
    if toll.seen or toll.population != whole:
        value = f"{words} {_KIN.get(toll.population, '')}{' seen' if toll.seen else ''}".replace("  ", " ")
        return _Said(key=value, value=value, low=None, high=None, denied=denied, statement=statement)
    key = (count.low, -1 if count.high is None else count.high)
    return _Said(key=key, value=words, low=count.low, high=count.high, denied=denied, statement=statement)


_ANSWERS: Mapping[QuestionKind, Callable[[Statement, Assertion, Incident, Context], _Said | None]] = {
    "when": _when,
    "where": _where,
    "who": _who,
}


def _question(
    incident: Incident,
    kind: QuestionKind,
    said: Sequence[_Said],
    context: Context,
    disagreements: Sequence[Disagreement],
) -> Question:
    by_key: dict[Hashable, list[_Said]] = defaultdict(list)
    for one in sorted(said, key=lambda one: one.statement.id):
        by_key[one.key].append(one)
    answers = sorted((_answer(ones, context) for ones in by_key.values()), key=shown_order)
    numbers = [(figures, one) for one in said if one.low is not None for figures in [_figures(one)]]
    lowest = min(numbers, key=lambda n: (n[0][0], n[1].statement.id), default=None)
    highest = max(numbers, key=lambda n: (n[0][1], n[1].statement.id), default=None)
    return Question(
        incident_id=incident.id,
        kind=kind,
        status=_status(kind, answers, disagreements),
        answers=tuple(answers),
        low=lowest[0][0] if lowest else None,
        high=highest[0][1] if highest else None,
        low_origin=origin_of(lowest[1].statement, context) if lowest else None,
        high_origin=origin_of(highest[1].statement, context) if highest else None,
    )


def _figures(one: _Said) -> tuple[int, int]:
    return Toll(of="", low=one.low or 0, high=one.high, population="everybody").figures()


def _answer(ones: Sequence[_Said], context: Context) -> Answer:
    statements = [one.statement for one in ones]
    return Answer(
        value=min(one.value for one in ones),
        low=ones[0].low,
        high=ones[0].high,
        denied=ones[0].denied,
        statement_ids=tuple(sorted({s.id for s in statements})),
        origins=tuple(sorted({origin_of(s, context) for s in statements})),
        groups=tuple(sorted({group_of(s, context) for s in statements})),
    )


def shown_order(answer: Answer) -> tuple[int, int, int, str]:
    """Numbers ascending, then answers in words by support, the best supported first."""
    return (answer.low is None, answer.low or 0, -len(answer.groups), answer.value)


def _status(kind: QuestionKind, answers: Sequence[Answer], disagreements: Sequence[Disagreement]) -> Status:
    if not answers:
        return "open"
    answering = {id_ for answer in answers for id_ in answer.statement_ids}
    if any(d.kind in _DISPUTES[kind] and d.a in answering and d.b in answering for d in disagreements):
        return "disputed"
    affirmed, denied = ([a for a in answers if a.denied == wanted] for wanted in (False, True))
    if kind == "who" and {a.value for a in affirmed} & {a.value for a in denied}:
        return "disputed"
    together = [a.groups for a in answers] if kind in {"where", "who"} else [sum((a.groups for a in answers), ())]
    return "agreed" if any(len(set(groups)) > 1 for groups in together) else "single origin"
