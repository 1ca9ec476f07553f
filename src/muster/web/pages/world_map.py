"""The places of incidents on a map that needs no network; what has no place on it is listed."""

from math import hypot, isfinite, sqrt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from muster.errors import MusterError
from muster.publish.gazetteer import large_towns, likely, towns_named
from muster.publish.world import View, fit, paths
from muster.run.judge import judge
from muster.store import entities, places
from muster.store import incidents as stored
from muster.store.codec import to_json
from muster.store.incidents import PlaceCount
from muster.web.doors import Visit, case_page
from muster.web.pages.incidents import read_filter
from muster.web.pages.judging import Typed, latest, read_seen, signer

_MOST_PLACES = 300
_MOST_TOWNS = 5
_MOST_LANDMARKS = 8
#: No two landmarks are nearer to each other than this part of the map's width.
_APART = 0.1
#: Of the letters of names and landmarks, and of a landmark's dot: parts of the map's width.
_SIZES = {"name": 0.016, "landmark": 0.012, "dot": 0.002}
#: On a map wider than that, in degrees, continents tell where one is.
_NEAR = 60


@case_page("reader")
def world_map(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Draw the places of incidents, each as large as it has incidents."""
    return _page(request, visit, Typed())


def _page(request: HttpRequest, visit: Visit, typed: Typed, status: int = 200) -> HttpResponse:
    wanted, problem = read_filter(request)
    counts, n_nowhere = stored.count_by_place(visit.case, wanted, _MOST_PLACES)
    on_map, listed = _sorted(visit, counts)
    view = _view(request) or fit((each["longitude"], each["latitude"]) for each in on_map)
    for each in on_map:
        each["x"], each["y"] = (f"{number:.3f}" for number in view.place(each["longitude"], each["latitude"]))
        radius = view.width * (0.005 + 0.003 * min(6.0, sqrt(each["count"].n)))
        each["r"], each["dx"] = f"{radius:.3f}", f"{radius * 1.3:.3f}"
    shown = [each for each in on_map if view.shows(each["longitude"], each["latitude"])]
    keys = ("kind", "status", "since", "until", "place")
    return render(
        request, "map.html",
        {
            "view": view, "land": " ".join(paths(view, "land")), "borders": " ".join(paths(view, "border")),
            "on_map": on_map, "shown": shown, "listed": listed, "n_nowhere": n_nowhere, "steps": _steps(view),
            "sizes": {name: f"{view.width * part:.3f}" for name, part in _SIZES.items()},
            "few": len(shown) <= 40, "typed": typed, "problem": problem,
            "towns": _landmarks(view), "kinds": stored.kinds_of_incidents(visit.case), "seen": latest(visit.case),
            "asked": {key: request.GET.get(key, "") for key in keys},
        },
        status=status,
    )  # fmt: skip


def _sorted(visit: Visit, counts: tuple[PlaceCount, ...]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The places that have a point, and those that have none, with the towns that they may be."""
    forms = places.forms_of(visit.case, (each.entity for each in counts))
    put = places.placed(visit.case)
    on_map: list[dict[str, Any]] = []
    listed: list[dict[str, Any]] = []
    for each in counts:
        if each.entity not in forms:
            continue
        name, names = forms[each.entity]
        towns = towns_named(names)
        found: dict[str, Any] = {"count": each, "name": name, "towns": towns[:_MOST_TOWNS]}
        if each.entity in put:
            point, judgement = put[each.entity]
            by = {"judgement": judgement, "by": signer(visit, judgement.decided_by)}
            on_map.append({**found, **by, "latitude": point.latitude, "longitude": point.longitude})
        elif (town := likely(towns)) is not None:
            on_map.append({**found, "town": town, "latitude": town.latitude, "longitude": town.longitude})
        else:
            listed.append(found)
    return on_map, listed


def _landmarks(view: View) -> list[dict[str, str]]:
    """Some large towns by which one sees where the map is."""
    if view.width > _NEAR:
        return []
    found: list[tuple[str, float, float]] = []
    for town in large_towns():
        x, y = view.place(town.longitude, town.latitude)
        apart = all(hypot(x - other[1], y - other[2]) > _APART * view.width for other in found)
        if apart and view.shows(town.longitude, town.latitude):
            found.append((town.name, x, y))
        if len(found) == _MOST_LANDMARKS:
            break
    return [{"name": name, "x": f"{x:.3f}", "y": f"{y:.3f}"} for name, x, y in found]


def _view(request: HttpRequest) -> View | None:
    """What an address asks to look at; None where it asks for nothing that can be looked at."""
    try:
        numbers = [float(request.GET.get(key, "")) for key in ("lon", "lat", "width")]
    except ValueError:
        return None
    if not all(isfinite(number) for number in numbers):
        return None
    return View(longitude=numbers[0], latitude=numbers[1], width=numbers[2]).moved()


def _steps(view: View) -> list[tuple[str, str, View]]:
    """Where one can go from a view, each with its name and sign."""
    return [
        ("in", _("Nearer"), view.moved(zoom=2)),
        ("out", _("Farther"), view.moved(zoom=0.5)),
        ("west", _("West"), view.moved(east=-0.35)),
        ("east", _("East"), view.moved(east=0.35)),
        ("north", _("North"), view.moved(north=0.35)),
        ("south", _("South"), view.moved(north=-0.35)),
        ("world", _("The world"), View()),
    ]


@case_page("reviewer", "POST")
def put_on_map(request: HttpRequest, visit: Visit, entity: str) -> HttpResponseBase:
    """Put a place on the map, where a person knows it to be."""
    member = entities.first_member(visit.case, entity)
    if member is None:
        raise Http404
    try:
        point = {key: _degrees(request.POST.get(key, "")) for key in ("latitude", "longitude")}
        reason = request.POST.get("reason", "")
        judge(
            visit.case, "coordinates", [member], value=to_json(point), reason=reason, decided_by=visit.by,
            seen=read_seen(request),
        )  # fmt: skip
    except MusterError as error:
        return _page(request, visit, Typed.of(request, entity, error), 409 if error.code == "stale" else 400)
    messages.success(request, _("The place is on the map."))
    return redirect("map", visit.slug)


def _degrees(text: str) -> float:
    try:
        number = float(text.strip().replace(",", "."))
    except ValueError:
        number = float("nan")
    if not isfinite(number):
        raise MusterError(
            "wrong_value", _("Latitude and longitude are numbers of degrees."), _("For example 33.315 and 44.366.")
        )
    return number
