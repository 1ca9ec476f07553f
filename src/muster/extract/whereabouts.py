"""Where an event is said to have been."""

from collections.abc import Sequence

from muster.extract.event import Event
from muster.extract.naming import Names
from muster.extract.parse import Doc, Token, children, lemma
from muster.extract.vocabulary import nouns
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
)
#: Days that a name recogniser takes for places.
_FEASTS = frozenset(
    {
        *("easter", "christmas", "ramadan", "eid", "nowruz", "passover", "pentecost", "epiphany", "ashura", "diwali"),
        *("lent", "advent", "hanukkah", "purim", "vesak", "tet", "good", "palm", "ash", "holy"),
    }
)
_TOWARDS = ("for", "off", "out", "across", "aboard")
_MOVING = ("escape", "transfer", "displace", "return")
_BOUND = (*_MOVING, "interview_or_visit", "attack")
_RECEIVING = ("bring", "receive", "treat", "admit", "have", "list", "count", "see", "register", "die")
_ACTING_GROUP = ("attack", "displace", "transfer", "return", "damage_property", "interview_or_visit", "deny_access")


def place_of(
    names: Names, block: int, doc: Doc, event: Event, elsewhere: frozenset[int], others: Sequence[Event] = ()
) -> Words | None:
    """The place that the event's own clause names, else its target if that is one, else its sentence's.

    elsewhere: tokens of speakers and of the verbs that attribute, whose places are not the event's.
    others: the events of the block; what stands in their clauses is theirs.
    """
    own = _in_clause(names, block, doc, event)
    if own is not None:
        return own
    ward = _taken_in(names, block, doc, event)
    if ward is not None:
        return ward
    target = None if event.target is None else doc[event.target]
    named = target is not None and names.place_at(block, target)
    thing = event.act == "damage_property" and not named  # "a store burned" tells what, not where
    if target is not None and not thing and _is_place(names, block, target) and target.tag_ != "NNS":
        return names.resolve(block, target)
    if event.act == "report_figure" and event.actor is not None and _is_place(names, block, doc[event.actor]):
        return names.resolve(block, doc[event.actor])
    theirs = {i for e in others if e.head != event.head for i in range(e.start, e.end)}
    theirs -= set(range(event.start, event.end))
    near = [
        token
        for token in doc[event.head].sent
        if token.dep_ == "pobj"
        and token.head.lower_ in _AT[:8]
        and not {token.i, token.head.head.i} & elsewhere
        and not _FEASTS & {t.lower_ for t in token.subtree}
        and token.i not in theirs
        and names.place_at(block, token)
    ]
    # The last place before the deed is where the sentence stands by then.
    before = [token for token in near if token.i < event.head]
    return names.resolve(block, (before[-1:] or near[:1])[0]) if near else None


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
    best: tuple[int, Token] | None = None
    at = (*_AT, *_TOWARDS) if event.act in _MOVING else _AT
    behind = [n for p in children(doc[event.head], "prep") if p.i >= event.end for n in children(p, "pobj")]
    for token in [*doc[event.start : event.end], *behind]:
        if _is_no_site(names, block, token, event):
            continue
        bound = (
            token.pos_ == "PROPN"
            and event.act in _BOUND
            and token.dep_ == "pobj"
            and token.head.lower_ in ("to", "for")
        )
        if token.dep_ != "pobj" or token.head.lower_ not in at or not (bound or _is_place(names, block, token)):
            continue
        rank = 0 if token.head.head.i == event.head else 6
        rank += (0 if names.place_at(block, token) else 1) + (4 if token.head.lower_ in ("of", "from") else 0)
        if best is None or rank < best[0]:
            best = (rank, token)
    if best is not None:
        return names.resolve(block, best[1])
    for token in doc[event.start : event.end]:
        left = token.dep_ == "dobj" and event.act in _MOVING and token.head.i == event.head
        named = token.dep_ in ("poss", "compound", "nmod", "dobj") and event.act in _ACTING_GROUP
        if (named and names.place_at(block, token)) or (left and _is_place(names, block, token)):
            return names.resolve(block, token)
    return None


def _is_no_site(names: Names, block: int, token: Token, event: Event) -> bool:
    """ "Men brought from the coast threw stones", "set fire to a store": whence somebody came, and what burned."""
    over = token.head
    if over.lower_ == "from" and event.act not in _MOVING and over.head.i != event.head:
        return True
    burned = event.act == "damage_property" and over.lower_ in ("to", "of")
    return burned and not names.place_at(block, token)


def _is_place(names: Names, block: int, token: Token) -> bool:
    if token.ent_type_ in ("DATE", "TIME") or _FEASTS & {t.lower_ for t in token.lefts} or token.lower_ in _FEASTS:
        return False
    if names.place_at(block, token):
        return True
    if token.pos_ == "PROPN" and token.dep_ == "pobj" and token.head.lower_ in ("in", "at", "near", "outside"):
        return True  # a name the tagger does not know
    return (lemma(token) in nouns()["places"] and not children(token, "poss")) or token.ent_type_ in (
        "GPE",
        "LOC",
        "FAC",
    )
