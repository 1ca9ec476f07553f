"""A cue at the end of its sentence whose content the parse lost in a long sentence.

"Five employees, two of them foreigners, were abducted on the road between A and B, the charity said on
Monday." has the same shape however the parse hangs its parts: a clause, a comma, a short noun phrase, a
reporting verb, at most a phrase of time or audience, and the full stop.
"""

from muster.extract.attribution import Attribution
from muster.extract.parse import Doc, Span, Token, lemma
from muster.extract.vocabulary import cues

_MOST_SPEAKER, _MOST_TAIL = 10, 8
_TAIL_TAGS = {"IN", "TO", "DT", "NNP", "NNPS", "NN", "NNS", "CD", "JJ", "PRP$", "RB", "POS", "CC"}


def final_cues(doc: Doc, found: list[Attribution]) -> list[Attribution]:
    """Attributions of sentences that end in "..., SPEAKER said (on Monday)." and have none by that cue."""
    known = {a.cue: a for a in found}
    out = []
    for sentence in doc.sents:
        cue = _final_cue(sentence)
        if cue is None:
            continue
        comma, verb = cue
        content = frozenset(range(sentence.start, comma))
        before = known.get(verb.i)
        if before is not None and len(before.tokens & content) * 2 >= len(content):
            continue
        speaker = _head(doc, comma + 1, verb.i)
        if speaker is not None:
            out.append(Attribution(cue=verb.i, cue_end=verb.i + 1, speaker=speaker.i, kind="say", tokens=content))
    return out


def _final_cue(sentence: Span) -> tuple[int, Token] | None:
    """The comma before the speaker, and the reporting verb."""
    tokens = [t for t in sentence if not t.is_space]
    while tokens and tokens[-1].is_punct:
        tokens.pop()
    for back, verb in enumerate(reversed(tokens)):
        if back > _MOST_TAIL:
            return None
        if verb.tag_ in ("VBD", "VBN") and cues().verbs.get(lemma(verb)) == "say":
            return _comma_before(sentence, verb)
        if verb.tag_ not in _TAIL_TAGS:
            return None
    return None


def _comma_before(sentence: Span, verb: Token) -> tuple[int, Token] | None:
    for i in range(verb.i - 1, max(verb.i - _MOST_SPEAKER, sentence.start) - 1, -1):
        token = sentence.doc[i]
        if token.text == ",":
            told = any(t.pos_ in ("VERB", "AUX") for t in sentence.doc[sentence.start : i])
            return (i, verb) if told and verb.i - i > 1 else None
        if token.pos_ in ("VERB", "AUX", "SCONJ", "PUNCT") or token.lower_ in ("who", "which", "that", "and"):
            return None if token.lower_ != "and" else _comma_before_pair(sentence, verb, i)
    return None


def _comma_before_pair(sentence: Span, verb: Token, joined: int) -> tuple[int, Token] | None:
    """ "..., the charity and local elders said": the comma before two who speak together."""
    for i in range(joined - 1, max(joined - 6, sentence.start) - 1, -1):
        token = sentence.doc[i]
        if token.text == ",":
            return i, verb
        if token.pos_ not in ("DET", "NOUN", "PROPN", "ADJ"):
            return None
    return None


def _head(doc: Doc, start: int, end: int) -> Token | None:
    """The first noun of the speaker's phrase that is followed by no other noun of it."""
    for i in range(start, end):
        last = i + 1 >= end or (
            doc[i + 1].pos_ not in ("NOUN", "PROPN") and doc[i + 1].text not in ("-", "'s", "’s", ".")
        )
        if doc[i].pos_ in ("NOUN", "PROPN", "PRON") and last and doc[i].tag_ != "PRP$":
            return doc[i]
    return None
