"""The form in which a reviewer corrects a statement's fields."""

from collections.abc import Mapping
from typing import Any, cast, get_args

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from muster.extract.vocabulary import acts
from muster.languages.edtf import parse_edtf
from muster.records import CorrectedCount, CorrectedFields, Counted, Modality, Polarity, Statement
from muster.web import wording

_MOST = 1000


def _choices(codes: tuple[str, ...], kind: str) -> list[tuple[str, Any]]:
    return [(code, wording.KINDS[kind].get(code, code)) for code in codes]


def act_choices() -> list[tuple[str, str]]:
    """The acts with their words, in the order of the words."""
    return sorted(((code, wording.word(code, "act")) for code in acts().codes), key=lambda each: each[1].casefold())


class Correction(forms.Form):
    """All fields of a statement, filled with what it says now; only what is changed is set."""

    act = forms.ChoiceField(label=wording.FIELDS["act"], choices=act_choices)
    said_by = forms.CharField(
        label=wording.FIELDS["said_by"], required=False, max_length=5 * _MOST,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("One name a line, whoever is quoted by the others last. Empty: the document's author says it."),
    )  # fmt: skip
    actor = forms.CharField(label=wording.FIELDS["actor"], required=False, max_length=_MOST)
    target = forms.CharField(label=wording.FIELDS["target"], required=False, max_length=_MOST)
    place = forms.CharField(label=wording.FIELDS["place"], required=False, max_length=_MOST)
    date = forms.CharField(
        label=wording.FIELDS["date"], required=False, max_length=64,
        help_text=_("2017-03-04, 2017-03, 2017; from one to another: 2017-03-04/2017-03-06; uncertain: 2017?"),
    )  # fmt: skip
    low = forms.IntegerField(label=_("How many, at least"), required=False, min_value=0, max_value=10**9)
    high = forms.IntegerField(label=_("at most"), required=False, min_value=0, max_value=10**9)
    or_more = forms.BooleanField(label=_("or more"), required=False)
    of = forms.ChoiceField(label=_("of"), choices=lambda: _choices(get_args(Counted), "counted"), required=False)
    polarity = forms.ChoiceField(
        label=wording.FIELDS["polarity"], choices=lambda: _choices(get_args(Polarity), "polarity")
    )
    modality = forms.ChoiceField(
        label=wording.FIELDS["modality"], choices=lambda: _choices(get_args(Modality), "modality")
    )
    reason = forms.CharField(label=_("Why (may be left out)"), required=False, max_length=10 * _MOST)

    def __init__(self, statement: Statement, typed: Any = None) -> None:
        """Fill the form with a statement, or with what was typed."""
        super().__init__(typed, initial=_initial(statement), auto_id="f-%s", use_required_attribute=False)
        for name, field in self.fields.items():
            own = {"dir": "ltr", "inputmode": "numeric"} if name in ("low", "high") else {}
            own = {"dir": "ltr", "class": "mono"} if name == "date" else own
            own = {"list": "names", "dir": "auto"} if name in ("actor", "target", "place") else own
            described = f"f-{name}-help" if field.help_text else ""
            field.widget.attrs |= own | ({"aria-describedby": described} if described else {})

    def clean_date(self) -> str:
        """Accept EDTF dates, and what was there before."""
        date = str(self.cleaned_data["date"]).strip()
        if date and date != self.initial["date"] and parse_edtf(date) is None:
            raise forms.ValidationError(
                gettext("That is no date. Write it as 2017-03-04, 2017-03, 2017, or 2017-03-04/2017-03-06.")
            )
        return date

    def clean(self) -> dict[str, Any]:
        """Refuse a number that runs backwards, an upper end without a lower one, and a form that changes nothing."""
        found = self.cleaned_data
        low, high = found.get("low"), found.get("high")
        if high is not None and low is None and "low" not in self.errors:
            self.add_error("low", gettext("Say how many at least; 0 for “up to”."))
        elif low is not None and high is not None and high < low:
            self.add_error("high", gettext("This is less than the least."))
        if not self.errors and not self.changed():
            raise forms.ValidationError(gettext("Nothing was changed. To take the statement as it is, accept it."))
        return found

    def changed(self) -> CorrectedFields:
        """Return the fields that the reviewer changed."""
        before, now = _fields(self.initial), _fields(self.cleaned_data)
        return cast(CorrectedFields, {name: value for name, value in now.items() if value != before[name]})


def _fields(values: Mapping[str, Any]) -> dict[str, object]:
    """What a form says, as a judgement sets it."""
    return {
        "act": values["act"],
        "said_by": [line.strip() for line in values["said_by"].splitlines() if line.strip()],
        **{name: values[name].strip() or None for name in ("actor", "target", "place", "date")},
        "count": _count(values),
        "polarity": values["polarity"],
        "modality": values["modality"],
    }


def _count(values: Mapping[str, Any]) -> CorrectedCount | None:
    """One number alone is exactly that many."""
    low, high = values.get("low"), values.get("high")
    if low is None:
        return None
    high = None if values.get("or_more") else low if high is None else high
    return CorrectedCount(low=low, high=high, of=values.get("of") or "other")


def _initial(statement: Statement) -> dict[str, Any]:
    count = statement.count
    roles = {"actor": statement.actor, "target": statement.target, "place": statement.place}
    return {
        "act": statement.act,
        "said_by": "\n".join(words.name for words in statement.said_by),
        **{name: words.name if words else "" for name, words in roles.items()},
        "date": statement.when.edtf if statement.when else "",
        "low": count.low if count else None,
        "high": count.high if count and count.high != count.low else None,
        "or_more": bool(count and count.high is None),
        "of": count.of if count else "other",
        "polarity": statement.polarity,
        "modality": statement.modality,
    }
