"""The acts that one block of text speaks of, with who, whom and how many, as tokens.

Three kinds of evidence: verbs with their frames, event nouns that carry something, and casualty phrases
("34 dead", "the toll rose to eight").  What they share with each other is settled here, so that one
sentence gives one event for each act and each number.
"""

from collections.abc import Sequence
from dataclasses import replace

from muster.extract.clauses import clause, is_aim, is_asked_for, is_told, trim
from muster.extract.counts import by_token, count_of, count_of_one, elided_count, length_before, weapons_used
from muster.extract.culprits import culprits
from muster.extract.doers import accusing, aimed_at, doer
from muster.extract.event import SPEECH_ACTS, TOLL_ACTS, Event
from muster.extract.nominals import cases, noun_act, occurrence, signs
from muster.extract.number_of import with_number
from muster.extract.parse import (
    Doc,
    Token,
    agent,
    children,
    heads_people,
    is_means,
    is_passive,
    is_time_like,
    lemma,
    objects,
    phrase,
    subject,
)
from muster.extract.populations import populations
from muster.extract.rows_of_tolls import in_rows
from muster.extract.senses import is_weapon
from muster.extract.tolls import (
    bare_numbers,
    barrages,
    casualties,
    deaths,
    parts,
    with_verb,
)
from muster.extract.triggers import verb_act
from muster.extract.vocabulary import acts, nouns
from muster.languages.numbers import NumberSpan
from muster.records import Count

#: Acts whose nouns have the one they befall before them: "his arrest", "the prisoners' release".
_BEFALLING = {"release", "detain", "transfer", "displace", "abduct"}
_DYING = {"die", "perish", "succumb", "lose", "bury"}
#: Verbs whose subject did not do what befell: "found him dead", "treated 20 wounded", "saw her in custody".
_TELLING = frozenset({"confirm", "declare", "fear", "find", "presume", "pronounce", "record", "report", "see"})
_CARING = frozenset({"admit", "hospitalise", "hospitalize", "treat"})
_GOING_OFF = {"explode", "go", "detonate", "plant", "place", "blow", "set", "throw", "hurl", "lob", "toss"}
_MEANS = {
    "way",
    "fire",
    "attack",
    "assault",
    "raid",
    "strike",
    "operation",
    "vehicle",
    "shot",
    "force",
    "truck",
    "offensive",
}


def events(doc: Doc, numbers: Sequence[NumberSpan], before: str | None = None) -> list[Event]:
    """All events of a block, in order of their head; before is the act of the last toll above it."""
    counted = by_token(doc, numbers)
    found: list[Event] = []
    tokens = list(doc)
    for token in tokens:
        if (token.pos_ in ("VERB", "AUX") or token.tag_ == "VBN") and token.dep_ != "amod" and is_told(token):
            found += _verb_events(doc, token, counted)
    for token in tokens:
        found += casualties(doc, token, counted, found)
    found += barrages(doc, counted, found)
    for token in tokens:
        event = _nominal(doc, token, counted, found) if token.pos_ in ("NOUN", "PROPN", "VERB") else None
        if event is not None:
            found.append(event)
    found += populations(doc, numbers, found)
    found += bare_numbers(doc, counted, found, before)
    found += parts(doc, counted, found)
    found += culprits(doc, found)
    found = [with_number(doc, with_verb(doc, e, found), counted) for e in _distinct(found)]
    found = [_with_doer(doc, e, found) for e in in_rows(doc, counted, found) if not _is_left_open(doc, e)]
    return sorted(found, key=lambda e: (e.head, e.act))


def _is_left_open(doc: Doc, event: Event) -> bool:
    """Whether a toll is one of those between which a question leaves the choice: "the dead: three, 12 or 34?"."""
    sentence = doc[event.head].sent
    if event.count is None or not event.nominal or sentence[-1].text != "?":
        return False
    return any(t.lower_ == "or" and t.nbor(-1).like_num and t.nbor(1).like_num for t in sentence[1:-1])


def _with_doer(doc: Doc, event: Event, found: list[Event]) -> Event:
    """A killing or wounding with who did it, where it was in a deed of his: "were killed in a raid by soldiers"."""
    if event.act not in ("kill", "injure") or event.actor is not None or event.nominal:
        return event
    inside = [n for p in children(doc[event.head], "prep") if p.lower_ in ("in", "during") for n in children(p, "pobj")]
    deeds = [e.actor for e in found for n in inside if e.act == "attack" and e.head == n.i and e.actor is not None]
    armed = acts().words("attack", "armed")
    same_side = event.target is not None and lemma(doc[event.target]) in armed
    return event if not deeds or same_side else replace(event, actor=deeds[0])


