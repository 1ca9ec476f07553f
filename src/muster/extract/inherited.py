"""What a statement without a date of its own takes from those around it."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from muster.extract.event import SPEECH_ACTS
from muster.languages.edtf import parse_edtf
from muster.records import Statement, When, Words

HAPPENS = {
    "attack", "kill", "injure", "detain", "abduct", "disappear", "damage_property", "ill_treat", "deny_medical_care",
    "die_other", "escape", "release", "return", "transfer", "displace", "interview_or_visit",
}  # fmt: skip
VIOLENCE = {"attack", "kill", "injure", "damage_property", "abduct", "disappear", "ill_treat"}
#: What has not been: it takes no date of what has, and gives none.
UNREAL = {"demanded", "offered", "threatened", "planned"}
#: What is mostly told with other acts, of the same day.
ATTENDANT = {"deny_access", "deny_contact", "demonstrate"}
MOVES = {"release", "escape", "return", "transfer", "displace"}
RESPONSIBILITY = {"claim_responsibility", "deny_responsibility"}
_AFTER = {"interview_or_visit"} | SPEECH_ACTS
DAYS, _MONTHS = 7, 62


@dataclass(slots=True)
class Draft:
    """A statement before its inherited date and place are known.

    block counts from 0.  part: as in `muster.extract.event.Event`.  spoken_of: the day last named before it, in
    the block with the number spoken_in (None: in another).  stage: the place that its paragraph has come to by then.
    spoken_at: where its speaker is, as one at the scene.  passing: its place is where somebody was brought, and where
    nothing else was.
    """

    statement: Statement
    block: int
    part: bool = False
    spoken_of: When | None = None
    spoken_in: int | None = None
    stage: Words | None = None
    spoken_at: Words | None = None
    passing: bool = False


def inherited(drafts: list[Draft], *, in_person: bool) -> list[Statement]:
    """Give what happened without a date of its own that of the story that it belongs to.

    in_person: a story told by whom it befell goes on from the day it last named.
    """
    story = _Story(drafts, in_person=in_person)
    out: list[Statement] = []
    for i, s in enumerate(d.statement for d in drafts):
        when = s.when
        if when is None and s.modality not in UNREAL:
            told = story.date(i)
            when = None if told is None else replace(told, basis="inherited")
        out.append(replace(s, when=when))
    return out


class _Story:
    """The days of a text, one after the other.

    Within a paragraph a statement is of the day that a like one named last, or of an earlier one that the paragraph
    names.  A new paragraph goes on with the day of which most was told so far, but a day before one already told of is
    a digression, which ends with its paragraph.  What stands above the first day, as headlines do, takes the day told
    behind it.  Where nothing like it is dated, what happened is of the day last named.
    """

    def __init__(self, drafts: list[Draft], *, in_person: bool) -> None:
        self._drafts, self._in_person = drafts, in_person
        self._when = [d.statement.when for d in drafts]
        #: Where the days stand on which somebody only came to see: what he saw was mostly of before.
        self._visits = {d.statement.when.start for d in drafts if d.statement.act in _AFTER and d.statement.when}

    def date(self, i: int) -> When | None:
        """The date of a statement that has none; to be asked for in the order of the text.

        A month is taken only from before; nothing is taken from what has not been.  What goes with other acts takes
        the date of its own paragraph only.
        """
        act = self._drafts[i].statement.act
        if act in ATTENDANT:
            return self._beside(i)
        if act not in HAPPENS:
            return None
        self._when[i] = self._in_paragraph(i) or self._elsewhere(i)
        return self._when[i]

    def _in_paragraph(self, i: int) -> When | None:
        d = self._drafts[i]
        like = next((k for k in range(i - 1, -1, -1) if self._drafts[k].block == d.block and self._is_like(i, k)), None)
        last = self._when[like] if like is not None else None
        named = d.spoken_of if d.spoken_in == d.block or self._in_person else None
        if self._in_person:
            return max((w for w in (last, named) if w is not None), key=lambda w: w.start, default=None)
        return last or self._earlier(named, self._elsewhere(i))

    def _earlier(self, named: When | None, going: When | None) -> When | None:
        """A day that a paragraph names before what it tells; news name later ones for visits, counts and inquiries."""
        return named if _is_before(named, going) else None

    def _elsewhere(self, i: int) -> When | None:
        for kinds, widest in [(k, w) for k in families(self._drafts[i].statement.act) for w in (DAYS, _MONTHS)]:
            before = [k for k in range(i) if self._gives(k, kinds, widest)]
            going = [k for k in before if not self._is_digression(k, before)]
            if going:
                told = Counter(when.edtf for k in going if (when := self._drafts[k].statement.when) is not None)
                return max(
                    (w for k in going if (w := self._when[k]) is not None), key=lambda w: (told[w.edtf], w.start)
                )
            if widest == DAYS:
                behind = next((k for k in range(i + 1, len(self._drafts)) if self._gives(k, kinds, widest)), None)
                if behind is not None:
                    return self._named(i) or self._when[behind]
        return self._named(i)

    def _named(self, i: int) -> When | None:
        """The day last named, for what happens on a day: hunger, disease and closed gates last."""
        named, act = self._drafts[i].spoken_of, self._drafts[i].statement.act
        if named is None or self._in_person:
            return named
        return named if named.start not in self._visits and act in VIOLENCE | MOVES | {"detain"} else None

    def _beside(self, i: int) -> When | None:
        for k in outwards(self._drafts, i):
            d, when = self._drafts[k], self._when[k]
            beside = d.block == self._drafts[i].block and d.statement.act not in SPEECH_ACTS and self._is_real(k)
            if beside and when is not None and not _is_wide(when, DAYS):
                return when
        return None

    def _is_like(self, i: int, k: int) -> bool:
        return any(self._gives(k, kinds, DAYS) for kinds in families(self._drafts[i].statement.act))

    def _gives(self, k: int, kinds: set[str], widest: int) -> bool:
        when = self._when[k]
        return (
            when is not None
            and self._drafts[k].statement.act in kinds
            and self._is_real(k)
            and not _is_wide(when, widest)
        )

    def _is_real(self, k: int) -> bool:
        return self._drafts[k].statement.modality not in UNREAL and not self._drafts[k].part

    def _is_digression(self, k: int, before: list[int]) -> bool:
        """Whether a paragraph goes back behind a day that one before it told of."""
        mine = self._when[k]
        return any(
            _is_before(mine, self._when[j]) for j in before if j < k and self._drafts[j].block != self._drafts[k].block
        )


def _is_before(a: When | None, b: When | None) -> bool:
    """Whether a date is before another; two that both lack their year are taken to be of one."""
    if a is None or b is None or a.edtf.startswith("XXXX-") != b.edtf.startswith("XXXX-"):
        return False
    mine, other = (parse_edtf(w.edtf.replace("XXXX-", "2000-")) for w in (a, b))
    return mine is not None and other is not None and mine.last < other.first


def families(act: str) -> tuple[set[str], set[str]]:
    """The acts that tell when and where another was: its own kind first, then violence."""
    if act in VIOLENCE or act in RESPONSIBILITY:
        return VIOLENCE, VIOLENCE
    return (MOVES if act in MOVES else {act}), VIOLENCE


def outwards(drafts: list[Draft], i: int) -> list[int]:
    """All others: those before, the nearest first, then those behind."""
    return [*range(i - 1, -1, -1), *range(i + 1, len(drafts))]


def _is_wide(when: When, widest: int) -> bool:
    """Whether a date is a period of more days, or goes on: it does not tell when another thing was."""
    if when.words.casefold().startswith(("since", "for ", "from ")):
        return True
    days = parse_edtf(when.edtf.replace("XXXX-", "2000-"))
    if days is None:
        return bool(re.search(r"\b(?:month|year|decade|season)s?\b", when.words))
    return (days.last - days.first).days > widest
