"""A household that does not exist: one child at a collège on PRONOTE, one at an academy on ClassCharts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from schoolsync.cli.progress import Steps
from schoolsync.cli.reading import Group, Reading, gather
from schoolsync.cli.sandbox import (
    PRONOTE_PATH,
    Schools,
    invented_academy,
    invented_college,
    running_since,
)

if TYPE_CHECKING:
    from schoolsync.provider import Days

__all__ = ["HOME", "PROVIDERS", "read_household"]

HOME: Final = ZoneInfo("Europe/Paris")
"""Where the household lives."""


def _classcharts(schools: Schools, url: str) -> dict[str, Any]:
    """What a parent signs in to the academy with."""
    parent = schools.academy.school.parents[0]
    return {"email": parent.email, "password": parent.password, "base_url": url}


def _pronote(schools: Schools, url: str) -> dict[str, Any]:
    """What the same parent signs in to the collège with."""
    parent = schools.college.college.households[0].parents[0]
    words = {"username": parent.login, "password": parent.password, "account": parent.kind}
    return {"url": f"{url}{PRONOTE_PATH}/", **words}


PROVIDERS: Final[Mapping[str, Callable[[Schools, str], dict[str, Any]]]] = {
    "pronote": _pronote,
    "classcharts": _classcharts,
}
"""The platforms of the household, in the order of the children, and how the parent signs in to each."""


def read_household(
    moment: dt.datetime, providers: Sequence[str], asked: Mapping[Reading, Days], steps: Steps
) -> list[Group]:
    """What the parent reads about one child on each of *providers*, over HTTP from sandboxes of their own.

    Args:
        moment: The time it is.
        providers: Names from `PROVIDERS`.
        asked: What to read, and for which days.
        steps: Told how far it is.
    """
    from schoolsync import connect
    from schoolsync.sandbox.serve import serve

    schools = Schools(invented_academy(moment), invented_college(moment))
    clock = running_since(moment, HOME)
    groups: list[Group] = []
    with serve(schools.by_path) as place:
        for name in providers:
            with connect(name, **PROVIDERS[name](schools, place.url), clock=clock) as client:
                groups += gather(client, client.pupils[:1], asked, steps)
    return groups