def _verb_events(doc: Doc, verb: Token, counted: dict[int, NumberSpan]) -> list[Event]:
    if _is_casualty_word(verb, counted):
        return []
    match = verb_act(verb)
    asked = match is not None and (
        match.act in SPEECH_ACTS or (match.act in ("displace", "release") and is_asked_for(verb))
    )
    if match is None or (is_aim(verb) and not asked):
        return []
    actor, target = _roles(verb, match.act, match.suffer)
    bereaved = lemma(verb) == "lose" and not match.suffer and match.act == "kill"
    if bereaved or (match.act == "kill" and lemma(verb) in ("cost", "claim", "bury")):
        actor = None  # "it cost seven lives"
    told = match.act in ("kill", "disappear", "detain") and lemma(verb) in _TELLING
    if told or (match.act == "injure" and lemma(verb) in _CARING):
        actor = None
    if match.act in TOLL_ACTS and target is None and actor is None and elided_count(verb, match.act, counted) is None:
        return []
    (start, end), head = clause(verb), verb
    let = next(iter(children(verb, "ccomp", "xcomp")), None) if lemma(verb) == "let" else None
    if let is not None:  # "let 85 women and children leave"
        target, end = next(iter(children(let, "nsubj")), target), let.right_edge.i + 1
    if match.act == "ill_treat" and lemma(verb) in ("make", "force"):  # "were made to kneel in the yard"
        end = max([end, *(c.right_edge.i + 1 for c in children(verb, "xcomp", "advcl") if c.i == end + 1)])
    if match.act == "appeal" and end < len(doc) and doc[end].lower_ == "for":  # "asked for the centre to be evacuated"
        end = max(
            [end, *(c.right_edge.i + 1 for c in children(verb, "advcl", "ccomp", "prep") if c.left_edge.i == end)]
        )
    if target is not None and verb.dep_ == "acl" and verb.tag_ == "VBN" and match.act in TOLL_ACTS:
        start, end = phrase(target)[0], verb.i + 1  # "11 wounded by six bombs": the number and what befell
    elif told and match.act == "kill" and not match.suffer and not is_passive(verb) and target is not None:
        state = next((c for c in children(verb, "oprd", "ccomp", "xcomp", "acomp") if c.i > target.i), target)
        start, end, head = phrase(target)[0], max(state.i + 1, phrase(target)[1]), state
    elif match.act in TOLL_ACTS and _is_short(verb, target):
        start, end = verb.i - 1, verb.i + 1  # "two were killed and 70 injured in the attack"
        start -= length_before(verb.i - 1, counted)
    found = []
    targets = [target]
    who = subject(verb)
    each = who is not None and (who.tag_ == "NNS" or who.lower_ in ("each", "they", "we", "many", "all", "most"))
    uncounted = match.withheld or (
        bereaved and each and target is not None and target.tag_ == "NN"
    )  # "each lost a son"
    for one in targets:
        count = count_of(doc, one, match.act, counted) if one is not None and not uncounted else None
        if count is None and match.act == "attack":
            count = weapons_used(verb, counted)
        if count is None and actor is not None and match.act in ("escape", "return", "demonstrate"):
            count = count_of(doc, actor, match.act, counted)
        if count is None and one is None and match.act in TOLL_ACTS:
            count = elided_count(verb, match.act, counted)
        found.append(
            Event(
                act=match.act,
                head=head.i,
                start=start,
                end=end,
                actor=None if actor is None else actor.i,
                target=None if one is None else one.i,
                count=count,
                withheld=match.withheld,
                governor=verb.head.i if verb.dep_ == "advcl" else -1,
                unexplained=(bereaved or match.suffer or lemma(verb) == "bury")
                and lemma(verb) in _DYING
                and not _of_wounds(verb),
                certainty=0.75 if match.n_words > 1 or match.act in ("kill", "injure", "detain") else 0.65,
            )
        )
    return found


def _is_short(verb: Token, target: Token | None) -> bool:
    """Whether a participle stands right behind the number of those it befell, without an auxiliary."""
    if target is None or target.i != verb.i - 1 or target.pos_ != "NUM":
        return False
    return verb.tag_ == "VBN" and not children(verb, "aux", "auxpass", "dobj")


def _of_wounds(verb: Token) -> bool:
    """ "died of his wounds", "died under torture", "when a shell hit": violence is in the clause."""
    violent = nouns()["weapons"] | acts().words("kill", "wounds")
    return any(lemma(t) in violent for c in children(verb, "prep", "advcl", "dobj", "advmod") for t in c.subtree)


