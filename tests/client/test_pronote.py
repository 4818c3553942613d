"""Students, parents and teachers of PRONOTE as users meet them: in threads, on asyncio, on trio."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

import schoolsync
from schoolsync import pronote
from schoolsync.drivers.vault import Keeper
from schoolsync.errors import (
    ActionRequired,
    BadArgument,
    ChallengeUnanswered,
    LoginHeld,
    Unavailable,
    UnknownName,
    UsageError,
    WrongCredentials,
)
from schoolsync.flow.http import Request
from schoolsync.model import AttachmentKind
from schoolsync.sandbox.mount import Mount
from schoolsync.sandbox.pronote.generations import GENERATIONS
from schoolsync.sandbox.pronote.sessions import Rules
from tests.client.pronote_turns import ENTRY, HOST, PARENT, STUDENT, TODAY, WEEK, Turns, session_of
from tests.client.worlds import Awaited

LOG_OUT = "SaisieDeconnexion"


@pytest.fixture(params=["sync", "asyncio", "trio"])
def turns(request: pytest.FixtureRequest) -> Turns:
    """Threads, asyncio or trio."""
    return Turns(request.param)


@pytest.fixture
def blocking() -> Turns:
    """The blocking world alone, where the others would show nothing new."""
    return Turns("sync")


async def log_in(turns: Turns, *who: str, **options: Any) -> Any:
    """What `login` or `login_async` gives."""
    given: dict[str, Any] = {"http_client": turns.mount, "clock": turns.clock} | options
    url = given.pop("url", f"https://{HOST}/pronote")
    if turns.name == "sync":
        return Awaited(pronote.login(url, *(who or STUDENT), **given))
    return await pronote.login_async(url, *(who or STUDENT), **given)


# -- coming and going -------------------------------------------------------------------------


def test_login_gives_a_client_that_is_signed_in(turns: Turns) -> None:
    """Five requests; everything about who it is costs none."""

    async def body() -> None:
        client = await log_in(turns, *PARENT, account="parent")
        assert turns.asked == ["parent.html", *ENTRY[1:]]
        assert [one.name for one in client.pupils] == ["FACTICE Maë", "FACTICE Noé"]
        assert (client.provider, client.school.name) == ("pronote", "COLLEGE EXEMPLE")
        assert client.user.name == "FACTICE Dominique"
        assert client.params.version == "2026.2.5.6"
        assert client.credentials.fields["account"] == "parent"
        assert client.capabilities.of("menus") == "yes"
        assert len(turns.asked) == 5
        await client.aclose()
        assert turns.asked[5:] == [LOG_OUT]

    turns.run(body)


def test_a_log_in_that_fails_leaves_nothing_open(turns: Turns) -> None:
    """Nobody was in; the same secret is not sent again."""

    async def body() -> None:
        with pytest.raises(WrongCredentials):
            await log_in(turns, STUDENT[0], "no")
        sent = len(turns.asked)
        with pytest.raises(LoginHeld):
            await log_in(turns, STUDENT[0], "no")
        assert len(turns.asked) == sent
        assert LOG_OUT not in turns.asked

    turns.run(body)


def test_nothing_is_known_before_somebody_signs_in(turns: Turns) -> None:
    """And asking sends nothing; `with` signs in and out."""

    async def body() -> None:
        client = turns.client()
        for name in ("pupils", "school", "capabilities", "user", "params"):
            with pytest.raises(UsageError):
                getattr(client, name)
        assert turns.asked == []
        async with client:
            assert turns.asked == ENTRY
            assert client.user.name == "EXAMPLE Louison"
        assert turns.asked == [*ENTRY, LOG_OUT]

    turns.run(body)


def test_the_first_reading_signs_in_and_a_logout_ends_it(turns: Turns) -> None:
    """And a reading after it signs in again."""

    async def body() -> None:
        client = turns.client()
        assert await client.get_menus(*WEEK)
        await client.logout()
        assert await client.get_menus(*WEEK)
        await client.aclose()

    turns.run(body)
    assert turns.asked == [*ENTRY, "PageMenus", LOG_OUT] * 2


@pytest.mark.parametrize(
    ("username", "password", "error"),
    [
        ("ferme.example", "porte close", ActionRequired),
        ("neuf.example", "provisoire-1", ActionRequired),
        ("code.example", "coffre-fort", ChallengeUnanswered),
    ],
)
def test_accounts_that_need_a_person(
    turns: Turns, username: str, password: str, error: type[Exception]
) -> None:
    """Disabled, a password to be chosen, a PIN: each is its own error, and nothing is signed in."""

    async def body() -> None:
        with pytest.raises(error):
            await log_in(turns, username, password)

    turns.run(body)


def test_the_kind_of_account_must_be_known() -> None:
    """And the right one: a parent is no student."""
    with pytest.raises(UnknownName) as caught:
        pronote.Client(f"https://{HOST}/pronote", *STUDENT, account="headmaster")
    assert "student, parent and teacher" in str(caught.value)
    turns = Turns("sync")
    with pytest.raises(WrongCredentials):
        turns.run(lambda: log_in(turns, *PARENT, account="student"))


@pytest.mark.parametrize(
    "url",
    [
        f"https://{HOST}/pronote",
        f"https://{HOST}/pronote/",
        f"https://{HOST}/pronote/eleve.html",
        f"https://{HOST}/pronote/parent.html?login=true",
        f"https://{HOST}/pronote/mobile.eleve.html?fd=1&bydlg=A6ABB224",
        f"{HOST}/pronote",
        f"HTTPS://{HOST.upper()}/pronote/#top",
        f"  https://{HOST}/pronote/  ",
    ],
)
def test_an_address_may_be_written_in_many_ways(blocking: Turns, url: str) -> None:
    """With a page, a query, of a QR code, without a scheme: the same instance, the same keys."""

    async def body() -> list[str]:
        client = await log_in(blocking, url=url)
        assert client.credentials.fields["url"] == f"https://{HOST}/pronote"
        return [one.key for one in client.pupils]

    other = Turns("sync")
    expected = other.run(lambda: log_in(other)).pupils
    assert blocking.run(body) == [one.key for one in expected]


@pytest.mark.parametrize(
    "url", ["", "pronote", "ftp://0000000a.example/pronote", "http://0000000a.example/pronote"]
)
def test_an_address_that_cannot_be_meant_is_refused_before_anything_is_sent(url: str) -> None:
    """No host, another scheme, and no TLS unless that is said to be all right."""
    with pytest.raises(BadArgument) as caught:
        pronote.Client(url, *STUDENT)
    assert caught.value.argument == "url"


def test_an_instance_without_tls_is_reached_when_that_is_allowed() -> None:
    """The vector is announced encrypted, with the server's own key; the password is never sent."""
    turns = Turns("sync", "2022.0.3")
    turns.server.encrypts = True
    seen: list[Request] = []

    class Road(Mount):
        def exchange(self, request: Request) -> Any:
            seen.append(request)
            return super().exchange(request)

    turns = Turns("sync", "2022.0.3")
    road = Road({HOST: turns.server})
    client = pronote.login(
        f"http://{HOST}/pronote", *STUDENT, allow_http=True, http_client=road, clock=turns.clock
    )
    assert client.get_lessons(*WEEK)
    assert {request.url.partition(":")[0] for request in seen} == {"http"}
    assert not [one for one in seen if STUDENT[1].encode() in one.body or STUDENT[1] in one.url]
    client.close()


