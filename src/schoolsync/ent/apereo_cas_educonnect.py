"""The way through a CAS server that hands over to EduConnect: RECIA, Net O'Centre.

1. The log-in page, with the service and `idpId`: the server leads to EduConnect at once.
2. Without `idpId`, or where it was lost, a chooser: links with `idpId=…`, or the element `r-wayf` that makes
   them from a script; we add `idpId` ourselves. Another portal in front shows a link to the log-in page
   (`#portalCASLoginLink`), with a token in its service that changes: it is followed as it stands.
3. EduConnect, and back to the server. Maybe several profiles (`#cas-profile-tiles`), each a form of its own.
4. A redirect to the service with a ticket, or a page that says "connected" (`#principalId`).

`.banner-danger` after EduConnect: the server was told who we are and does not know us. The form for accounts
of the server's own is never filled in.

Wire:
    docs/protocol/portals.md#families
Evidence:
    read, from the server's own source; no client is known to have met the tiles or the banner. That an error
    panel on the form for other accounts means the same as the banner is a guess.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urljoin, urlsplit

from schoolsync.ent.own_pages import check, choose, go_on, unknown_account
from schoolsync.ent.trip import Trip
from schoolsync.flow.forms import Page

if TYPE_CHECKING:
    from schoolsync.ent.families import ApereoCasEduConnect

__all__ = ["turn"]

TILES = "#cas-profile-tiles"
REFUSED = ".banner-danger, #loginErrorsPanel"
WHICH = "Which profile do you want to use?"


async def turn(family: ApereoCasEduConnect, trip: Trip) -> None:
    """One step from a page of the CAS server, or of the portal in front of it.

    Raises:
        SchoolSyncError: What the page says.
    """
    page = trip.page
    onwards = None if trip.proofs else _onwards(page, family.idp_id)
    if page.has(TILES):
        await _choose_profile(trip)
    elif onwards is not None:
        trip.took_for("chooser")
        await trip.go(onwards)
    elif trip.proofs and page.shows(REFUSED) and not page.has("#principalId"):
        check(trip)
        raise unknown_account(trip)
    else:
        await go_on(trip)


async def _choose_profile(trip: Trip) -> None:
    tiles = [form for form in trip.page.forms if "key" in form.names]
    if not tiles:
        raise trip.lost()
    await trip.submit(await choose(trip, WHICH, tiles))


def _onwards(page: Page, idp_id: str) -> str | None:
    """Where EduConnect is chosen, on a chooser or a portal's front page; `None` if *page* is neither."""
    if _names(page.url, idp_id):
        return None
    offered = next((link for link in page.links() if _names(link, idp_id)), None)
    if offered is not None:
        return offered
    log_in = page.attribute("#portalCASLoginLink", "href")
    if log_in:
        return _naming(urljoin(page.url, log_in), idp_id)
    return _naming(page.url, idp_id) if page.has("r-wayf") else None


def _names(url: str, idp_id: str) -> bool:
    return idp_id in parse_qs(urlsplit(url).query).get("idpId", ())


def _naming(url: str, idp_id: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}idpId={idp_id}"
