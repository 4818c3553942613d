"""Measure our PRONOTE against pronotepy, on the same served sandbox and on the same stored answers.

What is measured is what the clients compute, in CPU time of this process. Nobody signs out: pronotepy
cannot. `python -m tools.bench` prints these figures among the others.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import sys
import tracemalloc
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import attrs

from tools.measuring import Figure, least, served

if TYPE_CHECKING:
    from schoolsync.drivers.sync import Driver
    from schoolsync.flow.http import Request, Response
    from schoolsync.model import Lesson
    from schoolsync.providers.pronote.service import Pronote

__all__ = ["figures"]

DAY = dt.date(2026, 3, 11)
MONDAY, SUNDAY = dt.date(2026, 3, 9), dt.date(2026, 3, 15)
FIRST_DAY, LAST_DAY = dt.date(2025, 9, 1), dt.date(2026, 7, 4)
MONTH = dt.timedelta(days=30)
LOG_IN = ("louison.example", "Sésame-42")
HOST = "college.example"
YEARS = 25
"""Rounds in which a school year is read: the more, the less it counts what else the machine does."""
SESSIONS = 8
"""Signed-in sessions that are weighed together."""
AVERAGES = ("overall_average", "class_overall_average")


def figures() -> Iterator[Figure]:
    """What it costs to read a week, to decode a year, and to hold a session."""
    with served("tools.bench_pronote") as url:
        ours, theirs = least(lambda: ours_reads(url), lambda: peer_reads(url))
        counts = Counted.of(url), peer_requests(url)
    what = "PRONOTE log-in, a week, homework, marks with averages"
    yield Figure(f"{what} / pronotepy", ours, theirs, 0.5, "ms")
    yield Figure("requests of the same / pronotepy", *counts, 1.0, "")
    year = Year.stored()
    ours, theirs, loads = least(year.decoded, year.read_by_peer, year.loaded, rounds=YEARS)
    yield Figure(f"a year of {len(year.answers)} timetables decoded / pronotepy", ours, theirs, 0.75, "ms")
    yield Figure("the same / json.loads", ours, loads, 8.0, "ms")
    yield Figure("a signed-in session / 64 KB", held_kilobytes(), 64.0, 1.0, "KB")


# -- a sandbox ----------------------------------------------------------------------


def serve() -> None:
    """Serve the sandbox until the process is ended; print its address first."""
    from schoolsync.sandbox.clock import RunningClock
    from schoolsync.sandbox.serve import run

    run(
        {"/pronote": new_server(RunningClock(noon()))},
        announce=lambda place: print(f"{place.url}/pronote", flush=True),
    )


def noon() -> dt.datetime:
    """The moment at which everything is read."""
    from zoneinfo import ZoneInfo

    return dt.datetime.combine(DAY, dt.time(12), ZoneInfo("Europe/Paris"))


def new_server(clock: Any) -> Any:
    """The newest generation, without encryption, as schools have it."""
    from schoolsync.sandbox.college.college import make_college
    from schoolsync.sandbox.pronote import PronoteServer

    return PronoteServer(make_college(today=DAY), clock=clock)


# -- a week ---------------------------------------------------------------------------


def ours_reads(url: str, http_client: Any = None) -> None:
    """Log-in, a week of lessons, two months of homework, marks with averages: by our client."""
    from schoolsync import pronote

    client = pronote.login(url, *LOG_IN, http_client=http_client)
    came(client.get_lessons(MONDAY, SUNDAY), client.get_homeworks(DAY - MONTH, DAY + MONTH))
    book = client.get_mark_book()
    came(book.marks, book.averages)


def peer_reads(url: str) -> Any:
    """The same by pronotepy; its client."""
    import pronotepy

    client = pronotepy.Client(f"{url}/eleve.html", *LOG_IN)
    came(client.lessons(MONDAY, SUNDAY), client.homework(DAY - MONTH, DAY + MONTH))
    period = client.current_period
    came(period.grades, period.averages, *(getattr(period, name) for name in AVERAGES))
    return client


def came(*listings: object) -> None:
    """Nothing, when all *listings* hold something.

    Raises:
        RuntimeError: One is empty: then it is not reading that is measured.
    """
    if not all(listings):
        raise RuntimeError("an empty reading")


@attrs.define
class Counted:
    """A road that counts."""

    client: Any
    requests: int = 0

    def exchange(self, request: Request) -> Response:
        """The answer that httpx gets."""
        from schoolsync.flow.http import Response

        self.requests += 1
        sent = (request.method, request.url)
        found = self.client.request(*sent, content=request.body, headers=list(request.headers))
        headers = tuple((name.lower(), value) for name, value in found.headers.items())
        return Response(found.status_code, headers, request.url, found.content)

    @classmethod
    def of(cls, url: str) -> int:
        """How many requests our reading makes."""
        import httpx

        with httpx.Client() as client:
            road = cls(client)
            ours_reads(url, road)
        return road.requests


def peer_requests(url: str) -> int:
    """How many requests pronotepy's reading makes."""
    import requests

    count = itertools.count()
    send = requests.Session.send

    def counting(*args: Any, **given: Any) -> Any:
        next(count)
        return send(*args, **given)

    requests.Session.send = counting  # type: ignore[method-assign]
    try:
        peer_reads(url)
    finally:
        requests.Session.send = send  # type: ignore[method-assign]
    return next(count)


