"""One account and the upkeep of its session: signed in, fresh, and tried again where that is safe."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final, TypeVar

import attrs

from schoolsync.errors import (
    ActionRequired,
    SchoolSyncError,
    SessionExpired,
    Unavailable,
    Undecodable,
    UsageError,
)
from schoolsync.flow.effects import Flow, sleep
from schoolsync.model import Availability, Capabilities, Pupil, find_pupil
from schoolsync.model.decoding import refuse_issues
from schoolsync.policy import Freshness, Retry
from schoolsync.provider import PupilLike, rows
from schoolsync.providers.classcharts import calls
from schoolsync.providers.classcharts.login import ParentLogin, Reasons, StudentLogin, sign_in
from schoolsync.providers.classcharts.mapping.mapped import PROVIDER
from schoolsync.providers.classcharts.mapping.people import to_capabilities, to_pupil
from schoolsync.providers.classcharts.schema.people import PupilRow
from schoolsync.providers.classcharts.session import Role, Session

__all__ = ["Account"]

T = TypeVar("T")
FRESHNESS = Freshness(lifetime=dt.timedelta(seconds=180), margin=dt.timedelta(seconds=5))
"""A session id lives about three minutes; the last five seconds are for renewing. Evidence: measured."""
RETRY = Retry()
ENDED: Final[tuple[type[SchoolSyncError], ...]] = (SessionExpired, ActionRequired)
"""Signs that a new log-in may help, once."""
DAMAGES = frozenset(("JSON", "inflate"))
"""Stages at which an answer breaks that was cut off on its way."""


@attrs.define
class Account:
    """A signed-in parent or student, or one who will be at the first call.

    Every call goes through `read` or `write`, which sign in, renew and try again within the
    turn they run in. The pupil is part of each call: nothing is switched behind anybody's back.
    """

    login: ParentLogin | StudentLogin
    """Who."""
    session: Session
    """The conversation."""
    retry: Retry = RETRY
    """When a read is tried again."""
    _pupils: tuple[Pupil, ...] = ()
    _capabilities: Capabilities | None = None
    _reasons: Reasons = attrs.field(factory=dict, repr=False)

    # -- state, no I/O --

    @property
    def role(self) -> Role:
        """Parent or student."""
        return self.login.role

    @property
    def pupils(self) -> tuple[Pupil, ...]:
        """The pupils, in the server's order.

        Raises:
            UsageError: Nobody has signed in yet.
        """
        if not self._pupils:
            raise UsageError(
                "nobody has signed in yet: call login(), or read something first", provider=PROVIDER
            )
        return self._pupils

    @property
    def capabilities(self) -> Capabilities:
        """What the account can see of each pupil.

        Raises:
            UsageError: Nobody has signed in yet.
        """
        if self._capabilities is None:
            raise UsageError(
                "nobody has signed in yet: call login(), or read something first", provider=PROVIDER
            )
        return self._capabilities

    def pupil(self, wanted: PupilLike | None) -> Pupil:
        """The pupil meant; the first one if nobody is named.

        Raises:
            UnknownName: No such pupil.
        """
        return self.pupils[0] if wanted is None else find_pupil(self.pupils, wanted)

    def need(self, thing: str, wanted: PupilLike | None, operation: str = "read") -> None:
        """Nothing, when the account can do *operation* on *thing* of that pupil.

        Raises:
            Unavailable: It cannot, and why.
        """
        answer = self.capabilities.of(thing, operation, pupil=self.pupil(wanted))
        if answer not in {Availability.YES, Availability.UNKNOWN}:
            raise Unavailable(answer, provider=PROVIDER, operation=thing)

    # -- upkeep --

    async def sign_in(self) -> None:
        """The account is signed in anew and its pupils are known. The form is never sent twice.

        Raises:
            AccountError: The school refused, or the governor held it back.

        Costs:
            Parent: three requests (form, ping, pupils). Student: two (form, ping).
        """
        await sign_in(self.session, self.login, self._reasons)
        self._know(await self._who())

    async def _who(self) -> list[PupilRow]:
        """The pupils' rows, after a ping: the first one wakes the session (the Tes gate)."""
        session = self.session
        if self.role is Role.STUDENT:
            return [(await self._tried(lambda: calls.student_ping(session))).data]
        for _ in range(2):
            parent = (await self._tried(lambda: calls.parent_ping(session))).data
            session.private.update(filter(None, (parent.name, parent.email)))
            listed = await self._tried(lambda: calls.pupils(session))
            if listed.data:
                return rows(listed.data, listed.issues, operation="pupils", provider=PROVIDER)
            refuse_issues(listed.issues)
        return []

    def _know(self, found: list[PupilRow]) -> None:
        """The pupils and their switches are those of *found*.

        Raises:
            ActionRequired: There are none.
        """
        if not found:
            raise ActionRequired("verification of the account: the school shows no pupils")
        pupils = tuple(to_pupil(row, self.session.origin) for row in found)
        self._pupils, self._capabilities = pupils, to_capabilities(pupils, found, self.role)
        for pupil in pupils:
            said = (pupil.name, pupil.first_name, pupil.last_name, pupil.provider_id)
            self.session.private.update(filter(None, said))

    async def ready(self) -> None:
        """Somebody is signed in and the session is fresh."""
        if self.session.session_id is None:
            await self.sign_in()
        elif not self._pupils:
            await self._learn()
        elif FRESHNESS.needs_renewal(self.session.age):
            await self.renew()

    async def _learn(self) -> None:
        """The pupils of a session that has not told them yet are known."""
        try:
            found = await self._who()
        except ENDED:
            await self.sign_in()
        else:
            self._know(found)

    async def prepare(self, operation: str) -> None:
        """The same as `ready`; its errors name *operation*."""
        await self.told(operation, self.ready())

    async def renew(self) -> None:
        """The session is as young as new: by a ping, else by a new log-in."""
        ping = calls.student_ping if self.role is Role.STUDENT else calls.parent_ping
        try:
            await self._tried(lambda: ping(self.session))
        except ENDED:
            await self.sign_in()

    async def read(self, operation: str, make: Callable[[], Flow[T]]) -> T:
        """What the flow of *make* returns, tried again where that may help.

        Args:
            operation: Name for errors.
            make: A function, because a tried flow cannot run twice and its request must be dressed anew.

        Raises:
            SchoolSyncError: What was left after the last try, with *operation*.
        """
        return await self.told(operation, self._once_more_signed_in(lambda: self._tried(make)))

    async def write(self, operation: str, make: Callable[[], Flow[T]]) -> T:
        """What the flow of *make* returns. Only a write that a dead session kept from running is sent again.

        Raises:
            Interrupted: It was sent and may have been done.
            SchoolSyncError: The school refused, with *operation*.
        """
        return await self.told(operation, self._once_more_signed_in(make))

    async def _once_more_signed_in(self, make: Callable[[], Flow[T]]) -> T:
        await self.ready()
        try:
            return await make()
        except ENDED:
            await self.sign_in()
        return await make()

    async def tried(self, operation: str, make: Callable[[], Flow[T]]) -> T:
        """What the flow of *make* returns, tried again like a read; needs nobody to be signed in."""
        return await self.told(operation, self._tried(make))

    async def _tried(self, make: Callable[[], Flow[T]]) -> T:
        attempt = 0
        while True:
            attempt += 1
            try:
                return await make()
            except SchoolSyncError as error:
                pause = self._pause(attempt, error)
                if pause is None:
                    raise
            await sleep(pause)

    def _pause(self, attempt: int, error: SchoolSyncError) -> dt.timedelta | None:
        """How long to wait before a read is tried again; `None`: it is not.

        Waiting wakes no dead session. A damaged answer is asked for once more, and no more than that.
        """
        if isinstance(error, ENDED):
            return None
        if isinstance(error, Undecodable) and error.stage in DAMAGES:
            return self.retry.first_pause if attempt == 1 else None
        return self.retry.pause(attempt, error, is_read=True)

    async def told(self, operation: str, flow: Flow[T]) -> T:
        """What *flow* returns; its errors say where they happened."""
        try:
            return await flow
        except SchoolSyncError as error:
            error.provider = error.provider or PROVIDER
            error.operation = error.operation or operation
            raise
