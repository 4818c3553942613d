"""What httpx and httpx2 say, told in our words; and whether a request has left."""

from __future__ import annotations

import socket
import ssl
import traceback
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from schoolsync.drivers.discretion import OURS
from schoolsync.drivers.leg import Leg, library_of
from schoolsync.drivers.road import Bounds
from schoolsync.errors import (
    BadArgument,
    SchoolSyncError,
    TimedOut,
    Undecodable,
    Unreachable,
    UsageError,
)
from schoolsync.flow.http import Request

URL = "https://school.example/login?ticket=tell-nobody"
REQUEST = Request("POST", URL, {"cookie": "sid=tell-nobody"}, b"password=tell-nobody")


def leg_of(library: ModuleType) -> Leg:
    """An exchange about to begin."""
    return Leg(library.Client(), REQUEST)


def told(library: ModuleType, error: Exception, leg: Leg | None = None) -> SchoolSyncError:
    """What becomes of *error*."""
    with pytest.raises(SchoolSyncError) as caught, leg or leg_of(library):
        raise error
    return caught.value


@pytest.mark.parametrize(
    ("name", "kind", "was_sent"),
    [
        ("ConnectError", Unreachable, False),
        ("ConnectTimeout", TimedOut, False),
        ("PoolTimeout", TimedOut, False),
        ("ProxyError", Unreachable, False),
        ("ReadTimeout", TimedOut, True),
        ("ReadError", Unreachable, None),
        ("WriteError", Unreachable, None),
        ("WriteTimeout", TimedOut, None),
        ("CloseError", Unreachable, None),
        ("RemoteProtocolError", Unreachable, None),
    ],
)
def test_a_broken_road_says_whether_the_request_left(
    library: ModuleType, name: str, kind: type[Any], was_sent: bool | None
) -> None:
    """By the kind of error alone, where the transport tells no more."""
    error = told(library, getattr(library, name)("tell-nobody", request=None))
    assert type(error) is kind
    assert error.was_sent is was_sent  # type: ignore[attr-defined]
    assert "https://school.example/login" in str(error)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (lambda lib: lib.InvalidURL("tell-nobody"), BadArgument),
        (lambda lib: lib.UnsupportedProtocol("tell-nobody"), BadArgument),
        (lambda lib: lib.LocalProtocolError("Illegal header value b'tell-nobody'"), UsageError),
        (lambda _: UnicodeEncodeError("ascii", "tell-nobody", 0, 1, "tell-nobody"), UsageError),
        (lambda lib: lib.HTTPStatusError("tell-nobody", request=None, response=None), UsageError),
        (lambda lib: lib.ResponseNotRead(), UsageError),
        (lambda lib: lib.DecodingError("tell-nobody", request=None), Undecodable),
        (lambda lib: lib.StreamClosed(), Unreachable),
        (lambda _: OSError(5, "tell me"), Unreachable),
    ],
)
def test_other_errors_have_their_places_too(library: ModuleType, error: Any, kind: type[Exception]) -> None:
    """And nothing of their texts is repeated, nor printed below ours."""
    ours = told(library, error(library))
    assert type(ours) is kind
    assert "tell-nobody" not in "".join(traceback.format_exception(ours))


def test_what_is_not_the_library_s_passes(library: ModuleType) -> None:
    """Our own errors, programming errors, and what is no error at all."""
    for error in (TimedOut(), KeyError("x"), KeyboardInterrupt()):
        with pytest.raises(type(error)) as caught, leg_of(library):
            raise error
        assert caught.value is error
        assert OURS.get() is False


def test_what_the_operating_system_said_is_the_cause(library: ModuleType) -> None:
    """The library's own errors carry request and headers, so they are not chained."""
    try:
        try:
            raise ConnectionRefusedError(111, "Connection refused")
        except OSError as refused:
            raise library.ConnectError("tell-nobody") from refused
    except library.ConnectError as error:
        ours = told(library, error)
    assert isinstance(ours.__cause__, ConnectionRefusedError)
    assert ours.__suppress_context__
    text = "".join(traceback.format_exception(ours))
    assert "Connection refused" in text
    assert "tell-nobody" not in text


