"""What the API tells."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

from schoolsync.sandbox.classcharts import ClassChartsServer, Rules, Shapes
from schoolsync.sandbox.classcharts.readings import FEATURE_OF, READINGS
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.conduct import activity_row
from schoolsync.sandbox.school import SandboxSchool
from tests.sandbox.visitor import Visitor, parent, student

ALL_TIME = {"from": "2020-01-01", "to": "2030-01-01"}


def _turned(server: ClassChartsServer, **shapes: Any) -> ClassChartsServer:
    return ClassChartsServer(server.school, clock=server.clock, shapes=Shapes(**shapes))


def test_a_parents_children(server: ClassChartsServer) -> None:
    """In the account's order, with school, counters and switches."""
    said = parent(server, email="lee@example.test", password="another s3cret").get("pupils")
    assert [row["name"] for row in said["data"]] == ["Sam Example", "Alex Example"]
    assert said["meta"] == []
    alex = said["data"][1]
    assert (alex["id"], alex["timezone"]) == (5000001, "Europe/London")
    assert alex["school_name"] == "Northfield Example Academy"
    counts = {name: alex[f"homework_{name}_count"] for name in ("todo", "late", "not_completed", "submitted")}
    assert counts == {"todo": 3, "late": 1, "not_completed": 1, "submitted": 2}
    assert alex["detention_pending_count"] == 2


def test_a_parent_without_children(server: ClassChartsServer) -> None:
    """An empty list, and no error."""
    noa = parent(server, email="noa@example.test", password="empty nest")
    assert noa.get("pupils") == {"success": 1, "data": [], "meta": []}


# -- activity ---------------------------------------------------------------------


def _pages(visitor: Visitor, path: str, **fields: str) -> list[list[dict[str, Any]]]:
    """Every page until the empty one."""
    pages = [visitor.get(path, **fields)["data"]]
    while pages[-1]:
        pages.append(visitor.get(path, **fields, last_id=str(pages[-1][-1]["id"]))["data"])
    return pages


@pytest.mark.parametrize(
    ("code", "sizes"),
    [
        ({"code": "ZZTEST0001", "dob": "14/03/2011"}, [50, 50, 25, 0]),
        ({"code": "ZZTEST0002"}, [50, 1, 0]),
        ({"code": "ZZTEST0011", "dob": "30/06/2011"}, [50, 0]),
        ({"code": "ZZTEST0012", "dob": "30/06/2011"}, [1, 0]),
        ({"code": "ZZTEST0013", "dob": "29/02/2016"}, [0]),
    ],
)
def test_activity_comes_in_pages(server: ClassChartsServer, code: dict[str, str], sizes: list[int]) -> None:
    """Fifty at most, until an empty one; nothing twice, newest first."""
    visitor = student(server, **code)
    pages = _pages(visitor, "activity", **ALL_TIME)
    assert [len(page) for page in pages] == sizes
    rows = [row for page in pages for row in page]
    assert len({row["id"] for row in rows}) == len(rows)
    assert rows == sorted(rows, key=lambda row: (row["timestamp"], row["id"]), reverse=True)
    assert {row["id"] for row in rows} == {
        row.id for row in server.school.desk(visitor.get("ping")["data"]["user"]["id"]).activity
    }


def test_a_page_names_its_last_row(server: ClassChartsServer) -> None:
    """And an empty one says `false`."""
    alex = student(server)
    said = alex.get("activity")
    assert said["meta"]["last_id"] == said["data"][-1]["id"]
    empty = alex.get("activity", **{"from": "2020-01-01", "to": "2020-01-02"})
    assert (empty["data"], empty["meta"]["last_id"]) == ([], False)


def test_rows_of_one_moment_are_told_apart(server: ClassChartsServer) -> None:
    """Sixty things that happened in the same second, the page's border among them."""
    desk = server.school.desk(5000001)
    at = dt.datetime(2026, 3, 9, 7, tzinfo=dt.UTC)
    desk.activity = [activity_row(desk.pupil, number, at, "Same") for number in range(1, 61)]
    pages = _pages(student(server), "activity", **ALL_TIME)
    assert [row["id"] for page in pages for row in page] == list(range(60, 0, -1))


