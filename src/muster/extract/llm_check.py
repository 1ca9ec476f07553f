"""Holds what a language model proposes against the document: quotation by quotation, then sentence by sentence.

Method: docs/method/confidence.md, section 5.
"""

import re
from dataclasses import dataclass

from muster.extract.attribution import Attribution, chain
from muster.extract.attributions import attributions
from muster.extract.event import COUNTED, SPEECH_ACTS
from muster.extract.identity import statement_id
from muster.extract.manner import is_negated, modality, polarity
from muster.extract.parse import Doc, Span, ancestors, model, phrase
from muster.extract.quotations import quotations
from muster.languages.dates import find_dates
from muster.languages.numbers import find_counts
from muster.records import Count, Extraction, Modality, Polarity, Reading, Statement, When, Words

#: The quotations of a record beside its content.
ROLES = ("speaker", "cue", "actor", "target", "place", "when", "number")
_CONFIDENCE = 0.5  # not measured: below what "strict" keeps
_INSIDE_WORD = re.compile(r"(?<=\w)(?=\w)|(?<=\w)(?=-\w)|(?<=\w-)(?=\w)")
_ALIKE = {ord(mark): '"' for mark in "“”„«»″"} | {ord(mark): "'" for mark in "‘’‚‹›′`"}
_SPEECH: dict[str, Modality] = {"appeal": "demanded", "offer": "offered", "threaten": "threatened"}


