"""What portals of several makes show alike on pages of their own.

The log-in form that may be filled in once, the question which account is meant, the page of somebody who is
signed in, and sentences that say what stands in the way.

Wire:
    docs/protocol/portals.md#families
Evidence:
    The sentences on services are read, or those of CAS in general (inferred). Those on locked accounts, new
    passwords, activation, terms and codes are guesses, in French and English: nobody has kept such a page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

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
    "check",
    "choose",
    "go_on",
    "is_again",
    "is_locked",
    "log_in",
    "says",
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
LOCKED: Final = (
    *("compte est bloque", "compte bloque", "compte a ete bloque", "temporairement bloque"),
    *("compte est verrouille", "compte verrouille", "compte a ete verrouille"),
    *("compte est desactive", "compte desactive", "compte a ete desactive", "compte est suspendu"),
    *("account is locked", "account locked", "account has been locked"),
    *("account is disabled", "account has been disabled", "account disabled"),
    *("trop de tentatives", "trop d'essais", "too many attempts", "too many failed"),
)
SUPPOSED: Final = re.compile(
    r"\b(?:si|if|en cas de|in case)(?: \S+){{0,2}} (?:{0})|(?:{0})[^.!?]{{0,30}}\?".format("|".join(LOCKED))
)
"""Help for those whose account may be locked, which stands on many a form: "locked out?", "if you are …"."""
NEW_PASSWORD: Final = (
    *("vous devez changer le mot de passe", "vous devez changer votre mot de passe"),
    *("vous devez changer de mot de passe", "vous devez modifier votre mot de passe"),
    *("mot de passe doit etre change", "mot de passe doit etre modifie", "mot de passe doit etre renouvele"),
    *("mot de passe a expire", "mot de passe est expire", "definir un nouveau mot de passe"),
    *("must change your password", "password has expired", "password must be changed"),
)
ACTIVATION: Final = (
    *("vous devez activer votre compte", "compte doit etre active"),
    *("account must be activated", "account is not activated"),
)
TERMS: Final = (
    *("accepter les conditions", "accepter la charte", "accepter le reglement"),
    *("accept the terms", "accept the conditions"),
)
CODE: Final = (
    *("code de verification", "code a usage unique", "code de securite", "authentification forte"),
    *("double authentification", "verification code", "one-time code", "two-factor", "strong authentication"),
)
NOT_SERVED: Final = (
    *("not allowed to use cas", "not authorized to use cas", "application not authorized"),
    *("non autorise a utiliser cas", "non autorisee a utiliser cas", "pas autorisee a utiliser cas"),
    *("service non autorise", "service n'est pas autorise", "application non autorisee"),
    *("application n'est pas autorisee", "service not authorized"),
)
DOWN: Final = ("difficultes techniques", "en maintenance", "temporairement indisponible", "under maintenance")
FOUND_BY: Final = (
    "This school is probably behind another portal: pronote.find_cas(url) tells which, and on what evidence."
)
UNKNOWN: Final = (
    "Sign in to the portal once in a browser; if it is not known there either, the school must link it."
)


def says(page: Page, sentences: Sequence[str], *, within: str = "") -> bool:
    """Whether one of *sentences* stands on *page*; they are written small and without accents.

    Args:
        page: The page.
        sentences: What is looked for.
        within: The only elements to look in, if any of them has something to say.
    """
    words = _words(page, within)
    return any(sentence in words for sentence in sentences)


def _words(page: Page, within: str = "") -> str:
    """What *page* says, small and without accents."""
    said = page.text(within).replace("’", "'").casefold() if within else ""
    letters = unicodedata.normalize("NFD", said or page.words)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def is_locked(page: Page, within: str = "") -> bool:
    """Whether *page* says that the account is locked, and does not only suppose it."""
    words = SUPPOSED.sub(" ", _words(page, within))
    return any(sentence in words for sentence in LOCKED)


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


def unknown_account() -> ActionRequired:
    """The error of a portal that EduConnect vouched to, in vain."""
    return ActionRequired("the portal does not know this EduConnect account", hint=UNKNOWN)


# -- other pages --------------------------------------------------------------------------------


async def go_on(trip: Trip) -> None:
    """A page of the portal's own, for somebody who is signed in, is left behind: back to the school.

    From a page in front of the portal, the way leads to its first page.

    Raises:
        SchoolSyncError: It says something else, or nobody can be signed in yet.
    """
    page = trip.page
    if page.host in trip.portal.fronts and not trip.proofs:
        trip.took_for("front page")
        return await trip.begin()
    check(trip)
    asks = any(field.kind == "password" for form in page.forms for field in form.fields)
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
    passwords = [field for form in page.forms for field in form.fields if field.kind == "password"]
    if is_locked(page):
        return _locked()
    if says(page, NEW_PASSWORD) or len(passwords) > 1:
        return ActionRequired("the portal wants a new password")
    if says(page, ACTIVATION):
        return ActionRequired("the account is not activated yet")
    if says(page, TERMS) and page.forms:
        return ActionRequired("the portal's terms are not accepted yet")
    if says(page, CODE) and any(_takes_text(form) for form in page.forms):
        return ChallengeUnanswered("second_factor")
    return None


def _takes_text(form: Form) -> bool:
    return any(field.kind in {"text", "tel", "number", "password"} for field in form.fields)


def _locked() -> ActionRequired:
    where = "the account is locked: the portal opens it again after a while, or the school does"
    return ActionRequired(where)
