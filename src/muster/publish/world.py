"""A map that needs no network: outlines of land, cut to what is looked at, as paths of an SVG drawing.

Degrees are drawn as they are, except that those of latitude are stretched so that shapes are true in the
middle of what is looked at.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import cos, radians
from typing import NamedTuple

#: No map is narrower than this, in degrees; the outlines say nothing on a smaller one.
LEAST_WIDTH = 3.0
_WHOLE = 360.0
_RATIO = 0.55  # height over width of a map


class Outline(NamedTuple):
    """A line of the world, with the box that it lies in; kind is "land" or "border"."""

    kind: str
    west: float
    south: float
    east: float
    north: float
    points: tuple[tuple[float, float], ...]


@lru_cache(maxsize=1)
def outlines() -> tuple[Outline, ...]:
    """Return the outlines of land and the borders."""
    text = files("muster.publish").joinpath("world.tsv").read_text(encoding="utf-8")
    return tuple(_outline(line) for line in text.splitlines() if not line.startswith("#"))


def _outline(line: str) -> Outline:
    kind, _, rest = line.partition("\t")
    points = tuple((float(x), float(y)) for x, y in (pair.split(",") for pair in rest.split()))
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Outline(kind, min(xs), min(ys), max(xs), max(ys), points)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What is looked at: its middle and its width, in degrees."""

    longitude: float = 0.0
    latitude: float = 15.0
    width: float = _WHOLE

    @property
    def stretch(self) -> float:
        """How much longer a degree of latitude is drawn than one of longitude."""
        return 1 / max(0.2, cos(radians(self.latitude))) if self.width < _WHOLE / 2 else 1.0

    @property
    def height(self) -> float:
        """The height in units of the drawing, of which a degree of longitude is one."""
        return self.width * _RATIO

    @property
    def box(self) -> str:
        """The viewBox of the drawing."""
        x, y = self.place(self.longitude - self.width / 2, self.latitude)
        return f"{x:.3f} {y - self.height / 2:.3f} {self.width:.3f} {self.height:.3f}"

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return where a point is drawn."""
        return round(longitude, 3), round(-latitude * self.stretch, 3)

    def shows(self, longitude: float, latitude: float) -> bool:
        """Tell whether a point is on the map."""
        up = self.height / 2 / self.stretch
        return abs(longitude - self.longitude) <= self.width / 2 and abs(latitude - self.latitude) <= up

    def moved(self, east: float = 0.0, north: float = 0.0, zoom: float = 1.0) -> "View":
        """Return the view some parts of its width further east, of its height further north, and zoomed."""
        width = min(_WHOLE, max(LEAST_WIDTH, self.width / zoom))
        longitude = self.longitude + east * self.width
        latitude = self.latitude + north * self.height / self.stretch
        return View(longitude=min(180.0, max(-180.0, longitude)), latitude=min(80.0, max(-70.0, latitude)), width=width)


def fit(points: Iterable[tuple[float, float]]) -> View:
    """Return a view of points (longitude, latitude) with room around them; the world where there are none."""
    known = list(points)
    if not known:
        return View()
    xs, ys = [x for x, _ in known], [y for _, y in known]
    middle_x, middle_y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    stretch = View(longitude=middle_x, latitude=middle_y, width=1.0).stretch
    width = max((max(xs) - min(xs)) * 1.4, (max(ys) - min(ys)) * stretch * 1.4 / _RATIO, 12.0)
    return View(longitude=middle_x, latitude=middle_y, width=min(_WHOLE, width))


def paths(view: View, kind: str) -> Iterator[str]:
    """Yield the outlines of a kind that a view shows, as the data of SVG paths."""
    reach = view.height / 2 / view.stretch + 1
    west, east = view.longitude - view.width / 2, view.longitude + view.width / 2
    for each in outlines():
        off = each.north < view.latitude - reach or each.south > view.latitude + reach
        if each.kind == kind and not off and each.east >= west and each.west <= east:
            drawn = (view.place(x, y) for x, y in each.points)
            yield "M" + "L".join(f"{x:g} {y:g}" for x, y in drawn) + ("Z" if kind == "land" else "")
