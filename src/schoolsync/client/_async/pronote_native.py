"""PRONOTE in its own words: every function, typed, and `request` for any other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import attrs

from schoolsync.client._async.base import Day
from schoolsync.drivers.aio import AsyncDriver
from schoolsync.model import Period
from schoolsync.provider import PupilLike, needed_day
from schoolsync.providers.pronote.envelope import Answer, Page
from schoolsync.providers.pronote.schema.canteen import MenusPage
from schoolsync.providers.pronote.schema.evaluations import EvaluationsPage
from schoolsync.providers.pronote.schema.events import AgendaKind, AgendaPage, EventRow
from schoolsync.providers.pronote.schema.home import HomePage
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
from schoolsync.providers.pronote.service import Pronote

__all__ = ["AsyncPronoteNative"]


@attrs.frozen
class AsyncPronoteNative:
    """Each method is one turn and, a log-in aside, one request unless it says otherwise.

    A page has `data` as the server worded it, and `issues` where something could not be read. No screen
    is looked up before: the server decides. Weeks are numbers of the school year, from 1:
    `week_of(day)` counts them.
    """

    _service: Pronote = attrs.field(repr=False)
    _driver: AsyncDriver = attrs.field(repr=False)
    _whom: Callable[[PupilLike | None], PupilLike | None] = attrs.field(repr=False)
    """The client's own choice of pupil, as it is when a call is made."""

    async def request(
        self,
        function: str,
        *,
        tab: int | None = None,
        data: Mapping[str, Any] | None = None,
        pupil: PupilLike | None = None,
        is_read: bool | None = None,
    ) -> Answer:
        """What the server answers to any function: its content, typed values unwrapped.

        `as_sent()` of the answer has the typed values.

        Args:
            function: Its name: `"PageEmploiDuTemps"`.
            tab: The screen on whose behalf it is called.
            data: The content, typed values and all.
            pupil: Whom it is about; the selected pupil if not given.
            is_read: Whether it may be sent twice; functions called `Saisie…` are writes if not given.

        Raises:
            Unavailable: The account may not call it.
            Refused: The server did not do it.
            Interrupted: A write was sent and its outcome is unknown.
        """
        native, whom = self._service.native, self._whom(pupil)
        return await self._driver.run(
            native.request(function, tab=tab, data=data, pupil=whom, is_read=is_read)
        )

    def week_of(self, day: Day) -> int:
        """The number of the week of *day*; 0 and less before the school year. No I/O.

        Raises:
            UsageError: Nobody has signed in yet.
        """
        return self._service.account.year.week_of(needed_day(day, "day"))

    async def get_settings(self) -> SettingsPage:
        """The school year, as the server said it at the log-in. Costs: nothing once signed in."""
        return await self._driver.run(self._service.native.settings())

    async def get_user(self) -> UserPage:
        """Who is signed in, as the server said it at the log-in. Costs: nothing once signed in."""
        return await self._driver.run(self._service.native.user())

    # -- lessons and what belongs to them --

    async def get_lessons(self, week: int, *, pupil: PupilLike | None = None) -> Page[TimetablePage]:
        """The timetable of one week."""
        return await self._driver.run(self._service.native.lessons(week, pupil=self._whom(pupil)))

    async def get_homeworks(
        self, first_week: int, last_week: int, *, pupil: PupilLike | None = None
    ) -> Page[HomeworkPage]:
        """Homework due in those weeks."""
        native = self._service.native
        return await self._driver.run(native.homeworks(first_week, last_week, pupil=self._whom(pupil)))

    async def get_lesson_contents(
        self, first_week: int, last_week: int, *, pupil: PupilLike | None = None
    ) -> Page[ContentsPage]:
        """What was done in the lessons of those weeks."""
        native = self._service.native
        return await self._driver.run(native.lesson_contents(first_week, last_week, pupil=self._whom(pupil)))

    async def get_notebook_entry(
        self, entry_id: str, *, with_homework: bool = False, pupil: PupilLike | None = None
    ) -> Page[ContentsPage]:
        """One entry of the notebook, by the id that a lesson names; with its homework, if that is wanted."""
        native, whom = self._service.native, self._whom(pupil)
        return await self._driver.run(
            native.notebook_entry(entry_id, with_homework=with_homework, pupil=whom)
        )

    async def get_weeks_with_lessons(self, *, pupil: PupilLike | None = None) -> Page[WeeksPage]:
        """The weeks and days on which there are lessons."""
        return await self._driver.run(self._service.native.weeks_with_lessons(pupil=self._whom(pupil)))

    async def get_menus(self, day: Day, *, pupil: PupilLike | None = None) -> Page[MenusPage]:
        """What there is to eat in the week of *day*."""
        wanted = needed_day(day, "day")
        return await self._driver.run(self._service.native.menus(wanted, pupil=self._whom(pupil)))

    async def get_files(self, *, pupil: PupilLike | None = None) -> Page[ResourcesPage]:
        """What teachers share."""
        return await self._driver.run(self._service.native.files(pupil=self._whom(pupil)))

    # -- marks, report cards, school life --

    async def get_marks(
        self, period: Period | str | None = None, *, pupil: PupilLike | None = None
    ) -> Page[MarksPage]:
        """Marks, averages by subject and the overall one of a period; of the current one if none is given."""
        return await self._driver.run(self._service.native.marks(period, pupil=self._whom(pupil)))

    async def get_evaluations(
        self, period: Period | str | None = None, *, pupil: PupilLike | None = None
    ) -> Page[EvaluationsPage]:
        """Assessments of skills of a period; of the current one if none is given."""
        return await self._driver.run(self._service.native.evaluations(period, pupil=self._whom(pupil)))

    async def get_report(
        self, period: Period | str | None = None, *, of_class: bool = False, pupil: PupilLike | None = None
    ) -> Page[ReportPage]:
        """The report card of a period: the pupil's, or the class's."""
        native, whom = self._service.native, self._whom(pupil)
        return await self._driver.run(native.report(period, of_class=of_class, pupil=whom))

    async def get_transcript(
        self, period: Period | str | None = None, *, pupil: PupilLike | None = None
    ) -> Page[TranscriptPage]:
        """The marks of a period as the school prints them."""
        return await self._driver.run(self._service.native.transcript(period, pupil=self._whom(pupil)))

    async def get_presence(
        self, first: Day, last: Day, *, pupil: PupilLike | None = None
    ) -> Page[PresencePage]:
        """School life from *first* to *last*: absences, delays, punishments, observations, and totals."""
        days = needed_day(first, "first"), needed_day(last, "last")
        return await self._driver.run(self._service.native.presence(*days, pupil=self._whom(pupil)))

    # -- news and messages --

    async def get_news(
        self, modes: Sequence[int] = (0,), *, pupil: PupilLike | None = None
    ) -> Page[NewsPage]:
        """News received (mode 0); also 1 sent, 2 drafts, 3 templates."""
        return await self._driver.run(self._service.native.news(modes, pupil=self._whom(pupil)))

    async def get_news_details(
        self, row: NewsRow, *, pupil: PupilLike | None = None
    ) -> Page[NewsDetailsPage]:
        """The questions of one piece of news, which servers since 2026.2.4 leave out of the list."""
        return await self._driver.run(self._service.native.news_details(row, pupil=self._whom(pupil)))

    async def get_discussions(
        self, *, only_unread: bool = False, pupil: PupilLike | None = None
    ) -> Page[DiscussionsPage]:
        """Threads of messages."""
        native, whom = self._service.native, self._whom(pupil)
        return await self._driver.run(native.discussions(only_unread=only_unread, pupil=whom))

    async def get_messages(
        self, possessions: Iterable[str], *, pupil: PupilLike | None = None
    ) -> Page[MessagesPage]:
        """The messages of a thread, by the ids that its row lists."""
        return await self._driver.run(self._service.native.messages(possessions, pupil=self._whom(pupil)))

    async def get_participants(
        self, message_id: str, *, pupil: PupilLike | None = None
    ) -> Page[ParticipantsPage]:
        """Who takes part in the discussion of that message."""
        return await self._driver.run(self._service.native.participants(message_id, pupil=self._whom(pupil)))

    async def get_recipients(
        self, kind: Kind = Kind.TEACHER, *, pupil: PupilLike | None = None
    ) -> Page[RecipientsPage]:
        """Teachers (or staff) whom the account may write to."""
        return await self._driver.run(self._service.native.recipients(kind, pupil=self._whom(pupil)))

    async def start_discussion(
        self, title: str, text: str, recipients: Iterable[RecipientRow], *, pupil: PupilLike | None = None
    ) -> Answer:
        """A new discussion with some of the recipients begins. A write, never repeated."""
        native, whom = self._service.native, self._whom(pupil)
        return await self._driver.run(native.start_discussion(title, text, recipients, pupil=whom))

    # -- people and the school --

    async def get_teachers(self, *, pupil: PupilLike | None = None) -> Page[TeamPage]:
        """The team around the pupil."""
        return await self._driver.run(self._service.native.teachers(pupil=self._whom(pupil)))

    async def get_personal_data(self, *, pupil: PupilLike | None = None) -> Page[PersonalPage]:
        """What the school keeps about the pupil."""
        return await self._driver.run(self._service.native.personal_data(pupil=self._whom(pupil)))

    async def get_agenda(self, week: int, *, pupil: PupilLike | None = None) -> Page[AgendaPage]:
        """The school's own calendar of one week."""
        return await self._driver.run(self._service.native.agenda(week, pupil=self._whom(pupil)))

    def agenda_kind(self, row: EventRow) -> AgendaKind | None:
        """What kind of event *row* is; `None` for one that we do not know. No I/O.

        Servers since 2026.1.3 count these kinds in another way than older ones.
        """
        return self._service.native.agenda_kind(row)

    async def get_home(
        self, day: Day, widgets: Sequence[int] = (), *, pupil: PupilLike | None = None
    ) -> Page[HomePage]:
        """The home page of *day*, or some of its widgets."""
        wanted = needed_day(day, "day")
        return await self._driver.run(self._service.native.home(wanted, widgets, pupil=self._whom(pupil)))
