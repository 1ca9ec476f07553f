"""A document that contradicts itself: weekdays, sums, relative dates and tables.

Method: docs/method/contradiction.md, section 5.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import cache
from importlib.resources import files
from itertools import pairwise

from muster.languages.dates import DateSpan, find_dates, parse_edtf, weekday_of, years_where
from muster.languages.numbers import NumberSpan, find_counts
from muster.languages.scripts import flatten
from muster.records import Block, Disagreement, DisagreementKind, Extraction, Reading, Statement
from muster.weigh.finding import own_rank
from muster.weigh.folding import fold
from muster.weigh.lives import life_disagreements
from muster.weigh.tables import table_disagreements

#: A document dated this much before what it tells is in another time zone, not in error.
_GRACE = timedelta(days=1)
_PAST_ACTS = frozenset(
    {"attack", "kill", "injure", "die_other", "detain", "abduct", "disappear", "escape", "release", "return",
     "ill_treat", "damage_property", "demonstrate", "claim_responsibility", "deny_responsibility"}
)  # fmt: skip


@cache
def vocabulary() -> dict[str, tuple[str, ...]]:
    """The word lists of within.toml; all but the weekdays folded."""
    lists = tomllib.loads(files("muster.weigh").joinpath("within.toml").read_text(encoding="utf-8"))
    return {
        name: tuple(words if name == "weekdays" else map(flatten, words))
        for name, words in lists.items()
        if name not in ("columns", "lives")
    }


def check_document(reading: Reading, extraction: Extraction) -> tuple[Disagreement, ...]:
    """Find where a document cannot be right whatever others say.

    A weekday that does not fit its date; parts that do not make up their whole; "yesterday" beside
    another date; deeds told before they were done; an age that does not fit the birth; somebody alive after
    his death; in tables, a death before the birth, an age that does not fit it, a total that its column does not make.

    Each is put to the statements whose sentence holds the words; where none does, it is left out.

    Returns: sorted by a, kind, why; b is None.
    """
    found = [
        *_in_blocks(reading, extraction.statements),
        *_told_too_early(reading, extraction.statements),
        *table_disagreements(reading, extraction.statements),
        *life_disagreements(reading, extraction),
    ]
    return tuple(sorted(set(found), key=lambda d: (d.a, d.kind, d.why)))


def _in_blocks(reading: Reading, statements: Sequence[Statement]) -> Iterator[Disagreement]:
    for block in reading.blocks:
        text = reading.text[block.start : block.end]
        if not any(character.isdigit() for character in text) and not statements:
            continue
        inside = [s for s in statements if s.start < block.end and block.start < s.end]
        if not inside:
            continue
        dates = find_dates(text, reading.language, block.written_on or reading.published_on)
        for at, why in _wrong_weekdays(dates, reading, block):
            yield from _put_to(inside, block.start + at, "weekday", why)
        for at, why in _wrong_days(text, dates, block.written_on or reading.published_on):
            yield from _put_to(inside, block.start + at, "dateline", why)
        for start, end in sorted({(max(s.start, block.start), min(s.end, block.end)) for s in inside}):
            sum_why = _wrong_sum(reading.text[start:end], reading.language)
            if sum_why:
                yield from _put_to(_whole_first(inside, start, end), start, "sum", sum_why)


def _put_to(statements: Sequence[Statement], at: int, kind: DisagreementKind, why: str) -> Iterator[Disagreement]:
    """The statement that the words belong to: one dated by them, of violence first, else one they stand in."""
    around = [statement for statement in statements if statement.start <= at < statement.end]

    def nearness(statement: Statement) -> tuple[bool, bool, bool, int, str]:
        dated = statement.when is not None and statement.when.start <= at < statement.when.end
        inside = statement.content_start <= at < statement.content_end
        grave = statement.act in ("attack", "kill", "injure", "abduct")
        return (not dated, not grave, not inside, statement.content_start, statement.id)

    if around:
        best = min(around, key=nearness)
        yield Disagreement(a=best.id, b=None, kind=kind, why=why, rank=own_rank(kind, best))


def _wrong_weekdays(dates: Sequence[DateSpan], reading: Reading, block: Block) -> Iterator[tuple[int, str]]:
    """Weekdays beside dates that they do not fit; where the year was only inferred, of near dates."""
    names = vocabulary()["weekdays"]
    for span in dates:
        actual = weekday_of(span.edtf) if span.weekday is not None and span.basis == "stated" else None
        if actual is None or span.weekday is None or actual == span.weekday:
            continue
        day = parse_edtf(span.edtf)
        if day is None or not (
            re.search(r"\d{4}", fold(span.words)) or _near(span.edtf, block.written_on or reading.published_on)
        ):
            continue
        years = years_where(day.first.month, day.first.day, span.weekday, day.first.year)[:2]
        fits = " and ".join(map(str, sorted(years)))
        why = f"“{span.words}”: {span.edtf} was a {names[actual]}, not a {names[span.weekday]}"
        yield span.start, why + (f"; that day of the year was a {names[span.weekday]} in {fits}." if years else ".")


def _near(edtf: str, published_on: str | None) -> bool:
    day, published = parse_edtf(edtf), parse_edtf(published_on or "")
    return bool(day and published and abs(day.first - published.first) <= timedelta(days=60))


def _wrong_days(text: str, dates: Sequence[DateSpan], published_on: str | None) -> Iterator[tuple[int, str]]:
    """ "Yesterday, 13 January" in a text of 16 January."""
    for one, other in pairwise(dates):
        between = text[one.end : other.start]
        if {one.basis, other.basis} != {"relative", "stated"} or not re.fullmatch(r"\s*[,،(]?\s*", between):
            continue
        relative, stated = (one, other) if one.basis == "relative" else (other, one)
        meant, said = parse_edtf(relative.edtf), parse_edtf(stated.edtf)
        if meant and said and meant.first == meant.last and (said.last < meant.first or meant.last < said.first):
            yield (
                one.start,
                f"“{relative.words}” beside “{stated.words}”: in a text of {published_on} "
                f"“{relative.words}” is {relative.edtf}, not {stated.edtf}.",
            )


def _told_too_early(reading: Reading, statements: Sequence[Statement]) -> Iterator[Disagreement]:
    published = parse_edtf(reading.published_on or "")
    for statement in statements:
        if (
            not published
            or statement.when is None
            or statement.when.basis != "stated"
            or statement.act not in _PAST_ACTS
        ):
            continue
        done = parse_edtf(statement.when.edtf)
        later = done and done.first > published.last + _GRACE
        if later and statement.polarity == "affirmed" and statement.modality == "asserted":
            told = f"{statement.when.edtf} (“{statement.when.words}”)"
            why = f"It tells of {told} as past, and is itself dated {reading.published_on}."
            yield Disagreement(a=statement.id, b=None, kind="dateline", why=why, rank=own_rank("dateline", statement))


def _wrong_sum(sentence: str, language: str) -> str | None:
    """Say that a list of parts does not make up the whole before it; None where it does or is none."""
    cue = _breakdown(sentence)
    if cue is None:
        return None
    counts = find_counts(sentence, language)
    before = [count for count in counts if count.end <= cue[0]]
    parts = _listed(sentence, cue[1], [count for count in counts if count.start >= cue[1]])
    if not before or len(parts) < 2:
        return None
    whole, total = before[-1], sum(part.low for part in parts)
    if whole.low != whole.high or whole.low == total or max(part.low for part in parts) >= whole.low:
        return None
    listed = " + ".join(str(part.low) for part in parts)
    words = sentence[whole.start : parts[-1].end]
    return f"The parts do not make up the whole: {listed} = {total}, not {whole.low} (“{words}”)."


def _breakdown(sentence: str) -> tuple[int, int] | None:
    """Where the words that announce a breakdown start and end; a colon will do."""
    flat = flatten(sentence)
    spans = [(at, at + len(word)) for word in vocabulary()["breakdown"] if (at := flat.find(word)) >= 0]
    spans += [(at, at + 1) for at in [flat.find(":")] if at > 0]
    return min(spans) if spans else None


def _listed(sentence: str, start: int, counts: Sequence[NumberSpan]) -> list[NumberSpan]:
    """The numbers that open the items of a list; none unless every item opens with one.

    The list ends with the sentence, a semicolon apart; a number that does not open an item belongs
    to the words of the item before it.
    """
    parts: list[NumberSpan] = []
    rest = sentence[start:]
    if any(word in flatten(rest) for word in vocabulary()["open_ended"]):
        return []
    for item in re.finditer(r"(?:^|[,;،؛]\s*(?:and\b)?|\band\b|(?<=\s)و(?=\s?\w))\s*", rest):
        at = start + item.end()
        opening = [
            count for count in counts if 0 <= count.start - at <= 4 and not sentence[at : count.start].strip(" a")
        ]
        if opening:
            parts.append(opening[0])
        elif rest[item.start() : item.end()].strip().startswith((",", ";", "،", "؛")) and parts:
            return []
    exact = [part for part in parts if part.low == part.high]
    return exact if len(exact) == len(parts) else []


def _whole_first(statements: Sequence[Statement], start: int, end: int) -> list[Statement]:
    """The statement of the sentence with the largest count, which is the whole."""
    mine = [s for s in statements if s.start <= start and end <= s.end and s.count]
    return sorted(mine, key=lambda s: (-(s.count.low if s.count else 0), s.content_start, s.id))[:1]
