"""Lessons out of hand-written rows."""

from __future__ import annotations

from typing import Any

import pytest

from schoolsync.model import Lesson
from schoolsync.providers.classcharts.mapping.timetable import to_lessons
from schoolsync.providers.classcharts.schema.timetable import LessonRow, TimetableMeta
from tests.providers.classcharts.wire import LONDON, context, listing, pupil

SCIENCE: dict[str, Any] = {
    "teacher_name": "Ms D O&#039;Sample",
    "teacher_id": "40211",
    "lesson_id": 9001234,
    "lesson_name": "9X/Sc1",
    "subject_name": "Science &amp; Technology",
    "is_alternative_lesson": False,
    "is_break": False,
    "period_name": "1Mon:2",
    "period_number": "2",
    "room_name": "S4",
    "date": "2026-06-08",
    "start_time": "2026-06-08T09:50:00+01:00",
    "end_time": "2026-06-08T10:50:00+01:00",
    "key": 55120987,
    "note_abstract": "Bring",
    "note": "<p>Bring goggles</p>",
    "pupil_note_abstract": "",
    "pupil_note": "<b>my goggles</b>",
    "pupil_note_raw": "my goggles",
}
BREAK: dict[str, Any] = {
    "is_break": True,
    "start_time": "2026-06-08T10:50:00+01:00",
    "end_time": "2026-06-08T11:10:00+01:00",
    "teacher_name": "",
    "subject_name": "",
    "lesson_name": None,
    "period_number": "Break",
    "room_name": "",
}


def lessons(*rows: dict[str, Any], **given: Any) -> list[Lesson]:
    """What *rows* become."""
    return to_lessons(context(**given), listing(LessonRow, TimetableMeta, rows))


def test_every_field_of_a_lesson() -> None:
    """As model.md fixes it."""
    (lesson,) = lessons(SCIENCE)
    assert (lesson.provider, lesson.pupil_key, lesson.identity) == ("classcharts", pupil().key, "derived")
    assert lesson.provider_id == "9001234"
    assert (lesson.start.isoformat(), lesson.end.isoformat()) == (
        "2026-06-08T09:50:00+01:00",
        "2026-06-08T10:50:00+01:00",
    )
    assert lesson.start.tzinfo is LONDON
    assert lesson.end_inferred is False
    assert lesson.subject is not None
    assert lesson.subject.name == "Science & Technology"
    assert (lesson.teachers, lesson.rooms, lesson.groups) == (("Ms D O'Sample",), ("S4",), ("9X/Sc1",))
    assert (lesson.kind, lesson.status, lesson.status_text) == ("lesson", "scheduled", None)
    assert (lesson.note, lesson.own_note, lesson.period_label) == ("Bring goggles", "my goggles", "2")
    assert (lesson.is_teacher_absent, lesson.replaces_key, lesson.is_test, lesson.is_exempted) == (None,) * 4
    assert (lesson.online_urls, lesson.colour) == ((), None)
    assert dict(lesson.extras) == {
        "classcharts.key": "55120987",
        "classcharts.period_name": "1Mon:2",
        "classcharts.teacher_id": "40211",
    }


def test_a_break_has_nobody_and_nothing() -> None:
    """Empty texts are none."""
    (pause,) = lessons(BREAK)
    assert (pause.kind, pause.subject, pause.teachers, pause.rooms, pause.groups) == (
        "break",
        None,
        (),
        (),
        (),
    )
    assert (pause.note, pause.own_note, pause.provider_id, pause.period_label) == (None, None, None, "Break")


def test_an_alternative_lesson_is_a_replaced_one() -> None:
    """The server says no more of it."""
    assert lessons(SCIENCE | {"is_alternative_lesson": True})[0].status == "replaced"


def test_an_abstract_is_better_than_no_note() -> None:
    """Some servers leave the whole one empty."""
    (lesson,) = lessons(SCIENCE | {"note": "", "pupil_note": None, "pupil_note_abstract": "mine"})
    assert (lesson.note, lesson.own_note) == ("Bring", "mine")


def test_lessons_are_in_order_of_their_start() -> None:
    """Whatever the server's order."""
    assert [one.kind for one in lessons(BREAK, SCIENCE)] == ["lesson", "break"]


def test_a_time_without_offset_is_local() -> None:
    """And one in UTC is brought home."""
    naive, utc = (
        lessons(SCIENCE | {"start_time": start, "end_time": "2026-06-08T10:50:00+01:00"})[0]
        for start in ("2026-06-08T09:50:00", "2026-06-08T08:50:00Z")
    )
    assert naive.start == utc.start
    assert naive.start.isoformat() == "2026-06-08T09:50:00+01:00"


def test_parallel_lessons_have_keys_of_their_own_in_any_order() -> None:
    """The server's `key` may repeat; ours may not, and does not depend on its order."""
    choir = SCIENCE | {"lesson_name": "Choir", "subject_name": "Music"}
    one, two = lessons(SCIENCE, choir), lessons(choir, SCIENCE)
    assert len({lesson.key for lesson in one}) == 2
    assert {lesson.key: lesson.groups for lesson in one} == {lesson.key: lesson.groups for lesson in two}


@pytest.mark.parametrize(
    "change",
    [{"subject_name": "Maths"}, {"teacher_name": None}, {"room_name": "X"}, {"is_alternative_lesson": True}],
)
def test_a_corrected_lesson_keeps_its_key(change: dict[str, Any]) -> None:
    """Only the slot makes it."""
    assert lessons(SCIENCE)[0].key == lessons(SCIENCE | change)[0].key


def test_a_lesson_without_a_time_is_lost_alone() -> None:
    """And a time beyond the calendar too."""
    frame = context()
    rows = [SCIENCE | {"start_time": None}, SCIENCE | {"start_time": "0001-01-01T00:00:00+14:00"}, BREAK]
    kept = to_lessons(frame, listing(LessonRow, TimetableMeta, rows))
    assert [one.kind for one in kept] == ["break"]
    assert [one.path for one in frame.issues] == ["data.0.start_time", "data.1"]


def test_raw_is_kept_when_asked_for() -> None:
    """Exactly as it was sent."""
    assert lessons(SCIENCE)[0].raw == SCIENCE