def test_a_school_with_a_portal_is_entered_by_its_own_door(blocking: Turns) -> None:
    """`login=true` asks for PRONOTE's log-in."""
    blocking.server.rules = blocking.server.calling.rules = Rules(portal="https://cas.example.test/login")
    assert blocking.run(lambda: log_in(blocking)).pupils


def test_either_way_to_a_client_is_the_same(blocking: Turns) -> None:
    """`connect` with the fields of `credentials`."""
    client = blocking.run(lambda: log_in(blocking, *PARENT, account="parent", timezone="Indian/Reunion"))
    fields = dict(client.credentials.fields)
    again = schoolsync.connect("pronote", **fields, http_client=blocking.mount, clock=blocking.clock)
    with again:
        assert [one.key for one in again.pupils] == [one.key for one in client.pupils]
        assert {one.school.timezone for one in again.pupils} == {"Indian/Reunion"}


# -- whom -------------------------------------------------------------------------------------


def test_a_child_is_selected_until_another_one_is(turns: Turns) -> None:
    """Readings say `pupil=` or mean the selected one; records name their own in actions."""

    async def body() -> None:
        client = await log_in(turns, *PARENT, account="parent")
        mae, noe = client.pupils
        news = await client.get_news()
        client.select_pupil("FACTICE Noé")
        assert client.selected_pupil == noe
        assert {one.pupil_key for one in await client.get_lessons(*WEEK)} == {noe.key}
        assert {one.pupil_key for one in await client.get_lessons(*WEEK, pupil=mae)} == {mae.key}
        with pytest.raises(Unavailable):
            await client.get_menus(*WEEK)
        assert await client.get_menus(*WEEK, pupil=1)
        await client.mark_news_read(news[0], not news[0].is_read)
        again = await client.get_news(pupil=mae)
        assert [one.is_read for one in again if one.key == news[0].key] == [not news[0].is_read]
        await client.aclose()

    turns.run(body)


