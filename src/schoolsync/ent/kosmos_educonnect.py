"""The way through Kosmos (Skolengo, kdecole) with accounts of EduConnect.

1. The CAS's log-in page, EduConnect chosen (`selection=EDU`, or another code for the same) and the service.
   It leads to `/delegate/redirect/…`: a form that carries a request to EduConnect. A chooser instead means
   that the code has changed: it is chosen there if it is still offered.
2. EduConnect, and back to `/saml/SAMLAssertionConsumer`.
3. A redirect to the service with a ticket; without a service, a page that says "connected" (`.msg__title`,
   and in `.msg__content` the link to go on). Another page there: the account is not linked to this portal.

Wire:
    `GET /login?selection=…&service=…&submit=Valider`; docs/protocol/portals.md#families
Evidence:
    read. What the page for an account that is not linked looks like is inferred.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from schoolsync.ent.kosmos_form import chooser, log_in_form, select
from schoolsync.ent.own_pages import check, check_known, go_on, unknown_account
from schoolsync.ent.trip import Trip
from schoolsync.flow.forms import Page

if TYPE_CHECKING:
    from schoolsync.ent.families import KosmosEduConnect

__all__ = ["turn"]

CONSUMER: Final = "/saml/"
"""Where the CAS takes what EduConnect says."""
OWN_FORM: Final = (
    "EduConnect's password is not sent to it. The sources of accounts of this portal have changed: please"
    " report it."
)


async def turn(family: KosmosEduConnect, trip: Trip) -> None:
    """One step from a page of the CAS.

    Raises:
        SchoolSyncError: What the page says.
    """
    page = trip.page
    sources = chooser(page)
    if trip.is_in_front:
        trip.took_for("front page")
        await trip.begin()
    elif sources is not None:
        await select(trip, sources, family.selection)
    elif log_in_form(page) is not None:
        raise trip.lost("the portal asks for a password of its own", hint=OWN_FORM)
    else:
        _check_account(trip)
        await go_on(trip)


def _check_account(trip: Trip) -> None:
    """Nothing, unless the portal does not know whom EduConnect vouched for."""
    check(trip)
    page = trip.page
    is_stranded = page.path.startswith(CONSUMER) and bool(page.words) and not _is_connected(page)
    check_known(trip)
    if trip.proofs and is_stranded:
        raise unknown_account(trip)


def _is_connected(page: Page) -> bool:
    return page.has(".msg__title") and page.has(".msg__content a[href]")
