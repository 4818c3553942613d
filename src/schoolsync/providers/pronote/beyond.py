"""What PRONOTE has beyond the common face: contents, menus, skills, surveys, messages, people, PDFs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import attrs

from schoolsync.errors import (
    BadArgument,
    DecodeIssue,
    StaleReference,
    UnexpectedShape,
)
from schoolsync.flow.effects import Credentials, Flow
from schoolsync.flow.secret import Secret
from schoolsync.model import (
    Announcement,
    Availability,
    Discussion,
    LessonContent,
    Menu,
    Message,
    Report,
    Resource,
    Response,
    Rows,
    SkillAssessment,
)
from schoolsync.provider import Days, PupilLike, Span, rows
from schoolsync.providers.pronote import extra
from schoolsync.providers.pronote.calls import documents
from schoolsync.providers.pronote.calls.marks import EVALUATIONS_TAB, MARKS_TAB
from schoolsync.providers.pronote.calls.reports import REPORT_TAB
from schoolsync.providers.pronote.envelope import Page
from schoolsync.providers.pronote.frame import LAST_WEEK, Framed, naming
from schoolsync.providers.pronote.mapping.canteen import to_menus
from schoolsync.providers.pronote.mapping.contents import to_contents
from schoolsync.providers.pronote.mapping.evaluations import to_assessments
from schoolsync.providers.pronote.mapping.mapped import PROVIDER, Context
from schoolsync.providers.pronote.mapping.marks import to_averages, to_marks
from schoolsync.providers.pronote.mapping.messages import to_discussions, to_messages
from schoolsync.providers.pronote.mapping.news import (
    needing_details,
    to_announcements,
    to_receipts,
    to_replies,
)
from schoolsync.providers.pronote.mapping.params import to_holidays, to_params
from schoolsync.providers.pronote.mapping.people import to_user
from schoolsync.providers.pronote.mapping.reports import to_reports
from schoolsync.providers.pronote.mapping.resources import to_resources
from schoolsync.providers.pronote.mapping.teachers import to_personal_data, to_teachers
from schoolsync.providers.pronote.schema.messages import DiscussionRow
from schoolsync.providers.pronote.schema.news import NewsDetailsPage, NewsPage, NewsRow, QuestionRow

__all__ = ["Beyond"]


@attrs.frozen
class News:
    """The news of an account, with what a reply to them needs."""

    context: Context
    """What they were mapped with."""
    page: Page[NewsPage]
    """The list."""
    details: dict[str, Page[NewsDetailsPage]]
    """By id, what the list left out."""
    records: list[Announcement]
    """In our words."""

    def row(self, wanted: Announcement | str) -> NewsRow:
        """The server's row of *wanted*.

        Raises:
            StaleReference: It is not listed any more.
        """
        key = wanted.key if isinstance(wanted, Announcement) else wanted
        ids = {one.key: one.provider_id for one in self.records}
        for _, listed in self.page.data.received:
            for row in listed:
                if row.id and row.id == ids.get(key):
                    return row
        raise StaleReference(provider=PROVIDER, operation="announcements")

    def questions(self, row: NewsRow) -> tuple[QuestionRow, ...]:
        """The questions of *row*, wherever the server tells them."""
        found = self.details.get(row.id or "")
        return (row.questions or ()) if found is None else found.data.details.questions


class Beyond(Framed):
    """One account of PRONOTE, and what no other platform has of it."""

    # -- who, without I/O --

    @property
    def credentials(self) -> Credentials:
        """What the next log-in needs."""
        return self.account.credentials

    @property
    def user(self) -> extra.User:
        """Who is signed in."""
        return to_user(self.account.user, self.account.session.space)

    @property
    def params(self) -> extra.Params:
        """The school year."""
        return to_params(self.account.settings)

    # -- marks and skills --

    async def mark_book(
        self, span: Span, *, pupil: PupilLike | None = None, thing: str = "marks"
    ) -> extra.MarkBook:
        """Marks and averages of the days, or of the period. Costs: one request a period."""
        whom = await self._ready(thing, pupil)
        periods = self._periods(thing, span, MARKS_TAB, whom)
        names = [period.name for period in periods]
        pages = [await self.native.marks(name, pupil=whom) for name in names]
        context, books = self.account.context(whom), self.account.context(whom)
        marks = {one.key: one for page in pages for one in to_marks(context, page)}
        kept = [one for one in marks.values() if one.given_on is None or one.given_on in span.days]
        kept.sort(key=lambda one: one.key)
        kept.sort(key=lambda one: one.given_on or dt.date.min, reverse=True)
        fresh = {period.name: period for period in self._periods(thing, span, MARKS_TAB, whom)}
        averages = [
            one
            for page, period in zip(pages, periods, strict=True)
            for one in to_averages(books, page, fresh.get(period.name, period))
        ]
        return extra.MarkBook(
            marks=self._rows(context, kept, "marks"), averages=self._rows(books, averages, "averages")
        )

    async def evaluations(self, span: Span, *, pupil: PupilLike | None = None) -> Rows[SkillAssessment]:
        """Assessments of skills of the days, or of the period: newest first. Costs: one request a period."""
        whom = await self._ready("evaluations", pupil)
        periods = self._periods("evaluations", span, EVALUATIONS_TAB, whom)
        names = [period.name for period in periods]
        pages = [await self.native.evaluations(name, pupil=whom) for name in names]
        context = self.account.context(whom)
        found = {one.key: one for page in pages for one in to_assessments(context, page)}
        kept = [one for one in found.values() if one.day is None or one.day in span.days]
        kept.sort(key=lambda one: (one.day or dt.date.min, one.key), reverse=True)
        return self._rows(context, kept, "evaluations")

    async def report(self, span: Span, *, pupil: PupilLike | None = None) -> Report:
        """The report card of the period. Costs: one request."""
        whom = await self._ready("report", pupil)
        with naming("report"):
            name = self.account.period(span.period, REPORT_TAB, whom).name
        page = await self.native.report(name, pupil=whom)
        context, period = self.account.context(whom), self.account.period(name, REPORT_TAB, whom)
        return self._rows(context, to_reports(context, page, period), "report")[0]

    # -- lessons' contents, the canteen, files --

    async def lesson_contents(self, days: Days, *, pupil: PupilLike | None = None) -> Rows[LessonContent]:
        """What was done in the lessons, by their start. Costs: one request, none outside the school year."""
        whom = await self._ready("lesson_contents", pupil)
        asked = days.one_or_more(self._today(whom))
        weeks = self._weeks(asked)
        pages = [await self.native.lesson_contents(weeks[0], weeks[-1], pupil=whom)] if weeks else []
        context = self.account.context(whom)
        found = [one for page in pages for one in to_contents(context, page) if one.start.date() in asked]
        found.sort(key=lambda one: (one.start.timestamp(), one.key))
        return self._rows(context, found, "lesson_contents")

    async def menus(self, days: Days, *, pupil: PupilLike | None = None) -> Rows[Menu]:
        """What there is to eat, by day and meal. Costs: one request a week."""
        whom = await self._ready("menus", pupil)
        asked = days.one_or_more(self._today(whom))
        year = self.account.year
        mondays = [monday for week in self._weeks(asked) if (monday := year.monday_of(week))]
        pages = [await self.native.menus(monday, pupil=whom) for monday in mondays]
        context = self.account.context(whom)
        found = [one for page in pages for one in to_menus(context, page) if one.day in asked]
        return self._rows(context, found, "menus")

    async def files(self, *, pupil: PupilLike | None = None) -> Rows[Resource]:
        """What teachers share, newest first. Costs: one request."""
        whom = await self._ready("files", pupil)
        page = await self.native.files(pupil=whom)
        context = self.account.context(whom)
        return self._rows(context, to_resources(context, page), "files")

    # -- news --

    async def _news(self, whom: str, is_wanted: Callable[[Announcement], bool]) -> News:
        """The news; those that are wanted with their text, where the server tells it only when asked."""
        page = await self.native.news(pupil=whom)
        bare = to_announcements(self.account.context(whom), page)
        asked = {one.provider_id for one in bare if is_wanted(one)}
        lacking = [row for row in needing_details(page) if row.id in asked]
        details = {row.id or "": await self.native.news_details(row, pupil=whom) for row in lacking}
        context = self.account.context(whom)
        return News(context, page, details, to_announcements(context, page, details))

    async def mark_news_read(
        self, announcement: Announcement | str, *, is_read: bool = True, pupil: PupilLike | None = None
    ) -> None:
        """The piece of news counts as read, or not."""
        whom = await self._ready("announcements", pupil, "write")
        row = (await self._news(whom, lambda _: False)).row(announcement)
        await self.native.mark_news_read(row, is_read=is_read, pupil=whom)

    async def acknowledge(self, announcement: Announcement | str, *, pupil: PupilLike | None = None) -> None:
        """The school knows that it was received.

        Raises:
            Unavailable: No receipt is asked for.
        """
        whom, news, row = await self._to_answer(announcement, pupil)
        receipts = to_receipts(news.questions(row))
        if not receipts:
            raise self._closed("acknowledge", "No receipt is asked for.")
        await self.native.respond(row, receipts, pupil=whom)

    async def answer(
        self,
        announcement: Announcement | str,
        answers: Sequence[str | Sequence[str]],
        *,
        pupil: PupilLike | None = None,
    ) -> None:
        """The survey is answered.

        Raises:
            BadArgument: Not one answer for each question, or no such choice.
            Unavailable: It is no survey.
        """
        whom, news, row = await self._to_answer(announcement, pupil)
        key = announcement.key if isinstance(announcement, Announcement) else announcement
        if any(one.key == key and one.response is not Response.SURVEY for one in news.records):
            raise self._closed("answer", "It is no survey.")
        await self.native.respond(row, to_replies(news.questions(row), answers), pupil=whom)

    async def _to_answer(
        self, announcement: Announcement | str, pupil: PupilLike | None
    ) -> tuple[str, News, NewsRow]:
        whom = await self._ready("announcements", pupil, "write")
        key = announcement.key if isinstance(announcement, Announcement) else announcement
        news = await self._steady(lambda: self._news(whom, lambda one: one.key == key))
        return whom, news, news.row(key)

    # -- messages --

    async def discussions(self, *, pupil: PupilLike | None = None) -> Rows[Discussion]:
        """Threads of messages, those with the newest message first. Costs: one request."""
        whom = await self._ready("discussions", pupil)
        page = await self.native.discussions(pupil=whom)
        context = self.account.context(whom)
        return self._rows(context, to_discussions(context, page, self._now()), "discussions")

    async def messages(
        self, discussion: Discussion | str, *, pupil: PupilLike | None = None
    ) -> Rows[Message]:
        """The messages of a thread, oldest first. Costs: two requests."""
        whom = await self._ready("messages", pupil)
        key = discussion.key if isinstance(discussion, Discussion) else discussion
        return await self._steady(lambda: self._thread(key, whom))

    async def reply(self, discussion: Discussion | str, text: str, *, pupil: PupilLike | None = None) -> None:
        """*text* is sent to the thread.

        Raises:
            Unavailable: The thread takes no answer.
        """
        whom, row = await self._to_write(discussion, pupil)
        page = await self.native.messages([one.id or "" for one in row.possessions], pupil=whom)
        await self.native.reply(page.data, text, pupil=whom)

    async def mark_discussion_read(
        self, discussion: Discussion | str, *, is_read: bool = True, pupil: PupilLike | None = None
    ) -> None:
        """The messages of the thread count as read, or not."""
        whom, row = await self._to_write(discussion, pupil)
        ids = [one.id or "" for one in row.possessions]
        await self.native.mark_messages_read(ids, is_read=is_read, pupil=whom)

    async def _to_write(
        self, discussion: Discussion | str, pupil: PupilLike | None
    ) -> tuple[str, DiscussionRow]:
        whom = await self._ready("messages", pupil, "write")
        key = discussion.key if isinstance(discussion, Discussion) else discussion
        return whom, await self._thread_row(key, whom)

    async def _thread(self, key: str, whom: str) -> Rows[Message]:
        return await self._letters(key, await self._thread_row(key, whom), whom)

    async def _thread_row(self, key: str, whom: str) -> DiscussionRow:
        """The server's row of the thread called *key*.

        Raises:
            StaleReference: It is not listed any more.
        """
        row = (await self._threads(whom)).get(key)
        if row is None:
            raise StaleReference(provider=self.name, operation="messages")
        return row

    async def _threads(self, whom: str) -> dict[str, DiscussionRow]:
        """The server's rows of the threads, by the keys of our records."""
        page = await self.native.discussions(pupil=whom)
        found = to_discussions(self.account.context(whom), page, self._now())
        listed = {row.id: row for row in page.data.rows if row.is_thread}
        return {one.key: listed[one.provider_id] for one in found if one.provider_id in listed}

    async def _letters(self, key: str, row: DiscussionRow, whom: str) -> Rows[Message]:
        page = await self.native.messages([one.id or "" for one in row.possessions], pupil=whom)
        context = self.account.context(whom)
        return self._rows(context, to_messages(context, page, self._now(), within=key), "messages")

    async def _all_letters(self, whom: str) -> None:
        """Every thread has been opened. Costs: one request, and one a thread."""
        for key, row in (await self._threads(whom)).items():
            await self._letters(key, row, whom)

    # -- people --

    async def teachers(self, *, pupil: PupilLike | None = None) -> Rows[extra.Teacher]:
        """The team around the pupil, in the server's order. Costs: one request."""
        whom = await self._ready("teachers", pupil)
        page = await self.native.teachers(pupil=whom)
        context = self.account.context(whom)
        return self._rows(context, to_teachers(context, page), "teachers")

    async def holidays(self) -> Rows[extra.Holiday]:
        """Holidays, by their first day. Costs: nothing once signed in."""
        issues: list[DecodeIssue] = []
        found = to_holidays(await self.native.settings(), issues)
        return rows(found, issues, operation="holidays", provider=self.name)

    async def personal_data(self, *, pupil: PupilLike | None = None) -> extra.PersonalData:
        """What the school keeps about the pupil. Costs: one request."""
        whom = await self._ready("personal_data", pupil)
        return to_personal_data((await self.native.personal_data(pupil=whom)).data)

    # -- to take away --

    async def ical_url(self, *, pupil: PupilLike | None = None) -> Secret:
        """The address of the timetable as a calendar.

        Raises:
            Unavailable: The school gives none.

        Costs:
            One request.
        """
        whom = await self._ready("ical", pupil)
        week = self.account.year.week_of(self._today(whom))
        calendar = await self.native.calendar(week, pupil=whom)
        if calendar is None:
            raise self._closed("ical", "The school publishes no calendar.")
        return documents.calendar_address(self.address, self.account.year.version, calendar)

    async def timetable_pdf(self, day: dt.date | None = None, *, pupil: PupilLike | None = None) -> bytes:
        """The timetable of the week of *day* as a PDF. Costs: two requests."""
        whom = await self._ready("timetable_pdf", pupil)
        week = self.account.year.week_of(day or self._today(whom))
        if not 1 <= week <= LAST_WEEK:
            raise BadArgument("day", "lies outside the school year")
        page = await self.native.timetable_pdf(week, pupil=whom)
        session = self.account.session
        url = documents.pdf_address(session.root, page.data)
        answer = await self.account.told("timetable_pdf", session.fetch(url))
        if not answer.body.startswith(b"%PDF"):
            raise UnexpectedShape("GenerationPDF", "no PDF", provider=self.name, operation="timetable_pdf")
        return answer.body

    # -- files' bytes --

    async def list_kind(self, kind: str, whom: str) -> None:
        """The listings in which files of *kind* stand have been read."""
        ever = self._year(whom)
        listings: dict[str, tuple[str, Callable[[], Flow[Any]]]] = {
            "announcement": ("announcements", lambda: self.announcements(Days(), pupil=whom)),
            "content": ("lesson_contents", lambda: self.lesson_contents(ever, pupil=whom)),
            "homework": ("homeworks", lambda: self.homeworks(ever, pupil=whom)),
            "mark": ("marks", lambda: self.marks(Span(ever), pupil=whom)),
            "message": ("messages", lambda: self._all_letters(whom)),
            "resource": ("files", lambda: self.files(pupil=whom)),
        }
        if kind in listings:
            thing, listing = listings[kind]
            if self.capabilities.of(thing, pupil=whom) in {Availability.YES, Availability.UNKNOWN}:
                await listing()
