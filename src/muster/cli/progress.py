"""The progress bar of a build: on standard error, and only where that is a terminal."""

from types import TracebackType
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    import rich.progress


class Bar:
    """A muster.run.progress.Progress with one line per stage.  A context manager."""

    def __init__(self, to: TextIO) -> None:
        self._bar: rich.progress.Progress | None = None
        self._task: rich.progress.TaskID | None = None
        if to.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            columns = (TextColumn("{task.description:>12}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
            self._bar = Progress(*columns, console=Console(file=to))

    def __enter__(self) -> "Bar":
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._end_stage()
            self._bar.stop()

    def begin(self, stage: str, total: int | None) -> None:
        """Begin a stage of so many documents; None where that is not known beforehand."""
        if self._bar:
            self._end_stage()
            self._task = self._bar.add_task(stage, total=total)

    def advance(self) -> None:
        """One more document is done with."""
        if self._bar and self._task is not None:
            self._bar.advance(self._task)

    def _end_stage(self) -> None:
        if self._bar and self._task is not None:
            task = self._bar.tasks[-1]
            self._bar.update(self._task, total=task.total if task.total is not None else task.completed or 1)
            self._bar.update(self._task, completed=self._bar.tasks[-1].total or 0)
