"""The acts that one block of text speaks of, with who, whom and how many, as tokens.

Three kinds of evidence: verbs with their frames, event nouns that carry something, and casualty phrases
("34 dead", "the toll rose to eight").  What they share with each other is settled here, so that one
sentence gives one event for each act and each number.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from muster.extract.parse import (
    Doc,
    Token,
    agent,
    antecedent,
    children,
    conjuncts,
    heads_people,
    is_passive,
    lemma,
    objects,
    phrase,
    subject,
)
from muster.extract.triggers import noun_act, verb_act
from muster.extract.vocabulary import acts, cues, nouns
from muster.languages.numbers import NumberSpan
from muster.records import Count, Counted

_TOLL_ACTS = {"kill", "injure", "detain", "abduct", "disappear", "die_other"}
_SPEECH = {"accuse", "appeal", "claim_responsibility", "deny_responsibility", "offer", "threaten"}
_AIMING = {"help", "want", "hope", "wish", "like", "invite", "allow", "enable", "use", "be", "get", "urge", "ask", "travel", "go"}
_RAISING = {"appear", "seem", "report", "say", "allege", "believe", "think", "fear", "presume", "have", "need", "continue", "begin", "start"}
_MEANS = {"way", "fire", "attack", "assault", "raid", "strike", "operation", "vehicle", "shot", "force", "truck", "offensive"}
_COUNTED: dict[str, Counted] = {
    "kill": "killed", "die_other": "killed", "injure": "injured", "detain": "detained", "abduct": "detained",
    "disappear": "missing", "report_figure": "residents", "transfer": "residents", "displace": "residents",
    "return": "residents", "release": "detained", "attack": "weapons",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One act at one head token.  start and end are the tokens of what is said, end exclusive.

    actor and target are head tokens of noun phrases.  nominal: a noun names it, not a verb.
    """

    act: str
    head: int
    start: int
    end: int
    actor: int | None = None
    target: int | None = None
    count: Count | None = None
    nominal: bool = False
    withheld: bool = False
    governor: int = -1
    certainty: float = 0.7


def events(doc: Doc, numbers: Sequence[NumberSpan]) -> list[Event]:
    """All events of a block, in order of their head."""
    counted = _by_token(doc, numbers)
    found: list[Event] = []
    for token in doc:
        if (token.pos_ in ("VERB", "AUX") or token.tag_ == "VBN") and token.dep_ != "amod" and _is_told(token):
            found += _verb_events(doc, token, counted)
    for token in doc:
        found += _casualties(doc, token, counted, found)
    found += _barrages(doc, counted, found)
    for token in doc:
        event = _nominal(doc, token, counted, found)
        if event is not None:
            found.append(event)
    found += _figures(doc, numbers, found)
    found += _bare_numbers(doc, counted, found)
    found = [_widened(doc, e, found) for e in _distinct(found)]
    return sorted(found, key=lambda e: (e.head, e.act))


def _widened(doc: Doc, event: Event, found: list[Event]) -> Event:
    """A lone casualty or weapon phrase with the verb that governs it: "has spoken of three deaths"."""
    if not event.nominal or event.count is None or event.end - event.start > 6:
        return event
    token = doc[event.head]
    while token.head.i != token.i and token.pos_ not in ("VERB", "AUX"):
        token = token.head
    if token.pos_ != "VERB" or verb_act(token) is not None:
        return event
    start, end = clause(token)
    own = children(token, "nsubj", "nsubjpass")
    if own and own[-1].i < token.i:
        start = max(start, max(t.i for t in own[-1].subtree) + 1)
    start, end = _trim(doc, min(start, event.start), max(end, event.end))
    alone = not any(e is not event and e.nominal and e.count is not None and start <= e.head < end for e in found)
    return replace(event, start=start, end=end) if alone and end - start <= 18 else event


def _is_told(verb: Token) -> bool:
    """Whether the clause tells of something.

    "how many people died", "who killed them" ask; "every one of them who dies" generalises.
    """
    return not (_is_asked(verb) or _is_general(verb))


