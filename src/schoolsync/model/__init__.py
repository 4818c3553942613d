"""What users hold: frozen records and values, the same for every provider."""

from schoolsync.model.announcements import Announcement, Question, Response
from schoolsync.model.attendance import Absence, AbsenceKind, Justification
from schoolsync.model.behaviour import Badge, BehaviourEvent, Polarity, Sanction, SanctionKind, SanctionStatus
from schoolsync.model.canteen import Course, Dish, Meal, Menu
from schoolsync.model.capability import Availability, Capabilities
from schoolsync.model.extras import FrozenMap
from schoolsync.model.files import Attachment, AttachmentKind
from schoolsync.model.homework import Homework, HomeworkState, Submission, by_due
from schoolsync.model.marks import Mark, MarkStatus, Period, Skill, SkillAssessment, SubjectAverage
from schoolsync.model.messages import Discussion, Message
from schoolsync.model.people import Pupil, School, find_pupil
from schoolsync.model.record import SCHEMA_VERSION, Identity, Record, Rows, Value
from schoolsync.model.reports import Report, ReportLine, Resource
from schoolsync.model.timetable import Lesson, LessonContent, LessonKind, LessonStatus, Subject

__all__ = [
    "SCHEMA_VERSION",
    "Absence",
    "AbsenceKind",
    "Announcement",
    "Attachment",
    "AttachmentKind",
    "Availability",
    "Badge",
    "BehaviourEvent",
    "Capabilities",
    "Course",
    "Discussion",
    "Dish",
    "FrozenMap",
    "Homework",
    "HomeworkState",
    "Identity",
    "Justification",
    "Lesson",
    "LessonContent",
    "LessonKind",
    "LessonStatus",
    "Mark",
    "MarkStatus",
    "Meal",
    "Menu",
    "Message",
    "Period",
    "Polarity",
    "Pupil",
    "Question",
    "Record",
    "Report",
    "ReportLine",
    "Resource",
    "Response",
    "Rows",
    "Sanction",
    "SanctionKind",
    "SanctionStatus",
    "School",
    "Skill",
    "SkillAssessment",
    "Subject",
    "SubjectAverage",
    "Submission",
    "Value",
    "by_due",
    "find_pupil",
]