def _is_casualty_word(verb: Token, counted: dict[int, NumberSpan]) -> bool:
    """ "counted 17 wounded": a casualty phrase that the parse takes for a verb."""
    if verb.i - 1 not in counted or verb.lower_ not in acts().victims or children(verb, "aux", "auxpass", "dobj"):
        return False
    who = subject(verb)
    return who is None or who.i != verb.i - 1


def _roles(verb: Token, act: str, suffer: bool) -> tuple[Token | None, Token | None]:
    if suffer:
        return agent(verb), subject(verb)
    if act in ("escape", "return", "demonstrate") or (act == "disappear" and not objects(verb)):
        return subject(verb), None
    if is_passive(verb):
        governed = objects(verb)
        done_to = governed[0] if governed else None
        if done_to is not None and act in ("attack", "claim_responsibility") and is_weapon(done_to):
            return agent(verb), _struck(verb)
        if done_to is not None and act == "threaten" and lemma(done_to) == "threat":
            return agent(verb), _threatened(done_to, verb)
        return agent(verb), done_to
    who = subject(verb)
    governed = objects(verb)
    done_to = governed[0] if governed else None
    if done_to is not None and act == "attack" and (is_weapon(done_to) or lemma(done_to) in _MEANS):
        done_to = _struck(verb)
    if done_to is not None and act == "threaten" and lemma(done_to) in ("threat", "ultimatum", "warning"):
        done_to = _threatened(done_to, verb) or done_to
    if done_to is None or (act == "appeal" and lemma(verb) == "call"):
        done_to = _struck(verb) or done_to
    if who is not None and act == "attack" and is_weapon(who):
        who = None
    return who, done_to


def _threatened(threat: Token, verb: Token) -> Token | None:
    """Whom threats are made against."""
    against = [p for over in (threat, verb) for p in children(over, "prep") if p.lower_ in ("against", "to", "on")]
    return next((n for p in against for n in children(p, "pobj") if n.ent_type_ not in ("DATE", "TIME")), None)


_AT = ("on", "at", "upon", "into", "against", "to", "with", "around", "in", "inside")
_BESIDE = ("outside", "near", "by", "beside", "under", "beneath", "opposite")


def _struck(verb: Token) -> Token | None:
    """What a preposition leads to: "fired on residents", "called on the mission", "hurled stones at the camp".

    A bomb also strikes what it goes off beside; a thing goes before the town that it is in.
    """
    beside = _BESIDE if lemma(verb) in _GOING_OFF else ()
    found = []
    for preposition in children(verb, "prep", "dative"):
        if preposition.lower_ in _AT or preposition.lower_ in beside:
            found += [n for n in children(preposition, "pobj") if not is_time_like(n)]
    fronts = [n for n in found if n.lower_ in ("front", "vicinity", "middle")]
    found = [_behind(n) if n in fronts else n for n in found]
    if lemma(verb) in _GOING_OFF:
        found.sort(key=lambda n: (n.ent_type_ in ("GPE", "LOC"), n.i < verb.i))
    return found[0] if found else None


def _by_the_way(noun: Token) -> str | None:
    """The act of an event noun that carries nothing itself, where its sentence tells who did it or to what."""
    act = acts().nouns.get(lemma(noun))
    if act not in ("attack", "abduct", "damage_property"):
        return None
    by = doer(noun)
    return act if aimed_at(noun) is not None or (by is not None and heads_people(by)) else None


def _behind(front: Token) -> Token:
    """The embassy of "in front of the embassy"."""
    return next((n for p in children(front, "prep") if p.lower_ == "of" for n in children(p, "pobj")), front)


