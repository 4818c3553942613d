"""Every call of the server in its own words, as flows: what `client.native` and the service stand on.

A flow is run again after a silent log-in, and ids are those of one session; so each call is made by a
function that looks ids up when it runs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Concatenate, ParamSpec, TypeVar

import attrs

from schoolsync.flow.effects import Flow
from schoolsync.flow.secret import Secret
from schoolsync.model import Availability, Period
from schoolsync.provider import Days, PupilLike, Span
from schoolsync.providers.pronote.account import Account
from schoolsync.providers.pronote.calls import (
    canteen,
    documents,
    marks,
    messages,
    news,
    notebook,
    people,
    presence,
    reports,
    resources,
    timetable,
)
from schoolsync.providers.pronote.calls.news import Reply
from schoolsync.providers.pronote.envelope import Answer, Page
from schoolsync.providers.pronote.mapping.year import YearPeriod
from schoolsync.providers.pronote.schema.canteen import MenusPage
from schoolsync.providers.pronote.schema.evaluations import EvaluationsPage
from schoolsync.providers.pronote.schema.events import AgendaKind, AgendaPage, EventRow, read_agenda_kind
from schoolsync.providers.pronote.schema.home import HomePage, PdfPage
from schoolsync.providers.pronote.schema.kinds import Kind
from schoolsync.providers.pronote.schema.marks import MarksPage
from schoolsync.providers.pronote.schema.messages import (
    DiscussionsPage,
    MessagesPage,
    ParticipantsPage,
    RecipientRow,
    RecipientsPage,
)
from schoolsync.providers.pronote.schema.news import NewsDetailsPage, NewsPage, NewsRow
from schoolsync.providers.pronote.schema.notebook import ContentsPage, HomeworkPage
from schoolsync.providers.pronote.schema.people import PersonalPage, TeamPage
from schoolsync.providers.pronote.schema.presence import PresencePage
from schoolsync.providers.pronote.schema.reports import ReportPage, TranscriptPage
from schoolsync.providers.pronote.schema.resources import ResourcesPage
from schoolsync.providers.pronote.schema.settings import SettingsPage, UserPage
from schoolsync.providers.pronote.schema.timetable import PresencePage as WeeksPage
from schoolsync.providers.pronote.schema.timetable import TimetablePage
from schoolsync.providers.pronote.session import Resource, Session

__all__ = ["Native"]

T = TypeVar("T")
P = ParamSpec("P")
WRITES = "Saisie"
"""How the names of functions begin that save something. Evidence: read."""
SAID_WITH_PERSONAL_DATA = (2024,)
"""Servers that say the keys of calendars there. Evidence: read."""


@attrs.define
class Native:
    """PRONOTE as it is. Each flow makes one request, a log-in aside, unless it says so."""

    account: Account
    """Whose."""

    async def _read(
        self,
        operation: str,
        call: Callable[Concatenate[Session, Resource, P], Flow[T]],
        pupil: PupilLike | None,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """*call* about one pupil, as a read."""
        account = self.account
        return await account.read(
            operation, lambda: call(account.session, account.resource(pupil), *args, **kwargs)
        )

    async def _write(
        self,
        operation: str,
        call: Callable[Concatenate[Session, Resource, P], Flow[T]],
        pupil: PupilLike | None,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """*call* about one pupil, as a write: never sent twice."""
        account = self.account
        return await account.write(
            operation, lambda: call(account.session, account.resource(pupil), *args, **kwargs)
        )

    async def request(
        self,
        function: str,
        *,
        tab: int | None = None,
        data: Mapping[str, Any] | None = None,
        pupil: PupilLike | None = None,
        is_read: bool | None = None,
    ) -> Answer:
        """What the server answers to any function.

        Args:
            function: Its name: `PageEmploiDuTemps`.
            tab: The screen on whose behalf it is called.
            data: The content, typed values and all.
            pupil: Whom it is about; a parent's call names the child in its signature.
            is_read: Whether it may be sent twice; functions called `Saisie…` are writes if not given.
        """
        reads = not function.startswith(WRITES) if is_read is None else is_read

        async def call(session: Session, about: Resource) -> Answer:
            return await session.ask(function, tab=tab, data=data, about=about, is_read=reads)

        return await (self._read if reads else self._write)(function, call, pupil)

    # -- what a session begins with: no request of its own --

    async def settings(self) -> SettingsPage:
        """The school year, as the server said it at the log-in. Costs: nothing once signed in."""
        await self.account.prepare("settings")
        return self.account.settings

    async def user(self) -> UserPage:
        """Who is signed in, as the server said it at the log-in. Costs: nothing once signed in."""
        await self.account.prepare("user")
        return self.account.user

    # -- lessons and what belongs to them --

    async def lessons(self, week: int, *, pupil: PupilLike | None = None) -> Page[TimetablePage]:
        """The timetable of one week of the school year."""
        return await self._read("lessons", timetable.timetable, pupil, week=week)

    async def homeworks(
        self, first_week: int, last_week: int, *, pupil: PupilLike | None = None
    ) -> Page[HomeworkPage]:
        """Homework due in those weeks."""
        return await self._read("homeworks", notebook.homeworks, pupil, first_week, last_week)

    async def lesson_contents(
        self, first_week: int, last_week: int, *, pupil: PupilLike | None = None
    ) -> Page[ContentsPage]:
        """What was done in the lessons of those weeks."""
        return await self._read("lesson_contents", notebook.contents, pupil, first_week, last_week)

    async def notebook_entry(
        self, entry_id: str, *, with_homework: bool = False, pupil: PupilLike | None = None
    ) -> Page[ContentsPage]:
        """One entry of the notebook, by the id that a lesson names; with its homework, if that is wanted."""
        return await self._read(
            "notebook_entry", notebook.entry, pupil, entry_id, with_homework=with_homework
        )

    async def weeks_with_lessons(self, *, pupil: PupilLike | None = None) -> Page[WeeksPage]:
        """The weeks and days on which there are lessons."""
        return await self._read("weeks_with_lessons", timetable.presence_weeks, pupil)

    async def tick(self, homework_id: str, done: bool, *, pupil: PupilLike | None = None) -> None:
        """The pupil's tick is set or taken away. A write."""
        await self._write("set_homework_done", notebook.tick, pupil, homework_id, done)

    async def menus(self, day: dt.date, *, pupil: PupilLike | None = None) -> Page[MenusPage]:
        """What there is to eat in the week of *day*."""
        return await self._read("menus", canteen.menus, pupil, day)

    async def files(self, *, pupil: PupilLike | None = None) -> Page[ResourcesPage]:
        """What teachers share."""
        return await self._read("files", resources.resources, pupil)

    # -- marks and report cards: by period --

    async def _of_period(
        self,
        operation: str,
        tab: int,
        call: Callable[Concatenate[Session, Resource, YearPeriod, P], Flow[T]],
        period: Period | str | None,
        pupil: PupilLike | None,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """*call* about one period: the one meant by name or record, else the screen's present one."""
        account = self.account

        async def of_period(session: Session, about: Resource) -> T:
            return await call(session, about, account.period(period, tab, pupil), *args, **kwargs)

        return await self._read(operation, of_period, pupil)

    async def marks(
        self, period: Period | str | None = None, *, pupil: PupilLike | None = None
    ) -> Page[MarksPage]:
        """Marks, averages by subject and the overall one of a period."""
        return await self._of_period("marks", marks.MARKS_TAB, marks.marks, period, pupil)

    async def evaluations(
        self, period: Period | str | None = None, *, pupil: PupilLike | None = None
    ) -> Page[EvaluationsPage]:
        """Assessments of skills of a period."""
        return await self._of_period("evaluations", marks.EVALUATIONS_TAB, marks.evaluations, period, pupil)

    async def report(
        self, period: Period | str | None = None, *, of_class: bool = False, pupil: PupilLike | None = None
    ) -> Page[ReportPage]:
        """The report card of a period: the pupil's, or the class's."""
        return await self._of_period(
            "report", reports.REPORT_TAB, reports.report, period, pupil, of_class=of_class
        )

    async def transcript(
        self, period: Period | str | None = None, *, pupil: PupilLike | None = None
    ) -> Page[TranscriptPage]:
        """The marks of a period as the school prints them."""
        return await self._of_period("transcript", reports.TRANSCRIPT_TAB, reports.transcript, period, pupil)

    async def presence(
        self, first: dt.date, last: dt.date, *, pupil: PupilLike | None = None
    ) -> Page[PresencePage]:
        """Absences, delays, punishments, observations and their totals, from *first* to *last*."""
        account = self.account

        async def of_days(session: Session, about: Resource) -> Page[PresencePage]:
            found = account.periods(Span(Days(first, last)), presence.PRESENCE_TAB, pupil)
            period = found[0] if found else None
            return await presence.presence(session, about, period, first=first, last=last)

        return await self._read("presence", of_days, pupil)

    # -- news and messages --

    async def news(self, modes: Sequence[int] = (0,), *, pupil: PupilLike | None = None) -> Page[NewsPage]:
        """News received; also 1 sent, 2 drafts, 3 templates."""
        return await self._read("news", news.news, pupil, modes)

    async def news_details(self, row: NewsRow, *, pupil: PupilLike | None = None) -> Page[NewsDetailsPage]:
        """The questions of one piece of news, which servers since 2026.2.4 leave out of the list."""
        return await self._read("news_details", news.details, pupil, row)

    async def mark_news_read(
        self, row: NewsRow, *, is_read: bool = True, pupil: PupilLike | None = None
    ) -> Answer:
        """The piece of news counts as read, or not. A write."""
        return await self._write("mark_news_read", news.mark_read, pupil, row, is_read=is_read)

    async def respond(
        self, row: NewsRow, replies: Iterable[Reply], *, pupil: PupilLike | None = None
    ) -> Answer:
        """The replies are given. A write."""
        return await self._write("respond", news.respond, pupil, row, tuple(replies))

    async def discussions(
        self, *, only_unread: bool = False, pupil: PupilLike | None = None
    ) -> Page[DiscussionsPage]:
        """Threads of messages."""
        return await self._read("discussions", messages.discussions, pupil, only_unread=only_unread)

    async def messages(
        self, possessions: Iterable[str], *, pupil: PupilLike | None = None
    ) -> Page[MessagesPage]:
        """The messages of a thread, by the ids that its row lists."""
        return await self._read("messages", messages.messages, pupil, tuple(possessions))

    async def participants(
        self, message_id: str, *, pupil: PupilLike | None = None
    ) -> Page[ParticipantsPage]:
        """Who takes part in the discussion of that message."""
        return await self._read("participants", messages.participants, pupil, message_id)

    async def recipients(
        self, kind: Kind = Kind.TEACHER, *, pupil: PupilLike | None = None
    ) -> Page[RecipientsPage]:
        """Teachers or staff whom the account may write to."""
        return await self._read("recipients", messages.recipients, pupil, kind)

    async def reply(self, page: MessagesPage, text: str, *, pupil: PupilLike | None = None) -> Answer:
        """*text* is sent to the discussion of *page*. A write."""
        is_html = self._writes_html
        return await self._write("reply", messages.reply, pupil, page, text, is_html=is_html)

    async def start_discussion(
        self, title: str, text: str, recipients: Iterable[RecipientRow], *, pupil: PupilLike | None = None
    ) -> Answer:
        """A new discussion with *recipients* begins. A write."""
        rows, is_html = tuple(recipients), self._writes_html
        return await self._write(
            "start_discussion", messages.start, pupil, title, text, rows, is_html=is_html
        )

    async def mark_messages_read(
        self, possessions: Iterable[str], *, is_read: bool = True, pupil: PupilLike | None = None
    ) -> Answer:
        """The messages count as read, or not. A write."""
        ids = tuple(possessions)
        return await self._write("mark_messages_read", messages.mark_read, pupil, ids, is_read=is_read)

    @property
    def _writes_html(self) -> bool:
        """Whether messages of this account are HTML."""
        return self.account.user.rights.get("AvecDiscussionAvancee") is True

    # -- people, and things to take away --

    async def teachers(self, *, pupil: PupilLike | None = None) -> Page[TeamPage]:
        """The team around the pupil."""
        return await self._read("teachers", people.team, pupil)

    async def personal_data(self, *, pupil: PupilLike | None = None) -> Page[PersonalPage]:
        """What the school keeps about the pupil."""
        return await self._read("personal_data", people.personal, pupil)

    async def calendar(self, week: int, *, pupil: PupilLike | None = None) -> documents.Calendar | None:
        """What the address of the timetable's calendar is made of; `None` if the school publishes none.

        Servers before 2024 say it with the timetable of any *week*, later ones with the personal data.
        """
        await self.account.prepare("calendar")
        version = self.account.year.version
        if version and version < SAID_WITH_PERSONAL_DATA:
            token = (await self.lessons(week, pupil=pupil)).data.export_token
            return documents.Calendar(Secret(token), is_old=True) if token else None
        page = await self._read("calendar", people.personal, pupil, tab=self._personal_tab(pupil))
        rows = page.data.exports.calendars if page.data.exports else ()
        return next(filter(None, map(documents.to_calendar, rows)), None)

    def _personal_tab(self, pupil: PupilLike | None) -> int:
        """The screen of personal data; the timetable's, which answers too, where the school closed it."""
        account = self.account
        found = account.capabilities.of("personal_data", pupil=account.pupil(pupil))
        return timetable.TIMETABLE_TAB if found is Availability.OFF_AT_SCHOOL else people.PERSONAL_TAB

    async def agenda(self, week: int, *, pupil: PupilLike | None = None) -> Page[AgendaPage]:
        """The school's own calendar of one week."""
        return await self._read("agenda", people.agenda, pupil, week)

    def agenda_kind(self, row: EventRow) -> AgendaKind | None:
        """What kind of event *row* is, as this server counts them; `None` for one that we do not know."""
        return read_agenda_kind(row.kind, self.account.year.version)

    async def home(
        self, day: dt.date, widgets: Sequence[int] = (), *, pupil: PupilLike | None = None
    ) -> Page[HomePage]:
        """The home page of *day*, or some of its widgets."""
        await self.account.prepare("home")
        week = self.account.year.week_of(day)
        return await self._read("home", people.home, pupil, day, week, widgets)

    async def timetable_pdf(self, week: int, *, pupil: PupilLike | None = None) -> Page[PdfPage]:
        """The address of the timetable of one week, as a PDF that the server makes."""
        return await self._read("timetable_pdf", documents.timetable_pdf, pupil, week, week)

    async def report_pdf(
        self, period: Period | str | None = None, *, pupil: PupilLike | None = None
    ) -> Page[PdfPage]:
        """The address of the report card of a period, as a PDF that the server makes."""
        return await self._of_period("report_pdf", reports.REPORT_TAB, documents.report_pdf, period, pupil)