def _is_aim(verb: Token) -> bool:
    """Whether an infinitive only names an aim: "to rescue them"; not where somebody tries or is ordered to."""
    if not any(c.lower_ == "to" and c.tag_ == "TO" for c in children(verb, "aux")) or children(verb, "auxpass"):
        return False
    governor = verb.head
    if verb.dep_ in ("xcomp", "ccomp", "conj", "relcl") and governor.pos_ in ("VERB", "AUX"):
        return verb.dep_ == "xcomp" and lemma(governor) in _AIMING
    return verb.dep_ in ("advcl", "acl") and lemma(governor) not in ("order", "threat", "decision", "refusal", "plan")


def _is_general(verb: Token) -> bool:
    if verb.tag_ not in ("VBZ", "VBP") or children(verb, "aux"):
        return False
    who = subject(verb)
    return who is not None and any(t.lower_ in ("every", "any", "each", "whoever", "whenever") for t in (who, *who.lefts))


def _is_asked(verb: Token) -> bool:
    own = [t for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "dobj", "advmod", "attr") for t in (c, *c.lefts)]
    if any(t.lower_ in ("how", "why", "whether") for o in own for t in (o, *o.lefts) if t.i < verb.i):
        return True
    return verb.dep_ != "relcl" and any(t.lower_ in ("who", "what", "whom") and t.head.i == verb.i for t in own)


def _by_token(doc: Doc, numbers: Sequence[NumberSpan]) -> dict[int, NumberSpan]:
    found: dict[int, NumberSpan] = {}
    for number in numbers:
        if number.kind != "count":
            continue
        span = doc.char_span(number.start, number.end, alignment_mode="expand")
        if span is not None:
            found.update(dict.fromkeys(range(span.start, span.end), number))
    return found


# ---- verbs ----------------------------------------------------------------------------------------------


def _verb_events(doc: Doc, verb: Token, counted: dict[int, NumberSpan]) -> list[Event]:
    match = verb_act(verb)
    if match is None or (_is_aim(verb) and match.act not in _SPEECH | {"displace", "release"}):
        return []
    actor, target = _roles(verb, match.act, match.suffer)
    if match.act in _TOLL_ACTS and target is None and actor is None and not _elided_number(doc, verb, counted):
        return []
    start, end = clause(verb)
    if target is not None and verb.dep_ == "acl" and verb.tag_ == "VBN" and match.act in _TOLL_ACTS:
        start, end = phrase(target)[0], verb.i + 1  # "11 wounded by six bombs": the number and what befell
    found = []
    targets = [target]
    for one in targets:
        count = _count(doc, one, match.act, counted) if one is not None and not match.withheld else None
        if count is None and match.act == "attack":
            count = _weapons(verb, counted)
        if count is None and one is None and match.act in _TOLL_ACTS:
            count = _elided_count(doc, verb, match.act, counted)
        found.append(
            Event(
                act=match.act,
                head=verb.i,
                start=start,
                end=end,
                actor=None if actor is None else actor.i,
                target=None if one is None else one.i,
                count=count,
                withheld=match.withheld,
                governor=verb.head.i if verb.dep_ == "advcl" else -1,
                certainty=0.75 if match.n_words > 1 or match.act in ("kill", "injure", "detain") else 0.65,
            )
        )
    return found


def _roles(verb: Token, act: str, suffer: bool) -> tuple[Token | None, Token | None]:
    if suffer:
        return agent(verb), subject(verb)
    if act in ("escape", "return", "demonstrate", "disappear"):
        return subject(verb), None
    if is_passive(verb):
        governed = objects(verb)
        done_to = governed[0] if governed else None
        if done_to is not None and act in ("attack", "claim_responsibility") and _is_weapon(done_to):
            return agent(verb), _struck(verb)
        return agent(verb), done_to
    who = subject(verb)
    governed = objects(verb)
    done_to = governed[0] if governed else None
    if done_to is not None and act == "attack" and (_is_weapon(done_to) or lemma(done_to) in _MEANS):
        done_to = _struck(verb)
    if done_to is None or (act == "appeal" and lemma(verb) == "call"):
        done_to = _struck(verb) or done_to
    if who is not None and act == "attack" and _is_weapon(who):
        who = None
    return who, done_to


