"""The flow that lets me in through a portal, and the one that finds out which.

The school comes first: its page sends us to the portal with an address of its own, which is kept byte for
byte; the way through is `ent`'s; it ends at the school's page with a name and a word for one use, and those
are proven as a password is. When the server's generation was mistaken, the portal knows us by then: the
second try costs no second password.
"""

from __future__ import annotations

from typing import Final

import attrs

from schoolsync.ent import directory, walk
from schoolsync.ent.portal import Arrival, Door
from schoolsync.errors import (
    LoginHeld,
    LostOnTheWay,
    Refused,
    SchoolSyncError,
    SessionExpired,
    UnknownName,
    Unreachable,
)
from schoolsync.flow.effects import Knock, Outcome, permit, report
from schoolsync.flow.http import Response
from schoolsync.providers.pronote.calls import entering
from schoolsync.providers.pronote.crypto import portal_key
from schoolsync.providers.pronote.discovery import door_of, find_cas
from schoolsync.providers.pronote.envelope import Page
from schoolsync.providers.pronote.login import AutoLogin, KnownLogin, PortalLogin
from schoolsync.providers.pronote.page import Start, no_portal, portal_entrance, read_start
from schoolsync.providers.pronote.proof import SignedIn, introduced, outcome_of, proven
from schoolsync.providers.pronote.refusals import PROVIDER
from schoolsync.providers.pronote.schema.entering import ChallengePage
from schoolsync.providers.pronote.session import Session

__all__ = ["by_portal", "settled"]

NOT_TAKEN: Final = "PRONOTE did not take the word for one use that stood on its own page. Try again later."


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


async def by_portal(session: Session, login: PortalLogin, *, anew: bool) -> SignedIn:
    """*session* is open, and signed in to: see `entrance.sign_in`."""
    passage = _Passage(session, login)
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
        outcome = outcome_of(error, has_left=self.has_left)
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


async def _proven_arrival(passage: _Passage) -> SignedIn:
    session = passage.session

    async def identify() -> Page[ChallengePage]:
        return await entering.identify(session, _one_time(session.start)[0], is_from_portal=True)

    settings, page, challenge = await introduced(session, identify, passage.reach)
    key = portal_key(_one_time(session.start)[1])
    return SignedIn(settings, page, await proven(session, challenge, key, _not_taken))


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
