"""What the API does."""

from __future__ import annotations

import pytest

from schoolsync.sandbox.classcharts import ClassChartsServer
from schoolsync.sandbox.school import SandboxSchool
from tests.sandbox.visitor import ALEX, ROBIN, Visitor, parent, read, seconds, student


def _sheet(visitor: Visitor, number: int) -> dict[str, object]:
    return next(row["status"] for row in visitor.get("homeworks")["data"] if row["status"]["id"] == number)


# -- renewal ----------------------------------------------------------------------


@pytest.mark.parametrize("fields", [{"include_data": "true"}, {}, {"include_data": "yes"}])
def test_a_ping_gives_a_new_id(server: ClassChartsServer, fields: dict[str, str]) -> None:
    """Anything but `false` does; the old one stays good, the new one is."""
    alex = student(server)
    first = alex.session_id
    second = alex.post("ping", **fields)["meta"]["session_id"]
    assert second != first
    for session_id in (first, second):
        alex.session_id = session_id
        assert alex.get("homeworks")["success"] == 1


def test_a_ping_without_data_prolongs_the_id(server: ClassChartsServer) -> None:
    """No new one is given."""
    alex = student(server)
    alex.clock.advance(seconds(170))
    assert "session_id" not in alex.post("ping", include_data="false")["meta"]
    alex.clock.advance(seconds(170))
    assert alex.get("homeworks")["success"] == 1


def test_a_ping_says_who(server: ClassChartsServer) -> None:
    """A pupil is a pupil, a parent an account."""
    assert student(server).get("ping")["data"]["user"]["name"] == "Alex Example"
    assert set(parent(server).post("ping")["data"]["user"]) == {
        *("id", "name", "email", "language", "isEmailVerified"),
    }


# -- homework ---------------------------------------------------------------------


def test_a_tick_is_a_toggle(server: ClassChartsServer) -> None:
    """By GET or POST; the answer says nothing, the listing does, and so does the school."""
    alex, number = student(server), 760012401
    assert _sheet(alex, number)["ticked"] == "no"
    assert alex.get(f"homeworkticked/{number}", studentId="5000001") == {"success": 1, "data": [], "meta": []}
    assert _sheet(alex, number)["ticked"] == "yes"
    assert [one.state for one in server.school.homeworks(5000001) if one.provider_id == "7600124"] == ["done"]
    assert alex.post(f"homeworkticked/{number}", pupil_id="5000001")["success"] == 1
    assert _sheet(alex, number)["ticked"] == "no"


@pytest.mark.parametrize("number", [7600124, 760012701, 760012402, 1])
def test_only_an_own_open_sheet_is_ticked(server: ClassChartsServer, number: int) -> None:
    """Not the homework's number, not a closed sheet, not another pupil's, not an unknown one."""
    before = server.school.homeworks(5000001)
    assert student(server).get(f"homeworkticked/{number}")["success"] == 0
    assert server.school.homeworks(5000001) == before


@pytest.mark.parametrize("number", [7600124, 760012401])
def test_homework_is_seen(server: ClassChartsServer, number: int) -> None:
    """By either number; the first time stays."""
    alex = student(server)
    first = _sheet(alex, 760012401)["first_seen_date"]
    assert alex.post(f"markhomeworkasseen/{number}", pupil_id="5000001")["success"] == 1
    status = _sheet(alex, 760012401)
    assert (status["first_seen_date"], status["last_seen_date"]) == (first, "2026-03-09T08:00:00+00:00")
    assert alex.post("markhomeworkasseen/1")["success"] == 0


# -- the shop ---------------------------------------------------------------------


def test_a_purchase_costs_points_and_stock(server: ClassChartsServer) -> None:
    """The body is read though it says to be plain text."""
    alex = student(server)
    before = {row["id"]: row for row in alex.get("rewards")["data"]}
    answer = alex.send(
        "POST",
        "/apiv2student/purchase/5502",
        body=b"pupil_id=5000001",
        content_type="text/plain;charset=UTF-8",
    )
    said = read(answer)["data"]
    assert (said["single_purchase"], said["balance"]) == ("no", 20)
    after = alex.get("rewards")
    row = next(row for row in after["data"] if row["id"] == 5502)
    assert after["meta"] == {"pupil_score_balance": 20}
    assert (before[5502]["stock"], row["stock"]) == (2, 1)
    assert (before[5502]["purchased_count"], row["purchased_count"]) == ("3", "4")
    billie = student(server, code="ZZTEST0011", dob="30/06/2011")
    assert [one["stock"] for one in billie.get("rewards")["data"] if one["id"] == 5502] == [1]
    assert read(alex.send("POST", "/apiv2student/purchase/5502"))["data"]["order_id"] == said["order_id"] + 1


@pytest.mark.parametrize(("item", "reason"), [(5501, "Not enough points"), (5504, "Out of stock")])
def test_what_cannot_be_bought_is_refused(server: ClassChartsServer, item: int, reason: str) -> None:
    """With the reason that the shop gives beforehand, and nothing changes."""
    alex = student(server)
    before = alex.get("rewards")
    row = next(row for row in before["data"] if row["id"] == item)
    assert (row["can_purchase"], row["unable_to_purchase_reason"]) == (False, reason)
    assert alex.post(f"purchase/{item}", pupil_id="5000001")["error"] == reason
    assert alex.get("rewards") == before


def test_some_things_are_bought_once(server: ClassChartsServer) -> None:
    """The second time is refused."""
    alex = student(server)
    assert alex.post("purchase/5503")["data"]["single_purchase"] == "yes"
    assert alex.post("purchase/5503")["error"] == "You have already purchased this item"


