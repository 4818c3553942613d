"""ClassCharts in its own words: every call, with the whole typed envelope."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from schoolsync.client._async.base import Day
from schoolsync.drivers.aio import AsyncDriver
from schoolsync.provider import Days, DisplayDate, PupilLike, needed_day, read_display_date
from schoolsync.providers.classcharts.calls import Attendance, NoMeta
from schoolsync.providers.classcharts.envelope import Envelope
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
from schoolsync.providers.classcharts.service import ClassCharts

__all__ = ["AsyncNative"]


@attrs.frozen
class AsyncNative:
    """Each method is one turn and, a log-in or renewal aside, one request unless it says otherwise.

    An envelope has `data` and `meta` as the server worded them, and `issues` where something
    could not be read. No switch of the school is looked at: the server decides.
    """

    _service: ClassCharts = attrs.field(repr=False)
    _driver: AsyncDriver = attrs.field(repr=False)
    _whom: Callable[[PupilLike | None], PupilLike | None] = attrs.field(repr=False)
    """The client's own choice of pupil, as it is when a call is made."""

    async def get_parent_info(self) -> Envelope[ParentUser, NoMeta]:
        """The parent. Parents only."""
        return await self._driver.run(self._service.native.parent_info())

    async def get_pupils(self) -> Envelope[list[PupilRow], NoMeta]:
        """The parent's children. Parents only."""
        return await self._driver.run(self._service.native.pupils())

    async def check_code(self) -> Envelope[CodeCheck, NoMeta]:
        """Whether the code asks for a date of birth. Students only; signs nobody in."""
        return await self._driver.run(self._service.native.code_check())

    async def get_student_code(self, date_of_birth: Day) -> Envelope[StudentCode, NoMeta]:
        """The access code. Students only."""
        born = needed_day(date_of_birth, "date_of_birth")
        return await self._driver.run(self._service.native.student_code(born))

    async def get_student_info(self, *, pupil: PupilLike | None = None) -> Envelope[PupilRow, NoMeta]:
        """The pupil with all `display_*` switches."""
        return await self._driver.run(self._service.native.student_info(pupil=self._whom(pupil)))

    async def get_activity(
        self,
        from_: Day | None = None,
        to: Day | None = None,
        last_id: int | None = None,
        *,
        pupil: PupilLike | None = None,
    ) -> Envelope[list[ActivityRow], ActivityMeta]:
        """One page of the activity: at most 50 rows, newest first, older than *last_id*."""
        return await self._driver.run(
            self._service.native.activity(Days.read(from_, to), last_id, pupil=self._whom(pupil))
        )

    async def get_full_activity(
        self, from_: Day | None = None, to: Day | None = None, *, pupil: PupilLike | None = None
    ) -> Envelope[list[ActivityRow], ActivityMeta]:
        """The activity of all pages, with the `meta` of the first.

        Costs:
            One request for each 50 rows, and one for the empty page at the end.
        """
        return await self._driver.run(
            self._service.native.full_activity(Days.read(from_, to), pupil=self._whom(pupil))
        )

    async def get_behaviour(
        self, from_: Day | None = None, to: Day | None = None, *, pupil: PupilLike | None = None
    ) -> Envelope[BehaviourSummary, BehaviourMeta]:
        """Points by time and by reason."""
        return await self._driver.run(
            self._service.native.behaviour(Days.read(from_, to), pupil=self._whom(pupil))
        )

    async def get_homeworks(
        self,
        from_: Day | None = None,
        to: Day | None = None,
        display_date: DisplayDate = "issue_date",
        *,
        pupil: PupilLike | None = None,
    ) -> Envelope[list[HomeworkRow], HomeworkMeta]:
        """Homework of the days, or of the server's own window, by the day it was given as there."""
        return await self._driver.run(
            self._service.native.homeworks(
                Days.read(from_, to), display_date=read_display_date(display_date), pupil=self._whom(pupil)
            )
        )

    async def get_lessons(
        self, date: Day, *, pupil: PupilLike | None = None
    ) -> Envelope[list[LessonRow], TimetableMeta]:
        """One day of the timetable."""
        return await self._driver.run(
            self._service.native.lessons(needed_day(date, "date"), pupil=self._whom(pupil))
        )

    async def get_badges(self, *, pupil: PupilLike | None = None) -> Envelope[list[BadgeRow], NoMeta]:
        """All badges with their awards."""
        return await self._driver.run(self._service.native.badges(pupil=self._whom(pupil)))

    async def get_announcements(
        self, *, pupil: PupilLike | None = None
    ) -> Envelope[list[AnnouncementRow], NoMeta]:
        """All announcements."""
        return await self._driver.run(self._service.native.announcements(pupil=self._whom(pupil)))

    async def get_detentions(
        self, *, pupil: PupilLike | None = None
    ) -> Envelope[list[DetentionRow], DetentionsMeta]:
        """All detentions."""
        return await self._driver.run(self._service.native.detentions(pupil=self._whom(pupil)))

    async def get_attendance(
        self, from_: Day | None = None, to: Day | None = None, *, pupil: PupilLike | None = None
    ) -> Envelope[Attendance, AttendanceMeta]:
        """The register by day and session; percentages in `meta`."""
        return await self._driver.run(
            self._service.native.attendance(Days.read(from_, to), pupil=self._whom(pupil))
        )

    async def get_pupil_fields(self, *, pupil: PupilLike | None = None) -> Envelope[PupilFields, NoMeta]:
        """What the school shows about the pupil."""
        return await self._driver.run(self._service.native.pupil_fields(pupil=self._whom(pupil)))

    async def get_classes(self, *, pupil: PupilLike | None = None) -> Envelope[list[ClassRow], NoMeta]:
        """The pupil's classes."""
        return await self._driver.run(self._service.native.classes(pupil=self._whom(pupil)))

    async def get_academic_reports(
        self, *, pupil: PupilLike | None = None
    ) -> Envelope[list[AcademicReportRow], NoMeta]:
        """The academic reports, without their content."""
        return await self._driver.run(self._service.native.academic_reports(pupil=self._whom(pupil)))

    async def get_academic_report(
        self, report_id: int, *, pupil: PupilLike | None = None
    ) -> Envelope[AcademicReport, NoMeta]:
        """One academic report, whole."""
        return await self._driver.run(
            self._service.native.academic_report(report_id, pupil=self._whom(pupil))
        )

    async def get_report_cards(
        self, *, pupil: PupilLike | None = None
    ) -> Envelope[list[ReportCardRow], NoMeta]:
        """The cards of a pupil who is on report."""
        return await self._driver.run(self._service.native.report_cards(pupil=self._whom(pupil)))

    async def get_report_card(
        self, card_id: int, *, pupil: PupilLike | None = None
    ) -> Envelope[ReportCard, NoMeta]:
        """One card, whole."""
        return await self._driver.run(self._service.native.report_card(card_id, pupil=self._whom(pupil)))

    async def get_report_card_comment(
        self, card_id: int, date: Day, *, pupil: PupilLike | None = None
    ) -> Envelope[ReportCardComment, NoMeta]:
        """The school's comment on one day of a card."""
        return await self._driver.run(
            self._service.native.report_card_comment(
                card_id, needed_day(date, "date"), pupil=self._whom(pupil)
            )
        )

    async def get_report_card_target(
        self, target_id: int, date: Day, *, pupil: PupilLike | None = None
    ) -> Envelope[ReportCardTarget, NoMeta]:
        """One target of a card on one day."""
        return await self._driver.run(
            self._service.native.report_card_target(
                target_id, needed_day(date, "date"), pupil=self._whom(pupil)
            )
        )

    async def get_rewards(self, *, pupil: PupilLike | None = None) -> Envelope[list[RewardRow], RewardsMeta]:
        """What can be had for points, and the balance in `meta`. Students only."""
        return await self._driver.run(self._service.native.rewards(pupil=self._whom(pupil)))

    async def purchase_reward(
        self, item_id: int, *, pupil: PupilLike | None = None
    ) -> Envelope[Purchase, NoMeta]:
        """The item is bought. Students only; never sent twice."""
        return await self._driver.run(self._service.native.purchase(item_id, pupil=self._whom(pupil)))

    async def get_parent_behaviours(
        self, *, pupil: PupilLike | None = None
    ) -> Envelope[list[ParentBehaviourRow], NoMeta]:
        """What a parent can give points for. Parents only."""
        return await self._driver.run(self._service.native.parent_behaviours(pupil=self._whom(pupil)))

    async def request(
        self,
        path: str,
        *,
        method: str = "GET",
        query: dict[str, str | None] | None = None,
        form: dict[str, str] | None = None,
    ) -> Envelope[Any, Any]:
        """Any other call of this role's API, untyped: `data` and `meta` as they came.

        Args:
            path: Below `apiv2parent/` or `apiv2student/`: `classes/5000001`.
            method: `GET`; a `POST` counts as a write and is never sent twice.
            query: Parameters; those that are `None` are left out.
            form: Fields of a `POST`.
        """
        return await self._driver.run(
            self._service.native.request(path, method=method, query=query, form=form)
        )
