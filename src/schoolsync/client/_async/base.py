"""The client of any provider: one method for each neutral operation, one turn each."""

from __future__ import annotations

from typing import TypeVar

from schoolsync.client._async.session import AsyncClientOptions, AsyncSession, Day
from schoolsync.model import (
    Absence,
    Announcement,
    Badge,
    BehaviourEvent,
    Homework,
    Lesson,
    Mark,
    Period,
    Rows,
    Sanction,
    SubjectAverage,
)
from schoolsync.provider import Days, DisplayDate, PupilLike, Service, Span, read_display_date

__all__ = ["AsyncClient", "AsyncClientOptions", "Day"]

S = TypeVar("S", bound=Service)


class AsyncClient(AsyncSession[S]):
    """An account at a school platform, and everything that can be read of it.

    Signs in on `async with`, or at the first reading. One operation runs at a time, whoever calls.
    Reads are idempotent and tried again where that may help; writes never are. Errors are those of
    `schoolsync.errors`.
    """

    # -- the readings --

    async def get_lessons(
        self,
        from_: Day | None = None,
        to: Day | None = None,
        *,
        date: Day | None = None,
        pupil: PupilLike | None = None,
        raw_view: bool = False,
    ) -> Rows[Lesson]:
        """Lessons by start: the resolved timetable.

        Args:
            from_: First day; today in the school's zone if nothing is given.
            to: Last day, included; the first one if not given.
            date: One day, instead of the two.
            pupil: Whom it is about; the selected pupil if not given.
            raw_view: Every row of the server, superseded ones too.

        Raises:
            BadArgument: No date, or a backwards interval.
            Unavailable: The school shows no timetable to this account.
        """
        days = Days.read(from_, to, date)
        return await self._run(self._service.lessons(days, pupil=self._whom(pupil), raw_view=raw_view))

    async def get_homeworks(
        self,
        from_: Day | None = None,
        to: Day | None = None,
        *,
        display_date: DisplayDate = "due_date",
        pupil: PupilLike | None = None,
    ) -> Rows[Homework]:
        """Homework by due date, or by the day it was given.

        Args:
            from_: First day; today if nothing is given.
            to: Last day, included; open if not given.
            display_date: Which date counts: `"due_date"` or `"issue_date"`.
            pupil: Whom it is about; the selected pupil if not given.

        Raises:
            BadArgument: No date, a backwards interval, or another `display_date`.
            Unavailable: The school shows no homework to this account.
        """
        days = Days.read(from_, to)
        return await self._run(
            self._service.homeworks(
                days, pupil=self._whom(pupil), display_date=read_display_date(display_date)
            )
        )

    async def get_marks(
        self,
        from_: Day | None = None,
        to: Day | None = None,
        *,
        period: Period | str | None = None,
        pupil: PupilLike | None = None,
    ) -> Rows[Mark]:
        """Marks, newest first.

        Args:
            from_: First day.
            to: Last day, included.
            period: A period instead of days; the current one if nothing is given.
            pupil: Whom it is about; the selected pupil if not given.

        Raises:
            BadArgument: No date, a backwards interval, or days and a period at once.
            Unavailable: The school shows no marks to this account.
        """
        return await self._run(self._service.marks(Span.read(from_, to, period), pupil=self._whom(pupil)))

    async def get_averages(
        self,
        from_: Day | None = None,
        to: Day | None = None,
        *,
        period: Period | str | None = None,
        pupil: PupilLike | None = None,
    ) -> Rows[SubjectAverage]:
        """Averages by subject; the overall one has no subject.

        Args:
            from_: First day.
            to: Last day, included.
            period: A period instead of days; the current one if nothing is given.
            pupil: Whom it is about; the selected pupil if not given.

        Raises:
            Unavailable: The provider has none, or the school hides them.
        """
        return await self._run(self._service.averages(Span.read(from_, to, period), pupil=self._whom(pupil)))

    async def get_periods(self, *, pupil: PupilLike | None = None) -> Rows[Period]:
        """Periods of the school year, in order.

        Raises:
            Unavailable: The provider has none.
        """
        return await self._run(self._service.periods(pupil=self._whom(pupil)))

    async def get_absences(
        self,
        from_: Day | None = None,
        to: Day | None = None,
        *,
        period: Period | str | None = None,
        pupil: PupilLike | None = None,
    ) -> Rows[Absence]:
        """Absences and late arrivals, newest first.

        Args:
            from_: First day.
            to: Last day, included.
            period: A period instead of days; the current one if nothing is given.
            pupil: Whom it is about; the selected pupil if not given.

        Raises:
            Unavailable: The school shows no attendance to this account.
        """
        return await self._run(self._service.absences(Span.read(from_, to, period), pupil=self._whom(pupil)))

    async def get_announcements(
        self, from_: Day | None = None, to: Day | None = None, *, pupil: PupilLike | None = None
    ) -> Rows[Announcement]:
        """Announcements, newest first; all that the school shows if no days are given.

        Raises:
            Unavailable: The school shows none to this account.
        """
        return await self._run(self._service.announcements(Days.read(from_, to), pupil=self._whom(pupil)))

    async def get_badges(self, *, pupil: PupilLike | None = None) -> Rows[Badge]:
        """Awards of badges, newest first.

        Raises:
            Unavailable: The provider has none, or the school shows none to this account.
        """
        return await self._run(self._service.badges(pupil=self._whom(pupil)))

    async def get_sanctions(
        self,
        from_: Day | None = None,
        to: Day | None = None,
        *,
        period: Period | str | None = None,
        pupil: PupilLike | None = None,
    ) -> Rows[Sanction]:
        """Detentions, punishments and exclusions, latest first.

        Raises:
            Unavailable: The school shows none to this account.
        """
        return await self._run(self._service.sanctions(Span.read(from_, to, period), pupil=self._whom(pupil)))

    async def get_behaviour_events(
        self,
        from_: Day | None = None,
        to: Day | None = None,
        *,
        period: Period | str | None = None,
        pupil: PupilLike | None = None,
    ) -> Rows[BehaviourEvent]:
        """Remarks and points, newest first.

        Raises:
            Unavailable: The school shows none to this account.
        """
        span = Span.read(from_, to, period)
        return await self._run(self._service.behaviour_events(span, pupil=self._whom(pupil)))

    # -- the actions --

    async def set_homework_done(
        self,
        homework: Homework | str,
        done: bool = True,
        *,
        pupil: PupilLike | None = None,
    ) -> Homework:
        """The homework as it is after the pupil's tick was set or taken away.

        Args:
            homework: The record, or its key.
            done: Whether it is ticked afterwards.
            pupil: Whose it is; the record's pupil, else the selected one, if not given.

        Raises:
            Unavailable: This account cannot tick, or not this homework.
            Interrupted: It was sent and its outcome is unknown.
            StaleReference: The school does not list it any more.
        """
        if pupil is None and isinstance(homework, Homework):
            pupil = homework.pupil_key
        return await self._run(self._service.set_homework_done(homework, done, pupil=self._whom(pupil)))
