"""The story: what happens, and what each event changes."""

from __future__ import annotations

import datetime as dt

import attrs

from schoolsync.model import HomeworkState, LessonStatus
from schoolsync.sandbox.school import SandboxSchool, make_school
from schoolsync.sandbox.staff import COVER
from schoolsync.sandbox.story import (
    Announced,
    BadgeAwarded,
    HomeworkGiven,
    HomeworkLate,
    LessonCancelled,
    LessonCovered,
    PointGiven,
)

MONDAY, TUESDAY = dt.date(2026, 3, 9), dt.date(2026, 3, 10)
AT = dt.datetime(2026, 3, 9, 11, tzinfo=dt.UTC)


def test_events_until_now_are_told_in_order(school: SandboxSchool) -> None:
    """The very moment counts; nothing that is still to come does; asking changes nothing."""
    story = school.story
    assert [event.at for event in story.events] == sorted(event.at for event in story.events)
    third = story.events[2].at
    assert story.events_until(third) == story.events[:3]
    assert story.events_until(third - dt.timedelta(seconds=1)) == story.events[:2]
    assert story.events_until(dt.datetime(2020, 1, 1, tzinfo=dt.UTC)) == ()
    assert story.events_until(third) == story.events[:3]


def test_the_story_has_the_day_of_a_school(school: SandboxSchool) -> None:
    """Cancelled, covered, late, badge, news, points and homework, for two children."""
    kinds = {type(event) for event in school.story.events}
    assert kinds == {
        *(LessonCancelled, LessonCovered, HomeworkLate, HomeworkGiven, BadgeAwarded, Announced, PointGiven),
    }
    assert {event.pupil_id for event in school.story.events} == {"5000001", "5000002"}


def test_a_story_can_be_told_from_any_day() -> None:
    """On a Sunday in summer as well."""
    school = make_school(today=dt.date(2026, 7, 19))
    school.catch_up(dt.datetime(2026, 7, 22, tzinfo=dt.UTC))
    assert school.announcements(5000001)[0].title == "Early end"


def test_a_cancelled_lesson_disappears(school: SandboxSchool) -> None:
    """One row less, the others untouched."""
    desk = school.desk(5000001)
    before = desk.lessons(TUESDAY)
    LessonCancelled(at=AT, pupil_id="5000001", day=TUESDAY, label="5").happen(desk)
    assert desk.lessons(TUESDAY) == tuple(one for one in before if one.period_label != "5")
    assert len(desk.lessons(TUESDAY)) == len(before) - 1


def test_a_covered_lesson_has_another_teacher(school: SandboxSchool) -> None:
    """And says that it is another lesson."""
    desk = school.desk(5000001)
    LessonCovered(at=AT, pupil_id="5000001", day=MONDAY, label="3").happen(desk)
    (changed,) = [one for one in desk.lessons(MONDAY) if one.status is LessonStatus.REPLACED]
    assert (changed.period_label, changed.teachers) == ("3", (COVER.name,))


def test_homework_becomes_late(school: SandboxSchool) -> None:
    """That one, and no other."""
    desk = school.desk(5000001)
    states = {one.provider_id: one.state for one in school.homeworks(5000001)}
    HomeworkLate(at=AT, pupil_id="5000001", homework_id="7600124").happen(desk)
    after = {one.provider_id: one.state for one in school.homeworks(5000001)}
    assert after == {**states, "7600124": HomeworkState.LATE}
    assert states["7600124"] is HomeworkState.TODO


def test_homework_is_given(school: SandboxSchool) -> None:
    """On the day of the event."""
    due = dt.date(2026, 3, 12)
    HomeworkGiven(at=AT, pupil_id="5000002", number=9, title="Stone", due=due).happen(school.desk(5000002))
    (new,) = [one for one in school.homeworks(5000002) if one.provider_id == "9"]
    assert (new.assigned_on, new.due, new.state) == (MONDAY, due, HomeworkState.TODO)


def test_a_badge_is_awarded(school: SandboxSchool) -> None:
    """A third award of a known badge makes three of it."""
    BadgeAwarded(at=AT, pupil_id="5000001", badge_id=3301, name="Star reader", reason="Again").happen(
        school.desk(5000001)
    )
    times = [badge.times for badge in school.badges(5000001) if badge.provider_id == "3301"]
    assert times == [3, 3, 3]
    assert school.badges(5000001)[0].awarded_at == AT


def test_something_is_announced(school: SandboxSchool) -> None:
    """Unread, and on top."""
    Announced(at=AT, pupil_id="5000001", number=1, title="News", text="Text").happen(school.desk(5000001))
    newest = school.announcements(5000001)[0]
    assert (newest.title, newest.body_text, newest.is_read) == ("News", "Text", False)


def test_a_point_counts(school: SandboxSchool) -> None:
    """In the activity, and in the balance."""
    desk = school.desk(5000001)
    before = desk.balance
    PointGiven(at=AT, pupil_id="5000001", number=1, reason="Guess", points=2).happen(desk)
    assert desk.balance == before + 2
    assert school.behaviour_events(5000001)[0].reason == "Guess"


def test_events_are_values() -> None:
    """Equal facts make equal events, and an event cannot be changed."""
    one, same = (PointGiven(at=AT, pupil_id="1", number=1, reason="Guess") for _ in range(2))
    assert one == same
    assert attrs.evolve(one, points=3) != one
