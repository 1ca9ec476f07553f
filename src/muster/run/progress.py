"""How a build says how far it is."""

from typing import Protocol


class Progress(Protocol):
    """Told of each stage as it begins, and of each document that is done with."""

    def begin(self, stage: str, total: int | None) -> None:
        """Begin a stage of so many documents; None where that is not known beforehand."""

    def advance(self) -> None:
        """One more document is done with."""


class Silent:
    """Says nothing."""

    def begin(self, stage: str, total: int | None) -> None:
        """Do nothing."""

    def advance(self) -> None:
        """Do nothing."""