@pytest.mark.parametrize(
    ("root", "hint"),
    [
        (ssl.SSLCertVerificationError(1, "certificate verify failed"), "certificate could not be verified"),
        (socket.gaierror(-2, "Name or service not known"), "name could not be resolved"),
        (ConnectionRefusedError(111, "Connection refused"), "Check the connection"),
    ],
)
def test_a_proven_cause_gives_a_better_hint(library: ModuleType, root: OSError, hint: str) -> None:
    """The general one where nothing more is known."""
    error = library.ConnectError("broken")
    error.__cause__ = root
    assert hint in str(told(library, error))


# -- httpcore's own story ---------------------------------------------------------


def begin(leg: Leg, method: bytes = b"POST", layer: str = "http11") -> None:
    """Httpcore begins to send a request."""
    leg.trace(f"{layer}.send_request_headers.started", {"request": SimpleNamespace(method=method)})


@pytest.mark.parametrize("layer", ["http11", "http2"])
def test_a_watched_exchange_knows_how_far_it_came(library: ModuleType, layer: str) -> None:
    """Connected: not sent. Sending: nobody can tell. Sent: sent."""
    leg = leg_of(library)
    leg.trace("connection.connect_tcp.started", {})
    assert leg.was_sent() is False
    begin(leg, layer=layer)
    assert leg.was_sent() is None
    leg.trace(f"{layer}.send_request_body.complete", {"return_value": None})
    assert leg.was_sent() is True
    assert told(library, library.ReadError("reset"), leg).was_sent is True  # type: ignore[attr-defined]


def test_a_tunnel_through_a_proxy_is_not_our_request(library: ModuleType) -> None:
    """What the proxy got was only the wish for a tunnel."""
    leg = leg_of(library)
    begin(leg, b"CONNECT")
    leg.trace("http11.send_request_body.complete", {})
    assert told(library, library.ReadTimeout("slow"), leg).was_sent is False  # type: ignore[attr-defined]
    begin(leg)
    leg.trace("http11.send_request_body.complete", {})
    assert leg.was_sent() is True


# -- dressing ---------------------------------------------------------------------


def test_a_request_is_dressed_with_what_http_needs_and_no_more(library: ModuleType) -> None:
    """Host, length and encodings; nothing that a client would add."""
    dressed = leg_of(library).dressed(Bounds(timeout=7), lambda *_: None)
    assert {name.decode().lower() for name, _ in dressed.headers.raw} == {
        "host",
        "content-length",
        "cookie",
        "accept-encoding",
    }
    assert dressed.extensions["timeout"] == {"connect": 7, "read": 7, "write": 7, "pool": 7}
    assert dressed.read() == REQUEST.body


def test_no_wait_is_longer_than_the_deadline(library: ModuleType) -> None:
    """A blocking client could not be interrupted."""
    dressed = leg_of(library).dressed(Bounds(timeout=30, deadline=2), lambda *_: None)
    assert max(dressed.extensions["timeout"].values()) <= 2


def test_a_flow_may_choose_its_encodings(library: ModuleType) -> None:
    """Once, and not a second time by us."""
    leg = Leg(library.Client(), Request("GET", URL, {"Accept-Encoding": "identity"}))
    assert leg.dressed(Bounds(), lambda *_: None).headers.get_list("accept-encoding") == ["identity"]


def test_only_clients_of_the_two_libraries_are_theirs(library: ModuleType) -> None:
    """Subclasses too; nothing else."""

    class Own(library.AsyncClient):  # type: ignore[name-defined, misc]
        pass

    assert library_of(Own()) is library
    assert library_of(object()) is None
    with pytest.raises(TypeError):
        Leg(object(), REQUEST)
