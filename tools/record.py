"""Record the cassettes anew: whole conversations of parents and students with the served sandbox.

    python -m tools.record            write cassettes/classcharts/*.yaml and cassettes/pronote/*.yaml
    python -m tools.record --check    write nothing; fail when the sandbox says something else today

The sandbox listens on loopback and answers under the real host's name. Its school, its clock and its
session ids are the same every time, so a cassette changes only when client or sandbox do. What is
written went through `tools.redact` first.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import attrs
import httpx
import vcr

from schoolsync import classcharts
from schoolsync.flow.http import Request
from schoolsync.model import AttachmentKind
from schoolsync.sandbox.classcharts import ClassChartsServer
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.faults import Outcome
from schoolsync.sandbox.mount import Server
from schoolsync.sandbox.school import make_school
from schoolsync.sandbox.serve import serve
from tools import record_pronote
from tools.captures import read
from tools.diary import Account, Conversation, Diary, Patient, Script, finished
from tools.redact import Redactor, redacted

__all__ = [
    "ACCOUNTS",
    "CASSETTES",
    "CONVERSATIONS",
    "NEW_PASSWORD",
    "SCRIPTS",
    "Account",
    "Diary",
    "Patient",
    "finished",
    "main",
    "new_clock",
    "new_server",
    "record",
]

CASSETTES = Path(__file__).parents[1] / "cassettes"
HOST = "www.classcharts.com"
MONDAY, SUNDAY = dt.date(2026, 11, 23), dt.date(2026, 11, 29)
TERM = dt.date(2026, 9, 1)
NEW_PASSWORD = "an0ther s3cret&+"  # noqa: S105 - of a parent who does not exist


def new_clock() -> HandClock:
    """Nine o'clock on the Monday of all conversations."""
    return HandClock(dt.datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/London")))


def new_server(clock: HandClock) -> ClassChartsServer:
    """The school of all conversations; it wants the cookies too."""
    return ClassChartsServer(make_school(today=clock.now().date()), clock=clock, mode="tes")


# -- the conversations ------------------------------------------------------------


ACCOUNTS: Mapping[str, Account] = {
    "parent": Account(("robin@example.test", "s3cret&+"), NEW_PASSWORD),
    "student": Account(("ZZTEST0001", "14/03/2011"), "2011-03-14"),
}


async def _readings(client: Any, diary: Diary) -> None:
    """What parents and students both read."""
    native = client.native
    await diary.note("info", client.get_student_info())
    await diary.note("lessons", client.get_lessons(MONDAY, SUNDAY))
    await diary.note("behaviour", client.get_behaviour(TERM, MONDAY))
    await diary.note("behaviour events", client.get_behaviour_events(dt.date(2026, 11, 9), MONDAY))
    await diary.note("badges", client.get_badges())
    await diary.note("announcements", client.get_announcements())
    await diary.note("detentions", client.get_detentions())
    await diary.note("sanctions", client.get_sanctions())
    await diary.note("attendance", client.get_attendance(dt.date(2026, 11, 16), MONDAY))
    await diary.note("absences", client.get_absences())
    await diary.note("pupil fields", client.get_pupil_fields())
    await diary.note("classes", client.get_classes())
    await diary.note("marks", client.get_marks())
    for report in await diary.note("academic reports", client.get_academic_reports()):
        await diary.note("academic report", client.get_academic_report(report.id))
    for row in await diary.note("report cards", client.get_report_cards()):
        card = await diary.note("report card", client.get_report_card(row.id))
        await diary.note("comment", native.get_report_card_comment(row.id, MONDAY))
        for target in card.targets:
            await diary.note("target", native.get_report_card_target(target.id, MONDAY))


async def _files(client: Any, diary: Diary) -> None:
    """One file each of the homework and of the announcements."""
    for listed in (await client.get_homeworks(TERM, SUNDAY), await client.get_announcements()):
        file = next(file for row in listed for file in row.attachments if file.kind is AttachmentKind.FILE)
        await diary.note("file", client.bytes_of(file))


async def parent(client: Any, clock: HandClock, account: Account) -> Diary:
    """Robin reads everything about Alex, some things about Sam, and does what parents can do."""
    diary = Diary()
    _, sam = client.pupils
    await diary.note("parent", client.native.get_parent_info())
    await diary.note("pupils", client.get_pupils())
    await _readings(client, diary)
    await diary.note("homeworks", client.get_homeworks(MONDAY))
    await diary.note("homeworks in the server's words", client.native.get_homeworks(TERM, SUNDAY))
    await diary.note("activity", client.get_full_activity(TERM, MONDAY))
    await diary.note("homeworks of another pupil", client.get_homeworks(MONDAY, pupil=sam))
    await diary.note(
        "activity of another pupil", client.get_activity(dt.date(2026, 11, 16), MONDAY, pupil=sam)
    )
    behaviours = await diary.note("parent behaviours", client.get_parent_behaviours())
    await diary.note("points", client.add_parent_behaviour(behaviours[0].id))
    await _files(client, diary)
    clock.advance(176)
    await diary.note("after a renewal", client.get_badges())
    await diary.note("password", client.change_password(account.log_in[1], account.typed))
    return diary


async def student(client: Any, clock: HandClock, account: Account) -> Diary:
    """Alex reads everything, ticks homework there and back, and buys something."""
    diary = Diary()
    await diary.note("code", client.check_code())
    await client.get_student_code(account.typed)
    await _readings(client, diary)
    homeworks = await diary.note("homeworks", client.get_homeworks(MONDAY))
    open_one = next(one for one in homeworks if one.can_toggle and not one.extras["classcharts.ticked"])
    await diary.note("tick", client.set_homework_done(open_one))
    await diary.note("tick away", client.set_homework_done(open_one, False))
    await diary.note("activity", client.get_activity(dt.date(2026, 11, 16), MONDAY))
    rewards = await diary.note("rewards", client.get_rewards())
    wanted = next(one for one in rewards if one.can_purchase)
    await diary.note("purchase", client.purchase_reward(wanted.id))
    await _files(client, diary)
    clock.advance(176)
    await diary.note("after a renewal", client.native.get_rewards())
    return diary


SCRIPTS: Mapping[str, Script] = {"parent": parent, "student": student}


def new_client(account: Account, *, is_async: bool = False, **options: Any) -> Any:
    """A client that is not signed in: a parent's for an e-mail address, else a student's."""
    role = "Parent" if "@" in account.log_in[0] else "Student"
    made = getattr(classcharts, f"{'Async' * is_async}{role}Client")
    return made(*account.log_in, **options)


CLASSCHARTS = tuple(
    Conversation(
        name=f"classcharts/{role}",
        host=HOST,
        account=ACCOUNTS[role],
        new_clock=new_clock,
        new_server=new_server,
        new_client=new_client,
        script=script,
    )
    for role, script in SCRIPTS.items()
)
CONVERSATIONS: Mapping[str, Conversation] = {
    one.name: one for one in (*CLASSCHARTS, *record_pronote.CONVERSATIONS)
}
"""All of them, by name."""


# -- the recorder -----------------------------------------------------------------


@attrs.frozen
class _UnderTheRealName:
    """The sandbox as it looks behind a proxy that ends TLS: asked by the host's own name, by https."""

    server: Server

    @property
    def clock(self) -> HandClock:
        """The server's time."""
        assert isinstance(self.server.clock, HandClock)  # noqa: S101 - made above
        return self.server.clock

    def handle(self, request: Request) -> Outcome:
        """What becomes of *request*."""
        return self.server.handle(attrs.evolve(request, url="https://" + request.url.partition("://")[2]))


class _ToLoopback(httpx.HTTPTransport):
    """Every host is the sandbox; the name stays in the `Host` line."""

    def __init__(self, place: str) -> None:
        super().__init__()
        self._place = httpx.URL(place)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        place = self._place
        request.url = request.url.copy_with(scheme=place.scheme, host=place.host, port=place.port)
        return super().handle_request(request)


def _with_real_name(request: Any) -> Any:
    parts = urlsplit(request.uri)
    request.uri = f"https://{request.headers['host']}{parts.path}" + (
        f"?{parts.query}" if parts.query else ""
    )
    return request


def record(name: str) -> str:
    """The cassette of one conversation with the served sandbox, redacted."""
    said = CONVERSATIONS[name]
    clock = said.new_clock()
    recorder = vcr.VCR(record_mode="all", before_record_request=_with_real_name)
    with tempfile.TemporaryDirectory() as folder, serve(_UnderTheRealName(said.new_server(clock))) as place:
        raw = Path(folder) / "raw.yaml"
        with (
            recorder.use_cassette(str(raw)),
            httpx.Client(transport=_ToLoopback(place.url)) as road,
            said.new_client(said.account, http_client=road, clock=clock) as client,
        ):
            finished(said.script(Patient(client), clock, said.account))
        return redacted(read(raw.read_text(encoding="utf-8")), Redactor(is_invented=True))


def main(arguments: list[str], folder: Path = CASSETTES) -> int:
    """Write the cassettes, or with `--check` only say which are stale; 0 when all is well."""
    stale = 0
    for name in CONVERSATIONS:
        path, fresh = folder / f"{name}.yaml", record(name)
        if path.exists() and path.read_text(encoding="utf-8") == fresh:
            continue
        stale += 1
        if "--check" in arguments:
            print(f"{path}: stale; run `python -m tools.record` and look at the difference")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(fresh, encoding="utf-8")
            print(f"{path}: written")
    return int("--check" in arguments and stale > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
