"""One agenda of several children, schools and zones."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from schoolsync.derive.agenda import AgendaDay, Entry, PupilRecords, agenda, is_attended, is_changed, is_test
from schoolsync.model import (
    Announcement,
    Homework,
    HomeworkState,
    Identity,
    Lesson,
    LessonKind,
    LessonStatus,
    Pupil,
    School,
    Subject,
)

PARIS, LONDON = ZoneInfo("Europe/Paris"), ZoneInfo("Europe/London")
NOUMEA, NEW_YORK = ZoneInfo("Pacific/Noumea"), ZoneInfo("America/New_York")
MONDAY = dt.date(2026, 3, 9)


def pupil(name: str, zone: ZoneInfo) -> Pupil:
    """A child at a school of *zone*."""
    school = School(name=f"{name}'s school", timezone=zone.key, provider="sandbox")
    return Pupil(key=f"pupil-{name}", name=name, school=school)


LOUISON, ALEX = pupil("Louison", PARIS), pupil("Alex", LONDON)


def common(whose: Pupil, key: str) -> dict[str, Any]:
    """Fields of any record."""
    return {"key": key, "provider": "sandbox", "pupil_key": whose.key, "identity": Identity.DERIVED}


def lesson(whose: Pupil, when: str, name: str = "Art", *, minutes: int = 60, **fields: Any) -> Lesson:
    """A lesson that begins *when*, as a clock at the school shows it."""
    start = dt.datetime.fromisoformat(when).replace(tzinfo=whose.school.zone)
    end = (start.astimezone(dt.UTC) + dt.timedelta(minutes=minutes)).astimezone(whose.school.zone)
    said = {"subject": Subject(name=name), "start": start, "end": end, **fields}
    return Lesson(**common(whose, f"lesson-{name}-{when}"), **said)


def homework(whose: Pupil, due: dt.date, key: str = "homework-1") -> Homework:
    """Something to do until *due*."""
    return Homework(**common(whose, key), due=due, description_text="", state=HomeworkState.TODO)


def names(day: AgendaDay) -> list[str]:
    """Of whom each entry is, with the time at home."""
    return [f"{one.pupil.name} {one.start:%H:%M}" if one.start else one.pupil.name for one in day.entries]


def test_two_zones_in_one_order() -> None:
    """By instant, not by what the clocks at the schools show; the same instant in the children's order."""
    both = [
        PupilRecords(
            LOUISON, lessons=[lesson(LOUISON, "2026-03-09 09:30"), lesson(LOUISON, "2026-03-09 09:00")]
        ),
        PupilRecords(ALEX, lessons=[lesson(ALEX, "2026-03-09 08:15"), lesson(ALEX, "2026-03-09 08:00")]),
    ]
    (day,) = agenda(both, zone=PARIS)
    assert names(day) == ["Louison 09:00", "Alex 09:00", "Alex 09:15", "Louison 09:30"]
    assert names(agenda(reversed(both), zone=PARIS)[0])[:2] == ["Alex 09:00", "Louison 09:00"]
    (there,) = agenda(both, zone=LONDON)
    assert names(there) == ["Louison 08:00", "Alex 08:00", "Alex 08:15", "Louison 08:30"]
    assert there.entries[0].start == day.entries[0].start
    assert there.entries[0].record is day.entries[0].record


def test_an_entry_says_when_it_ends() -> None:
    """At home's time too."""
    (day,) = agenda([PupilRecords(ALEX, lessons=[lesson(ALEX, "2026-03-09 08:00")])], zone=PARIS)
    (entry,) = day.entries
    assert entry.start
    assert entry.end
    assert (entry.end.hour, entry.end.tzinfo) == (10, PARIS)
    assert (entry.day, day.day) == (MONDAY, MONDAY)


