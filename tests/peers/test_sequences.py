"""Which requests other people's clients make: at log-in, page by page, when a session grows old."""

from __future__ import annotations

import pytest

from tests.peers.npm_peer import NpmPeer
from tests.peers.peer import Client, Peer, PeerFailed
from tests.peers.python_peer import PythonPeer
from tests.peers.readings import ACTIONS, INNER, of_both, of_family, of_student
from tests.peers.scenes import ALEX, ALEX_CARD, ORDINARY, ROBIN, ROLES, Role, Scene, Stage

pytestmark = pytest.mark.peer

WHO = {"parent": ROBIN, "student": ALEX_CARD}
LOG_IN = {
    "parent": ["POST /parent/login", "GET /apiv2parent/pupils"],
    "student": ["POST /student/login", "POST /apiv2student/ping", "POST /apiv2student/ping"],
}
BADGES = f"GET /apiv2student/eventbadges/{ALEX}"
PING = "POST /apiv2student/ping"


@pytest.mark.parametrize("role", ROLES)
def test_every_method_is_accounted_for(peer: Peer, stage: Stage, role: Role) -> None:
    """What a peer can do is read, done in another test, or part of the rest; and nothing else is claimed."""
    scene = stage.play(ORDINARY)
    parent, desk = scene.parents[0], scene.desks[0]
    special = of_family(scene, parent) if role == "parent" else of_student(scene, desk)
    read = {reading.method for reading in (*special, *of_both(scene, desk))}
    methods = set(peer.declared(role))
    assert methods - INNER - ACTIONS - read == set()
    assert read <= methods


@pytest.mark.parametrize("role", ROLES)
def test_a_log_in_makes_these_requests(peer: Peer, stage: Stage, role: Role) -> None:
    """A parent's: form and pupils. A student's: form and two pings; an id that nobody uses is normal."""
    scene = stage.play(ORDINARY)
    with peer.client(scene, role, *WHO[role]):
        assert scene.requests() == LOG_IN[role]


def test_120_activities_take_four_requests(peer: Peer, stage: Stage) -> None:
    """Three pages, and the empty one that ends them."""
    scene = stage.play(ORDINARY)
    with peer.client(scene, "student", *ALEX_CARD) as client:
        scene.requests()
        days = {"from": "2025-09-01", "to": "2026-03-09"}
        if isinstance(peer, PythonPeer):
            days = {f"{name}_date": day for name, day in days.items()}
        rows = client.call("get_full_activity", days)
        assert scene.requests() == [f"GET /apiv2student/activity/{ALEX}"] * 4
        assert [row["id"] for row in rows] == sorted({row["id"] for row in rows}, reverse=True)
        assert len(rows) == 120


# -- renewal ----------------------------------------------------------------------


def _ids(scene: Scene) -> list[str]:
    return [one.session_id for one in scene.watched.seen]


def _twice(scene: Scene, client: Client) -> list[str]:
    """Session ids of what is sent when badges are read twice."""
    scene.watched.seen.clear()
    client.call("get_badges")
    client.call("get_badges")
    return _ids(scene)


def test_a_young_session_is_not_renewed(peer: Peer, stage: Stage) -> None:
    """174 seconds: one request a call, with the id of the first ping."""
    scene = stage.play(ORDINARY)
    with peer.client(scene, "student", *ALEX_CARD) as client:
        scene.clock.advance(174)
        ids = _twice(scene, client)
        assert len(set(ids)) == 1
        assert scene.requests() == [BADGES, BADGES]


@pytest.mark.parametrize("age", [176, 200, 3600])
def test_an_old_session_is_renewed_once(peer: Peer, stage: Stage, age: int) -> None:
    """One ping; npm sends the call that triggered it with the superseded id, which is still good."""
    scene = stage.play(ORDINARY)
    with peer.client(scene, "student", *ALEX_CARD) as client:
        scene.clock.advance(age)
        old, trigger, new = _twice(scene, client)
        assert old != new
        assert trigger == (old if isinstance(peer, NpmPeer) else new)
        assert scene.requests() == [PING, BADGES, BADGES]


def test_a_parents_session_is_never_renewed(peer: Peer, stage: Stage) -> None:
    """No peer pings for parents: after three minutes they are not logged in."""
    scene = stage.play(ORDINARY)
    with peer.client(scene, "parent", *ROBIN) as client:
        scene.clock.advance(179)
        client.call("get_badges")
        scene.clock.advance(2)
        scene.requests()
        with pytest.raises(PeerFailed, match="You are not logged in"):
            client.call("get_badges")
        assert scene.requests() == [f"GET /apiv2parent/eventbadges/{ALEX}"]


# -- the Tes gate -----------------------------------------------------------------


@pytest.mark.parametrize("role", ROLES)
def test_the_npm_package_passes_the_gate(npm: NpmPeer, stage: Stage, role: Role) -> None:
    """It sends the log-in's cookies, however oddly: `cc-session` is the first of them."""
    scene = stage.play(ORDINARY, mode="tes")
    with npm.client(scene, role, *WHO[role]) as client:
        assert client.call("get_announcements")["success"] == 1


def test_the_python_peer_passes_the_gate_as_a_student(stage: Stage) -> None:
    """As a student it sends cookies."""
    scene = stage.play(ORDINARY, mode="tes")
    with PythonPeer().client(scene, "student", *ALEX_CARD) as client:
        assert client.call("get_announcements")["success"] == 1


def test_the_python_peer_does_not_pass_the_gate_as_a_parent(stage: Stage) -> None:
    """As a parent it sends none, and is sent around until it gives up; so it is at the real school."""
    scene = stage.play(ORDINARY, mode="tes")
    with (
        pytest.raises(PeerFailed, match="TooManyRedirects"),
        PythonPeer().client(scene, "parent", *ROBIN),
    ):
        pass
    assert scene.requests()[:3] == [*LOG_IN["parent"], "GET /session.tes.com/v1/verify"]


# -- who is not let in --------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "wrong"),
    [
        ("parent", ("robin@example.test", "S3cret&+")),
        ("student", ("ZZTEST9999", "14/03/2011")),
        ("student", ("ZZTEST0001", "03/14/2011")),
    ],
)
def test_wrong_credentials_give_no_cookies(
    peer: Peer, stage: Stage, role: Role, wrong: tuple[str, str]
) -> None:
    """One request, and the peers' own words for it."""
    scene = stage.play(ORDINARY)
    with (
        pytest.raises(PeerFailed, match="didn't return authentication cookies"),
        peer.client(scene, role, *wrong),
    ):
        pass
    assert scene.requests() == [f"POST /{role}/login"]
