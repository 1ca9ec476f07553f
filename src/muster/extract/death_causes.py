"""Deaths whose own sentence says that it was not violence: "78 deaths linked to hunger", "died, both of heart attacks".

What explains a death stands behind it: after a preposition of cause, in a clause that tells of an accident, or in
one that tells of help that did not come.
"""

from muster.extract.event import Event
from muster.extract.parse import Doc, Token, lemma
from muster.extract.vocabulary import acts, nouns

_OF_CAUSE = frozenset({"of", "from", "to", "by", "through", "after", "with", "as"})
_DISASTERS = frozenset({"accident", "crash", "disaster", "earthquake", "flood", "epidemic"})
#: Words of one sentence that lie between a death and what explains it, at most.
_NEAR = 25


def died_otherwise(doc: Doc, event: Event) -> bool:
    """Whether the words behind a death, in its sentence, name a cause that is no violence."""
    behind = _behind(doc, event)
    words = {lemma(t) for t in behind if not (lemma(t) == "attack" and lemma(t.nbor(-1)) in ("heart", "asthma"))}
    if words & (nouns()["weapons"] | acts().words("kill", "violence")):
        return False
    if _without_help(behind):
        return True
    armed = words & acts().words("attack", "armed")
    return not armed and (any(_is_cause(t) for t in behind) or _by_mishap(behind))


def _behind(doc: Doc, event: Event) -> list[Token]:
    """The words behind a death, up to where somebody else's fate begins."""
    sentence = doc[event.head].sent
    found: list[Token] = []
    for token in doc[event.head + 1 : min(sentence.end, event.head + 1 + _NEAR)]:
        if token.text == ";" or lemma(token) in acts().victims or (token.dep_ == "conj" and token.like_num):
            break
        found.append(token)
    return found


def _is_cause(token: Token) -> bool:
    """Whether a word names what people die of, and a preposition leads to it."""
    if lemma(token) not in acts().words("die_other", "causes"):
        return False
    head: Token = token
    while head.dep_ in ("conj", "compound", "amod", "appos", "nmod") and head.head.i != head.i:
        head = head.head
    within = lemma(token) in _DISASTERS and head.head.lower_ in ("in", "during")
    return head.head.dep_ in ("prep", "agent", "prt") and (within or head.head.lower_ in _OF_CAUSE)


def _by_mishap(behind: list[Token]) -> bool:
    """ "Fell from the roof", "when the boat sank", "were knocked down on the road"."""
    return any(t.pos_ == "VERB" and lemma(t) in acts().words("die_other", "mishaps") for t in behind)


def _without_help(behind: list[Token]) -> bool:
    """ "After guards had ignored requests for a doctor", "for want of medicine"."""
    words = {lemma(t) for t in behind}
    withheld = words & acts().words("die_other", "withheld") or any(t.lower_ == "without" for t in behind)
    return bool(withheld and words & acts().words("die_other", "help"))
