"""Which addresses may be asked, and for how long."""

from __future__ import annotations

import math
import time

import pytest

from schoolsync.drivers.road import Bounds, check_scheme, plain_hosts
from schoolsync.errors import BadArgument


@pytest.mark.parametrize("url", ["https://school.example/a?b=c", "HTTPS://school.example/"])
def test_https_may_always_be_asked(url: str) -> None:
    """Without anybody's permission."""
    check_scheme(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://school.example/?ticket=tell-nobody",
        "HTTP://school.example/",
        "http://127.0.0.1.school.example/",
        "http://127.0.0.1@school.example/",
        "ftp://127.0.0.1/",
        "//127.0.0.1/",
        "127.0.0.1",
        "",
        "http://[::1",
    ],
)
def test_http_elsewhere_is_refused_before_anything_is_sent(url: str) -> None:
    """Even when this computer may be asked in the clear; and the query is not shown."""
    with pytest.raises(BadArgument, match="url") as caught:
        check_scheme(url, plain_hosts={"127.0.0.1"})
    assert "tell-nobody" not in str(caught.value)


def test_http_to_a_named_host_may_be_asked() -> None:
    """Only to that one."""
    check_scheme("http://127.0.0.1:8000/x", plain_hosts={"127.0.0.1"})
    with pytest.raises(BadArgument):
        check_scheme("http://127.0.0.2:8000/x", plain_hosts={"127.0.0.1"})


@pytest.mark.parametrize(
    ("url", "hosts"),
    [
        ("https://school.example", set()),
        ("http://127.0.0.1:8000/", {"127.0.0.1"}),
        ("http://127.1.2.3", {"127.1.2.3"}),
        ("http://[::1]:8000", {"::1"}),
        ("http://LOCALHOST:8000/x", {"localhost"}),
    ],
)
def test_a_loopback_address_earns_plain_http(url: str, hosts: set[str]) -> None:
    """By being named by the caller."""
    assert plain_hosts(url) == hosts
    check_scheme(url, plain_hosts=plain_hosts(url))


@pytest.mark.parametrize(
    "url", ["http://school.example", "http://192.168.0.1", "http://localhost.school.example"]
)
def test_another_computer_needs_permission(url: str) -> None:
    """`allow_http=True`, and then only that host."""
    with pytest.raises(BadArgument, match="everybody on the way can read"):
        plain_hosts(url)
    assert len(plain_hosts(url, allow_http=True)) == 1


@pytest.mark.parametrize("url", ["school.example", "ftp://127.0.0.1", "https://", "http://", "http://[::1"])
def test_what_is_no_web_address_is_refused(url: str) -> None:
    """Permission does not help."""
    with pytest.raises(BadArgument, match="url"):
        plain_hosts(url, allow_http=True)


def test_an_exchange_ends_at_its_deadline_or_with_everything() -> None:
    """Whichever is earlier; and there is always a moment left to fail in."""
    now = time.monotonic()
    assert 119 < Bounds().ends() - now <= 121
    assert Bounds().until == math.inf
    assert Bounds(until=now + 2).ends() == now + 2
    assert Bounds(until=now - 2).left() > 0