def _is_weapon(noun: Token) -> bool:
    return lemma(noun) in nouns()["weapons"] or any(
        lemma(t) in nouns()["weapons"] for p in children(noun, "prep") for t in children(p, "pobj")
    )


def _struck(verb: Token) -> Token | None:
    """What a preposition leads to: "fired on residents", "called on the mission", "hurled stones at the camp"."""
    for preposition in children(verb, "prep", "dative"):
        if preposition.lower_ in ("on", "at", "upon", "into", "against", "to", "with", "around", "in", "inside"):
            for noun in children(preposition, "pobj"):
                if noun.ent_type_ not in ("DATE", "TIME"):
                    return noun
    return None


def clause(verb: Token) -> tuple[int, int]:
    """The tokens of a verb's own clause: without coordinated, adverbial and attributing clauses."""
    keep = {verb.i}
    governor = verb.head
    if verb.dep_ == "xcomp" and not children(governor, "dobj") and lemma(governor) in _RAISING:
        return clause(governor)  # "appeared to have been shot"
    for child in verb.children:
        if child.dep_ in ("advcl", "parataxis", "csubj", "dep") or (
            child.dep_ in ("conj", "ccomp") and _is_clause(child)
        ):
            if child.dep_ == "ccomp" and child.i > verb.i and _keeps_clause(verb):
                keep |= {t.i for t in child.subtree}
            continue
        if child.dep_ in ("cc", "punct", "mark", "intj") or (
            child.dep_ == "advmod" and child.lower_ in ("when", "after")
        ):
            continue
        if child.dep_ == "prep" and child.lower_ == "according":
            continue
        keep |= _without_clauses(child)
    start = end = verb.i
    edge = min((t for c in children(verb, "nsubj", "nsubjpass") for t in _without_clauses(c)), default=verb.i)
    while start - 1 in keep or (start - 2 in keep and start > 1 and _light(verb.doc[start - 1])):
        start -= 1
    while end + 1 in keep or (end + 2 in keep and end + 2 < len(verb.doc) and _light(verb.doc[end + 1])):
        end += 1
    who = [antecedent(c) for c in children(verb, "nsubj", "nsubjpass") if c.tag_ in ("WP", "WDT")]
    if verb.dep_ == "relcl" and who and who[0].i < start and verb.doc[who[0].i : start].text.count(",") < 2:
        start = phrase(who[0])[0]  # "residents who stormed a guard post"
    if edge < start <= edge + 25:  # an apposition or relative clause stands between subject and verb
        start = edge
    return _trim(verb.doc, start, end + 1)


def _light(token: Token) -> bool:
    return bool(token.is_punct) or token.dep_ in ("punct", "cc", "mark", "advmod", "neg", "aux")


def _is_clause(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX") or bool(children(token, "nsubj", "nsubjpass", "acl"))


def _keeps_clause(verb: Token) -> bool:
    match = verb_act(verb)
    return match is not None and (match.act in _SPEECH or match.withheld)


def _without_clauses(token: Token) -> set[int]:
    """A subtree without relative clauses behind a comma, adverbial clauses and coordinated clauses."""
    kept = {token.i}
    for child in token.children:
        if child.dep_ in ("advcl", "parataxis") or (child.dep_ == "conj" and child.pos_ in ("VERB", "AUX")):
            continue
        if (
            child.dep_ in ("relcl", "appos")
            and child.left_edge.i > 0
            and token.doc[child.left_edge.i - 1].text in (",", "-", "–")
        ):
            continue
        kept |= _without_clauses(child)
    return kept


def _trim(doc: Doc, start: int, end: int) -> tuple[int, int]:
    while start < end and ((doc[start].is_punct and doc[start].text not in '"“') or doc[start].dep_ in ("cc", "mark")):
        start += 1
    while end - 1 > start and (doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].dep_ == "cc"):
        end -= 1
    return start, end