def test_an_unknown_last_row_means_all_smaller_numbers(server: ClassChartsServer) -> None:
    """A row that was deleted meanwhile does not end the listing."""
    alex = student(server)
    first = alex.get("activity", **ALL_TIME)["data"]
    server.school.desk(5000001).activity = [
        row for row in server.school.desk(5000001).activity if row.id != first[-1]["id"]
    ]
    assert len(alex.get("activity", **ALL_TIME, last_id=str(first[-1]["id"]))["data"]) == 50


def test_both_ends_of_the_days_count(server: ClassChartsServer) -> None:
    """From and to are local days, both included."""
    rows = student(server).get("activity", **{"from": "2026-03-04", "to": "2026-03-05"})["data"]
    assert {row["timestamp"][:10] for row in rows} == {"2026-03-04", "2026-03-05"}


def test_from_may_be_ignored(school: SandboxSchool, clock: HandClock) -> None:
    """As the service was seen to do."""
    server = ClassChartsServer(school, clock=clock, rules=Rules(ignores_from=True))
    rows = student(server).get("activity", **{"from": "2026-03-05", "to": "2026-03-05"})["data"]
    assert len(rows) == 50


# -- the rest ---------------------------------------------------------------------


@pytest.mark.parametrize("display", ["issue_date", "due_date", "", "nonsense"])
def test_homework_is_filtered_by_the_date_that_is_named(server: ClassChartsServer, display: str) -> None:
    """By the day it was given unless said; both days included, sorted by it."""
    said = student(server).get(
        "homeworks", display_date=display, **{"from": "2026-03-05", "to": "2026-03-09"}
    )
    field = "due_date" if display == "due_date" else "issue_date"
    days = [row[field] for row in said["data"]]
    assert days == sorted(days) != []
    assert all("2026-03-05" <= day <= "2026-03-09" for day in days)
    expected = [
        one
        for one in server.school.homeworks(5000001)
        if dt.date(2026, 3, 5)
        <= (one.due if field == "due_date" else one.assigned_on or one.due)
        <= dt.date(2026, 3, 9)
    ]
    assert len(days) == len(expected)
    assert (said["meta"]["display_type"], said["meta"]["start_date"]) == (field, "2026-03-05")


def test_a_timetable_is_of_one_day(server: ClassChartsServer) -> None:
    """Today unless said; a free day is empty; the known days are listed."""
    alex = student(server)
    assert alex.get("timetable") == alex.get("timetable", date="2026-03-09")
    tuesday = alex.get("timetable", date="2026-03-10")
    assert {row["date"] for row in tuesday["data"]} == {"2026-03-10"}
    assert tuesday["meta"]["dates"] == ["2026-03-10"]
    assert "2026-03-11" in tuesday["meta"]["timetable_dates"]
    assert alex.get("timetable", date="2026-03-14")["data"] == []


def test_a_timetable_may_be_a_map(server: ClassChartsServer) -> None:
    """And an empty one is still a list."""
    alex = student(_turned(server, timetable_by_date=True))
    assert list(alex.get("timetable")["data"]) == ["2026-03-09"]
    assert alex.get("timetable", date="2026-03-14")["data"] == []


def test_empty_maps_are_lists(server: ClassChartsServer) -> None:
    """Of the register and of the summary."""
    alex = student(server)
    nothing = {"from": "2020-01-01", "to": "2020-01-02"}
    assert alex.get("attendance", **nothing)["data"] == []
    summary = alex.get("behaviour", **nothing)["data"]
    assert [summary[f"{sign}_reasons"] for sign in ("positive", "negative")] == [[], []]
    assert [summary[f"other_{sign}_count"] for sign in ("positive", "negative")] == [[], []]


def test_the_register(server: ClassChartsServer) -> None:
    """By day and session, with headings in the school's order and percentages as text."""
    said = student(server).get("attendance", **{"from": "2026-03-04", "to": "2026-03-06"})
    assert list(said["data"]) == said["meta"]["dates"] == ["2026-03-04", "2026-03-05", "2026-03-06"]
    assert said["meta"]["sessions"][:3] == ["AM", "PM", "Period Tut"]
    assert said["data"]["2026-03-06"]["AM"] == {"code": "L", "status": "late", "late_minutes": 7}
    assert 0 < float(said["meta"]["percentage"]) < 100
    assert isinstance(said["meta"]["percentage_singe_august"], str)


