"""One account and the upkeep of its session: signed in, kept alive, and tried again where that is safe."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Final, TypeVar

import attrs

from schoolsync.errors import (
    ActionRequired,
    Availability,
    BadArgument,
    LostOnTheWay,
    Refused,
    SessionExpired,
    Unavailable,
    Undecodable,
    UsageError,
)
from schoolsync.flow.effects import Credentials, Flow, sleep
from schoolsync.model import Capabilities, Period, Pupil, find_pupil
from schoolsync.model.decoding import refuse_issues
from schoolsync.policy import Freshness, Retry
from schoolsync.provider import PupilLike, Span, rows
from schoolsync.providers.pronote.calls import entering
from schoolsync.providers.pronote.entrance import settled, sign_in
from schoolsync.providers.pronote.envelope import Answer, Page, read_page
from schoolsync.providers.pronote.login import AutoLogin, KnownLogin, Login
from schoolsync.providers.pronote.mapping.known import Begun, Known, read_zone, to_begun, to_known
from schoolsync.providers.pronote.mapping.mapped import PROVIDER, Context
from schoolsync.providers.pronote.mapping.periods import key_of_period
from schoolsync.providers.pronote.mapping.spans import spanned
from schoolsync.providers.pronote.mapping.year import SchoolYear, YearPeriod
from schoolsync.providers.pronote.refusals import Misread, told
from schoolsync.providers.pronote.schema.settings import SettingsPage, UserPage
from schoolsync.providers.pronote.session import Resource, Session, Space

__all__ = ["Account"]

T = TypeVar("T")

IDLE: Final = Freshness(lifetime=dt.timedelta(minutes=30), margin=dt.timedelta(0))
"""After so long a silence a session is not asked any more whether it still lives. Servers end it after five
to ten minutes of silence; up to here asking costs less than a log-in. Evidence: guess."""
RETRY: Final = Retry()
DAMAGES: Final = frozenset(("JSON", "content", "inflate", "decrypt", "hex"))
"""Stages at which an answer breaks that was cut off on its way."""
NOT_OURS: Final = "This session was signed in to elsewhere: sign in again there, and adopt the new one."


@attrs.define
class Account:
    """Somebody who is signed in, or will be at the first call.

    Every call goes through `read` or `write`, which sign in and try again within the turn they run in.
    They take a function that makes a flow, not a flow: a silent log-in gives every element another id,
    so that ids (`resource`, periods, anything a listing named) are looked up when the function runs.
    """

    login: Login | None
    """Who; `None` for a session that somebody else has signed in to."""
    session: Session
    """The conversation."""
    timezone: str | None = attrs.field(default=None, converter=read_zone)
    """IANA name of the school's zone, if the caller said it."""
    retry: Retry = RETRY
    """How long to wait before a damaged answer is asked for again."""
    _begun: Begun | None = None
    _known: Known | None = None
    _refuses_presence: bool = False
    _found: KnownLogin | None = None

    # -- state, no I/O --

    @property
    def space(self) -> Space:
        """What kind of account it is."""
        return self.session.space

    @property
    def is_signed_in(self) -> bool:
        """Whether a session is open, as far as anybody knows here."""
        session = self.session
        if session.start is None or session.is_lost:
            return False
        return self.login is None or (self._begun is not None and self._begun.of is session.start)

    @property
    def known(self) -> Known:
        """What the last session that could be used has told.

        Raises:
            UsageError: Nobody has signed in yet.
        """
        if self._known is None:
            raise UsageError(
                "nobody has signed in yet: call login(), or read something first", provider=PROVIDER
            )
        return self._known

    @property
    def pupils(self) -> tuple[Pupil, ...]:
        """The pupils, in the server's order; a teacher's account has itself."""
        return self.known.pupils

    @property
    def capabilities(self) -> Capabilities:
        """What the account can see of each pupil."""
        return self.known.capabilities

    @property
    def year(self) -> SchoolYear:
        """The school year."""
        return self.known.begun.year

    @property
    def settings(self) -> SettingsPage:
        """All that `FonctionParametres` said; unfolded each time."""
        return read_page(self.session.options, self.known.begun.settings.unfolded(), SettingsPage).data

    @property
    def user(self) -> UserPage:
        """All that `ParametresUtilisateur` said; unfolded each time."""
        return read_page(self.session.options, self.known.user.unfolded(), UserPage).data

    @property
    def credentials(self) -> Credentials:
        """What the next log-in needs; a portal that was found out is named.

        Raises:
            UsageError: Somebody else has signed in, or gave the portal as an object.
        """
        if self.login is None:
            raise UsageError(
                "a session that was signed in to elsewhere has no credentials here", provider=PROVIDER
            )
        said = (self._found or self.login).credentials
        zone = {"timezone": self.timezone} if self.timezone else {}
        return attrs.evolve(said, fields={**said.fields, "url": self.session.root, **zone})

    def pupil(self, wanted: PupilLike | None) -> Pupil:
        """The pupil meant; the first one if nobody is named.

        Raises:
            UnknownName: No such pupil.
        """
        return self.pupils[0] if wanted is None else find_pupil(self.pupils, wanted)

    def resource(self, wanted: PupilLike | None) -> Resource:
        """How this session knows the pupil; another one after the next log-in."""
        return self.known.resources[self.pupil(wanted).key]

    def need(self, thing: str, wanted: PupilLike | None, operation: str = "read") -> None:
        """Nothing, when the account can do *operation* on *thing* of that pupil.

        Raises:
            Unavailable: It cannot, and why.
        """
        answer = self.capabilities.of(thing, operation, pupil=self.pupil(wanted))
        if answer not in {Availability.YES, Availability.UNKNOWN}:
            raise Unavailable(answer, provider=PROVIDER, operation=thing)

    def context(self, wanted: PupilLike | None) -> Context:
        """What the mappings need to know about that pupil."""
        options = self.session.options
        return Context(
            self.pupil(wanted),
            self.year,
            is_strict=options.is_strict,
            keeps_raw=options.keeps_raw,
            can_tick=self.space is Space.STUDENT,
        )

    def today(self, wanted: PupilLike | None) -> dt.date:
        """The date at the pupil's school."""
        return self.session.options.clock.now().astimezone(self.pupil(wanted).school.zone).date()

    def periods(self, span: Span, tab: int, wanted: PupilLike | None) -> tuple[YearPeriod, ...]:
        """The server's periods that *span* means on screen *tab*; see `mapping.spans.spanned`.

        Their ids are those of this session: call it anew in every function given to `read`.

        Raises:
            UnknownName: No such period.
        """
        pupil = self.pupil(wanted)
        return spanned(
            span,
            self.year,
            self.known.tabs.get(pupil.key, {}).get(tab),
            today=self.today(pupil),
            key_of=partial(key_of_period, pupil.school),
        )

    def period(self, meant: Period | str | None, tab: int, wanted: PupilLike | None) -> YearPeriod:
        """The one period that is meant on screen *tab*; the screen's present one if none is said.

        Raises:
            UnknownName: There is none, or (`BadArgument`) several are meant by it.
            Unavailable: The school year has no periods.
        """
        found = self.periods(Span(period=meant), tab, wanted)
        if not found:
            raise Unavailable(Availability.OFF_AT_SCHOOL, hint="The school year has no periods.")
        first, *others = found
        if others:
            raise BadArgument("period", "is several periods of this school: name one of them")
        return first

    # -- upkeep --

    async def sign_in(self, *, anew: bool = False) -> None:
        """The account is signed in anew and its pupils are known.

        Args:
            anew: Whether even a portal that may still know us is told who we are.

        Raises:
            AccountError: The school or its portal refused, or the governor held it back.
            UnknownName: The portal was to be found out, and is not clear.
            SessionExpired: Somebody else has to sign in.

        Costs: Five requests: page, settings, challenge, its answer, user; `entrance` tells those of portals.
        """
        try:
            entered = await sign_in(self.session, await self._who_comes(), anew=anew)
        except LostOnTheWay:
            self._found = None
            raise
        self._begin(entered.settings, entered.page, entered.label)
        await self._learn()

    async def _who_comes(self) -> KnownLogin:
        """The log-in, by a way that is known: what was found out once is kept until it leads astray."""
        if self.login is None:
            raise SessionExpired(hint=NOT_OURS)
        if not isinstance(self.login, AutoLogin):
            return self.login
        self._found = self._found or await settled(self.session, self.login)
        return self._found

    async def open(self) -> None:
        """An anonymous session is open, and what it begins with is known. Costs: two requests.

        Whoever signs in to it adopts its keys; when it ends, that is final.
        """
        session = self.session
        answer = await session.begin(lambda: entering.settings(session))
        self.begin_with(answer)

    def begin_with(self, settings: Answer) -> None:
        """The session began with what `FonctionParametres` answered; without that, it is asked again."""
        self._begin(settings, read_page(self.session.options, settings, SettingsPage), None)

    async def ready(self) -> None:
        """Somebody is signed in, and who it is is known.

        A session is not asked whether it still lives: the next call shows it.
        """
        if not self.is_signed_in or (self.login and IDLE.needs_renewal(self.session.age)):
            await self.sign_in()
        elif self._known is None or self._known.begun.of is not self.session.start:
            await self._or_anew(self._learn)

    async def prepare(self, operation: str) -> None:
        """The same as `ready`; its errors name *operation*."""
        await self.told(operation, self.ready())

    async def read(self, operation: str, make: Callable[[], Flow[T]]) -> T:
        """What the flow of *make* returns, tried again where that may help.

        Args:
            operation: Name for errors.
            make: Makes the flow; called again after a silent log-in, so that it uses the new ids.

        Raises:
            SchoolSyncError: What was left after the last try, with *operation*.
        """
        return await self.told(operation, self._entered(lambda: self._tried(make)))

    async def write(self, operation: str, make: Callable[[], Flow[T]]) -> T:
        """What the flow of *make* returns. Only a write that a dead session kept from running is sent again.

        Raises:
            Interrupted: It was sent and may have been done.
            SchoolSyncError: The school refused, with *operation*.
        """
        return await self.told(operation, self._entered(make))

    async def renew(self) -> None:
        """The session, if there is one, is as young as new: by a sign of life, else by a new log-in.

        Costs:
            One request, none without a session; two the first time a server refuses the older sign.
        """
        if self.is_signed_in:
            await self._or_anew(self._beat)

    async def logout(self) -> None:
        """The school was told, and the session is forgotten. Costs: one request, none without a session."""
        if not self.is_signed_in:
            return
        try:
            await entering.logout(self.session)
        except SessionExpired:
            pass  # it was over already
        finally:
            self.session.forget()
            self.session.passes = {}

    async def told(self, operation: str, flow: Flow[T]) -> T:
        """What *flow* returns; its errors say where they happened."""
        return await told(operation, flow)

    async def _entered(self, make: Callable[[], Flow[T]]) -> T:
        """What the flow of *make* returns; the one of a new session, if this one is over."""
        await self.ready()
        try:
            return await make()
        except SessionExpired:
            pass
        await self.sign_in()
        return await make()

    async def _or_anew(self, make: Callable[[], Flow[None]]) -> None:
        """The flow of *make* has run; or the account is signed in anew, if the session is over."""
        try:
            await make()
        except SessionExpired:
            pass
        else:
            return
        await self.sign_in()

    async def _tried(self, make: Callable[[], Flow[T]]) -> T:
        """What the flow of *make* returns; a damaged answer is asked for once more.

        Nothing else is tried again here: a call that got no answer has been sent twice already, and the
        vendor asks not to come back to a server in trouble.
        """
        try:
            return await make()
        except Undecodable as error:
            if error.stage not in DAMAGES or self.session.is_lost:
                raise
        await sleep(self.retry.first_pause)
        return await make()

    async def _beat(self) -> None:
        """A sign of life, in the way that the server takes."""
        if self.session.takes_presence and not self._refuses_presence:
            try:
                await entering.presence(self.session)
            except (Misread, Refused, Unavailable):
                self._refuses_presence = True
            else:
                return
        await entering.navigate(self.session)

    # -- learning --

    async def _learn(self) -> None:
        """Whose session it is, is known.

        Raises:
            ActionRequired: The school shows no pupils.
            UnexpectedShape: None of them can be read.
        """
        begun = self._begun
        if begun is None or begun.of is not self.session.start:
            settings = await entering.settings(self.session)
            begun = self._begin(settings, read_page(self.session.options, settings, SettingsPage), None)
        answer = await self._tried(lambda: entering.user(self.session))
        page = read_page(self.session.options, answer, UserPage)
        self._known = self._who(begun, answer, page)

    def _begin(self, answer: Answer, page: Page[SettingsPage], label: str | None) -> Begun:
        """What the session began with, kept."""
        start = self.session.start
        if start is None:
            raise SessionExpired(hint=NOT_OURS)
        self.session.learn(page.data)
        rows((), page.issues, operation="settings", provider=PROVIDER)
        self._begun = to_begun(start, answer, page.data, timezone=self.timezone, label=label)
        return self._begun

    def _who(self, begun: Begun, answer: Answer, page: Page[UserPage]) -> Known:
        """What *page* says of the account; those whom it names are private from now on."""
        session, issues = self.session, [*page.issues]
        known = to_known(begun, answer, page.data, root=session.root, space=session.space, issues=issues)
        if not known.pupils:
            refuse_issues(issues)
            raise ActionRequired("the school shows no pupils to this account")
        rows((), issues, operation="user", provider=PROVIDER)
        session.private.names.update(known.names)
        return known