# ---- how many -------------------------------------------------------------------------------------------


def _count(doc: Doc, noun: Token, act: str, counted: dict[int, NumberSpan]) -> Count | None:
    """How many the noun phrase speaks of; what is coordinated in it is added up."""
    parts = []
    for part in conjuncts(noun):
        if part.i != noun.i and not _adds_up(doc, noun, part, act, counted):
            break
        one = _single(doc, part, act, counted)
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
    if not heads_people(part) and part.i not in counted:
        return False
    if acts().victims.get(lemma(part), act) != act or any(c.tag_ == "VBN" for c in children(part, "acl", "amod")):
        return False
    before = doc[part.left_edge.i - 2 : part.left_edge.i]
    return [t.lower_ for t in before] != [",", "and"]


def _of(noun: Token, act: str) -> Counted:
    if act == "attack" and not _is_weapon(noun):
        return "other"
    return _COUNTED.get(act, "other")


def _single(doc: Doc, noun: Token, act: str, counted: dict[int, NumberSpan]) -> Count | None:
    left, right = noun.left_edge.i, noun.i + 1
    for i in range(noun.i, left - 1, -1):
        number = counted.get(i)
        owner = doc[i]
        if number is not None and (i == noun.i or owner.head.i == noun.i or owner.head.head.i == noun.i):
            return _as_count(number, act)
    if right < len(doc) and doc[right].lower_ == "of" and noun.i in counted:
        return _as_count(counted[noun.i], act)
    if noun.lower_ == "one" or any(c.lower_ == "one" and c.dep_ == "nummod" for c in noun.lefts):
        return Count(low=1, high=1, of=_COUNTED.get(act, "other"), words="one")
    if noun.lower_ in ("nobody", "none", "anybody", "anyone", "no-one"):
        return Count(low=0, high=0, of=_COUNTED.get(act, "other"), words=noun.text)
    article = [c for c in noun.lefts if c.dep_ == "det"]
    if act in _TOLL_ACTS:
        if (
            any(c.lower_ in ("a", "an", "another") for c in article)
            and noun.tag_ in ("NN", "NNP")
            and not _is_crowd(noun)
        ):
            return Count(low=1, high=1, of=_COUNTED[act], words=article[0].text)
        if any(c.lower_ == "no" for c in noun.lefts) and noun.tag_ == "NN":
            return Count(low=0, high=0, of=_COUNTED[act], words="no")
        if noun.ent_type_ == "ORDINAL" or any(c.ent_type_ == "ORDINAL" for c in noun.lefts):
            return Count(low=1, high=1, of=_COUNTED[act], words=noun.text)
        if noun.ent_type_ == "PERSON" and noun.pos_ == "PROPN":
            return Count(low=1, high=1, of=_COUNTED[act], words=noun.text)
    return None


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


def _as_count(number: NumberSpan, act: str) -> Count:
    return Count(
        low=number.low,
        high=number.high,
        of=_COUNTED.get(act, "other"),
        words=number.words,
        approximate=number.approximate,
    )


def _weapons(verb: Token, counted: dict[int, NumberSpan]) -> Count | None:
    """The number of weapons used, if the clause gives one."""
    nearby = [t for c in children(verb, "nsubj", "nsubjpass", "dobj") for t in (c, *c.conjuncts)]
    nearby += [t for p in children(verb, "agent", "prep") for t in children(p, "pobj")]
    for noun in nearby:
        if not _is_weapon(noun):
            continue
        for i in range(noun.left_edge.i, noun.i + 1):
            if i in counted:
                return replace(_as_count(counted[i], "attack"), of="weapons")
    return None


def _elided_number(doc: Doc, verb: Token, counted: dict[int, NumberSpan]) -> bool:
    return verb.i - 1 in counted or verb.i + 1 in counted


