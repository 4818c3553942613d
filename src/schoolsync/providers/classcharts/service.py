"""ClassCharts as a provider: the contract's flows, in our words.

Each flow reads through `native`, which keeps the session, and maps what came.
What the school switched off raises `Unavailable` before anything is sent.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncGenerator, Callable, Iterable
from functools import partial
from typing import Any, ClassVar, TypeVar

import attrs

from schoolsync.errors import BadArgument, SchoolSyncError, StaleReference, Unavailable
from schoolsync.flow.effects import Flow
from schoolsync.flow.http import Request, ResponseHead
from schoolsync.model import (
    Absence,
    Announcement,
    Attachment,
    AttachmentKind,
    Availability,
    Badge,
    BehaviourEvent,
    Capabilities,
    Homework,
    Lesson,
    Mark,
    Pupil,
    Rows,
    Sanction,
    by_due,
)
from schoolsync.provider import Days, DisplayDate, Options, PupilLike, Service, Span, rows
from schoolsync.providers.classcharts import calls
from schoolsync.providers.classcharts.account import Account
from schoolsync.providers.classcharts.envelope import Envelope
from schoolsync.providers.classcharts.login import ParentLogin, StudentLogin, read_login
from schoolsync.providers.classcharts.mapping import calendar
from schoolsync.providers.classcharts.mapping.announcements import to_announcements
from schoolsync.providers.classcharts.mapping.attendance import to_absences
from schoolsync.providers.classcharts.mapping.behaviour import (
    day_of_sanction,
    to_badges,
    to_behaviour_events,
    to_sanctions,
)
from schoolsync.providers.classcharts.mapping.homework import to_homeworks, to_marks
from schoolsync.providers.classcharts.mapping.mapped import PROVIDER, Context
from schoolsync.providers.classcharts.mapping.reports import to_report_marks
from schoolsync.providers.classcharts.mapping.timetable import to_lessons
from schoolsync.providers.classcharts.native import Native
from schoolsync.providers.classcharts.schema.behaviour import ActivityRow
from schoolsync.providers.classcharts.session import ORIGIN, Role, Session, Shelf, read_origin

__all__ = ["ClassCharts", "account_service", "service"]

T = TypeVar("T")
BEHAVIOUR_WINDOW = dt.timedelta(days=31)
"""How far back behaviour is read when no days are given, as the service itself does."""


def service(login: ParentLogin | StudentLogin, options: Options, base_url: str | None = None) -> ClassCharts:
    """The service of one account; nothing is sent yet.

    Raises:
        BadArgument: *base_url* is no web origin.
    """
    session = Session(login.role, read_origin(ORIGIN if base_url is None else base_url), options)
    return ClassCharts(Account(login, session), Shelf(session))


def account_service(options: Options, *, base_url: str | None = None, **fields: Any) -> ClassCharts:
    """The service of the account that *fields* name: see `login.read_login`.

    Raises:
        BadArgument: Fields that cannot be meant.
    """
    return service(read_login(**fields), options, base_url)


@attrs.define
class ClassCharts(Service):
    """One parent or student of ClassCharts."""

    name: ClassVar[str] = PROVIDER

    account: Account
    """Session and upkeep."""
    shelf: Shelf
    """Files that the listings named."""

    @property
    def native(self) -> Native:
        """The same account in the server's own words."""
        return Native(self.account)

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
        """The origin that every call goes to."""
        return self.account.session.origin

    # -- the session --

    async def login(self) -> None:
        """The account is signed in anew. Costs: parent three requests, student two."""
        await self.account.told("login", self.account.sign_in())

    async def ready(self) -> None:
        """Somebody is signed in and the session is fresh. Costs: as `login`, one for renewing, or none."""
        await self.account.prepare("login")

    async def logout(self) -> None:
        """The server was told, and the session is forgotten. Costs: one request, none without a session."""
        session = self.account.session
        if session.session_id is not None:
            await self.account.told("logout", calls.logout(session))
            session.forget()

    async def keep_alive(self) -> None:
        """The session, if there is one, is as young as new. Costs: one request, or none."""
        if self.account.session.session_id is not None:
            await self.account.told("keep_alive", self.account.renew())

    # -- the readings --

    async def lessons(
        self, days: Days, *, pupil: PupilLike | None = None, raw_view: bool = False
    ) -> Rows[Lesson]:
        """Lessons by start. *raw_view* changes nothing: the server resolves its timetable itself.

        Costs:
            One request a day.
        """
        calendar.each(days)  # too many are refused before anything is sent
        context = await self._context("lessons", pupil)
        lessons: list[Lesson] = []
        for day in calendar.each(days.one_or_more(self._today(context))):
            lessons += to_lessons(context, await self.native.lessons(day, pupil=context.pupil))
        return self._rows(context, lessons, "lessons")

    async def homeworks(
        self, days: Days, *, pupil: PupilLike | None = None, display_date: DisplayDate = "due_date"
    ) -> Rows[Homework]:
        """Homework by the date chosen. Costs: one request."""
        context = await self._context("homeworks", pupil)
        days = calendar.from_now_on(days, self._today(context))
        envelope = await self.native.homeworks(days, pupil=context.pupil, display_date=display_date)
        homeworks = to_homeworks(context, envelope)
        if display_date == "issue_date":
            kept = [one for one in homeworks if one.assigned_on is None or one.assigned_on in days]
            kept.sort(key=lambda one: (one.assigned_on or dt.date.min, one.key))
        else:
            kept = sorted((one for one in homeworks if one.due in days), key=by_due)
        return self._rows(context, kept, "homeworks")

    async def marks(self, span: Span, *, pupil: PupilLike | None = None) -> Rows[Mark]:
        """Marks of homework and of academic reports: newest first, by the day or the homework's due date.

        Costs:
            One request for the homework, one for the list of reports and one for each report.
        """
        context = await self._context("marks", pupil)
        days = self._span(context, span, "marks")
        marks: list[Mark] = []
        if self._can(context.pupil, "homeworks"):
            envelope = await self.native.homeworks(days, pupil=context.pupil, display_date="due_date")
            marks += to_marks(context, envelope)
        if self._can(context.pupil, "academic_reports"):
            reports = await self.native.academic_reports(pupil=context.pupil)
            context.issues.extend(reports.issues)
            for row in reports.data:
                if row.end_date is None or row.end_date in days:
                    report = await self.native.academic_report(row.id, pupil=context.pupil)
                    marks += to_report_marks(context, report)
        kept = [
            mark for mark in marks if calendar.day_of_mark(mark) is None or calendar.day_of_mark(mark) in days
        ]
        kept.sort(key=lambda mark: (calendar.day_of_mark(mark) or dt.date.min, mark.key), reverse=True)
        return self._rows(context, kept, "marks")

    async def absences(self, span: Span, *, pupil: PupilLike | None = None) -> Rows[Absence]:
        """Absences and late arrivals of the days, or of the school year: newest first. Costs: one request."""
        context = await self._context("absences", pupil)
        days = self._span(context, span, "absences")
        envelope = await self.native.attendance(days, pupil=context.pupil)
        kept = [one for one in to_absences(context, envelope) if one.day in days]
        return self._rows(context, kept, "absences")

    async def announcements(self, days: Days, *, pupil: PupilLike | None = None) -> Rows[Announcement]:
        """Announcements, newest first; all of them if no days are given. Costs: one request."""
        context = await self._context("announcements", pupil)
        found = to_announcements(context, await self.native.announcements(pupil=context.pupil))
        return self._rows(context, [one for one in found if one.published_at in days], "announcements")

    async def badges(self, *, pupil: PupilLike | None = None) -> Rows[Badge]:
        """Awards of badges, newest first. Costs: one request."""
        context = await self._context("badges", pupil)
        found = to_badges(context, await self.native.badges(pupil=context.pupil))
        return self._rows(context, found, "badges")

    async def sanctions(self, span: Span, *, pupil: PupilLike | None = None) -> Rows[Sanction]:
        """Detentions of the days, or of the school year: latest first. Costs: one request."""
        context = await self._context("sanctions", pupil)
        days = self._span(context, span, "sanctions")
        found = to_sanctions(context, await self.native.detentions(pupil=context.pupil))
        kept = [one for one in found if (day := day_of_sanction(one)) is None or day in days]
        return self._rows(context, kept, "sanctions")

    async def behaviour_events(self, span: Span, *, pupil: PupilLike | None = None) -> Rows[BehaviourEvent]:
        """Behaviour events of the days, newest first; of the last 31 days if none are given.

        Costs:
            One request for each 50 rows of the activity, and one.
        """
        context = await self._context("behaviour_events", pupil)
        today = self._today(context)
        if span.days == Days() and span.period is None:
            span = Span(Days(today - BEHAVIOUR_WINDOW, today))
        days = self._span(context, span, "behaviour_events")
        found = to_behaviour_events(context, await self.native.full_activity(days, pupil=context.pupil))
        return self._rows(context, found, "behaviour_events")

    # -- what only ClassCharts has: its own words, once the school's switches allow it --

    async def own(
        self,
        thing: str,
        make: Callable[[Pupil], Flow[Envelope[T, Any]]],
        *,
        pupil: PupilLike | None = None,
        operation: str = "read",
    ) -> T:
        """`data` of the envelope that the flow of *make* gives.

        Raises:
            Unavailable: The school switched *thing* off, or it is not for this account.
        """
        context = await self._context(thing, pupil, operation)
        return (await make(context.pupil)).data

    async def own_rows(
        self,
        thing: str,
        make: Callable[[Pupil], Flow[Envelope[list[T], Any]]],
        *,
        pupil: PupilLike | None = None,
        operation: str = "read",
    ) -> Rows[T]:
        """The same for a listing, with what could not be read beside it."""
        context = await self._context(thing, pupil, operation)
        envelope = await make(context.pupil)
        return rows(envelope.data, envelope.issues, operation=thing, provider=self.name)

    def activity_rows(
        self, days: Days, *, pupil: PupilLike | None = None
    ) -> AsyncGenerator[ActivityRow, None]:
        """The rows of the activity, newest first, each page read as it is wanted."""
        allowed = partial(self._context, "activity", pupil)
        return self.native.activity_rows(days, pupil=pupil, before=allowed)

    # -- the actions --

    async def set_homework_done(
        self,
        homework: Homework | str,
        done: bool = True,
        *,
        pupil: PupilLike | None = None,
    ) -> Homework:
        """The homework as it is after the tick. The server only toggles: read, tick if needed, read again.

        Raises:
            Unavailable: A parent's account, or homework that cannot be ticked.
            StaleReference: The school does not list it any more.
            Interrupted: The tick was sent and its answer lost: read before doing it again.

        Costs:
            One request if nothing is to do, else three.
        """
        if pupil is None and isinstance(homework, Homework):
            pupil = homework.pupil_key
        context = await self._context("homeworks", pupil, "write")
        now = await self._homework(context, homework)
        if not now.can_toggle:
            raise Unavailable(
                Availability.OFF_AT_SCHOOL,
                provider=self.name,
                operation="set_homework_done",
                hint="This homework cannot be ticked by the pupil.",
            )
        if bool(now.extras.get("classcharts.ticked")) is bool(done):
            return now
        await self.native.tick(int(str(now.extras["classcharts.status_id"])), pupil=context.pupil)
        return await self._homework(context, homework)

    async def _homework(self, context: Context, wanted: Homework | str) -> Homework:
        """The homework as the server has it now."""
        key, days = (
            (wanted.key, calendar.around(wanted)) if isinstance(wanted, Homework) else (wanted, calendar.EVER)
        )
        envelope = await self.native.homeworks(days, pupil=context.pupil, display_date="due_date")
        for one in to_homeworks(context, envelope):
            if one.key == key:
                return one
        raise StaleReference(provider=self.name, operation="set_homework_done")

    # -- files --

    async def locate(self, attachment: Attachment, *, anew: bool = False) -> Request:
        """The request that gives the bytes of *attachment*.

        Raises:
            BadArgument: It is a link.
            StaleReference: The school does not list it any more.

        Costs:
            None if a listing of this session named it; else one request a pupil, until it is found.
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
        """The shelf knows where *attachment* is now, if the school still lists it."""
        self.shelf.addresses.pop(attachment.ref, None)
        kind = attachment.ref[0].partition("-")[0]
        for pupil in self.pupils:
            if kind == "pupil":
                info = await self.native.student_info(pupil=pupil)
                if info.data.avatar_url:
                    self.shelf.addresses[pupil.key, 0] = info.data.avatar_url
            elif kind == "homework" and self._can(pupil, "homeworks"):
                await self.homeworks(calendar.EVER, pupil=pupil)
            elif kind == "announcement" and self._can(pupil, "announcements"):
                await self.announcements(Days(), pupil=pupil)
            if attachment.ref in self.shelf.addresses:
                return

    def follow(self, request: Request, head: ResponseHead) -> Request | None:
        """The next request on the way to a file's bytes; `None` when *head* begins them."""
        try:
            return self.shelf.follow(head)
        except SchoolSyncError as error:
            error.provider, error.operation = self.name, "open"
            raise

    # -- the frame of every reading --

    async def _context(self, thing: str, pupil: PupilLike | None, operation: str = "read") -> Context:
        """Somebody is signed in, the pupil is known, and may be asked about *thing*."""
        await self.account.prepare(thing)
        self.account.need(thing, pupil, operation)
        options = self.account.session.options
        return Context(
            self.account.pupil(pupil),
            is_strict=options.is_strict,
            keeps_raw=options.keeps_raw,
            can_tick=self.account.role is Role.STUDENT,
        )

    def _can(self, pupil: Pupil, thing: str) -> bool:
        return self.capabilities.of(thing, pupil=pupil) in {Availability.YES, Availability.UNKNOWN}

    def _today(self, context: Context) -> dt.date:
        return self.account.session.options.clock.now().astimezone(context.zone).date()

    def _span(self, context: Context, span: Span, operation: str) -> Days:
        """The days of *span*; the school year where nothing is said."""
        if span.period is not None:
            raise Unavailable(
                Availability.NOT_IN_PROVIDER,
                provider=self.name,
                operation=operation,
                hint="ClassCharts has no periods: give days.",
            )
        return calendar.in_school_year(span.days, self._today(context))

    def _rows(self, context: Context, records: Iterable[T], operation: str) -> Rows[T]:
        self.shelf.addresses.update(context.addresses)
        return rows(records, context.issues, operation=operation, provider=self.name)
