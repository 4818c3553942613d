"""The bench measures what it says it measures; its times are nobody's test."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from tools import bench
from tools.measuring import served


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A sandbox in a process of its own, as the bench serves it."""
    with served("tools.bench") as address:
        yield address


def test_a_full_read_is_what_the_issue_of_speed_is_about(url: str) -> None:
    """Log-in, info, five days of lessons, and one request for each other reading."""
    paths = Counter(urlsplit(address).path.split("/")[2] for _, address, _ in bench.recorded(url))

    once = ("login", "homeworks", "activity", "attendance", "eventbadges", "announcements")
    assert paths["timetable"] == 5
    assert {name: paths[name] for name in once} == dict.fromkeys(once, 1)


def test_bare_httpx_makes_the_same_requests(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Method and address of each, in order, and no answer is a refusal."""
    wanted = bench.recorded(url)
    seen: list[tuple[str, str]] = []
    send = httpx.Client.request

    def watched(client: httpx.Client, method: str, address: str, **said: object) -> httpx.Response:
        answer = send(client, method, address, **said)  # type: ignore[arg-type]
        seen.append((method, address))
        assert b'"success": 0' not in answer.content
        return answer

    monkeypatch.setattr(httpx.Client, "request", watched)
    bench.httpx_reads(wanted)

    assert seen == [(method, address) for method, address, _ in wanted]


def test_the_peer_reads_as_much(url: str) -> None:
    """It signs in and comes to the end."""
    bench.peer_reads(url)
