"""Rows of tables as statements: lists of victims, rolls of residents, tables of tolls.

A row of a list is a statement, by whoever made the list, about one person; a number in a table of
tolls is a statement by the source that its row names.  Method: docs/method/tables.md.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from muster.extract.identity import statement_id
from muster.extract.table_columns import COUNTED, Column, acts_in, column_of, facility_in, is_word
from muster.languages.dates import DateSpan, find_dates
from muster.languages.names import NAME_THRESHOLD, similarity
from muster.languages.numbers import find_numbers
from muster.records import Cell, Count, Counted, EntityKind, LocalEntity, Reading, Statement, Table, When, Words

_LOOK_BACK = 5000  # characters before a table in which its date is looked for
_LIST_CONFIDENCE, _TOLL_CONFIDENCE, _ROLL_CONFIDENCE = 0.9, 0.9, 0.7


@dataclass(slots=True)
class _Entities:
    """The persons, groups and places of the tables of one reading, each once."""

    found: list[LocalEntity] = field(default_factory=list)
    by_name: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def add(self, kind: EntityKind, name: str, forms: Sequence[str] = (), **traits: str | None) -> str:
        """Return the id of the entity with this name; two persons of one name differ in age or kin."""
        all_forms = tuple(sorted({name, *forms}))
        for at in self.by_name.get((kind, name), ()):
            known = self.found[at]
            if not _conflict(known, traits):
                merged = tuple(sorted({*known.forms, *all_forms}))
                kept = {key: value for key, value in traits.items() if value}
                self.found[at] = replace(known, forms=merged, n_mentions=known.n_mentions + 1, **kept)  # type: ignore[arg-type]
                return known.id
        entity = LocalEntity(id=f"e{len(self.found) + 1}", kind=kind, name=name, forms=all_forms, **traits)  # type: ignore[arg-type]
        for form in all_forms:
            self.by_name.setdefault((kind, form), []).append(len(self.found))
        self.found.append(entity)
        return entity.id


def _conflict(known: LocalEntity, traits: dict[str, str | None]) -> bool:
    return any(getattr(known, key) and value and getattr(known, key) != value for key, value in traits.items())


@dataclass(frozen=True, slots=True)
class _Row:
    """A row: its cells by role, and the span that is quoted."""

    reading: Reading
    columns: tuple[Column, ...]
    cells: tuple[Cell, ...]
    start: int
    end: int
    titled: When | None

    def text(self, cell: Cell) -> str:
        return self.reading.text[cell.start : cell.end]

    def of(self, *roles: str) -> list[tuple[Column, Cell]]:
        """Return the cells of these roles that hold something, in order."""
        pairs = zip(self.columns, self.cells, strict=False)
        return [(column, cell) for column, cell in pairs if column.role in roles and self.text(cell).strip()]

    def first(self, *roles: str) -> Cell | None:
        found = self.of(*roles)
        return found[0][1] if found else None

    def value(self, *roles: str) -> str | None:
        cell = self.first(*roles)
        return self.text(cell).strip() if cell else None


def _language(reading: Reading) -> str:
    return reading.language if reading.language in {"en", "ar", "fa"} else "en"


def _columns(reading: Reading, table: Table) -> tuple[tuple[Column, ...], tuple[tuple[Cell, ...], ...]]:
    """Return the columns, and the rows without a first row that turns out to be titles."""
    columns = tuple(map(column_of, table.header))
    if any(column.role for column in columns) or not table.rows:
        return columns, table.rows
    first = tuple(column_of(reading.text[cell.start : cell.end]) for cell in table.rows[0])
    return (first, table.rows[1:]) if sum(bool(column.role) for column in first) >= 2 else (columns, table.rows)


def _titled(reading: Reading, table: Table) -> When | None:
    """Return the date of a roll: "Status on 1 July 2017" heads a column."""
    for title in table.header:
        spans = find_dates(title, _language(reading), reading.published_on)
        if spans:
            return When(edtf=spans[0].edtf, basis="inherited", weekday=spans[0].weekday)
    return None


def _rows(reading: Reading, table: Table) -> Iterator[_Row]:
    columns, rows = _columns(reading, table)
    blocks = [block for block in reading.blocks if block.kind == "table_row"]
    starts = [block.start for block in blocks]
    titled = _titled(reading, table)
    for cells in rows:
        if not cells:
            continue
        low, high = min(cell.start for cell in cells), max(cell.end for cell in cells)
        at = bisect_right(starts, low) - 1
        block = blocks[at] if at >= 0 and high <= blocks[at].end else None
        start, end = (block.start, block.end) if block else (low, high)
        if reading.text[start:end].strip():
            yield _Row(reading, columns, cells, start, end, titled)


# --- dates, places, people ----------------------------------------------------------------------


def _when(span: DateSpan, offset: int) -> When:
    return When(
        edtf=span.edtf,
        basis=span.basis,
        words=span.words,
        start=span.start + offset,
        end=span.end + offset,
        weekday=span.weekday,
    )


def _dates_in(row: _Row, cell: Cell) -> list[When]:
    text = row.text(cell)
    spans = find_dates(text, _language(row.reading), row.reading.published_on)
    return [_when(span, cell.start) for span in spans]


def _row_date(row: _Row, act: str) -> When | None:
    """Return when the act befell the person: said beside it, else in a column of dates."""
    for _, cell in row.of("status", ""):
        if act in acts_in(row.text(cell), "states"):
            found = _dates_in(row, cell)
            if found:
                return found[0]
    dated = row.of("date")
    fitting = [cell for column, cell in dated if column.act in {act, None}] or [cell for _, cell in dated]
    return next((found[0] for cell in fitting if (found := _dates_in(row, cell))), None)


def _inherited(reading: Reading, table: Table, before: int) -> When | None:
    """Return the date that a table without dates is about: its caption's, else the last stated before it."""
    language, anchor = _language(reading), reading.published_on
    texts = [table.caption or "", reading.text[max(0, before - _LOOK_BACK) : before]]
    for text in texts:
        stated = [span for span in find_dates(text, language, anchor) if span.basis == "stated" and len(span.edtf) >= 7]
        if stated:
            return When(edtf=stated[-1].edtf, basis="inherited", weekday=stated[-1].weekday)
    return None


