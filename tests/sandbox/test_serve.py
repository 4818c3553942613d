"""The sandbox on loopback: real HTTP, real connections, another project's client."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import httpx
import pyclasscharts
import pytest
from pyclasscharts import parent_client, student_client
from pyclasscharts.exceptions import APIError, AuthenticationError

from schoolsync.sandbox.classcharts import ClassChartsServer
from schoolsync.sandbox.clock import HandClock, RunningClock
from schoolsync.sandbox.exercises import PDF
from schoolsync.sandbox.faults import Drop, LoseAnswer, Slow, TooMany
from schoolsync.sandbox.school import SandboxSchool, make_school
from schoolsync.sandbox.serve import Place, serve
from tests.sandbox.visitor import ALEX, ROBIN

ALL_TIME = {"from_date": "2020-01-01", "to_date": "2030-01-01"}


@pytest.fixture
def place(server: ClassChartsServer) -> Iterator[Place]:
    """Where the server is served."""
    with serve(server) as somewhere:
        yield somewhere


@pytest.fixture
def web(place: Place) -> Iterator[httpx.Client]:
    """A plain HTTP client there."""
    with httpx.Client(base_url=place.url) as client:
        yield client


def _sign_in(web: httpx.Client) -> None:
    answer = web.post("/parent/login", data=ROBIN)
    assert answer.status_code == 302
    said = json.loads(unquote(answer.cookies["parent_session_credentials"]))
    web.headers["Authorization"] = f"Basic {said['session_id']}"


# -- plain HTTP -------------------------------------------------------------------


def test_a_parent_reads_over_http(web: httpx.Client, server: ClassChartsServer) -> None:
    """Signed in by form, both cookies kept, every request logged."""
    _sign_in(web)
    pupils = web.get("/apiv2parent/pupils").json()["data"]
    assert [pupil["name"] for pupil in pupils] == ["Alex Example", "Sam Example"]
    assert set(web.cookies) == {"cc-session", "parent_session_credentials"}
    assert server.log == [("POST", "/parent/login"), ("GET", "/apiv2parent/pupils")]


def test_forms_of_every_kind_arrive(web: httpx.Client) -> None:
    """Multipart, and what a client declares as plain text."""
    parts = {name: (None, value) for name, value in ALEX.items()}
    answer = web.post("/student/login", files=parts)
    session_id = json.loads(unquote(answer.cookies["student_session_credentials"]))["session_id"]
    headers = {"Authorization": f"Basic {session_id}", "Content-Type": "text/plain;charset=UTF-8"}
    bought = web.post("/apiv2student/purchase/5502", content="pupil_id=5000001", headers=headers)
    assert bought.json()["data"]["balance"] == 20


def test_files_can_be_fetched(web: httpx.Client) -> None:
    """Through the redirector, odd names included, from the address that was asked."""
    _sign_in(web)
    rows = web.get("/apiv2parent/homeworks/5000001").json()["data"]
    files = [file for row in rows for file in row["validated_attachments"]]
    rows = web.get("/apiv2parent/announcements/5000001").json()["data"]
    addresses = [file["validated_file"] for file in files]
    addresses += [file["url"] for row in rows for file in row["attachments"]]
    assert len(addresses) == 5
    for address in addresses:
        assert address.startswith(str(web.base_url))
        answer = web.get(address, follow_redirects=True)
        assert answer.content == PDF
        assert len(answer.history) == 1


def test_the_gate_is_a_circle_for_who_follows(school: SandboxSchool, clock: HandClock) -> None:
    """As the three packages die of it."""
    with serve(ClassChartsServer(school, clock=clock, mode="tes")) as place:
        address = f"{place.url}/apiv2parent/pupils"
        with pytest.raises(httpx.TooManyRedirects):
            httpx.get(address, follow_redirects=True)


def test_a_dropped_connection_is_really_dropped(web: httpx.Client, server: ClassChartsServer) -> None:
    """Before acting or after; the next request finds the server well."""
    _sign_in(web)
    for fault in (Drop(), LoseAnswer()):
        server.faults.add(fault)
        with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
            web.get("/apiv2parent/pupils")
        assert web.get("/apiv2parent/pupils").status_code == 200


def test_headers_of_a_fault_arrive(web: httpx.Client, server: ClassChartsServer) -> None:
    """When to come back."""
    server.faults.add(TooMany("7"))
    answer = web.get("/")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "7")


def test_a_slow_answer_moves_a_hand_clock(
    web: httpx.Client, server: ClassChartsServer, clock: HandClock
) -> None:
    """Nobody waits."""
    server.faults.add(Slow(dt.timedelta(hours=1)))
    assert web.get("/").status_code == 404
    assert clock.monotonic() == 3600


def test_a_slow_answer_on_a_running_clock_is_waited_for(school: SandboxSchool) -> None:
    """Longer than the caller's patience here."""
    start = dt.datetime(2026, 3, 9, 8, tzinfo=ZoneInfo("Europe/London"))
    server = ClassChartsServer(school, clock=RunningClock(start))
    server.faults.add(Slow(dt.timedelta(seconds=0.5)))
    with serve(server) as place, httpx.Client(timeout=0.05) as web:
        with pytest.raises(httpx.ReadTimeout):
            web.get(place.url)
        assert web.get(place.url).status_code == 404


