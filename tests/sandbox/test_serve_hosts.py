"""The sandbox under real names: over TLS, behind one port of loopback."""

from __future__ import annotations

import asyncio
import datetime as dt
import socket
import ssl
import threading
from typing import Any

import attrs
import httpx
import pytest
import uvicorn
from uvicorn.server import ServerState

from schoolsync.flow.http import Request, Response
from schoolsync.sandbox.classcharts import ClassChartsServer
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.faults import Outcome
from schoolsync.sandbox.serve import Peer, ServedHosts, _application, _road, serve_hosts


def _over_tls(place: ServedHosts, name: str, host: str | None = None, path: str = "/") -> str:
    """What the one who is called *name* in TLS answers to a request for *host*, status line first."""
    trust = ssl.create_default_context(cafile=place.authority)
    request = f"GET {path} HTTP/1.1\r\nHost: {host or name}\r\nConnection: close\r\n\r\n"
    with (
        socket.create_connection(("127.0.0.1", place.port), timeout=5) as raw,
        trust.wrap_socket(raw, server_hostname=name) as road,
    ):
        road.sendall(request.encode())
        return b"".join(iter(lambda: road.recv(65536), b"")).decode()


def _status(answer: str) -> int:
    return int(answer.split()[1])


@attrs.define
class Echo:
    """Answers with the address that it was asked for."""

    clock: HandClock
    delay: dt.timedelta = dt.timedelta(0)
    breaks: bool = False

    def handle(self, request: Request) -> Outcome:
        """The address."""
        answer = None if self.breaks else Response(200, body=request.url.encode())
        return Outcome(answer, self.delay)


def test_each_name_has_its_server(server: ClassChartsServer, clock: HandClock) -> None:
    """By `Host`, in any case of letters, with the port or without; the address stays the real one."""
    with serve_hosts({"Www.ClassCharts.com": server, "cas.example.test": Echo(clock)}) as place:
        assert place.names == {"www.classcharts.com", "cas.example.test"}
        assert place.scheme == "https"
        assert _status(_over_tls(place, "www.classcharts.com", path="/parent/login")) == 200
        said = _over_tls(place, "cas.example.test", "CAS.example.test:443", "/a%2Fb?service=https:%2F%2Fc")
    assert said.endswith("https://CAS.example.test:443/a%2Fb?service=https:%2F%2Fc")
    assert server.log == [("GET", "/parent/login")]


def test_a_host_that_is_not_served_has_no_page(clock: HandClock) -> None:
    """Nor one on another port, nor a request that names none that could be."""
    with serve_hosts({"cas.example.test": Echo(clock)}) as place:
        for host in ("other.example.test", "cas.example.test:444", "cas.example.test.evil.test", "@"):
            assert _status(_over_tls(place, "cas.example.test", host)) == 404


def test_the_certificate_is_of_the_served_names_only(clock: HandClock) -> None:
    """Signed by the place's own authority, for nobody else, and new in every block."""
    echo = Echo(clock)
    with serve_hosts({"cas.example.test": echo}) as place, serve_hosts({"cas.example.test": echo}) as other:
        assert _status(_over_tls(place, "cas.example.test")) == 200
        with pytest.raises(ssl.SSLCertVerificationError, match=r"not valid for 'evil\.example\.test'"):
            _over_tls(place, "evil.example.test")
        with pytest.raises(ssl.SSLCertVerificationError, match="verify failed"):
            _over_tls(attrs.evolve(place, authority=other.authority), "cas.example.test")


def test_three_hundred_names_are_no_trouble(clock: HandClock) -> None:
    """All in one certificate, those with a port too."""
    names = {f"cas{number}.example.test": Echo(clock) for number in range(300)}
    with serve_hosts({**names, "odd.example.test:8443": Echo(clock)}) as place:
        assert _status(_over_tls(place, "cas299.example.test")) == 200
        assert _status(_over_tls(place, "odd.example.test", "odd.example.test:8443")) == 200


