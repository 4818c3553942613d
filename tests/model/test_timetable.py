"""Lessons and their contents: what is always there, and the words for what became of them."""

from __future__ import annotations

from schoolsync.model import Lesson, LessonContent, LessonKind, LessonStatus, Subject
from tests.model.samples import always_set, not_said


def test_what_is_always_set() -> None:
    """A lesson has a beginning and an end; its content a beginning and a text."""
    assert always_set(Lesson) == {"start", "end"}
    assert always_set(LessonContent) == {"start", "description_text"}
    assert always_set(Subject) == {"name"}


def test_what_may_not_be_said() -> None:
    """Three answers: yes, no, and nobody said."""
    assert not_said(Lesson) == {
        *("subject", "status_text", "is_teacher_absent", "replaces_key", "replaced_by_key", "is_test"),
        *("is_exempted", "note", "own_note", "period_label", "colour"),
    }
    assert Lesson.model_fields["end_inferred"].default is False


def test_the_words() -> None:
    """The sets that programs may rely on, and what holds where nothing is said."""
    assert set(LessonKind) == {
        *("lesson", "activity", "break", "study", "detention", "outing", "exam", "other"),
    }
    assert set(LessonStatus) == {
        *(
            "scheduled",
            "cancelled",
            "moved",
            "room_changed",
            "teacher_changed",
            "online",
            "replaced",
            "unknown",
        ),
    }
    assert Lesson.model_fields["kind"].default is LessonKind.LESSON
    assert Lesson.model_fields["status"].default is LessonStatus.SCHEDULED
