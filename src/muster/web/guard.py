"""What holds for every request, before any page looks at it, and for every answer."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

_NUL = "\x00"
#: Pages that take files look themselves after how much is sent, once they know who sends it.
_TAKE_FILES = ("add", "api:documents")
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class Guard:
    """Refuses what no page has a use for, and keeps answers out of caches.

    A body that is too large is refused before a byte of it is read.  NUL, which no name or word holds, is
    refused wherever it comes: PostgreSQL takes none.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; nothing of it is kept on the disk of whoever reads it."""
        answer = self._get_response(request)
        if not answer.has_header("Cache-Control"):
            answer["Cache-Control"] = "no-store, private"
        return answer

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Refuse a request that no page has a use for."""
        if not _is_usable(request):
            if request.path.startswith("/api/"):
                told = {"code": "unreadable", "message": "What was sent cannot be read.", "hint": ""}
                return JsonResponse(told, status=400)
            raise BadRequest("unreadable")
        return None


def _is_usable(request: HttpRequest) -> bool:
    if _NUL in request.path or _has_nul(request.GET):
        return False
    if request.resolver_match and request.resolver_match.view_name in _TAKE_FILES:
        return True
    if int(request.META.get("CONTENT_LENGTH") or 0) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        return False
    return request.content_type not in _FORMS or not _has_nul(request.POST)


def _has_nul(values: Any) -> bool:
    return any(_NUL in key or any(_NUL in each for each in found) for key, found in values.lists())
