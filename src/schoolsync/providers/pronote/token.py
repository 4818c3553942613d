"""Log-ins by the token of an app, and how a token is had.

A token is good for one log-in, whose answer holds the next one; the one before is dead by then. So the
answer is as precious as a password: what it gives is taken before anything else of it is looked at, and
whoever holds the account keeps it (`save`) before the next request leaves.

When that answer is lost, nobody knows whether the school has counted the log-in. The token that was sent is
the newest one we have still, and the next log-in tries it once more; a refusal is final. When the newest
token is refused although nothing was lost (a school that was restored from a copy of the day before), the
one before it is tried, once: the governor remembers both.

The first token is had by somebody who is signed in already, whatever way: the school gives a code, which
its page would show as a QR code, under a PIN; with that a second session asks for a token, as a telephone
does that has just read the QR code.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final
from uuid import UUID

import attrs

from schoolsync.errors import (
    AccountError,
    Availability,
    LoginHeld,
    Refused,
    SchoolSyncError,
    Unavailable,
    Undecodable,
    WrongCredentials,
)
from schoolsync.providers.pronote.calls import entering
from schoolsync.providers.pronote.calls.entering import App
from schoolsync.providers.pronote.crypto import login_key, read_with_pin
from schoolsync.providers.pronote.envelope import Page
from schoolsync.providers.pronote.login import TokenLogin
from schoolsync.providers.pronote.page import Start, read_start
from schoolsync.providers.pronote.proof import SignedIn, counted, introduced, proven
from schoolsync.providers.pronote.refusals import wrong_token
from schoolsync.providers.pronote.schema.entering import ChallengePage, CodePage
from schoolsync.providers.pronote.session import Session

__all__ = ["by_token", "check_app", "new_app", "new_pin", "part", "with_code"]

QUERY: Final[Mapping[str, str]] = {
    "fd": "1",
    "bydlg": "A6ABB224-12DD-4E31-AD3E-8A39A1C2C335",
    "login": "true",
}
"""Of a page for the app: no look at the browser, no other way in, PRONOTE's own log-in. Evidence: read."""
COOKIES: Final[Mapping[str, str]] = {"appliMobile": "1"}
"""What an app brings when it asks for its page. Evidence: read."""
PINS: Final = 10_000
"""Four digits."""
UUID_BYTES: Final = 16

DEMO: Final = "This is a school for demonstrations: it keeps no tokens, so only a password lets anybody in."
NO_APP: Final = "The school has no pages for the app, so it gives no tokens."
NO_TOKEN: Final = "The school let the app in, and gave it no token."  # noqa: S105 - a sentence
NOT_TAKEN: Final = "PRONOTE did not take the code for the app that it had just given. Try again later."

log: logging.Logger = logging.getLogger("schoolsync")


# -- by a token ------------------------------------------------------------------------------


async def by_token(session: Session, login: TokenLogin) -> SignedIn:
    """*session* is open, and signed in to; it has the token for the next log-in (`next_token`).

    Raises:
        WrongCredentials: The school takes neither the newest token nor the one before it, if there is one.
        LoginHeld: The governor held it back.
        Unavailable: A school for demonstrations; the token was not sent.
        Interrupted: The answer was lost, and the token may be dead.
        SchoolSyncError: See `entrance.sign_in`.

    Costs: Four requests; four more when the newest token was refused and there is one before it.

    Wire: as a password, on the page for the app. Evidence: read.
    """
    refused: AccountError
    try:
        return await _entered(session, login, wrong_token)
    except WrongCredentials as error:
        refused = error
    except LoginHeld as error:
        if error.until is not None:
            raise
        refused = error  # it was refused before
    if login.previous is None:
        raise refused
    before = attrs.evolve(login, token=login.previous, previous=None)
    try:
        return await _entered(session, before, wrong_token)
    except LoginHeld:
        pass
    raise refused


