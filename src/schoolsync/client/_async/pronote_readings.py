"""What a PRONOTE account can read beyond every school object."""

from __future__ import annotations

from schoolsync.client._async.base import AsyncClient, Day
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
from schoolsync.provider import Days, PupilLike, Span
from schoolsync.providers.pronote.extra import Holiday, MarkBook, PersonalData, Teacher
from schoolsync.providers.pronote.mapping.totals import PresenceTotals
from schoolsync.providers.pronote.service import Pronote

__all__ = ["AsyncPronoteReadings"]


class AsyncPronoteReadings(AsyncClient[Pronote]):
    """The readings of `AsyncPronoteClient`."""

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
