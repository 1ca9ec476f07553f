"""Casualty phrases, numbers that stand alone, and parts of a toll."""

from collections.abc import Sequence
from dataclasses import replace

from muster.extract.clauses import clause, trim
from muster.extract.counts import as_count, count_of, length_before
from muster.extract.event import COUNTED, Event
from muster.extract.gapping import gaps
from muster.extract.parse import Doc, Token, children, heads_people, lemma, phrase, subject
from muster.extract.triggers import verb_act
from muster.extract.vocabulary import acts, nouns
from muster.languages.numbers import NumberSpan
from muster.records import Count

_TOLLS = frozenset({"kill", "die_other", "injure"})
#: Verbs that ask for a toll in "how many died, who killed them".
_ASKED_OF = {"die": "kill", "kill": "kill", "perish": "kill", "injure": "injure", "wound": "injure", "hurt": "injure"}
_NUMBERING = frozenset(
    {"say", "speak", "count", "put", "report", "give", "claim", "list", "record", "confirm", "estimate", "tally"}
)
#: Who does so to hostages or captives has made them that.
_TAKING = frozenset({"take", "seize", "hold", "grab", "capture", "keep"})
#: What those do who tell of the dead they saw; the words of one who only says so stand behind his cue.
_WITNESSING = frozenset({"see", "count", "find", "list", "receive", "recover", "bury", "have", "pull", "examine"})
#: Of these a text says that there were none.
_PLURAL = frozenset({"casualties", "deaths", "fatalities", "injuries", "wounded", "dead", "injured"})
#: Words for the dead that do not say that anybody killed them.
_UNEXPLAINED = frozenset({"dead", "deceased", "body", "corpse", "death", "fatality"})


def casualties(doc: Doc, token: Token, counted: dict[int, NumberSpan], known: list[Event]) -> list[Event]:
    """Casualty phrases at a token: "34 dead", "scores of wounded", "the dead at 31", "no casualties"."""
    act = acts().victims.get(token.lower_) or acts().victims.get(lemma(token))
    if act is None or any(e.act == act and e.start <= token.i < e.end and not e.nominal for e in known):
        return []
    if token.lower_ in _PLURAL and any(c.lower_ == "no" for c in token.lefts) and token.head.pos_ in ("VERB", "AUX"):
        none = {"start": phrase(token)[0], "end": phrase(token)[1], "head": token.i, "target": token.i, "nominal": True}
        none_of = ("kill", "injure") if token.lower_ == "casualties" else (act,)
        return [Event(act=a, count=Count(low=0, high=0, of=COUNTED[a], words="no"), **none) for a in none_of]
    if _is_retold(token) or _is_freed(token, act, known):
        return []
    some = _some_of(token, act, counted)
    if some is not None:
        return some
    among = _among(doc, token, act, counted) or _including(doc, token, act, counted)
    if among is not None:
        return [among]
    span = _number_beside(doc, token, counted)
    if span is None:
        return []
    number, start, end = span
    left, right = phrase(token)
    start, end = trim(doc, min(start, left), max(end, right) if right - left <= 8 else max(end, token.i + 1))
    target = token.head.i if token.dep_ == "amod" and token.head.pos_ in ("NOUN", "PROPN") else token.i
    taken = act in ("abduct", "detain") and token.dep_ == "dobj" and lemma(token.head) in _TAKING
    taker = subject(token.head) if taken else None
    if lemma(token) in acts().nouns:  # "the arrest of 45 soldiers"
        befell = [n for p in children(token, "prep") if p.lower_ == "of" for n in children(p, "pobj")]
        target = befell[0].i if befell and heads_people(befell[0]) else target
    if target != token.i:
        end = max(end, target + 1)
    return [
        Event(
            act=act,
            head=token.i,
            start=start,
            end=end,
            actor=None if taker is None else taker.i,
            target=target,
            count=as_count(number, act),
            nominal=True,
            certainty=0.7,
            unexplained=lemma(token) in _UNEXPLAINED,
        )
    ]


def _is_freed(token: Token, act: str, known: list[Event]) -> bool:
    """ "Freed 35 hostages": of what befell them before, nothing is told but by the word."""
    return act in ("abduct", "detain") and any(e.target == token.i and e.act in ("release", "escape") for e in known)


def _is_retold(token: Token) -> bool:
    """ "Two of the injured died", "ten of the hostages walked free": these were told of before.

    Something else is told of them."""
    noun = token.head if token.dep_ == "amod" else token
    if noun.head.lower_ != "of" or not any(c.lower_ in ("the", "these", "those") for c in noun.lefts):
        return False
    verb = noun.head.head.head
    return noun.head.head.dep_ in ("nsubj", "nsubjpass") and verb.pos_ == "VERB" and verb_act(verb) is not None


