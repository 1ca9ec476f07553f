"""Whose paper a text is written on: a court, a ministry or an embassy that writes of itself by its own name.

"MINISTRY OF WORKS" at the head of a communiqué makes "the Ministry rejects ..." the writer's own words.
"""

import re
from collections.abc import Sequence

from muster.extract.parse import Token, lemma, phrase
from muster.extract.vocabulary import nouns

_LINES, _LONGEST = 7, 9
_JOINING = {"of", "the", "for", "and", "on", "to", "in"}


def letterheads(lines: Sequence[str]) -> tuple[frozenset[str], ...]:
    """The words of each line at the head of a text that names a body; lines are its first blocks, in order.

    Such a line is a name and nothing else; the first that is longer ends the head.
    """
    found = []
    for line in [part for block in lines[:_LINES] for part in block.split("\n")][:_LINES]:
        words = re.findall(r"[^\W\d_]+", line)
        if len(words) > _LONGEST:
            break
        low = [w.casefold() for w in words]
        bodies = [i for i, w in enumerate(low) if w in nouns()["groups"]]
        named = any(i + 1 == len(low) or low[i + 1] in ("of", "for", "on") for i in bodies)
        if named and all(w[0].isupper() or w in _JOINING for w in words) and not re.search(r"[.?!:;,]", line):
            found.append(frozenset(low))
    return tuple(found)


def writes(speaker: Token, heads: Sequence[frozenset[str]]) -> bool:
    """Whether a speaker is the body on whose paper the text stands: "the Court", "the Ministry of Works"."""
    if not heads or not speaker.text[:1].isupper() or lemma(speaker) not in nouns()["groups"]:
        return False
    left, right = phrase(speaker)
    words = {t.lower_ for t in speaker.doc[left:right] if t.is_alpha}
    return ("the" in words or len(words) > 1) and any(words - {"the"} <= head for head in heads)
