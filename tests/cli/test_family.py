"""A family's school week on paper."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence

import attrs
import pytest

from schoolsync.cli.demo import MOST_LINES, wanted
from schoolsync.cli.family import week_pages
from schoolsync.cli.household import HOME, PROVIDERS, read_household
from schoolsync.cli.progress import Steps
from schoolsync.cli.reading import Answer, Group
from schoolsync.cli.render import Look
from schoolsync.errors import Availability
from schoolsync.model import BehaviourEvent, Homework, Lesson, Pupil, School
from tests.cli.terminal import AFTER_SCHOOL
from tests.cli.test_render import shown

TODAY = dt.date(2026, 3, 11)
NOW = dt.datetime(2026, 3, 11, 18, tzinfo=HOME)


@pytest.fixture(scope="module")
def groups() -> list[Group]:
    """What a parent of two reads, of Louison and of Alex."""
    return read_household(AFTER_SCHOOL, tuple(PROVIDERS), wanted(TODAY), Steps())


def drawn(groups: Sequence[Group], width: int = 100, now: dt.datetime = NOW) -> str:
    """On paper that is so wide."""
    look = Look(now.date(), width, is_brief=True, most=MOST_LINES)
    return "\n".join(shown(page, width) for page in week_pages(groups, look, now))


def page(text: str, name: str) -> str:
    """What stands below the heading of one child."""
    return text.partition(f"\n{name}  ")[2].partition("\n\nAlex Example  ")[0]


@pytest.mark.parametrize("width", [80, 100, 120, 140, 200])
def test_everything_is_there_whole(groups: list[Group], width: int) -> None:
    """An agenda and a page for each child; no name is broken but after a hyphen, no line is too long."""
    text = drawn(groups, width)
    for title in ("Mon 9", "Homework", "From the school", "Attendance", "Marks", "Behaviour"):
        assert text.count(title) >= 2
    names = {
        row.subject.name
        for group in groups
        for answer in group.answers[:2]
        for row in answer.rows
        if isinstance(row, Lesson | Homework) and row.subject
    }
    assert len(names) > 10
    words = set(text.split())
    assert {word for name in names for word in name.replace("-", "- ").split()} <= {
        part for word in words for part in word.replace("-", "- ").replace("✓", "").replace(",", "").split()
    }
    assert max(map(len, text.splitlines())) <= width


def test_sections_stand_side_by_side_where_there_is_room(groups: list[Group]) -> None:
    """Else one below the other."""
    assert any("Homework" in line and "From the school" in line for line in drawn(groups, 140).splitlines())
    assert not any(
        "Homework" in line and "From the school" in line for line in drawn(groups, 100).splitlines()
    )


def test_the_title_names_the_days(groups: list[Group]) -> None:
    """With both months where the week has two, and the coming week on a Saturday."""
    assert "Monday 9 to Friday 13 March 2026" in drawn(groups)
    april, saturday = NOW.replace(month=4, day=1), NOW.replace(day=14)
    assert "Monday 30 March to Friday 3 April 2026" in drawn(groups, now=april)
    assert "Monday 16 to Friday 20 March 2026" in drawn(groups, now=saturday)


def test_both_children_are_in_one_agenda(groups: list[Group]) -> None:
    """Side by side by day, at home's time; and hour by hour on the day that comes."""
    text = drawn(groups).partition("\nEXAMPLE Louison  ")[0]
    monday = next(line for line in text.splitlines() if line.startswith("Mon 9"))
    assert monday.split() == ["Mon", "9", "08:55–15:20", "6", "lessons", "09:40–16:00", "6", "lessons"]
    assert "Thursday 12 March, hour by hour" in text
    rows = [line.split() for line in text.partition("hour by hour")[2].splitlines() if "–" in line[:11]]
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    assert {row[1] for row in rows} == {"Louison", "Alex"}
    assert ["09:40–10:00", "Alex", "Tutor", "time", "S4"] in rows


def test_zones_are_told_where_they_differ(groups: list[Group]) -> None:
    """Once above the agenda, and on the page of that child, which shows the school's own times."""
    text = drawn(groups)
    assert "Times in Europe/Paris; at Alex’s school, in Europe/London, it is 1 h earlier." in text
    assert "Northfield Example Academy  times of Europe/London ─" in text
    assert "COLLEGE EXEMPLE ─" in text
    assert "\n08:40  Tutor time" in text
    near = [attrs.evolve(group, pupil=_moved(group)) for group in groups]
    assert "Europe/" not in drawn(near)


def _moved(group: Group) -> Pupil:
    school = School(name="School", timezone="Europe/Paris", provider=group.pupil.school.provider)
    return group.pupil.model_copy(update={"school": school})


def test_the_summary_counts(groups: list[Group]) -> None:
    """One line for each child, true to what is below it; of what the platform has."""
    lines = [line for line in drawn(groups).splitlines() if " to do  · " in line]
    assert lines == [
        "8 to do  ·  absent on 3 days, late on 1 day  ·  2 remarks",
        "2 to do  ·  absent on 3 days, late on 2 days  ·  2 badges  ·  +11 -6 points",
    ]


def test_what_a_platform_does_not_have_is_not_mentioned(groups: list[Group]) -> None:
    """PRONOTE has no badges; what a school switched off is another thing."""
    text = drawn(groups)
    assert "Badges" not in page(text, "EXAMPLE Louison")
    assert "Badges, last month" in text
    assert "This platform has no such thing." not in text
    answers = [
        attrs.evolve(answer, unavailable=answer.unavailable and Availability.OFF_AT_SCHOOL)
        for answer in groups[0].answers
    ]
    off = drawn([Group(groups[0].pupil, answers)])
    assert "Badges, last month\nThe school has switched this off." in off


def test_a_quiet_week(groups: list[Group]) -> None:
    """Nothing to do, nothing missed, nothing won: said in words, and no section is left empty."""
    quiet = Group(groups[1].pupil, [Answer(answer.reading) for answer in groups[1].answers])
    text = drawn([quiet])
    assert "all homework done  ·  always there and on time  ·  no badges  ·  nothing noted" in text
    for words in ("No lessons.", "No homework.", "Always there, and on time.", "No marks.", "No badges yet."):
        assert words in text
    assert text.count("no lessons") == 5
    assert "hour by hour" not in text


def test_a_section_is_short(groups: list[Group]) -> None:
    """And says how much it leaves out; the timetable is whole."""
    behaviour = groups[1].answers[-1]
    assert all(isinstance(row, BehaviourEvent) for row in behaviour.rows)
    alex = drawn(groups[1:]).partition("\nAlex Example  ")[2]
    assert f"and {len(behaviour.rows) - MOST_LINES} more" in alex
    rows = [row for row in groups[1].answers[0].rows if isinstance(row, Lesson) and row.kind == "lesson"]
    assert {f"{row.start:%H:%M}" for row in rows} == {
        line[:5] for line in alex.splitlines() if line[:2].isdigit()
    }


def test_the_last_lines_say_where_to_go(groups: list[Group], monkeypatch: pytest.MonkeyPatch) -> None:
    """To one's own account, and to the sandbox."""
    monkeypatch.setattr(sys, "argv", ["schoolsync"])
    text = drawn(groups, 140)
    own = "schoolsync lessons --provider pronote --url URL --username YOU --password-env VARIABLE"
    assert own in text
    assert "schoolsync lessons --email YOU --password-env VARIABLE" in text
    assert "schoolsync sandbox serve" in text
