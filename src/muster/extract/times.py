"""When an event is said to have been: the dates of a block, each with the verb or noun it belongs to."""

from muster.extract.attribution import Attribution
from muster.extract.event import Event
from muster.extract.parse import Doc, Token
from muster.languages.dates import DateSpan, find_dates
from muster.records import When


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
        for date in find_dates(doc.text, "en", self._anchor, self._reference, unresolved=True):
            span = doc.char_span(date.start, date.end, alignment_mode="expand")
            if span is None or not date.edtf:
                continue
            self._reference = date.edtf if date.edtf != "XXXX" else self._reference
            self._owned.setdefault(_owner(span.root), []).append((date, span.start))

    def of(self, doc: Doc, event: Event, around: list[Attribution], offset: int) -> When | None:
        """The date of an event: in its own clause, else of a clause it hangs on that is not the speaker's."""
        own = [d for i in range(event.start, event.end) for d in self._owned.get(i, [])]
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


def _owner(token: Token) -> int:
    """The verb or event noun that a date hangs on."""
    while token.head.i != token.i:
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
