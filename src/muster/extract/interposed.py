"""Cues that are put into what they report: "Ten men, the bishop said on Monday, were held; two had died."

The parse hangs such a cue anywhere, but its shape is plain: a comma, a short noun phrase, a finite verb of
speech, at most a phrase of time, place or audience, and a comma, semicolon or full stop.
"""

from muster.extract.attribution import Attribution
from muster.extract.parse import Doc, Span, Token, lemma
from muster.extract.quotations import quotations
from muster.extract.vocabulary import cues

_MOST_SPEAKER, _MOST_TAIL = 9, 9
_OPENS = {",", "–", "—", "-", "("}
_CLOSES = {",", ";", ".", "–", "—", "-", ")", "!", "?", ":"}
_FINITE = {"VBD", "VBZ", "VBP", "MD"}
_CUE_TAGS = {"VBD", "VBZ", "VBP", "VBN"}
_IN_SPEAKER = {"DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM", "ADP", "PART", "CCONJ"}
_IN_TAIL = {"IN", "TO", "DT", "NNP", "NNPS", "NN", "NNS", "CD", "JJ", "PRP$", "POS", "RB"}
_AUDIENCE = {"tell", "inform", "assure"}


def interposed(doc: Doc, found: list[Attribution]) -> list[Attribution]:
    """Return the attributions found, with those of cues that are put in as their shape gives them."""
    made = [a for verb in doc if verb.tag_ in _CUE_TAGS and (a := _put_in(verb)) is not None]
    if not made:
        return found
    quoted = {i for q in quotations(doc, least_tokens=1) for i in range(q.start, q.end)}
    for one in made:
        before = [a for a in found if a.cue == one.cue]
        told = any(a.speaker == one.speaker and one.tokens <= a.tokens for a in before)
        if not told and not quoted & {*one.tokens, one.cue}:
            found = [*(a for a in found if a.cue != one.cue), one]
    return found


def _put_in(verb: Token) -> Attribution | None:
    base = lemma(verb)
    if base not in cues().put_in:
        return None
    sentence = verb.sent
    comma = _comma_before(sentence, verb)
    close = _close_behind(sentence, verb, audience=base in _AUDIENCE)
    if comma is None or close is None:
        return None
    who = _head(sentence.doc, comma + 1, verb.i)
    start = _segment_start(sentence, comma)
    end = _segment_end(sentence, close)
    content = [*range(start, comma), *range(close + 1, end)]
    told = any(sentence.doc[i].tag_ in _FINITE for i in content)
    if who is None or not told or not any(t.is_alpha for t in sentence.doc[start:comma]):
        return None
    kind = cues().verbs.get(base, "say")
    return Attribution(cue=verb.i, cue_end=verb.i + 1, speaker=who.i, kind=kind, tokens=frozenset(content))


def _comma_before(sentence: Span, verb: Token) -> int | None:
    """The mark before the speaker; nothing but his noun phrase lies between."""
    doc = sentence.doc
    for i in range(verb.i - 1, max(verb.i - _MOST_SPEAKER - 1, sentence.start) - 1, -1):
        token = doc[i]
        if token.text in _OPENS and not (token.text == "-" and not token.whitespace_):
            return i if verb.i - i > 1 and doc[i + 1].pos_ not in ("CCONJ", "ADP", "PART") else None
        if (token.pos_ not in _IN_SPEAKER and token.text != "-") or token.tag_ in ("WP", "WDT", "WRB", "WP$"):
            return None
    return None


def _close_behind(sentence: Span, verb: Token, *, audience: bool) -> int | None:
    """The mark behind the cue; a phrase of time, place or manner may lie between."""
    doc = sentence.doc
    for i in range(verb.i + 1, min(verb.i + _MOST_TAIL + 1, sentence.end)):
        token = doc[i]
        if token.text in _CLOSES:
            return i
        first = i == verb.i + 1
        opens = token.pos_ in ("ADP", "ADV") or token.ent_type_ in ("DATE", "TIME") or audience
        if token.tag_ not in _IN_TAIL or (first and not opens) or token.lower_ == "that":
            return None
    return sentence.end if verb.i + 1 == sentence.end else None


def _segment_start(sentence: Span, comma: int) -> int:
    doc, first = sentence.doc, int(sentence.start)
    if doc[comma - 1].tag_ in ("WP", "WDT"):  # "men who, they claim, are held"
        return comma - 1
    for i in range(comma - 1, max(comma - 4, sentence.start), -1):  # "held there, during which time, he says, ..."
        if doc[i].tag_ == "WDT" and doc[i - 1].pos_ == "ADP":
            return i - 1
    return next((t.i + 1 for t in reversed(doc[first:comma]) if t.text == ";"), first)


def _segment_end(sentence: Span, close: int) -> int:
    """Where what is said ends: before a clause that somebody else is said to say."""
    last = int(sentence.end)
    if close >= last or sentence.doc[close].text in (")", ".", "!", "?"):
        return min(close, last)
    for token in sentence.doc[close + 1 : last]:
        if token.tag_ in _FINITE and lemma(token) in cues().verbs:
            return max((int(t.i) for t in sentence.doc[close : token.i] if t.text in (",", ";")), default=last)
    return last


def _head(doc: Doc, start: int, end: int) -> Token | None:
    """The first noun of the speaker's phrase that no other noun of it follows."""
    for i in range(start, end):
        behind = doc[i + 1]
        last = i + 1 >= end or (behind.pos_ not in ("NOUN", "PROPN", "PART") and behind.text not in ("-", "."))
        if doc[i].pos_ in ("NOUN", "PROPN", "PRON", "NUM") and last and doc[i].tag_ not in ("PRP$", "EX"):
            return doc[i]
    return doc[end - 1] if end - start == 1 and doc[start].pos_ == "ADJ" else None
