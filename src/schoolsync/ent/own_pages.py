"""What portals of several makes show alike on pages of their own.

The log-in form that may be filled in once, the question which account is meant, the page of somebody who is
signed in, and the pages that stand in the way: what is true of one make only is in its family.

Wire:
    docs/protocol/portals.md#families
Evidence:
    read, or inferred. guess: the pages of captchas, new passwords and codes, which nobody has kept, and all
    that `sentences` calls so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from schoolsync.ent.sentences import (
    ACTIVATION,
    CODE,
    DOWN,
    NEW_PASSWORD,
    NOT_SERVED,
    TERMS,
    UNLINKED,
    is_locked,
    says,
)
from schoolsync.ent.trip import Trip
from schoolsync.errors import (
    ActionRequired,
    Availability,
    ChallengeUnanswered,
    InstanceClosed,
    SchoolSyncError,
    Unavailable,
    WrongCredentials,
)
from schoolsync.flow.effects import Question, ask
from schoolsync.flow.forms import Form, Page

__all__ = [
    "FOUND_BY",
    "WANTS_ACTIVATION",
    "WANTS_RENEWAL",
    "WANTS_TERMS",
    "check",
    "check_known",
    "choose",
    "go_on",
    "is_again",
    "log_in",
    "to_fill_in",
    "unknown_account",
    "was_at",
]

ERRORS: Final = (
    "#loginErrorsPanel, #input-error, .kc-feedback-text, .alert-danger, .alert-error, .msg--error,"
    " .error, [role=alert]"
)
"""Where log-in forms say what was wrong."""
CAPTCHA: Final = ".g-recaptcha, .h-captcha, #captcha, input[name*=captcha], iframe[src*=captcha]"
WANTS_ACTIVATION: Final = "the account is not activated yet"
WANTS_RENEWAL: Final = "the portal wants a new password"
WANTS_TERMS: Final = "the portal's terms are not accepted yet"
"""What an `ActionRequired` of a portal says is to be done first."""
FOUND_BY: Final = (
    "This school is probably behind another portal: pronote.find_cas(url) tells which, and on what evidence."
)
UNKNOWN: Final = (
    "Sign in to the portal once in a browser; if it is not known there either, the school must link it."
)


def was_at(trip: Trip, sign: str) -> bool:
    """Whether a page on the way was taken for *sign*, before this one."""
    return any(hop.sign == sign for hop in trip.hops)


def is_again(trip: Trip, sign: str) -> bool:
    """Whether pages were taken for *sign* as often as the walk has begun: one more leads round in circles."""
    return sum(hop.sign == sign for hop in trip.hops) >= max(trip.begins, 1)


# -- the log-in form ----------------------------------------------------------------------


def to_fill_in(trip: Trip) -> str:
    """The user name, for the log-in form that the walk has come to.

    Raises:
        FormReached: Nobody wants to get in: the walk ends here.
        WrongCredentials: The password was sent, and here is the form again.
        ActionRequired: So it is, because the account is locked.
        ChallengeUnanswered: A picture must be read first.
    """
    trip.took_for("log-in form")
    username = trip.username
    page = trip.page
    if trip.proofs and is_locked(page, ERRORS):
        raise _locked()
    if page.shows(CAPTCHA):
        raise ChallengeUnanswered("captcha")
    if trip.proofs:
        raise WrongCredentials("user name or password")
    return username


async def log_in(trip: Trip, form: Form, *, button: str = "") -> None:
    """The log-in form with `username` and `password` is filled in, once, and sent.

    Args:
        trip: The walk.
        form: The form.
        button: The name of the button that is pressed, if pressing it is sent too.

    Raises:
        SchoolSyncError: What `to_fill_in` says.
    """
    username = to_fill_in(trip)
    await trip.submit(form, {"username": username, "password": trip.password}, button=button)


# -- several accounts -----------------------------------------------------------------------


async def choose(trip: Trip, text: str, forms: Sequence[Form]) -> Form:
    """The one of *forms* that is meant: each stands for an account, and says which.

    Nobody is asked where there is only one.

    Args:
        trip: The walk.
        text: The question.
        forms: At least one.

    Raises:
        ChallengeUnanswered: Nobody answered, or not with one of the choices.
    """
    trip.took_for("choice of accounts")
    if len(forms) == 1:
        return forms[0]
    labels = [form.text or f"{place}" for place, form in enumerate(forms, 1)]
    unique = [
        label if labels.count(label) == 1 else f"{label} ({place})" for place, label in enumerate(labels, 1)
    ]
    answer = (await ask(Question("account", text, tuple(unique)))).strip()
    if answer not in unique:
        raise ChallengeUnanswered("account", hint="The answer was not one of the choices.")
    return forms[unique.index(answer)]


def unknown_account(trip: Trip) -> ActionRequired:
    """The error of a portal that EduConnect vouched to, in vain; the page was taken for that."""
    trip.took_for("not known")
    return ActionRequired("the portal does not know this EduConnect account", hint=UNKNOWN)


def check_known(trip: Trip) -> None:
    """Nothing, unless the page says that the portal does not know whom EduConnect vouched for.

    Raises:
        ActionRequired: It does.

    Evidence:
        guess
    """
    if trip.proofs and says(trip.page, UNLINKED):
        raise unknown_account(trip)


# -- other pages --------------------------------------------------------------------------------


async def go_on(trip: Trip) -> None:
    """A page of the portal's own, for somebody who is signed in, is left behind: back to the school.

    From a page in front of the portal, the way leads to its first page.

    Raises:
        SchoolSyncError: It says something else, or nobody can be signed in yet.
    """
    page = trip.page
    if trip.is_in_front and not trip.proofs:
        trip.took_for("front page")
        return await trip.begin()
    check(trip)
    asks = any(form.passwords for form in page.forms)
    if not trip.proofs or asks or page.response.status != 200:  # noqa: PLR2004 - HTTP's own number
        raise trip.lost()
    trip.took_for("signed in")
    return await trip.come_back()


def check(trip: Trip) -> None:
    """Nothing, when the page says nothing that stands in the way.

    Raises:
        Unavailable: The school is not one of this portal.
        ActionRequired: The account is locked, or something must be done in a browser first.
        ChallengeUnanswered: A code is asked for, on a form that nobody knows.
        InstanceClosed: The portal says that it is out of order.
    """
    page = trip.page
    if says(page, NOT_SERVED):
        raise Unavailable(Availability.OFF_AT_SCHOOL, hint=FOUND_BY)
    if trip.proofs:
        trouble = _trouble(page)
        if trouble is not None:
            raise trouble
    elif says(page, DOWN) and not page.forms:
        raise InstanceClosed(hint="The portal says so itself. Try again later.")


def _trouble(page: Page) -> SchoolSyncError | None:
    """What keeps somebody out whose password was right, as far as *page* says it."""
    if is_locked(page):
        return _locked()
    if says(page, NEW_PASSWORD) or sum(len(form.passwords) for form in page.forms) > 1:
        return ActionRequired(WANTS_RENEWAL)
    if says(page, ACTIVATION):
        return ActionRequired(WANTS_ACTIVATION)
    if says(page, TERMS) and page.forms:
        return ActionRequired(WANTS_TERMS)
    if says(page, CODE) and any(field.is_typed for form in page.forms for field in form.fields):
        return ChallengeUnanswered("second_factor")
    return None


def _locked() -> ActionRequired:
    where = "the account is locked: the portal opens it again after a while, or the school does"
    return ActionRequired(where)
