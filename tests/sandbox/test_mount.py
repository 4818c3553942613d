"""The sandbox in process."""

from __future__ import annotations

import datetime as dt

import pytest

from schoolsync.errors import TimedOut, Unreachable
from schoolsync.flow.http import Exchange, Request
from schoolsync.sandbox.classcharts import ClassChartsServer
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.faults import Drop, HugeBody, LoseAnswer, Slow
from schoolsync.sandbox.mount import Mount, turns
from tests.sandbox.visitor import student

PAGE = Request("GET", "https://www.classcharts.com/parent/login")


@pytest.fixture
def mount(server: ClassChartsServer) -> Mount:
    """ClassCharts where it really is, without the world."""
    return Mount({"www.classcharts.com": server})


def test_a_request_reaches_the_server_of_its_host(mount: Mount, server: ClassChartsServer) -> None:
    """The answer says which address it came from."""
    assert isinstance(mount, Exchange)
    answer = mount.exchange(PAGE)
    assert (answer.status, answer.url) == (200, PAGE.url)
    assert server.log == [("GET", "/parent/login")]


@pytest.mark.parametrize("host", ["attachments.classcharts.com", "WWW.CLASSCHARTS.COM"])
def test_other_hosts_of_the_school_are_the_servers_too(mount: Mount, host: str) -> None:
    """In any case of letters."""
    assert mount.exchange(Request("GET", f"https://{host}/nowhere")).status in {403, 404}


@pytest.mark.parametrize("host", ["classcharts.com.example.test", "example.test", "evilclasscharts.com"])
def test_a_stranger_is_unreachable(mount: Mount, host: str) -> None:
    """Nothing was sent, and the query is not in the error."""
    with pytest.raises(Unreachable) as caught:
        mount.exchange(Request("GET", f"https://{host}/?secret=1"))
    assert caught.value.was_sent is False
    assert "secret" not in str(caught.value)


def test_a_port_belongs_to_the_host(server: ClassChartsServer) -> None:
    """A server of one port does not answer for another."""
    mount = Mount({"127.0.0.1:8421": server})
    assert mount.exchange(Request("GET", "http://127.0.0.1:8421/parent/login")).status == 200
    with pytest.raises(Unreachable):
        mount.exchange(Request("GET", "http://127.0.0.1:8422/parent/login"))


@pytest.mark.parametrize(
    ("fault", "was_sent"), [(Drop(), True), (Drop(was_received=False), False), (LoseAnswer(), True)]
)
def test_a_broken_connection_says_whether_it_was_sent(
    mount: Mount, server: ClassChartsServer, fault: Drop | LoseAnswer, was_sent: bool
) -> None:
    """What never arrived is not in the server's log either."""
    server.faults.add(fault)
    with pytest.raises(Unreachable) as caught:
        mount.exchange(PAGE)
    assert caught.value.was_sent is was_sent
    assert bool(server.log) is was_sent


def test_a_slow_answer_moves_the_clock_or_tries_patience(server: ClassChartsServer, clock: HandClock) -> None:
    """Without a limit it arrives; with one it may come too late."""
    server.faults.add(Slow(dt.timedelta(seconds=20)), times=3)
    assert Mount({"www.classcharts.com": server}).exchange(PAGE).status == 200
    assert clock.monotonic() == 20
    hasty = Mount({"www.classcharts.com": server}, patience=dt.timedelta(seconds=10))
    with pytest.raises(TimedOut) as caught:
        hasty.exchange(PAGE)
    assert caught.value.was_sent is True
    patient = Mount({"www.classcharts.com": server}, patience=dt.timedelta(seconds=20))
    assert patient.exchange(PAGE).status == 200


def test_a_stream_is_the_same_answer_in_pieces(mount: Mount, server: ClassChartsServer) -> None:
    """Status and headers first, then every byte."""
    server.faults.add(HugeBody(100_000))
    with mount.stream(PAGE) as (head, pieces):
        assert (head.status, head.url) == (200, PAGE.url)
        chunks = list(pieces)
    assert len(chunks) > 1
    assert len(b"".join(chunks)) > 100_000
    assert mount.exchange(PAGE).body == b"".join(chunks).rstrip(b" ")


def test_one_at_a_time() -> None:
    """A turn excludes others, and may be taken twice by whoever has it."""
    lock = turns()
    with lock, lock:
        pass


def test_signing_in_through_the_mount(mount: Mount, server: ClassChartsServer) -> None:
    """A session begun elsewhere is known here: it is one server."""
    alex = student(server)
    request = Request(
        "POST",
        f"{alex.origin}/apiv2student/ping",
        {"authorization": f"Basic {alex.session_id}"},
    )
    assert b"Alex Example" in mount.exchange(request).body