def _some_of(token: Token, act: str, counted: dict[int, NumberSpan]) -> list[Event] | None:
    """ "Three of the eleven bodies bore wounds": of the three; "two of the dead were women" tells of no more dead."""
    part = token.head.head
    if token.head.lower_ != "of" or part.i not in counted or not any(c.dep_ == "det" for c in token.lefts):
        return None
    if lemma(part.head) == "be":
        return []
    start, end = part.i - length_before(part.i, counted), phrase(token)[1]
    count = as_count(counted[part.i], act)
    certain = lemma(token) not in _UNEXPLAINED
    return [
        Event(
            act=act, head=token.i, start=start, end=end, target=part.i, count=count, nominal=True, certainty=0.7,
            unexplained=not certain,
        )
    ]  # fmt: skip


def _among(doc: Doc, token: Token, act: str, counted: dict[int, NumberSpan]) -> Event | None:
    """ "Three policemen were among the injured"."""
    if token.head.lower_ != "among" or token.head.head.pos_ not in ("AUX", "VERB"):
        return None
    who = subject(token.head.head)
    count = None if who is None else count_of(doc, who, act, counted)
    if count is None and who is not None and who.tag_ in ("NN", "NNP") and heads_people(who):
        count = Count(low=1, high=1, of=COUNTED[act], words=who.text)  # "his sister was among the injured"
    if who is None or count is None:
        return None
    return Event(act=act, head=token.i, start=phrase(who)[0], end=token.i + 1, target=who.i, count=count, nominal=True)


def _including(doc: Doc, token: Token, act: str, counted: dict[int, NumberSpan]) -> Event | None:
    """ "The dead included four policemen"."""
    verb = token.head
    if token.dep_ != "nsubj" or lemma(verb) != "include":
        return None
    who = next(iter(children(verb, "dobj")), None)
    count = None if who is None or not heads_people(who) else count_of(doc, who, act, counted)
    if who is None or count is None:
        return None
    start, end = phrase(token)[0], phrase(who)[1]
    return Event(act=act, head=token.i, start=start, end=end, target=who.i, count=count, nominal=True)


def barrages(doc: Doc, counted: dict[int, NumberSpan], known: list[Event]) -> list[Event]:
    """Numbers of weapons outside any clause of attack: "counted 35 rockets", "wounded by six mortar bombs"."""
    found = []
    for token in doc:
        if lemma(token) not in acts().words("attack", "munitions") or token.tag_ != "NNS" or token.dep_ == "compound":
            continue
        numbers = [i for i in range(token.left_edge.i, token.i) if i in counted]
        if (
            token.head.dep_ == "prep"
            and token.dep_ == "pobj"
            and token.head.lower_ == "of"
            and token.head.head.i in counted
        ):
            numbers = [token.head.head.i]
        told = ("attack", "damage_property", "threaten")
        taken = lemma(token.head) in ("seize", "recover", "confiscate", "destroy", "display", "surrender", "defuse")
        if not numbers or taken or any(e.act in told and e.start <= token.i < e.end for e in known):
            continue
        start, end = min(numbers[0], phrase(token)[0]), phrase(token)[1]
        found.append(
            Event(
                act="attack", head=token.i, start=start, end=end, nominal=True, certainty=0.5,
                count=replace(as_count(counted[numbers[0]], "attack"), of="weapons"),
            )
        )  # fmt: skip
    return found


def _number_beside(doc: Doc, token: Token, counted: dict[int, NumberSpan]) -> tuple[NumberSpan, int, int] | None:
    """The number of a casualty word: "34 dead", "scores of wounded", "the dead at 31"."""
    for i in range(token.i - 1, max(token.i - 6, token.sent.start) - 1, -1):
        between = doc[i + 1 : token.i]
        if i in counted:
            if all(
                t.pos_ in ("ADJ", "ADV", "NOUN", "ADP", "PROPN", "NUM", "DET")
                and t.lower_ not in ("in", "at", "with", "to")
                for t in between
            ):
                return counted[i], i - length_before(i, counted), token.i + 1
            return None
        if doc[i].pos_ in ("VERB", "AUX") and doc[i].tag_ != "VBN":
            break
        if doc[i].text in (",", ";", ":"):
            break
    reach = (
        14 if any(lemma(t) in ("number", "toll", "figure", "total") for t in doc[max(token.i - 3, 0) : token.i]) else 7
    )
    for i in range(token.i + 1, min(token.i + reach, token.sent.end)):
        if i in counted:
            between = [t.lower_ for t in doc[token.i + 1 : i]]
            if (
                _counts_people(doc[i])
                and between
                and set(between)
                & {
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
                }
            ):
                return counted[i], token.left_edge.i, i + 1
            return None
        if doc[i].text in (",", ";", "."):
            break
    return None


