"""What templates need beyond Django's own tags."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from muster.records import Count, Judgement, Statement
from muster.store.around import IncidentBrief
from muster.web import wording
from muster.web.judgements import Set, what_it_sets
from muster.web.refusals import in_words

register = template.Library()


@register.simple_tag(takes_context=True)
def to(context: dict[str, Any], name: str, *args: object) -> str:
    """Return the address of a page of the case that is open."""
    return reverse(name, args=[context["visit"].slug, *args])


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: object) -> str:
    """Return the query of this page's address with some of its values changed; None takes one out."""
    request: HttpRequest = context["request"]
    values = request.GET.copy()
    for key, value in changes.items():
        if value is None:
            values.pop(key, None)
        else:
            values[key] = str(value)
    return "?" + values.urlencode()


@register.filter
def src(text: object) -> SafeString:
    """Show words of a document: set apart, in their own direction."""
    return format_html('<bdi class="src" dir="auto">{}</bdi>', text or "")


@register.filter
def titled(incident: IncidentBrief) -> SafeString:
    """Return what an incident is called: what sort of thing, where and when, in the language of the page."""
    return wording.incident_in_words(incident)


@register.filter
def refusal(text: str) -> str:
    """Return why something was refused, which the case keeps in English, in the reader's language."""
    return in_words(text)


@register.filter
def word(code: object, kind: str) -> str:
    """Return a code of the record in words: {{ statement.act|word:"act" }}; kinds are those of `wording.KINDS`."""
    return wording.word(str(code), kind) if code else ""


@register.filter
def counted(count: Count | None, act: str = "") -> str:
    """Return a statement's count in words: {{ statement.count|counted:statement.act }}."""
    return wording.count_in_words(count, act) if count else ""


@register.filter
def on(edtf: str | None) -> str:
    """Return an EDTF date in words."""
    return wording.date_in_words(edtf) if edtf else ""


@register.filter
def to_number(low: int | None, high: int | None) -> str:
    """Return a range of numbers in words: {{ row.killed_low|to_number:row.killed_high }}; nothing for none."""
    return "" if low is None else wording.number_range(low, high)


@register.filter
def at(values: Mapping[str, object], key: str) -> object:
    """Return one of several values by its key; nothing where there is none."""
    return values.get(key, "")


@register.filter
def minus(number: int, other: int) -> int:
    """Return how many are left."""
    return number - other


@register.filter
def degrees(number: float) -> str:
    """Return degrees with three decimals, a point before them in every language."""
    return f"{number:.3f}"


@register.filter
def cut_t(instant: str) -> str:
    """Return an ISO instant with a space for its T."""
    return instant.replace("T", " ")


@register.filter
def plus(number: float, other: float) -> str:
    """Return a sum of coordinates of a drawing, as CSS and SVG write numbers."""
    return f"{number + other:.2f}"


@register.filter
def unlocalize(number: float) -> str:
    """Return a coordinate of a drawing, as CSS and SVG write numbers."""
    return f"{number:.2f}"


@register.filter
def percent(share: float | None) -> str:
    """Return a share of 1 as a percentage."""
    return "" if share is None else wording.percent(share)


@register.filter
def cut(statement: Statement) -> tuple[str, str, str]:
    """Return a statement's quote in three: what stands before its content, the content, and the rest."""
    start = min(max(statement.content_start - statement.start, 0), len(statement.quote))
    end = min(max(statement.content_end - statement.start, start), len(statement.quote))
    return statement.quote[:start], statement.quote[start:end], statement.quote[end:]


@register.filter
def language_name(code: str | None) -> str:
    """Return the name of a language in the language of the page; an unknown code is shown as it is."""
    return wording.language(code or "und")


@register.filter
def get(values: Mapping[str, object], key: str) -> object:
    """Return a value of a mapping: {{ totals|get:"read" }}."""
    return values.get(key, "")


@register.filter
def sets(judgement: Judgement) -> list[Set]:
    """Return what a judgement sets, in words."""
    return what_it_sets(judgement)


@register.filter
def minute(instant: str) -> str:
    """Return an instant of the record, "2026-11-22T07:05:09.123+00:00", as "2026-11-22 07:05 UTC"."""
    return f"{instant[:10]} {instant[11:16]} UTC"