def _words_at(reading: Reading, start: int, end: int, name: str | None = None, entity: str | None = None) -> Words:
    words = reading.text[start:end]
    return Words(start=start, end=end, words=words, name=name or " ".join(words.split()), entity=entity)


def _trimmed(reading: Reading, cell: Cell) -> tuple[int, int]:
    text = reading.text[cell.start : cell.end]
    left = len(text) - len(text.lstrip())
    return cell.start + left, cell.start + len(text.rstrip())


def _place(row: _Row, act: str, entities: _Entities) -> Words | None:
    placed = row.of("place")
    cells = [cell for column, cell in placed if column.act in {act, None} and not row.text(cell).strip().isdecimal()]
    if cells:
        start, end = _trimmed(row.reading, cells[0])
        return _words_at(row.reading, start, end, entity=entities.add("place", row.text(cells[0]).strip()))
    for _, cell in row.of("status", ""):
        span = facility_in(row.text(cell))
        if span and act in acts_in(row.text(cell), "states"):
            start, end = cell.start + span[0], cell.start + span[1]
            return _words_at(row.reading, start, end, entity=entities.add("place", row.reading.text[start:end]))
    return None


def _name_span(row: _Row) -> tuple[int, int, str] | None:
    given, family, whole = row.first("given"), row.first("family"), row.first("name")
    if given and family:
        name = f"{row.value('given')} {row.value('family')}"
        parts = sorted((_trimmed(row.reading, given), _trimmed(row.reading, family)))
        between = [cell for cell in row.cells if parts[0][1] <= cell.start and cell.end <= parts[1][0]]
        return (*parts[0], name) if between else (parts[0][0], parts[1][1], name)
    cell = whole or given or family
    if cell is None:
        return None
    start, end = _trimmed(row.reading, cell)
    name = " ".join(row.reading.text[start:end].split())
    if whole and family and similarity(name, row.value("family") or "") < NAME_THRESHOLD:
        name = f"{name} {row.value('family')}"
    return start, end, name


