"""The homework of the invented collège: one sheet for each pupil and piece of homework.

What was done in lessons stands in `notebook`, and goes by way of here too.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import attrs

from schoolsync.model import Homework, HomeworkState, LessonKind, Submission
from schoolsync.sandbox.college.notebook import ContentSheet, draw_contents
from schoolsync.sandbox.college.resources import Paper, attachments
from schoolsync.sandbox.college.subjects import subject_called
from schoolsync.sandbox.college.tasks import tasks
from schoolsync.sandbox.papers import named

if TYPE_CHECKING:
    from schoolsync.sandbox.college.desk import CollegeDesk

__all__ = [
    "ContentSheet",
    "HomeworkSheet",
    "draw_contents",
    "draw_homeworks",
    "homework_sheet",
    "ticked",
]

SUBMISSIONS = {
    None: Submission.NONE,
    0: Submission.NONE,
    1: Submission.PAPER,
    2: Submission.UPLOAD,
    3: Submission.OTHER,
    4: Submission.AUDIO,
}
"""How it is handed in, as the server counts it. Other numbers are nobody's yet."""


@attrs.frozen(kw_only=True)
class HomeworkSheet:
    """One piece of homework for one pupil."""

    record: Homework
    """As the pupil's own client delivers it; for a parent `can_toggle` is false."""
    markup: str
    """The description as the teacher typed it, as HTML."""
    has_format: bool = True
    """Whether the teacher set it in bold, in colours; otherwise it is plain text in a box."""
    difficulty: int = 0
    """0 none said, 1 easy to 3 hard."""
    minutes: int | None = None
    """How long it should take."""
    submission: int | None = None
    """How it is handed in, as the server counts it; `None`: not said."""
    themes: tuple[str, ...] = ()
    """What it is about, where the school uses themes."""
    audience: str | None = None
    """The class or group that it was given to."""
    papers: tuple[Paper, ...] = ()
    """Files and links, one for each attachment."""
    lesson: str | None = None
    """Key of the lesson in which it was given."""

    @property
    def key(self) -> str:
        """Of the record."""
        return self.record.key

    @property
    def is_done(self) -> bool:
        """Whether the pupil ticked it."""
        return self.record.state is HomeworkState.DONE


def homework_sheet(
    desk: CollegeDesk,
    number: int,
    subject: str,
    *,
    given: dt.date,
    due: dt.date,
    text: str = "",
    html: str | None = None,
    is_done: bool = False,
    **more: Any,
) -> HomeworkSheet:
    """A sheet whose neutral record says the same as its other fields.

    Args:
        desk: Of the pupil.
        number: Tells the pupil's homework apart.
        subject: For which subject.
        given: When.
        due: Until when.
        text: The description as a person reads it.
        html: The same as safe HTML; the text in a box unless given.
        is_done: Whether the pupil ticked it.
        more: Fields of `HomeworkSheet`; `markup` is *html* unless given.
    """
    identity = named(
        "homework",
        number,
        desk.pupil,
        difficulty=more.get("difficulty") or None,
        group=more.get("audience"),
        themes=", ".join(more.get("themes", ())) or None,
    )
    shown = html or (f"<div>{text}</div>" if text else None)
    minutes = more.get("minutes")
    record = Homework(
        **identity,
        due=due,
        assigned_on=given,
        subject=subject_called(subject),
        description_html=shown,
        description_text=text,
        state=HomeworkState.DONE if is_done else HomeworkState.TODO,
        can_toggle=True,
        expected=None if minutes is None else dt.timedelta(minutes=minutes),
        submission=SUBMISSIONS.get(more.get("submission"), Submission.UNKNOWN),
        attachments=attachments(identity["key"], more.get("papers", ())),
    )
    more.setdefault("markup", shown or "")
    more.setdefault("lesson", _lesson(desk, subject, given))
    return HomeworkSheet(record=record, **more)


def _lesson(desk: CollegeDesk, subject: str, day: dt.date) -> str | None:
    """The key of the first lesson of *subject* on *day* that takes place, if there is one."""
    for sheet in desk.timetable.sheets_of(day):
        taught = sheet.record.subject
        if taught and taught.name == subject and not sheet.is_cancelled:
            return sheet.key if sheet.record.kind is LessonKind.LESSON else None
    return None


def ticked(sheet: HomeworkSheet, *, is_done: bool) -> HomeworkSheet:
    """*sheet*, ticked by the pupil, or not any more."""
    state = HomeworkState.DONE if is_done else HomeworkState.TODO
    return attrs.evolve(sheet, record=sheet.record.model_copy(update={"state": state}))


def draw_homeworks(desk: CollegeDesk) -> list[HomeworkSheet]:
    """Homework of every kind, past and to come; pupils of the college are all given the same."""
    day = desk.year.calendar.school_day
    return [
        homework_sheet(
            desk,
            number,
            task.subject,
            given=day(task.given),
            due=day(task.due),
            audience=desk.file.class_name,
            **task.sheet,
        )
        for number, task in enumerate(tasks(), 1)
    ]
