"""The conversations with PRONOTE: a pupil or a parent of two, one for each generation of the protocol.

Nothing is random in them: the client's vectors come from a seed, as do the server's numbers and keys.
Who signs in has a stand-in for a name from the start, because proofs and keys are made of it; the
session's keys belong to a school that does not exist.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Awaitable, Sequence
from functools import partial
from itertools import cycle
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import attrs

from schoolsync import pronote
from schoolsync.model import AttachmentKind, Response
from schoolsync.providers.pronote.service import Pronote, service
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.college.college import make_college
from schoolsync.sandbox.pronote import PronoteServer
from schoolsync.sandbox.pronote.generations import GENERATIONS, Generation
from tools.diary import Account, Conversation, Diary, Script

__all__ = ["CONVERSATIONS", "LIFETIME", "STAND_IN"]

HOST = "college-{}.example.test"
"""A host for each generation, because log-ins are counted by host."""
MONDAY, SUNDAY = dt.date(2026, 3, 9), dt.date(2026, 3, 15)
YEAR = (dt.date(2025, 9, 1), dt.date(2026, 7, 4))
STAND_IN = Account(("redacted-user", "redacted-password"))
OWNERS = {"student": "e1", "parent": "p2"}
"""Whose account bears the stand-in: Louison's, or that of Dominique with two children."""
LIFETIME = dt.timedelta(minutes=11)
"""After so long a silence the server has forgotten a session."""


def _new_clock() -> HandClock:
    """Nine o'clock on the Monday of all conversations."""
    return HandClock(dt.datetime(2026, 3, 9, 9, tzinfo=ZoneInfo("Europe/Paris")))


def _new_server(generation: Generation, kind: str, clock: HandClock) -> PronoteServer:
    """The collège of all conversations, in which the account of that *kind* has the stand-in's name."""
    college = make_college(today=clock.now().date())
    login, password = STAND_IN.log_in
    owner = college.account_numbered(OWNERS[kind])
    college.replace_account(attrs.evolve(owner, login=login, password=password))
    return PronoteServer(college, clock=clock, generation=generation)


def _drawn(*args: Any, **options: Any) -> Pronote:
    """The service with vectors that are the same every time."""
    chance = random.Random("a conversation to be held again")  # noqa: S311 - nothing to keep secret
    return service(*args, draw=chance.randbytes, **options)


class _Client(pronote.Client):
    """A client whose random bytes are the same every time."""

    _make: ClassVar = staticmethod(_drawn)


class _AsyncClient(pronote.AsyncClient):
    """The same, awaited."""

    _make: ClassVar = staticmethod(_drawn)


def _new_client(host: str, kind: str, account: Account, *, is_async: bool = False, **options: Any) -> Any:
    made = _AsyncClient if is_async else _Client
    return made(f"https://{host}/pronote/", *account.log_in, account=kind, **options)


# -- what is said ---------------------------------------------------------------------


async def _readings(client: Any, diary: Diary) -> None:
    """Everything that can be read of one pupil."""
    await diary.note("user", _said(client.user))
    await diary.note("params", _said(client.params))
    await diary.note("lessons", client.get_lessons(MONDAY, SUNDAY))
    await diary.note("contents", client.get_lesson_contents(dt.date(2026, 3, 2), SUNDAY))
    await diary.note("periods", client.get_periods())
    await diary.note("mark book", client.get_mark_book(period="Trimestre 2"))
    await diary.note("averages", client.get_averages())
    await diary.note("evaluations", client.get_evaluations())
    await diary.note("absences", client.get_absences(*YEAR))
    await diary.note("behaviour events", client.get_behaviour_events(*YEAR))
    await diary.note("totals", client.get_presence_totals(*YEAR))
    await diary.note("menus", client.get_menus(MONDAY, SUNDAY))
    await diary.note("report", client.get_report(period="Trimestre 1"))
    await diary.note("report to come", client.get_report(period="Trimestre 3"))
    await diary.note("teachers", client.get_teachers())
    await diary.note("holidays", client.get_holidays())
    await diary.note("personal data", client.get_personal_data())


