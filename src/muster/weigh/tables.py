"""Tables that contradict themselves: births and deaths, ages, totals.

Method: docs/method/contradiction.md, section 5.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from muster.languages.dates import find_dates
from muster.languages.edtf import Interval, parse_edtf
from muster.records import Cell, Disagreement, DisagreementKind, Reading, Statement, Table
from muster.weigh.finding import own_rank
from muster.weigh.folding import fold


@cache
def column_words() -> dict[str, frozenset[str]]:
    """The titles of columns and rows that mean something here, by what they mean, folded."""
    lists = tomllib.loads(files("muster.weigh").joinpath("within.toml").read_text(encoding="utf-8"))["columns"]
    return {name: frozenset(map(fold, words)) for name, words in lists.items()}


def table_disagreements(reading: Reading, statements: Sequence[Statement]) -> Iterator[Disagreement]:
    """What the tables of a reading say against themselves, put to the statements of the row."""
    for table in reading.tables:
        columns = {
            role: at
            for at, title in enumerate(table.header)
            for role in column_words()
            if fold(title.strip(" :")) in column_words()[role]
        }
        for row in table.rows:
            for why in (*_life(reading, row, columns), *_total(reading, table, row)):
                start, end = min(cell.start for cell in row), max(cell.end for cell in row)
                for statement in statements:
                    if statement.start < end and start < statement.end:
                        kind: DisagreementKind = "sum" if why.startswith("The rows") else "date"
                        rank = own_rank("sum" if kind == "sum" else "age", statement)
                        yield Disagreement(a=statement.id, b=None, kind=kind, why=why, rank=rank)


def _life(reading: Reading, row: Sequence[Cell], columns: dict[str, int]) -> Iterator[str]:
    """A death before the birth; an age that the years of birth and death do not make."""

    def cell(role: str) -> str:
        at = columns.get(role)
        return reading.text[row[at].start : row[at].end].strip() if at is not None and at < len(row) else ""

    born, died, age = _date(cell("born"), reading.language), _date(cell("died"), reading.language), fold(cell("age"))
    if born and died and died.last < born.first:
        yield f"Born {cell('born')}, died {cell('died')}: the death is before the birth."
    elif born and died and age.isdecimal():
        oldest, youngest = died.last.year - born.first.year, died.first.year - born.last.year - 1
        if not youngest <= int(age) <= oldest:
            yield f"Age {cell('age')} does not fit: born {cell('born')}, died {cell('died')}."


def _date(text: str, language: str) -> Interval | None:
    if re.fullmatch(r"\d{4}", fold(text)):
        return parse_edtf(fold(text))
    dates = find_dates(text, language, None)
    return parse_edtf(dates[0].edtf) if dates else None


def _total(reading: Reading, table: Table, row: Sequence[Cell]) -> Iterator[str]:
    """A row of totals that the rows above it do not make."""
    label = fold(reading.text[row[0].start : row[0].end].strip(" :"))
    if label not in column_words()["total"]:
        return
    above = table.rows[: table.rows.index(tuple(row))]
    for at in range(1, len(row)):
        cells = [fold(reading.text[r[at].start : r[at].end].strip()) for r in above if at < len(r)]
        given = fold(reading.text[row[at].start : row[at].end].strip())
        if (
            given.isdecimal()
            and len(cells) > 1
            and all(cell.isdecimal() for cell in cells)
            and sum(map(int, cells)) != int(given)
        ):
            title = table.header[at] if at < len(table.header) else f"column {at + 1}"
            yield f"The rows above make {sum(map(int, cells))} in the column “{title}”, not {given}."
