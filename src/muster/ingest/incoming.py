"""A document on its way in, and the refusals at the door."""

import re
from dataclasses import dataclass

from muster.records import Reject

STAGE = "ingest"
# Written by systems, not by people; nobody misses them.
_LITTER = re.compile(r"(?:^|/)(?:\.DS_Store|Thumbs\.db|desktop\.ini|__MACOSX(?:/.*)?|\._[^/]*)$", re.IGNORECASE)
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One document as received.  name and container as in records; path is where it was found."""

    name: str
    path: str
    container: str | None
    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something was found: its name in the case, its file, and the archive it lies in."""

    name: str
    path: str
    container: str | None = None

    def inside(self, member: str) -> "Place":
        """The place of a member of the archive at this place."""
        return Place(name=f"{self.name}/{shown_name(member)}", path=self.path, container=self.name)


def shown_name(name: str) -> str:
    """A name that can be stored and shown: controls, direction marks and broken bytes as U+FFFD."""
    return _UNSHOWN.sub("\ufffd", name)


def is_litter(name: str) -> bool:
    """Whether an operating system left the file there (".DS_Store", "__MACOSX/...")."""
    return bool(_LITTER.search(name))


def refuse(place: Place, code: str, message: str, hint: str) -> Reject:
    """A refusal at the door."""
    return Reject(name=place.name, stage=STAGE, code=code, message=message, hint=hint, path=place.path)


def refuse_type(place: Place, what: str) -> Reject:
    """The refusal of a type that Muster does not read."""
    what, _, hint = what.partition(": ")
    advice = f"{hint[:1].upper()}{hint[1:]}." if hint else "Save it as .txt, .docx or PDF, or leave it out."
    return refuse(place, "unsupported_type", f"It is {what or 'of no type that Muster reads'}.", advice)
