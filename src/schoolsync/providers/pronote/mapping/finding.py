"""An instance as it tells about itself, and schools around a place."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import urljoin

from schoolsync.errors import DecodeIssue
from schoolsync.flow.html import name
from schoolsync.providers.pronote import extra
from schoolsync.providers.pronote.address import read_root
from schoolsync.providers.pronote.calls.finding import Information
from schoolsync.providers.pronote.extra import SpaceKind
from schoolsync.providers.pronote.schema.finding import FoundRow, InstanceSpaceRow

__all__ = ["to_found_schools", "to_instance"]

KINDS: Final[Mapping[str, SpaceKind]] = {
    "eleve": SpaceKind.STUDENT,
    "parent": SpaceKind.PARENT,
    "professeur": SpaceKind.TEACHER,
    "viescolaire": SpaceKind.SCHOOL_LIFE,
    "direction": SpaceKind.ADMINISTRATION,
    "accompagnant": SpaceKind.ASSISTANT,
    "tuteur": SpaceKind.TUTOR,
    "entreprise": SpaceKind.COMPANY,
    "academie": SpaceKind.ACADEMY,
    "inscription": SpaceKind.ENROLMENT,
}
"""Whose page it is, by its name. The numbers differ between kinds of schools."""
EARTH_KM: Final = 6378.137
"""Radius, as the vendor's own app has it. Evidence: read."""


def to_instance(found: Information, issues: list[DecodeIssue]) -> extra.InstanceInfo:
    """The instance. Losses: labels without a text, and the token for one use, which nobody keeps.

    Args:
        found: What was told.
        issues: Gets what makes no sense of it.
    """
    page, cas = found.page, found.page.cas
    issues.extend(found.issues)
    return extra.InstanceInfo(
        name=name(page.name) or "",
        url=found.root,
        version=".".join(map(str, page.version)),
        spaces=tuple(_space(found.root, row) for row in page.spaces),
        cas_active=cas.is_active if cas else None,
        cas_url=(cas.url.strip() or None) if cas else None,
        date=_moment(page.date, issues),
    )


def _space(root: str, row: InstanceSpaceRow) -> extra.InstanceSpace:
    page = row.page.rpartition("/")[2].lower().removeprefix("mobile.").removesuffix(".html")
    return extra.InstanceSpace(
        name=name(row.label) or "", url=urljoin(f"{root}/", row.page), kind=KINDS.get(page)
    )


def _moment(text: str, issues: list[DecodeIssue]) -> dt.datetime | None:
    """The moment that *text* tells; `None` without a zone, too."""
    try:
        moment = dt.datetime.fromisoformat(text) if text.strip() else None
    except ValueError:
        issues.append(DecodeIssue("InfoMobileApp.date", "no moment", is_row_lost=False))
        return None
    return moment if moment and moment.tzinfo else None


def to_found_schools(
    rows: Iterable[tuple[FoundRow, Any]], here: tuple[float, float], issues: list[DecodeIssue]
) -> list[extra.FoundSchool]:
    """Schools around *here* (degrees north, degrees east), nearest first, then by name.

    Addresses are https and in lower case, whatever the directory says. Evidence: read in clients; https is
    a guess.
    """
    found = []
    for place, (row, _) in enumerate(rows):
        try:
            found.append(_school(row, here))
        except ValueError:
            issues.append(DecodeIssue(f"geoLoc.{place}", "no such place, or no address"))
    return sorted(found, key=lambda one: (one.distance_km, one.name, one.url))


def _school(row: FoundRow, here: tuple[float, float]) -> extra.FoundSchool:
    there = (row.latitude, row.longitude)
    if not (math.isfinite(there[0]) and math.isfinite(there[1])):
        raise ValueError("no such place")
    url = row.url.strip().lower()
    return extra.FoundSchool(
        name=name(row.name) or "",
        url=read_root(f"https://{url.partition('://')[2] or url}"),
        latitude=there[0],
        longitude=there[1],
        postcode=row.postcode.strip() or None,
        distance_km=round(_distance_km(here, there), 3),
    )


def _distance_km(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Along the sphere (haversine)."""
    (north, east), (other_north, other_east) = (map(math.radians, place) for place in (here, there))
    half = math.sin((other_north - north) / 2) ** 2
    half += math.cos(north) * math.cos(other_north) * math.sin((other_east - east) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))
