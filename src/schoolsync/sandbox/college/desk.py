"""One pupil's desk at the collège: everything that the school keeps about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from schoolsync.model import Pupil

if TYPE_CHECKING:
    from schoolsync.sandbox.college.canteen import MenuSheet
    from schoolsync.sandbox.college.evaluations import EvaluationSheet
    from schoolsync.sandbox.college.homework import ContentSheet, HomeworkSheet
    from schoolsync.sandbox.college.letters import DiscussionSheet
    from schoolsync.sandbox.college.markbook import MarkBook
    from schoolsync.sandbox.college.news_papers import NewsSheet
    from schoolsync.sandbox.college.presence_papers import PresenceSheet
    from schoolsync.sandbox.college.reports import ReportSheet
    from schoolsync.sandbox.college.resources import ResourceSheet
    from schoolsync.sandbox.college.roll import PupilFile
    from schoolsync.sandbox.college.timetable import Timetable
    from schoolsync.sandbox.college.year import CollegeYear

__all__ = ["CollegeDesk"]


@attrs.define
class CollegeDesk:
    """What is kept about one pupil; everything may be changed."""

    file: PupilFile
    """Who it is."""
    year: CollegeYear
    """The school year."""
    timetable: Timetable
    """The pupil's lessons."""
    marks: MarkBook
    """Marks and averages."""
    homeworks: list[HomeworkSheet] = attrs.field(factory=list)
    """In no order."""
    contents: list[ContentSheet] = attrs.field(factory=list)
    """What was done in lessons, in no order."""
    resources: list[ResourceSheet] = attrs.field(factory=list)
    """What teachers share, in no order."""
    menus: list[MenuSheet] = attrs.field(factory=list)
    """What there is to eat; one list for the whole school."""
    evaluations: list[EvaluationSheet] = attrs.field(factory=list)
    """Assessments of skills, in no order."""
    reports: list[ReportSheet] = attrs.field(factory=list)
    """Report cards, by period."""
    presence: list[PresenceSheet] = attrs.field(factory=list)
    """Absences, delays, punishments, observations, measures, in no order."""
    news: list[NewsSheet] = attrs.field(factory=list)
    """Informations and surveys, in no order."""
    discussions: list[DiscussionSheet] = attrs.field(factory=list)
    """Threads of messages, in no order."""

    @property
    def pupil(self) -> Pupil:
        """The neutral record of the pupil."""
        return self.file.pupil
