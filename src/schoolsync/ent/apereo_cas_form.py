"""The way through a plain CAS server with a form of its own: Atrium, and many others.

1. The log-in page, with the service: `form#fm1` with `username`, `password` and hidden fields. `execution` is
   good once; `lt` has been gone since 2021, and is sent back where it still is.
2. Everything back, button included. A redirect to the service with a ticket; the form again, HTTP 200 or 401,
   when the password was wrong.
3. Without a service, or when that was lost: a page that says "connected" (`#principalId`).

Wire:
    docs/protocol/portals.md#families
Evidence:
    read; the pages of a rejected service and of a second factor are CAS's own (inferred).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schoolsync.ent.own_pages import go_on, log_in
from schoolsync.ent.trip import Trip

if TYPE_CHECKING:
    from schoolsync.ent.families import ApereoCasForm

__all__ = ["turn"]


async def turn(family: ApereoCasForm, trip: Trip) -> None:
    """One step from a page of the CAS server.

    Raises:
        SchoolSyncError: What the page says.
    """
    form = trip.page.form(called=family.form, having="password")
    if form is None:
        await go_on(trip)
    else:
        await log_in(trip, form, button="submit")