def _person(row: _Row, entities: _Entities) -> Words | None:
    span = _name_span(row)
    if span is None or not any(map(str.isalpha, span[2])) or is_word(span[2], "total"):
        return None
    start, end, name = span
    other = row.value("other_name")
    father, born = row.value("father"), row.value("born")
    entity = entities.add(
        "person",
        name,
        [other] if other else [],
        age=row.value("age") or (f"born {born}" if born else None),
        kin=f"father: {father}" if father else None,
        role=None,
    )
    return _words_at(row.reading, start, end, name, entity)


# --- lists of people ------------------------------------------------------------------------------


def _heading_before(reading: Reading, table: Table, before: int) -> list[str]:
    """Return what may say whom a list holds: its caption, the nearest heading, the title."""
    headings = [
        reading.text[b.start : b.end] for b in reading.blocks if b.kind in {"heading", "title"} and b.end <= before
    ]
    return [table.caption or "", *reversed(headings[-3:]), reading.title or ""]


def _list_acts(row: _Row, headings: Sequence[str]) -> tuple[str, ...]:
    """Return what befell the person of a row: said in its cells, else by a title, else by a heading."""
    cells = [acts_in(row.text(cell), "states") for _, cell in row.of("status", "count", "")]
    said = tuple(dict.fromkeys(act for acts in cells for act in acts))
    implied = tuple(dict.fromkeys(c.act for c, _ in row.of("date", "place", "status") if c.act and c.act not in said))
    if said:
        return (
            said if not set(implied) - {"kill"} else tuple(dict.fromkeys((*said, *(a for a in implied if a != "kill"))))
        )
    if implied:
        return implied
    for heading in headings:
        acts = acts_in(heading, "lists")
        if acts:
            return acts[:1]
    return ()


def _one(act: str, words: str) -> Count:
    of: Counted = COUNTED.get(act, "other")  # type: ignore[assignment]
    return Count(low=1, high=1, of=of, words=words)


def _list_row(row: _Row, headings: Sequence[str], entities: _Entities, version: str) -> Iterator[Statement]:
    person = _person(row, entities)
    if person is None:
        return
    for found in _list_acts(row, headings):
        act = "report_figure" if found == "present" else found
        when = _row_date(row, found) or (row.titled if found == "present" else None)
        yield _statement(
            row,
            (row.start, row.end),
            act,
            version,
            extra=f"{person.start}",
            target=person,
            place=_place(row, found, entities),
            when=when,
            count=_one(act, person.words),
            confidence=_ROLL_CONFIDENCE if found == "present" else _LIST_CONFIDENCE,
        )


# --- tables of tolls ------------------------------------------------------------------------------


def _count(row: _Row, cell: Cell, act: str) -> Count | None:
    """Return the number of a cell; "none" is 0, an empty cell or a dash is not known."""
    text = row.text(cell).strip()
    of: Counted = COUNTED.get(act, "other")  # type: ignore[assignment]
    if not text or is_word(text, "unknown"):
        return None
    if is_word(text, "none"):
        return Count(low=0, high=0, of=of, words=text)
    spans = [span for span in find_numbers(text, _language(row.reading)) if span.kind in {"count", "year", "other"}]
    if not spans:
        return None
    span = spans[0]
    return Count(low=span.low, high=span.high, of=of, words=span.words, approximate=span.approximate)