# -- where ------------------------------------------------------------------------


def test_it_is_on_loopback_and_gone_afterwards(server: ClassChartsServer) -> None:
    """A free port each time, none left open, no thread left behind."""
    before = threading.active_count()
    with serve(server) as one, serve(server) as other:
        assert one.url != other.url
        assert one.url.startswith("http://127.0.0.1:")
    for place in (one, other):
        with pytest.raises(httpx.ConnectError):
            httpx.get(place.url)
    assert threading.active_count() == before


def test_a_port_can_be_chosen(server: ClassChartsServer) -> None:
    """And is refused when it is taken."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with serve(server, port=port) as place:
        assert place.url == f"http://127.0.0.1:{port}"
        with pytest.raises(OSError, match=r"[Aa]ddress"), serve(server, port=port):
            pass


def test_several_servers_by_path(server: ClassChartsServer, clock: HandClock) -> None:
    """The longest beginning wins; without one for the rest, the rest is not there."""
    other = ClassChartsServer(make_school(today=dt.date(2026, 3, 9)), clock=clock)
    with serve({"/parent": server, "/parent/login": other}) as place:
        assert httpx.get(f"{place.url}/parent/login").status_code == 200
        assert httpx.get(f"{place.url}/parent/other").status_code == 404
        assert httpx.get(place.url).status_code == 404
    assert (server.log, other.log) == ([("GET", "/parent/other")], [("GET", "/parent/login")])


PROGRAM = """
import datetime as dt
from schoolsync.sandbox.classcharts import ClassChartsServer
from schoolsync.sandbox.clock import RunningClock
from schoolsync.sandbox.school import make_school
from schoolsync.sandbox.serve import run

clock = RunningClock(dt.datetime(2026, 3, 9, 8, tzinfo=dt.UTC))
school = make_school(today=dt.date(2026, 3, 9))
run(ClassChartsServer(school, clock=clock), announce=lambda place: print(place.url, flush=True))
print("over", flush=True)
"""


def test_a_program_runs_until_it_is_interrupted() -> None:
    """It says where it is when it answers there, and ends in peace."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, text=True, env=environment
    ) as program:
        assert program.stdout
        url = program.stdout.readline().strip()
        assert httpx.get(f"{url}/parent/login").status_code == 200
        program.send_signal(signal.SIGINT)
        assert program.stdout.read() == "over\n"
    assert program.returncode == 0


# -- another project's client -------------------------------------------------------


@pytest.fixture
def peers(place: Place, monkeypatch: pytest.MonkeyPatch) -> Place:
    """The package `pyclasschartsapi`, pointed at the sandbox."""
    for module in (parent_client, student_client):
        for name, path in (
            ("BASE_URL", ""),
            ("API_BASE_PARENT", "/apiv2parent"),
            ("API_BASE_STUDENT", "/apiv2student"),
        ):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, place.url + path)
    return place


