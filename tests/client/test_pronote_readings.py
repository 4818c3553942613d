"""Every reading and action of a PRONOTE client, in three worlds: asked once, answered alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from schoolsync.errors import BadArgument
from schoolsync.model import Response, Rows
from schoolsync.providers.pronote.extra import MarkBook, PersonalData
from tests.client.pronote_turns import ENTRY, PARENT, TODAY, WEEK, Turns

YEAR = ("2025-09-01", "2026-08-31")
Call = Callable[[Any], Any]
READINGS: dict[str, tuple[Call, list[str]]] = {
    "get_mark_book": (lambda c: c.get_mark_book(*YEAR), ["DernieresNotes"] * 3),
    "get_mark_book of a term": (lambda c: c.get_mark_book(period="Trimestre 1"), ["DernieresNotes"]),
    "get_lesson_contents": (lambda c: c.get_lesson_contents(*WEEK), ["PageCahierDeTexte"]),
    "get_evaluations": (lambda c: c.get_evaluations(*YEAR), ["DernieresEvaluations"] * 3),
    "get_presence_totals": (lambda c: c.get_presence_totals(*YEAR), ["PagePresence"]),
    "get_menus": (lambda c: c.get_menus(*WEEK), ["PageMenus"]),
    "get_files": (lambda c: c.get_files(), ["RessourcePedagogique"]),
    "get_report": (lambda c: c.get_report(period="Trimestre 1"), ["PageBulletins"]),
    "get_news": (lambda c: c.get_news("2026-03-10"), ["PageActualites"] * 2),
    "get_discussions": (lambda c: c.get_discussions(), ["ListeMessagerie"]),
    "get_teachers": (lambda c: c.get_teachers(), ["PageEquipePedagogique"]),
    "get_holidays": (lambda c: c.get_holidays(), []),
    "get_personal_data": (lambda c: c.get_personal_data(), ["PageInfosPerso"]),
    "export_ical_url": (lambda c: c.export_ical_url(), ["PageInfosPerso"]),
    "timetable_pdf": (lambda c: c.timetable_pdf(TODAY), ["GenerationPDF", "PDF"]),
}
"""What only PRONOTE has, and what it costs."""


@pytest.fixture(params=["sync", "asyncio", "trio"])
def turns(request: pytest.FixtureRequest) -> Turns:
    """Threads, asyncio or trio."""
    return Turns(request.param)


@pytest.mark.parametrize("name", READINGS)
def test_a_reading_costs_what_it_says(turns: Turns, name: str) -> None:
    """And gives something, of the kind that it says."""
    call, cost = READINGS[name]

    async def body() -> None:
        client = turns.client()
        found = await call(client)
        assert turns.asked == [*ENTRY, *cost]
        assert found
        if isinstance(found, Rows):
            assert found.issues == ()
        if name.startswith("get_mark_book"):
            assert isinstance(found, MarkBook)
            assert found.marks
            assert found.averages[-1].subject is None
        await client.aclose()

    turns.run(body)


def test_personal_data_show_nothing_in_repr(turns: Turns) -> None:
    """`to_dict` does."""

    async def body() -> None:
        client = turns.client()
        data = await client.get_personal_data()
        assert isinstance(data, PersonalData)
        assert "Villefactice" not in f"{data!r}{data}"
        assert data.to_dict()["city"] == "Villefactice"
        await client.aclose()

    turns.run(body)


def test_a_thread_is_opened(turns: Turns) -> None:
    """By its record, which names the child, or by its key."""

    async def body() -> None:
        client = turns.client(PARENT, "parent")
        await client.login()
        thread = (await client.get_discussions())[0]
        client.select_pupil(2)
        letters = await client.get_messages(thread)
        assert letters[0].pupil_key == thread.pupil_key == client.pupils[0].key
        again = await client.get_messages(thread.key, pupil=1)
        assert [one.key for one in again] == [one.key for one in letters]
        await client.aclose()

    turns.run(body)


def test_what_can_be_done_is_done(turns: Turns) -> None:
    """A tick, a piece of news read, a receipt, a survey."""

    async def body() -> None:
        client = turns.client()
        task = next(one for one in await client.get_homeworks(*YEAR) if one.state == "todo")
        assert (await client.set_homework_done(task)).state == "done"
        news = await client.get_news()
        unread = next(one for one in news if not one.is_read)
        await client.mark_news_read(unread)
        wanted = next(one for one in news if one.response is Response.ACKNOWLEDGE)
        await client.acknowledge(wanted)
        survey = next(one for one in news if len(one.questions) == 3)
        await client.answer(survey, ["Mardi", ["Échecs"], "Rien d'autre"])
        with pytest.raises(BadArgument):
            await client.answer(survey, ["Jamais", [], ""])
        after = {one.key: one for one in await client.get_news()}
        assert after[unread.key].is_read
        assert after[wanted.key].is_acknowledged
        assert [one.answers for one in after[survey.key].questions] == [
            ("Mardi",),
            ("Échecs",),
            ("Rien d'autre",),
        ]
        await client.aclose()

    turns.run(body)


@pytest.mark.parametrize(
    "call",
    [
        lambda c: c.get_evaluations("2026-03-12", "2026-03-11"),
        lambda c: c.get_evaluations("2026-03-12", period="Trimestre 1"),
        lambda c: c.get_menus("yesterday"),
        lambda c: c.get_lesson_contents("2026-03-12", "2026-03-11"),
    ],
)
def test_what_cannot_be_meant_costs_nothing(turns: Turns, call: Call) -> None:
    """It is refused before anybody signs in."""

    async def body() -> None:
        client = turns.client()
        with pytest.raises(BadArgument):
            await call(client)
        assert turns.asked == []

    turns.run(body)
