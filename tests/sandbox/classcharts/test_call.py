"""One call: whom it is about, and what it asks."""

from __future__ import annotations

import pytest

from schoolsync.sandbox.classcharts import ClassChartsServer
from tests.sandbox.visitor import parent, seconds, student

NOT_YOURS = "You do not have access to this pupil"


@pytest.mark.parametrize(
    "path", ["homeworks/5000011", "homeworks/1", "homeworks/x", "homeworks", "homeworks/"]
)
def test_a_parent_reads_their_own_children_only(server: ClassChartsServer, path: str) -> None:
    """Another family's, nobody's, none at all: refused."""
    said = parent(server).get(path)
    assert (said["success"], said["expired"], said["error"]) == (0, 0, NOT_YOURS)


def test_both_parents_read_both_children(server: ClassChartsServer) -> None:
    """In any order."""
    lee = parent(server, email="lee@example.test", password="another s3cret")
    assert [lee.get(f"homeworks/{number}")["success"] for number in (5000001, 5000002)] == [1, 1]


@pytest.mark.parametrize("path", ["homeworks", "homeworks/", "homeworks/5000001"])
def test_a_pupil_need_not_say_who_they_are(server: ClassChartsServer, path: str) -> None:
    """Only their own number is taken."""
    alex = student(server)
    assert alex.get(path)["data"] == alex.get("homeworks/5000001")["data"] != []
    assert alex.get("homeworks/5000002")["error"] == NOT_YOURS


@pytest.mark.parametrize("name", ["studentId", "pupil_id"])
def test_a_pupil_is_named_by_field_where_the_path_has_another_number(
    server: ClassChartsServer, name: str
) -> None:
    """Both spellings; a stranger is refused; without one it is the first child."""
    robin = parent(server)
    first, second = (
        [row["id"] for row in robin.get("getacademicreports", **{name: number})["data"]]
        for number in ("5000001", "5000002")
    )
    assert first != second
    assert [row["id"] for row in robin.get("getacademicreports")["data"]] == first
    assert robin.get("getacademicreports", **{name: "5000011"})["error"] == NOT_YOURS


@pytest.mark.parametrize(
    ("path", "field"),
    [("timetable/5000001", "date"), ("attendance/5000001", "from"), ("homeworks/5000001", "to")],
)
def test_a_senseless_date_is_refused(server: ClassChartsServer, path: str, field: str) -> None:
    """Not a crash, not another day."""
    assert parent(server).get(path, **{field: "09/03/2026"})["error"] == "Invalid request"


def test_an_empty_date_is_none(server: ClassChartsServer) -> None:
    """As some clients send it."""
    robin = parent(server)
    assert robin.get("timetable/5000001", date="") == robin.get("timetable/5000001")


def test_the_last_month_is_shown_unless_said(server: ClassChartsServer) -> None:
    """31 days until today; the day is the school's own, not that of UTC."""
    robin = parent(server)
    meta = robin.get("activity/5000001")["meta"]
    assert (meta["start_date"], meta["end_date"]) == (
        "2026-02-06T00:00:00+00:00",
        "2026-03-09T23:59:59+00:00",
    )
    robin.clock.advance(seconds(16 * 3600))
    robin.post("ping")
    robin.sign_in(email="robin@example.test", password="s3cret&+")
    assert robin.get("activity/5000001")["meta"]["end_date"] == "2026-03-10T23:59:59+00:00"


def test_reads_are_asked_by_get_and_post(server: ClassChartsServer) -> None:
    """With fields in the query or in the body."""
    robin = parent(server)
    assert robin.get("timetable/5000001", date="2026-03-10") == robin.post(
        "timetable/5000001", date="2026-03-10"
    )


@pytest.mark.parametrize("path", ["purchase/x", "homeworkticked", "homeworkticked/"])
def test_a_number_is_wanted_where_there_is_one(server: ClassChartsServer, path: str) -> None:
    """Without it the request makes no sense."""
    assert student(server).post(path)["error"] == "Invalid request"
