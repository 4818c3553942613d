"""The way through OpenENT (Edifice, Neo, One) with accounts of EduConnect.

1. Where the portal begins: `/auth/saml/authn/student` or `/relative`, with `callBack`, its CAS and the
   service. It keeps that in a cookie and asks EduConnect. HTTP 403: it has no such way for this profile; if
   it is known what EduConnect calls it, EduConnect begins, as for portals that have no such way at all.
2. Where EduConnect begins (`/idp/profile/SAML2/Unsolicited/SSO`), nobody has been told of the service.
3. EduConnect, and back to `/auth/saml/acs`. Several accounts of the same person: one form for each, and the
   person is asked. Then the CAS with a ticket, or the portal's front page, from where the school is entered.

The portal's own log-in is never sent the password that EduConnect refused, or accepted.

Wire:
    docs/protocol/portals.md#families
Evidence:
    read, in the portal's own source. That its log-in page, elsewhere than at `/auth/saml/acs`, may mean an
    unknown account as well is inferred.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from schoolsync.ent.openent_local import call_back, error_of, is_log_in, trouble, wanted_first
from schoolsync.ent.own_pages import check, choose, go_on, unknown_account, was_at
from schoolsync.ent.portal import EDUCONNECT, Door, Profile
from schoolsync.ent.trip import Trip
from schoolsync.errors import Availability, SchoolSyncError, Unavailable

if TYPE_CHECKING:
    from schoolsync.ent.families import OpenEntEduConnect

__all__ = ["entrance", "signpost", "turn"]

AUTHN: Final = "/auth/saml/authn/"
CONSUMER: Final = "/auth/saml/acs"
SELECT_USER: Final = "/auth/saml/selectUser"
NAMES: Final = {Profile.PUPIL: "student", Profile.PARENT: "relative"}
UNKNOWN: Final = "fed.auth.error"
WHICH: Final = "Several accounts of this portal belong to you. Which one?"
NO_FEDERATION: Final = (
    "The portal does not take EduConnect's word for this profile; it may have accounts of its own."
    " pronote.find_cas(url) tells what is known of the school."
)
NOT_IN: Final = (
    "The portal may not know this EduConnect account, or was asked in a way that it did not expect:"
    " sign in to it once in a browser."
)


def entrance(family: OpenEntEduConnect, door: Door, profile: Profile) -> str:
    """The portal's own way to EduConnect, which keeps the service; or EduConnect's way to the portal."""
    if not family.authn:
        return _unsolicited(family)
    back = call_back(door)
    asked = f"?callBack={quote(back, safe='')}" if back else ""
    return f"https://{family.host}{AUTHN}{NAMES.get(profile, NAMES[Profile.PARENT])}{asked}"


def _unsolicited(family: OpenEntEduConnect) -> str:
    provider = family.provider_id or f"https://{family.host}/auth/saml/metadata/idp.xml"
    return f"https://{EDUCONNECT}/idp/profile/SAML2/Unsolicited/SSO?providerId={quote(provider, safe='')}"


def signpost(url: str) -> SchoolSyncError | None:
    """What a redirect to *url* says by itself: something to do first."""
    return wanted_first(url)


async def turn(family: OpenEntEduConnect, trip: Trip) -> None:
    """One step from a page of the portal.

    Raises:
        SchoolSyncError: What the page says.
    """
    page = trip.page
    if page.path.startswith(AUTHN) and page.response.status == 403:  # noqa: PLR2004 - HTTP's own number
        await _ask_educonnect(family, trip)
        return
    said = trouble(page)
    if said is not None:
        raise said
    check(trip)
    accounts = [form for form in page.forms if urlsplit(form.action).path == SELECT_USER]
    if accounts:
        await trip.submit(await choose(trip, WHICH, accounts))
    elif trip.is_in_front or (is_log_in(page) and not trip.proofs):
        trip.took_for("front page")
        await trip.begin()
    elif is_log_in(page):
        raise _not_in(trip)
    else:
        await go_on(trip)


async def _ask_educonnect(family: OpenEntEduConnect, trip: Trip) -> None:
    """EduConnect's own way to the portal, once, where the portal has none for this profile."""
    is_second = was_at(trip, "no federation")
    trip.took_for("no federation")
    if family.provider_id is None or is_second:
        raise Unavailable(Availability.NOT_FOR_THIS_ACCOUNT, hint=NO_FEDERATION)
    await trip.go(_unsolicited(family))


def _not_in(trip: Trip) -> SchoolSyncError:
    """What it means that the portal asks who we are although EduConnect has told it."""
    page = trip.page
    if page.path == CONSUMER or UNKNOWN in error_of(page):
        return unknown_account(trip)
    return trip.lost("EduConnect let us in, and the portal asks who we are", hint=NOT_IN)
