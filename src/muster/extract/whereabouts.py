"""Where an event is said to have been."""

import itertools
from collections.abc import Sequence

from muster.extract.event import Event
from muster.extract.naming import Names
from muster.extract.parse import Doc, Token, ancestors, children, lemma
from muster.extract.vocabulary import acts, nouns
from muster.records import Words

_AT = (
    "in",
    "at",
    "near",
    "on",
    "outside",
    "inside",
    "to",
    "into",
    "from",
    "around",
    "beside",
    "of",
    "within",
    "towards",
    "across",
    "throughout",
    "behind",
    "opposite",
    "aboard",
    "along",
    "through",
    "under",
    "beneath",
    "above",
    "amid",
    "before",
    "past",
    "against",
    "by",
)
#: Days that a name recogniser takes for places.
_FEASTS = frozenset(
    {
        *("easter", "christmas", "ramadan", "eid", "nowruz", "passover", "pentecost", "epiphany", "ashura", "diwali"),
        *("lent", "advent", "hanukkah", "purim", "vesak", "tet", "good", "palm", "ash", "holy"),
    }
)
#: Prepositions that say where something was, and not whither or whence.
_STANDING = ("in", "at", "near", "on", "outside", "inside")
#: What befalls people and things at one place.
_HAPPENING = ("attack", "kill", "injure", "die_other", "ill_treat", "detain", "abduct", "disappear", "damage_property")
#: Prepositions that set a thing beside a place.
_BESIDE = ("on", "near", "outside", "by", "beside", "below", "above", "behind", "beneath", "under", "opposite", "off")
_TOWARDS = ("for", "off", "out", "across", "aboard")
_MOVING = ("escape", "transfer", "displace", "return")
_BOUND = (*_MOVING, "interview_or_visit", "attack")
#: Clauses that tell of something else than the verb they hang on.
_CLAUSES = ("relcl", "acl", "advcl", "pcomp")
#: What is mostly one in a text, so that "the" is enough.
_SITES = frozenset(
    {
        *("camp", "prison", "jail", "base", "village", "town", "island", "site", "compound", "settlement", "valley"),
        *("district", "barracks", "mine", "square", "monastery", "depot"),
    }
)
_HOSPITALS = nouns()["wards"] - {"ward", "centre", "center"}
#: Verbs that take a place as their object, and what is refused or asked for with them.
_ENTERING = frozenset({"enter", "reach", "visit", "approach", "inspect", "storm", "surround"})
_ASKED = ("deny_access", "appeal", "interview_or_visit", "deny_contact")
_RECEIVING = ("bring", "receive", "treat", "admit", "have", "list", "count", "see", "register", "die")
_ACTING_GROUP = ("attack", "displace", "transfer", "return", "damage_property", "interview_or_visit", "deny_access")


def place_of(
    names: Names, block: int, doc: Doc, event: Event, elsewhere: frozenset[int], others: Sequence[Event] = ()
) -> Words | None:
    """The place that the event's own clause names, else its target if that is one, else its sentence's.

    elsewhere: tokens of speakers and of the verbs that attribute, whose places are not the event's.
    others: the events of the block; what stands in their clauses is theirs.
    """
    target = None if event.target is None else doc[event.target]
    struck = _struck(names, block, event, target)
    if struck is not None:
        return names.resolve(block, struck)
    own = _in_clause(names, block, doc, event)
    if own is not None:
        return own
    ward = _taken_in(names, block, doc, event)
    if ward is not None:
        return ward
    named = target is not None and names.place_at(block, target)
    thing = event.act == "damage_property" and not named  # "a store burned" tells what, not where
    if target is not None and not thing and _is_ground(names, block, target) and target.tag_ != "NNS":
        return _wide(names, block, target)
    if event.act == "report_figure" and event.actor is not None and _is_place(names, block, doc[event.actor]):
        return names.resolve(block, doc[event.actor])
    theirs = {i for e in others if e.head != event.head for i in range(e.start, e.end)}
    theirs -= set(range(event.start, event.end))
    standing = _STANDING if event.act in _HAPPENING else (*_STANDING, "to", "into")
    near = [
        token
        for token in doc[event.head].sent
        if token.dep_ == "pobj"
        and token.head.lower_ in standing
        and not {token.i, token.head.head.i} & elsewhere
        and not _FEASTS & {t.lower_ for t in token.subtree}
        and token.i not in theirs
        and names.place_at(block, token)
    ]
    # The last place before the deed is where the sentence stands by then.
    before = [token for token in near if token.i < event.head]
    return names.resolve(block, (before[-1:] or near[:1])[0]) if near else None


