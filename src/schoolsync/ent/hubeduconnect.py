"""The way through the gateway of PRONOTE's own vendor: accounts of EduConnect, and no portal.

1. The gateway's CAS, with the service: a form that carries a request to EduConnect. `#zone_msgDetail`
   instead: the service is missing, or the school is none that it serves.
2. EduConnect, back to the gateway, and a redirect to the service with a ticket.

Wire:
    `GET /EduConnect/cas/login?service=…`; docs/protocol/portals.md#families
Evidence:
    read. What it says of an account that it does not know is a guess.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from schoolsync.ent.own_pages import FOUND_BY, check, check_known, go_on
from schoolsync.ent.sentences import says
from schoolsync.ent.trip import Trip
from schoolsync.errors import Availability, Unavailable

if TYPE_CHECKING:
    from schoolsync.ent.families import HubEduConnect

__all__ = ["turn"]

MESSAGE: Final = "#zone_msgDetail"
NO_SERVICE: Final = ("service est vide",)
NOT_TRUSTED: Final = ("n'est pas une url de confiance",)
WHICH_SCHOOL: Final = "The gateway was not told which school is meant: give the address of its PRONOTE."


async def turn(_family: HubEduConnect, trip: Trip) -> None:
    """One step from a page of the gateway.

    Raises:
        SchoolSyncError: What the page says.
    """
    page = trip.page
    if not page.has(MESSAGE):
        await go_on(trip)
        return
    trip.took_for("message")
    if says(page, NOT_TRUSTED):
        raise Unavailable(Availability.OFF_AT_SCHOOL, hint=FOUND_BY)
    if says(page, NO_SERVICE):
        raise Unavailable(Availability.OFF_AT_SCHOOL, hint=WHICH_SCHOOL)
    check(trip)
    check_known(trip)
    raise trip.lost()
