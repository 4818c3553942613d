"""Flows that say who I am: a user name and a password, proven without being sent.

The password never travels: the server sends a challenge, and only who knows the password can answer it.
A refused log-in is final until the password changes. What is tried once more is what comes before any
proof: a server whose generation was mistaken.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import urlsplit

import attrs

from schoolsync.errors import (
    ActionRequired,
    AddressSuspended,
    Availability,
    BadArgument,
    ChallengeUnanswered,
    NetworkError,
    RateLimited,
    Refused,
    SchoolSyncError,
    SessionExpired,
    Unavailable,
    UnexpectedShape,
    UnknownName,
    WrongCredentials,
)
from schoolsync.flow.effects import Credentials, Knock, Outcome, permit, report
from schoolsync.flow.secret import Secret
from schoolsync.providers.pronote.address import read_root
from schoolsync.providers.pronote.calls import entering
from schoolsync.providers.pronote.crypto import answer_challenge, login_key, read_key
from schoolsync.providers.pronote.envelope import Answer, Page, read_page
from schoolsync.providers.pronote.schema.entering import ChallengePage, EntryPage
from schoolsync.providers.pronote.schema.settings import SettingsPage
from schoolsync.providers.pronote.schema.words import Version
from schoolsync.providers.pronote.session import Session, Space

__all__ = ["PasswordLogin", "SignedIn", "read_login", "read_space", "sign_in"]

ACCOUNTS: Final[Mapping[str, Space]] = {
    "student": Space.STUDENT,
    "parent": Space.PARENT,
    "teacher": Space.TEACHER,
    "eleve": Space.STUDENT,
    "professeur": Space.TEACHER,
}
"""What an account may be called; the server's own words too."""
DIRECT: Final = frozenset(("", "none"))
"""Portals that are none."""
PRESENT: Final[Version] = (9999,)
"""A server that does not say its version counts as the newest one."""
PART = "user name or password"

# -- who ----------------------------------------------------------------------------------


def _need(argument: str, given: object, what: str) -> None:
    if not isinstance(given, str) or not given.strip():
        raise BadArgument(argument, f"{what} is needed, as text")


def _secret(text: str | Secret) -> Secret:
    return text if isinstance(text, Secret) else Secret(text)


@attrs.frozen
class PasswordLogin:
    """A user name and a password of PRONOTE itself, without a portal before it."""

    root: str
    """The instance, as `read_root` gives it."""
    space: Space
    """What kind of account it is."""
    username: str = attrs.field(repr=False)
    """As typed; spaces around it do not count."""
    password: Secret = attrs.field(converter=_secret)
    """The password; spaces around it do not count, as in the vendor's own page."""

    def __attrs_post_init__(self) -> None:
        """Refuse what cannot be meant, before any I/O."""
        _need("username", self.username, "a user name")
        _need("password", self.password.reveal(), "a password")

    @property
    def private(self) -> tuple[str, ...]:
        """What no error may quote."""
        return (self.username.strip(), self.password.reveal().strip())

    @property
    def knock(self) -> Knock:
        """How the governor knows it: one account is one, however it is typed."""
        who = f"pronote {self.root} {self.space} {self.username.strip().lower()}"
        opaque = hashlib.blake2b(who.encode(), digest_size=16).hexdigest()
        return Knock(urlsplit(self.root).netloc, opaque, Secret(self.password.reveal().strip()))

    @property
    def credentials(self) -> Credentials:
        """What `connect` takes. Leave for http without TLS is not in it: it is given each time."""
        fields = {
            "url": self.root,
            "username": self.username,
            "password": self.password.reveal(),
            "account": self.space.value,
        }
        return Credentials("pronote", fields)


