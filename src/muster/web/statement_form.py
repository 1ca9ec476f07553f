"""The form for a statement that a person adds: what was typed is checked, and nothing of it is lost."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from muster.languages.edtf import parse_edtf
from muster.records import Reading

_MOST_PLACES = 20
_AROUND = 60
_NAMES = ("actor", "target", "place")


class StatementForm:
    """What was typed, by field; problems hold what is wrong, by field, "" being the form as a whole.

    The words are found in the reading; where they stand there several times, places says where, and the
    field "start" which one is meant.
    """

    def __init__(self, typed: Mapping[str, str], reading: Reading) -> None:
        self.typed = {key: str(value) for key, value in typed.items()}
        self.problems: dict[str, str] = {}
        self._text = reading.text
        self.start = _number(self.get("start"))
        end = _number(self.get("end"))
        if not self.get("words") and self.start is not None and end is not None:
            words = self._text[self.start : end]
            self.start += len(words) - len(words.lstrip())
            self.typed["words"] = words.strip()
        self.words = self.get("words").strip()
        self.places = places_of(self._text, self.words)

    def get(self, field: str) -> str:
        """Return what was typed into a field."""
        return self.typed.get(field, "")

    def check(self) -> bool:
        """Tell whether it can be added; else problems say why not."""
        self._check_words()
        if not self.get("act"):
            self.problems["act"] = _("Choose what was done or said.")
        date = self.get("date").strip()
        if date and parse_edtf(date) is None:
            self.problems["date"] = _(
                "This is no date. Write it as 2017-03-04, 2017-03, 2017, or 2017-03-04/2017-03-06."
            )
        low, high = self.get("low").strip(), self.get("high").strip()
        if any(each and _number(each) is None for each in (low, high)):
            self.problems["count"] = _("A number is written in digits.")
        elif (_number(high) or 0) < (_number(low) or 0) and high:
            self.problems["count"] = _("The first number is the lower one.")
        elif high and not low:
            self.problems["count"] = _("Give the lower number too; 0 if it may be nobody.")
        return not self.problems

    def _check_words(self) -> None:
        if not self.words:
            self.problems["words"] = _("Give the words of the document that say so.")
        elif not self.places:
            self.problems["words"] = _("These words do not stand in the document like this. Copy them from it.")
        elif self.start not in [place for place, _before, _after in self.places]:
            if len(self.places) > 1:
                self.problems["start"] = _("These words stand there several times. Choose the place that is meant.")
            else:
                self.start = self.places[0][0]

    def fields(self) -> dict[str, object]:
        """Return the fields as a judgement sets them; only after `check`."""
        assert self.start is not None
        found: dict[str, object] = {
            "start": self.start, "end": self.start + len(self.words), "act": self.get("act"),
            "said_by": [line.strip() for line in self.get("said_by").splitlines() if line.strip()],
            "polarity": self.get("polarity") or "affirmed", "modality": self.get("modality") or "asserted",
        }  # fmt: skip
        for field in (*_NAMES, "date"):
            if self.get(field).strip():
                found[field] = self.get(field).strip()
        if self.get("low").strip():
            low, high = _number(self.get("low")), _number(self.get("high"))
            found["count"] = {"low": low, "high": high, "of": self.get("of") or "other"}
        return found


def _number(text: str) -> int | None:
    text = text.strip()
    return int(text) if re.fullmatch(r"[0-9]{1,12}", text) else None


def places_of(text: str, words: str) -> list[tuple[int, str, str]]:
    """Return where words stand in a text, each with some of what stands before and after; twenty at most.

    Where the exact words do not stand there, any white space is taken for any other of the same length.
    """
    found: list[tuple[int, str, str]] = []
    plain = re.sub(r"\s", " ", words)
    flat = re.sub(r"\s", " ", text)
    at = flat.find(plain) if plain else -1
    while at >= 0 and len(found) < _MOST_PLACES:
        end = at + len(plain)
        found.append((at, text[max(0, at - _AROUND) : at], text[end : end + _AROUND]))
        at = flat.find(plain, at + 1)
    return found
