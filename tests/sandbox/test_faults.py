"""Faults: each does what it says to the requests that it is meant for, and to no other."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from schoolsync.flow.http import Request, Response
from schoolsync.sandbox.classcharts import ClassChartsServer
from schoolsync.sandbox.faults import (
    Drop,
    EmptyBody,
    ExpireSession,
    Fault,
    Faults,
    HugeBody,
    LoseAnswer,
    Null,
    Outcome,
    RedirectLoop,
    Relabel,
    Remove,
    Rename,
    Replace,
    Retype,
    Scene,
    Slow,
    Status,
    TooMany,
    Truncate,
)
from tests.sandbox.visitor import parent, student

PUPILS = Request("GET", "https://www.classcharts.com/apiv2parent/pupils")
BODY = {"success": 1, "data": [{"id": 1, "status": {"id": 7}}, {"id": 2}], "meta": []}


class _Stage:
    """A server that only counts."""

    def __init__(self) -> None:
        self.acts = 0
        self.expiries = 0

    def act(self) -> Response:
        """One answer more."""
        self.acts += 1
        return Response(200, (("content-type", "application/json"),), body=json.dumps(BODY).encode())

    def expire(self) -> None:
        """One session less."""
        self.expiries += 1

    def meet(self, fault: Fault) -> Outcome:
        """What becomes of a request that meets *fault*."""
        return fault.meet(Scene(PUPILS, self.act, self.expire))


def _json(outcome: Outcome) -> Any:
    assert outcome.response is not None
    return outcome.response.json()


# -- which requests ---------------------------------------------------------------


def test_a_fault_meets_the_next_requests_of_its_path() -> None:
    """As many as it was told, after those it lets pass, others untouched."""
    faults, fault = Faults(), Drop()
    faults.add(fault, "*/homeworks/*", times=2, after=1)
    other = Request("GET", "https://www.classcharts.com/apiv2parent/pupils?x=/homeworks/1")
    wanted = Request("GET", "https://www.classcharts.com/apiv2parent/homeworks/1?from=2026-03-09")
    met = [faults.next_for(request) for request in (other, wanted, wanted, other, wanted, wanted)]
    assert met == [None, None, fault, None, fault, None]


def test_the_first_planned_fault_comes_first() -> None:
    """One at a time; clearing forgets the rest."""
    faults = Faults()
    faults.add(Drop())
    faults.add(LoseAnswer(), times=2)
    assert [faults.next_for(PUPILS), faults.next_for(PUPILS)] == [Drop(), LoseAnswer()]
    faults.clear()
    assert faults.next_for(PUPILS) is None


# -- the road ---------------------------------------------------------------------


def test_a_dropped_request_does_nothing() -> None:
    """It had arrived, or it had not."""
    stage = _Stage()
    assert stage.meet(Drop()) == Outcome(None, was_received=True)
    assert stage.meet(Drop(was_received=False)) == Outcome(None, was_received=False)
    assert stage.acts == 0


def test_a_lost_answer_was_acted_on() -> None:
    """Done, and nobody hears of it."""
    stage = _Stage()
    assert stage.meet(LoseAnswer()).response is None
    assert stage.acts == 1


def test_a_slow_answer_is_the_right_one() -> None:
    """Only late."""
    outcome = _Stage().meet(Slow(dt.timedelta(seconds=30)))
    assert outcome.delay == dt.timedelta(seconds=30)
    assert _json(outcome) == BODY


def test_an_expired_session_is_forgotten_before_the_answer() -> None:
    """First the session ends, then the server answers as it must."""
    stage = _Stage()
    assert _json(stage.meet(ExpireSession())) == BODY
    assert (stage.expiries, stage.acts) == (1, 1)


# -- answers of another kind --------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "status", "header"),
    [
        (Status(503, "<h1>Back soon</h1>"), 503, ("content-type", "text/html; charset=utf-8")),
        (TooMany(), 429, ("retry-after", "30")),
        (
            TooMany("Mon, 09 Mar 2026 08:05:00 GMT", status=403),
            403,
            ("retry-after", "Mon, 09 Mar 2026 08:05:00 GMT"),
        ),
        (RedirectLoop(), 302, ("location", PUPILS.url)),
        (RedirectLoop("/parent/login"), 302, ("location", "/parent/login")),
    ],
)
def test_another_answer_instead_of_acting(fault: Fault, status: int, header: tuple[str, str]) -> None:
    """The status and the header that make it what it is."""
    stage = _Stage()
    response = stage.meet(fault).response
    assert response is not None
    assert response.status == status
    assert header in response.headers
    assert stage.acts == 0


def test_too_many_requests_may_not_say_when_to_return() -> None:
    """No header at all."""
    response = _Stage().meet(TooMany(None)).response
    assert response is not None
    assert response.header("retry-after") is None


# -- damaged answers ----------------------------------------------------------------


def test_a_truncated_answer_is_no_json() -> None:
    """Half of it arrives."""
    response = _Stage().meet(Truncate()).response
    assert response is not None
    assert json.dumps(BODY).encode().startswith(response.body)
    with pytest.raises(json.JSONDecodeError):
        json.loads(response.body)


def test_a_replaced_text_is_replaced_everywhere() -> None:
    """In the body and where a redirect leads, and in no other header."""
    lines = (("location", "https://one.test/one"), ("set-cookie", "one=1"))
    scene = Scene(PUPILS, lambda: Response(302, lines, body=b"one, and one"), lambda: None)
    response = Replace("one", "two").meet(scene).response
    assert response is not None
    assert response.body == b"two, and two"
    assert response.headers == (("location", "https://two.test/two"), ("set-cookie", "one=1"))


def test_an_empty_body_was_acted_on() -> None:
    """The status is the right one."""
    stage = _Stage()
    response = stage.meet(EmptyBody()).response
    assert response is not None
    assert (response.status, response.body, stage.acts) == (200, b"", 1)


def test_a_huge_body_is_still_json() -> None:
    """As large as wanted."""
    outcome = _Stage().meet(HugeBody(1_000_000))
    assert outcome.response is not None
    assert len(outcome.response.body) > 1_000_000
    assert _json(outcome) == BODY


def test_a_relabelled_answer_keeps_its_body() -> None:
    """One content type, the wrong one."""
    outcome = _Stage().meet(Relabel())
    assert outcome.response is not None
    assert outcome.response.headers == (("content-type", "text/html; charset=utf-8"),)
    assert _json(outcome) == BODY


@pytest.mark.parametrize(
    ("fault", "data"),
    [
        (Remove("data[].id"), [{"status": {"id": 7}}, {}]),
        (Null("data[].status"), [{"id": 1, "status": None}, {"id": 2}]),
        (Rename("data[].status.id", "number"), [{"id": 1, "status": {"number": 7}}, {"id": 2}]),
        (Retype("data[].id", "one"), [{"id": "one", "status": {"id": 7}}, {"id": "one"}]),
        (Retype("data[]", 5), [5, 5]),
        (Retype("data", {}), {}),
        (Remove("data[].nothing.here"), BODY["data"]),
        (Remove("data.id"), BODY["data"]),
    ],
)
def test_a_place_in_the_answer_is_changed(fault: Fault, data: object) -> None:
    """That place in every element, and nothing else; a way that leads nowhere changes nothing."""
    assert _json(_Stage().meet(fault)) == {**BODY, "data": data}


# -- on a real server ---------------------------------------------------------------


def test_an_expired_session_stays_expired(server: ClassChartsServer) -> None:
    """The client has to sign in again."""
    robin = parent(server)
    server.faults.add(ExpireSession(), "*/pupils")
    assert [robin.get("pupils")["success"] for _ in range(2)] == [0, 0]
    other = parent(server)
    assert other.get("pupils")["success"] == 1


def test_a_lost_purchase_was_made(server: ClassChartsServer) -> None:
    """The points are gone although nobody was told."""
    alex = student(server)
    server.faults.add(LoseAnswer(), "*/purchase/*")
    assert server.handle(Request("POST", f"{alex.origin}/apiv2student/purchase/5502")).response is None
    assert alex.get("rewards")["meta"]["pupil_score_balance"] == 25
    server.faults.add(LoseAnswer(), "*/purchase/*")
    paid = Request(
        "POST",
        f"{alex.origin}/apiv2student/purchase/5502",
        {"authorization": f"Basic {alex.session_id}"},
    )
    assert server.handle(paid).response is None
    assert alex.get("rewards")["meta"]["pupil_score_balance"] == 20
