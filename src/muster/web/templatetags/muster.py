"""What templates need beyond Django's own tags."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

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
