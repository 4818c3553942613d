"""EduConnect: where most pupils and parents of France have their account, on the way of many portals.

It is a Shibboleth server, and has changed its forms four times that we know of. Which form came is told from
the page alone, never from how often it came or from a number in an address:

1. A page whose script looks into the browser's storage (`shib_idp_ls_…`): sent back as it is, without
   anybody's credentials, which would be refused there. It may come before and after the log-in form.
2. The log-in form, with `j_username`, `j_password` and, since 2026, `typeUser`: `eleve` or `responsable`.
   Since 2025 it carries a `csrf_token`. In 2022 it came twice, and wanted to be filled in twice: that is the
   only case in which a password is sent again.
3. Sometimes a birth date or a code, which the person is asked for; a captcha, which nobody here can read.
4. A form that carries the assertion, which is the business of `saml`.

A form of EduConnect is filled in for EduConnect alone, whatever address stands in it.

Wire:
    `/idp/profile/SAML2/{POST,Redirect,Unsolicited}/SSO?execution=e…s…`; docs/protocol/portals.md#educonnect
Evidence:
    read: the forms, `#erreurMdp`, `#erreurIdentifiant`, `.fr-error-text`, `#erreurCaptcha`, `fr-hidden`, the
    fields of the birth date. guess: how the birth date is joined in `#password-input` (eight digits: day,
    month and year); that a code goes into the only field that takes text; what pages about codes, locked
    accounts and things to do say (`sentences`). inferred: the storage page after the log-in form.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Final
from urllib.parse import urlsplit

from schoolsync.ent.own_pages import was_at
from schoolsync.ent.portal import EDUCONNECT, Profile
from schoolsync.ent.sentences import (
    ACTIVATION_NAMED,
    CODE_NAMED,
    DISTURBED,
    NEW_PASSWORD_NAMED,
    STALE,
    TERMS,
    is_locked,
    says,
)
from schoolsync.ent.trip import Trip
from schoolsync.errors import ActionRequired, ChallengeUnanswered, SchoolSyncError, WrongCredentials
from schoolsync.flow.effects import Question, ask
from schoolsync.flow.forms import Form, Page
from schoolsync.flow.http import origin_of
from schoolsync.flow.secret import Secret

__all__ = ["is_not_serving", "turn"]

STORAGE: Final = "shib_idp_ls_"
PROCEED: Final = "_eventId_proceed"
"""The name of every button that goes on; pressing it sends it empty."""
BIRTH_DATE: Final = ("jour", "mois", "annee")
JOINED: Final = "password-input"
"""Id of the field that a script joins the birth date in."""
KINDS: Final = {Profile.PUPIL: "eleve", Profile.PARENT: "responsable"}
REFUSED: Final = (
    "#erreurMdp:not(.fr-hidden), #erreurIdentifiant:not(.fr-hidden), .fr-error-text:not(.fr-hidden)"
)
CAPTCHA: Final = (
    "#erreurCaptcha:not(.fr-hidden), #captcha:not(.fr-hidden):not(:empty), input#captcha, img#captcha,"
    " #label_captcha:not(.fr-hidden)"
)
STEP: Final = re.compile(r"(?:^|&)execution=(e\d+)s(\d+)(?:&|$)")
"""The conversation, and the step in it."""
DATE: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")

ASK_DATE: Final = (
    "EduConnect wants a birth date to be sure: the pupil's own, or the one of a parent's child. DD/MM/YYYY?"
)
ASK_CODE: Final = "EduConnect wants the code that it has just sent. Which is it?"
STALE_HINT: Final = (
    "EduConnect calls the request stale, or does not know who sent us: try again, and if it stays so,"
    " pronote.find_cas(url) tells which portal a school has."
)


def is_not_serving(page: Page) -> bool:
    """Whether *page* says that EduConnect does not serve, for now or us, and asks for nothing."""
    return not page.forms and says(page, DISTURBED)


async def turn(trip: Trip) -> None:
    """One step from a page of EduConnect that carries no assertion.

    Raises:
        WrongCredentials: It refused the password.
        ActionRequired: The account is locked, or something must be done in a browser first.
        ChallengeUnanswered: A captcha; or a birth date or a code that nobody knew.
        LostOnTheWay: It lost the thread after the password was sent, or shows an unknown page.
        FormReached: The log-in form, and nobody who wants to get in.
    """
    page = trip.page
    login = page.form(having="j_password")
    dated = next((form for form in page.forms if {*BIRTH_DATE} <= {*form.names}), None)
    stored = next((form for form in page.forms if any(name.startswith(STORAGE) for name in form.names)), None)
    if page.response.status == 400 or (not page.forms and says(page, STALE)):  # noqa: PLR2004 - HTTP's own
        await _begin_again(trip)
    elif dated is not None:
        await _tell_birth_date(trip, dated)
    elif login is not None:
        await _sign_in(trip, login)
    elif stored is not None:
        trip.took_for("storage page")
        await _send(trip, stored, {})
    else:
        await _leave_login(trip)


async def _begin_again(trip: Trip) -> None:
    """The portal's first page, once; a request that went stale is not repeated."""
    is_second = was_at(trip, "stale request")
    trip.took_for("stale request")
    if is_second or trip.proofs:
        raise trip.lost(hint=STALE_HINT)
    await trip.begin()


