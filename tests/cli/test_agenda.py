"""A household's agenda on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from schoolsync.cli.agenda import day_table, first_name, next_day, week_table, zone_notes
from schoolsync.cli.render import Look
from schoolsync.derive.agenda import AgendaDay, PupilRecords, agenda
from schoolsync.model import Announcement, HomeworkState, Lesson, LessonKind, LessonStatus, Pupil, Response
from tests.cli.test_render import shown
from tests.derive.test_agenda import ALEX, LONDON, LOUISON, PARIS, common, homework, lesson, pupil

MONDAY, WEDNESDAY, FRIDAY = (dt.date(2026, 3, day) for day in (9, 11, 13))


def week(*children: PupilRecords) -> Sequence[AgendaDay]:
    """Monday to Friday, in Paris."""
    return agenda(children, zone=PARIS, first=MONDAY, last=FRIDAY)


def lines(days: Sequence[AgendaDay], width: int = 80) -> list[str]:
    """The week on paper that is so wide."""
    return shown(week_table(days, Look(WEDNESDAY, width)), width).splitlines()


def cell(*rows: Lesson, **more: Any) -> list[str]:
    """What stands in Louison's column on the Monday, below the hours."""
    drawn = lines(week(PupilRecords(LOUISON, lessons=rows, **more)))
    start = next(number for number, line in enumerate(drawn) if line.startswith("Mon 9"))
    end = next(number for number, line in enumerate(drawn) if "┈" in line)
    return [line.strip() for line in drawn[start + 1 : end]]


def test_a_column_for_each_child() -> None:
    """Headed by name, platform and school; every day has a row, today is marked."""
    drawn = lines(week(PupilRecords(LOUISON), PupilRecords(ALEX)))
    assert drawn[0].split() == ["Louison", "on", "sandbox", "Alex", "on", "sandbox"]
    assert drawn[1].split() == ["Louison's", "school", "Alex's", "school"]
    assert [line[:6].strip() for line in drawn if line[:3] in {"Mon", "Tue", "Wed", "Thu", "Fri"}] == [
        *("Mon 9", "Tue 10", "Wed 11", "Thu 12", "Fri 13")
    ]
    assert drawn[drawn.index(next(line for line in drawn if line.startswith("Wed"))) + 1] == "today"
    assert sum(line.count("no lessons") for line in drawn) == 10


def test_platforms_write_themselves() -> None:
    """And other people's are called as they call themselves."""
    school = LOUISON.school.model_copy(update={"provider": "pronote"})
    own = LOUISON.model_copy(update={"school": school})
    assert "Louison  on PRONOTE" in lines(week(PupilRecords(own)))[0]


def test_hours_are_those_at_home() -> None:
    """From the first lesson to the last."""
    rows = [lesson(ALEX, "2026-03-09 08:40"), lesson(ALEX, "2026-03-09 14:00")]
    (line,) = [line for line in lines(week(PupilRecords(ALEX, lessons=rows))) if line.startswith("Mon")]
    assert line.split() == ["Mon", "9", "09:40–16:00", "2", "lessons"]
    one = lines(week(PupilRecords(ALEX, lessons=rows[:1])))
    assert any(line.endswith("1 lesson") for line in one)


def test_what_is_as_always_is_not_listed() -> None:
    """What is not, is: with its time, its name and what is new."""
    assert cell(lesson(LOUISON, "2026-03-09 08:00")) == []
    assert cell(
        lesson(LOUISON, "2026-03-09 08:00", "Art", status=LessonStatus.CANCELLED),
        lesson(LOUISON, "2026-03-09 09:00", "English", is_test=True),
        lesson(LOUISON, "2026-03-09 10:00", "Maths", status=LessonStatus.ROOM_CHANGED, rooms=("C1",)),
        lesson(LOUISON, "2026-03-09 11:00", kind=LessonKind.DETENTION, subject=None, groups=("Retenue",)),
        lesson(LOUISON, "2026-03-09 12:00", "Music", is_exempted=True),
    ) == [
        "08:00  Art  cancelled",
        "09:00  English  test",
        "10:00  Maths  another room C1",
        "11:00  Retenue  detention",
        "12:00  Music  exempt",
    ]


def test_homework_says_how_far_it_is() -> None:
    """What is to be done comes first; a tick or a word tells it without colour."""
    states = {
        "A": HomeworkState.DONE,
        "B": HomeworkState.TODO,
        "C": HomeworkState.LATE,
        "D": HomeworkState.UNKNOWN,
    }
    works = [
        homework(LOUISON, MONDAY, name).model_copy(update={"title": name, "state": state})
        for name, state in states.items()
    ]
    assert cell(homework=works) == ["due    B, C (late), A✓, D"]
    bare = homework(LOUISON, MONDAY)
    assert cell(homework=[bare]) == ["due    homework"]


