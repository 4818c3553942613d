"""The way through MonLycée.net of Île-de-France: Keycloak in front of a CAS.

1. From the school's redirect, or the portal's front page, redirects lead to Keycloak.
2. `#kc-form-login` with `username`, `password`, `credentialId`. Its address is good for a while only: "page
   expired" begins anew once, and never after the password was sent.
3. Sometimes a code by e-mail: `#kc-otp-login-form` with `emailCode`, which the person is asked for, once.
4. Back to the CAS and to the school with a ticket; from the front page, to the portal, and then the school.

A refusal is the form again, with `aria-invalid` on the user name.

Wire:
    docs/protocol/portals.md#families
Evidence:
    read. The field `otp` and the pages for new passwords, terms and errors are Keycloak's own (inferred).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from schoolsync.ent.own_pages import WANTS_RENEWAL, WANTS_TERMS, go_on, log_in, was_at
from schoolsync.ent.sentences import EXPIRED, says
from schoolsync.ent.trip import Trip
from schoolsync.errors import ActionRequired, ChallengeUnanswered
from schoolsync.flow.effects import Question, ask
from schoolsync.flow.forms import Form, Page

if TYPE_CHECKING:
    from schoolsync.ent.families import KeycloakMonLycee

__all__ = ["turn"]

CODES: Final = ("emailCode", "otp")
ACTIONS: Final = {
    "#kc-passwd-update-form": WANTS_RENEWAL,
    "#kc-update-profile-form": "the portal wants the account to be completed",
    "#kc-terms-text": WANTS_TERMS,
}
WHICH_CODE: Final = "Which code did the portal send by e-mail?"
WHICH_NUMBER: Final = "Which code does the app for one-time codes show?"
CODE_REFUSED: Final = "The code was not accepted: sign in again to get a new one."


async def turn(_family: KeycloakMonLycee, trip: Trip) -> None:
    """One step from a page of Keycloak or of the portal.

    Raises:
        SchoolSyncError: What the page says.
    """
    page = trip.page
    codes = page.form(called="kc-otp-login-form")
    form = page.form(called="kc-form-login", having="password")
    if codes is not None:
        await _tell_code(trip, codes)
    elif says(page, EXPIRED) and (form is None or trip.proofs):
        await _begin_anew(trip)
    elif form is not None:
        await log_in(trip, form)
    else:
        _check_actions(page)
        await go_on(trip)


def _check_actions(page: Page) -> None:
    """Nothing, unless Keycloak wants something to be done first."""
    for sign, what in ACTIONS.items():
        if page.has(sign):
            raise ActionRequired(what)


async def _tell_code(trip: Trip, form: Form) -> None:
    field = next((name for name in CODES if name in form.names), None)
    if field is None:
        raise trip.lost()
    if was_at(trip, "code"):
        raise ChallengeUnanswered("second_factor", hint=CODE_REFUSED)
    trip.took_for("code")
    text = WHICH_CODE if field == "emailCode" else WHICH_NUMBER
    await trip.submit(form, {field: (await ask(Question("second_factor", text))).strip()})


async def _begin_anew(trip: Trip) -> None:
    trip.took_for("page expired")
    if trip.proofs:
        raise trip.lost("the portal says that its page has expired", hint="Try again.")
    await trip.begin()