# -- staying ----------------------------------------------------------------------------------


@pytest.mark.parametrize("generation", [GENERATIONS[0], GENERATIONS[-1]], ids=lambda one: one.label)
@pytest.mark.parametrize("name", ["sync", "asyncio", "trio"])
def test_a_heartbeat_keeps_the_session(name: str, generation: Any) -> None:
    """`Presence` in the old world, `Navigation` in the new; none without it."""
    turns = Turns(name, generation.label)
    beat = "Presence" if generation.takes_presence else "Navigation"

    async def body() -> None:
        client = turns.client()
        await client.login()
        service = getattr(client, "blocking", client)._service
        driver = getattr(client, "blocking", client)._driver
        for _ in range(4):
            turns.clock.advance(dt.timedelta(minutes=4))
            ran = driver.run(service.keep_alive())
            if name != "sync":
                await ran
        assert await client.get_lessons(*WEEK)
        assert turns.asked[5:] == [*[beat] * 4, "PageEmploiDuTemps"]
        assert service.beat_every == dt.timedelta(minutes=2)
        await client.aclose()

    turns.run(body)


def test_a_session_that_the_server_forgot_costs_one_log_in(turns: Turns) -> None:
    """Inside the reading, unseen."""

    async def body() -> None:
        client = turns.client()
        before = await client.get_homeworks(TODAY)
        turns.server.sessions.end_all()
        assert [one.key for one in await client.get_homeworks(TODAY)] == [one.key for one in before]
        assert turns.asked.count("Authentification") == 2
        await client.aclose()

    turns.run(body)


# -- files ------------------------------------------------------------------------------------


def test_files_are_downloaded_and_listed_again_when_stale(turns: Turns, tmp_path: Any) -> None:
    """Also after the session ended between the listing and the download."""

    async def body() -> None:
        client = turns.client()
        rows = await client.get_files()
        file = next(file for one in rows for file in one.attachments if file.kind is AttachmentKind.FILE)
        first = await client.download(file, tmp_path)
        turns.server.sessions.end_all()
        second = await client.download(file, tmp_path)
        assert first.read_bytes() == second.read_bytes()
        assert first != second
        assert turns.asked.count("Authentification") == 2
        assert turns.asked.count("RessourcePedagogique") == 2 + 1
        portrait = client.pupils[0].photo
        assert portrait is not None
        saved = await client.download(portrait, tmp_path)
        assert saved.read_bytes() == turns.college.desk("e1").file.photo
        await client.aclose()

    turns.run(body)


def test_the_calendar_and_the_print_are_taken_away(turns: Turns) -> None:
    """An address, and bytes."""

    async def body() -> None:
        client = turns.client()
        url = await client.export_ical_url()
        assert turns.server.answer(Request("GET", url)).body.startswith(b"BEGIN:VCALENDAR")
        assert (await client.timetable_pdf("2026-03-12")).startswith(b"%PDF")
        with pytest.raises(BadArgument):
            await client.timetable_pdf("no day")
        await client.aclose()

    turns.run(body)


# -- the governor -------------------------------------------------------------------------------


def test_log_ins_are_few(blocking: Turns, keeper: Keeper) -> None:
    """The fourth within ten minutes is held back, and says until when."""
    for _ in range(3):
        blocking.run(lambda: log_in(blocking))
    with pytest.raises(LoginHeld) as caught:
        blocking.run(lambda: log_in(blocking))
    assert caught.value.until == blocking.clock.now() + dt.timedelta(minutes=10)
    assert session_of(blocking.client()).start is None
