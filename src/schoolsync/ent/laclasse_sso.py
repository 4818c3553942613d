"""The way through laclasse.com of Grand Lyon, with accounts of its own or of EduConnect.

Own accounts: the log-in page with the service shows a form with hidden `state` and `service`; all of it back
with `username` and `password`; a redirect to the school with a ticket, or a page without any form.

EduConnect: `/sso/educonnect` leads there, and back. Whether it keeps the service is not known: when the
portal shows a page of its own afterwards, its log-in page is asked again and gives the ticket. The form for
own accounts is never filled in: it has a link to EduConnect.

A refusal is the form again.

Wire:
    docs/protocol/portals.md#families
Evidence:
    read; that the form after EduConnect means an account that is not linked, and what the portal says of
    one, are guesses.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from schoolsync.ent.families import LaclasseEduConnect, LaclasseSso
from schoolsync.ent.own_pages import check_known, go_on, is_again, log_in, unknown_account
from schoolsync.ent.trip import Trip
from schoolsync.flow.forms import Form

__all__ = ["turn"]


async def turn(family: LaclasseSso | LaclasseEduConnect, trip: Trip) -> None:
    """One step from a page of the portal's own.

    Raises:
        SchoolSyncError: What the page says.
    """
    form = trip.page.form(having="password")
    if isinstance(family, LaclasseEduConnect):
        _check_account(trip, form)
    if form is None:
        await go_on(trip)
    elif isinstance(family, LaclasseEduConnect):
        await _to_educonnect(family, trip)
    else:
        await log_in(trip, form)


def _check_account(trip: Trip, form: Form | None) -> None:
    """Nothing, unless the portal does not know whom EduConnect vouched for."""
    check_known(trip)
    if trip.proofs and form is not None and not trip.was_let_in:
        raise unknown_account(trip)


async def _to_educonnect(family: LaclasseEduConnect, trip: Trip) -> None:
    """EduConnect, by the link on the form for accounts of the portal's own."""
    path = urlsplit(family.educonnect_url).path
    link = next((link for link in trip.page.links() if urlsplit(link).path == path), None)
    if link is None or trip.proofs or is_again(trip, "chooser"):
        raise trip.lost()
    trip.took_for("chooser")
    await trip.go(link)