def _struck(names: Names, block: int, event: Event, target: Token | None) -> Token | None:
    """The place with a name that was attacked itself: "bombed the village of Oru in the hills" was in Oru."""
    if target is None or event.act not in ("attack", "damage_property") or target.dep_ not in ("dobj", "nsubjpass"):
        return None
    if names.place_at(block, target):
        return target
    if lemma(target) not in nouns()["regions"]:
        return None
    of = [n for p in children(target, "prep") if p.lower_ == "of" for n in children(p, "pobj")]
    return next((target for n in of if names.place_at(block, n)), None)


def _is_ground(names: Names, block: int, target: Token) -> bool:
    """Whether what a deed befell is a place, and no vehicle."""
    if lemma(target) in nouns()["vehicles"]:
        return names.place_at(block, target)
    return _is_place(names, block, target)


def _wide(names: Names, block: int, head: Token) -> Words:
    """A place with the named one that it is told to lie on, near or below: "the centre on Oru Island"."""
    found = names.resolve(block, head)
    if found.entity is not None or head.pos_ != "NOUN":
        return found
    offset = names.block(block).offset
    for over in head.rights:
        for name in children(over, "pobj") if over.lower_ in _BESIDE else []:
            if names.place_at(block, name) and offset + over.idx <= found.end + 1:
                end = names.words(block, name).end
                words = head.doc.text[found.start - offset : end - offset]
                return Words(start=found.start, end=end, words=words, name=words, entity=None)
    return found


def stages(names: Names, block: int, doc: Doc, elsewhere: frozenset[int]) -> list[tuple[int, Words]]:
    """Where a paragraph is from which token on: the places that its sentences name as those of what they tell.

    elsewhere: as in `place_of`.
    """
    found = []
    for token in doc:
        if token.i in elsewhere or token.dep_ not in ("pobj", "dobj") or not _is_place(names, block, token):
            continue
        indefinite = any(c.lower_ in ("a", "an", "one", "another") for c in token.lefts)
        if indefinite or lemma(token) in _HOSPITALS or lemma(token) in nouns()["vehicles"] - nouns()["places"]:
            continue
        if _is_scene(names, block, token, elsewhere):
            found.append((token.i, _wide(names, block, token)))
    return found


def spoken_at(names: Names, block: int, doc: Doc, speakers: frozenset[int]) -> list[tuple[int, Words]]:
    """The camps, prisons and towns in which speakers are told to be, which are mostly those that they speak of.

    A place of which the text says "the" without a name ("a guard at the base"), not an office or another town.
    """
    found = []
    for token in doc:
        if token.i in speakers and token.dep_ == "pobj" and token.head.lower_ in ("in", "at", "inside"):
            known = any(c.lower_ in ("the", "this") for c in token.lefts) and token.pos_ == "NOUN"
            if known and lemma(token) in _SITES:
                found.append((token.i, names.resolve(block, token)))
    return found


def _is_scene(names: Names, block: int, place: Token, elsewhere: frozenset[int]) -> bool:
    """Whether something is told to have been at a place: what was done there, or a deed by its noun."""
    if place.dep_ == "dobj":
        return lemma(place.head) in _ENTERING and place.head.i not in elsewhere
    told = place.head.head
    if place.head.lower_ not in _STANDING or told.i in elsewhere or told.dep_ in ("relcl", "acl"):
        return False
    deed = lemma(told) in nouns()["event_heads"] or lemma(told) in acts().nouns
    return told.pos_ in ("VERB", "AUX") or (deed and names.place_at(block, place))


def is_passing(names: Names, block: int, doc: Doc, event: Event, place: Words) -> bool:
    """Whether a place is a hospital or the town of one, where somebody died or was seen, and no scene of a deed."""
    if event.act not in ("kill", "injure", "die_other"):
        return False
    offset = names.block(block).offset
    span = doc.char_span(place.start - offset, place.end - offset, alignment_mode="expand")
    if span is None:
        return False
    over = [span.root, *itertools.takewhile(lambda a: a.pos_ in ("NOUN", "PROPN", "ADP"), ancestors(span.root))]
    return any(lemma(token) in _HOSPITALS for token in over[-1].subtree)


def _taken_in(names: Names, block: int, doc: Doc, event: Event) -> Words | None:
    """The hospital that speaks of those it received: "the hospital in the town said it had received ten bodies"."""
    head = doc[event.head]
    verb = head if head.pos_ == "VERB" else head.head
    if event.act not in ("kill", "injure") or lemma(verb) not in _RECEIVING:
        return None
    for token in head.sent:
        if lemma(token) not in nouns()["wards"]:
            continue
        town = [n for p in children(token, "prep") if p.lower_ in ("in", "at") for n in children(p, "pobj")]
        town = [n for n in town if n.pos_ == "PROPN" or names.place_at(block, n)]
        if town or names.place_at(block, token) or token.pos_ == "PROPN":
            return names.resolve(block, (town or [token])[0])
    return None


