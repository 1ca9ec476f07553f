"""How many a noun phrase speaks of, as the act counts them."""

from collections.abc import Sequence
from dataclasses import replace

from muster.extract.event import COUNTED, TOLL_ACTS
from muster.extract.parse import Doc, Token, children, conjuncts, heads_people, lemma
from muster.extract.senses import is_weapon
from muster.extract.vocabulary import acts, nouns
from muster.languages.numbers import NumberSpan
from muster.records import Count, Counted

#: What people have or are, each one of it, or all one.
_OF_PEOPLE = frozenset(
    {"life", "death", "team", "party", "crew", "column", "band", "delegation", "staff", "patrol", "whereabout"}
)


def by_token(doc: Doc, numbers: Sequence[NumberSpan]) -> dict[int, NumberSpan]:
    """Every token of a count, with the count."""
    found: dict[int, NumberSpan] = {}
    for number in numbers:
        if number.kind != "count":
            continue
        span = doc.char_span(number.start, number.end, alignment_mode="expand")
        if span is not None and not _is_age(doc, span.start):
            found.update(dict.fromkeys(range(span.start, span.end), number))
    return found


def _is_age(doc: Doc, number: int) -> bool:
    """ "a boy of six"."""
    if number < 2 or doc[number - 1].lower_ != "of":
        return False
    owner = doc[number - 2]
    return owner.tag_ not in ("NNS", "NNPS") and lemma(owner) in nouns()["people"] and not _is_crowd(owner)


def count_of(doc: Doc, noun: Token, act: str, counted: dict[int, NumberSpan]) -> Count | None:
    """How many the noun phrase speaks of; what is coordinated in it is added up."""
    parts = []
    for part in conjuncts(noun):
        if part.i != noun.i and not _adds_up(doc, noun, part, act, counted):
            break
        one = count_of_one(doc, part, act, counted)
        if one is None:
            if part.i == noun.i:
                return None
            break
        parts.append(one)
    low = sum(p.low for p in parts)
    high = None if any(p.high is None for p in parts) else sum(p.high or 0 for p in parts)
    return Count(
        low=low,
        high=high,
        of=_of(noun, act),
        words=" + ".join(p.words for p in parts),
        approximate=any(p.approximate for p in parts),
    )


def _adds_up(doc: Doc, noun: Token, part: Token, act: str, counted: dict[int, NumberSpan]) -> bool:
    """Whether a coordinated part is more of the same: not "... and over 100 injured", not another clause."""
    one = part.tag_ == "NN" and any(c.lower_ in ("a", "an", "one") for c in part.lefts)
    if not heads_people(part) and part.i not in counted and not (one and heads_people(noun)):
        return False
    if acts().victims.get(lemma(part), act) != act or any(c.tag_ == "VBN" for c in children(part, "acl", "amod")):
        return False
    follows = doc[part.i + 1] if part.i + 1 < len(doc) else part
    apart = follows.pos_ in ("AUX", "VERB") and noun.head.i not in (follows.i, follows.head.i)
    if apart or acts().victims.get(follows.lower_, act) != act:
        return False  # "eight dead and over 100 injured"
    before = doc[part.left_edge.i - 2 : part.left_edge.i]
    return [t.lower_ for t in before] != [",", "and"]


def _of(noun: Token, act: str) -> Counted:
    if act == "attack" and not is_weapon(noun):
        return "other"
    return COUNTED.get(act, "other")