def test_announcements_are_newest_first(server: ClassChartsServer) -> None:
    """All of them at once."""
    stamps = [row["timestamp"] for row in student(server).get("announcements")["data"]]
    assert stamps == sorted(stamps, reverse=True)
    assert len(stamps) == 4


def test_reports_and_cards_by_number(server: ClassChartsServer) -> None:
    """Each in the list can be read; an unknown number is refused; cards say `true`."""
    alex = student(server)
    for row in alex.get("getacademicreports", studentId="5000001")["data"]:
        assert alex.get(f"getacademicreport/{row['id']}")["data"]["name"] == row["name"]
    listed = alex.post("getpupilreportcards", pupil_id="5000001")
    assert listed["success"] is True
    for row in listed["data"]:
        card = alex.get(f"getpupilreportcard/{row['id']}", pupil_id="5000001")
        assert card["meta"] == {"forbidden_days_of_week": [0, 6]}
        comment = alex.get(f"getpupilreportcardsummarycomment/{row['id']}", date="2026-03-09")
        assert comment["data"]["report_card_id"] == row["id"]
        assert alex.get(f"getpupilreportcardsummarycomment/{row['id']}", date="2026-03-10")["data"] == []
        for target in card["data"]["targets"]:
            said = alex.get(f"getpupilreportcardtarget/{target['id']}", date="2026-03-09")
            assert said["data"]["target"]["id"] == target["id"]
    for name in (
        "getacademicreport",
        "getpupilreportcard",
        "getpupilreportcardsummarycomment",
        "getpupilreportcardtarget",
    ):
        assert alex.get(f"{name}/99999")["success"] == 0


def test_single_things_may_come_in_lists(server: ClassChartsServer) -> None:
    """Sources disagree."""
    alex = student(_turned(server, reports_as_list=True))
    report = alex.get("getacademicreports")["data"][0]["id"]
    card = alex.post("getpupilreportcards")["data"][0]["id"]
    for path in (f"getacademicreport/{report}", f"getpupilreportcard/{card}"):
        (one,) = alex.get(path)["data"]
        assert isinstance(one, dict)


@pytest.mark.parametrize("name", sorted(set(READINGS) & set(FEATURE_OF) - {"rewards"}))
def test_what_is_switched_off_is_empty_or_refused(school: SandboxSchool, clock: HandClock, name: str) -> None:
    """The flag says so beforehand."""
    path = {
        "getacademicreport": "getacademicreport/121",
        "getpupilreportcard": "getpupilreportcard/109",
        "getpupilreportcardsummarycomment": "getpupilreportcardsummarycomment/109",
        "getpupilreportcardtarget": "getpupilreportcardtarget/117",
    }.get(name, f"{name}/5000001" if not name.startswith("get") else name)
    robin = parent(ClassChartsServer(school, clock=clock))
    assert robin.get(path)["data"]
    school.switch(FEATURE_OF[name], 5000001, is_on=False)
    said = robin.get(path)
    assert (said["success"], said["data"], said["meta"]) == (said["success"], [], [])
    strict = parent(ClassChartsServer(school, clock=clock, rules=Rules(refuses_switched_off=True)))
    assert strict.get(path)["error"] == "This feature has been disabled by your school"


def test_older_servers_say_less(server: ClassChartsServer) -> None:
    """Keys of recent years are missing, the others stay."""
    new, old = student(server), student(_turned(server, has_newer_fields=False))
    assert set(new.get("timetable")["data"][0]) - set(old.get("timetable")["data"][0]) == {
        *("teacher_id", "lesson_id", "is_break"),
    }
    assert "display_academic_reports" not in old.get("ping")["data"]["user"]


def test_a_change_shows_at_once(server: ClassChartsServer) -> None:
    """What is put into the school comes out."""
    alex = student(server)
    before = alex.get("homeworks")["data"]
    desk = server.school.desk(5000001)
    desk.homeworks[0] = attrs.evolve(desk.homeworks[0], has_feedback=not desk.homeworks[0].has_feedback)
    assert alex.get("homeworks")["data"] != before