def _nominal(doc: Doc, noun: Token, counted: dict[int, NumberSpan], known: list[Event]) -> Event | None:
    base = lemma(noun)
    act = noun_act(noun) or _by_the_way(noun)
    if act in (None, "kill") and base in (
        "death",
        "toll",
        "killing",
        "fatality",
        "murder",
        "execution",
        "assassination",
        "remain",
    ):
        whose = [n for p in children(noun, "prep") for n in children(p, "pobj")]
        if base == "remain" and not any(heads_people(n) for n in whose):
            return None  # "the remains of 14 rockets"
        found = deaths(doc, noun, counted, known)
        by = doer(noun)
        laid = by is not None and (heads_people(by) or accusing(noun) is not None)
        if found is None and laid and base not in ("death", "toll", "fatality", "remain"):
            start, end = trim(doc, noun.left_edge.i, noun.i + 1)  # "the murder was ordered by the governor"
            found = Event(act="kill", head=noun.i, start=start, end=end, nominal=True, certainty=0.5)
        return found if found is None or by is None else replace(found, actor=by.i)
    if act is None or any(e.act == act and e.start <= noun.i < e.end for e in known):
        return None
    left, right = phrase(noun, wide=True)
    actor = target = None
    for child in noun.children:
        if child.dep_ == "poss" and (heads_people(child) or child.ent_type_ in ("PERSON", "ORG", "GPE", "NORP")):
            actor = child
        if child.dep_ == "poss" and act in _BEFALLING and (heads_people(child) or child.tag_ == "PRP$"):
            target, actor = child, None  # "the boy's arrest", "their release"
        for inner in children(child, "pobj") if child.dep_ == "prep" else ():
            if child.lower_ == "between" and act == "attack" and not is_time_like(inner):
                actor = actor or inner  # "clashes between the army and the militia"
            elif child.lower_ == "by":
                actor = actor if is_time_like(inner) or is_means(inner) else inner
            elif target is None and inner.ent_type_ not in ("DATE", "TIME") and _befalls(child, act):
                target = inner
    actor = actor or doer(noun)
    target = target or aimed_at(noun)
    was = occurrence(noun)
    if was is not None and not is_told(was):
        return None
    done = (
        noun.head
        if noun.dep_ in ("dobj", "nsubjpass") and lemma(noun.head) in acts().words("attack", "doing")
        else None
    )
    shown = signs(noun)
    done = shown.head if shown is not None and shown.dep_ == "dobj" else done  # "the bodies bore signs of torture"
    if was is None and done is not None and is_told(done):
        left, right = clause(done)  # "which began its offensive on 4 April"
    left, right = trim(doc, left, right) if was is None else clause(was)
    befell = target is not None and act not in ("attack", "ill_treat", "damage_property", "deny_access")
    return Event(
        act=act,
        count=_how_many(doc, noun, target if befell else None, act, counted),
        head=noun.i if was is None else was.i,
        start=left,
        end=right,
        actor=None if actor is None else actor.i,
        target=None if target is None else target.i,
        nominal=was is None,
        certainty=0.5,
    )


def _how_many(doc: Doc, noun: Token, target: Token | None, act: str, counted: dict[int, NumberSpan]) -> Count | None:
    """How many an event noun befell: "the arrest of 45 soldiers", "17 cases of disappearance"."""
    over = cases(noun)
    if over is not None and act in TOLL_ACTS:
        return count_of_one(doc, over, act, counted)
    return count_of(doc, target, act, counted) if target is not None and heads_people(target) else None


def _befalls(preposition: Token, act: str) -> bool:
    """Whether a preposition behind an event noun leads to what it befell: "raid on", "arrest of"."""
    word = preposition.lower_
    return word in ("on", "against", "at", "upon", "in") or (word == "of" and act != "attack")


def _distinct(found: list[Event]) -> list[Event]:
    """One event for each head; a nominal one gives way to a verb of the same act that covers it."""
    kept: list[Event] = []
    for event in sorted(found, key=lambda e: (e.nominal, e.head)):
        same = next((n for n, k in enumerate(kept) if _is_same(k, event)), None)
        if same is None:
            kept.append(event)
        elif _goes_on(kept[same], event):
            kept[same] = replace(kept[same], end=event.end)
    heads = {(k.head, k.act) for k in kept}
    return [k for k in kept if not ((k.governor, k.act) in heads and k.act == "attack" and k.target is None)]


def _is_same(kept: Event, event: Event) -> bool:
    if kept.act != event.act:
        return False
    if _goes_on(kept, event):
        return True
    one_noun = kept.nominal or event.nominal
    if one_noun and kept.count is not None and (kept.target, kept.count) == (event.target, event.count):
        return True  # "11 wounded were taken to hospital" tells of them once
    covered = event.nominal and kept.start <= event.head < kept.end
    return kept.head == event.head or (covered and not _other_count(kept, event))


def _goes_on(first: Event, event: Event) -> bool:
    """ "Were looted and burned", of the same lorries: one deed."""
    both = not first.nominal and not event.nominal and first.target is not None and first.target == event.target
    behind = first.end + 1 == event.start == event.head and event.end == event.head + 1
    return both and behind and first.count == event.count


def _other_count(a: Event, b: Event) -> bool:
    return b.count is not None and a.count is not None and (a.count.low, a.count.high) != (b.count.low, b.count.high)
