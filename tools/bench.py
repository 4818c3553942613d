"""Measure schoolsync against bare httpx and against other people's clients, as ratios in one run.

    python -m tools.bench

Every figure is CPU time (user and system), the least of several runs, because a machine that is
busy elsewhere only ever adds. Clients run in this process; the sandbox is served by another one.
A figure is a measurement, never a test.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import os
import resource
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cache

from tools import bench_pronote
from tools.measuring import ROOT, ROUNDS, Figure, least, served

BARE = ROOT / ".cache/bench"
FIRST_DAY = dt.date(2026, 11, 23)
WEEK = [FIRST_DAY + dt.timedelta(days=number) for number in range(5)]
EMAIL, PASSWORD = "robin@example.test", "bench"


def main() -> None:
    """Print all figures."""
    for figure in itertools.chain(imports(), readings(), bench_pronote.figures(), exchanges()):
        print(figure, flush=True)


# -- imports --------------------------------------------------------------------


def imports() -> Iterator[Figure]:
    """What it costs to import, a bare interpreter taken off."""
    bare = started("pass")
    pronotepy = started("import pronotepy") - bare
    first_request = (
        "from schoolsync import classcharts\n"
        "client = classcharts.StudentClient('ZZTEST0001', '01/01/2010', base_url='http://127.0.0.1:9')\n"
        "try:\n    client.get_lessons()\n"
        "except classcharts_errors.NetworkError:\n    pass\n"
    ).replace("from schoolsync", "import schoolsync.errors as classcharts_errors\nfrom schoolsync", 1)
    for what, code, target in (
        ("import schoolsync / import pronotepy", "import schoolsync", 0.25),
        ("from schoolsync import classcharts / the same", "from schoolsync import classcharts", 0.6),
        ("classcharts after its first request / the same", first_request, 1.6),
    ):
        yield Figure(what, started(code) - bare, pronotepy, target, "ms")


def bare_python() -> str:
    """An interpreter that has schoolsync without extras, and pronotepy: what is installed is imported.

    (httpx loads rich and trio when it finds them, which would be counted as ours.)
    """
    if not BARE.exists():
        subprocess.run([sys.executable, "-m", "venv", str(BARE)], check=True)
        install = [f"{BARE}/bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, "-c", f"{ROOT}/constraints.txt", "-e", str(ROOT), "pronotepy"], check=True)
    return str(BARE / "bin/python")


def started(code: str) -> float:
    """Milliseconds of CPU that a fresh interpreter needs for *code*, compiled files warm."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [bare_python(), "-c", code]
    subprocess.run(command, check=True, env=environment)

    def once() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, env=environment)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    return min(once() for _ in range(ROUNDS)) * 1000


# -- a full read ----------------------------------------------------------------


def readings() -> Iterator[Figure]:
    """Log-in, info, a week of lessons, homework, activity, attendance, badges, announcements."""
    with served("tools.bench") as url:
        requests = recorded(url)
        runs = (lambda: ours_reads(url), lambda: httpx_reads(requests), lambda: peer_reads(url))
        ours, bare, peer = least(*runs)
    count = f"({len(requests)} requests)"
    yield Figure(f"a full read {count} / bare httpx", ours, bare, 2.0, "ms")
    yield Figure("a full read / pyclasschartsapi", ours, peer, 1.8, "ms")


def serve() -> None:
    """Serve the sandbox until the process is ended; print its address first."""
    from zoneinfo import ZoneInfo

    from schoolsync.sandbox.classcharts import ClassChartsServer
    from schoolsync.sandbox.clock import RunningClock
    from schoolsync.sandbox.school import make_school
    from schoolsync.sandbox.serve import run

    clock = RunningClock(dt.datetime.combine(FIRST_DAY, dt.time(9), ZoneInfo("Europe/London")))
    school = make_school(today=FIRST_DAY)
    run(ClassChartsServer(school, clock=clock), announce=lambda place: print(place.url, flush=True))