async def _send(trip: Trip, form: Form, values: dict[str, str | Secret]) -> None:
    """*form* is with EduConnect, and with nobody else."""
    if origin_of(form.action) != origin_of(f"https://{EDUCONNECT}/"):
        raise trip.lost("a form of EduConnect leads elsewhere", hint="Nothing was sent there.")
    await trip.submit(form, {PROCEED: "", **values})


# -- the log-in form ---------------------------------------------------------------------


async def _sign_in(trip: Trip, form: Form) -> None:
    trip.took_for("log-in form")
    if _wants_captcha(trip.page):
        raise ChallengeUnanswered("captcha", hint="Sign in to EduConnect once in a browser, then try again.")
    username = trip.username
    if trip.proofs:
        if not _is_second_round(trip, form):
            raise _refusal(trip)
        trip.most_proofs = 2
    kind = KINDS.get(trip.profile, KINDS[Profile.PARENT])
    await _send(trip, form, {"j_username": username, "j_password": trip.password, "typeUser": kind})


def _wants_captcha(page: Page) -> bool:
    return not page.has("#captcha.fr-hidden") and page.shows(CAPTCHA)


def _is_second_round(trip: Trip, form: Form) -> bool:
    """Whether the form came again because it wants to be filled in twice, as in 2022.

    It does not say that anything was wrong, and belongs to a later step of the same conversation. Newer
    forms, which carry a token, never do that.

    Evidence:
        read
    """
    before, now = (STEP.search(urlsplit(url).query) for url in (trip.proved_at, form.action))
    if before is None or now is None or trip.proofs > 1 or "csrf_token" in form.names:
        return False
    is_later = before[1] == now[1] and int(before[2]) < int(now[2])
    return is_later and not trip.page.shows(REFUSED)


def _refusal(trip: Trip) -> SchoolSyncError:
    """What the log-in form means that comes after the password was sent."""
    if is_locked(trip.page):
        return _locked()
    answered = next((kind for kind in ("birth_date", "second_factor") if was_at(trip, kind)), None)
    return _not_accepted(answered) if answered else WrongCredentials("user name or password")


def _not_accepted(kind: str) -> ChallengeUnanswered:
    return ChallengeUnanswered(kind, hint="EduConnect did not accept the answer: sign in again.")


def _locked() -> ActionRequired:
    hint = "EduConnect opens it again after a while; its own page helps with forgotten passwords."
    return ActionRequired("the account is locked by EduConnect", hint=hint)


# -- after it ----------------------------------------------------------------------------


async def _tell_birth_date(trip: Trip, form: Form) -> None:
    """The form with the birth date, in its three fields and joined as its script would."""
    said = DATE.fullmatch(await _answer(trip, "birth_date", ASK_DATE))
    try:
        date = dt.date(*(int(part) for part in said.groups()[::-1])) if said else None
    except ValueError:
        date = None
    if date is None:
        raise ChallengeUnanswered("birth_date", hint="The answer was no date: DD/MM/YYYY, like 31/12/2012.")
    parts = f"{date:%d/%m}/{date.year:04}".split("/")
    values: dict[str, str | Secret] = dict(zip(BIRTH_DATE, parts, strict=True))
    joined = next((field.name for field in form.fields if field.id == JOINED and field.name), None)
    await _send(trip, form, values | ({joined: "".join(parts)} if joined else {}))


async def _leave_login(trip: Trip) -> None:
    """One step from a page that asks for something else, or wants something to be done."""
    page = trip.page
    if is_locked(page):
        raise _locked()
    if says(page, CODE_NAMED):
        await _tell_code(trip)
        return
    for sentences, what in (
        (NEW_PASSWORD_NAMED, "EduConnect wants a new password"),
        (ACTIVATION_NAMED, "EduConnect wants the account to be activated"),
        (TERMS, "EduConnect wants its terms to be accepted"),
    ):
        if says(page, sentences):
            raise ActionRequired(what)
    raise trip.lost()


async def _tell_code(trip: Trip) -> None:
    """The form with the code of a second factor, in the only field of the page that takes one."""
    fields = [(form, field) for form in trip.page.forms for field in form.fields if field.is_typed]
    if len(fields) != 1:
        trip.took_for("second_factor")
        raise ChallengeUnanswered("second_factor")
    ((form, field),) = fields
    await _send(trip, form, {field.name: await _answer(trip, "second_factor", ASK_CODE)})


async def _answer(trip: Trip, kind: str, text: str) -> str:
    """What the person says, who is asked once.

    Raises:
        ChallengeUnanswered: Nobody did, or EduConnect did not accept it.
        LostOnTheWay: There is nobody to ask.
    """
    is_second = was_at(trip, kind)
    trip.took_for(kind)
    if is_second:
        raise _not_accepted(kind)
    if trip.visitor is None:
        raise trip.lost()
    return (await ask(Question(kind, text))).strip()
