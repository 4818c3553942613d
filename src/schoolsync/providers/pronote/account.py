"""One account and the upkeep of its session: signed in, kept alive, and tried again where that is safe."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final, TypeVar

import attrs

from schoolsync.errors import (
    ActionRequired,
    LostOnTheWay,
    Refused,
    SchoolSyncError,
    SessionExpired,
    Unavailable,
    Undecodable,
)
from schoolsync.flow.effects import Credentials, Flow, save, sleep
from schoolsync.model.decoding import refuse_issues
from schoolsync.policy import Freshness, Retry
from schoolsync.provider import rows
from schoolsync.providers.pronote.calls import entering
from schoolsync.providers.pronote.entrance import sign_in
from schoolsync.providers.pronote.envelope import Answer, Page, read_page
from schoolsync.providers.pronote.login import AutoLogin, KnownLogin, TokenLogin
from schoolsync.providers.pronote.mapping.known import Begun, Known, to_begun, to_known
from schoolsync.providers.pronote.mapping.mapped import PROVIDER
from schoolsync.providers.pronote.owner import Owner
from schoolsync.providers.pronote.refusals import Misread, told
from schoolsync.providers.pronote.schema.settings import SettingsPage, UserPage
from schoolsync.providers.pronote.token import check_app, new_app, new_pin, part, with_code

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
class Account(Owner):
    """Somebody who is signed in, or will be at the first call.

    Every call goes through `read` or `write`, which sign in and try again within the turn they run in.
    They take a function that makes a flow, not a flow: a silent log-in gives every element another id,
    so that ids (`resource`, periods, anything a listing named) are looked up when the function runs.
    """

    retry: Retry = RETRY
    """How long to wait before a damaged answer is asked for again."""
    _refuses_presence: bool = False

    # -- in and out --

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
        await self._keep_token()
        login = await self._who_comes()
        try:
            entered = await sign_in(self.session, login, anew=anew)
            self._begin(entered.settings, entered.page, entered.label)
        except LostOnTheWay:
            self._found = None
            raise
        except SchoolSyncError:
            await self._keep_token()
            raise
        finally:
            self.take_token()
        await self._keep_token()
        await self._learn()

    async def _who_comes(self) -> KnownLogin:
        """The log-in, by a way that is known: what was found out once is kept until it leads astray."""
        if self.login is None:
            raise SessionExpired(hint=NOT_OURS)
        if not isinstance(self.login, AutoLogin):
            return self.login
        if self._found is None:
            from schoolsync.providers.pronote.passage import settled

            self._found = await settled(self.session, self.login)
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
        await self._keep_token()
        if not self.is_signed_in or (self.login and IDLE.needs_renewal(self.session.age)):
            await self.sign_in()
        elif self._known is None or self._known.begun.of is not self.session.start:
            await self._or_anew(self._learn)

    async def logout(self) -> None:
        """The school was told, and the session is forgotten. Costs: one request, none without a session."""
        await self._keep_token()
        if not self.is_signed_in:
            return
        try:
            await entering.logout(self.session)
        except SessionExpired:
            pass  # it was over already
        finally:
            self.session.forget()
            self.session.passes = {}

    # -- tokens --

    async def issue_token(self) -> Credentials:
        """What signs in the next time without a password; it is kept (`save`), and this session goes on.

        A second session, of an app, is begun for it and ended again.

        Raises:
            Unavailable: The school gives this account none.
            Refused: The school did not take its own code.
            LoginHeld: The governor held it back.
            SchoolSyncError: The school did not answer, or not in a way that is understood.

        Costs: Six requests, once somebody is signed in.
        """
        await self.ready()
        check_app(self.session, has_pages=self.settings.has_app_pages)
        pin, secrets = new_pin(self.session.draw), self.session.private.secrets
        secrets.add(pin)
        try:
            code = await self._entered(lambda: self._tried(lambda: entering.code(self.session, pin)))
        finally:
            secrets.discard(pin)
        app = new_app(self.session)
        login = await with_code(app, code.data, pin)
        credentials = self.written(login)
        await save(credentials)
        await part(app)
        return credentials

    async def _keep_token(self) -> None:
        """The newest token is with whoever keeps it; nothing has been sent since the school gave it.

        That is why everything begins with this: where it was cut off, or failed, it is made good now.
        """
        self.take_token()
        if self.session.next_token is not None and isinstance(self.login, TokenLogin):
            await save(self.credentials)
            self.session.next_token = None

    # -- calls --

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
        await self._keep_token()
        if self.is_signed_in:
            await self._or_anew(self._beat)

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
