"""What each address of ClassCharts means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal
from urllib.parse import urlsplit

import attrs

from schoolsync.sandbox.classcharts.state import Role

__all__ = [
    "FILES_PATH",
    "PICTURES_PATH",
    "Place",
    "Route",
    "files_base",
    "find",
    "origin_of",
    "shown_path",
    "tes_address",
]

Target = Literal["pupil", "number", "none"]
"""What stands behind the name: a pupil's number, another number, nothing."""

FILES_PATH = "/attachments.classcharts.sandbox"
"""Where files are when the server has no second host name."""
PICTURES_PATH = "/img/"
"""Where pictures are, for everybody."""
TES_PATH = "/session.tes.com"
"""Where the verification page is when the server has no second host name."""

BASES: Mapping[str, Role] = {"apiv2parent": "parent", "apiv2student": "student"}
READ = ("GET", "POST")
BOTH: tuple[Role, ...] = ("parent", "student")


@attrs.frozen
class Route:
    """One function of the API."""

    name: str
    """The word in the address."""
    target: Target = "pupil"
    """What follows it."""
    roles: tuple[Role, ...] = BOTH
    """Who has it."""
    methods: tuple[str, ...] = READ
    """How it may be asked."""


ROUTES = {
    route.name: route
    for route in (
        Route("login", "none", methods=("POST",)),
        Route("logout", "none", methods=("POST",)),
        Route("hasdob", "none", roles=("student",), methods=("POST",)),
        Route("ping", "none"),
        Route("pupils", "none", roles=("parent",)),
        Route("activity"),
        Route("behaviour"),
        Route("homeworks"),
        Route("timetable"),
        Route("eventbadges"),
        Route("announcements"),
        Route("detentions"),
        Route("attendance"),
        Route("customfields"),
        Route("classes"),
        Route("rewards", roles=("student",)),
        Route("purchase", "number", roles=("student",), methods=("POST",)),
        Route("homeworkticked", "number", roles=("student",)),
        Route("markhomeworkasseen", "number", roles=("student",), methods=("POST",)),
        Route("getcode", "none", roles=("student",), methods=("POST",)),
        Route("addconcern", "none", roles=("student",), methods=("POST",)),
        Route("password", "none", roles=("parent",), methods=("POST",)),
        Route("parentbehaviours", roles=("parent",)),
        Route("addparentbehaviour", roles=("parent",), methods=("POST",)),
        Route("deleteparentbehaviour", roles=("parent",), methods=("POST",)),
        Route("getacademicreports", "none"),
        Route("getacademicreport", "number"),
        Route("getpupilreportcards", "none"),
        Route("getpupilreportcard", "number"),
        Route("getpupilreportcardsummarycomment", "number"),
        Route("getpupilreportcardtarget", "number"),
    )
}
"""The functions of both APIs by name."""


@attrs.frozen
class Place:
    """What one address of the API means."""

    role: Role
    """Which API."""
    route: Route
    """Which function."""
    tail: str = ""
    """What follows the function's name; may be empty on the student's side."""


def find(url: str) -> Place | None:
    """What *url* means as an address of the API; `None` if nothing, a trailing slash is harmless."""
    pieces = [piece for piece in urlsplit(url).path.split("/") if piece]
    if len(pieces) not in {2, 3} or pieces[0] not in BASES:
        return None
    route, role = ROUTES.get(pieces[1]), BASES[pieces[0]]
    tail = "".join(pieces[2:])
    if route is None or role not in route.roles or (route.target == "none" and tail):
        return None
    return Place(role, route, tail)


def origin_of(url: str) -> str:
    """Scheme, host and port of *url*."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def files_base(url: str) -> str:
    """Where files are, seen from a server that is asked as *url*: another host, or a path of the same."""
    parts = urlsplit(url)
    if (parts.hostname or "").startswith("www."):
        return f"{parts.scheme}://attachments.{parts.netloc.removeprefix('www.')}"
    return origin_of(url) + FILES_PATH


def tes_address(url: str) -> str:
    """The verification page, seen from a server that is asked as *url*."""
    parts = urlsplit(url)
    is_real = (parts.hostname or "").startswith("www.")
    return "https://session.tes.com/v1/verify" if is_real else f"{origin_of(url)}{TES_PATH}/v1/verify"


def shown_path(url: str) -> str:
    """The path of *url* as it may be logged: a pupil's code in it is masked."""
    return re.sub(r"(/student/checkpupilcode/).+", r"\1…", urlsplit(url).path)