class RefusedError(Exception):
    """A record that does not hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """A quotation where it was found; start and end count code points of Reading.text."""

    start: int
    end: int


def locate(quotation: str, text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where whole words of a text between two points are a quotation; None where they nowhere are.

    Looked for as it is, then with every run of white space one space and quotation marks made alike.
    """
    wanted = quotation.strip()
    if not wanted:
        return None
    exact = re.compile(re.escape(wanted))
    parts = [re.escape(part) for part in wanted.translate(_ALIKE).split()]
    for pattern, where in ((exact, text), (re.compile(r"\s+".join(parts)), text.translate(_ALIKE))):
        for found in pattern.finditer(where, start, end):
            if _is_whole(text, *found.span()):
                return found.span()
    return None


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a span begins and ends where words do: "able to leave" is no part of "unable to leave"."""
    return not any(_INSIDE_WORD.match(text, at) for at in (start, end))


class Check:
    """Holds the records of one passage against the reading."""

    def __init__(
        self, reading: Reading, passage: list[tuple[int, int]], found: Extraction, name: str, parser: str | None
    ) -> None:
        self._reading, self._pieces, self._found = reading, passage, found
        self._name, self._parser = name, parser
        self._parses: dict[int, tuple[Doc, list[Attribution]]] = {}
        self.text = "\n\n".join(reading.text[start:end] for start, end in passage)

    def statement(self, record: dict[str, str]) -> Statement:
        """The statement that a record stands for.

        Raises:
            RefusedError: a quotation is not there, or the sentence says otherwise.
        """
        at, content = self._content(record["content"])
        doc, attributed = self._parsed(at)
        said = doc.char_span(content.start - at, content.end - at, alignment_mode="expand")
        if said is None or said[0].sent.start != said[-1].sent.start:
            raise RefusedError
        start, end = self._sentence(at, said.root.sent, content)
        spans = {role: self._within(record[role], start, end) for role in ROLES if role in record}
        act, root = record["act"], said.root
        around = [a for a in chain(attributed, root.i) if a.cue != root.i or act not in SPEECH_ACTS]
        said_by = self._said_by(doc, at, around, root.i, spans.get("speaker"))
        count = self._count(spans.get("number"), act, start, end)
        verb = next((t for t in (root, *ancestors(root)) if t.pos_ in ("VERB", "AUX")), root)
        denied = polarity(root, around, withheld=act.startswith("deny_"))
        if denied == "affirmed" and verb.i != root.i and is_negated(verb):
            raise RefusedError  # "did not kill ten people": "ten people" alone would affirm it
        key = f"llm:{self._name}|{record.get('number')}|{record.get('target')}"
        text, id_ = self._reading.text, self._reading.document_id
        return Statement(
            id=statement_id(id_, start, end, content.start, content.end, act, key),
            document_id=id_,
            start=start,
            end=end,
            quote=text[start:end],
            content_start=content.start,
            content_end=content.end,
            content=text[content.start : content.end],
            said_by=said_by,
            cue=self._words(spans["cue"]) if "cue" in spans else None,
            act=act,
            actor=self._words(spans["actor"]) if "actor" in spans else None,
            target=self._words(spans["target"]) if "target" in spans else None,
            place=self._words(spans["place"]) if "place" in spans else None,
            when=self._when(spans["when"]) if "when" in spans else None,
            count=count,
            polarity=_polarity(denied, count),
            modality=_SPEECH.get(act) or modality(verb, around, speech=act in SPEECH_ACTS),
            confidence=_CONFIDENCE,
            extractor=f"llm:{self._name}",
        )

    def _said_by(
        self, doc: Doc, at: int, around: list[Attribution], root: int, speaker: _Span | None
    ) -> tuple[Words, ...]:
        """The chain: whom the parse sees outside, then the speaker that is quoted, on whom both must agree."""
        seen = [doc[a.speaker] for a in around if a.speaker is not None]
        if speaker is None:
            if seen or any(q.start <= root < q.end for q in quotations(doc)):
                raise RefusedError  # it would pass another's words off as the author's
            return ()
        if seen and not speaker.start <= at + seen[-1].idx < speaker.end:
            raise RefusedError
        outer = [doc[slice(*phrase(each))] for each in seen[:-1]]
        spans = [_Span(start=at + each.start_char, end=at + each.end_char) for each in outer]
        return tuple(self._words(each) for each in (*spans, speaker))

    def _content(self, quotation: str) -> tuple[int, _Span]:
        """The piece that holds a content, by its start, and where the content is."""
        for start, end in self._pieces:
            found = locate(quotation, self._reading.text, start, end)
            if found is not None:
                return start, _Span(start=found[0], end=found[1])
        raise RefusedError

    def _parsed(self, at: int) -> tuple[Doc, list[Attribution]]:
        """A piece by its start: its parse, and who says what in it."""
        if at not in self._parses:
            end = next(end for start, end in self._pieces if start == at)
            doc = model(self._parser)(self._reading.text[at:end])
            self._parses[at] = doc, attributions(doc)
        return self._parses[at]

    def _sentence(self, at: int, sentence: Span, content: _Span) -> tuple[int, int]:
        words = self._reading.text[at + sentence.start_char : at + sentence.end_char]
        start = at + sentence.start_char + len(words) - len(words.lstrip())
        return min(start, content.start), max(start + len(words.strip()), content.end)

    def _within(self, quotation: str, start: int, end: int) -> _Span:
        found = locate(quotation, self._reading.text, start, end)
        if found is None:
            raise RefusedError
        return _Span(start=found[0], end=found[1])

    def _words(self, span: _Span) -> Words:
        """The words of a span, with the name that the rules know them by."""
        words = self._reading.text[span.start : span.end]
        mention = next((m for m in self._found.mentions if (m.start, m.end) == (span.start, span.end)), None)
        entity = next((e for e in self._found.entities if mention is not None and e.id == mention.entity), None)
        return Words(
            start=span.start,
            end=span.end,
            words=words,
            name=entity.name if entity else " ".join(words.split()),
            entity=entity.id if entity else None,
        )

    def _when(self, span: _Span) -> When:
        dates = find_dates(self._reading.text[span.start : span.end], "en", self._reading.published_on)
        if not dates:
            raise RefusedError
        found = dates[0]
        return When(
            edtf=found.edtf,
            basis=found.basis,
            words=found.words,
            start=span.start + found.start,
            end=span.start + found.end,
            weekday=found.weekday,
        )

    def _count(self, span: _Span | None, act: str, start: int, end: int) -> Count | None:
        """The number as the sentence has it: "more than ten" where the model quotes "ten"."""
        if span is None:
            return None
        for number in find_counts(self._reading.text[start:end], "en"):
            if start + number.start < span.end and span.start < start + number.end:
                of = COUNTED.get(act, "other")
                return Count(
                    low=number.low, high=number.high, of=of, words=number.words, approximate=number.approximate
                )
        raise RefusedError


def _polarity(denied: Polarity, count: Count | None) -> Polarity:
    return "denied" if count is not None and count.high == 0 else denied
