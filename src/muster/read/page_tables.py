"""Tables of a page: which hold data rather than the page's layout, and their rows."""

from collections import defaultdict
from collections.abc import Sequence

from muster.read.draft import Passage, Run, collapse
from muster.read.elements import Page, Stretch
from muster.read.tables import row

_LONGEST_CELL = 400


class DataTables:
    """The data tables of a page; headers grows with each table that is met, in page order."""

    def __init__(self, page: Page, kept: Sequence[Stretch]) -> None:
        self.page = page
        self.headers: list[tuple[str, ...]] = []
        self._numbers: dict[int, int] = {}
        self._cells: dict[int, list[int]] = defaultdict(list)
        for i, element in enumerate(page.elements):
            if element.name in ("td", "th"):
                self._cells[element.parent].append(i)
        self._tables = self._data_tables(kept)

    def row_at(self, kept: Sequence[Stretch], at: int) -> tuple[int, Passage | None]:
        """How many stretches from `at` on are one row of a data table, and the row; (0, None) elsewhere."""
        table, tr, _ = self._place(kept[at])
        if table not in self._tables or tr < 0:
            return 0, None
        end = at + 1
        while end < len(kept) and self._place(kept[end])[:2] == (table, tr):
            end += 1
        cells = self._row_cells(tr, kept[at:end])
        titles = [self.page.elements[self._place(stretch)[2]].name == "th" for stretch in kept[at:end]]
        is_header = table not in self._numbers and all(titles)
        if table not in self._numbers:
            self._numbers[table] = len(self.headers)
            self.headers.append(tuple("".join(run.words for run in cell) for cell in cells) if is_header else ())
        return end - at, row(cells, self._numbers[table], is_header)

    def _place(self, stretch: Stretch) -> tuple[int, int, int]:
        """(table, tr, cell) around a stretch; -1 for each that there is none of."""
        found = {"table": -1, "tr": -1, "cell": -1}
        for i in self.page.ancestors(stretch.element):
            name = self.page.elements[i].name
            name = "cell" if name in ("td", "th") else name
            if name in found and found[name] < 0:
                found[name] = i
            if name == "table":
                break
        return found["table"], found["tr"], found["cell"]

    def _data_tables(self, kept: Sequence[Stretch]) -> set[int]:
        """Tables of at least two rows, most of two cells and more, none of them long."""
        cells: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
        long: set[int] = set()
        for stretch in kept:
            table, tr, cell = self._place(stretch)
            if tr >= 0 and cell >= 0:
                cells[table][tr].add(cell)
                if sum(len(run.words) for run in stretch.runs) > _LONGEST_CELL:
                    long.add(table)
        wide = {table: sum(len(mine) >= 2 for mine in rows.values()) for table, rows in cells.items()}
        return {t for t, rows in cells.items() if t not in long and len(rows) >= 2 and 2 * wide[t] >= len(rows)}

    def _row_cells(self, tr: int, found: Sequence[Stretch]) -> list[list[Run]]:
        cells: dict[int, list[Run]] = {i: [] for i in self._cells[tr][:1000]}
        for stretch in found:
            cell = cells.setdefault(self._place(stretch)[2], [])
            if cell and stretch.runs:
                cell.append(Run(" ", stretch.runs[0].part, cell[-1].end, stretch.runs[0].start))
            cell += stretch.runs
        return [list(collapse(runs)[0]) for _, runs in sorted(cells.items())]
