"""The frame of every reading: who is signed in, which days and weeks are meant, and where files are."""

from __future__ import annotations

import abc
import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import ClassVar, TypeVar

import attrs

from schoolsync.errors import BadArgument, SchoolSyncError, StaleReference, Unavailable
from schoolsync.flow.effects import Credentials, Flow
from schoolsync.flow.http import Request, ResponseHead
from schoolsync.model import Attachment, AttachmentKind, Availability, Capabilities, Pupil, Rows
from schoolsync.provider import Days, PupilLike, Service, Span, rows
from schoolsync.providers.pronote.account import Account
from schoolsync.providers.pronote.files import Shelf
from schoolsync.providers.pronote.mapping.mapped import PROVIDER, Context
from schoolsync.providers.pronote.mapping.year import YearPeriod
from schoolsync.providers.pronote.native import Native

__all__ = ["LAST_WEEK", "Framed", "naming"]

T = TypeVar("T")
LAST_WEEK = 62
"""The server counts no further. Evidence: read."""


@contextmanager
def naming(operation: str) -> Iterator[None]:
    """What goes wrong here says where it happened."""
    try:
        yield
    except SchoolSyncError as error:
        error.provider, error.operation = PROVIDER, operation
        raise


@attrs.define
class Framed(Service):
    """One account of PRONOTE, before it reads anything."""

    name: ClassVar[str] = PROVIDER

    account: Account
    """Session and upkeep."""
    shelf: Shelf = attrs.field(
        init=False, default=attrs.Factory(lambda self: Shelf(self.account.session), True)
    )
    """Files that the listings named."""
    allows_http: bool = attrs.field(default=False, kw_only=True)
    """Whether the caller allowed an address without TLS that is not on this computer."""

    @property
    def native(self) -> Native:
        """The same account in the server's own words."""
        return Native(self.account)

    # -- who, without I/O --

    @property
    def pupils(self) -> tuple[Pupil, ...]:
        """The account's pupils, in the server's order."""
        return self.account.pupils

    @property
    def capabilities(self) -> Capabilities:
        """What the account can see of each pupil."""
        return self.account.capabilities

    @property
    def address(self) -> str:
        """The instance that every call goes to."""
        return self.account.session.root

    # -- the session --

    async def login(self) -> None:
        """The account is signed in anew. Costs: five requests; more through a portal."""
        await self.account.told("login", self.account.sign_in(anew=True))

    async def ready(self) -> None:
        """Somebody is signed in. Costs: as `login`, or none."""
        await self.account.prepare("login")

    async def open(self) -> None:
        """A session is open, and nobody is signed in to it. Costs: two requests."""
        await self.account.told("open_session", self.account.open())

    async def logout(self) -> None:
        """The server was told, and the session is forgotten. Costs: one request, none without a session."""
        await self.account.told("logout", self.account.logout())

    async def issue_token(self) -> Credentials:
        """What signs in the next time without a password. Costs: six requests, once somebody is signed in."""
        return await self.account.told("issue_token", self.account.issue_token())

    async def keep_alive(self) -> None:
        """The session, if there is one, is as young as new. Costs: one request, or none."""
        await self.account.told("keep_alive", self.account.renew())

    # -- files' bytes --

    async def locate(self, attachment: Attachment, *, anew: bool = False) -> Request:
        """The request that gives the bytes of *attachment*.

        Raises:
            BadArgument: It is a link.
            StaleReference: The school does not list it any more.

        Costs:
            None if a listing of this session named it; else the listings of its kind, pupil by pupil.
        """
        if attachment.kind is AttachmentKind.LINK:
            raise BadArgument("attachment", "a link has no bytes here: open its url")
        await self.account.prepare("open")
        if anew or self.shelf.request(attachment) is None:
            await self._list_again(attachment)
        request = self.shelf.request(attachment)
        if request is None:
            raise StaleReference(provider=self.name, operation="open")
        return request

    async def _list_again(self, attachment: Attachment) -> None:
        """The shelf knows where *attachment* is in this session, if the school still lists it."""
        self.shelf.forget(attachment)
        kind = attachment.ref[0].partition("-")[0]
        for pupil in self.pupils:
            if kind == "pupil":
                self.shelf.keep_photo(pupil)
            else:
                await self.list_kind(kind, pupil.key)
            if self.shelf.request(attachment) is not None:
                return

    @abc.abstractmethod
    async def list_kind(self, kind: str, whom: str) -> None:
        """The listings of a pupil in which files of *kind* stand have been read."""

    def follow(self, request: Request, head: ResponseHead) -> Request | None:
        """The next request on the way to a file's bytes; `None` when *head* begins them."""
        with naming("open"):
            return self.shelf.follow(head)

    # -- the frame of every reading --

    async def _ready(self, thing: str, pupil: PupilLike | None, operation: str = "read") -> str:
        """The key of the pupil meant: somebody is signed in, and may be asked about *thing*."""
        await self.account.prepare(thing)
        with naming(thing):
            self.account.need(thing, pupil, operation)
            return self.account.pupil(pupil).key

    async def _steady(self, make: Callable[[], Flow[T]]) -> T:
        """What the flow of *make* returns, made anew when the ids that it had listed were gone half-way.

        They go with their session, when a silent log-in begins another one. The server refuses what names
        one of them, so that nothing was done.
        """
        before = self.account.session.start
        try:
            return await make()
        except StaleReference:
            if self.account.session.start is before:
                raise
        return await make()

    def _now(self) -> dt.datetime:
        return self.account.session.options.clock.now()

    def _today(self, whom: str) -> dt.date:
        return self.account.today(whom)

    def _year(self, whom: str) -> Days:
        """The days of the school year; a year around today where the server does not say them."""
        year, today = self.account.year, self._today(whom)
        half = dt.timedelta(days=183)
        return Days(year.first_day or today - half, year.last_day or today + half)

    def _weeks(self, days: Days) -> range:
        """The numbers of the weeks of the school year that share a day with *days*."""
        year = self.account.year
        final = year.week_of(year.last_day) if year.last_day else LAST_WEEK
        first = year.week_of(days.first) if days.first else 1
        last = year.week_of(days.last) if days.last else final
        return range(max(first, 1), min(last, final, LAST_WEEK) + 1)

    def _periods(self, thing: str, span: Span, tab: int, whom: str) -> tuple[YearPeriod, ...]:
        """The periods that *span* means on screen *tab*, with their ids in this session."""
        with naming(thing):
            return self.account.periods(span, tab, whom)

    def _days_of(self, thing: str, span: Span, tab: int, whom: str) -> Days:
        """The days of *span*: its own, or those of its period, or the current one's."""
        if span.days != Days():
            year = self._year(whom)
            return span.days.within(
                min(year.first or dt.date.max, span.days.last or dt.date.max),
                max(year.last or dt.date.min, span.days.first or dt.date.min),
            )
        periods = self._periods(thing, span, tab, whom)
        firsts = [period.start for period in periods if period.start]
        lasts = [period.end for period in periods if period.end]
        return (
            Days(min(firsts, default=None), max(lasts, default=None))
            if firsts and lasts
            else self._year(whom)
        )

    def _ends(self, days: Days, whom: str) -> tuple[dt.date, dt.date] | None:
        """The first and the last day that *days* share with the school year; `None` if they share none."""
        year, meant = self.account.year, self._year(whom)
        first, last = days.first or meant.first, days.last or meant.last
        first = max(one for one in (first, year.first_day) if one)
        last = min(one for one in (last, year.last_day) if one)
        return (first, last) if first <= last else None

    def _closed(self, operation: str, hint: str) -> Unavailable:
        return Unavailable(Availability.OFF_AT_SCHOOL, provider=self.name, operation=operation, hint=hint)

    def _rows(self, context: Context, records: Iterable[T], operation: str) -> Rows[T]:
        self.shelf.keep(context.files)
        return rows(records, context.issues, operation=operation, provider=self.name)
