"""Students, parents and teachers of PRONOTE."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Unpack

from schoolsync.client._async.base import AsyncClient, AsyncClientOptions, Day
from schoolsync.client._async.pronote_native import AsyncPronoteNative
from schoolsync.flow.effects import Credentials
from schoolsync.model import (
    Announcement,
    Discussion,
    LessonContent,
    Menu,
    Message,
    Period,
    Report,
    Resource,
    Rows,
    SkillAssessment,
)
from schoolsync.provider import Days, PupilLike, Span, needed_day
from schoolsync.providers.pronote.extra import Holiday, MarkBook, Params, PersonalData, Teacher, User
from schoolsync.providers.pronote.login import read_login
from schoolsync.providers.pronote.mapping.totals import PresenceTotals
from schoolsync.providers.pronote.service import Pronote, service

__all__ = ["AsyncPronoteClient", "connect_async", "login_async"]


class AsyncPronoteClient(AsyncClient[Pronote]):
    """A student, parent or teacher of a school on PRONOTE.

    ```python
    async with AsyncPronoteClient(url, username, password, account="parent") as family:
        for pupil in family.pupils:
            marks = await family.get_marks(pupil=pupil)
    ```

    Args:
        url: The school's PRONOTE, with or without a page: `https://0000000a.example/pronote/eleve.html`.
        username: The user name.
        password: The password.
        cas: The school's portal; `None`, `""` or `"none"` for PRONOTE's own log-in.
        account: `"student"`, `"parent"` or `"teacher"`.
        timezone: IANA name of the school's zone; `None`: Europe/Paris, or what the server says. Schools
            overseas have their own.
        allow_http: Whether an address without TLS may be used that is not on this computer.
        options: See `AsyncClientOptions`.

    Raises:
        BadArgument: Something that cannot be meant; nothing was sent.
        UnknownName: No such kind of account, or no such portal; nothing was sent.
    """

    def __init__(
        self,
        url: str,
        username: str,
        password: str,
        *,
        cas: str | None = None,
        account: str = "student",
        timezone: str | None = None,
        allow_http: bool = False,
        **options: Unpack[AsyncClientOptions],
    ) -> None:
        who = read_login(
            url=url, username=username, password=password, account=account, cas=cas, allow_http=allow_http
        )
        super().__init__(
            lambda given: service(who, given, timezone=timezone, allow_http=allow_http), **options
        )

    # -- who, without I/O --

    @property
    def user(self) -> User:
        """Who is signed in. No I/O.

        Raises:
            UsageError: Nobody has signed in yet.
        """
        return self._service.user

    @property
    def params(self) -> Params:
        """The school year as the server sets it up: version, grid, holidays, levels. No I/O.

        Raises:
            UsageError: Nobody has signed in yet.
        """
        return self._service.params

    @property
    def credentials(self) -> Credentials:
        """What the next log-in needs: `connect(provider, **credentials.fields)`. No I/O.

        Raises:
            UsageError: Nobody has signed in yet, or somebody else brought the keys.
        """
        return self._service.credentials

    @property
    def native(self) -> AsyncPronoteNative:
        """Every function of the server, typed, and `request` for any other. No I/O."""
        return AsyncPronoteNative(self._service, self._driver, self._whom)

    # -- the readings --

    async def get_mark_book(
        self,
        from_: Day | None = None,
        to: Day | None = None,
        *,
        period: Period | str | None = None,
        pupil: PupilLike | None = None,
    ) -> MarkBook:
        """Marks and averages, as `get_marks` and `get_averages` give them, for the price of one of them.

        Args:
            from_: First day.
            to: Last day, included.
            period: A period instead of days; the current one if nothing is given.
            pupil: Whom it is about; the selected pupil if not given.

        Costs:
            One request a period.
        """
        return await self._run(self._service.mark_book(Span.read(from_, to, period), pupil=self._whom(pupil)))

    async def get_lesson_contents(
        self, from_: Day | None = None, to: Day | None = None, *, pupil: PupilLike | None = None
    ) -> Rows[LessonContent]:
        """What was done in the lessons, by their start; today if nothing is given.

        Args:
            from_: First day.
            to: Last day, included; the first one if not given.
            pupil: Whom it is about; the selected pupil if not given.

        Raises:
            BadArgument: No date, or a backwards interval.
            Unavailable: The school shows no contents to this account.

        Costs:
            One request.
        """
        days = Days.read(from_, to)
        return await self._run(self._service.lesson_contents(days, pupil=self._whom(pupil)))

    async def get_evaluations(
        self,
        from_: Day | None = None,
        to: Day | None = None,
        *,
        period: Period | str | None = None,
        pupil: PupilLike | None = None,
    ) -> Rows[SkillAssessment]:
        """Assessments of skills, newest first.

        Args:
            from_: First day.
            to: Last day, included.
            period: A period instead of days; the current one if nothing is given.
            pupil: Whom it is about; the selected pupil if not given.

        Raises:
            Unavailable: The school shows none to this account.

        Costs:
            One request a period.
        """
        span = Span.read(from_, to, period)
        return await self._run(self._service.evaluations(span, pupil=self._whom(pupil)))

    async def get_presence_totals(
        self,
        from_: Day | None = None,
        to: Day | None = None,
        *,
        period: Period | str | None = None,
        pupil: PupilLike | None = None,
    ) -> PresenceTotals:
        """Time missed by subject, and how often what happened, over the days or the period.

        Args:
            from_: First day.
            to: Last day, included.
            period: A period instead of days; the current one if nothing is given.
            pupil: Whom it is about; the selected pupil if not given.

        Raises:
            Unavailable: The school shows no attendance to this account.

        Costs:
            One request.
        """
        span = Span.read(from_, to, period)
        return await self._run(self._service.presence_totals(span, pupil=self._whom(pupil)))

    async def get_menus(
        self, from_: Day | None = None, to: Day | None = None, *, pupil: PupilLike | None = None
    ) -> Rows[Menu]:
        """What there is to eat, by day and meal; today if nothing is given.

        Args:
            from_: First day.
            to: Last day, included; the first one if not given.
            pupil: Whom it is about; the selected pupil if not given.

        Raises:
            Unavailable: The school shows no menus to this account.

        Costs:
            One request a week.
        """
        return await self._run(self._service.menus(Days.read(from_, to), pupil=self._whom(pupil)))

    async def get_files(self, *, pupil: PupilLike | None = None) -> Rows[Resource]:
        """What teachers share, newest first.

        Raises:
            Unavailable: The school shares nothing with this account.

        Costs:
            One request.
        """
        return await self._run(self._service.files(pupil=self._whom(pupil)))

    async def get_report(
        self, *, period: Period | str | None = None, pupil: PupilLike | None = None
    ) -> Report:
        """The report card of a period; `is_published` says whether there is one yet.

        Args:
            period: The current one if not given.
            pupil: Whom it is about; the selected pupil if not given.

        Raises:
            UnknownName: No such period.
            Unavailable: The school shows no report cards to this account.

        Costs:
            One request.
        """
        span = Span.read(period=period)
        return await self._run(self._service.report(span, pupil=self._whom(pupil)))

    async def get_news(
        self, from_: Day | None = None, to: Day | None = None, *, pupil: PupilLike | None = None
    ) -> Rows[Announcement]:
        """Informations and surveys, newest first: PRONOTE's name for `get_announcements`.

        Costs:
            One request, and one for each piece of news whose text the list does not bring (since 2026.2.4).
        """
        return await self.get_announcements(from_, to, pupil=pupil)

    async def get_discussions(self, *, pupil: PupilLike | None = None) -> Rows[Discussion]:
        """Threads of messages, those with news first; `get_messages` opens one.

        Raises:
            Unavailable: The school has no discussions for this account.

        Costs:
            One request.
        """
        return await self._run(self._service.discussions(pupil=self._whom(pupil)))

    async def get_messages(
        self, discussion: Discussion | str, *, pupil: PupilLike | None = None
    ) -> Rows[Message]:
        """The messages of a thread, oldest first. Nothing becomes read by it.

        Args:
            discussion: The record, or its key.
            pupil: Whose it is; the record's pupil, else the selected one, if not given.

        Raises:
            StaleReference: The school does not list it any more.

        Costs:
            Two requests: the list, because its ids end with the session, and the thread.
        """
        if pupil is None and isinstance(discussion, Discussion):
            pupil = discussion.pupil_key
        return await self._run(self._service.messages(discussion, pupil=self._whom(pupil)))

    async def get_teachers(self, *, pupil: PupilLike | None = None) -> Rows[Teacher]:
        """The team around the pupil: teachers and staff, in the school's order.

        Raises:
            Unavailable: The school does not show it to this account.

        Costs:
            One request.
        """
        return await self._run(self._service.teachers(pupil=self._whom(pupil)))

    async def get_holidays(self) -> Rows[Holiday]:
        """Holidays of the school year, by their first day.

        Costs:
            Nothing once somebody has signed in.
        """
        return await self._run(self._service.holidays())

    async def get_personal_data(self, *, pupil: PupilLike | None = None) -> PersonalData:
        """What the school keeps about the pupil: address, mail, phone.

        Raises:
            Unavailable: The school does not show it to this account.

        Costs:
            One request.
        """
        return await self._run(self._service.personal_data(pupil=self._whom(pupil)))

    # -- the actions --

    async def mark_news_read(
        self, announcement: Announcement | str, is_read: bool = True, *, pupil: PupilLike | None = None
    ) -> None:
        """The piece of news counts as read, or as not read.

        Raises:
            StaleReference: The school does not list it any more.
            Interrupted: It was sent and its outcome is unknown.

        Costs:
            Two requests; the second one is never repeated.
        """
        whose = self._whose(announcement, pupil)
        await self._run(self._service.mark_news_read(announcement, is_read=is_read, pupil=whose))

    async def acknowledge(self, announcement: Announcement | str, *, pupil: PupilLike | None = None) -> None:
        """The school knows that the piece of news was received. This cannot be taken back.

        Raises:
            Unavailable: No receipt is asked for.
            StaleReference: The school does not list it any more.
            Interrupted: It was sent and its outcome is unknown.

        Costs:
            Two or three requests; the last one is never repeated.
        """
        await self._run(self._service.acknowledge(announcement, pupil=self._whose(announcement, pupil)))

    async def answer(
        self,
        announcement: Announcement | str,
        answers: Sequence[str | Sequence[str]],
        *,
        pupil: PupilLike | None = None,
    ) -> None:
        """The survey is answered.

        Args:
            announcement: The record of a survey, or its key.
            answers: One for each of its `questions`, in order: a text, a choice, or several of them.
            pupil: Whose it is; the record's pupil, else the selected one, if not given.

        Raises:
            BadArgument: Not one answer for each question, no such choice, or too many of them.
            Unavailable: It is no survey.
            Interrupted: It was sent and its outcome is unknown.

        Costs:
            Two or three requests; the last one is never repeated.
        """
        whose = self._whose(announcement, pupil)
        await self._run(self._service.answer(announcement, answers, pupil=whose))

    # -- to take away --

    async def export_ical_url(self, *, pupil: PupilLike | None = None) -> str:
        """The address of the timetable as a calendar. Whoever has it can read the timetable: keep it secret.

        Raises:
            Unavailable: The school gives none to this account.

        Costs:
            One request.
        """
        return (await self._run(self._service.ical_url(pupil=self._whom(pupil)))).reveal()

    async def timetable_pdf(self, day: Day | None = None, *, pupil: PupilLike | None = None) -> bytes:
        """The timetable of one week as a PDF, made by the server.

        Args:
            day: Any day of the week; today if not given.
            pupil: Whose timetable; the selected pupil's if not given.

        Costs:
            Two requests.
        """
        wanted = None if day is None else needed_day(day, "day")
        return await self._run(self._service.timetable_pdf(wanted, pupil=self._whom(pupil)))

    def _whose(self, announcement: Announcement | str, pupil: PupilLike | None) -> PupilLike | None:
        if pupil is None and isinstance(announcement, Announcement):
            return announcement.pupil_key
        return self._whom(pupil)


async def login_async(
    url: str,
    username: str,
    password: str,
    *,
    cas: str | None = None,
    account: str = "student",
    **more: Any,
) -> AsyncPronoteClient:
    """A client that is signed in; close it, or use it with `async with`.

    Args:
        url: The school's PRONOTE, with or without a page.
        username: The user name.
        password: The password.
        cas: The school's portal; `None`, `""` or `"none"` for PRONOTE's own log-in.
        account: `"student"`, `"parent"` or `"teacher"`.
        more: `timezone`, `allow_http`, and the options of `AsyncClientOptions`.

    Raises:
        WrongCredentials: The school refused.
        LoginHeld: The governor held it back, because there were too many.
        BadArgument: Something that cannot be meant; nothing was sent.

    Costs:
        Five requests: the page, the school year, two for the log-in, the user.
    """
    client = AsyncPronoteClient(url, username, password, cas=cas, account=account, **more)
    try:
        return await client.login()
    except BaseException:
        await client.aclose()
        raise


def connect_async(
    *, url: str, username: str, password: str, cas: str | None = None, account: str = "student", **more: Any
) -> AsyncPronoteClient:
    """A client of that account; nothing is sent yet.

    Raises:
        BadArgument: Something that cannot be meant.
    """
    return AsyncPronoteClient(url, username, password, cas=cas, account=account, **more)
