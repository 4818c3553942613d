"""Every call of the server in its own words, as flows: what `client.native` and the service stand on."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncGenerator, Callable, Mapping
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar

import attrs

from schoolsync.errors import BadArgument, Unavailable, UnknownName
from schoolsync.flow.effects import Flow, save
from schoolsync.model import Availability
from schoolsync.provider import Days, DisplayDate, PupilLike, rows
from schoolsync.providers.classcharts import calls
from schoolsync.providers.classcharts.account import Account
from schoolsync.providers.classcharts.envelope import Envelope
from schoolsync.providers.classcharts.login import ParentLogin
from schoolsync.providers.classcharts.mapping.mapped import PROVIDER
from schoolsync.providers.classcharts.mapping.paging import Page, Pages, joined
from schoolsync.providers.classcharts.schema.announcements import AnnouncementRow
from schoolsync.providers.classcharts.schema.attendance import AttendanceMeta
from schoolsync.providers.classcharts.schema.behaviour import (
    ActivityMeta,
    ActivityRow,
    BadgeRow,
    BehaviourMeta,
    BehaviourSummary,
    DetentionRow,
    DetentionsMeta,
    ParentBehaviourRow,
)
from schoolsync.providers.classcharts.schema.homework import HomeworkMeta, HomeworkRow
from schoolsync.providers.classcharts.schema.people import CodeCheck, ParentUser, PupilRow, StudentCode
from schoolsync.providers.classcharts.schema.reports import (
    AcademicReport,
    AcademicReportRow,
    ReportCard,
    ReportCardComment,
    ReportCardRow,
    ReportCardTarget,
)
from schoolsync.providers.classcharts.schema.shop import (
    ClassRow,
    PupilFields,
    Purchase,
    RewardRow,
    RewardsMeta,
)
from schoolsync.providers.classcharts.schema.timetable import LessonRow, TimetableMeta
from schoolsync.providers.classcharts.session import Role, Session

__all__ = ["Native"]

T = TypeVar("T")
P = ParamSpec("P")
ALL = Days()
"""No days given: the server's own window."""


