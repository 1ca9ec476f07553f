"""What a text says of a person right beside the name: age, trade or role, a parent.

These keep two people of one name apart.  Only what stands next to the name is taken: "Karim Adan, a
baker of 40", "Karim Adan, 40,", "40-year-old baker Karim Adan", "Karim Adan, son of Yunus".
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from muster.records import Extraction, LocalEntity

_AGE = r"(?:aged? (?:of )?)?(?P<age>\d{1,2})"
_TRADE = r"(?:an?|the|his|her|their)\s+(?P<role>(?:[^\W\d_][\w-]*\s+){0,3}?[^\W\d_][\w-]*)"
_AFTER = (
    re.compile(rf",\s+{_TRADE}\s+(?:of|aged)\s+(?P<age>\d{{1,2}})\b(?!\s*(?:%|per))"),
    re.compile(rf"\s*(?:,\s+|\(){_AGE}(?=[,.;)]|\s+and\b|$)"),
    re.compile(rf",\s+{_TRADE}(?=[,.;)]|\s+(?:who|from|in|at|of|for|with|whose)\b|$)"),
    re.compile(r",?\s+(?P<kin>(?:son|daughter|child) of (?:the late )?[^\W\d_][\w'-]*(?:\s+[A-Z][\w'-]*){0,2})"),
)
_BEFORE = re.compile(r"(?P<age>\d{1,2})-year-old\s+(?P<role>(?:[a-z-]+\s+){0,2})$")
_REACH = 70


@dataclass(frozen=True, slots=True)
class Traits:
    """Age, role and kin as written, or None."""

    age: str | None = None
    role: str | None = None
    kin: str | None = None


def read_traits(text: str, extraction: Extraction) -> dict[str, Traits]:
    """Return what the text says of each person that it says something of, by local entity id.

    What the extraction holds already goes before; of what the text says, the first.
    """
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for mention in extraction.mentions:
        spans[mention.entity].append((mention.start, mention.end))
    return {
        person.id: _fill(person, _said(text, sorted(spans[person.id])))
        for person in extraction.entities
        if person.kind == "person"
    }


def _said(text: str, spans: Iterable[tuple[int, int]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for start, end in spans:
        after, before = text[end : end + _REACH], text[max(0, start - _REACH) : start]
        matches = [match for pattern in _AFTER if (match := pattern.match(after))]
        matches += [match for match in (_BEFORE.search(before),) if match]
        for match in matches:
            for name, words in match.groupdict().items():
                if words and words.strip():
                    found.setdefault(name, words.strip())
    return found


def _fill(person: LocalEntity, said: dict[str, str]) -> Traits:
    return Traits(
        age=person.age or said.get("age"), role=person.role or said.get("role"), kin=person.kin or said.get("kin")
    )
