"""What a case holds, in lines."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from muster.cli.terminal import one_line
from muster.records import Disagreement

if TYPE_CHECKING:
    from muster.store.overview import Totals


def summary_lines(case: str, totals: "Totals", first: Sequence[Disagreement], n_rejects: int) -> list[str]:
    """Return the lines that end a build and open `muster show`."""
    lines = [
        f"  {count(totals.documents, 'document')}, {totals.read:,} of them read",
        f"  {count(totals.statements, 'statement')}, {count(totals.incidents, 'incident')}, "
        f"{count(totals.people, 'person')}",
        f"  {count(totals.disagreements, 'disagreement')}, {count(totals.problems, 'problem')} in single documents",
    ]
    if first:
        lines += ["", "Look at these first:", *(f"  · {one_line(each.why, 150)}" for each in first)]
    if n_rejects:
        lines += ["", f"{count(n_rejects, 'reject')}; to see why:  muster show {case} rejects"]
    return lines


def count(n: int, noun: str) -> str:
    """Return "1 incident", "2,000 people"."""
    plural = {"person": "people"}.get(noun, noun + "s")
    return f"{n:,} {noun if n == 1 else plural}"