async def _letters(client: Any, diary: Diary) -> None:
    """News and messages; a piece of news is read, another one acknowledged."""
    news = await diary.note("announcements", client.get_announcements())
    unread = next(one for one in news if not one.is_read)
    await diary.note("read", client.mark_news_read(unread))
    for wanted in [one for one in news if one.response is Response.ACKNOWLEDGE][:1]:
        await diary.note("received", client.acknowledge(wanted))
    for thread in await diary.note("discussions", client.get_discussions()):
        await diary.note("messages", client.get_messages(thread))


async def _to_take_away(client: Any, diary: Diary) -> None:
    """A file, the portrait, the calendar's address, the printed timetable."""
    listed = await diary.note("files", client.get_files())
    shared = (file for one in listed for file in one.attachments)
    file = next(one for one in shared if one.kind is AttachmentKind.FILE)
    await diary.note("file", client.bytes_of(file))
    await diary.note("portrait", client.bytes_of(client.pupils[0].photo))
    await diary.note("calendar", client.export_ical_url())
    await diary.note("printed", _latin(client.timetable_pdf(MONDAY)))


async def _native(client: Any, diary: Diary) -> None:
    """Some functions in the server's words."""
    native = client.native
    week = (MONDAY - dt.date(2025, 9, 1)).days // 7 + 1
    await diary.note("transcript", native.get_transcript("Trimestre 1"))
    await diary.note("agenda", native.get_agenda(week))
    await diary.note("any function", native.request("PageEquipePedagogique", tab=37))


async def _said(value: Any) -> Any:
    return value


async def _latin(content: Awaitable[bytes]) -> str:
    return (await content).decode("latin-1")


async def pupil(client: Any, clock: HandClock, _account: Account) -> Diary:
    """Louison reads everything, ticks homework there and back, and is signed in anew when time has passed."""
    diary = Diary()
    await _readings(client, diary)
    await _letters(client, diary)
    await diary.note("sanctions", client.get_sanctions(*YEAR))
    homeworks = await diary.note("homeworks", client.get_homeworks(MONDAY))
    open_one = next(one for one in homeworks if one.state == "todo")
    await diary.note("tick", client.set_homework_done(open_one))
    await diary.note("tick away", client.set_homework_done(open_one, False))
    await _to_take_away(client, diary)
    await _native(client, diary)
    clock.advance(LIFETIME)
    await diary.note("after a new log-in", client.get_marks())
    return diary


async def parent(client: Any, clock: HandClock, _account: Account) -> Diary:
    """Dominique reads everything about Maë, and what there is about Noé."""
    diary = Diary()
    _, noe = client.pupils
    await _readings(client, diary)
    await _letters(client, diary)
    await _to_take_away(client, diary)
    await _native(client, diary)
    await diary.note("lessons of another child", client.get_lessons(MONDAY, SUNDAY, pupil=noe))
    await diary.note("marks of another child", client.get_mark_book(pupil=noe))
    clock.advance(LIFETIME)
    await diary.note("after a new log-in", client.get_homeworks(MONDAY, pupil=noe))
    return diary


SPEAKERS: Sequence[tuple[str, Script]] = (("student", pupil), ("parent", parent))
"""Pupils and parents take turns, generation by generation."""


def _conversation(generation: Generation, kind: str, script: Script) -> Conversation:
    host = HOST.format(generation.label.replace(".", "-"))
    return Conversation(
        name=f"pronote/{generation.label}",
        host=host,
        account=STAND_IN,
        new_clock=_new_clock,
        new_server=partial(_new_server, generation, kind),
        new_client=partial(_new_client, host, kind),
        script=script,
    )


CONVERSATIONS = tuple(
    _conversation(generation, *speaker)
    for generation, speaker in zip(GENERATIONS, cycle(SPEAKERS), strict=False)
)
"""One for each generation, oldest first."""
