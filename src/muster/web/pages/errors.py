"""The pages for what cannot be taken, what is not there, what one may not do, and what broke."""

from django.core.exceptions import TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster.web import uploads


def bad_input(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say what is wrong with what was sent."""
    too_many = isinstance(exception, TooManyFilesSent)
    return render(request, "400.html", {"too_many": too_many, "most": uploads.most_files()}, status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page; the same words where one may not know of it."""
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say which role is needed."""
    return render(request, "403.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that something went wrong, and that nothing is lost."""
    return render(request, "500.html", status=500)
