"""The homework of the invented schools: every state, every odd field, files and links."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import attrs

from schoolsync.model import (
    Attachment,
    AttachmentKind,
    Homework,
    HomeworkState,
    Identity,
    Pupil,
    Subject,
    Submission,
)
from schoolsync.sandbox.papers import HomeworkSheet, StoredFile, TeachingSet, named
from schoolsync.sandbox.people import PupilFile
from schoolsync.sandbox.year import Calendar

__all__ = ["draw_homeworks", "homework_sheet", "restated"]

PDF = (
    b"%PDF-1.4\n% An invented worksheet of a school that does not exist.\n"
    + b"0123456789" * 400
    + b"\n%%EOF\n"
)
"""The bytes of every document."""

UNITS = {"minutes": dt.timedelta(minutes=1), "hours": dt.timedelta(hours=1), "days": dt.timedelta(days=1)}


@attrs.frozen(kw_only=True)
class Task:
    """One line of the plan below."""

    given: int
    """School day on which it is given, counted from today."""
    due: int
    """School day on which it is due."""
    group: int
    """Index of the teaching set."""
    title: str
    """Heading."""
    text: str = ""
    """The description, as a person reads it."""
    markup: str | None = None
    """The description as typed."""
    clean: str | None = None
    """The same without what could do harm; `markup` itself unless given."""
    kind: str = "Worksheet"
    """The school's word for its type."""
    has_subject: bool = True
    """Whether the school says the subject."""
    links: tuple[str, ...] = ()
    """Addresses to look at."""
    file_names: tuple[str, ...] = ()
    """Files to work with."""
    upload_names: tuple[str, ...] = ()
    """Files handed in."""
    sheet: dict[str, Any] = attrs.field(factory=dict)
    """Further fields of the `HomeworkSheet`."""


TASKS = (
    Task(
        given=-6,
        due=-1,
        group=0,
        title="Energy transfers",
        text="Complete pages 4–5.\n\nShow your working.",
        markup="<p>Complete pages 4&ndash;5.</p><p>Show your working.</p>",
        clean="<p>Complete pages 4–5.</p><p>Show your working.</p>",
        links=("https://www.example.test/energy",),
        file_names=("worksheet.pdf",),
        upload_names=("answers.pdf",),
        sheet={
            "teacher_word": "completed",
            "is_ticked": True,
            "mark": "18/20",
            "mark_relative": 1,
            "expected_value": "30",
            "has_feedback": True,
        },
    ),
    Task(
        given=-5,
        due=0,
        group=1,
        title="Algebra & graphs",
        text="Exercise 3.2 <all>",
        markup="Exercise 3.2 &lt;all&gt;",
        kind="Exercise",
        sheet={"expected_value": "45", "mark": "7"},
    ),
    Task(
        given=-2,
        due=2,
        group=2,
        title="Read chapter 3",
        text="Read it\nand say who is telling the story.",
        markup='<p onclick="no()">Read it<br>and say who is telling the story.</p><script>no()</script>',
        clean="<p>Read it<br>and say who is telling the story.</p>",
        kind="Reading",
        sheet={"is_ticked": True, "expected_value": "1", "expected_unit": "hours"},
    ),
    Task(
        given=-8,
        due=-3,
        group=3,
        title="Sources on a castle that never stood",
        text="Two sources, five sentences each.",
        markup="Two sources, five sentences each.",
        kind="Essay",
        sheet={"teacher_word": "late", "expected_value": "30+", "mark": "B+", "mark_relative": -1},
    ),
    Task(
        given=-9,
        due=-4,
        group=4,
        title="Vocabulary 12",
        has_subject=False,
        kind="Learning",
        sheet={
            "teacher_word": "not_completed",
            "expected_value": "",
            "allows_upload": False,
            "allows_tick": False,
        },
    ),
    Task(
        given=0,
        due=4,
        group=5,
        title="A poster in one colour",
        text="Bring it on paper.",
        markup="<div>Bring it on paper.</div>",
        kind="Project",
        file_names=("brief.pdf", "brief.pdf"),
        sheet={"expected_value": "2", "expected_unit": "days", "allows_upload": False},
    ),
    Task(
        given=-1,
        due=3,
        group=0,
        title="Plan the experiment",
        kind="Worksheet",
        sheet={"teacher_word": "completed"},
    ),
    Task(
        given=-30,
        due=-24,
        group=1,
        title="Fractions",
        text="Page 12",
        markup="Page 12",
        sheet={"mark": "6.5/10"},
    ),
)
"""What was set, in school days around today."""