def _label(row: _Row) -> tuple[Column, Cell] | None:
    """Return the cell that says whose number it is: a source, a group, else the first that is no number."""
    named = row.of("source") or row.of("group") or row.of("place") or row.of("date") or row.of("")
    return named[0] if named else None


def _toll_row(row: _Row, inherited: When | None, entities: _Entities, version: str) -> Iterator[Statement]:
    label = _label(row)
    said_by: tuple[Words, ...] = ()
    place = target = None
    when = next((found[0] for _, cell in row.of("date") if (found := _dates_in(row, cell))), inherited)
    is_total = label is not None and is_word(row.text(label[1]), "total")
    if label and not is_total:
        start, end = _trimmed(row.reading, label[1])
        words = _words_at(row.reading, start, end)
        if label[0].role == "source":
            said_by = (replace(words, entity=entities.add("group", words.name)),)
        elif label[0].role in {"group", ""}:
            target = words
    place_cell = row.first("place")
    if place_cell:
        start, end = _trimmed(row.reading, place_cell)
        place = _words_at(row.reading, start, end, entity=entities.add("place", row.text(place_cell).strip()))
    first = label[1].start if label else row.start
    for column, cell in row.of("count"):
        count = _count(row, cell, column.act or "")
        if count is None or column.act is None:
            continue
        start, end = _trimmed(row.reading, cell)
        own = _words_at(row.reading, start, end) if any(map(str.isalpha, row.text(cell))) and count.high != 0 else None
        yield _statement(
            row,
            (min(first, start), max(end, label[1].end if label else end)),
            column.act,
            version,
            extra=str(cell.start),
            said_by=said_by,
            target=own if own and own.words.strip() != count.words else target,
            place=place,
            when=when,
            count=replace(count, cumulative=is_total),
            denied=count.high == 0,
            confidence=_TOLL_CONFIDENCE,
        )


def _statement(
    row: _Row,
    content: tuple[int, int],
    act: str,
    version: str,
    *,
    extra: str,
    count: Count,
    confidence: float,
    said_by: tuple[Words, ...] = (),
    target: Words | None = None,
    place: Words | None = None,
    when: When | None = None,
    denied: bool = False,
) -> Statement:
    text = row.reading.text
    start, end = content
    return Statement(
        id=statement_id(row.reading.document_id, row.start, row.end, start, end, act, extra),
        document_id=row.reading.document_id,
        start=row.start,
        end=row.end,
        quote=text[row.start : row.end],
        content_start=start,
        content_end=end,
        content=text[start:end],
        said_by=said_by,
        cue=None,
        act=act,
        actor=None,
        target=target,
        place=place,
        when=when,
        count=count,
        polarity="denied" if denied else "affirmed",
        modality="asserted",
        confidence=confidence,
        extractor=version,
    )


def _table_statements(reading: Reading, table: Table, entities: _Entities, version: str) -> Iterator[Statement]:
    rows = list(_rows(reading, table))
    if not rows:
        return
    roles = {column.role for column in rows[0].columns}
    if roles & {"name", "given", "family"}:
        headings = _heading_before(reading, table, rows[0].start)
        for row in rows:
            yield from _list_row(row, headings, entities, version)
    elif "count" in roles:
        inherited = _inherited(reading, table, rows[0].start)
        for row in rows:
            yield from _toll_row(row, inherited, entities, version)


def extract_tables(reading: Reading, version: str) -> tuple[tuple[Statement, ...], tuple[LocalEntity, ...]]:
    """Return the statements of all tables of a reading, in order, and the entities they name.

    A table is read as a list of people where it has a column of names, else as a table of tolls where
    it has a column of numbers of people; any other table says nothing.  A row of a roll that only says
    that a person is present is act "report_figure", count 1 of residents, with the person as target.
    version names the extractor in each statement.
    """
    entities = _Entities()
    statements = [s for table in reading.tables for s in _table_statements(reading, table, entities, version)]
    return tuple(sorted(statements, key=lambda s: (s.start, s.content_end, s.act))), tuple(entities.found)
