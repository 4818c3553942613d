"""Every reading of ClassCharts: in the server's words, in ours, and the schema of its rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Literal

import attrs

from schoolsync.providers.classcharts.schema.announcements import AnnouncementRow
from schoolsync.providers.classcharts.schema.attendance import AttendanceMeta, SessionRow
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
from schoolsync.providers.classcharts.schema.people import PupilRow
from schoolsync.providers.classcharts.schema.reports import (
    AcademicReport,
    AcademicReportRow,
    ReportCard,
    ReportCardComment,
    ReportCardRow,
    ReportCardTarget,
)
from schoolsync.providers.classcharts.schema.shop import ClassRow, PupilFields, RewardRow, RewardsMeta
from schoolsync.providers.classcharts.schema.timetable import LessonRow, TimetableMeta
from schoolsync.providers.classcharts.schema.words import Row

__all__ = ["READINGS", "Reading"]

DAY = dt.date(2026, 11, 23)
FROM, TO = dt.date(2026, 11, 9), dt.date(2026, 11, 29)
Call = Callable[[Any], Any]


class NoMeta(Row):
    """Nothing is known of it."""


@attrs.frozen
class Reading:
    """One reading."""

    name: str
    path: str
    """Shell pattern of the address's path."""
    row: type[Row]
    native: Call
    """In the server's words: an envelope."""
    ours: tuple[Call, ...] = ()
    """The neutral readings that go through it."""
    meta: type[Row] = NoMeta
    kind: Literal["rows", "one", "register"] = "rows"
    """A list; one object; sessions by day."""
    role: str = "parent"

    def __str__(self) -> str:
        return self.name


READINGS = (
    Reading(
        "lessons",
        "*/timetable/*",
        LessonRow,
        lambda c: c.native.get_lessons(DAY),
        (lambda c: c.get_lessons(DAY),),
        TimetableMeta,
    ),
    Reading(
        "homeworks",
        "*/homeworks/*",
        HomeworkRow,
        lambda c: c.native.get_homeworks(FROM, TO, "due_date"),
        (lambda c: c.get_homeworks(FROM, TO), lambda c: c.get_marks(FROM, TO)),
        HomeworkMeta,
    ),
    Reading(
        "announcements",
        "*/announcements/*",
        AnnouncementRow,
        lambda c: c.native.get_announcements(),
        (lambda c: c.get_announcements(),),
    ),
    Reading(
        "badges",
        "*/eventbadges/*",
        BadgeRow,
        lambda c: c.native.get_badges(),
        (lambda c: c.get_badges(),),
    ),
    Reading(
        "detentions",
        "*/detentions/*",
        DetentionRow,
        lambda c: c.native.get_detentions(),
        (lambda c: c.get_sanctions(), lambda c: c.get_detentions()),
        DetentionsMeta,
    ),
    Reading(
        "activity",
        "*/activity/*",
        ActivityRow,
        lambda c: c.native.get_activity(FROM, DAY),
        (
            lambda c: c.get_behaviour_events(FROM, DAY),
            lambda c: c.get_activity(FROM, DAY),
            lambda c: c.get_full_activity(FROM, DAY),
        ),
        ActivityMeta,
    ),
    Reading(
        "attendance",
        "*/attendance/*",
        SessionRow,
        lambda c: c.native.get_attendance(FROM, DAY),
        (lambda c: c.get_absences(FROM, DAY),),
        AttendanceMeta,
        kind="register",
    ),
    Reading(
        "behaviour",
        "*/behaviour/*",
        BehaviourSummary,
        lambda c: c.native.get_behaviour(FROM, DAY),
        meta=BehaviourMeta,
        kind="one",
    ),
    Reading(
        "pupil fields", "*/customfields/*", PupilFields, lambda c: c.native.get_pupil_fields(), kind="one"
    ),
    Reading(
        "classes",
        "*/classes/*",
        ClassRow,
        lambda c: c.native.get_classes(),
        (lambda c: c.get_classes(),),
    ),
    Reading(
        "academic reports",
        "*/getacademicreports",
        AcademicReportRow,
        lambda c: c.native.get_academic_reports(),
        (lambda c: c.get_academic_reports(), lambda c: c.get_marks()),
    ),
    Reading(
        "academic report",
        "*/getacademicreport/121",
        AcademicReport,
        lambda c: c.native.get_academic_report(121),
        (lambda c: c.get_marks(),),
        kind="one",
    ),
    Reading(
        "report cards",
        "*/getpupilreportcards",
        ReportCardRow,
        lambda c: c.native.get_report_cards(),
        (lambda c: c.get_report_cards(),),
    ),
    Reading(
        "report card",
        "*/getpupilreportcard/*",
        ReportCard,
        lambda c: c.native.get_report_card(109),
        kind="one",
    ),
    Reading(
        "comment",
        "*/getpupilreportcardsummarycomment/*",
        ReportCardComment,
        lambda c: c.native.get_report_card_comment(109, DAY),
        kind="one",
    ),
    Reading(
        "target",
        "*/getpupilreportcardtarget/*",
        ReportCardTarget,
        lambda c: c.native.get_report_card_target(117, DAY),
        kind="one",
    ),
    Reading(
        "parent behaviours",
        "*/parentbehaviours/*",
        ParentBehaviourRow,
        lambda c: c.native.get_parent_behaviours(),
        (lambda c: c.get_parent_behaviours(),),
    ),
    Reading("pupils", "*/pupils", PupilRow, lambda c: c.native.get_pupils(), (lambda c: c.get_pupils(),)),
    Reading(
        "rewards",
        "*/rewards/*",
        RewardRow,
        lambda c: c.native.get_rewards(),
        (lambda c: c.get_rewards(),),
        RewardsMeta,
        role="student",
    ),
)
