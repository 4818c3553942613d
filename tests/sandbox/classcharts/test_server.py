"""The server as a whole: who may call, what is logged, what goes wrong."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from urllib.parse import urlsplit

import attrs
import pytest

from schoolsync.errors import Unreachable
from schoolsync.flow.http import Request
from schoolsync.sandbox.classcharts import ClassChartsServer, Rules, Shapes
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.faults import Drop, Fault, Outcome, Scene
from schoolsync.sandbox.school import SandboxSchool
from tests.sandbox.visitor import ALEX, ROBIN, Visitor, parent, read, seconds, student

# -- sessions ---------------------------------------------------------------------


def test_an_id_is_good_for_three_minutes(server: ClassChartsServer) -> None:
    """Then the answer is the one that everybody knows."""
    robin = parent(server)
    robin.clock.advance(seconds(179))
    assert robin.get("pupils")["success"] == 1
    robin.clock.advance(seconds(1))
    dead = robin.get("pupils")
    assert dead.pop("error") == "You are not logged in. [1]"
    assert dead == {"success": 0, "expired": 1, "data": None, "meta": []}


@pytest.mark.parametrize("session_id", ["", "0" * 32, "Og=="])
def test_an_unknown_id_is_not_logged_in(server: ClassChartsServer, session_id: str) -> None:
    """Nor is none."""
    assert Visitor(server, session_id=session_id).get("pupils")["expired"] == 1


@pytest.mark.parametrize(("status", "flag"), [(200, 1), (401, 1), (200, 0), (401, 0)])
def test_how_an_expired_session_looks_is_a_rule(
    school: SandboxSchool, clock: HandClock, status: int, flag: int
) -> None:
    """Sources disagree about status and flag; the sentence is always there."""
    server = ClassChartsServer(school, clock=clock, rules=Rules(expired_status=status, expired_flag=flag))
    answer = Visitor(server).send("GET", "/apiv2parent/pupils")
    assert answer.status == status
    assert read(answer)["expired"] == flag
    assert read(answer)["error"].startswith("You are not logged in.")


def test_one_apis_session_is_not_the_others(server: ClassChartsServer) -> None:
    """A parent's id opens nothing on the pupils' side."""
    robin = parent(server)
    robin.role = "student"
    assert robin.get("homeworks")["expired"] == 1


def test_a_late_ping_is_forgiven_or_not(school: SandboxSchool, clock: HandClock) -> None:
    """While the log-in lives, unless the server is strict."""
    for strict in (False, True):
        rules = Rules(strict_ping=strict)
        robin = parent(ClassChartsServer(school, clock=clock, rules=rules))
        robin.clock.advance(seconds(1000))
        assert robin.get("pupils")["success"] == 0
        assert robin.post("ping")["success"] == (0 if strict else 1)


def test_the_call_that_renewed_may_carry_the_old_id(server: ClassChartsServer) -> None:
    """As a well-known client does: id one pings at 176 s, and is still good at 179 s and at 230 s."""
    alex = student(server)
    alex.clock.advance(seconds(176))
    assert alex.post("ping", include_data="true")["success"] == 1
    alex.clock.advance(seconds(54))
    assert alex.get("homeworks")["success"] == 1
    alex.clock.advance(seconds(10))
    assert alex.get("homeworks")["success"] == 0


def test_a_log_out_answers_nothing_and_ends_the_session(server: ClassChartsServer) -> None:
    """For both roles; a second one is no error."""
    for visitor in (parent(server), student(server)):
        for _ in range(2):
            answer = visitor.send("POST", f"/apiv2{visitor.role}/logout")
            assert (answer.status, answer.body) == (200, b"")
        assert visitor.post("ping")["expired"] == 1


def test_data_may_wait_for_the_first_ping(school: SandboxSchool, clock: HandClock) -> None:
    """Success, and nothing in it, until then."""
    robin = parent(ClassChartsServer(school, clock=clock, rules=Rules(require_ping=True)))
    for path in ("pupils", "homeworks/5000001", "activity/5000001"):
        assert robin.get(path) == {"success": 1, "data": [], "meta": []}
    robin.post("ping", include_data="true")
    assert len(robin.get("pupils")["data"]) == 2


# -- the gate ---------------------------------------------------------------------


@pytest.fixture
def gated(school: SandboxSchool, clock: HandClock) -> ClassChartsServer:
    """A server that wants cookies."""
    return ClassChartsServer(school, clock=clock, mode="tes")


def test_with_cookies_the_gate_is_open(gated: ClassChartsServer) -> None:
    """For both roles."""
    assert parent(gated).get("pupils")["success"] == 1
    assert student(gated).get("homeworks")["success"] == 1


def test_without_cookies_the_gate_leads_to_tes(gated: ClassChartsServer) -> None:
    """Reads, pings and writes alike, and nothing is done."""
    robin = parent(gated)
    robin.sends_cookies = False
    for method, path in (("GET", "pupils"), ("POST", "ping"), ("POST", "password")):
        answer = robin.send(method, f"/apiv2parent/{path}")
        assert answer.status == 302
        assert (urlsplit(answer.location or "").hostname, answer.body) == ("session.tes.com", b"")


def test_a_followed_gate_is_a_circle(gated: ClassChartsServer) -> None:
    """Served, the verification page is a path of the same server, and sends one back for ever."""
    robin = Visitor(gated, origin="http://127.0.0.1:8421")
    robin.sign_in(**ROBIN)
    robin.sends_cookies = False
    seen, address = [], "/apiv2parent/pupils"
    for _ in range(6):
        answer = robin.send("GET", address)
        assert answer.status == 302
        address = answer.location or ""
        seen.append(urlsplit(address).path)
    assert seen[::2] == ["/session.tes.com/v1/verify"] * 3
    assert seen[1::2] == ["/apiv2parent/pupils"] * 3
    assert "prompt=login" in address


def test_the_verification_page_leads_home_only(gated: ClassChartsServer) -> None:
    """To no other origin."""
    robin = Visitor(gated, origin="http://127.0.0.1:8421")
    answer = robin.send("GET", "/session.tes.com/v1/verify?returnUrl=https://example.test/")
    assert (answer.status, answer.location) == (404, None)


@pytest.mark.parametrize(
    "pattern",
    [
        "{cookie}",
        "a=b; {cookie}; c",
        "{cookie}; expires=Mon; 09-Mar-2026 10:00:00 GMT; path=/; parent_session_credentials=%7B%7D",
        "{cookie}; Max-Age=7200; path=/, parent_session_credentials=%7B%7D; path=/",
    ],
)
def test_cookies_with_junk_pass(gated: ClassChartsServer, pattern: str) -> None:
    """Attributes and dates come along from some clients; what counts is that it is there."""
    robin = parent(gated)
    cookie = f"cc-session={robin.cookies.get('cc-session')}"
    robin.sends_cookies = False
    answer = robin.send("GET", "/apiv2parent/pupils", cookie=pattern.format(cookie=cookie))
    assert answer.status == 200


@pytest.mark.parametrize(
    "cookie", ["", "cc-session=0", "other=1", "parent_session_credentials=%7B%7D; path=/, cc-session"]
)
def test_other_cookies_do_not(gated: ClassChartsServer, cookie: str) -> None:
    """An unknown or hidden one is none."""
    robin = parent(gated)
    robin.sends_cookies = False
    assert robin.send("GET", "/apiv2parent/pupils", cookie=cookie).status == 302


def test_the_apis_log_in_does_not_pass_the_gate(gated: ClassChartsServer) -> None:
    """It gives an id and no cookie."""
    visitor = Visitor(gated)
    visitor.session_id = visitor.post("login", **ROBIN)["meta"]["session_id"]
    assert visitor.send("GET", "/apiv2parent/pupils").status == 302


# -- requests ---------------------------------------------------------------------


def test_every_request_is_logged_without_secrets(server: ClassChartsServer) -> None:
    """Method and path, in order: what a test counts."""
    alex = student(server)
    alex.get("homeworks", display_date="due_date")
    alex.post("getcode", date="2011-03-14")
    assert server.log == [
        ("POST", "/student/login"),
        ("GET", "/apiv2student/homeworks"),
        ("POST", "/apiv2student/getcode"),
    ]
    assert alex.session_id not in repr(server)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/apiv2parent/nothing", 404),
        ("GET", "/apiv2student/purchase/5501", 405),
        ("DELETE", "/apiv2parent/pupils", 405),
        ("GET", "/session.tes.com/v1/verify", 404),
    ],
)
def test_what_is_not_there_is_a_page(server: ClassChartsServer, method: str, path: str, status: int) -> None:
    """HTML, as a web server answers."""
    answer = Visitor(server).send(method, path)
    assert (answer.status, answer.media_type) == (status, "text/html")


def test_success_may_be_true(school: SandboxSchool, clock: HandClock) -> None:
    """Everywhere, if the knob is turned."""
    robin = parent(ClassChartsServer(school, clock=clock, shapes=Shapes(success_as_bool=True)))
    assert robin.get("pupils")["success"] is True


def test_the_story_goes_on_while_the_clock_runs(server: ClassChartsServer) -> None:
    """What happened since is in the next answer."""
    alex = student(server)
    assert len(alex.get("announcements")["data"]) == 4
    alex.clock.advance(dt.timedelta(hours=5))
    alex.sign_in(**ALEX)
    assert alex.get("announcements")["data"][0]["title"] == "Early end"


def test_a_broken_connection_is_an_error(server: ClassChartsServer) -> None:
    """For users of `answer` as for those of a mount."""
    server.faults.add(Drop())
    with pytest.raises(Unreachable):
        server.answer(Request("GET", "https://www.classcharts.com/"))


@attrs.define
class Crowded(Fault):
    """Notices when a second request is let in while the first one is inside."""

    inside: int = 0
    most: int = 0
    company: Event = attrs.field(factory=Event)

    def meet(self, scene: Scene) -> Outcome:
        """The right answer, after a moment in which somebody else could have come in."""
        self.inside += 1
        self.most = max(self.most, self.inside)
        if self.inside > 1:
            self.company.set()
        self.company.wait(0.05)
        self.inside -= 1
        return Outcome(scene.act())


def test_one_request_at_a_time(server: ClassChartsServer) -> None:
    """However many call at once; every one is answered and logged."""
    fault = Crowded()
    visitors = [student(server) for _ in range(4)]
    server.faults.add(fault, times=4)
    with ThreadPoolExecutor(4) as pool:
        assert [said["success"] for said in pool.map(lambda one: one.get("homeworks"), visitors)] == [1] * 4
    assert fault.most == 1
    assert len(server.log) == 4 + 4


def test_the_same_seed_gives_the_same_session_ids(school: SandboxSchool, clock: HandClock) -> None:
    """So that recordings can be compared; another one gives others."""
    ids = [parent(ClassChartsServer(school, clock=clock, seed=seed)).session_id for seed in (1, 1, 2)]
    assert ids[0] == ids[1] != ids[2]