@pytest.mark.parametrize(
    ("title", "response", "line"),
    [
        ("Closed", Response.NONE, "news   Closed"),
        ("Trip", Response.CONSENT, "news   Trip  your consent is asked"),
        (None, Response.NONE, "news   without a title"),
    ],
)
def test_news_say_what_is_wanted(title: str | None, response: Response, line: str) -> None:
    """Beside their title."""
    at = dt.datetime(2026, 3, 9, 9, tzinfo=PARIS)
    fields = {**common(LOUISON, "announcement-1"), "published_at": at, "body_text": ""}
    assert cell(announcements=[Announcement(title=title, response=response, **fields)]) == [line]


def test_children_stand_below_each_other_where_it_is_narrow() -> None:
    """Or where they are many."""
    three = [PupilRecords(pupil(name, PARIS)) for name in ("Kim", "Sasha", "Camille")]
    assert lines(week(*three[:2]))[0].split()[::3] == ["Kim", "Sasha"]
    assert [line.split()[-1] for line in lines(week(*three))[:6:2]] == ["Kim", "Sasha", "Camille"]
    assert lines(week(*three), 120)[0].count("on sandbox") == 3
    for width in (40, 60, 80, 120):
        assert max(map(len, lines(week(*three), width))) <= width


def test_nobody_has_an_empty_week() -> None:
    """Nobody has no column: the days alone."""
    assert [line for line in lines(week()) if line.startswith("Mon")] == ["Mon 9"]


# -- one day ----------------------------------------------------------------------


def test_the_next_day_is_the_first_that_is_not_over() -> None:
    """Today until the last lesson ends; then the next one with lessons; none at the end of the week."""
    rows = [lesson(LOUISON, f"2026-03-{day:02} 08:00") for day in (9, 12)]
    days = week(PupilRecords(LOUISON, lessons=rows), PupilRecords(ALEX))
    at = dt.datetime(2026, 3, 9, 8, 59, tzinfo=PARIS)
    assert next_day(days, at) is days[0]
    assert next_day(days, at.replace(hour=9, minute=0)) is days[3]
    assert next_day(days, at.replace(day=12, hour=10)) is None


def test_a_day_hour_by_hour() -> None:
    """Both children by time, what is due first; no breaks, no news, no room for a cancelled lesson."""
    at = dt.datetime(2026, 3, 9, 9, tzinfo=PARIS)
    one = PupilRecords(
        LOUISON,
        lessons=[
            lesson(LOUISON, "2026-03-09 09:30", rooms=("B1", "B2")),
            lesson(LOUISON, "2026-03-09 11:00", "Maths", rooms=("B3",), status=LessonStatus.CANCELLED),
            lesson(LOUISON, "2026-03-09 10:30", kind=LessonKind.BREAK),
        ],
        homework=[homework(LOUISON, MONDAY)],
        announcements=[Announcement(**common(LOUISON, "news-1"), body_text="", published_at=at)],
    )
    two = PupilRecords(ALEX, lessons=[lesson(ALEX, "2026-03-09 08:00", "PE")])
    drawn = shown(day_table(week(one, two)[0])).splitlines()[2:]
    assert [line.split() for line in drawn] == [
        ["due", "Louison", "homework"],
        ["09:00–10:00", "Alex", "PE"],
        ["09:30–10:30", "Louison", "Art", "B1,", "B2"],
        ["11:00–12:00", "Louison", "Maths", "cancelled"],
    ]


# -- names and zones --------------------------------------------------------------


def test_what_the_family_calls_a_child() -> None:
    """The given name, where it is told apart."""
    assert first_name(LOUISON.model_copy(update={"first_name": "Loulou"})) == "Loulou"
    assert first_name(LOUISON) == "Louison"


def _note(whose: Pupil, zone: dt.tzinfo, first: dt.date, last: dt.date) -> list[str]:
    notes = zone_notes(agenda([PupilRecords(whose)], zone=zone, first=first, last=last), zone)
    return [note.plain for note in notes.values()]


def test_clocks_that_differ_are_told() -> None:
    """Earlier or later; where they are the same, nothing is said, whatever the zone is called."""
    assert _note(ALEX, PARIS, MONDAY, FRIDAY) == ["at Alex’s school, in Europe/London, it is 1 h earlier"]
    assert _note(LOUISON, LONDON, MONDAY, FRIDAY) == ["at Louison’s school, in Europe/Paris, it is 1 h later"]
    assert _note(LOUISON, ZoneInfo("Europe/Berlin"), MONDAY, FRIDAY) == []
    assert dict(zone_notes((), PARIS)) == {}


def test_a_week_in_which_only_one_side_changes_its_clocks() -> None:
    """Both differences are told."""
    kim = pupil("Kim", ZoneInfo("America/New_York"))
    assert _note(kim, PARIS, dt.date(2026, 3, 27), dt.date(2026, 3, 30)) == [
        "at Kim’s school, in America/New_York, it is 6 h earlier or 5 h earlier"
    ]
    tunis = pupil("Kim", ZoneInfo("Africa/Tunis"))
    assert _note(tunis, PARIS, dt.date(2026, 3, 27), dt.date(2026, 3, 30)) == [
        "at Kim’s school, in Africa/Tunis, it is 1 h earlier or the same time"
    ]
