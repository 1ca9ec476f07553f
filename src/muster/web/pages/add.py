"""Adding documents: files come in, and a build in the background takes them into the case."""

import json
from typing import cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from muster.errors import MusterError
from muster.web import builds, uploads
from muster.web.accounts.models import Build, BuildState
from muster.web.doors import Visit, case_page
from muster.web.refusals import in_words

_N_SHOWN = 8


# The body is looked at only after it is known who sends it and how much: until then there is no token to check.
@csrf_exempt
@case_page("reviewer", "GET", "POST")
def add(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Take files in."""
    if request.method != "POST":
        return _page(request, visit)
    try:
        key = uploads.receive(request)
    except MusterError as error:
        return _page(request, visit, f"{in_words(error.message)} {in_words(error.hint)}")
    try:
        return _take(request, visit, key)
    finally:
        if not Build.objects.filter(key=key).exists():
            uploads.remove(key)


@csrf_protect
def _take(request: HttpRequest, visit: Visit, key: str) -> HttpResponse:
    """Have the files of a request, whose body is read here, brought in."""
    received = cast(list[uploads.Received], [*request.FILES.getlist("files"), *request.FILES.getlist("folder")])
    if not received:
        return _page(request, visit, _("No file was chosen."))
    uploads.arrange(key, received, _names(request.POST.get("names", "")))
    row = builds.ask(visit.slug, visit.user, key, len(received))
    return redirect("build", visit.slug, row.key)


def _names(text: str) -> list[str]:
    """Return the names, with folders, that the page's script sends along; without it there are none."""
    try:
        names = json.loads(text or "[]")
    except (ValueError, RecursionError):
        return []
    return names if isinstance(names, list) and all(isinstance(each, str) for each in names) else []


def _page(request: HttpRequest, visit: Visit, problem: str = "") -> HttpResponse:
    found = {
        "problem": problem, "builds": builds.latest(visit.slug, _N_SHOWN),
        "most_bytes": uploads.most_bytes(), "most_files": uploads.most_files(),
    }  # fmt: skip
    return render(request, "add.html", found, status=400 if problem else 200)


# ---- builds


def _of_case(visit: Visit) -> "QuerySet[Build]":
    return Build.objects.select_related("started_by").filter(case__slug=visit.slug)


@case_page("reader")
def build(request: HttpRequest, visit: Visit, key: str) -> HttpResponse:
    """Show how far a build is; htmx asks for that alone."""
    found = builds.shown(get_object_or_404(_of_case(visit), key=key))
    is_part = bool(request.headers.get("HX-Request"))
    return render(request, "part/build.html" if is_part else "build.html", {"build": found})


@case_page("reviewer", "POST")
def resume(request: HttpRequest, visit: Visit, key: str) -> HttpResponse:
    """Have a build that was interrupted or failed go on."""
    found = builds.shown(get_object_or_404(_of_case(visit), key=key))
    if found.can_resume:
        builds.resume(found.row)
    return redirect("build", visit.slug, key)


@case_page("reviewer", "POST")
def discard(request: HttpRequest, visit: Visit, key: str) -> HttpResponse:
    """Forget a build that was interrupted or failed, with its files; what it brought in stays."""
    found = builds.shown(get_object_or_404(_of_case(visit), key=key))
    if not found.can_resume:
        raise Http404
    uploads.remove(key)
    found.row.delete()
    messages.success(request, _("These files were put away. What is in the case already stays there."))
    return redirect("add", visit.slug)


@case_page("reviewer", "POST")
def finish(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Finish what an interrupted build of the case left undone."""
    waiting = _of_case(visit).filter(state=BuildState.QUEUED).first()
    row = waiting or builds.ask(visit.slug, visit.user)
    return redirect("build", visit.slug, row.key)
