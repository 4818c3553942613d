"""A family's school week on paper."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence

import pytest

from schoolsync import connect
from schoolsync.cli.demo import MOST_LINES, wanted
from schoolsync.cli.family import week_pages
from schoolsync.cli.progress import Steps
from schoolsync.cli.reading import Answer, Group, gather
from schoolsync.cli.render import Look
from schoolsync.cli.sandbox import invented_server
from schoolsync.cli.stage import Stage
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.mount import Mount
from tests.cli.terminal import AFTER_SCHOOL, PASSWORD
from tests.cli.test_render import shown

TODAY = dt.date(2026, 3, 11)


@pytest.fixture(scope="module")
def groups() -> list[Group]:
    """What a parent of two can read."""
    server = invented_server(HandClock(AFTER_SCHOOL))
    options = Stage(server.clock, Mount({"www.classcharts.com": server})).options()
    with connect("classcharts", email="robin@example.test", password=PASSWORD, **options) as family:
        return gather(family, family.pupils, wanted(TODAY), Steps())


def drawn(groups: Sequence[Group], width: int = 100, today: dt.date = TODAY) -> str:
    """On paper that is so wide."""
    look = Look(today, width, is_brief=True, most=MOST_LINES)
    return "\n".join(shown(page, width) for page in week_pages(groups, look))


@pytest.mark.parametrize("width", [80, 100, 120, 140, 200])
def test_everything_is_there_whole(groups: list[Group], width: int) -> None:
    """Six sections for each child; no word of a name is broken, no line is too long."""
    text = drawn(groups, width)
    for title in ("Mon 9", "Homework", "From the school", "Attendance", "Badges", "Behaviour"):
        assert text.count(title) >= 2
    names = [
        row.to_dict()["subject"]["name"]  # type: ignore[index, call-overload]
        for group in groups
        for answer in group.answers[:2]
        for row in answer.rows
        if row.to_dict()["subject"]
    ]
    assert len(set(names)) > 5
    assert {word for name in names for word in str(name).split()} <= set(text.split())
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
    assert "Monday 30 March to Friday 3 April 2026" in drawn(groups, today=dt.date(2026, 4, 1))
    assert "Monday 16 to Friday 20 March 2026" in drawn(groups, today=dt.date(2026, 3, 14))


def test_the_summary_counts(groups: list[Group]) -> None:
    """One line for each child, true to what is below it."""
    lines = [line for line in drawn(groups).splitlines() if " · " in line and "points" in line]
    assert lines == [
        "2 to do  ·  absent on 3 days, late on 2 days  ·  2 badges  ·  +11 -6 points",
        "3 to do  ·  absent on 3 days, late on 2 days  ·  3 badges  ·  +9 -6 points",
    ]


def test_a_quiet_week(groups: list[Group]) -> None:
    """Nothing to do, nothing missed, nothing won: said in words, and no section is left empty."""
    quiet = Group(groups[0].pupil, [Answer(answer.reading) for answer in groups[0].answers])
    text = drawn([quiet])
    assert "all homework done  ·  always there and on time  ·  no badges  ·  no points" in text
    for words in ("No lessons.", "No homework.", "Always there, and on time.", "No badges yet."):
        assert words in text


def test_a_section_is_short(groups: list[Group]) -> None:
    """And says how much it leaves out; the timetable is whole."""
    behaviour = groups[0].answers[-1]
    assert f"and {len(behaviour.rows) - MOST_LINES} more" in drawn(groups[:1])
    rows = [row.to_dict() for row in groups[0].answers[0].rows]
    starts = {str(row["start"])[11:16] for row in rows if row["kind"] == "lesson"}
    assert starts == {line[:5] for line in drawn(groups[:1]).splitlines() if line[:2].isdigit()}


def test_the_last_lines_say_where_to_go(groups: list[Group], monkeypatch: pytest.MonkeyPatch) -> None:
    """To one's own account, and to the sandbox."""
    monkeypatch.setattr(sys, "argv", ["schoolsync"])
    text = drawn(groups)
    assert "schoolsync lessons --email YOU --password-env VARIABLE" in text
    assert "schoolsync sandbox serve" in text