def test_faults_hold_over_tls(clock: HandClock) -> None:
    """A slow answer moves the clock, and a broken road brings nothing at all."""
    slow, broken = Echo(clock, delay=dt.timedelta(hours=1)), Echo(clock, breaks=True)
    with serve_hosts({"slow.example.test": slow, "broken.example.test": broken}) as place:
        assert _status(_over_tls(place, "slow.example.test")) == 200
        assert clock.monotonic() == 3600
        assert not _over_tls(place, "broken.example.test")


def test_names_can_be_served_plainly(clock: HandClock) -> None:
    """To show that nobody comes."""
    with serve_hosts({"old.example.test": Echo(clock)}, tls=False) as place:
        assert (place.authority, place.scheme) == (None, "http")
        said = httpx.get(f"http://127.0.0.1:{place.port}/x", headers={"Host": "old.example.test"})
        assert said.text == "http://old.example.test/x"
        assert httpx.get(f"http://127.0.0.1:{place.port}/x").status_code == 404


def test_nobody_waits_for_an_idle_client(clock: HandClock, caplog: pytest.LogCaptureFixture) -> None:
    """Whoever keeps a connection open, and says no good-bye in TLS, does not hold up the end."""
    with serve_hosts({"cas.example.test": Echo(clock)}) as place:
        trust = ssl.create_default_context(cafile=place.authority)
        raw = socket.create_connection(("127.0.0.1", place.port), timeout=5)
        road = trust.wrap_socket(raw, server_hostname="cas.example.test")
        road.sendall(b"GET / HTTP/1.1\r\nHost: cas.example.test\r\n\r\n")
        assert road.recv(65536).startswith(b"HTTP/1.1 200")
    road.close()
    assert [record.message for record in caplog.records if record.name.startswith("uvicorn")] == []


@attrs.define(eq=False)
class Ending(asyncio.Transport):
    """A connection over TLS that is being closed, as Python has it: closed once more, it is lost to all."""

    is_lost: bool = False
    is_aborted: bool = False

    def get_extra_info(self, name: str, default: object = None) -> object:
        """As long as it is not lost."""
        if self.is_lost:
            raise AttributeError("'NoneType' object has no attribute '_get_extra_info'")
        return {"peername": ("127.0.0.1", 50000), "ssl_object": object()}.get(name, default)

    def close(self) -> None:
        """Once more."""
        self.is_lost = True

    def abort(self) -> None:
        """Nobody is waited for, if it is not lost."""
        self.is_aborted = not self.is_lost


def test_nobody_waits_for_a_client_that_was_told_to_go(clock: HandClock) -> None:
    """A connection that was idle for too long is being closed when the block ends: it ends with it."""
    roads: dict[Peer, asyncio.Transport] = {}
    config = uvicorn.Config(_application(lambda _: Echo(clock), roads), lifespan="off", log_config=None)
    loop, transport = asyncio.new_event_loop(), Ending()
    made: Any = _road(roads)
    try:
        road = made(config, ServerState(), {}, loop)
        road.connection_made(transport)
        assert roads == {("127.0.0.1", 50000): transport}
        road.shutdown()
        road.connection_lost(None)
    finally:
        loop.close()
    assert (roads, transport.is_aborted) == ({}, True)


def test_nothing_is_left_of_served_names(clock: HandClock) -> None:
    """No thread, no open port, no file; and a port that is taken is told."""
    before = threading.active_count()
    with serve_hosts({"cas.example.test": Echo(clock)}) as place:
        assert place.authority is not None
        files = list(place.authority.parent.iterdir())
        assert place.authority.parent.stat().st_mode & 0o077 == 0
        with (
            pytest.raises(OSError, match=r"[Aa]ddress"),
            serve_hosts({"cas.example.test": Echo(clock)}, port=place.port),
        ):
            pass
    assert len(files) == 2
    assert not any(file.exists() for file in files)
    assert threading.active_count() == before
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", place.port), timeout=5)
