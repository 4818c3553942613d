"""The directory of schools, by place: the service of PRONOTE's vendor that the mobile app asks.

Wire: `POST /swie/geoloc.php`, `data=` and JSON with `nomFonction`, `lat` and `long`; a list of schools, or
`{}` when none is near. Evidence: read; the empty answer was tested. How near is near: guess.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import ClassVar, Final
from urllib.parse import unquote_plus

import attrs

from schoolsync.flow.http import Response
from schoolsync.sandbox.portals.fake import Ask, Fake

__all__ = ["Geolocation", "ListedSchool"]

PATH: Final = "/swie/geoloc.php"
FUNCTION: Final = "geoLoc"
EARTH_KM: Final = 6_378.137


@attrs.frozen
class ListedSchool:
    """A school as the directory shows it."""

    name: str
    """`COLLEGE EXEMPLE`."""
    url: str
    """Where its PRONOTE is, without page."""
    latitude: float
    """In degrees; south is negative."""
    longitude: float
    """In degrees; west is negative."""
    postcode: str
    """Its postal code."""

    @property
    def entry(self) -> dict[str, str]:
        """What the directory says: everything as text."""
        return {
            "url": self.url,
            "nomEtab": self.name,
            "lat": str(self.latitude),
            "long": str(self.longitude),
            "cp": self.postcode,
        }


@attrs.define(kw_only=True)
class Geolocation(Fake):
    """The directory."""

    family: ClassVar[str] = "geolocation"
    cas_path: ClassVar[str] = ""

    schools: list[ListedSchool] = attrs.field(factory=list)
    """Everybody in it, in no order."""
    reach_km: float = 30.0
    """How far away a school is still near."""

    def answer(self, ask: Ask) -> Response:
        """The schools near a place, or an empty object."""
        if (ask.method, ask.path) != ("POST", PATH):
            return self.missing()
        place = _place(ask.request.body.decode("utf-8", "replace"))
        near = [school.entry for school in self.schools if place and self._is_near(school, *place)]
        body = json.dumps(near or {}, ensure_ascii=False)
        return Response(200, (("content-type", "application/json; charset=utf-8"),), body=body.encode())

    def _is_near(self, school: ListedSchool, latitude: float, longitude: float) -> bool:
        return distance_km((latitude, longitude), (school.latitude, school.longitude)) <= self.reach_km


def _place(body: str) -> tuple[float, float] | None:
    """Latitude and longitude of what is asked; `None` if it is no such question."""
    name, _, said = body.partition("=")
    try:
        asked = json.loads(said if said.startswith("{") else unquote_plus(said))
    except ValueError:
        return None
    is_question = name == "data" and isinstance(asked, Mapping) and asked.get("nomFonction") == FUNCTION
    try:
        return (float(asked["lat"]), float(asked["long"])) if is_question else None
    except (KeyError, TypeError, ValueError):
        return None


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """How far two places are apart, each as latitude and longitude, along the ground."""
    (south, west), (north, east) = ((math.radians(a), math.radians(b)) for a, b in (one, other))
    bow = math.sin((north - south) / 2) ** 2
    bow += math.cos(south) * math.cos(north) * math.sin((east - west) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, bow)))
