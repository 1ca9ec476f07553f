"""The words of an attribution as the text has them: character spans of source, cue and content."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from muster.extract.attitudes import attitudes
from muster.extract.attribution import Attribution
from muster.extract.attributions import document_attributions
from muster.extract.parse import Doc, Token

_BEFORE_CUE = {"aux", "auxpass", "neg", "advmod"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Characters start..end of one block, end exclusive; block counts from 0."""

    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributed:
    """One attribution over a whole document; a content that is broken up has more than one span."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: str


def attributed(docs: Sequence[Doc], headings: Sequence[bool], *, wide: bool = False) -> list[Attributed]:
    """All attributions of a document's blocks; what goes on over blocks is one.

    Method: docs/method/attribution.md.
    """
    out: dict[tuple[int, int], Attributed] = {}
    for block, found in enumerate(document_attributions(docs, headings)):
        more = attitudes(docs[block], {a.cue for a in found if not a.back}) if wide else []
        for a in [*found, *more]:
            origin = block - a.back
            content = _runs(docs[block], a.tokens, block)
            known = out.get((origin, a.cue))
            if known is not None:
                content = known.content + content
            out[origin, a.cue] = Attributed(
                source=known.source if known is not None else _source(docs[origin], a, origin),
                cue=known.cue if known is not None else _runs(docs[origin], cue_tokens(docs[origin], a), origin),
                content=content,
                kind=a.kind,
            )
    return [a for a in out.values() if a.content]


def cue_tokens(doc: Doc, a: Attribution) -> set[int]:
    """The cue with its auxiliaries, negation, adverbs before it and the preposition behind it."""
    verb = doc[a.cue]
    tokens = set(range(a.cue, max(a.cue_end, a.cue + 1)))
    if verb.pos_ in ("VERB", "AUX", "ADJ"):
        parts = {c.i for c in verb.children if c.dep_ in _BEFORE_CUE and c.i < verb.i and c.tag_ != "WRB"}
        if verb.pos_ == "ADJ" and verb.head.pos_ == "AUX":
            parts |= {verb.head.i} | {c.i for c in verb.head.children if c.dep_ in _BEFORE_CUE}
        at = a.cue - 1
        while at in parts:
            tokens.add(at)
            at -= 1
    return (tokens - a.tokens) or tokens


def _source(doc: Doc, a: Attribution, block: int) -> tuple[Span, ...]:
    if a.speaker is None:
        return ()
    head = _surface(doc[a.cue], doc[a.speaker])
    dropped = {t.i for child in head.children if _holds(child, a.cue) for t in child.subtree}
    tokens = {t.i for t in head.subtree} - dropped - a.tokens - {a.cue}
    if head.dep_ == "poss":
        tokens -= {c.i for c in head.children if c.dep_ == "case"}
    tokens = _with_head(tokens | {head.i}, head.i)
    while len(tokens) > 1 and (doc[max(tokens)].is_punct or doc[max(tokens)].is_space):
        tokens.discard(max(tokens))
    return _runs(doc, tokens, block)


def _surface(cue: Token, speaker: Token) -> Token:
    """The relative pronoun through which the speaker is named beside the cue, else the speaker."""
    for child in cue.children:
        if child.dep_ in ("nsubj", "nsubjpass") and child.tag_ in ("WP", "WDT") and child.i < cue.i:
            return child
    return speaker


def _holds(child: Token, cue: int) -> bool:
    return any(t.i == cue for t in child.subtree)


def _with_head(tokens: set[int], head: int) -> set[int]:
    """Only the unbroken run that the head stands in."""
    run, left, right = {head}, head - 1, head + 1
    while left in tokens:
        run.add(left)
        left -= 1
    while right in tokens:
        run.add(right)
        right += 1
    return run


def _runs(doc: Doc, tokens: Iterable[int], block: int) -> tuple[Span, ...]:
    """Tokens as unbroken stretches; a gap of nothing but space and marks does not break one."""
    out: list[tuple[int, int]] = []
    for i in sorted(tokens):
        between = doc[out[-1][1] : i] if out else ()
        if out and all(t.is_punct or t.is_space for t in between):
            out[-1] = (out[-1][0], i + 1)
        else:
            out.append((i, i + 1))
    kept = []
    for first, last in out:
        while (first < last and doc[first].is_space) or (last - first > 1 and doc[first].text in (",", ".", ";")):
            first += 1
        if any(not (t.is_punct or t.is_space) or t.text == ":" for t in doc[first:last]):
            start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1].text)
            kept.append(Span(block=block, start=start, end=end))
    return tuple(kept)
