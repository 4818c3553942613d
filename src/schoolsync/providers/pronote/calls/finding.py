"""What everybody may ask: an instance about itself, and the vendor's directory about schools.

Nobody signs in for it, and there is no session.
"""

from __future__ import annotations

import json
from typing import Any, Final

import attrs

from schoolsync.errors import Availability, DecodeIssue, Unavailable, Undecodable, UnexpectedShape
from schoolsync.flow.effects import send
from schoolsync.flow.http import Request, Response
from schoolsync.model.decoding import decode_row, decode_rows
from schoolsync.providers.pronote.address import moved_root
from schoolsync.providers.pronote.page import seen
from schoolsync.providers.pronote.refusals import page_refusal, status_refusal
from schoolsync.providers.pronote.schema.finding import FoundRow, InstancePage
from schoolsync.providers.pronote.state import AGENT

__all__ = ["Information", "information", "schools_around"]

INFORMATION: Final = "InfoMobileApp.json"
APP: Final = "0D264427-EEFC-4810-A9E9-346942A862A4"
"""How the vendor's own app calls itself: the same at every school."""
DIRECTORY: Final = "https://www.index-education.com/swie/geoloc.php"
"""The vendor's directory of schools."""
ROWS: Final = "geoLoc"

NO_INFORMATION: Final = (
    "The school has switched the mobile app off, or this is not the address of its PRONOTE."
    " pronote.find_cas(url) tells more."
)


@attrs.frozen
class Information:
    """What an instance tells about itself."""

    root: str
    """Where it is: somewhere else when it has moved for good."""
    page: InstancePage = attrs.field(repr=False)
    """What it tells."""
    issues: tuple[DecodeIssue, ...] = ()
    """What could not be read."""


async def information(root: str) -> Information:
    """What the instance at *root* tells everybody about itself.

    Raises:
        Unavailable: It tells nothing, or there is none.
        AddressSuspended: It says that this network address is suspended.
        InstanceClosed: It is closed, or broken for now.
        RateLimited: It asks for fewer requests.
        Undecodable: At `JSON`: something else came.
        UnexpectedShape: JSON of another shape.

    Costs: One request; one more when the school has moved for good.
    Wire: `InfoMobileApp.json`. Evidence: recorded.
    """
    response = await _asked(root)
    moved = moved_root(root, INFORMATION, response)
    if moved is not None:
        root, response = moved, await _asked(moved)
    issues: list[DecodeIssue] = []
    page = decode_row(InstancePage, _told(response), INFORMATION, issues)
    if page is None:
        raise UnexpectedShape(issues[-1].path, issues[-1].problem)
    return Information(root, page, tuple(issues))


async def _asked(root: str) -> Response:
    url = f"{root}/{INFORMATION}?id={APP}"
    response = await send(Request("GET", url, AGENT, is_read=True))
    return response if response.url else attrs.evolve(response, url=url)


def _told(response: Response) -> object:
    """The JSON of *response*; a page of its own, a redirect, or no such page means that there is none."""
    if response.status // 100 in {3, 4} and response.status != 429:  # noqa: PLR2004
        nothing = Unavailable(Availability.OFF_AT_SCHOOL, hint=NO_INFORMATION)
        raise page_refusal(response.text) or nothing
    return _json(response)


def _json(response: Response) -> object:
    """The JSON of *response*. Neither the error nor its context holds any of it."""
    if response.status == 200:  # noqa: PLR2004 - the only status that comes with any
        try:
            return response.json()
        except ValueError:
            pass
    raise page_refusal(response.text) or status_refusal(response) or Undecodable("JSON", seen(response))


async def schools_around(
    latitude: float, longitude: float, issues: list[DecodeIssue]
) -> list[tuple[FoundRow, Any]]:
    """The schools that the vendor's directory knows around a place, each with the row that it was read from.

    Args:
        latitude: Degrees north.
        longitude: Degrees east.
        issues: Gets one entry for each row or field that could not be read.

    Raises:
        InstanceClosed: The directory is broken for now.
        RateLimited: It asks for fewer requests.
        Undecodable: At `JSON`: something else came.
        UnexpectedShape: JSON of another shape.

    Costs: One request.
    Wire: `POST swie/geoloc.php`, which calls it geoLoc; nothing near is an empty object. Evidence: read.
    """
    asked = {"nomFonction": ROWS, "lat": f"{latitude:.6f}", "long": f"{longitude:.6f}"}
    fields = {"data": json.dumps(asked, separators=(",", ":"))}
    response = await send(Request.form(DIRECTORY, fields, headers=AGENT, is_read=True))
    said = _json(response)
    return decode_rows(FoundRow, [] if said == {} else said, ROWS, issues)