# -- a year -----------------------------------------------------------------------------


@attrs.define
class Remembered:
    """A road over a mounted sandbox that keeps what came, and can give it once more."""

    mount: Any
    kept: list[Response] = attrs.field(factory=list)
    place: int | None = None
    """The next answer that is given again; `None`: what comes is new."""

    def exchange(self, request: Request) -> Response:
        """The answer: a new one, or the next of those that were kept."""
        if self.place is None:
            self.kept.append(self.mount.exchange(request))
            return self.kept[-1]
        self.place += 1
        return self.kept[self.place - 1]


@attrs.frozen
class Held:
    """A session of ours that has signed in, without a client around it."""

    service: Pronote
    driver: Driver

    @classmethod
    def over(cls, road: Remembered) -> Held:
        """One over *road*; what is drawn by chance is always the same."""
        from schoolsync.drivers.sync import Driver
        from schoolsync.provider import Options
        from schoolsync.providers.pronote.service import account_service
        from schoolsync.sandbox.clock import HandClock

        options = Options(clock=HandClock(noon()))
        username, password = LOG_IN
        service = account_service(
            options, url=f"https://{HOST}/pronote", username=username, password=password
        )
        service.account.session.draw = lambda count: b"\x07" * count
        held = cls(service, Driver(http_client=road))
        held.driver.run(service.login())
        return held

    def lessons(self) -> list[Lesson]:
        """What `get_lessons` gives for the school year."""
        from schoolsync.provider import Days

        return self.driver.run(self.service.lessons(Days(FIRST_DAY, LAST_DAY)))


def remembering() -> Remembered:
    """A road over a new sandbox."""
    from schoolsync.sandbox.clock import HandClock
    from schoolsync.sandbox.mount import Mount

    return Remembered(Mount({HOST: new_server(HandClock(noon()))}))


@attrs.define
class Year:
    """The timetables of a school year, as they came, and two who read them."""

    answers: list[Response]
    """One for each week."""
    orders: range
    """Their order numbers."""
    road: Remembered
    """Over which they came, and may come again."""
    held: Held
    """Ours, to which they belong."""
    peer: Any
    """pronotepy's, signed in to such a sandbox too."""

    @classmethod
    def stored(cls) -> Year:
        """A year of them."""
        road = remembering()
        held = Held.over(road)
        before, order = len(road.kept), held.service.account.session.order
        held.lessons()
        answers = road.kept[before:]
        with served("tools.bench_pronote") as url:
            peer = peer_reads(url)
        return cls(answers, range(order + 1, order + 2 * len(answers), 2), road, held, peer)

    def read(self) -> list[Lesson]:
        """What `get_lessons` itself gives when they come again."""
        self.road.place = len(self.road.kept) - len(self.answers)
        self.held.service.account.session.order = self.orders[0] - 1
        return self.held.lessons()

    def decoded(self) -> list[Lesson]:
        """What `get_lessons` makes of them: opened, judged, validated, mapped, with keys."""
        from schoolsync.providers.pronote.envelope import opened, read_page
        from schoolsync.providers.pronote.mapping.timetable import to_lessons
        from schoolsync.providers.pronote.schema.timetable import TimetablePage
        from schoolsync.providers.pronote.wire import Keys

        account = self.held.service.account
        session, function = account.session, "PageEmploiDuTemps"
        if session.wire is None:
            raise RuntimeError("nobody is signed in")
        wire, keys = session.wire, Keys(session.key, session.iv)
        opening = (
            opened(answer, wire, keys, function=function, order=order)
            for answer, order in zip(self.answers, self.orders, strict=True)
        )
        pages = [read_page(session.options, one.answer, TimetablePage) for one in opening]
        return to_lessons(account.context(None), pages)

    def read_by_peer(self) -> list[Any]:
        """What pronotepy makes of them."""
        bodies = iter(self.answers)
        self.peer.post = lambda *_: json.loads(next(bodies).body)
        try:
            read: list[Any] = self.peer.lessons(FIRST_DAY, LAST_DAY)
        finally:
            del self.peer.post
        return read

    def loaded(self) -> list[Any]:
        """What they are as JSON."""
        return [json.loads(answer.body) for answer in self.answers]


# -- a session ------------------------------------------------------------------------------


def held_kilobytes() -> float:
    """What a signed-in session holds, its driver included; nothing of an HTTP library."""
    import gc

    road = remembering()
    Held.over(road)

    def once_more() -> Held:
        return Held.over(Remembered(None, road.kept, 0))

    warm = [once_more() for _ in range(2)]
    gc.collect()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        held = [once_more() for _ in range(SESSIONS)]
        gc.collect()
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    del warm
    return (after - before) / len(held) / 1024


if __name__ == "__main__":
    if "serve" in sys.argv[1:]:
        serve()
    else:
        for one in figures():
            print(one, flush=True)
