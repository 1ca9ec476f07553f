"""Where statements without a place of their own were: where their paragraph is, and the scene of the document."""

from collections import Counter
from dataclasses import replace

from muster.extract.inherited import (
    ATTENDANT,
    DAYS,
    HAPPENS,
    MOVES,
    RESPONSIBILITY,
    UNREAL,
    VIOLENCE,
    Draft,
    families,
    outwards,
)
from muster.languages.countries import country_of
from muster.languages.edtf import parse_edtf
from muster.records import Statement, Words

_HARM = {"kill", "injure", "die_other"}
_SOMEWHERE = HAPPENS | RESPONSIBILITY | ATTENDANT


def placed(drafts: list[Draft], main_place: Words | None) -> list[Draft]:
    """Give what happened without a place of its own that of its paragraph, of a like statement, or of the document.

    main_place: the place that the document names most, where none of its violence has a place with a name.
    """
    site = _site(drafts) or main_place
    return [
        replace(d, statement=replace(d.statement, place=_place(drafts, i, site)))
        if d.statement.place is None and d.statement.act in _SOMEWHERE
        else d
        for i, d in enumerate(drafts)
    ]


def _place(drafts: list[Draft], i: int, site: Words | None) -> Words | None:
    """The place of the nearest like statement of its paragraph, where that paragraph is by then, or the site."""
    d = drafts[i]
    for kinds in families(d.statement.act):
        for k in outwards(drafts, i):
            same = drafts[k].statement.start == d.statement.start
            found = _passed_on(drafts[k], kinds, same=same and d.statement.act in _HARM)
            if drafts[k].block == d.block and found is not None and (k < i or (same and _is_named(found))):
                return found
    if d.stage is not None:
        return d.stage
    for kinds in families(d.statement.act):
        for k in outwards(drafts, i):
            found = _passed_on(drafts[k], kinds)
            if drafts[k].block == d.block and found is not None and _is_named(found):
                return found
    if d.spoken_at is not None:
        return d.spoken_at
    for kinds in families(d.statement.act):
        for k in outwards(drafts, i):
            found = _passed_on(drafts[k], kinds)
            if found is not None and _is_named(found) and not _is_another_day(d.statement, drafts[k].statement):
                return found
    return site if d.statement.act not in MOVES - {"escape"} else None


def _is_another_day(one: Statement, other: Statement) -> bool:
    """Whether two statements give days of their own, and not the same: what was where then says nothing of now."""
    told = [s.when for s in (one, other) if s.when is not None and s.when.basis != "inherited"]
    spans = [days for when in told if (days := parse_edtf(when.edtf)) is not None]
    if len(spans) < 2 or any((days.last - days.first).days > DAYS for days in spans):
        return False
    return spans[0].last < spans[1].first or spans[1].last < spans[0].first


def _site(drafts: list[Draft]) -> Words | None:
    """Where most of the violence was that has a place of its own with a name, the first such place at a tie."""
    told = [place for d in drafts if (place := _passed_on(d, VIOLENCE)) is not None and _is_named(place)]
    votes = Counter(place.entity or place.name for place in told)
    return max(told, key=lambda place: votes[place.entity or place.name], default=None)


def _passed_on(d: Draft, kinds: set[str], *, same: bool = False) -> Words | None:
    """The place of a statement, if others can be where it was: no country, and no hospital that it was moved to."""
    place = d.statement.place
    unreal = (d.passing and not same) or d.statement.modality in UNREAL
    if d.statement.act not in kinds or unreal or place is None or country_of(place.name) is not None:
        return None
    return place


def _is_named(place: Words) -> bool:
    """Whether a place has a name: "the yard" is another yard a paragraph on."""
    return place.entity is not None or any(letter.isupper() for letter in place.name)