def test_the_hour_that_comes_twice() -> None:
    """When summer ends, 02:30 comes twice: the first one is the earlier, and a lesson is as long as it is."""
    fields = [("2026-10-25 02:30", 1), ("2026-10-25 02:10", 1), ("2026-10-25 02:45", 0)]
    rows = [
        lesson(LOUISON, when, str(number)).model_copy(
            update={"start": dt.datetime.fromisoformat(when).replace(tzinfo=PARIS, fold=fold)}
        )
        for number, (when, fold) in enumerate(fields)
    ]
    rows = [
        row.model_copy(
            update={"end": (row.start.astimezone(dt.UTC) + dt.timedelta(minutes=10)).astimezone(PARIS)}
        )
        for row in rows
    ]
    (day,) = agenda([PupilRecords(LOUISON, lessons=rows)], zone=PARIS)
    assert [(one.start.hour, one.start.minute, one.start.fold) for one in day.entries if one.start] == [
        (2, 45, 0),
        (2, 10, 1),
        (2, 30, 1),
    ]
    (summary,) = day.pupils
    assert summary.starts == day.entries[0].start
    assert summary.ends
    assert (summary.ends.hour, summary.ends.minute, summary.ends.fold) == (2, 40, 1)


def test_the_hour_that_is_missing() -> None:
    """When summer begins, 01:30 and 02:30 UTC are at home before and after the gap."""
    whose = pupil("Kim", ZoneInfo("UTC"))
    rows = [lesson(whose, "2026-03-29 00:30"), lesson(whose, "2026-03-29 01:30")]
    (day,) = agenda([PupilRecords(whose, lessons=rows)], zone=PARIS)
    assert names(day) == ["Kim 01:30", "Kim 03:30"]


@pytest.mark.parametrize(("day", "hour"), [("2026-03-06", 14), ("2026-03-09", 13), ("2026-03-30", 14)])
def test_zones_that_change_on_different_days(day: str, hour: int) -> None:
    """For three weeks in March, New York is an hour nearer to Paris than else."""
    whose = pupil("Kim", NEW_YORK)
    (there,) = agenda([PupilRecords(whose, lessons=[lesson(whose, f"{day} 08:00")])], zone=PARIS)
    assert there.entries[0].start
    assert there.entries[0].start.hour == hour


def test_lessons_around_midnight() -> None:
    """They stand on the day at home on which they begin, whatever day it is at school."""
    kim = pupil("Kim", NOUMEA)
    rows = [lesson(kim, "2026-03-09 07:30"), lesson(kim, "2026-03-09 09:30"), lesson(kim, "2026-03-09 10:00")]
    days = agenda([PupilRecords(kim, lessons=rows)], zone=PARIS)
    assert [(one.day.day, names(one)) for one in days] == [
        (8, ["Kim 21:30", "Kim 23:30"]),
        (9, ["Kim 00:00"]),
    ]
    assert [one.pupils[0].lessons for one in days] == [2, 1]
    assert days[0].pupils[0].ends == dt.datetime(2026, 3, 9, 0, 30, tzinfo=PARIS)


def test_a_bare_day_keeps_its_name() -> None:
    """Homework due on a Monday in Nouméa is due on a Monday; it comes before what has a time."""
    kim = pupil("Kim", NOUMEA)
    timed = homework(kim, dt.datetime(2026, 3, 10, 8, tzinfo=NOUMEA), "homework-2")
    one = PupilRecords(
        kim, lessons=[lesson(kim, "2026-03-09 12:00")], homework=[timed, homework(kim, MONDAY)]
    )
    (day,) = agenda([one], zone=PARIS)
    assert [(entry.start and f"{entry.start:%H:%M}", type(entry.record)) for entry in day.entries] == [
        (None, Homework),
        ("02:00", Lesson),
        ("22:00", Homework),
    ]
    assert day.day == MONDAY
    assert [work.key for work in day.pupils[0].homework] == ["homework-1", "homework-2"]


def test_news_stands_where_it_was_published() -> None:
    """And in the day's summary."""
    at = dt.datetime(2026, 3, 9, 23, 30, tzinfo=LONDON)
    news = Announcement(**common(ALEX, "announcement-1"), body_text="", published_at=at)
    (day,) = agenda([PupilRecords(ALEX, announcements=[news])], zone=PARIS)
    assert day.day == dt.date(2026, 3, 10)
    assert day.pupils[0].announcements == (news,)
    assert day.pupils[0].lessons == 0