def test_an_unknown_item_crashes_the_server(server: ClassChartsServer) -> None:
    """A page of HTML with status 500, as the real one gives."""
    answer = student(server).send("POST", "/apiv2student/purchase/999")
    assert (answer.status, answer.media_type) == (500, "text/html")


# -- secrets ----------------------------------------------------------------------


def test_a_code_for_a_birthday(server: ClassChartsServer) -> None:
    """In one form only, and never from JSON."""
    alex = student(server)
    assert alex.post("getcode", date="2011-03-14")["data"] == {"code": ALEX["code"]}
    for wrong in ({"date": "14/03/2011"}, {"date": "2011-03-15"}, {}):
        assert alex.post("getcode", **wrong)["success"] == 0
    as_json = alex.send(
        "POST", "/apiv2student/getcode", body=b'{"date": "2011-03-14"}', content_type="application/json"
    )
    assert read(as_json)["success"] == 0


def test_a_password_changes(server: ClassChartsServer) -> None:
    """The old one opens no door any more, the new one does; who is in stays in."""
    robin = parent(server)
    new = "an0ther +ne"
    assert robin.post("password", current=ROBIN["password"], new=new, repeat=new) == {
        "success": 1,
        "data": [],
        "meta": [],
    }
    assert robin.get("pupils")["success"] == 1
    assert Visitor(server).sign_in(**ROBIN).status == 200
    assert Visitor(server).sign_in(email=ROBIN["email"], password=new).status == 302


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"current": "wrong", "new": "long enough", "repeat": "long enough"}, "current password"),
        ({"current": ROBIN["password"], "new": "long enough", "repeat": "long enuff"}, "do not match"),
        ({"current": ROBIN["password"], "new": "short", "repeat": "short"}, "at least 8"),
    ],
)
def test_a_bad_password_is_refused(server: ClassChartsServer, fields: dict[str, str], reason: str) -> None:
    """And the old one stays."""
    assert reason in parent(server).post("password", **fields)["error"]
    assert Visitor(server).sign_in(**ROBIN).status == 302


# -- words and points from home ---------------------------------------------------


def test_a_concern_reaches_the_school(server: ClassChartsServer) -> None:
    """And only the school; silence is none."""
    alex = student(server)
    assert alex.post("addconcern", pupil_id="5000001", text="a worry") == {
        "success": 1,
        "data": {},
        "meta": [],
    }
    assert server.school.desk(5000001).concerns == ["a worry"]
    assert alex.post("addconcern", pupil_id="5000001", text=" ")["success"] == 0
    assert "a worry" not in repr(server)


def test_points_from_home_have_a_daily_limit(server: ClassChartsServer) -> None:
    """The list is answered; at the limit the refusal has no `meta`; the next day is another one."""
    robin = parent(server)
    assert [row["is_daily_limit_reached"] for row in robin.get("parentbehaviours/5000001")["data"]] == [
        False,
        False,
    ]
    given = robin.post("addparentbehaviour/5000001", behaviour_id="4101")
    assert [row["is_daily_limit_reached"] for row in given["data"]] == [True, False]
    refused = robin.post("addparentbehaviour/5000001", behaviour_id="4101")
    assert (refused["success"], refused["expired"], refused["meta"]) == (0, 0, None)
    assert refused["error"] == "You have reached the daily limit awarding this behaviour"
    assert robin.post("addparentbehaviour/5000001", behaviour_id="4199")["success"] == 0
    newest = robin.get("activity/5000001")["data"][0]
    assert (newest["reason"], newest["_can_delete"], newest["teacher_name"]) == (
        "Read at home",
        True,
        "Robin Example",
    )
    robin.clock.advance(seconds(24 * 3600))
    robin.sign_in(**ROBIN)
    assert robin.post("addparentbehaviour/5000001", behaviour_id="4101")["success"] == 1


@pytest.mark.parametrize("by_row", [True, False])
def test_points_from_home_are_taken_back(server: ClassChartsServer, by_row: bool) -> None:
    """By the row's number or by the reason's; a teacher's points stay."""
    robin, desk = parent(server), server.school.desk(5000001)
    rows, balance = list(desk.activity), desk.balance
    robin.post("addparentbehaviour/5000001", behaviour_id="4102")
    assert desk.balance == balance + 2
    wanted = str(robin.get("activity/5000001")["data"][0]["id"]) if by_row else "4102"
    assert robin.post("deleteparentbehaviour/5000001", behaviour_id=wanted)["data"] == []
    assert (desk.activity, desk.balance) == (rows, balance)
    assert robin.post("deleteparentbehaviour/5000001", behaviour_id=str(rows[0].id))["success"] == 0


@pytest.mark.parametrize(
    ("role", "path", "feature"),
    [
        ("student", "purchase/5502", "rewards"),
        ("student", "homeworkticked/760012401", "homework"),
        ("student", "addconcern", "concerns"),
        ("parent", "addparentbehaviour/5000001", "parent_behaviours"),
    ],
)
def test_what_is_switched_off_is_not_done(
    server: ClassChartsServer, school: SandboxSchool, role: str, path: str, feature: str
) -> None:
    """Refused, not silently empty."""
    visitor = parent(server) if role == "parent" else student(server)
    school.switch(feature, 5000001, is_on=False)
    said = visitor.post(path, behaviour_id="4101", text="a worry")
    assert said["error"] == "This feature has been disabled by your school"