def _elided_count(doc: Doc, verb: Token, act: str, counted: dict[int, NumberSpan]) -> Count | None:
    number = counted.get(verb.i - 1) or counted.get(verb.i + 1)
    return None if number is None else _as_count(number, act)


# ---- casualty phrases -----------------------------------------------------------------------------------


def _casualties(doc: Doc, token: Token, counted: dict[int, NumberSpan], known: list[Event]) -> list[Event]:
    act = acts().victims.get(token.lower_) or acts().victims.get(lemma(token))
    if act is None or any(e.act == act and e.start <= token.i < e.end and not e.nominal for e in known):
        return []
    if token.lower_ == "casualties" and any(c.lower_ == "no" for c in token.lefts):
        none = {"start": phrase(token)[0], "end": phrase(token)[1], "head": token.i, "target": token.i, "nominal": True}
        return [Event(act=a, count=Count(low=0, high=0, of=_COUNTED[a], words="no"), **none) for a in ("kill", "injure")]
    among = _among(doc, token, act, counted)
    if among is not None:
        return [among]
    span = _number_beside(doc, token, counted)
    if span is None:
        return []
    number, start, end = span
    left, right = phrase(token)
    start, end = _trim(doc, min(start, left), max(end, right) if right - left <= 8 else max(end, token.i + 1))
    target = token.head.i if token.dep_ == "amod" and token.head.pos_ in ("NOUN", "PROPN") else token.i
    if target != token.i:
        end = max(end, target + 1)
    return [
        Event(
            act=act,
            head=token.i,
            start=start,
            end=end,
            target=target,
            count=_as_count(number, act),
            nominal=True,
            certainty=0.7,
        )
    ]


def _among(doc: Doc, token: Token, act: str, counted: dict[int, NumberSpan]) -> Event | None:
    """"Three policemen were among the injured"."""
    if token.head.lower_ != "among" or token.head.head.pos_ not in ("AUX", "VERB"):
        return None
    who = subject(token.head.head)
    count = None if who is None else _count(doc, who, act, counted)
    if who is None or count is None:
        return None
    return Event(act=act, head=token.i, start=phrase(who)[0], end=token.i + 1, target=who.i, count=count, nominal=True)


def _barrages(doc: Doc, counted: dict[int, NumberSpan], known: list[Event]) -> list[Event]:
    """Numbers of weapons outside any clause of attack: "counted 35 rockets", "wounded by six mortar bombs"."""
    found = []
    for token in doc:
        if lemma(token) not in acts().words("attack", "munitions") or token.tag_ != "NNS" or token.dep_ == "compound":
            continue
        numbers = [i for i in range(token.left_edge.i, token.i) if i in counted]
        if token.head.dep_ == "prep" and token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.i in counted:
            numbers = [token.head.head.i]
        if not numbers or any(e.act in ("attack", "damage_property", "threaten") and e.start <= token.i < e.end for e in known):
            continue
        start, end = min(numbers[0], phrase(token)[0]), phrase(token)[1]
        found.append(
            Event(
                act="attack", head=token.i, start=start, end=end, nominal=True, certainty=0.5,
                count=replace(_as_count(counted[numbers[0]], "attack"), of="weapons"),
            )
        )  # fmt: skip
    return found


