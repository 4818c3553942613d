"""Flows that let me in: by a password that is proven without being sent, or through a portal.

A refused log-in is final until the password changes. What is tried once more is what comes before any
proof: a server whose generation was mistaken. After a portal that costs no second password, because the
portal knows us by then.

Through a portal the school comes first: its page sends us to the portal with an address of its own, which
is kept byte for byte; the way through is `ent`'s; it ends at the school's page with a name and a word for
one use, and those are proven as a password is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

import attrs

from schoolsync.ent import directory, walk
from schoolsync.ent.portal import Arrival, Door
from schoolsync.errors import (
    AddressSuspended,
    LoginHeld,
    LostOnTheWay,
    NetworkError,
    RateLimited,
    Refused,
    SchoolSyncError,
    SessionExpired,
    UnexpectedShape,
    UnknownName,
    Unreachable,
    WrongCredentials,
)
from schoolsync.flow.effects import Flow, Knock, Outcome, permit, report
from schoolsync.flow.http import Response
from schoolsync.providers.pronote.calls import entering
from schoolsync.providers.pronote.crypto import answer_challenge, login_key, portal_key, read_key
from schoolsync.providers.pronote.discovery import door_of, find_cas
from schoolsync.providers.pronote.envelope import Answer, Page, read_page
from schoolsync.providers.pronote.login import AutoLogin, KnownLogin, PasswordLogin, PortalLogin
from schoolsync.providers.pronote.page import Start, no_portal, portal_entrance, read_start
from schoolsync.providers.pronote.refusals import PROVIDER, access_refusal, step_refusal, wrong_password
from schoolsync.providers.pronote.schema.entering import ChallengePage
from schoolsync.providers.pronote.schema.settings import SettingsPage
from schoolsync.providers.pronote.schema.words import Version
from schoolsync.providers.pronote.session import Reach, Session

__all__ = ["SignedIn", "settled", "sign_in"]

PRESENT: Final[Version] = (9999,)
"""A server that does not say its version counts as the newest one."""


@attrs.frozen
class SignedIn:
    """What a log-in tells."""

    settings: Answer = attrs.field(repr=False)
    """`FonctionParametres`, as it came."""
    page: Page[SettingsPage] = attrs.field(repr=False)
    """The same, read."""
    label: str | None = attrs.field(repr=False)
    """Who it is, as the server writes it."""


async def sign_in(session: Session, login: KnownLogin, *, anew: bool = True) -> SignedIn:
    """*session* is open, and signed in to.

    Args:
        session: Forgets what it knew before, once the governor has agreed; the device stays.
        login: Who.
        anew: Whether to come as somebody whom no portal knows. Otherwise a portal that let this session in
            before is asked first whether it still knows us: then no password leaves.

    Raises:
        WrongCredentials: The school or the portal refused, or the challenge fits no such password. Final.
        LoginHeld: The governor held it back; the session is as it was.
        AccountError: Something that the person must do.
        ServerError: The school or the portal could not, or did not want to.
        LostOnTheWay: The portal showed a page that is not known.

    Costs:
        Four requests. Two or three more after a server was mistaken for one of another generation, at
        most once each for the names of its fields and for its vector. Through a portal, six to twenty
        more; when it still knows us, about three.

    Wire: the page, `FonctionParametres`, `Identification`, `Authentification`. Evidence: read.
    """
    if isinstance(login, PasswordLogin):
        return await _by_password(session, login)
    return await _by_portal(_Passage(session, login), anew=anew)


async def settled(session: Session, login: AutoLogin) -> KnownLogin:
    """*login* by the way that the school shows: at PRONOTE itself, or through the one portal that fits.

    Raises:
        UnknownName: Several portals fit, or none that is known: the message names them.
        Unavailable: The portal cannot be tried.
        SchoolSyncError: The school does not answer.

    Costs: As `discovery.find_cas`.
    """
    found = await find_cas(session.root, login.space, session.options.clock)
    if found.is_direct:
        return login.through(None)
    if found.name is not None:
        return login.through(directory.find(found.name))
    if found.names:
        several = " or ".join(map(repr, found.names))
        hint = f"This school's portal may be {several}: say which with cas=."
    else:
        hint = " ".join((*found.evidence, "cas= also takes a Portal, or a Family with its settings."))
    raise UnknownName("portal", "auto", found.names, hint=hint)


# -- by a password -------------------------------------------------------------------------


async def _by_password(session: Session, login: PasswordLogin) -> SignedIn:
    knock = login.knock
    await permit(knock)
    session.forget()
    session.private.secrets.update(login.private)
    try:
        entered = await _proven_password(session, login)
    except SchoolSyncError as error:
        outcome = _outcome(error, has_left=session.start is not None)
        session.forget()
        if outcome is not None:
            await report(knock, outcome)
        raise
    await report(knock, Outcome.ACCEPTED)
    return entered


async def _proven_password(session: Session, login: PasswordLogin) -> SignedIn:
    async def identify() -> Page[ChallengePage]:
        return await entering.identify(session, login.username.strip())

    settings, page, challenge = await _introduced(session, identify)
    key = login_key(
        login.username,
        login.password.reveal(),
        alea=challenge.alea,
        login_mode=challenge.login_mode,
        password_mode=challenge.password_mode,
    )
    return SignedIn(settings, page, await _proven(session, challenge, key, wrong_password))


# -- through a portal -----------------------------------------------------------------------

NOT_TAKEN: Final = "PRONOTE did not take the word for one use that stood on its own page. Try again later."


@attrs.define
class _Passage:
    """One log-in through a portal, as far as it has come."""

    session: Session
    login: PortalLogin
    knocks: list[Knock] = attrs.field(factory=list, repr=False)
    """What the governor agreed to."""
    has_left: bool = False
    """Whether anybody has seen anything of it."""
    is_walking: bool = False
    """Whether it is with the portal."""
    has_asked: bool = False
    """Whether the portal was told who we are; that is not done twice."""

    # -- the governor --

    async def permit(self, knock: Knock) -> None:
        """The governor agrees to *knock*; if it does not, what it agreed to before is undone if unused."""
        try:
            await permit(knock)
        except LoginHeld:
            if not self.has_left:
                await self.report(Unreachable(was_sent=False))
            raise
        self.knocks.append(knock)

    async def report(self, error: SchoolSyncError | None) -> None:
        """The governor knows at each place how it ended."""
        for knock in self.knocks:
            outcome = self._outcome(error, knock) if error else Outcome.ACCEPTED
            if outcome is not None:
                await report(knock, outcome)

    def _outcome(self, error: SchoolSyncError, knock: Knock) -> Outcome | None:
        """What *error* means for the place of *knock*.

        The password is the portal's: only that can refuse it. A limit, or a suspension, counts where it was
        said.
        """
        outcome = _outcome(error, has_left=self.has_left)
        if outcome in {None, Outcome.UNSENT}:
            return outcome
        is_of_portal = self.is_walking and error.provider != PROVIDER
        return outcome if is_of_portal == (knock == self.login.knock) else None

    # -- the way --

    async def reach(self) -> Start | None:
        """The page behind the door: for whom the portal knows, else for whom it asks, once."""
        session = self.session
        response = await session.front()
        self.has_left = True
        entrance = portal_entrance(response)
        if entrance is None:
            return _only_for_us(response)
        door = door_of(session.root, session.space, entrance)
        self.is_walking = True
        arrival = await self._known(door) or await self._asked(door)
        self.is_walking = False
        session.cookies, session.passes = arrival.cookies, arrival.passes
        start = read_start(arrival.page)
        if start is not None:
            session.private.secrets = {*self.login.private, *_one_time(start)}
        return start

    async def _known(self, door: Door) -> Arrival | None:
        """The way of somebody whom the portal knows by what it set before; `None` if it does not."""
        login, session = self.login, self.session
        if not session.passes:
            return None
        passes, session.passes = session.passes, {}
        clock, cookies = session.options.clock, session.cookies
        return await walk.enter_again(
            login.portal, door, login.profile, clock, passes=passes, cookies=cookies
        )

    async def _asked(self, door: Door) -> Arrival:
        """The way of somebody who says who they are."""
        login, session = self.login, self.session
        if self.has_asked:
            raise LostOnTheWay(login.portal.name, "it has just let us in, and asks for the password again")
        if login.knock not in self.knocks:
            await self.permit(login.knock)
        self.has_asked = True
        clock, cookies = session.options.clock, session.cookies
        return await walk.enter(login.portal, door, login.visitor, clock, cookies=cookies)


async def _by_portal(passage: _Passage, *, anew: bool) -> SignedIn:
    session, login = passage.session, passage.login
    is_stranger = anew or not session.passes
    if is_stranger:
        await passage.permit(login.knock)
    await passage.permit(login.knock_at_school)
    if is_stranger:
        session.passes = {}
    session.forget()
    session.private.secrets.update(login.private)
    try:
        entered = await _proven_arrival(passage)
    except SchoolSyncError as error:
        session.forget()
        await passage.report(error)
        raise
    await passage.report(None)
    return entered


async def _proven_arrival(passage: _Passage) -> SignedIn:
    session = passage.session

    async def identify() -> Page[ChallengePage]:
        return await entering.identify(session, _one_time(session.start)[0], is_from_portal=True)

    settings, page, challenge = await _introduced(session, identify, passage.reach)
    key = portal_key(_one_time(session.start)[1])
    return SignedIn(settings, page, await _proven(session, challenge, key, _not_taken))


def _one_time(start: Start | None) -> tuple[str, str]:
    """The name and the word for one use that *start* holds."""
    if start is None or start.ent_user is None or start.ent_password is None:
        raise SessionExpired
    return start.ent_user.reveal(), start.ent_password.reveal()


def _only_for_us(response: Response) -> Start | None:
    """The page of a school that sends us nowhere, when it is for somebody who came from a portal.

    Raises:
        SchoolSyncError: It is not: see `no_portal`.
    """
    start = read_start(response)
    if start is not None and not start.is_from_portal:
        raise no_portal(response)
    return start


def _not_taken() -> SchoolSyncError:
    return Refused(code=1, hint=NOT_TAKEN)


# -- the proof ------------------------------------------------------------------------------

Identify: TypeAlias = Callable[[], Flow[Page[ChallengePage]]]
Introduced: TypeAlias = tuple[Answer, Page[SettingsPage], ChallengePage]


async def _introduced(session: Session, identify: Identify, reach: Reach | None = None) -> Introduced:
    """The server's settings and its challenge, in a session whose vector it understood.

    A server that understood the vector wrongly may notice only now: then it is told in the other way.
    """
    try:
        return await _challenged(session, identify, reach)
    except SessionExpired:
        pass
    return await _challenged(session, identify, reach, other_key=True)


async def _challenged(
    session: Session, identify: Identify, reach: Reach | None, *, other_key: bool = False
) -> Introduced:
    settings = await session.begin(lambda: entering.settings(session), reach=reach, other_key=other_key)
    page = read_page(session.options, settings, SettingsPage)
    session.learn(page.data)
    return settings, page, (await identify()).data


async def _proven(
    session: Session, challenge: ChallengePage, key: bytes, wrong: Callable[[], SchoolSyncError]
) -> str | None:
    """Who it is, as the server writes it; *session* goes on under the server's new key.

    Raises:
        SchoolSyncError: Why the school does not let the account in; *wrong* if it does not take the key.
    """
    answer = answer_challenge(challenge.challenge, key, session.iv, session.version or PRESENT)
    if answer is None:
        raise wrong()
    said = (await entering.authenticate(session, answer)).data
    trouble = access_refusal(said, session.private)
    if trouble is not None:
        raise wrong() if isinstance(trouble, WrongCredentials) else trouble
    if not said.key:
        raise UnexpectedShape("Authentification.cle", "missing")
    material = read_key(said.key, key, session.iv)
    trouble = step_refusal(said)
    if trouble is not None:
        raise trouble
    session.switch_key(material)
    return said.label


def _outcome(error: SchoolSyncError, *, has_left: bool) -> Outcome | None:
    """What the governor must know of it; `None`: nothing more than that it was tried."""
    if isinstance(error, NetworkError):
        return Outcome.UNSENT if error.was_sent is False and not has_left else None
    outcomes = (
        (WrongCredentials, Outcome.REFUSED),
        (AddressSuspended, Outcome.SUSPENDED),
        (RateLimited, Outcome.RATE_LIMITED),
    )
    return next((outcome for kind, outcome in outcomes if isinstance(error, kind)), None)
