"""What stands around every page: where one is, and where one can go from there."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page in the list of pages of a case; others names the pages that belong to it; needs is a role."""

    url: str
    title: str | Promise
    others: tuple[str, ...] = ()
    needs: str = "reader"


PLACES = (
    Place(url="overview", title=_("Overview")),
    Place(
        url="documents",
        title=_("Documents"),
        others=("document", "add", "build", "statement-add", "refused-files", "problems", "original"),
    ),
    Place(url="queue", title=_("Review"), others=("statement", "accept-many"), needs="reviewer"),
    Place(url="incidents", title=_("Incidents"), others=("incident",)),
    Place(url="people", title=_("People")),
    Place(url="groups", title=_("Groups")),
    Place(url="places", title=_("Places")),
    Place(url="sources", title=_("Sources"), others=("source",)),
    Place(url="timeline", title=_("Timeline")),
    Place(url="map", title=_("Map")),
    Place(url="history", title=_("History"), needs="reviewer"),
    Place(url="export", title=_("Report and export")),
    Place(url="members", title=_("Members"), needs="owner"),
    Place(url="settings", title=_("Settings"), needs="owner"),
)


def around(request: HttpRequest) -> dict[str, Any]:
    """Give every template the visit, what it may do, and the pages of the case with the one that is open."""
    visit = getattr(request, "visit", None)
    if visit is None:
        return {"visit": None, "places": (), "is_reviewer": False}
    match = request.resolver_match
    # A page of several kinds of thing, as that of a name, says itself where it belongs.
    here = getattr(request, "place", match.url_name if match else None)
    places = [
        {
            "url": reverse(each.url, args=[visit.slug]), "title": each.title,
            "here": here == each.url or here in each.others,
        }
        for each in PLACES
        if visit.may(each.needs)
    ]  # fmt: skip
    return {"visit": visit, "places": places, "is_reviewer": visit.may("reviewer")}