def read_space(account: str) -> Space:
    """The kind of account that *account* names, in English or in the server's French.

    Raises:
        UnknownName: None is called so.
        BadArgument: It is no name.
    """
    if not isinstance(account, str):
        raise BadArgument("account", "one of 'student', 'parent', 'teacher' is expected")
    letters = unicodedata.normalize("NFKD", account.strip().casefold())
    found = ACCOUNTS.get("".join(letter for letter in letters if not unicodedata.combining(letter)))
    if found is None:
        raise UnknownName("account", account, ACCOUNTS, hint="It is one of student, parent and teacher.")
    return found


def read_login(
    *,
    url: str,
    username: str,
    password: str,
    account: str = "student",
    cas: str | None = None,
    allow_http: bool = False,
) -> PasswordLogin:
    """The log-in that a caller means.

    Args:
        url: Any address of the school's PRONOTE.
        username: Of PRONOTE itself.
        password: Of PRONOTE itself.
        account: `"student"`, `"parent"` or `"teacher"`.
        cas: The portal in front of it; `None`, `""` or `"none"`: there is none.
        allow_http: Whether a host that is not on loopback may be reached without TLS.

    Raises:
        BadArgument: Something that cannot be meant.
        UnknownName: Another kind of account, or another portal.
    """
    portal = "none" if cas is None else str(cas).strip().lower()
    if portal not in DIRECT:
        raise UnknownName("portal", portal, ("none",))
    return PasswordLogin(read_root(url, allow_http=allow_http), read_space(account), username, password)


# -- what a server answers who is not let in ----------------------------------------------------

_CLOSED = "Ask the school: only it can change this."
_STRANGE_DEVICE = (
    "PRONOTE asks this of a device that it does not know, and it cannot be answered here:"
    " the security settings of the account, on the web site, can switch it off."
)
_PORTAL = (
    "Check the log-in in the school's own app before trying again."
    " The password of a portal (ENT) is not the one of PRONOTE."
)


def _wrong() -> SchoolSyncError:
    return WrongCredentials(PART, hint=_PORTAL)


def _not_for_you() -> SchoolSyncError:
    hint = "Check account=: pupils, parents and teachers have pages of their own. " + _CLOSED
    return Unavailable(Availability.NOT_FOR_THIS_ACCOUNT, hint=hint)


def _without_pupils() -> SchoolSyncError:
    return ActionRequired("the school shows no pupils to this account", hint=_CLOSED)


def _disabled() -> SchoolSyncError:
    return ActionRequired("the account is disabled", hint=_CLOSED)


