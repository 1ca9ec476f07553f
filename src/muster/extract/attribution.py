"""One attribution: who, by which word, what; and the chain of them that a word stands under."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One source, cue and content; all as token indices of the block.  speaker is a head token or None.

    kind is a cue class of cues_en.toml.  tokens are those of the content.  back: how many blocks before the
    content cue and speaker stand; 0 where they stand in the content's own block.
    cited: the words of one whom another speaker cites for all of his own.  turn: all that stands behind a label of
    talk ("MAYOR: ...").
    """

    cue: int
    cue_end: int
    speaker: int | None
    kind: str
    tokens: frozenset[int]
    quoted: bool = False
    back: int = 0
    cited: bool = False
    turn: bool = False

    @property
    def size(self) -> int:
        """How many tokens the content has."""
        return len(self.tokens)


def chain(found: Iterable[Attribution], token: int) -> list[Attribution]:
    """The attributions that a token stands under, outermost first."""
    return [a for a in found if token in a.tokens and (a.cue != token or a.back > 0)]
