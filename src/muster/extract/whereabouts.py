"""Where an event is said to have been."""

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
)
_ACTING_GROUP = ("attack", "displace", "transfer", "return", "damage_property", "interview_or_visit", "deny_access")


def place_of(names: Names, block: int, doc: Doc, event: Event, elsewhere: frozenset[int]) -> Words | None:
    """The place that the event's own clause names, else its target if that is one, else its sentence's.

    elsewhere: tokens of speakers and of the verbs that attribute, whose places are not the event's.
    """
    own = _in_clause(names, block, doc, event)
    if own is not None:
        return own
    if event.target is not None and _is_place(names, block, doc[event.target]):
        return names.resolve(block, doc[event.target])
    if event.act == "report_figure" and event.actor is not None and _is_place(names, block, doc[event.actor]):
        return names.resolve(block, doc[event.actor])
    for token in doc[event.head].sent:
        if token.i in elsewhere or token.head.head.i in elsewhere:
            continue
        if token.dep_ == "pobj" and token.head.lower_ in _AT[:8] and names.place_at(block, token):
            return names.resolve(block, token)
    return None


def _in_clause(names: Names, block: int, doc: Doc, event: Event) -> Words | None:
    best: tuple[int, Token] | None = None
    for token in doc[event.start : event.end]:
        if token.dep_ != "pobj" or token.head.lower_ not in _AT or not _is_place(names, block, token):
            continue
        rank = 0 if token.head.head.i == event.head else 6
        rank += (0 if names.place_at(block, token) else 1) + (4 if token.head.lower_ in ("of", "from") else 0)
        if best is None or rank < best[0]:
            best = (rank, token)
    if best is not None:
        return names.resolve(block, best[1])
    for token in doc[event.start : event.end]:
        if (
            token.dep_ in ("poss", "compound", "nmod", "dobj")
            and names.place_at(block, token)
            and event.act in _ACTING_GROUP
        ):
            return names.resolve(block, token)
    return None


def _is_place(names: Names, block: int, token: Token) -> bool:
    if token.ent_type_ in ("DATE", "TIME"):
        return False
    if names.place_at(block, token):
        return True
    return (lemma(token) in nouns()["places"] and not children(token, "poss")) or token.ent_type_ in (
        "GPE",
        "LOC",
        "FAC",
    )