REFUSALS: Final[Mapping[int, Callable[[], SchoolSyncError]]] = {
    1: _wrong,
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

STEPS: Final[tuple[tuple[int, Callable[[], SchoolSyncError]], ...]] = (
    (0, lambda: ActionRequired("choose a personal password on the PRONOTE web site")),
    (1, lambda: ActionRequired("choose how the account is secured, on the PRONOTE web site")),
    (2, lambda: ActionRequired("choose a PIN on the PRONOTE web site")),
    (4, lambda: ActionRequired("choose a new PIN on the PRONOTE web site")),
    (3, lambda: ChallengeUnanswered("pin", hint=_STRANGE_DEVICE)),
    (5, lambda: ChallengeUnanswered("device", hint=_STRANGE_DEVICE)),
)
"""What a double authentication asks for (`actionsDoubleAuth`), in the order of what must come first."""


def _raise_for_access(said: EntryPage, session: Session) -> None:
    """Nothing, when the school lets the account in.

    Raises:
        WrongCredentials: User name or password.
        ActionRequired: The account is disabled, or has no pupils.
        Unavailable: This kind of page is not for it.
        Refused: Anything else, with the school's own message if there is one.
    """
    number = said.access or 0
    known = REFUSALS.get(number)
    if known is not None:
        raise known()
    if number:
        words = (said.message.title, said.message.message) if said.message else ()
        text = session.private.hide(": ".join(word for word in words if word))
        raise Refused(text or None, code=number)


def _raise_for_steps(said: EntryPage) -> None:
    """Nothing, when nothing stands between the right password and the pages.

    Raises:
        ActionRequired: Something to do in a browser first.
        ChallengeUnanswered: A PIN, or a name for this device.
    """
    for number, made in STEPS:
        if number in said.steps:
            raise made()
    if said.steps:
        raise ActionRequired("a step of the account's protection, on the PRONOTE web site")


# -- signing in -----------------------------------------------------------------------------------


@attrs.frozen
class SignedIn:
    """What a log-in tells."""

    settings: Answer = attrs.field(repr=False)
    """`FonctionParametres`, as it came."""
    page: Page[SettingsPage] = attrs.field(repr=False)
    """The same, read."""
    label: str | None = attrs.field(repr=False)
    """Who it is, as the server writes it."""


async def sign_in(session: Session, login: PasswordLogin) -> SignedIn:
    """*session* is open, and signed in to.

    Args:
        session: Forgets what it knew before, once the governor has agreed; the device stays.
        login: Who.

    Raises:
        WrongCredentials: The school refused, or its challenge fits no such password. Final.
        LoginHeld: The governor held it back; the session is as it was.
        AccountError: Something that the person must do.
        ServerError: The school could not, or did not want to.

    Costs:
        Four requests. Two or three more after a server was mistaken for one of another generation, at
        most once each for the names of its fields and for its vector.

    Wire: the page, `FonctionParametres`, `Identification`, `Authentification`. Evidence: read.
    """
    knock = login.knock
    await permit(knock)
    session.forget()
    session.private.secrets.update(login.private)
    try:
        entered = await _enter(session, login)
    except SchoolSyncError as error:
        outcome = _outcome(error, has_left=session.start is not None)
        session.forget()
        if outcome is not None:
            await report(knock, outcome)
        raise
    await report(knock, Outcome.ACCEPTED)
    return entered


async def _enter(session: Session, login: PasswordLogin) -> SignedIn:
    settings, page, challenge = await _introduced(session, login)
    key = login_key(
        login.username,
        login.password.reveal(),
        alea=challenge.alea,
        login_mode=challenge.login_mode,
        password_mode=challenge.password_mode,
    )
    answer = answer_challenge(challenge.challenge, key, session.iv, session.version or PRESENT)
    if answer is None:
        raise _wrong()
    said = (await entering.authenticate(session, answer)).data
    _raise_for_access(said, session)
    if not said.key:
        raise UnexpectedShape("Authentification.cle", "missing")
    material = read_key(said.key, key, session.iv)
    _raise_for_steps(said)
    session.switch_key(material)
    return SignedIn(settings, page, said.label)


async def _introduced(
    session: Session, login: PasswordLogin
) -> tuple[Answer, Page[SettingsPage], ChallengePage]:
    """The server's settings and its challenge, in a session whose vector it understood.

    A server that understood the vector wrongly may notice only now: then it is told in the other way.
    """
    try:
        return await _challenged(session, login)
    except SessionExpired:
        pass
    return await _challenged(session, login, other_key=True)


async def _challenged(
    session: Session, login: PasswordLogin, *, other_key: bool = False
) -> tuple[Answer, Page[SettingsPage], ChallengePage]:
    settings = await session.begin(lambda: entering.settings(session), other_key=other_key)
    page = read_page(session.options, settings, SettingsPage)
    session.learn(page.data)
    challenge = await entering.identify(session, login.username.strip())
    return settings, page, challenge.data


def _outcome(error: SchoolSyncError, *, has_left: bool) -> Outcome | None:
    """What the governor must know of it."""
    if isinstance(error, NetworkError):
        return Outcome.UNSENT if error.was_sent is False and not has_left else None
    outcomes = (
        (WrongCredentials, Outcome.REFUSED),
        (AddressSuspended, Outcome.SUSPENDED),
        (RateLimited, Outcome.RATE_LIMITED),
    )
    return next((outcome for kind, outcome in outcomes if isinstance(error, kind)), None)
