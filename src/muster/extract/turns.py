"""Labelled turns: who speaks in a transcript, an interview, the record of a parliament or a court.

"ITURRI: ...", "Mrs Lim [Oru North]: ...", "The Minister of Works (Mr Vey): ...", "Q: ...".  One line with a colon
may be anything, so a document is taken for talk only where labels come again and stand before sentences: a form
("Name: ...", "Age: ...") has labels too, but no sentences.  All that follows a label is its turn, to the next one.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from muster.extract.attribution import Attribution
from muster.extract.mentions import LINK
from muster.extract.parse import Doc
from muster.extract.vocabulary import cues, nouns

_LABEL = re.compile(
    r"[ \t]*(?:[\[(]?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?[\])]?[ \t]+)?(?:\d{1,3}[.)][ \t]+)?"
    r"(?P<name>[^\W\d_][^:;,?!\n\[\]()“”\"]{0,60}?)[ \t]*"
    r"(?:[\[(](?P<more>[^\])\n]{1,80})[\])][ \t]*)?:(?=\s|$)\s*",
    re.M,
)
_VOCATIVE = re.compile(
    r"(?:(?:(?:Mr|Mrs|Ms|Mister|Madam|Madame|Your|My|The)\.?\s+)?(?:Honou?rable\s+)?"
    r"(?:Speaker|President|Chair(?:man|woman|person)?|Honou?r|Lords?|Excellenc(?:y|ies)|Minister|Judge)"
    r"|Sir|Madam|Thank you|Yes|No|Well)(?:,\s*(?:Sir|Madam))?,\s+"
)
_SENTENCE = re.compile(r"\S+\s+\S+.*[.?!…][”\"’')\]]*\s*$", re.S)
_FEWEST, _SENTENCES = 3, 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label at text[start:end], colon and space included; the speaker's name at text[name_start:name_end].

    own: the voice of whoever publishes the document, which is no source.  person: the name reads like a person's.
    said: where what is said starts, behind the vocative ("Mr Speaker, Sir, ...").
    """

    start: int
    name_start: int
    name_end: int
    end: int
    said: int
    own: bool
    person: bool


def labels(text: str, stretches: Sequence[tuple[int, int]]) -> list[Label]:
    """The labels of a document that is talk, in order; stretches are its paragraphs, in order."""
    lines = [m for start, end in stretches for m in _at_line_starts(text, start, end)]
    lines = [m for m in lines if _can_be_label(m)]
    if not lines:
        return []
    stops = [*(m.start() for m in lines[1:]), stretches[-1][1]]
    told = sum(_SENTENCE.search(text[m.end() : stop]) is not None for m, stop in zip(lines, stops, strict=True))
    times = Counter(_key(m) for m in lines)
    strong = {_key(m) for m in lines if _is_speaker(m, text)}
    roles = {_key(m) for m in lines if _is_role(m)}
    talk = len(lines) >= _FEWEST and any(times[key] > 1 for key in strong)
    if not (talk or len(roles) > 1) or told < _SENTENCES * len(lines):
        return []
    return [_label(m, text) for m in lines if _key(m) in strong or times[_key(m)] > 1]


def spoken(docs: Sequence[Doc], at: Sequence[Label | None], closed: Sequence[bool]) -> list[Attribution | None]:
    """For each block the turn it belongs to, as an attribution of all of it; for a label one without content.

    at: the label that a block is, or None.  closed: blocks that end a turn, such as headings.
    """
    out: list[Attribution | None] = []
    current: Attribution | None = None
    for n, (doc, label) in enumerate(zip(docs, at, strict=True)):
        if label is not None:
            current = None if label.own else _opened(doc, label)
            out.append(current)
        elif current is None or closed[n]:
            current = None
            out.append(None)
        else:
            current = Attribution(
                cue=current.cue, cue_end=current.cue_end, speaker=current.speaker, kind="say",
                tokens=frozenset(range(len(doc))), back=current.back + 1, turn=True,
            )  # fmt: skip
            out.append(current)
    return out


def _opened(doc: Doc, label: Label) -> Attribution:
    """The label itself; its speaker is the head of the name, its cue the colon."""
    name = doc.char_span(label.name_start - label.start, label.name_end - label.start, alignment_mode="expand")
    colon = next((t.i for t in reversed(doc) if t.text == ":"), len(doc) - 1)
    head = name.root.i if not label.person else name.end - 1
    return Attribution(cue=colon, cue_end=colon + 1, speaker=head, kind="say", tokens=frozenset(), turn=True)


def _at_line_starts(text: str, start: int, end: int) -> list[re.Match[str]]:
    at, found = start, []
    while start <= at < end:
        match = _LABEL.match(text, at, end)
        if match is not None:
            found.append(match)
        at = text.find("\n", at, end) + 1 or end
    return found


def _key(match: re.Match[str]) -> str:
    return match["name"].casefold()


def _words(match: re.Match[str]) -> list[str]:
    return [w.strip(".") for w in match["name"].split()]


def _can_be_label(match: re.Match[str]) -> bool:
    """A few words, all of them capitalised but for joining ones, and no heading of a list."""
    words = _words(match)
    joining = LINK | {"and", "to", "in", "der", "van", "von", "la", "du", "da", "do"}
    capital = all(w[:1].isupper() or w.casefold() in joining or w.startswith("al-") for w in words if w)
    return 0 < len(words) <= 9 and (capital or _is_role(match)) and not {w.casefold() for w in words} & cues().labels


def _is_role(match: re.Match[str]) -> bool:
    words = {w.casefold() for w in _words(match)}
    known = cues().turns["speakers"] | cues().turns["own"]
    return bool(words & (known | cues().turns["letters"] if len(words) == 1 else known))


def _is_speaker(match: re.Match[str], text: str) -> bool:
    """Whether a label alone says that somebody speaks."""
    words = _words(match)
    if _is_role(match) or match["more"] is not None or (match["name"].isupper() and len(match["name"]) > 1):
        return True
    if words[0].casefold() in nouns()["titles"] or (words[0] == "The" and words[1:] and words[1][:1].isupper()):
        return True
    return _is_named(match["name"], text)


def _is_named(name: str, text: str) -> bool:
    """A word or two that the text has elsewhere as a name: capitalised within a sentence and never small."""
    plain = re.escape(name)
    return bool(re.search(rf"[a-z,] {plain}\b", text)) and not re.search(rf"\b{re.escape(name.lower())}\b", text)


def _label(match: re.Match[str], text: str) -> Label:
    words = _words(match)
    own = any(w.casefold() in cues().turns["own"] for w in words)
    name, more = match.span("name"), match["more"]
    if more is not None and words[0] == "The" and len(more.split()) > 1 and more[:1].isupper():
        name = match.span("more")  # "The Minister of Works (Mr Vey): ..."
        words = more.split()
    plain = {w.casefold() for w in words}
    bodies = nouns()["groups"] | nouns()["places"] | {"of", "the", "for"}
    parts = nouns()["titles"] | cues().turns["speakers"] | cues().turns["letters"]
    vocative = _VOCATIVE.match(text, match.end())
    return Label(
        start=match.start(),
        name_start=name[0],
        name_end=name[1],
        end=match.end(),
        said=match.end() if vocative is None else vocative.end(),
        own=own,
        person=not own and not plain & bodies and not plain <= parts,
    )
