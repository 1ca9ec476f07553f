"""How many people live in a place, or are housed by it."""

from collections.abc import Sequence
from dataclasses import replace

from muster.extract.clauses import clause
from muster.extract.counts import as_count, by_token, count_of_one
from muster.extract.event import Event
from muster.extract.number_of import numbers_given
from muster.extract.parse import Doc, Token, children, heads_people, is_passive, lemma, objects, subject
from muster.extract.senses import is_weapon
from muster.extract.vocabulary import acts, nouns
from muster.languages.numbers import NumberSpan

_HOUSING = frozenset({"house", "hold", "shelter", "accommodate", "host", "contain", "number"})
_FINDING = frozenset({"find", "seize", "recover", "confiscate", "discover", "uncover"})
_LIVING = frozenset({"live", "reside", "remain", "stay"})


def populations(doc: Doc, numbers: Sequence[NumberSpan], known: list[Event]) -> list[Event]:
    """Populations: a number of people whom a place houses or who live there."""
    found = []
    counted = by_token(doc, numbers)
    for verb in doc if counted else ():
        who = subject(verb) if verb.pos_ in ("VERB", "AUX") else None
        who = next(iter(children(verb, "attr")), None) if children(verb, "expl") else who  # "there are 40 inside"
        people = None if who is None else _people(verb, who)
        if lemma(verb) in _FINDING and verb.pos_ == "VERB":
            found += _arms(doc, verb, counted)
            continue
        if who is not None and lemma(who) == "population" and not any(e.head == verb.i for e in known):
            found += _as_number(who, counted)
            continue
        if who is None or people is None or not heads_people(people) or any(e.head == verb.i for e in known):
            continue
        count = count_of_one(doc, people, "report_figure", counted)
        if count is None or count.high == 1:  # "one of them, who lives in my street"
            continue
        start, end = clause(verb)
        place = None if people is who else who.i
        found.append(
            Event(act="report_figure", head=verb.i, start=start, end=end, actor=place, count=count, certainty=0.75)
        )
    return found


def _arms(doc: Doc, verb: Token, counted: dict[int, NumberSpan]) -> list[Event]:
    """ "Police seized seven firearms": how many weapons were found; rockets found tell of an attack."""
    shot = acts().words("attack", "munitions")
    weapon = next((o for o in objects(verb) if is_weapon(o) and lemma(o) not in shot), None)
    count = None if weapon is None else count_of_one(doc, weapon, "report_figure", counted)
    if weapon is None or count is None or not count.low:
        return []
    start, end = clause(verb)
    who = None if is_passive(verb) else subject(verb)
    return [
        Event(
            act="report_figure", head=verb.i, start=start, end=end, actor=None if who is None else who.i,
            target=weapon.i, count=replace(count, of="weapons"), certainty=0.6,
        )
    ]  # fmt: skip


def _are_there(verb: Token, people: Token | None) -> bool:
    """ "There must be three thousand people inside", "81 people were still on board"."""
    over = [verb, *([] if people is None else [people])]
    if people is not None and (children(people, "acl", "relcl") or lemma(people) in acts().victims):
        return False  # "there were 12 people injured in it" tells of what befell them
    inside = [c for t in over for c in children(t, "advmod", "prep") if c.lower_ in ("inside", "aboard")]
    sited = [
        n for t in over for p in children(t, "prep") if p.lower_ in ("in", "on", "at") for n in children(p, "pobj")
    ]
    return bool(inside) or any(lemma(n) in nouns()["places"] | {"board", "ship", "boat"} for n in sited)


def _as_number(population: Token, counted: dict[int, NumberSpan]) -> list[Event]:
    """ "The camp's population has fallen from 9,000 to 4,500": the last number."""
    verb = population.head
    behind = [t for t in verb.subtree if t.i > verb.i]
    number = next((t for t in (*numbers_given(population), *reversed(behind)) if t.i in counted), None)
    if number is None:
        return []
    start, end = clause(verb)
    last = max(i for i in counted if counted[i] is counted[number.i])
    place = next((c.i for c in children(population, "poss") if c.ent_type_ != "PERSON"), None)
    count = as_count(counted[number.i], "report_figure")
    return [
        Event(
            act="report_figure", head=verb.i, start=start, end=max(end, last + 1), actor=place, count=count,
            certainty=0.75,
        )
    ]  # fmt: skip


def _people(verb: Token, who: Token) -> Token | None:
    """Whom a verb says that a place houses, or who lives there."""
    base, governed = lemma(verb), children(verb, "dobj", "attr")
    if base in _LIVING:
        return who
    if base == "be" and (children(verb, "expl") or not governed):
        plural = who.tag_ == "NNS" or who.pos_ == "NUM"
        return who if plural and _are_there(verb, who if governed else None) else None
    if base in _HOUSING and governed:
        place = (
            lemma(who) in nouns()["places"]
            or who.lower_ == "it"
            or who.ent_type_ in ("GPE", "FAC", "LOC", "ORG", "PERSON")
        )
        told_of = any(c.lower_ in ("the", "these", "those") for c in governed[0].lefts)
        return governed[0] if (place or who.pos_ == "PROPN" or base == "number") and not told_of else None
    homes = [g for g in (*governed, *children(verb, "advmod")) if lemma(g) == "home"]
    if base != "be" or not homes:
        return None
    over = [p for g in (*governed, *children(verb, "advmod"), verb) for p in children(g, "prep")]
    return next((n for p in over for n in children(p, "pobj")), None)  # "is home to 900"
