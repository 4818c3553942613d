"""Logs without secrets and jars without our cookies, inside our own exchanges only."""

from __future__ import annotations

import logging
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from http.cookiejar import CookieJar, CookiePolicy, DefaultCookiePolicy
from typing import Any

import pytest

from schoolsync.drivers.discretion import OURS, keep_out, quieten


@contextmanager
def ours() -> Iterator[None]:
    """As inside an exchange."""
    token = OURS.set(True)
    try:
        yield
    finally:
        OURS.reset(token)


# -- logs -----------------------------------------------------------------------

FAMILY = [
    "httpx",
    "httpx2",
    *(
        f"{core}.{part}"
        for core in ("httpcore", "httpcore2")
        for part in ("connection", "http11", "http2", "proxy")
    ),
    "hpack.table",
    "http.cookiejar",
]


@pytest.mark.parametrize("name", FAMILY)
def test_a_record_keeps_its_event_and_loses_its_content(name: str, caplog: pytest.LogCaptureFixture) -> None:
    """On every logger of the two libraries, since filters do not inherit."""
    quieten()
    caplog.set_level(logging.DEBUG)
    with ours():
        logging.getLogger(name).debug(
            "receive_headers.complete return_value=[(b'set-cookie', b'sid=tell-nobody')]"
        )
        logging.getLogger(name).debug("got %s and %s", "tell-nobody", "tell-nobody")
    assert caplog.messages == [
        "receive_headers.complete (the rest is not logged)",
        "got (the rest is not logged)",
    ]


def test_the_summary_of_a_request_keeps_its_address(caplog: pytest.LogCaptureFixture) -> None:
    """Without query, and without the reason, which is the server's to choose."""
    quieten()
    caplog.set_level(logging.INFO)
    args = ("GET", "https://school.example/a?ticket=tell-nobody", "HTTP/1.1", 200, "tell-nobody")
    with ours():
        logging.getLogger("httpx").info('HTTP Request: %s %s "%s %d %s"', *args)
    assert caplog.messages == ['HTTP Request: GET https://school.example/a "HTTP/1.1 200"']


def test_an_exception_is_not_printed_with_a_record(caplog: pytest.LogCaptureFixture) -> None:
    """Its text could hold anything."""
    quieten()
    caplog.set_level(logging.DEBUG)
    with ours():
        error = ValueError("tell-nobody")
        logging.getLogger("httpcore.http11").debug("failed", exc_info=error, stack_info=True)
    assert "tell-nobody" not in caplog.text


def test_what_starts_with_content_is_not_logged_at_all(caplog: pytest.LogCaptureFixture) -> None:
    """No event to name."""
    quieten()
    caplog.set_level(logging.DEBUG)
    with ours():
        logging.getLogger("httpcore").debug("(b'cookie', b'tell-nobody')")
    assert caplog.messages == ["(not logged)"]


def test_the_host_s_own_records_stay_whole(caplog: pytest.LogCaptureFixture) -> None:
    """The same loggers, outside our exchanges; and other loggers inside them."""
    quieten()
    caplog.set_level(logging.DEBUG)
    logging.getLogger("httpx").debug("mine %s", "all of it")
    with ours():
        logging.getLogger("host.app").debug("mine %s", "all of it")
    assert caplog.messages == ["mine all of it"] * 2


def test_a_logger_that_is_made_later_is_found() -> None:
    """A new version may log from a new place; and no logger gets two filters."""
    late = logging.getLogger("httpcore2.http3")
    quieten()
    quieten()
    assert len(late.filters) == 1
    assert len(logging.getLogger("httpx").filters) == 1


# -- cookies --------------------------------------------------------------------

URL = "https://school.example/"


class Answer:
    """As much of an answer as a jar looks at."""

    def __init__(self, *lines: str) -> None:
        self.headers = Message()
        for line in lines:
            self.headers["Set-Cookie"] = line

    def info(self) -> Message:
        """The headers."""
        return self.headers


def receive(jar: CookieJar, *lines: str) -> None:
    """*jar* reads an answer."""
    answer: Any = Answer(*lines)
    jar.extract_cookies(answer, urllib.request.Request(URL))


def held(jar: CookieJar) -> dict[str, str | None]:
    """The cookies in *jar*."""
    return {cookie.name: cookie.value for cookie in jar}


def test_nothing_of_ours_gets_in() -> None:
    """Not stored, not replaced, not deleted: the host's own cookies are as they were."""
    jar = CookieJar()
    receive(jar, "own=1; Path=/", "lasting=1; Path=/")
    keep_out(jar)
    with ours():
        receive(jar, "sid=tell-nobody; Path=/", "own=2; Path=/", "lasting=; Path=/; Max-Age=0")
    assert held(jar) == {"own": "1", "lasting": "1"}


def test_the_host_s_cookies_work_as_before() -> None:
    """Stored, replaced, deleted and sent, outside our exchanges."""
    jar = CookieJar()
    keep_out(jar)
    receive(jar, "a=1; Path=/", "b=1; Path=/")
    receive(jar, "a=2; Path=/", "b=; Path=/; Max-Age=0")
    assert held(jar) == {"a": "2"}
    request = urllib.request.Request(URL)
    jar.add_cookie_header(request)
    assert request.get_header("Cookie") == "a=2"


def test_a_policy_keeps_its_state_and_its_kind() -> None:
    """What the host changes on its own policy afterwards counts."""
    policy = DefaultCookiePolicy(blocked_domains=["elsewhere.example"])
    jar = CookieJar(policy)
    keep_out(jar)
    keep_out(jar)
    receive(jar, "a=1; Path=/")
    policy.set_blocked_domains(["school.example"])
    receive(jar, "b=1; Path=/")
    policy.set_blocked_domains([])
    policy.netscape = False
    receive(jar, "c=1; Path=/")
    assert held(jar) == {"a": "1"}
    assert isinstance(vars(jar)["_policy"], DefaultCookiePolicy)


def test_a_policy_that_says_it_on_its_class_is_understood() -> None:
    """The usual way to write one that takes nothing, or everything."""

    class Everything(CookiePolicy):
        netscape = True
        rfc2965 = hide_cookie2 = False

        def set_ok(self, cookie: object, request: object) -> bool:
            return True

    jar = CookieJar(Everything())
    keep_out(jar)
    receive(jar, "a=1; Path=/")
    with ours():
        receive(jar, "b=1; Path=/")
    assert held(jar) == {"a": "1"}