def _number_beside(doc: Doc, token: Token, counted: dict[int, NumberSpan]) -> tuple[NumberSpan, int, int] | None:
    """The number of a casualty word: before it ("34 dead"), of it ("scores of wounded"), or behind ("the dead at 31")."""
    for i in range(token.i - 1, max(token.i - 6, token.sent.start) - 1, -1):
        between = doc[i + 1 : token.i]
        if i in counted:
            if all(
                t.pos_ in ("ADJ", "ADV", "NOUN", "ADP", "PROPN", "NUM", "DET")
                and t.lower_ not in ("in", "at", "with", "to")
                for t in between
            ):
                return counted[i], i - _length_before(i, counted), token.i + 1
            return None
        if doc[i].pos_ in ("VERB", "AUX") and doc[i].tag_ != "VBN":
            break
        if doc[i].text in (",", ";", ":"):
            break
    reach = 14 if any(lemma(t) in ("number", "toll", "figure", "total") for t in doc[max(token.i - 3, 0) : token.i]) else 7
    for i in range(token.i + 1, min(token.i + reach, token.sent.end)):
        if i in counted:
            between = [t.lower_ for t in doc[token.i + 1 : i]]
            if between and set(between) & {
                "at",
                "to",
                "is",
                "of",
                "as",
                "was",
                "were",
                "reached",
                ":",
                "stands",
                "rose",
                "rises",
            }:
                return counted[i], token.left_edge.i, i + 1
            return None
        if doc[i].text in (",", ";", "."):
            break
    return None


def _length_before(i: int, counted: dict[int, NumberSpan]) -> int:
    n = 0
    while counted.get(i - n - 1) is counted[i]:
        n += 1
    return n


def _bare_numbers(doc: Doc, counted: dict[int, NumberSpan], known: list[Event]) -> list[Event]:
    """"The hospital says four": a number alone takes the toll that the text spoke of before, here or above."""
    found: list[Event] = []
    for verb in doc:
        if verb.pos_ != "VERB" or lemma(verb) not in ("say", "count", "put", "report", "give", "claim"):
            continue
        for number in children(verb, "dobj", "ccomp", "npadvmod"):
            alone = number.i in counted and number.pos_ == "NUM" and not children(number, "prep", "acl")
            before = [e for e in (*known, *found) if e.head < number.i and e.act in ("kill", "die_other", "injure")]
            if not alone or not before or any(e.start <= number.i < e.end for e in known):
                continue
            act = before[-1].act
            start, end = _trim(doc, verb.left_edge.i, number.i + 1)
            found.append(Event(act=act, head=number.i, start=start, end=end, count=_as_count(counted[number.i], act), nominal=True, certainty=0.5))
    return found


# ---- event nouns ----------------------------------------------------------------------------------------


def _nominal(doc: Doc, noun: Token, counted: dict[int, NumberSpan], known: list[Event]) -> Event | None:
    act = noun_act(noun)
    base = lemma(noun)
    if act in (None, "kill") and base in ("death", "toll", "killing", "fatality", "murder", "execution", "assassination"):
        return _deaths(doc, noun, counted, known)
    if act is None or any(e.act == act and e.start <= noun.i < e.end for e in known):
        return None
    left, right = phrase(noun, wide=True)
    actor = target = None
    for child in noun.children:
        if child.dep_ == "poss" and (heads_people(child) or child.ent_type_ in ("PERSON", "ORG", "GPE", "NORP")):
            actor = child
        for inner in children(child, "pobj") if child.dep_ == "prep" else ():
            if child.lower_ in ("by",):
                actor = inner
            elif child.lower_ in ("on", "against", "at", "upon", "in") or (child.lower_ == "of" and act != "attack"):
                if inner.ent_type_ not in ("DATE", "TIME") and target is None:
                    target = inner
    left, right = _trim(doc, left, right)
    return Event(
        act=act,
        head=noun.i,
        start=left,
        end=right,
        actor=None if actor is None else actor.i,
        target=None if target is None else target.i,
        nominal=True,
        certainty=0.5,
    )


