"""What a statement without a date or place of its own takes from those around it."""

from dataclasses import dataclass, replace

from muster.extract.event import SPEECH_ACTS
from muster.languages.countries import country_of
from muster.languages.edtf import parse_edtf
from muster.records import Statement, When, Words

_HAPPENS = {
    "attack", "kill", "injure", "detain", "abduct", "disappear", "damage_property", "ill_treat", "deny_medical_care",
    "die_other", "escape", "release", "return", "transfer", "displace", "interview_or_visit",
}  # fmt: skip
_VIOLENCE = {"attack", "kill", "injure", "damage_property", "abduct", "disappear", "ill_treat"}
#: What has not been: it takes no date of what has, and gives none.
_UNREAL = {"demanded", "offered", "threatened", "planned"}
#: What is mostly told with other acts, of the same day.
_ATTENDANT = {"deny_access", "deny_contact", "demonstrate"}
_MOVES = {"release", "escape", "return", "transfer", "displace"}
_RESPONSIBILITY = {"claim_responsibility", "deny_responsibility"}
_DAYS, _MONTHS = 7, 62


@dataclass(slots=True)
class Draft:
    """A statement before its inherited date and place are known.

    block counts from 0.  part: as in `muster.extract.event.Event`.  spoken_of: the day last named before it.
    """

    statement: Statement
    block: int
    part: bool
    spoken_of: When | None


def inherited(drafts: list[Draft], main_place: Words | None, *, in_person: bool) -> list[Statement]:
    """Give what happened without a date or place of its own those of the nearest like statement.

    in_person: a story told by whom it befell goes on from the day it last named.
    main_place: where violence was that has no place of its own and no like statement with one.
    """
    out: list[Statement] = []
    for i, d in enumerate(drafts):
        s = d.statement
        when, place = s.when, s.place
        if when is None and s.modality not in _UNREAL:
            told = _date(drafts, i) or (d.spoken_of if in_person and s.act in _HAPPENS else None)
            when = None if told is None else replace(told, basis="inherited")
        if place is None and (s.act in _HAPPENS or s.act in _RESPONSIBILITY):
            place = _place(drafts, i) or (main_place if s.act in _VIOLENCE else None)
        out.append(replace(s, when=when, place=place))
    return out


def _date(drafts: list[Draft], i: int) -> When | None:
    """The date of the nearest statement of the kind; a month only from before; never of what has not been.

    What goes with other acts takes that of its own paragraph only.
    """
    act = drafts[i].statement.act
    for kinds, widest in [(kinds, widest) for kinds in _families(act) for widest in (_DAYS, _MONTHS)]:
        for k in _outwards(drafts, i):
            other, when = drafts[k].statement, drafts[k].statement.when
            if when is None or other.modality in _UNREAL or drafts[k].part or (k > i and widest == _MONTHS):
                continue
            if act in _HAPPENS and other.act in kinds and not _is_wide(when, widest):
                return when
            together = act in _ATTENDANT and drafts[k].block == drafts[i].block and other.act not in SPEECH_ACTS
            if together and not _is_wide(when, _DAYS):
                return when
    return None


def _place(drafts: list[Draft], i: int) -> Words | None:
    """The place of the nearest statement of the kind, but no country."""
    for kinds in _families(drafts[i].statement.act):
        for k in _outwards(drafts, i):
            other = drafts[k].statement
            if other.act not in kinds or other.place is None or country_of(other.place.name) is not None:
                continue
            if drafts[k].block == drafts[i].block or _is_named(other.place.name):
                return other.place
    return None


def _is_named(place: str) -> bool:
    """Whether a place has a name: "the yard" is another yard a paragraph on."""
    return place.upper() == place.lower() or any(letter.isupper() for letter in place)


def _families(act: str) -> tuple[set[str], set[str]]:
    """The acts that tell when and where another was: its own kind first, then violence."""
    if act in _VIOLENCE or act in _RESPONSIBILITY:
        return _VIOLENCE, _VIOLENCE
    return (_MOVES if act in _MOVES else {act}), _VIOLENCE


def _outwards(drafts: list[Draft], i: int) -> list[int]:
    """All others: those before, the nearest first, then those behind."""
    return [*range(i - 1, -1, -1), *range(i + 1, len(drafts))]


def _is_wide(when: When, widest: int) -> bool:
    """Whether a date is a period of more days, or goes on: it does not tell when another thing was."""
    if when.words.casefold().startswith(("since", "for ", "from ")):
        return True
    days = parse_edtf(when.edtf)
    return days is not None and (days.last - days.first).days > widest