@attrs.define
class Native:
    """ClassCharts as it is. Each flow makes one request, a log-in or renewal aside, unless it says so."""

    account: Account
    """Whose."""

    async def _read(
        self,
        operation: str,
        call: Callable[Concatenate[Session, int, P], Flow[T]],
        pupil: PupilLike | None,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """*call* for one pupil, as a read."""
        account = self.account
        return await account.read(operation, lambda: call(account.session, self._id(pupil), *args, **kwargs))

    async def _write(
        self,
        operation: str,
        call: Callable[Concatenate[Session, int, P], Flow[T]],
        pupil: PupilLike | None,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """*call* for one pupil, as a write: never sent twice."""
        account = self.account
        return await account.write(operation, lambda: call(account.session, self._id(pupil), *args, **kwargs))

    def _id(self, pupil: PupilLike | None) -> int:
        return int(self.account.pupil(pupil).provider_id or 0)

    def _only(self, role: Role, operation: str) -> None:
        if self.account.role is not role:
            raise Unavailable(Availability.NOT_FOR_THIS_ACCOUNT, provider=PROVIDER, operation=operation)

    # -- who --

    async def student_info(self, *, pupil: PupilLike | None = None) -> Envelope[PupilRow, calls.NoMeta]:
        """The pupil with all `display_*` flags: a student's ping, or the parent's row of that pupil.

        Raises:
            UnknownName: The parent's list does not hold that pupil any more.
        """
        session = self.account.session
        if self.account.role is Role.STUDENT:
            return await self.account.read("student_info", lambda: calls.student_ping(session))
        listed = await self.pupils()
        wanted = self._id(pupil)
        mine = [row for row in listed.data if row.id == wanted]
        if not mine:
            raise UnknownName(
                "pupil", str(wanted), is_private=True, provider=PROVIDER, operation="student_info"
            )
        return Envelope(mine[0], listed.meta, issues=listed.issues)

    async def parent_info(self) -> Envelope[ParentUser, calls.NoMeta]:
        """The parent."""
        self._only(Role.PARENT, "parent_info")
        return await self.account.read("parent_info", lambda: calls.parent_ping(self.account.session))

    async def pupils(self) -> Envelope[list[PupilRow], calls.NoMeta]:
        """The parent's children, in the server's order."""
        self._only(Role.PARENT, "pupils")
        return await self.account.read("pupils", lambda: calls.pupils(self.account.session))

    async def code_check(self) -> Envelope[CodeCheck, calls.NoMeta]:
        """Whether the student's code asks for a date of birth. Signs nobody in."""
        self._only(Role.STUDENT, "check_code")
        session, code = self.account.session, self.account.login.account
        return await self.account.tried("check_code", lambda: calls.code_check(session, code))

    async def student_code(self, date_of_birth: dt.date) -> Envelope[StudentCode, calls.NoMeta]:
        """The student's access code."""
        self._only(Role.STUDENT, "student_code")
        session = self.account.session
        return await self.account.read("student_code", lambda: calls.student_code(session, date_of_birth))

    async def change_password(self, current: str, new: str) -> None:
        """The parent's password is *new*, here and at the school; the new credentials are saved.

        Raises:
            BadArgument: One of them is empty.
            Refused: The school did not accept it.
        """
        self._only(Role.PARENT, "change_password")
        for argument, text in (("current", current), ("new", new)):
            if not text:
                raise BadArgument(argument, "a password is needed")
        account = self.account
        account.session.private.update((current, new))
        await account.write("change_password", lambda: calls.change_password(account.session, current, new))
        if isinstance(account.login, ParentLogin):
            account.login = attrs.evolve(account.login, password=new)
        await save(account.login.credentials)

    # -- school days --

    async def lessons(
        self, day: dt.date, *, pupil: PupilLike | None = None
    ) -> Envelope[list[LessonRow], TimetableMeta]:
        """One day of the timetable."""
        return await self._read("lessons", calls.lessons, pupil, day)

    async def homeworks(
        self, days: Days = ALL, *, pupil: PupilLike | None = None, display_date: DisplayDate = "issue_date"
    ) -> Envelope[list[HomeworkRow], HomeworkMeta]:
        """Homework whose *display_date* lies in *days*; the server's own window where they are open."""
        return await self._read("homeworks", calls.homeworks, pupil, days.first, days.last, display_date)

    async def attendance(
        self, days: Days = ALL, *, pupil: PupilLike | None = None
    ) -> Envelope[calls.Attendance, AttendanceMeta]:
        """The register by day and session; about the last 31 days where *days* is open."""
        return await self._read("attendance", calls.attendance, pupil, days.first, days.last)

    async def announcements(
        self, *, pupil: PupilLike | None = None
    ) -> Envelope[list[AnnouncementRow], calls.NoMeta]:
        """All announcements."""
        return await self._read("announcements", calls.announcements, pupil)

    async def tick(self, status_id: int, *, pupil: PupilLike | None = None) -> None:
        """The student's tick is the other way round. A toggle: `set_homework_done` is the safe way."""
        self._only(Role.STUDENT, "set_homework_done")
        await self._write("set_homework_done", calls.tick, pupil, status_id)

    # -- behaviour --

    async def activity(
        self, days: Days = ALL, last_id: int | None = None, *, pupil: PupilLike | None = None
    ) -> Envelope[list[ActivityRow], ActivityMeta]:
        """One page of the activity: at most 50 rows, newest first, older than *last_id*."""
        return await self._read("activity", calls.activity, pupil, days.first, days.last, last_id)

    def _pages(self, days: Days, pupil: PupilLike | None) -> Pages:
        read = partial(self._page, days, pupil)
        return Pages(read, lambda: self.account.pupil(pupil).school.zone, days)

    async def _page(self, days: Days, pupil: PupilLike | None, last_id: int | None) -> Page:
        return await self.activity(days, last_id, pupil=pupil)

    async def full_activity(self, days: Days = ALL, *, pupil: PupilLike | None = None) -> Page:
        """The activity of all pages in one envelope, with the `meta` of the first page.

        Costs:
            One request a page of 50, and one for the empty page at the end.
        """
        reader, pages = self._pages(days, pupil), []
        while (page := await reader.next()) is not None:
            pages.append(page)
        return joined(pages)

    async def activity_rows(
        self,
        days: Days = ALL,
        *,
        pupil: PupilLike | None = None,
        before: Callable[[], Flow[object]] | None = None,
    ) -> AsyncGenerator[ActivityRow, None]:
        """The rows of all pages, newest first, each page read when its first row is wanted.

        Args:
            days: Rows of other days are left out.
            pupil: Whose.
            before: Runs before the first page; may refuse.

        Costs:
            As `full_activity`, if all rows are wanted.
        """
        if before is not None:
            await before()
        reader = self._pages(days, pupil)
        while (page := await reader.next()) is not None:
            for row in rows(page.data, page.issues, operation="activity", provider=PROVIDER):
                yield row

    async def behaviour(
        self, days: Days = ALL, *, pupil: PupilLike | None = None
    ) -> Envelope[BehaviourSummary, BehaviourMeta]:
        """Points by time and by reason."""
        return await self._read("behaviour", calls.behaviour, pupil, days.first, days.last)

    async def badges(self, *, pupil: PupilLike | None = None) -> Envelope[list[BadgeRow], calls.NoMeta]:
        """All badges with their awards."""
        return await self._read("badges", calls.badges, pupil)

    async def detentions(
        self, *, pupil: PupilLike | None = None
    ) -> Envelope[list[DetentionRow], DetentionsMeta]:
        """All detentions."""
        return await self._read("detentions", calls.detentions, pupil)

    async def parent_behaviours(
        self, *, pupil: PupilLike | None = None
    ) -> Envelope[list[ParentBehaviourRow], calls.NoMeta]:
        """What a parent can give points for."""
        self._only(Role.PARENT, "parent_behaviours")
        return await self._read("parent_behaviours", calls.parent_behaviours, pupil)

    async def add_parent_behaviour(
        self, behaviour_id: int, *, pupil: PupilLike | None = None
    ) -> Envelope[list[ParentBehaviourRow], calls.NoMeta]:
        """Points are given; the refreshed list."""
        self._only(Role.PARENT, "parent_behaviours")
        return await self._write("parent_behaviours", calls.add_parent_behaviour, pupil, behaviour_id)

    # -- about the pupil --

    async def pupil_fields(self, *, pupil: PupilLike | None = None) -> Envelope[PupilFields, calls.NoMeta]:
        """What the school shows about the pupil."""
        return await self._read("pupil_fields", calls.pupil_fields, pupil)

    async def classes(self, *, pupil: PupilLike | None = None) -> Envelope[list[ClassRow], calls.NoMeta]:
        """The pupil's classes."""
        return await self._read("classes", calls.classes, pupil)

    async def rewards(self, *, pupil: PupilLike | None = None) -> Envelope[list[RewardRow], RewardsMeta]:
        """What can be had for points, and the balance in `meta`."""
        self._only(Role.STUDENT, "rewards")
        return await self._read("rewards", calls.rewards, pupil)

    async def purchase(
        self, item_id: int, *, pupil: PupilLike | None = None
    ) -> Envelope[Purchase, calls.NoMeta]:
        """The item is bought."""
        self._only(Role.STUDENT, "rewards")
        return await self._write("purchase_reward", calls.purchase, pupil, item_id)

    # -- reports --

    async def academic_reports(
        self, *, pupil: PupilLike | None = None
    ) -> Envelope[list[AcademicReportRow], calls.NoMeta]:
        """The academic reports, without their content."""
        return await self._read("academic_reports", calls.academic_reports, pupil)

    async def academic_report(
        self, report_id: int, *, pupil: PupilLike | None = None
    ) -> Envelope[AcademicReport, calls.NoMeta]:
        """One academic report, whole."""
        return await self._read("academic_report", calls.academic_report, pupil, report_id)

    async def report_cards(
        self, *, pupil: PupilLike | None = None
    ) -> Envelope[list[ReportCardRow], calls.NoMeta]:
        """The cards of a pupil on report."""
        return await self._read("report_cards", calls.report_cards, pupil)

    async def report_card(
        self, card_id: int, *, pupil: PupilLike | None = None
    ) -> Envelope[ReportCard, calls.NoMeta]:
        """One card, whole."""
        return await self._read("report_card", calls.report_card, pupil, card_id)

    async def report_card_comment(
        self, card_id: int, day: dt.date, *, pupil: PupilLike | None = None
    ) -> Envelope[ReportCardComment, calls.NoMeta]:
        """The school's comment on one day of a card."""
        return await self._read("report_card_comment", calls.report_card_comment, pupil, card_id, day)

    async def report_card_target(
        self, target_id: int, day: dt.date, *, pupil: PupilLike | None = None
    ) -> Envelope[ReportCardTarget, calls.NoMeta]:
        """One target of a card on one day."""
        return await self._read("report_card_target", calls.report_card_target, pupil, target_id, day)

    # -- anything else --

    async def request(
        self,
        path: str,
        *,
        method: str = "GET",
        query: Mapping[str, str | None] | None = None,
        form: Mapping[str, str] | None = None,
    ) -> Envelope[Any, Any]:
        """Any call of this role's API, untyped; a POST is a write."""
        if method not in {"GET", "POST"}:
            raise BadArgument("method", "GET or POST is expected")
        if "?" in path or "#" in path:
            raise BadArgument("path", "give parameters as query=")
        if method == "GET" and form is not None:
            raise BadArgument("form", "a GET has none: give query=, or method='POST'")
        session = self.account.session

        async def call() -> Envelope[Any, Any]:
            is_read = method == "GET"
            answer = await session.ask(session.request(method, path, query=query, form=form, is_read=is_read))
            return Envelope(answer.data, answer.meta)

        if method == "GET":
            return await self.account.read("request", call)
        return await self.account.write("request", call)
