"""What a case holds, in lines."""

import textwrap
from collections.abc import Sequence
from shlex import quote
from typing import TYPE_CHECKING

from muster.cli.terminal import one_line
from muster.records import Disagreement

if TYPE_CHECKING:
    from muster.store.case import Case
    from muster.store.overview import Totals

_WIDTH = 80
_MOST_LINES = 4


def summary_lines(case: str, totals: "Totals", first: Sequence[Disagreement], n_rejects: int) -> list[str]:
    """Return the lines that end a build and open `muster show`; case as it was given."""
    own = f", {totals.own:,} of them inside one document" if totals.own else ""
    lines = [
        f"  {count(totals.documents, 'document')}, {totals.read:,} of them read",
        f"  {count(totals.statements, 'statement')}, {count(totals.incidents, 'incident')}, "
        f"{count(totals.people, 'person')} named",
        f"  {count(totals.disagreements, 'disagreement')}{own}",
    ]
    if first:
        lines += ["", "Look at these first:", *(line for each in first for line in _item(each.why))]
    if totals.problems or n_rejects:
        lines.append("")
    if totals.problems:
        lines.append(f"{count(totals.problems, 'problem')}; to see them:  {command('show', case, 'problems')}")
    if n_rejects:
        lines.append(f"{count(n_rejects, 'reject')}; to see why:  {command('show', case, 'rejects')}")
    return lines


def command(verb: str, case: str, rest: str = "") -> str:
    """Return a command to be copied into a shell, whatever the case is called."""
    return f"muster {verb} {quote(case)} {rest}".rstrip()


def unless_whole(case: "Case", given: str) -> str:
    """Return what a reader of a case must know that is being built, or whose build was interrupted; else nothing."""
    from muster.store.overview import is_whole

    if is_whole(case):
        return ""
    said = "This case is not finished: a build is at work, or was interrupted."
    return f"{said}\nTo finish it:  {command('build', given)}"


def about_protected(case: "Case", given: str, with_protected: bool) -> str:
    """Return what whoever takes a report or an export must know of the names that are protected; else nothing."""
    from muster.store.protection import get_protection

    n = len(get_protection(case).protected)
    if not n:
        return ""
    if with_protected:
        return f"\n{count(n, 'protected name')} in it: keep this copy to yourself."
    look = command("show", given, "protected")
    return f"\n{count(n, 'protected name')} left out. Before you pass it on, read what still tells of them:  {look}"


def count(n: int, noun: str) -> str:
    """Return "1 incident", "2,000 people"."""
    plural = {"person": "people"}.get(noun, noun + "s")
    return f"{n:,} {noun if n == 1 else plural}"


def _item(text: str) -> list[str]:
    return textwrap.wrap(
        one_line(text), _WIDTH, initial_indent="  · ", subsequent_indent="    ", max_lines=_MOST_LINES, placeholder=" …"
    )