def bare_numbers(doc: Doc, counted: dict[int, NumberSpan], known: list[Event], before: str | None) -> list[Event]:
    """ "The hospital says four": a number alone takes the toll that the text spoke or asked of before.

    before: the act of the last toll above this block, or None.
    """
    found: list[Event] = []
    asked = {v.i: lemma(v) for v in doc if lemma(v) in _ASKED_OF}
    for verb in doc:
        if verb.pos_ != "VERB" or lemma(verb) not in _NUMBERING:
            continue
        spoken_of = [n for p in children(verb, "prep") if p.lower_ == "of" for n in children(p, "pobj")]
        for number in [*children(verb, "dobj", "ccomp", "npadvmod", "oprd"), *spoken_of]:
            alone = number.i in counted and number.pos_ == "NUM" and not children(number, "prep", "acl")
            follows = doc[number.i + 1] if number.i + 1 < len(doc) else number
            if follows.lower_ in acts().victims or not alone or any(e.start <= number.i < e.end for e in known):
                continue
            if _goes_with_another(number, counted, [*known, *found]):
                continue
            told = {e.head: e.act for e in (*known, *found) if e.head < number.i and _can_go_on(e, number)}
            told |= {i: _ASKED_OF[word] for i, word in asked.items() if i < number.i and i not in told}
            act = told[max(told)] if told else before
            if act is None:
                continue
            start, end = trim(doc, _own_start(verb), number.i + 1)
            bare = _bare(act, number.i, start, end, counted)
            found.append(
                replace(bare, count=replace(bare.count, of="weapons")) if act == "attack" and bare.count else bare
            )
    for gap in gaps(doc):
        told = {e.head: e.act for e in (*known, *found) if e.head < gap.number and e.act in _TOLLS}
        act = told[max(told)] if told else before
        if act is not None and gap.number in counted and not any(e.start <= gap.number < e.end for e in known):
            found.append(_bare(act, gap.number, *trim(doc, gap.start, gap.number + 1), counted))
    return [*found, *_labelled(doc, counted, known, before), *_answers(doc, counted, [*known, *found], before)]


def _goes_with_another(number: Token, counted: dict[int, NumberSpan], known: list[Event]) -> bool:
    """ "81 people were on board; the guard speaks of 77": of what its sentence counts, which is no toll."""
    before = [i for i in counted if number.sent.start <= i < number.i and counted[i] is not counted[number.i]]
    last = max(before, default=-1)
    people = last >= 0 and _counts_people(number.doc[last])
    return people and not any(e.start <= last < e.end and e.count is not None and e.act in _TOLLS for e in known)


def _answers(doc: Doc, counted: dict[int, NumberSpan], known: list[Event], before: str | None) -> list[Event]:
    """ "How many were hurt?" - "Sixty-two." """
    found = []
    for sentence in doc.sents:
        words = [t for t in sentence if not t.is_punct and not t.is_space]
        if not words or any(t.i not in counted for t in words) or len({id(counted[t.i]) for t in words}) > 1:
            continue
        asked = [_ASKED_OF[lemma(t)] for t in doc[: sentence.start] if lemma(t) in _ASKED_OF]
        act = asked[-1] if asked else before
        question = doc[sentence.start - 1].text == "?" if sentence.start else True
        if act is not None and question and not any(e.start <= words[0].i < e.end for e in known):
            found.append(_bare(act, words[-1].i, words[0].i, words[-1].i + 1, counted))
    return found


def _can_go_on(event: Event, number: Token) -> bool:
    """Whether a number alone may be one more of what an event counts: a toll, or weapons in its own sentence."""
    weapons = event.act == "attack" and event.count is not None and event.count.of == "weapons"
    return event.act in _TOLLS or (weapons and number.sent.start <= event.head)


def _bare(act: str, number: int, start: int, end: int, counted: dict[int, NumberSpan]) -> Event:
    return Event(
        act=act, head=number, start=start, end=end, count=as_count(counted[number], act), nominal=True, certainty=0.5,
        unexplained=True,
    )  # fmt: skip


def _own_start(verb: Token) -> int:
    """Where a clause starts, without the clause before that only stands beside it: "A says that ..., B says four"."""
    beside = max((c.right_edge.i for c in verb.lefts if c.dep_ == "ccomp"), default=-1)
    own: list[int] = [c.left_edge.i for c in verb.lefts if c.i > beside]
    return min(own, default=int(verb.i))


