"""Quotation marks: which stretches are speech, and which reporting verb each belongs to."""

import re
from dataclasses import dataclass

from muster.extract.parse import Doc, Token, lemma
from muster.extract.vocabulary import cues

_QUOTED = re.compile(
    r"“[^“”]*(?:”|$)|«[^«»]*(?:»|$)|(?<!\w)''.*?(?:''|$)|(?<!\w)\"[^\"]*(?:\"|$)|(?<!\w)‘[^‘’]{12,}’(?!\w)", re.S
)
_CLOSING = ("”", "»", '"', "’", "''")
_MARKS = "“”«»\"'‘’"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A stretch between quotation marks: tokens start..end, end exclusive; closed or running on."""

    start: int
    end: int
    closed: bool


def quotations(doc: Doc, *, least_tokens: int = 4) -> list[Quotation]:
    """Quotations that can be speech, in order; shorter ones are scare quotes or titles."""
    found = []
    for match in _QUOTED.finditer(doc.text):
        span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
        if span is not None and len(span) >= least_tokens:
            closed = match.group().endswith(_CLOSING) and len(match.group()) > 2
            found.append(Quotation(start=span.start, end=span.end, closed=closed))
    return found


def is_all_quoted(doc: Doc, quotes: list[Quotation]) -> bool:
    """Whether a block is quotation throughout."""
    inside = {i for q in quotes for i in range(q.start, q.end)}
    return bool(quotes) and all(t.i in inside or t.is_punct or t.is_space for t in doc)


def follows_on(doc: Doc, cue: int, said_until: int, quote: Quotation) -> bool:
    """A quotation in the sentence after a quoted one, with nothing but itself in its sentence."""
    told = doc[cue].sent
    between = [t for t in doc[said_until + 1 : quote.start] if not told.start <= t.i < told.end]
    return not any(t.pos_ in ("VERB", "AUX") and lemma(t) not in cues().verbs for t in between)


def sentences_around(doc: Doc, quote: Quotation) -> tuple[int, int]:
    """First and last + 1 token of the sentences that a quotation touches, and of the cue cut off behind it."""
    first, last = doc[quote.start].sent, doc[quote.end - 1].sent
    start, stop = first.start, last.end
    if quote.end >= last.end and quote.end < len(doc):
        following = doc[quote.end].sent
        if len(following) <= 12 and any(t.i <= quote.end + 4 and lemma(t) in cues().verbs for t in following):
            stop = following.end  # the parser cut the sentence at the closing mark
    before = [t for t in doc[max(start - 3, 0) : quote.start] if not t.is_space and t.text not in _MARKS]
    if start > 0 and quote.start - start <= 1 and before and before[-1].text == ":":
        start = doc[start - 1].sent.start
    return start, stop


def inverted(doc: Doc, verb: int) -> Token | None:
    """ "..." said Commissioner X: the noun right behind the verb."""
    for token in doc[verb + 1 : verb + 8]:
        if token.pos_ in ("PROPN", "NOUN", "PRON"):
            head = token
            while head.head.i > head.i and head.dep_ == "compound":
                head = head.head
            return head
        if token.pos_ not in ("DET", "ADJ", "PUNCT"):
            return None
    return None