def _read_everything(client: Any) -> dict[str, Any]:
    """Every reading that both of its clients have."""
    return {
        "activity": client.get_activity(),
        "full activity": client.get_full_activity(ALL_TIME),
        "announcements": client.get_announcements(),
        "attendance": client.get_attendance(ALL_TIME),
        "badges": client.get_badges(),
        "behaviour": client.get_behaviour(ALL_TIME),
        "detentions": client.get_detentions(),
        "homeworks": client.get_homeworks({"display_date": "due_date", **ALL_TIME}),
        "lessons": client.get_lessons({"date": "2026-03-09"}),
        "pupil fields": client.get_pupil_fields(),
        "student info": client.get_student_info(),
    }


def _sizes(answers: dict[str, Any], school: SandboxSchool, pupil: int) -> None:
    """The peer found as much as there is."""
    desk = school.desk(pupil)
    assert len(answers["full activity"]) == len(desk.activity)
    assert len(answers["announcements"]["data"]) == len(desk.announcements)
    assert sum(map(len, answers["attendance"]["data"].values())) == len(desk.register)
    assert sum(len(badge["pupil_badges"]) for badge in answers["badges"]["data"]) == len(desk.awards)
    assert len(answers["detentions"]["data"]) == len(desk.detentions)
    assert len(answers["homeworks"]["data"]) == len(desk.homeworks)
    assert len(answers["lessons"]["data"]) == len(desk.lessons(dt.date(2026, 3, 9)))
    assert len(answers["pupil fields"]["data"]["fields"]) == len(desk.fields)


def test_a_peer_reads_as_a_student(peers: Place, server: ClassChartsServer) -> None:
    """Every method it has; its log-in is a form and two pings."""
    client = pyclasscharts.StudentClient(ALEX["code"].lower(), ALEX["dob"])
    client.login()
    assert server.log == [
        ("POST", "/student/login"),
        ("POST", "/apiv2student/ping"),
        ("POST", "/apiv2student/ping"),
    ]
    server.log.clear()
    _sizes(_read_everything(client), server.school, 5000001)
    assert server.log.count(("GET", "/apiv2student/activity/5000001")) == 1 + 3 + 1
    assert client.purchase_reward(5502)["data"]["balance"] == 20
    assert client.get_rewards()["meta"]["pupil_score_balance"] == 20
    assert client.get_student_code({"date_of_birth": "2011-03-14"})["data"]["code"] == ALEX["code"]
    with pytest.raises(APIError, match="Not enough points"):
        client.purchase_reward(5501)
    client._session.close()


def test_a_peer_reads_as_a_parent(peers: Place, server: ClassChartsServer) -> None:
    """Both children; it never pings, so its session ends; the password it changes is another one."""
    client = pyclasscharts.ParentClient(ROBIN["email"], ROBIN["password"])
    client.login()
    assert server.log == [("POST", "/parent/login"), ("GET", "/apiv2parent/pupils")]
    for pupil in client.pupils:
        client.select_pupil(pupil["id"])
        _sizes(_read_everything(client), server.school, pupil["id"])
    client.change_password(ROBIN["password"], "an0ther one")
    assert isinstance(server.clock, HandClock)
    server.clock.advance(300)
    with pytest.raises(APIError, match="not logged in"):
        client.get_pupils()
    with pytest.raises(AuthenticationError):
        pyclasscharts.ParentClient(ROBIN["email"], ROBIN["password"]).login()
    client._session.close()


def test_a_gated_parent_of_this_peer_fails(peers: Place, server: ClassChartsServer) -> None:
    """It sends no cookies: so it fails on the real service too. Its student does not."""
    server.mode = "tes"
    client = pyclasscharts.ParentClient(ROBIN["email"], ROBIN["password"])
    with pytest.raises(Exception, match="redirects"):
        client.login()
    client._session.close()
    pupil = pyclasscharts.StudentClient(ALEX["code"], ALEX["dob"])
    pupil.login()
    assert pupil.get_homeworks()["data"]
    pupil._session.close()
