"""The server's own calls through a client, in three worlds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from schoolsync.errors import BadArgument, Unavailable, UnknownName, UsageError
from schoolsync.providers.pronote.schema.events import AgendaKind, EventRow
from tests.client.pronote_turns import ENTRY, PARENT, TODAY, Turns

Call = Callable[[Any], Any]
NATIVE: dict[str, tuple[Call, list[str]]] = {
    "get_settings": (lambda n: n.get_settings(), []),
    "get_user": (lambda n: n.get_user(), []),
    "get_lessons": (lambda n: n.get_lessons(28), ["PageEmploiDuTemps"]),
    "get_homeworks": (lambda n: n.get_homeworks(1, 44), ["PageCahierDeTexte"]),
    "get_lesson_contents": (lambda n: n.get_lesson_contents(1, 44), ["PageCahierDeTexte"]),
    "get_menus": (lambda n: n.get_menus("2026-03-11"), ["PageMenus"]),
    "get_files": (lambda n: n.get_files(), ["RessourcePedagogique"]),
    "get_marks": (lambda n: n.get_marks(), ["DernieresNotes"]),
    "get_evaluations": (lambda n: n.get_evaluations("Trimestre 1"), ["DernieresEvaluations"]),
    "get_report": (lambda n: n.get_report("Trimestre 1"), ["PageBulletins"]),
    "get_transcript": (lambda n: n.get_transcript(), ["PageReleve"]),
    "get_presence": (lambda n: n.get_presence("2025-09-01", TODAY), ["PagePresence"]),
    "get_news": (lambda n: n.get_news(), ["PageActualites"]),
    "get_discussions": (lambda n: n.get_discussions(only_unread=True), ["ListeMessagerie"]),
    "get_teachers": (lambda n: n.get_teachers(), ["PageEquipePedagogique"]),
    "get_personal_data": (lambda n: n.get_personal_data(), ["PageInfosPerso"]),
    "get_agenda": (lambda n: n.get_agenda(28), ["PageAgenda"]),
    "request": (lambda n: n.request("PageMenus", tab=10, data={"date": None}), ["PageMenus"]),
}
"""The server's own calls."""


@pytest.fixture(params=["sync", "asyncio", "trio"])
def turns(request: pytest.FixtureRequest) -> Turns:
    """Threads, asyncio or trio."""
    return Turns(request.param)


@pytest.mark.parametrize("name", NATIVE)
def test_a_native_call_costs_what_it_says(turns: Turns, name: str) -> None:
    """One request, and it gives the answer as the server worded it."""
    call, cost = NATIVE[name]

    async def body() -> None:
        client = turns.client()
        found = await call(client.native)
        assert turns.asked == [*ENTRY, *cost]
        assert getattr(found, "issues", ()) == ()
        assert getattr(found, "data", found) is not None
        await client.aclose()

    turns.run(body)


def test_native_counts_weeks_without_io(turns: Turns) -> None:
    """Once somebody is signed in."""

    async def body() -> None:
        client = turns.client()
        week_of = getattr(client, "blocking", client).native.week_of
        with pytest.raises(UsageError):
            week_of(TODAY)
        await client.login()
        assert (week_of(TODAY), week_of("2025-09-01"), week_of("2025-08-31")) == (28, 1, 0)
        with pytest.raises(BadArgument):
            week_of("no day")
        assert turns.asked == ENTRY
        await client.aclose()

    turns.run(body)


def test_native_tells_the_kind_of_an_event_without_io(turns: Turns) -> None:
    """As the server counts them; a row without one has none."""

    async def body() -> None:
        client = turns.client()
        await client.login()
        kind_of = getattr(client, "blocking", client).native.agenda_kind
        assert kind_of(EventRow.model_validate({"G": 15})) is AgendaKind.ELECTION
        assert kind_of(EventRow.model_validate({})) is None
        assert turns.asked == ENTRY
        await client.aclose()

    turns.run(body)


def test_native_means_the_selected_child(turns: Turns) -> None:
    """Unless it names another one."""

    async def body() -> None:
        client = turns.client(PARENT, "parent")
        await client.login()
        client.select_pupil("FACTICE Noé")
        with pytest.raises(Unavailable):
            await client.native.get_discussions()
        page = await client.native.get_discussions(pupil="FACTICE Maë")
        assert page.data.rows
        with pytest.raises(UnknownName):
            await client.native.get_discussions(pupil="Nobody")
        await client.aclose()

    turns.run(body)


@pytest.mark.parametrize(
    "call", [lambda n: n.get_menus("yesterday"), lambda n: n.get_presence("2026-03-12", "yesterday")]
)
def test_what_is_no_day_costs_nothing(turns: Turns, call: Call) -> None:
    """It is refused before anybody signs in."""

    async def body() -> None:
        client = turns.client()
        with pytest.raises(BadArgument):
            await call(client.native)
        assert turns.asked == []

    turns.run(body)