def test_breaks_are_left_out_and_cancelled_lessons_stay() -> None:
    """Marked; the summary counts neither."""
    rows = [
        lesson(LOUISON, "2026-03-09 08:00", "Art", status=LessonStatus.CANCELLED),
        lesson(LOUISON, "2026-03-09 09:00", "English", is_test=True, status=LessonStatus.ROOM_CHANGED),
        lesson(LOUISON, "2026-03-09 10:00", kind=LessonKind.BREAK, subject=None),
        lesson(LOUISON, "2026-03-09 10:15", "History"),
        lesson(LOUISON, "2026-03-09 11:15", "Music", is_exempted=True),
        lesson(LOUISON, "2026-03-09 12:15", "Test", is_test=True, status=LessonStatus.CANCELLED),
    ]
    (day,) = agenda([PupilRecords(LOUISON, lessons=rows)], zone=PARIS)
    (summary,) = day.pupils
    assert [entry.is_cancelled for entry in day.entries] == [True, False, False, False, True]
    assert summary.starts == rows[1].start
    assert summary.ends == rows[3].end
    assert summary.lessons == 2
    assert _names(summary.changes) == ["Art", "English", "Music", "Test"]
    assert _names(summary.tests) == ["English"]


def _names(entries: tuple[Entry, ...]) -> list[str]:
    return [
        one.record.subject.name for one in entries if isinstance(one.record, Lesson) and one.record.subject
    ]


def test_the_day_ends_with_what_ends_last() -> None:
    """Which need not be what begins last."""
    rows = [lesson(LOUISON, "2026-03-09 08:00", minutes=180), lesson(LOUISON, "2026-03-09 09:00", "Choir")]
    assert agenda([PupilRecords(LOUISON, lessons=rows)], zone=PARIS)[0].pupils[0].ends == rows[0].end


def test_no_lessons() -> None:
    """Days that are asked for are there, and say that nothing is on; nobody has no days."""
    assert agenda([], zone=PARIS) == ()
    assert agenda([PupilRecords(LOUISON)], zone=PARIS, first=MONDAY) == ()
    week = agenda(
        [PupilRecords(LOUISON), PupilRecords(ALEX)], zone=PARIS, first=MONDAY, last=dt.date(2026, 3, 13)
    )
    assert [day.day.day for day in week] == [9, 10, 11, 12, 13]
    for day in week:
        assert day.entries == ()
        assert [one.pupil for one in day.pupils] == [LOUISON, ALEX]
        assert {(one.starts, one.ends, one.lessons) for one in day.pupils} == {(None, None, 0)}


def test_only_the_days_asked_for() -> None:
    """Of home: what begins before the first or after the last is left out; an open side is an entry's."""
    rows = [lesson(LOUISON, f"2026-03-{day:02} 08:00") for day in (8, 9, 11)]
    one = [PupilRecords(LOUISON, lessons=rows)]
    assert [len(day.entries) for day in agenda(one, zone=PARIS, first=MONDAY)] == [1, 0, 1]
    assert [len(day.entries) for day in agenda(one, zone=PARIS, last=MONDAY)] == [1, 1]


@pytest.mark.parametrize(
    ("fields", "attended", "changed"),
    [
        ({}, True, False),
        ({"status": LessonStatus.UNKNOWN}, True, True),
        ({"status": LessonStatus.CANCELLED}, False, True),
        ({"is_exempted": True}, False, True),
        ({"is_exempted": False}, True, False),
        ({"is_exempted": True, "status": LessonStatus.ONLINE}, True, True),
        ({"replaced_by_key": "lesson-2"}, False, False),
        ({"kind": LessonKind.BREAK}, False, False),
        ({"kind": LessonKind.DETENTION}, True, False),
    ],
)
def test_what_a_pupil_attends(fields: dict[str, Any], attended: bool, changed: bool) -> None:
    """And what is news."""
    row = lesson(LOUISON, "2026-03-09 08:00", **fields)
    assert (is_attended(row), is_changed(row)) == (attended, changed)


def test_what_is_a_test() -> None:
    """An announced one, or an exam."""
    when = "2026-03-09 08:00"
    assert is_test(lesson(LOUISON, when, is_test=True))
    assert is_test(lesson(LOUISON, when, kind=LessonKind.EXAM))
    assert not is_test(lesson(LOUISON, when, is_test=False))
    assert not is_test(lesson(LOUISON, when))