def _labelled(doc: Doc, counted: dict[int, NumberSpan], known: list[Event], before: str | None) -> list[Event]:
    """ "The ministry: seven.": the number alone, of what was told of before."""
    colon = label_end(doc)
    at = None if colon is None else colon + 1
    if at is None or before is None or at not in counted or any(e.start <= at < e.end for e in known):
        return []
    if at + 1 < len(doc) and not doc[at + 1].is_punct:
        return []
    count = as_count(counted[at], before)
    event = Event(act=before, head=at, start=0, end=at + 1, count=count, nominal=True, certainty=0.5, unexplained=True)
    return [event]


def label_end(doc: Doc) -> int | None:
    """The colon behind a label that can speak and before a number, at the start of a line; None where there is none."""
    colon = next((t.i for t in doc[:8] if t.text == ":"), None)
    if not colon or colon + 1 >= len(doc) or any(t.pos_ in ("VERB", "AUX") or t.text == "," for t in doc[:colon]):
        return None
    head, words = doc[:colon].root, nouns()
    speaks = lemma(head) in words["groups"] | words["titles"] | words["people"] | words["wards"]
    numbered = any(t.like_num for t in doc[colon + 1 : colon + 4])
    return colon if numbered and (speaks or head.ent_type_ in ("ORG", "PERSON")) else None


def last_toll(doc: Doc, found: Sequence[Event]) -> str | None:
    """The act of the last toll that a block tells or asks for; None where it does neither."""
    told = {e.head: e.act for e in found if e.act in _TOLLS}
    told |= {t.i: _ASKED_OF[lemma(t)] for t in doc if lemma(t) in _ASKED_OF and t.i not in told}
    return told[max(told)] if told else None


def parts(doc: Doc, counted: dict[int, NumberSpan], known: list[Event]) -> list[Event]:
    """Parts of a toll that tell more: "two of kidney failure", "ten of them in the capital", "21 at the square"."""
    found = []
    for number in doc:
        next_one = _is_next_one(number) and number.i not in counted
        counts = number.i in counted and number.pos_ == "NUM"
        if not (counts or next_one) or number.dep_ in ("nummod", "compound", "quantmod"):
            continue
        wholes = [e for e in known if e.act in _TOLLS and number.sent.start <= e.head < number.i]
        wholes = [e for e in wholes if e.count is not None and (next_one or not _counts_the_same(e, counted[number.i]))]
        if not wholes:
            continue
        act, end = _part(number, wholes[-1].act)
        if act is None or any(e.head == number.i or (e.nominal and e.start <= number.i < e.end) for e in known):
            continue
        start = number.i - (1 if next_one else length_before(number.i, counted))
        start, end = trim(doc, start, end)
        one = Count(low=1, high=1, of=COUNTED[act], words=number.text)
        count = one if next_one else as_count(counted[number.i], act)
        found.append(
            Event(
                act=act,
                head=number.i,
                start=start,
                end=end,
                target=number.i,
                count=count,
                nominal=True,
                certainty=0.5,
                part=True,
            )
        )
    return found


def _is_next_one(number: Token) -> bool:
    """ "A sixth died on the way, and a seventh on 12 February"."""
    before = number.doc[number.i - 1] if number.i else number
    return number.dep_ == "conj" and before.lower_ in ("a", "the") and bool(number.like_num)


def _counts_the_same(event: Event, number: NumberSpan) -> bool:
    return event.count is not None and (event.count.low, event.count.high) == (number.low, number.high)


def _part(number: Token, whole: str) -> tuple[str | None, int]:
    """What the part of a toll died of or where it was, and where its phrase ends."""
    placed = False
    end = number.i + 1
    of_them = False
    for preposition in [t for t in number.doc[number.i + 1 : number.sent.end] if t.dep_ == "prep"]:
        if preposition.i != end:
            break
        noun = next(iter(children(preposition, "pobj")), None)
        if noun is None:
            break
        words = {lemma(t) for t in noun.subtree}
        if preposition.lower_ in ("of", "from") and words & acts().words("die_other", "causes"):
            return "die_other", phrase(noun)[1]
        if preposition.lower_ == "of" and noun.lower_ in ("them", "whom", "these", "those", "dead", "victims"):
            of_them, end = True, noun.i + 1
            continue
        sited = preposition.lower_ in ("in", "at", "near", "from", "on", "inside", "outside")
        if noun.ent_type_ in ("DATE", "TIME"):
            placed = number.dep_ in ("appos", "conj")
            end = noun.right_edge.i + 1 if noun.right_edge.i - noun.i < 4 else noun.i + 1
        elif sited:
            broad = lemma(noun) in nouns()["regions"] | nouns()["groups"]
            placed = noun.pos_ == "PROPN" or (broad if of_them else lemma(noun) in nouns()["places"])
            end = phrase(noun, wide=True)[1]
        break
    return (whole if placed else None), end


