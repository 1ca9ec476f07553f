"""Folding, remembered: the same names and sentences are folded again and again."""

from functools import lru_cache

from muster.languages import scripts


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """As `muster.languages.scripts.fold`."""
    return scripts.fold(text)