@cache
def account() -> tuple[str, str]:
    """E-mail address and password of the first invented parent."""
    from schoolsync.sandbox.school import make_school

    parent = make_school(today=FIRST_DAY).parents[0]
    return parent.email, parent.password


def ours_reads(url: str, http_client: object = None) -> None:
    """A full read by our client."""
    from schoolsync import classcharts

    with classcharts.ParentClient(*account(), base_url=url, http_client=http_client) as client:  # type: ignore[arg-type]
        client.get_student_info()
        client.get_lessons(WEEK[0], WEEK[-1])
        client.get_homeworks(WEEK[0] - dt.timedelta(days=60), WEEK[-1])
        client.get_activity()
        client.get_attendance()
        client.get_badges()
        client.get_announcements()


def recorded(url: str) -> list[tuple[str, str, bytes]]:
    """Method, address and body of each request of a full read, for bare httpx to make again."""
    import httpx

    seen: list[tuple[str, str, bytes]] = []
    hooks = {"request": [lambda request: seen.append((request.method, str(request.url), request.content))]}
    with httpx.Client(event_hooks=hooks) as client:
        ours_reads(url, client)
    return seen


def httpx_reads(requests: list[tuple[str, str, bytes]]) -> None:
    """The same requests by bare httpx, each answer read as JSON where it is."""
    import httpx

    with httpx.Client(follow_redirects=False, verify=tls()) as client:
        headers = {"content-type": "application/x-www-form-urlencoded"}
        session = ""
        for method, url, body in requests:
            sent = {**headers, "authorization": f"Basic {session}"} if session else headers
            answer = client.request(method, url, content=body, headers=sent)
            if answer.headers.get("content-type", "").startswith("application/json"):
                meta = json.loads(answer.content)["meta"]
                session = meta.get("session_id", session) if isinstance(meta, dict) else session
            else:
                session = session_of(client)


@cache
def tls() -> ssl.SSLContext:
    """One for all rounds, as ours has one: making it is no part of fetching."""
    import httpx

    return httpx.create_ssl_context()


def session_of(client: object) -> str:
    """The session id in the cookies of bare httpx."""
    from urllib.parse import unquote

    cookie = client.cookies.get("parent_session_credentials", "{}")  # type: ignore[attr-defined]
    return str(json.loads(unquote(cookie)).get("session_id", ""))


def peer_reads(url: str) -> None:
    """A full read by pyclasschartsapi."""
    from pyclasscharts import parent_client

    parent_client.BASE_URL, parent_client.API_BASE_PARENT = url, f"{url}/apiv2parent"
    client = parent_client.ParentClient(*account())
    client.login()
    client.get_student_info()
    for day in WEEK:
        client.get_lessons({"date": day.isoformat()})
    client.get_homeworks(
        {
            "display_date": "due_date",
            "from_date": (WEEK[0] - dt.timedelta(days=60)).isoformat(),
            "to_date": WEEK[-1].isoformat(),
        }
    )
    client.get_activity()
    client.get_attendance()
    client.get_badges()
    client.get_announcements()


# -- the driver alone -----------------------------------------------------------


def exchanges() -> Iterator[Figure]:
    """One exchange through the blocking driver, with an object that answers at once."""
    from schoolsync.drivers.sync import Driver
    from schoolsync.flow.effects import send
    from schoolsync.flow.http import Request, Response

    answer, request = Response(200), Request("GET", "https://school.test/")

    class Instant:
        def exchange(self, request: Request, /) -> Response:
            return answer

    async def thousand() -> None:
        for _ in range(1000):
            await send(request)

    driver = Driver(http_client=Instant())
    best = float("inf")
    for _ in range(ROUNDS):
        before = time.process_time()
        driver.run(thousand())
        best = min(best, time.process_time() - before)
    yield Figure("the driver per exchange / 10 µs", best * 1000, 10.0, 1.0, "µs")


if __name__ == "__main__":
    serve() if "serve" in sys.argv[1:] else main()
