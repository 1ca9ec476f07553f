"""When an event is said to have been: the dates of a block, each with the verb or noun it belongs to."""

import re
from dataclasses import replace

from muster.extract.attribution import Attribution
from muster.extract.event import Event
from muster.extract.parse import Doc, Token
from muster.languages.dates import DateSpan, find_dates
from muster.languages.edtf import shift
from muster.records import When

_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_AFTER = re.compile(rf"\b(?P<n>{'|'.join(_NUMBERS)}|\d{{1,3}})\s+(?P<unit>day|week|month|year)s?\s+after\b", re.I)


class Dates:
    """The dates of a document, block after block; relative ones count from the anchor and the date before."""

    def __init__(self, published_on: str | None) -> None:
        self._anchor = published_on
        self._reference: str | None = None
        self._owned: dict[int, list[tuple[DateSpan, int]]] = {}

    def anchor(self, day: str | None) -> None:
        """Count relative dates from this day on (the writer of a quoted message has his own)."""
        self._anchor = day

    def read(self, doc: Doc) -> None:
        """Find the dates of the next block and whose they are."""
        self._owned = {}
        for date in _paired(find_dates(doc.text, "en", self._anchor, self._reference, unresolved=True), doc.text):
            span = doc.char_span(date.start, date.end, alignment_mode="expand")
            if span is None or not date.edtf:
                continue
            self._reference = date.edtf if date.edtf != "XXXX" else self._reference
            self._owned.setdefault(_owner(span.root), []).append((date, span.start))
        self._read_afters(doc)

    def _read_afters(self, doc: Doc) -> None:
        """ "Two weeks after soldiers had fought there": counted back from the sentence's date, else the document's."""
        for found in _AFTER.finditer(doc.text):
            span = doc.char_span(found.start(), found.end(), alignment_mode="expand")
            verb = None if span is None else next((t for t in span if t.dep_ == "mark"), span[-1]).head
            if verb is None or verb.pos_ not in ("VERB", "AUX") or verb.i < span.end:
                continue
            told = [d for dates in self._owned.values() for d, at in dates if span.sent.start <= at < span.start]
            base = told[-1].edtf if told else self._anchor
            n = _NUMBERS.get(found["n"].casefold()) or int(found["n"])
            edtf = shift(base, -n, found["unit"].casefold()) if base else None
            if edtf is not None:
                date = DateSpan(start=found.start(), end=found.end(), words=found.group(), edtf=edtf, basis="relative")
                self._owned[verb.i] = [(date, span.start)]

    def of(self, doc: Doc, event: Event, around: list[Attribution], offset: int) -> When | None:
        """The date of an event: in its own clause, else of a clause it hangs on that is not the speaker's."""
        parts = [i for i in range(event.start, event.end) if doc[i].dep_ != "conj"]
        own = [d for i in parts for d in self._owned.get(i, [])]
        own = self._owned.get(event.head, []) or [d for d in own if event.start <= d[1] < event.end]
        if own:
            return _when(own[0][0], offset)
        cues = {a.cue for a in around}
        if event.nominal and event.count is not None:
            return None  # "saw 28 bodies on Wednesday" does not date the deaths
        token = doc[event.head]
        while token.head.i != token.i:
            token = token.head
            if token.i in cues:
                break
            if token.i in self._owned:
                return _when(self._owned[token.i][0][0], offset)
        for child in doc[event.head].subtree:
            if child.dep_ in ("conj", "advcl") and child.head.i == event.head and child.i in self._owned:
                return _when(self._owned[child.i][0][0], offset)
        sentence = doc[event.head].sent
        apart = [
            dated
            for i, dates in self._owned.items()
            for dated in dates
            if sentence.start <= dated[1] < sentence.end and i not in cues and doc[i].pos_ not in ("VERB", "AUX")
        ]
        return _when(apart[0][0], offset) if len(apart) == 1 else None


def _paired(dates: tuple[DateSpan, ...], text: str) -> list[DateSpan]:
    """ "Wednesday and Thursday" as one date, where the second follows the first."""
    out: list[DateSpan] = []
    for date in dates:
        last = out[-1] if out else None
        joined = last is not None and text[last.end : date.start].strip() == "and" and "/" not in last.edtf + date.edtf
        restated = last is not None and text[last.end : date.start].strip() in (",", "(") and date.basis == "stated"
        if last is not None and restated and last.basis == "relative" and "XXXX" not in date.edtf:
            out[-1] = replace(date, start=last.start, words=text[last.start : date.end])  # "yesterday, 13 January"
        elif last is not None and joined and len(last.edtf) == len(date.edtf) == 10 and last.edtf < date.edtf:
            edtf = f"{last.edtf}/{date.edtf}"
            out[-1] = replace(last, end=date.end, words=text[last.start : date.end], edtf=edtf, weekday=None)
        else:
            out.append(date)
    return out


def _owner(token: Token) -> int:
    """The verb or event noun that a date hangs on."""
    while token.head.i != token.i and token.dep_ != "conj":
        token = token.head
        if token.pos_ in ("VERB", "AUX") or (
            token.pos_ == "NOUN" and token.dep_ not in ("pobj", "npadvmod", "compound")
        ):
            break
        if token.pos_ == "NOUN" and token.head.pos_ == "ADP" and token.ent_type_ not in ("DATE", "TIME"):
            break
    i: int = token.i
    return i


def _when(date: DateSpan, offset: int) -> When:
    return When(
        edtf=date.edtf,
        basis=date.basis,
        words=date.words,
        start=offset + date.start,
        end=offset + date.end,
        weekday=date.weekday,
    )
