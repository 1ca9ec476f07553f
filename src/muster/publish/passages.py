"""A statement in its surroundings: the sentence marked in its paragraph, and who says it."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from muster.publish.index import Index
from muster.publish.rows import date_of
from muster.publish.wording import JUDGED, count_in_words, date_in_words, in_words
from muster.records import Reading, Statement, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One speaker: the name, and the words of the text where they are others ("he")."""

    name: str
    words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One statement as shown.

    before + lead + content + rest + after is a stretch of the reading's text: lead + content + rest is
    the quote, and content what is said.  cut_before and cut_after: the paragraph goes on.  chain begins
    with who publishes.  gist is the act and the count; gist_denied: it is denied,
    which a count of none says by itself.  part is the page or sheet, or "".  facts are
    (label, value, whether the value is the document's words).
    """

    id: str
    label: str
    document_id: str
    part: str
    start: int
    end: int
    language: str
    chain: tuple[Voice, ...]
    denied: bool
    modality: str
    gist: str
    gist_denied: bool
    before: str
    lead: str
    content: str
    rest: str
    after: str
    cut_before: bool
    cut_after: bool
    facts: tuple[tuple[str, str, bool], ...]


def cut_passages(index: Index, statement_ids: Iterable[str], chars: int) -> dict[str, Passage]:
    """Cut the statements out of their readings, each document read once, one in memory at a time."""
    by_document: dict[str, list[Statement]] = defaultdict(list)
    for statement_id in dict.fromkeys(statement_ids):
        statement = index.statements[statement_id]
        by_document[statement.document_id].append(statement)
    out = {}
    for document_id in sorted(by_document):
        reading = index.record.reading(document_id)
        starts = [block.start for block in reading.blocks]
        for statement in by_document[document_id]:
            out[statement.id] = _cut(index, statement, reading, starts, chars)
    return out


def narrow(passage: Passage, chars: int) -> Passage:
    """The same passage with at most about chars code points of its paragraph on either side."""
    before, cut_before = _tail(passage.before, chars)
    after, cut_after = _head(passage.after, chars)
    return replace(
        passage,
        before=before,
        after=after,
        cut_before=passage.cut_before or cut_before,
        cut_after=passage.cut_after or cut_after,
    )


def _cut(index: Index, statement: Statement, reading: Reading, starts: list[int], chars: int) -> Passage:
    text = reading.text
    low, high = _paragraph(statement, reading, starts)
    before, cut_before = _tail(text[low : statement.start], chars)
    after, cut_after = _head(text[statement.end : high], chars)
    inner_start = min(max(statement.content_start, statement.start), statement.end)
    inner_end = min(max(statement.content_end, inner_start), statement.end)
    return Passage(
        id=statement.id,
        label=index.labels[statement.id],
        document_id=statement.document_id,
        part=next((piece.part for piece in reading.pieces if piece.start <= statement.start < piece.end), ""),
        start=statement.start,
        end=statement.end,
        language=reading.language,
        chain=chain_of(index, statement),
        denied=statement.polarity == "denied",
        modality=statement.modality,
        gist=_gist(statement),
        gist_denied=statement.polarity == "denied" and not (statement.count and statement.count.high == 0),
        before=before.lstrip(),
        lead=text[statement.start : inner_start],
        content=text[inner_start:inner_end],
        rest=text[inner_end : statement.end],
        after=after.rstrip(),
        cut_before=cut_before,
        cut_after=cut_after,
        facts=facts_of(statement, index.dates),
    )


def _paragraph(statement: Statement, reading: Reading, starts: list[int]) -> tuple[int, int]:
    """The bounds of the blocks that the quote stands in; the quote's own where it stands in none."""
    first = max(bisect_right(starts, statement.start) - 1, 0)
    last = max(bisect_right(starts, max(statement.end - 1, statement.start)) - 1, first)
    blocks = reading.blocks[first : last + 1]
    if not blocks:
        return statement.start, statement.end
    return min(blocks[0].start, statement.start), max(blocks[-1].end, statement.end)


def _tail(text: str, chars: int) -> tuple[str, bool]:
    if len(text) <= chars:
        return text, False
    kept = text[len(text) - chars :]
    return kept.partition(" ")[2] or kept, True


def _head(text: str, chars: int) -> tuple[str, bool]:
    if len(text) <= chars:
        return text, False
    kept = text[:chars]
    return kept.rpartition(" ")[0] or kept, True


def _gist(statement: Statement) -> str:
    """The count where it says what is counted, with the act where it does not."""
    act = in_words(statement.act)
    if statement.count is None:
        return act
    number = count_in_words(statement.count, statement.act)
    return f"{act}: {number}" if statement.count.of == "other" else number


def chain_of(index: Index, statement: Statement) -> tuple[Voice, ...]:
    """Who says it, outermost first: the outlet, else the author, else the file; then those it quotes.

    Where the document quotes nobody its author, if named, speaks in the outlet.  One who publishes
    his own words stands once.
    """
    outline = index.outlines.get(statement.document_id)
    names = [name for name in (outline.outlet, outline.author) if name] if outline else []
    publisher = names or [index.documents[statement.document_id].name]
    spoken = tuple(_voice(words) for words in statement.said_by)
    if spoken and spoken[0].name.casefold() == publisher[0].casefold():
        return spoken
    return (*(Voice(name=name) for name in (publisher[:1] if spoken else publisher)), *spoken)


def _voice(words: Words) -> Voice:
    """The words are kept only where they say more than the name does: "he", "the general"."""
    heard = set(words.words.casefold().split()) - {"the", "a", "an"}
    return Voice(name=words.name, words=None if heard <= set(words.name.casefold().split()) else words.words)


def facts_of(statement: Statement, dates: Mapping[str, str]) -> tuple[tuple[str, str, bool], ...]:
    """What the extractor made of the sentence, as (label, value, whether the value is the document's words)."""
    date, basis = date_of(statement, dates)
    date = date or (statement.when.edtf if statement.when else None)
    roles = (("actor", statement.actor), ("target", statement.target), ("place", statement.place))
    return (
        ("act", in_words(statement.act), False),
        *((label, words.name, True) for label, words in roles if words),
        *(
            (("date", date_in_words(date) + (", as the incident" if basis == "incident" else ""), False),)
            if date
            else ()
        ),
        *((("count", count_in_words(statement.count, statement.act), False),) if statement.count else ()),
        ("stated as", f"{statement.polarity}, {statement.modality}", False),
        ("found by", f"{statement.extractor}, {_sureness(statement)}", False),
        ("judged", JUDGED[statement.status], False),
    )


def _sureness(statement: Statement) -> str:
    """How likely it is right, and where known, right with speaker, number and polarity."""
    full = statement.confidence_in_full
    with_all = "" if full is None else f" ({full:.2f} with speaker, number and polarity)"
    return f"confidence {statement.confidence:.2f}{with_all}"
