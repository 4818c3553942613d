"""Each call's exact request, and what it makes of the shapes that its answer was seen in."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable
from typing import Any

import pytest

from schoolsync.errors import UnexpectedShape
from schoolsync.flow.effects import Flow
from schoolsync.flow.http import Response
from schoolsync.providers.classcharts import calls
from schoolsync.providers.classcharts.session import Session
from tests.providers.classcharts.wire import (
    ALEX,
    FIRST_ID,
    ROBIN,
    answer,
    page,
    parent,
    pinged,
    plain,
    script,
    signed_in,
    student,
)

DAY = dt.date(2026, 3, 9)
LAST = dt.date(2026, 3, 15)
ID = 5000001
OK = answer([])

Made = Callable[[Session], Flow[Any]]
GOLDEN: list[tuple[str, Made, str, str | None, Response]] = [
    # role, call, method and address below the API's base, body, answer
    ("parent", calls.parent_ping, "POST ping", "include_data=true", pinged()),
    ("student", calls.student_ping, "POST ping", "include_data=true", pinged(ALEX)),
    ("parent", calls.pupils, "GET pupils", None, OK),
    ("parent", calls.logout, "POST logout", "", Response(200)),
    (
        "student",
        lambda s: calls.code_check(s, "ZZ&1"),
        "POST hasdob",
        "code=ZZ%261",
        answer({"has_dob": True}),
    ),
    (
        "student",
        lambda s: calls.student_code(s, DAY),
        "POST getcode",
        "date=2026-03-09",
        answer({"code": "ZZ"}),
    ),
    (
        "parent",
        lambda s: calls.change_password(s, "a&b", "c d"),
        "POST password",
        "current=a%26b&new=c+d&repeat=c+d",
        OK,
    ),
    ("parent", lambda s: calls.lessons(s, ID, DAY), "GET timetable/5000001?date=2026-03-09", None, OK),
    (
        "student",
        lambda s: calls.homeworks(s, ID, DAY, LAST, "due_date"),
        "GET homeworks/5000001?display_date=due_date&from=2026-03-09&to=2026-03-15",
        None,
        OK,
    ),
    (
        "parent",
        lambda s: calls.homeworks(s, ID, None, None, "issue_date"),
        "GET homeworks/5000001?display_date=issue_date",
        None,
        OK,
    ),
    (
        "student",
        lambda s: calls.tick(s, ID, 95500777),
        "POST homeworkticked/95500777?studentId=5000001",
        "",
        OK,
    ),
    (
        "parent",
        lambda s: calls.attendance(s, ID, DAY, LAST),
        "GET attendance/5000001?from=2026-03-09&to=2026-03-15",
        None,
        OK,
    ),
    ("parent", lambda s: calls.attendance(s, ID, None, None), "GET attendance/5000001", None, OK),
    ("parent", lambda s: calls.announcements(s, ID), "GET announcements/5000001", None, OK),
    ("parent", lambda s: calls.activity(s, ID, None, None), "GET activity/5000001", None, OK),
    (
        "parent",
        lambda s: calls.activity(s, ID, DAY, LAST, 880000321),
        "GET activity/5000001?from=2026-03-09&to=2026-03-15&last_id=880000321",
        None,
        OK,
    ),
    (
        "parent",
        lambda s: calls.activity(s, ID, DAY, None, 0),
        "GET activity/5000001?from=2026-03-09&last_id=0",
        None,
        OK,
    ),
    ("parent", lambda s: calls.behaviour(s, ID, None, LAST), "GET behaviour/5000001?to=2026-03-15", None, OK),
    ("parent", lambda s: calls.badges(s, ID), "GET eventbadges/5000001", None, OK),
    ("parent", lambda s: calls.detentions(s, ID), "GET detentions/5000001", None, OK),
    ("parent", lambda s: calls.parent_behaviours(s, ID), "GET parentbehaviours/5000001", None, OK),
    (
        "parent",
        lambda s: calls.add_parent_behaviour(s, ID, 4101),
        "POST addparentbehaviour/5000001",
        "behaviour_id=4101",
        OK,
    ),
    ("parent", lambda s: calls.pupil_fields(s, ID), "GET customfields/5000001", None, OK),
    ("student", lambda s: calls.classes(s, ID), "GET classes/5000001", None, OK),
    ("student", lambda s: calls.rewards(s, ID), "GET rewards/5000001", None, OK),
    ("student", lambda s: calls.purchase(s, ID, 5501), "POST purchase/5501", "pupil_id=5000001", OK),
    ("parent", lambda s: calls.academic_reports(s, ID), "GET getacademicreports?studentId=5000001", None, OK),
    (
        "parent",
        lambda s: calls.academic_report(s, ID, 21),
        "GET getacademicreport/21?studentId=5000001",
        None,
        answer({"id": 21}),
    ),
    (
        "parent",
        lambda s: calls.report_cards(s, ID),
        "POST getpupilreportcards?pupil_id=5000001",
        "pupil_id=5000001",
        OK,
    ),
    (
        "student",
        lambda s: calls.report_card(s, ID, 9),
        "GET getpupilreportcard/9?pupil_id=5000001",
        None,
        answer({"id": 9}),
    ),
    (
        "parent",
        lambda s: calls.report_card_comment(s, ID, 9, DAY),
        "GET getpupilreportcardsummarycomment/9?pupil_id=5000001&date=2026-03-09",
        None,
        OK,
    ),
    (
        "parent",
        lambda s: calls.report_card_target(s, ID, 17, DAY),
        "GET getpupilreportcardtarget/17?pupil_id=5000001&date=2026-03-09",
        None,
        OK,
    ),
]
WRITES = {"logout", "password", "homeworkticked", "addparentbehaviour", "purchase"}


def session(role: str = "parent") -> Session:
    """A session that was just signed in."""
    found = signed_in(parent() if role == "parent" else student()).account.session
    found.adopt(FIRST_ID)
    return found


def run(make: Made, response: Response, role: str = "parent") -> Any:
    """What a call makes of one answer."""
    return script(response).run(make(session(role)))


@pytest.mark.parametrize(
    ("role", "make", "line", "body", "response"), GOLDEN, ids=lambda part: str(part)[:60]
)
def test_every_call_is_asked_exactly_so(
    role: str, make: Made, line: str, body: str | None, response: Response
) -> None:
    """Method, address, headers, body, and whether it may be sent twice."""
    talk = script(response)
    talk.run(make(session(role)))
    (request,) = talk.sent
    method, _, path = line.partition(" ")
    assert (request.method, request.url) == (method, f"https://www.classcharts.com/apiv2{role}/{path}")
    assert request.body == (body or "").encode()
    lines = plain(request.headers)
    assert lines["authorization"] == f"Basic {FIRST_ID}"
    assert lines["cookie"].startswith("cc-session=")
    assert lines.get("content-type") == (None if method == "GET" else "application/x-www-form-urlencoded")
    assert request.is_read is (path.partition("?")[0].partition("/")[0] not in WRITES)


def test_every_call_stands_in_the_table() -> None:
    """A new one needs its line."""
    public = {name for name, thing in vars(calls).items() if inspect.iscoroutinefunction(thing)}
    named = {word for _, make, *_ in GOLDEN for word in _names(make)}
    assert {name for name in public if not name.startswith("_")} - named == set()


def _names(make: Any) -> tuple[str, ...]:
    return (make.__name__, *make.__code__.co_names)


# -- who -------------------------------------------------------------------------


def test_a_ping_gives_the_user_and_a_fresh_id() -> None:
    """Which is adopted, and not handed out."""
    mine = session()
    envelope = script(pinged(ROBIN, "c" * 32)).run(calls.parent_ping(mine))
    assert (envelope.data.id, envelope.data.isEmailVerified) == (910001, True)
    assert mine.session_id is not None
    assert mine.session_id.reveal() == "c" * 32
    assert "c" * 32 not in repr(envelope.meta.model_dump())


@pytest.mark.parametrize("odd", [None, 7, "", ["x"]])
def test_an_odd_id_is_not_adopted(odd: Any) -> None:
    """The old one goes on."""
    mine = session()
    script(answer({"user": ROBIN}, {"session_id": odd})).run(calls.parent_ping(mine))
    assert mine.session_id is not None
    assert mine.session_id.reveal() == FIRST_ID


@pytest.mark.parametrize("goodbye", [Response(200), page(), page(status=500), Response(302)])
def test_a_log_out_reads_nothing(goodbye: Response) -> None:
    """The real answer is empty."""
    assert run(calls.logout, goodbye) is None


# -- school days --------------------------------------------------------------------

LESSON = {"start_time": "2026-03-09T09:50:00+00:00", "end_time": "2026-03-09T10:50:00+00:00"}


@pytest.mark.parametrize(
    "data",
    [
        [LESSON, LESSON],
        {"2026-03-09": [LESSON], "2026-03-10": [LESSON]},
        {"2026-03-09": [LESSON, LESSON], "x": None},
    ],
)
def test_a_timetable_is_a_list_or_a_map_by_date(data: object) -> None:
    """One source saw the map."""
    assert len(run(lambda s: calls.lessons(s, ID, DAY), answer(data)).data) == 2


@pytest.mark.parametrize("data", [[], None, {}])
def test_a_free_day_has_no_lessons(data: object) -> None:
    """Which is data, and no issue."""
    envelope = run(lambda s: calls.lessons(s, ID, DAY), answer(data))
    assert (envelope.data, envelope.issues) == ([], ())


@pytest.mark.parametrize("data", ["words", 7, True])
def test_what_is_no_timetable_is_a_shape_error(data: object) -> None:
    """And says what was found."""
    with pytest.raises(UnexpectedShape) as caught:
        run(lambda s: calls.lessons(s, ID, DAY), answer(data))
    assert caught.value.path == "data"


def attendance(data: object, meta: object = ()) -> Any:
    """A register, read."""
    return run(lambda s: calls.attendance(s, ID, None, None), answer(data, meta))


def test_a_register_is_by_day_and_session() -> None:
    """In the server's order, with its misspelt percentage under a right name."""
    sessions = {
        "Period Tut": {"status": "present", "late_minutes": ""},
        "AM": {"status": "late", "late_minutes": "7"},
    }
    meta = {"sessions": ["AM", "Period Tut"], "percentage": "96.5", "percentage_singe_august": "97.1%"}
    envelope = attendance({"2026-03-10": sessions, "2026-03-09": {}}, meta)
    assert [*envelope.data] == [dt.date(2026, 3, 10), DAY]
    assert [*envelope.data[dt.date(2026, 3, 10)]] == ["Period Tut", "AM"]
    assert envelope.data[dt.date(2026, 3, 10)]["AM"].late_minutes == 7
    assert str(envelope.meta.percentage_since_august) == "97.1"
    assert envelope.issues == ()