def count_of_one(doc: Doc, noun: Token, act: str, counted: dict[int, NumberSpan]) -> Count | None:
    """How many one noun phrase speaks of, without what is coordinated with it."""
    left, right = noun.left_edge.i, noun.i + 1
    for i in range(noun.i, left - 1, -1):
        number = counted.get(i)
        owner = doc[i]
        if number is not None and (i == noun.i or owner.head.i == noun.i or owner.head.head.i == noun.i):
            return as_count(number, act)
    if right < len(doc) and doc[right].lower_ == "of" and noun.i in counted:
        return as_count(counted[noun.i], act)
    held = _held(noun)
    if held is not None:
        return as_count(counted[held.i], act) if held.i in counted else count_of(doc, held, act, counted)
    if noun.lower_ == "one" or any(c.lower_ == "one" and c.dep_ == "nummod" for c in noun.lefts):
        return Count(low=1, high=1, of=COUNTED.get(act, "other"), words="one")
    if noun.lower_ in ("nobody", "none", "anybody", "anyone", "no-one"):
        return Count(low=0, high=0, of=COUNTED.get(act, "other"), words=noun.text)
    article = [c for c in noun.lefts if c.dep_ == "det"]
    if act in TOLL_ACTS:
        if (
            any(c.lower_ in ("a", "an", "another") for c in article)
            and noun.tag_ in ("NN", "NNP")
            and not _is_crowd(noun)
        ):
            return Count(low=1, high=1, of=COUNTED[act], words=article[0].text)
        several = _is_crowd(noun) or noun.lower_ in acts().victims  # "their dead"
        if noun.tag_ == "NN" and children(noun, "poss") and lemma(noun) in nouns()["people"] and not several:
            return Count(low=1, high=1, of=COUNTED[act], words=noun.text)  # "her brother was picked up"
        if any(c.lower_ == "no" for c in noun.lefts) and noun.tag_ == "NN":
            return Count(low=0, high=0, of=COUNTED[act], words="no")
        if noun.ent_type_ == "ORDINAL" or any(c.ent_type_ == "ORDINAL" for c in noun.lefts):
            return Count(low=1, high=1, of=COUNTED[act], words=noun.text)
        if noun.ent_type_ == "PERSON" and noun.pos_ == "PROPN":
            return Count(low=1, high=1, of=COUNTED[act], words=noun.text)
    return None


def _held(noun: Token) -> Token | None:
    """The people of "a group of 20 men", "a family of five", "the lives of seven people"."""
    if not _is_crowd(noun) and lemma(noun) not in _OF_PEOPLE:
        return None
    behind = [p for p in children(noun, "prep") if p.lower_ == "of" and p.i == noun.i + 1]
    people = [n for p in behind for n in children(p, "pobj")]
    return people[0] if people and (heads_people(people[0]) or people[0].pos_ == "NUM") else None


def _is_crowd(noun: Token) -> bool:
    return lemma(noun) in (
        "crowd",
        "group",
        "number",
        "family",
        "majority",
        "few",
        "couple",
        "mob",
        "lot",
        "handful",
        "series",
    ) or (lemma(noun) in nouns()["groups"])


def as_count(number: NumberSpan, act: str) -> Count:
    """A number of the text as the count of what an act befell."""
    return Count(
        low=number.low,
        high=number.high,
        of=COUNTED.get(act, "other"),
        words=number.words,
        approximate=number.approximate,
    )


def weapons_used(verb: Token, counted: dict[int, NumberSpan]) -> Count | None:
    """The number of weapons used, if the clause gives one."""
    nearby = [t for c in children(verb, "nsubj", "nsubjpass", "dobj") for t in (c, *c.conjuncts)]
    nearby += [t for p in children(verb, "agent", "prep") for t in children(p, "pobj")]
    for noun in nearby:
        if not is_weapon(noun):
            continue
        for i in range(noun.left_edge.i, noun.i + 1):
            if i in counted:
                return replace(as_count(counted[i], "attack"), of="weapons")
    return None


def elided_count(verb: Token, act: str, counted: dict[int, NumberSpan]) -> Count | None:
    """The number right beside a participle that has lost its noun: "11 wounded"."""
    first = min([verb.i, *(c.i for c in children(verb, "aux", "auxpass"))])
    quoted = verb.doc[first - 1].is_quote if first else False  # "“between twelve and fifteen” had been killed"
    number = counted.get(verb.i - 1) or counted.get(verb.i + 1) or (counted.get(first - 2) if quoted else None)
    return None if number is None else as_count(number, act)


def length_before(i: int, counted: dict[int, NumberSpan]) -> int:
    """How many tokens of a number stand before token i."""
    n = 0
    while counted.get(i - n - 1) is counted[i]:
        n += 1
    return n