def _counts_people(number: Token) -> bool:
    """Whether a number stands alone or counts people: not "two camps"."""
    return number.dep_ != "nummod" or heads_people(number.head)


def deaths(doc: Doc, noun: Token, counted: dict[int, NumberSpan], known: list[Event]) -> Event | None:
    """ "the deaths of 47 people", "death toll at the camp is 34", "the toll rose to eight"."""
    if any(e.act == "kill" and (e.start <= noun.i < e.end or e.head == noun.i) for e in known):
        return None
    victim: Token | None = None
    for preposition in children(noun, "prep"):
        for inner in children(preposition, "pobj"):
            if preposition.lower_ == "of" and (heads_people(inner) or inner.i in counted):
                victim = inner
    owned = [c for c in children(noun, "poss") if c.ent_type_ == "PERSON" or c.pos_ == "PROPN"]
    owned += [c for c in children(noun, "poss") if c.pos_ == "NOUN" and lemma(c) in nouns()["people"]]
    owner = owned[0] if owned else None
    victim = victim or owner  # "the senator's murder"
    number = None
    end = noun.i + 1
    if victim is not None and victim is owner:
        count = None
    elif victim is not None:
        count = count_of(doc, victim, "kill", counted)
        end = phrase(victim)[1]
    else:
        count = None
    named = victim is not None and (victim.ent_type_ == "PERSON" or victim.pos_ == "PROPN")
    if count is None and (named or lemma(noun) in ("killing", "murder", "execution", "assassination")):
        if victim is None:
            return None
        start, end = trim(doc, noun.left_edge.i, end)
        unexplained = lemma(noun) in ("death", "toll", "fatality", "remain")
        return Event(
            act="kill", head=noun.i, start=start, end=end, target=victim.i, nominal=True, certainty=0.5,
            unexplained=unexplained,
        )  # fmt: skip
    if count is None:
        sentence = noun.sent
        for i in range(noun.i + 1, min(sentence.end, noun.i + 16)):
            if doc[i].text in (",", ";") or (doc[i].pos_ == "VERB" and i - noun.i > 12):
                break
            if i in counted and _counts_people(doc[i]):
                if any(e.act in ("kill", "die_other") and e.count and e.start <= i < e.end for e in known):
                    return None  # "put the toll at 44 dead": told by "44 dead"
                number = counted[i]
                end = i + 1
                break
        if number is None:
            return None
        count = as_count(number, "kill")
    start, end = trim(doc, noun.left_edge.i, end)
    return Event(
        act="kill",
        head=noun.i,
        start=start,
        end=end,
        target=None if victim is None else victim.i,
        count=count,
        nominal=True,
        unexplained=lemma(noun) in ("death", "toll", "fatality", "remain"),
    )


def with_verb(doc: Doc, event: Event, found: list[Event]) -> Event:
    """A lone casualty or weapon phrase with the verb that governs it: "the team saw three bodies"."""
    if not event.nominal or event.count is None or event.end - event.start > 6:
        return event
    token = doc[event.head]
    if token.dep_ == "pobj":
        token = token.head  # "the number of injured as eight": a participle that governs nothing
    while token.head.i != token.i and token.pos_ not in ("VERB", "AUX"):
        token = token.head
    if token.pos_ != "VERB" or verb_act(token) is not None:
        return event
    start, end = clause(token)
    own = children(token, "nsubj", "nsubjpass")
    if own and (lemma(token) not in _WITNESSING or end - start > 18):
        start = max(start, max(t.i for t in own[-1].subtree) + 1)
    start, end = trim(doc, min(start, event.start), max(end, event.end))
    counted = [e for e in found if e is not event and e.nominal and e.count is not None]
    others = [e.head for e in counted if start <= e.head < end or start <= e.start < end]
    if others:  # each of several keeps its own words, the first one those before it too
        if min(others) < event.head:
            return event
        end = min([event.end, *(_first_of(doc, i) for i in others if i > event.head)])
        start, end = trim(doc, start, end)
    return replace(event, start=start, end=end) if end - start <= 18 else event


def _first_of(doc: Doc, head: int) -> int:
    """The first token of a coordinated phrase, without the number of the phrase before it."""
    left: int = doc[head].left_edge.i
    while left > 0 and doc[left - 1].pos_ == "NUM":
        left -= 1
    return left