@pytest.mark.parametrize("data", [[], None, {}, {"2026-03-09": []}, {"2026-03-09": None}, {"2026-03-09": {}}])
def test_an_empty_register_is_no_issue(data: object) -> None:
    """Empty maps are lists, at every level."""
    envelope = attendance(data)
    assert [*envelope.data.values()] in ([], [{}])
    assert envelope.issues == ()


def test_an_empty_session_says_nothing() -> None:
    """As a map, however it is written."""
    envelope = attendance({"2026-03-09": {"AM": [], "PM": {}}})
    assert [row.status for row in envelope.data[DAY].values()] == [None, None]
    assert envelope.issues == ()


def test_what_is_no_day_or_no_session_is_an_issue_without_a_name() -> None:
    """The rest of the register stands."""
    envelope = attendance(
        {
            "Alex": {},
            "2026-03-09": {"Mr Sample": 7, "AM": {"status": "late", "late_minutes": "soon"}},
            "2026-03-10": 7,
        }
    )
    assert [*envelope.data] == [DAY]
    assert envelope.data[DAY]["AM"].status == "late"
    assert [one.path for one in envelope.issues] == [
        "data.*",
        "data.2026-03-09.*",
        "data.2026-03-09.*.late_minutes",
        "data.*",
    ]


@pytest.mark.parametrize("data", ["x", 7, [7]])
def test_what_is_no_register_is_a_shape_error(data: object) -> None:
    """Not an empty one."""
    with pytest.raises(UnexpectedShape):
        attendance(data)