def _deaths(doc: Doc, noun: Token, counted: dict[int, NumberSpan], known: list[Event]) -> Event | None:
    """ "the deaths of 47 people", "death toll at the camp is 34", "the toll rose to eight"."""
    if any(e.act == "kill" and (e.start <= noun.i < e.end or e.head == noun.i) for e in known):
        return None
    victim: Token | None = None
    for preposition in children(noun, "prep"):
        for inner in children(preposition, "pobj"):
            if preposition.lower_ == "of" and (heads_people(inner) or inner.i in counted):
                victim = inner
    number = None
    end = noun.i + 1
    if victim is not None:
        count = _count(doc, victim, "kill", counted)
        end = phrase(victim)[1]
    else:
        count = None
    if count is None and lemma(noun) in ("killing", "murder", "execution", "assassination"):
        if victim is None:
            return None
        start, end = _trim(doc, noun.left_edge.i, end)
        return Event(act="kill", head=noun.i, start=start, end=end, target=victim.i, nominal=True, certainty=0.5)
    if count is None:
        sentence = noun.sent
        for i in range(noun.i + 1, min(sentence.end, noun.i + 16)):
            if doc[i].text in (",", ";") or (doc[i].pos_ == "VERB" and i - noun.i > 12):
                break
            if i in counted:
                number = counted[i]
                end = i + 1
                break
        if number is None:
            return None
        count = _as_count(number, "kill")
    start, end = _trim(doc, noun.left_edge.i, end)
    return Event(
        act="kill",
        head=noun.i,
        start=start,
        end=end,
        target=None if victim is None else victim.i,
        count=count,
        nominal=True,
    )


# ---- populations ----------------------------------------------------------------------------------------

_LIVES = re.compile(
    r"\b(?:live[sd]?|living|reside[sd]?|home to|houses?|housed|holds?|held|shelters?|hosts?|accommodates?|population|remain(?:s|ed|ing)?|residents?|members?|inmates?|inhabitants?)\b",
    re.I,
)


def _figures(doc: Doc, numbers: Sequence[NumberSpan], known: list[Event]) -> list[Event]:
    """Populations: a number of people whom a place houses or who live there."""
    found = []
    for token in doc:
        if token.pos_ not in ("VERB", "AUX"):
            continue
        base = lemma(token)
        governed = children(token, "dobj", "attr")
        who = subject(token)
        counted = _by_token(doc, numbers)
        if (
            base in ("house", "hold", "shelter", "accommodate", "host", "contain", "number")
            and governed
            and who is not None
        ):
            if (
                not (
                    lemma(who) in nouns()["places"]
                    or who.ent_type_ in ("GPE", "FAC", "LOC", "ORG", "PERSON")
                    or who.pos_ == "PROPN"
                )
                and base != "number"
            ):
                continue
            people = governed[0]
            if any(c.lower_ in ("the", "these", "those") for c in people.lefts):
                continue
        elif base in ("live", "reside", "remain", "stay") and who is not None:
            people = who
        elif base == "be" and who is not None and any(lemma(g) == "home" for g in (*governed, *children(token, "advmod"))):
            inside = [n for g in (*governed, *children(token, "advmod")) for p in children(g, "prep") for n in children(p, "pobj")]
            inside += [n for p in children(token, "prep") for n in children(p, "pobj")]
            if not inside:
                continue
            people = inside[0]
        else:
            continue
        count = _single(doc, people, "report_figure", counted)
        if count is None or not heads_people(people) or any(e.head == token.i for e in known):
            continue
        start, end = clause(token)
        place = who if people is not who else None
        found.append(
            Event(
                act="report_figure", head=token.i, start=start, end=end, actor=None if place is None else place.i,
                target=None, count=count, certainty=0.75,
            )
        )  # fmt: skip
    return found


def _distinct(found: list[Event]) -> list[Event]:
    """One event for each head; a nominal one gives way to a verb of the same act that covers it."""
    kept: list[Event] = []
    for event in sorted(found, key=lambda e: (e.nominal, e.head)):
        clash = [
            k for k in kept
            if k.act == event.act and (k.head == event.head or (event.nominal and k.start <= event.head < k.end and not _other_count(k, event)))
        ]  # fmt: skip
        if not clash:
            kept.append(event)
    heads = {(k.head, k.act) for k in kept}
    return [k for k in kept if not ((k.governor, k.act) in heads and k.act == "attack" and k.target is None)]


def _other_count(a: Event, b: Event) -> bool:
    return b.count is not None and a.count is not None and (a.count.low, a.count.high) != (b.count.low, b.count.high)


__all__ = ["Event", "clause", "cues", "events"]
