"""What judgements set, in words."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from muster.records import Count, Judgement
from muster.web.wording import count_in_words, date_in_words, word

_SHOWN = ("act", "said_by", "actor", "target", "place", "date", "count", "polarity", "modality")


@dataclass(frozen=True, slots=True, kw_only=True)
class Set:
    """A field that a judgement sets, in words; from_source: the words are a document's or a name."""

    field: str
    value: str
    from_source: bool = False


def what_it_sets(judgement: Judgement) -> list[Set]:
    """Return what a judgement sets, in words."""
    value = json.loads(judgement.value) if judgement.value else None
    if judgement.kind in ("correct", "add") and isinstance(value, dict):
        return [_field(name, each) for name, each in value.items() if name in _SHOWN]
    if judgement.kind == "finding" and isinstance(value, dict):
        return [
            Set(field=word(judgement.subjects[1], "question"), value=str(value["answer"]), from_source=True),
            Set(field=_("Standard of proof"), value=word(value["standard"], "standard")),
        ]
    if judgement.kind == "owner":
        return [Set(field=_("Owner"), value=str(value), from_source=True)]
    return [Set(field=_("Reliability"), value=str(value))] if judgement.kind == "reliability" else []


def _field(name: str, value: Any) -> Set:
    label = word(name, "field")
    if value in (None, []):
        nobody = _("the document's author") if name == "said_by" else _("nothing")
        return Set(field=label, value=nobody)
    if name in ("act", "polarity", "modality"):
        return Set(field=label, value=word(value, name))
    if name == "count":
        return Set(field=label, value=_counted(value))
    if name == "date":
        return Set(field=label, value=date_in_words(value))
    return Set(field=label, value=" › ".join(value) if isinstance(value, list) else str(value), from_source=True)


def _counted(value: Mapping[str, Any]) -> str:
    return count_in_words(Count(low=value["low"], high=value["high"], of=value["of"]))
