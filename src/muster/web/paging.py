"""Pages of long lists."""

from django.http import HttpRequest

_LAST = 10_000


def page_number(request: HttpRequest) -> int:
    """Return the number of the page that is asked for, from 1; 1 where it is no number."""
    text = request.GET.get("page", "1")
    return min(max(int(text), 1), _LAST) if text.isascii() and text.isdigit() and len(text) < 9 else 1