def _in_clause(names: Names, block: int, doc: Doc, event: Event) -> Words | None:
    at = (*_AT, *_TOWARDS) if event.act in _MOVING else _AT
    behind = [n for p in children(doc[event.head], "prep") if p.i >= event.end for n in children(p, "pobj")]
    found = [
        (_rank(names, block, token, event), token)
        for token in [*doc[event.start : event.end], *behind]
        if token.dep_ == "pobj" and token.head.lower_ in at and _is_site(names, block, token, event)
    ]
    if found:
        return _wide(names, block, min(found, key=lambda f: f[0])[1])
    for token in doc[event.start : event.end]:
        left = token.dep_ == "dobj" and event.act in _MOVING and token.head.i == event.head
        named = token.dep_ in ("poss", "compound", "nmod", "dobj") and event.act in _ACTING_GROUP
        asked = event.act in _ASKED and token.dep_ == "dobj" and lemma(token.head) in _ENTERING
        if (named and names.place_at(block, token)) or ((left or asked) and _is_place(names, block, token)):
            return names.resolve(block, token)
    return None


def _rank(names: Names, block: int, token: Token, event: Event) -> int:
    """How far a place is from being the event's own, 0 the nearest: what hangs on its verb, then on what is in it.

    Places in clauses of their own ("those who had fled to the hill were shot") come last.
    """
    over = token.head
    between = list(itertools.takewhile(lambda a: a.i != event.head, ancestors(over)))
    apart = sum(a.dep_ in _CLAUSES and a.tag_ != "VB" for a in between if a.pos_ in ("VERB", "AUX"))
    own = over.head.i == event.head or (over.head.pos_ == "ADV" and over.head.head.i == event.head)  # "back to Oru"
    rank: int = (0 if own else 6) + 10 * apart + (0 if names.place_at(block, token) else 1)
    whence = ("of", "from") if event.act != "escape" else ("of",)
    from_there = over.lower_ in whence or (event.act == "transfer" and any(a.lower_ == "from" for a in between))
    return rank + (8 if from_there else 0)


def _is_site(names: Names, block: int, token: Token, event: Event) -> bool:
    """Whether what a preposition leads to can be where the event was."""
    if _is_no_site(names, block, token, event):
        return False
    bound = event.act in _BOUND and token.pos_ == "PROPN" and token.head.lower_ in ("to", "for")
    return bound or _is_place(names, block, token)


def _is_no_site(names: Names, block: int, token: Token, event: Event) -> bool:
    """ "Men brought from the coast threw stones", "set fire to a store": whence somebody came, and what burned."""
    over = token.head
    if over.lower_ == "from" and event.act not in _MOVING and over.head.i != event.head:
        return True
    means = lemma(over.head) in nouns()["weapons"] | nouns()["vehicles"] and not names.place_at(block, token)
    if over.lower_ == "of" and means:
        return True  # "struck by an aircraft of a foreign state"
    if over.lower_ in ("of", "from") and over.head.i == event.actor and over.head.pos_ != "PRON":
        return True  # "an aircraft of a foreign state", "men from the coast"
    if lemma(token) in nouns()["vehicles"] and _is_means(token, event):
        return True
    burned = event.act == "damage_property" and over.lower_ in ("to", "of")
    return burned and not names.place_at(block, token)


def _is_means(vehicle: Token, event: Event) -> bool:
    """ "Taken in buses", "by boat", "men in two vans": how, or who, and not where."""
    if vehicle.head.lower_ == "by":
        return True
    apart = event.act in _MOVING or vehicle.head.head.i != event.head
    return apart and lemma(vehicle) not in nouns()["places"]


def _is_place(names: Names, block: int, token: Token) -> bool:
    if token.ent_type_ in ("DATE", "TIME") or _FEASTS & {t.lower_ for t in token.lefts} or token.lower_ in _FEASTS:
        return False
    if names.place_at(block, token):
        return True
    if token.pos_ == "PROPN" and token.dep_ == "pobj" and token.head.lower_ in ("in", "at", "near", "outside"):
        return True  # a name the tagger does not know
    if lemma(token) in nouns()["sides"]:
        within = [n for p in children(token, "prep") if p.lower_ == "of" for n in children(p, "pobj")]
        return any(_is_place(names, block, n) and lemma(n) not in nouns()["vehicles"] for n in within)
    return lemma(token) in nouns()["places"] | nouns()["spots"] or token.ent_type_ in ("GPE", "LOC", "FAC")