async def _entered(
    session: Session, login: TokenLogin, wrong: Callable[[], SchoolSyncError], *, is_new: bool = False
) -> SignedIn:
    app = App(login.uuid, is_new=is_new)
    return await counted(session, login.knock, login.private, lambda: _proven(session, login, app, wrong))


async def _proven(
    session: Session, login: TokenLogin, app: App, wrong: Callable[[], SchoolSyncError]
) -> SignedIn:
    async def identify() -> Page[ChallengePage]:
        return await entering.identify(session, login.username.strip(), app=app)

    settings, page, challenge = await introduced(session, identify, partial(_reached, session))
    key = login_key(
        login.username,
        login.token.reveal(),
        alea=challenge.alea,
        login_mode=challenge.login_mode,
        password_mode=challenge.password_mode,
    )
    label = await proven(session, challenge, key, wrong)
    return SignedIn(settings, page, label, challenge.login)


async def _reached(session: Session) -> Start | None:
    """The page for the app.

    Raises:
        Unavailable: It is one of a school for demonstrations.
    """
    start = read_start(await session.page(QUERY, session.space.app_page, COOKIES))
    if start is None:
        return None
    if start.is_demo:
        raise Unavailable(Availability.OFF_AT_SCHOOL, hint=DEMO)
    return start if start.space is not None else attrs.evolve(start, space=session.space.app_number)


# -- the first token ---------------------------------------------------------------------------


def check_app(session: Session, *, has_pages: bool | None) -> None:
    """Nothing, when a token may be had where *session* is signed in.

    Args:
        session: Of somebody who is signed in.
        has_pages: Whether the school says that it has pages for the app.

    Raises:
        Unavailable: The school keeps no tokens, or has no such pages.
    """
    if session.start is not None and session.start.is_demo:
        raise Unavailable(Availability.OFF_AT_SCHOOL, hint=DEMO)
    if has_pages is False:
        raise Unavailable(Availability.OFF_AT_SCHOOL, hint=NO_APP)


def new_pin(draw: Callable[[int], bytes]) -> str:
    """Four random digits."""
    return f"{int.from_bytes(draw(8)) % PINS:04}"


def new_app(session: Session) -> Session:
    """A session beside *session*, for an app of the same person on the same device; not begun."""
    return Session(session.root, session.space, session.options, draw=session.draw, device=session.device)


async def with_code(app: Session, code: CodePage, pin: str) -> TokenLogin:
    """The log-in of the next time: *app* is signed in to with *code*, and was given a token.

    Args:
        app: Of `new_app`.
        code: What the school gave.
        pin: What it is encrypted with.

    Raises:
        Unavailable: The school lets no app of this account in, or gives it no token.
        Refused: The code was not taken.
        LoginHeld: The governor held it back.
        SchoolSyncError: See `by_token`.

    Costs: Four requests. Wire: as `by_token`, with two flags that ask for a token. Evidence: read.
    """
    uuid = str(UUID(bytes=app.draw(UUID_BYTES), version=4))
    asked = TokenLogin(app.root, app.space, _opened(code.login, pin), _opened(code.token, pin), uuid)
    entered = await _entered(app, asked, _not_taken, is_new=True)
    if app.next_token is None:
        await part(app)
        raise Unavailable(Availability.OFF_AT_SCHOOL, hint=NO_TOKEN)
    return attrs.evolve(asked, username=entered.username or asked.username, token=app.next_token)


async def part(app: Session) -> None:
    """The session of an app that only came for a token is over at the school, if it still listens.

    Costs: one request.
    """
    try:
        await entering.logout(app)
    except SchoolSyncError as error:
        log.info("pronote: the session of the app was left open: %s", type(error).__name__)
    app.forget()


def _opened(text: str, pin: str) -> str:
    said = read_with_pin(text, pin)
    if said is None:
        raise Undecodable("decrypt", "a code under another PIN")
    return said


def _not_taken() -> SchoolSyncError:
    return Refused(code=1, hint=NOT_TAKEN)
