"""The way through a Shibboleth service with a discovery page, and accounts of EduConnect: e-lyco.

1. The service's CAS, with the service of the school: no session yet, so it leads to the discovery page.
2. A form, sent by GET, with `origin`: we choose EduConnect. Where the page has no form (a script draws it),
   the service itself is told, at `/Shibboleth.sso/Login`.
3. EduConnect, and back to `/Shibboleth.sso/SAML2/POST`, which leads to what was asked for first: the ticket.

The discovery page again: it does not know what we chose. HTTP 500: the service is broken.

Wire:
    docs/protocol/portals.md#families
Evidence:
    read; that the short way helps where a script draws the page, and what the service says of an account that
    it does not know, are guesses.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from schoolsync.ent.own_pages import check_known, go_on, is_again
from schoolsync.ent.trip import Trip
from schoolsync.flow.forms import Form

if TYPE_CHECKING:
    from schoolsync.ent.families import ShibWayfEduConnect

__all__ = ["turn"]

DISCOVERY: Final = re.compile(r"/(wayf|discovery|ds)(/|$)", re.IGNORECASE)


async def turn(family: ShibWayfEduConnect, trip: Trip) -> None:
    """One step from a page of the service, or from its discovery page.

    Raises:
        SchoolSyncError: What the page says.
    """
    page = trip.page
    form = page.form(having="origin")
    if form is not None or DISCOVERY.search(page.path):
        await _discover(family, trip, form)
    else:
        check_known(trip)
        await go_on(trip)


async def _discover(family: ShibWayfEduConnect, trip: Trip, form: Form | None) -> None:
    if trip.proofs or is_again(trip, "discovery"):
        raise trip.lost("the discovery page comes again", hint="It may not know EduConnect by that name.")
    trip.took_for("discovery")
    if form is not None:
        await trip.submit(form, {"origin": family.origin})
    else:
        chosen = urlencode({"SAMLDS": "1", "entityID": family.origin})
        await trip.go(f"https://{family.host}/Shibboleth.sso/Login?{chosen}")