def homework_sheet(
    pupil: Pupil,
    number: int,
    group: TeachingSet,
    *,
    due: dt.date,
    title: str,
    markup: str | None = None,
    **more: Any,
) -> HomeworkSheet:
    """A sheet whose neutral record says the same as its other fields.

    Args:
        pupil: Whose sheet it is.
        number: Number of the homework; that of the sheet is derived from it and the pupil.
        group: The set that it was given to.
        due: The day it is due.
        title: Heading.
        markup: The description as typed.
        more: Fields of `HomeworkSheet`, and of the record: `assigned_on`, `kind`, `links`,
            `clean_html`, `text`, `has_subject`.
    """
    links, has_subject = more.pop("links", ()), more.pop("has_subject", True)
    assigned_on, kind = more.pop("assigned_on", None), more.pop("kind", None)
    html, text = more.pop("clean_html", markup), more.pop("text", markup or "")
    status_id = number * 100 + int(pupil.provider_id or 0) % 100
    key = f"homework-{pupil.provider_id}-{number}"
    record = Homework(
        **named("homework", number, pupil, provider_id=number, identity=Identity.NATIVE),
        due=due,
        assigned_on=assigned_on,
        subject=Subject(name=group.subject) if has_subject else None,
        title=title,
        description_html=html or None,
        description_text=text,
        state=HomeworkState.TODO,
        kind=kind,
        teacher=group.teacher,
        attachments=_attachments(key, more.get("files", ()), links),
    )
    sheet = HomeworkSheet(record, status_id, markup, **more)
    return restated(sheet, group_name=group.name)


def restated(sheet: HomeworkSheet, *, group_name: str | None = None) -> HomeworkSheet:
    """*sheet* with a record that says what its other fields say: state, tick, mark, time."""
    name = group_name or sheet.record.extras["classcharts.lesson"]
    extras = {
        "classcharts.lesson": name,
        "classcharts.state": sheet.teacher_word,
        "classcharts.ticked": sheet.is_ticked,
        "classcharts.mark": sheet.mark,
        "classcharts.status_id": sheet.status_id,
    }
    fields = sheet.record.model_dump(exclude={"extras", "subject", "attachments"})
    record = Homework(
        **{
            **fields,
            "subject": sheet.record.subject,
            "attachments": sheet.record.attachments,
            "extras": {name: said for name, said in extras.items() if said is not None},
            "state": _state(sheet),
            "can_toggle": sheet.allows_tick,
            "expected": _expected(sheet),
            "mark_key": f"mark-{sheet.status_id}" if sheet.mark else None,
            "submission": Submission.UPLOAD if sheet.allows_upload else Submission.UNKNOWN,
        }
    )
    return attrs.evolve(sheet, record=record)


def _state(sheet: HomeworkSheet) -> HomeworkState:
    if sheet.teacher_word == "late":
        return HomeworkState.LATE
    is_done = sheet.is_ticked or sheet.teacher_word == "completed"
    return HomeworkState.DONE if is_done else HomeworkState.TODO


def _expected(sheet: HomeworkSheet) -> dt.timedelta | None:
    value = sheet.expected_value or ""
    return int(value) * UNITS[sheet.expected_unit] if value.isdigit() else None


def _attachments(key: str, files: Sequence[StoredFile], links: Sequence[str]) -> tuple[Attachment, ...]:
    """Files first, then links, as the school lists them."""
    names: list[tuple[str, AttachmentKind, str | None]] = [
        (one.name, AttachmentKind.FILE, None) for one in files
    ]
    names += [(link, AttachmentKind.LINK, link) for link in links]
    return tuple(
        Attachment(name=name, kind=kind, ref=(key, index), url=url)
        for index, (name, kind, url) in enumerate(names)
    )


def draw_homeworks(file: PupilFile, sets: Sequence[TeachingSet], calendar: Calendar) -> list[HomeworkSheet]:
    """The homework of one pupil; pupils of one form are given the same.

    Where the school shows no marks, none are given.
    """
    drawn = [_sheet(file.pupil, sets, calendar, number, task) for number, task in enumerate(TASKS, 7600123)]
    if file.features["marks"]:
        return drawn
    return [restated(attrs.evolve(sheet, mark=None)) for sheet in drawn]


def _sheet(
    pupil: Pupil, sets: Sequence[TeachingSet], calendar: Calendar, number: int, task: Task
) -> HomeworkSheet:
    group = sets[task.group % len(sets)]
    assigned_on = calendar.school_day(task.given)
    seen = dt.datetime.combine(assigned_on, dt.time(17, 20, 31), pupil.school.zone)
    returned = (StoredFile(number * 10 + 9, "marked.pdf", PDF),)
    return homework_sheet(
        pupil,
        number,
        group,
        due=calendar.school_day(task.due),
        title=task.title,
        markup=task.markup,
        clean_html=task.clean or task.markup,
        text=task.text,
        has_subject=task.has_subject,
        assigned_on=assigned_on,
        kind=task.kind,
        links=task.links,
        first_seen=seen if task.given < -1 else None,
        files=tuple(StoredFile(number * 10 + i, name, PDF) for i, name in enumerate(task.file_names)),
        uploads=tuple(
            StoredFile(number * 10 + 5 + i, name, PDF, teacher_note="Neat.", returned=returned)
            for i, name in enumerate(task.upload_names)
        ),
        **task.sheet,
    )
