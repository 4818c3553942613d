"""Every way in which a PRONOTE server says no, as the leaf that tells who must act.

A number (`Erreur.G`) where there is one, else the sentence. A suspended address is only said when the
server's own sentence says it; two letters on a page never do.

Evidence: read in several independent clients and their issues; numbers without a mark were seen there.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import attrs

from schoolsync.errors import (
    ActionRequired,
    AddressSuspended,
    Availability,
    ChallengeUnanswered,
    InstanceClosed,
    RateLimited,
    Refused,
    SchoolSyncError,
    SessionExpired,
    StaleReference,
    Unavailable,
    WrongCredentials,
)
from schoolsync.flow.effects import Flow
from schoolsync.flow.html import text_of
from schoolsync.flow.http import ResponseHead
from schoolsync.providers.pronote.schema.entering import EntryPage

__all__ = [
    "PROVIDER",
    "Misread",
    "Private",
    "access_refusal",
    "page_refusal",
    "refusal",
    "status_refusal",
    "step_refusal",
    "told",
    "wrong_password",
    "wrong_token",
]

T = TypeVar("T")

PROVIDER = "pronote"
"""What we are called."""
TOO_MANY_LOGINS = dt.timedelta(minutes=30)
"""How long an account rests after too many failed log-ins. Evidence: read."""
OVERLOADED = dt.timedelta(minutes=10)
"""How long a site rests that is unavailable for a moment. Evidence: read."""
WORD, LETTER = 3, r"[^\W\d_]"
"""Secrets that are longer are looked for inside words too; what words are made of."""
PAGE_START = 100_000
"""So much of a page is looked at for sentences."""
PART = "user name or password"


async def told(operation: str, flow: Flow[T]) -> T:
    """What *flow* returns; its errors say where they happened."""
    try:
        return await flow
    except SchoolSyncError as error:
        error.provider = error.provider or PROVIDER
        error.operation = error.operation or operation
        raise


@attrs.define(eq=False, repr=False, slots=False)
class Misread(SessionExpired):
    """The server could not read the request, as if we had mistaken its version."""

    is_about_key: bool = False
    """Whether the `Uuid` was the trouble; else the names of the fields."""


@attrs.define
class Private:
    """What no error may quote of an account."""

    secrets: set[str] = attrs.field(factory=set, repr=False)
    """User names and passwords: hidden wherever they stand."""
    names: set[str] = attrs.field(factory=set, repr=False)
    """Names of people: hidden as words of their own, because `Max` stands in `maximum` too."""

    def hide(self, text: str) -> str:
        """*text* without tags and without any of them, whatever their case.

        A secret of two or three letters is hidden like a name; a single letter is not.
        """
        plain = text_of(text)
        for word in sorted(self.secrets | self.names, key=len, reverse=True):
            if len(word) > 1:
                inside = word in self.secrets and len(word) > WORD
                pattern = re.escape(word) if inside else rf"(?<!{LETTER}){re.escape(word)}(?!{LETTER})"
                plain = re.sub(pattern, "…", plain, flags=re.IGNORECASE)
        return plain


def _denied() -> SchoolSyncError:
    return Unavailable(Availability.NOT_FOR_THIS_ACCOUNT)


NUMBERS: Mapping[int, Callable[[], SchoolSyncError]] = {
    3: _denied,
    4: _denied,
    7: AddressSuspended,
    8: SessionExpired,
    10: SessionExpired,
    11: Misread,
    13: SessionExpired,
    14: lambda: Misread(is_about_key=True),  # at the start of a session; later, an order number
    18: SessionExpired,  # Evidence: inferred
    21: lambda: Misread(is_about_key=True),
    22: StaleReference,
    25: lambda: RateLimited(TOO_MANY_LOGINS),
}
"""What each number of an error means."""

SENTENCES: tuple[tuple[re.Pattern[str], Callable[[], SchoolSyncError]], ...] = (
    (re.compile("votre adresse ip est provisoirement suspendue"), AddressSuspended),
    (re.compile("la page a expir"), SessionExpired),
    (re.compile("impossible d'afficher la page"), lambda: Misread(is_about_key=True)),
    (re.compile(r"vous avez d\S{1,2}pass\S{1,2} le nombre d'erreurs"), lambda: RateLimited(TOO_MANY_LOGINS)),
    (re.compile(r"\bacc\S{1,2}s refus"), _denied),
)
"""What an error without a number that we know means, by its title and message. Accents may be garbled."""


def _no_such_page() -> SchoolSyncError:
    hint = "Check the address, and whether the school has pages for this kind of account."
    return Unavailable(Availability.OFF_AT_SCHOOL, hint=hint)


PAGES: tuple[tuple[re.Pattern[str], Callable[[], SchoolSyncError]], ...] = (
    # A page of suspension may hold the second sentence too, so the first one is looked for first.
    (re.compile("votre adresse ip est provisoirement suspendue"), AddressSuspended),
    (re.compile("le site n'est pas disponible"), InstanceClosed),
    (re.compile(r"le site est momentan\S{1,2}ment indisponible"), lambda: RateLimited(OVERLOADED)),
    (re.compile(r"la page demand\S{1,2}e n'existe pas"), _no_such_page),
)
"""What a page that comes instead of the application means."""


def refusal(error: Mapping[str, Any], private: Private | None = None) -> SchoolSyncError:
    """What an error envelope (`Erreur`) says.

    Args:
        error: Its number, title and message.
        private: What must not be quoted.
    """
    number = _number(error.get("G"))
    if number is not None and number in NUMBERS:
        return NUMBERS[number]()
    parts = (error.get("Titre"), error.get("Message"))
    said = dict.fromkeys(text.strip() for text in parts if isinstance(text, str))
    known = _first(SENTENCES, " ".join(said))
    return known or Refused((private or Private()).hide(" ".join(said)) or None, code=number)


def _number(said: object) -> int | None:
    try:
        return int(str(said))
    except ValueError:
        return None


def page_refusal(text: str) -> SchoolSyncError | None:
    """What a page of the server says instead of the application; `None` when it says nothing we know."""
    return _first(PAGES, text[:PAGE_START])


def status_refusal(head: ResponseHead) -> SchoolSyncError | None:
    """What the HTTP status alone says; `None` for one that says nothing."""
    if head.status == 429:  # noqa: PLR2004
        said = (head.header("retry-after") or "").strip()
        return RateLimited(dt.timedelta(seconds=int(said[:9])) if said.isdecimal() else None)
    if head.status == 404:  # noqa: PLR2004
        return _no_such_page()
    if head.status // 100 == 5:  # noqa: PLR2004
        return InstanceClosed(head.status)
    return None


def _first(
    table: Iterable[tuple[re.Pattern[str], Callable[[], SchoolSyncError]]], text: str
) -> SchoolSyncError | None:
    words = " ".join(html.unescape(text).replace("’", "'").casefold().split())
    return next((made() for sentence, made in table if sentence.search(words)), None)


# -- who is not let in --------------------------------------------------------------------------

_CLOSED = "Ask the school: only it can change this."
_STRANGE_DEVICE = (
    "PRONOTE asks this of a device that it does not know, and it cannot be answered here:"
    " the security settings of the account, on the web site, can switch it off."
)
_PORTAL = (
    "Check the log-in in the school's own app before trying again."
    " The password of a portal (ENT) is not the one of PRONOTE."
)

_DEAD = (
    "A token is good for one log-in, which gives the next one. It is dead when that one was not kept, when"
    " it was used elsewhere or withdrawn among the known devices, and after a change of the password or of"
    " the school year. Sign in with the password once more, and get another one with issue_token()."
)


def wrong_password() -> SchoolSyncError:
    """The error of a user name and a password that PRONOTE itself does not know."""
    return WrongCredentials(PART, hint=_PORTAL)


def wrong_token() -> SchoolSyncError:
    """The error of a token that PRONOTE does not take, or does not take any more."""
    return WrongCredentials("token", hint=_DEAD)


def _not_for_you() -> SchoolSyncError:
    hint = "Check account=: pupils, parents and teachers have pages of their own. " + _CLOSED
    return Unavailable(Availability.NOT_FOR_THIS_ACCOUNT, hint=hint)


def _without_pupils() -> SchoolSyncError:
    return ActionRequired("the school shows no pupils to this account", hint=_CLOSED)


def _disabled() -> SchoolSyncError:
    return ActionRequired("the account is disabled", hint=_CLOSED)


ACCESS: Mapping[int, Callable[[], SchoolSyncError]] = {
    1: wrong_password,
    2: _not_for_you,  # not authorised
    3: _not_for_you,  # as a class, up to 2025
    4: _without_pupils,
    5: _not_for_you,  # refused
    6: _disabled,  # of a pupil
    7: _not_for_you,  # an accompanying adult without the function
    8: _not_for_you,  # or without a pupil
    10: _disabled,
}
"""What `Acces` says; 9 has a message of the school, and other numbers are not known. Evidence: read."""

STEPS: tuple[tuple[int, Callable[[], SchoolSyncError]], ...] = (
    (0, lambda: ActionRequired("choose a personal password on the PRONOTE web site")),
    (1, lambda: ActionRequired("choose how the account is secured, on the PRONOTE web site")),
    (2, lambda: ActionRequired("choose a PIN on the PRONOTE web site")),
    (4, lambda: ActionRequired("choose a new PIN on the PRONOTE web site")),
    (3, lambda: ChallengeUnanswered("pin", hint=_STRANGE_DEVICE)),
    (5, lambda: ChallengeUnanswered("device", hint=_STRANGE_DEVICE)),
)
"""What a double authentication asks for (`actionsDoubleAuth`), in the order of what must come first."""


def access_refusal(said: EntryPage, private: Private) -> SchoolSyncError | None:
    """Why the school does not let the account in; `None` when it does.

    `WrongCredentials` is user name or password; `Refused` has the school's own message if there is one.

    Args:
        said: What `Authentification` answered.
        private: What must not be quoted.
    """
    number = said.access or 0
    known = ACCESS.get(number)
    if known is not None:
        return known()
    if not number:
        return None
    words = (said.message.title, said.message.message) if said.message else ()
    text = private.hide(": ".join(word for word in words if word))
    return Refused(text or None, code=number)


def step_refusal(said: EntryPage) -> SchoolSyncError | None:
    """What stands between the right password and the pages; `None`: nothing.

    Something to do in a browser first, a PIN, or a name for this device.
    """
    for number, made in STEPS:
        if number in said.steps:
            return made()
    return (
        ActionRequired("a step of the account's protection, on the PRONOTE web site") if said.steps else None
    )