# -- the others ------------------------------------------------------------------------


def test_an_empty_map_of_points_comes_as_a_list() -> None:
    """And counts as a map, or as a list of maps."""
    data = {
        "timeline": [
            {"positive": 5, "negative": -2, "name": "3/2/2026", "start": "2026-03-02", "end": "2026-03-08"}
        ],
        "positive_reasons": {"Excellent effort": 5},
        "negative_reasons": [],
        "other_positive": ["Singing"],
        "other_positive_count": [{"Singing": 1}, {"Dancing": 2}],
        "other_negative_count": {"Shouting": "1"},
    }
    summary = run(lambda s: calls.behaviour(s, ID, None, None), answer(data)).data
    assert summary.positive_reasons == {"Excellent effort": 5}
    assert summary.negative_reasons == {}
    assert summary.other_positive_count == {"Singing": 1, "Dancing": 2}
    assert summary.other_negative_count == {"Shouting": 1}
    assert summary.timeline[0].negative == -2


@pytest.mark.parametrize("wrap", [lambda data: data, lambda data: [data]])
def test_reports_come_alone_or_in_a_list(wrap: Callable[[object], object]) -> None:
    """Sources disagree about reports, cards and comments."""
    report = {"id": "21", "name": "Spring", "lessons": [{"lesson_name": "Science", "grades": None}]}
    assert run(lambda s: calls.academic_report(s, ID, 21), answer(wrap(report), success=True)).data.id == 21
    card = {"id": 9, "targets": None, "parent_comments": [{"id": 1}], "level": None}
    found = run(lambda s: calls.report_card(s, ID, 9), answer(wrap(card), success=True)).data
    assert (found.targets, found.parent_comments[0].id) == ((), 1)
    comment = {"id": 3, "report_card_id": 9, "text": "Better today"}
    said = run(lambda s: calls.report_card_comment(s, ID, 9, DAY), answer(wrap(comment), success=True)).data
    assert said.text == "Better today"
    target = {"target": {"id": 17}, "periods": [{"id": 1, "met": "yes"}, {"id": 2, "met": None}]}
    periods = run(
        lambda s: calls.report_card_target(s, ID, 17, DAY), answer(wrap(target), success=True)
    ).data.periods
    assert [period.met for period in periods] == [True, None]


def test_a_day_without_comment_has_an_empty_one() -> None:
    """The server answers with an empty list."""
    assert run(lambda s: calls.report_card_comment(s, ID, 9, DAY), answer([])).data.text is None


def test_a_purchase_tells_order_and_balance() -> None:
    """In the dialects of the shop."""
    bought = run(
        lambda s: calls.purchase(s, ID, 5501),
        answer({"single_purchase": "no", "order_id": "440017", "balance": -10}),
        "student",
    ).data
    assert (bought.single_purchase, bought.order_id, bought.balance) == (False, 440017, -10)
