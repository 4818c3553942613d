"""PRONOTE prints no password, key, challenge, cookie, calendar address, name or mark either.

As `test_secrets` does for ClassCharts: everything is provoked at DEBUG with ears at the root logger.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import importlib
import json
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from schoolsync import errors, pronote
from schoolsync.drivers import vault
from schoolsync.flow.http import Response
from schoolsync.sandbox.faults import (
    Drop,
    ExpireSession,
    Fault,
    HugeBody,
    LoseAnswer,
    Outcome,
    RedirectLoop,
    Retype,
    Scene,
    Slow,
    Status,
    TooMany,
    Truncate,
)
from schoolsync.sandbox.mount import Mount
from schoolsync.sandbox.pronote import PronoteServer, Rules
from schoolsync.sandbox.serve import serve
from tests.client.pronote_turns import HOST, STUDENT, Turns
from tests.fuzz.mutant import without_pauses
from tests.listening import Ears, listening
from tests.pronote_secrets import (
    CLOSED,
    FAMILY,
    LOOK,
    NEW,
    NOBODY,
    PIN,
    READ,
    URL,
    WRONG,
    YEAR,
    given_by_servers,
    hold,
    secrets,
)
from tests.test_secrets import Remembering


@pytest.fixture(autouse=True)
def ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has knocked anywhere yet."""
    monkeypatch.setattr(vault.KEEPER, "_ledger", vault.Keeper()._ledger)


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What any server gave."""
    return given_by_servers(monkeypatch)


# -- whole conversations -------------------------------------------------------------------------------


ROADS = ("own", "httpx", "httpx2", "async own", "async httpx", "async httpx2", "in process")


@pytest.mark.parametrize("role", FAMILY)
@pytest.mark.parametrize("road", ROADS)
def test_a_whole_conversation_is_discreet(role: str, road: str, given: list[str]) -> None:
    """Over every road, at DEBUG, with a renewal, a file and a log-out."""
    turns = Turns("sync")
    with listening() as ears:
        speak(road, role, ears, turns)
    assert len(set(given)) >= 10
    assert ears.leaks(secrets(given)) == []
    if road != "in process":
        core = "httpcore2" if road.endswith("httpx2") else "httpcore"
        assert any(where.startswith(f"log {core}.") for where, _ in ears.heard), "the library was listened to"


def speak(road: str, role: str, ears: Ears, turns: Turns) -> None:
    """The conversation of *role* over *road*."""
    is_async = road.startswith("async")
    if road == "in process":
        memory = Remembering(turns.mount)
        asyncio.run(hold(turns, URL, role, ears, http_client=memory))
        return ears.look_at(*memory.spoken)
    library = road.rsplit(maxsplit=1)[-1]
    side = "Async" if is_async else ""
    made = None if library == "own" else getattr(importlib.import_module(library), f"{side}Client")
    with serve({"/pronote": turns.server}) as place:
        asyncio.run(hold(turns, f"{place.url}/pronote", role, ears, is_async=is_async, make=made))
    return None


def test_records_are_discreet_with_what_was_sent(given: list[str]) -> None:
    """Neither a record nor a row, a list or a page shows whom it is about, not even with `keep_raw`."""
    turns = Turns("sync")
    client = pronote.Client(URL, *STUDENT, http_client=turns.mount, clock=turns.clock, keep_raw=True)
    with listening() as ears, client:
        for reading in READ:
            listing = reading(client)
            assert listing
            ears.look_at(listing, *listing, *(getattr(row, "raw", None) is None for row in listing))
        for reading in LOOK:
            ears.look_at(reading(client))
        marks = client.get_marks(*YEAR)
        calendar = client.export_ical_url()
        ears.look_at(client._service.account.user, client.native.get_personal_data())
    values = {f"comment {number}": one.title for number, one in enumerate(marks) if len(one.title) > 8}
    assert values
    assert ears.leaks(secrets(given, calendar=calendar.partition("icalsecurise=")[2][:24], **values)) == []


# -- every error ------------------------------------------------------------------------------------------

QUOTING = f"<b>{STUDENT[0]}</b> ({STUDENT[0].upper()}) avec {STUDENT[1]}: EXAMPLE Louison ne peut pas"
Act = Callable[[Any], Any]


@attrs.frozen
class Says(Fault):
    """A refusal that quotes what it should not."""

    is_inside: bool = False

    def meet(self, scene: Scene) -> Outcome:
        """The refusal, instead of the answer or in it."""
        said: dict[str, Any] = {"Erreur": {"G": 99, "Titre": QUOTING, "Message": QUOTING}}
        if self.is_inside:
            whole = json.loads(scene.act().body)
            whole["dataSec"] = {"data": {}, "Signature": {"Erreur": 1, "MessageErreur": QUOTING}}
            said = whole
        headers = (("content-type", "application/json"),)
        return Outcome(Response(200, headers, body=json.dumps(said).encode()))


@attrs.frozen
class Trouble:
    """Something that goes wrong, and the leaf that it leads to."""

    leaf: type[errors.SchoolSyncError]
    act: Act
    fault: Fault | None = None
    path: str = "*/PageCahierDeTexte"
    log_in: tuple[str, str] | None = None
    options: dict[str, Any] = attrs.field(factory=dict)
    rules: Rules = attrs.field(factory=Rules)
    condition: Any = "open"
    patience: dt.timedelta | None = None
    times: int = 9


def homeworks(client: Any) -> Any:
    """One reading."""
    return client.get_homeworks(*YEAR)


def tick(client: Any) -> Any:
    """A write."""
    return client.set_homework_done(next(one for one in homeworks(client) if one.state == "todo"))


def a_file(client: Any) -> Any:
    """The bytes of a file."""
    file = next(file for one in client.get_files() for file in one.attachments if file.kind == "file")
    with client.open(file) as chunks:
        return next(chunks)


def often(client: Any) -> None:
    """More log-ins than are good."""
    for _ in range(5):
        client.login()


def log_in(client: Any) -> Any:
    """A log-in."""
    return client.login()


LATE = dt.timedelta(seconds=9)
TROUBLES = (
    Trouble(errors.Unreachable, homeworks, Drop()),
    Trouble(errors.TimedOut, homeworks, Slow(LATE), patience=dt.timedelta(seconds=1)),
    Trouble(errors.Interrupted, tick, LoseAnswer(), "*/SaisieTAFFaitEleve"),
    Trouble(errors.WrongCredentials, log_in, log_in=(STUDENT[0], WRONG)),
    Trouble(errors.WrongCredentials, log_in, log_in=(NOBODY, WRONG)),
    Trouble(errors.SchoolSyncError, log_in, log_in=CLOSED),
    Trouble(errors.ActionRequired, log_in, log_in=NEW),
    Trouble(errors.ChallengeUnanswered, log_in, log_in=PIN),
    Trouble(errors.ActionRequired, log_in, RedirectLoop("https://ent.example/cas?ticket=x"), "*/eleve.html"),
    Trouble(errors.AddressSuspended, log_in, condition="suspended"),
    Trouble(errors.InstanceClosed, log_in, condition="closed"),
    Trouble(errors.SchoolSyncError, log_in, condition="busy"),
    Trouble(errors.LostOnTheWay, log_in, RedirectLoop(f"{URL}/autre.html?identifiant=x"), "*/eleve.html"),
    Trouble(errors.LoginHeld, often),
    Trouble(errors.Unavailable, lambda c: c.get_badges()),
    Trouble(errors.InstanceClosed, homeworks, Status(503, "<h1>EXAMPLE Louison</h1>")),
    Trouble(errors.SessionExpired, homeworks, ExpireSession()),
    Trouble(errors.StaleReference, lambda c: c.set_homework_done("homework-0")),
    Trouble(errors.StaleReference, a_file, Status(404, "<h1>EXAMPLE Louison</h1>"), "*/FichiersExternes"),
    Trouble(errors.RateLimited, homeworks, TooMany("3600")),
    Trouble(errors.Refused, homeworks, Says()),
    Trouble(errors.Refused, homeworks, Says(is_inside=True)),
    Trouble(errors.Refused, tick, Says(), "*/SaisieTAFFaitEleve"),
    Trouble(errors.Undecodable, homeworks, Truncate()),
    Trouble(errors.Undecodable, homeworks, HugeBody()),
    Trouble(errors.Undecodable, homeworks, Retype("no", "EXAMPLE Louison")),
    Trouble(errors.UnexpectedShape, homeworks, Retype("dataSec", ["EXAMPLE Louison"])),
    Trouble(errors.UnexpectedShape, homeworks, Retype("dataSec.data", "EXAMPLE Louison")),
    Trouble(
        errors.UnexpectedShape,
        homeworks,
        Retype("dataSec.data.ListeTravauxAFaire.V[].PourLe", QUOTING),
        options={"strict": True},
    ),
    Trouble(errors.UnknownName, lambda c: c.get_homeworks(pupil=NOBODY)),
    Trouble(errors.UnknownName, lambda c: c.select_pupil(NOBODY)),
    Trouble(errors.BadArgument, lambda c: c.get_homeworks(NOBODY)),
    Trouble(errors.BadArgument, lambda _: pronote.Client(URL, STUDENT[0], "")),
    Trouble(errors.BadArgument, lambda _: pronote.Client(f"ftp://{STUDENT[0]}", *STUDENT)),
    Trouble(errors.BadArgument, lambda _: pronote.Client(URL, *STUDENT, timezone=NOBODY)),
    Trouble(errors.UnknownName, lambda _: pronote.Client(URL, *STUDENT, account="headmaster")),
)
UNMET = {"ProfileRequired", "Unsupported"}
"""What nobody meets who signs in with a user name and a password: or what no server here does."""


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.leaf.__name__)
def test_an_error_is_discreet(trouble: Trouble, given: list[str]) -> None:
    """Its text, `repr`, traceback and everything behind it, and what is logged on the way."""
    turns = Turns("sync")
    turns.server = PronoteServer(turns.college, clock=turns.clock, rules=trouble.rules)
    with listening() as ears:
        error = provoked(trouble, turns, ears)
    assert isinstance(error, trouble.leaf)
    ears.catch(error)
    assert ears.leaks(secrets(given)) == []


def provoked(trouble: Trouble, turns: Turns, ears: Ears) -> errors.SchoolSyncError:
    """The error that *trouble* leads to, with a client that had already read everything."""
    memory = Remembering(Mount({HOST: turns.server}, trouble.patience))
    who = trouble.log_in or STUDENT
    client = without_pauses(
        pronote.Client(URL, *who, http_client=memory, clock=turns.clock, **trouble.options)
    )
    if trouble.log_in is None:
        homeworks(client)
    turns.server.condition = trouble.condition
    if trouble.fault:
        turns.server.faults.add(trouble.fault, trouble.path, times=trouble.times)
    with pytest.raises(errors.SchoolSyncError) as caught:
        trouble.act(client)
    ears.look_at(client, *memory.spoken)
    return caught.value


def test_every_error_that_can_come_was_provoked() -> None:
    """Of the leaves, only those are missing that a password log-in here cannot lead to."""
    leaves = {
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.SchoolSyncError) and not kind.__subclasses__()
    }
    assert {leaf.__name__ for leaf in leaves - {trouble.leaf for trouble in TROUBLES}} == UNMET


def test_what_a_server_gave_would_be_heard(given: list[str]) -> None:
    """The ears know the keys and challenges of this very conversation."""
    turns = Turns("sync")
    client = pronote.Client(URL, *STUDENT, http_client=turns.mount, clock=turns.clock).login()
    session = client._service.account.session
    with listening() as ears:
        ears.look_at([session.key.hex(), session.cookies.kept[0].value, "EXAMPLE Louison"])
    (found,) = ears.leaks(secrets(given))
    assert found.count("given") == 2
    assert "name" in found
