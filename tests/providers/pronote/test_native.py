"""Calls in the server's own words: what they give, what they cost, on whose screen they are made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from schoolsync.errors import Interrupted, Refused, Unavailable, UnknownName
from schoolsync.provider import Days
from schoolsync.providers.pronote.native import Native
from schoolsync.sandbox.faults import Drop, LoseAnswer
from schoolsync.sandbox.pronote.generations import GENERATIONS
from schoolsync.testing.play import Script
from tests.providers.pronote.entering import TABS, account, entry, user
from tests.providers.pronote.wire import Server
from tests.providers.pronote.world import ENTRY, TODAY, World, new_world

CALENDARS: dict[str, Any] = {"iCal": {"liste": [{"L": "Emploi du temps", "paramICal": "9F8E7D6C"}]}}


@pytest.mark.parametrize(("tabs", "tab"), [([*TABS, {"G": 49}], 49), (TABS, 16), ([], 49)])
def test_the_calendar_s_key_is_asked_for_on_a_screen_that_is_open(tabs: list[Any], tab: int) -> None:
    """Personal data; the timetable, where those are closed. A server that lists no screen said nothing."""
    server, made = Server(), account()
    known = user() | {"listeOnglets": tabs}
    talk = Script([*entry(server, known), server.answered("PageInfosPerso", CALENDARS)])
    calendar = talk.run(Native(made).calendar(1))
    assert calendar is not None
    assert (calendar.key.reveal(), calendar.is_old) == ("9F8E7D6C", False)
    assert server.log[-1].tab == tab


# -- any function ----------------------------------------------------------------------------


@pytest.fixture
def world() -> World:
    """The invented collège."""
    return new_world()


def test_any_function_can_be_called(world: World) -> None:
    """Its answer has typed values unwrapped, and the same as they were sent."""
    service = world.pupil(signed_in=False)
    week = {"_T": 8, "V": "[28]"}
    data = {"domaine": week}
    answer, cost = world.cost(service.native.request("PageCahierDeTexte", tab=88, data=data))
    assert cost == [*ENTRY, "PageCahierDeTexte"]
    assert answer.function == "PageCahierDeTexte"
    assert answer.data["ListeTravauxAFaire"][0]["descriptif"]
    assert answer.as_sent()["ListeTravauxAFaire"]["_T"] == 24


@pytest.mark.parametrize("generation", [GENERATIONS[0], GENERATIONS[2]], ids=lambda one: one.label)
def test_a_parents_call_names_the_child(generation: Any) -> None:
    """Whom the answer is about, then."""
    world = new_world(generation, encrypts=True, compresses=True)
    service = world.parent()
    asked = {"avecMessage": True, "avecLu": True}
    answer = world.run(service.native.request("ListeMessagerie", tab=131, data=asked, pupil="FACTICE Maë"))
    assert answer.data["listeMessagerie"]
    with pytest.raises(Unavailable):  # the school has closed this screen for him alone
        world.run(service.native.request("ListeMessagerie", tab=131, data=asked, pupil="FACTICE Noé"))
    with pytest.raises(UnknownName):
        world.run(service.native.request("ListeMessagerie", tab=131, data=asked, pupil="Nobody"))


@pytest.mark.parametrize(
    ("function", "tab", "error"),
    [
        ("PageMenus", 16, Unavailable),
        ("PageMenus", None, Unavailable),
        ("PageCahierDeTextes", 88, Refused),
    ],
)
def test_what_the_server_refuses_is_refused(
    world: World, function: str, tab: int | None, error: type[Exception]
) -> None:
    """The wrong screen, none, a function that there is not; and the session goes on."""
    service = world.pupil()
    with pytest.raises(error) as caught:
        world.run(service.native.request(function, tab=tab))
    assert getattr(caught.value, "operation", "") == function
    _, cost = world.cost(service.native.lessons(28))
    assert cost == ["PageEmploiDuTemps"]


@pytest.mark.parametrize(("is_read", "times"), [(None, 1), (True, 2), (False, 1)])
def test_what_saves_is_sent_once(world: World, is_read: bool | None, times: int) -> None:
    """By its name, unless the caller says otherwise."""
    service = world.pupil()
    world.server.faults.add(Drop(), "*/SaisieTAFFaitEleve", times=2)
    data: dict[str, Any] = {"listeTAF": []}
    with pytest.raises(Exception, match="SaisieTAFFaitEleve") as caught:
        world.run(service.native.request("SaisieTAFFaitEleve", tab=88, data=data, is_read=is_read))
    assert isinstance(caught.value, Interrupted) is (times == 1)
    assert world.log.count("SaisieTAFFaitEleve") == times


def test_what_reads_is_sent_again(world: World) -> None:
    """Once, byte for byte, when no answer comes."""
    service = world.pupil()
    world.server.faults.add(LoseAnswer(), "*/PageMenus")
    answer, cost = world.cost(service.native.menus(TODAY))
    assert cost == ["PageMenus"] * 2
    assert answer.data.days


# -- typed answers ----------------------------------------------------------------------------

CALLS: dict[str, tuple[Callable[[Native], Any], str]] = {
    "lessons": (lambda one: one.lessons(28), "PageEmploiDuTemps"),
    "homeworks": (lambda one: one.homeworks(1, 44), "PageCahierDeTexte"),
    "lesson_contents": (lambda one: one.lesson_contents(1, 44), "PageCahierDeTexte"),
    "menus": (lambda one: one.menus(TODAY), "PageMenus"),
    "files": (lambda one: one.files(), "RessourcePedagogique"),
    "marks": (lambda one: one.marks("Trimestre 1"), "DernieresNotes"),
    "evaluations": (lambda one: one.evaluations(), "DernieresEvaluations"),
    "report": (lambda one: one.report("Trimestre 1"), "PageBulletins"),
    "transcript": (lambda one: one.transcript("Trimestre 1"), "PageReleve"),
    "presence": (lambda one: one.presence(dt.date(2025, 9, 1), TODAY), "PagePresence"),
    "news": (lambda one: one.news(), "PageActualites"),
    "discussions": (lambda one: one.discussions(), "ListeMessagerie"),
    "teachers": (lambda one: one.teachers(), "PageEquipePedagogique"),
    "personal_data": (lambda one: one.personal_data(), "PageInfosPerso"),
    "agenda": (lambda one: one.agenda(28), "PageAgenda"),
    "timetable_pdf": (lambda one: one.timetable_pdf(28), "GenerationPDF"),
    "report_pdf": (lambda one: one.report_pdf("Trimestre 1"), "GenerationPDF"),
}


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("generation", [GENERATIONS[0], GENERATIONS[-1]], ids=lambda one: one.label)
def test_every_call_gives_a_whole_page(generation: Any, name: str) -> None:
    """One request each; nothing of it could not be read."""
    world = new_world(generation)
    call, function = CALLS[name]
    native = world.pupil().native
    page, cost = world.cost(call(native))
    assert cost == [function]
    assert (page.function, page.issues) == (function, ())
    assert page.data.model_dump(exclude_defaults=True), "it says something"


def test_what_a_session_begins_with_costs_nothing(world: World) -> None:
    """Once somebody is signed in; before, it costs the log-in."""
    native = world.pupil(signed_in=False).native
    settings, cost = world.cost(native.settings())
    assert cost == ENTRY
    user, cost = world.cost(native.user())
    assert cost == []
    assert settings.general.school == "COLLEGE EXEMPLE"
    assert user.user.label == "EXAMPLE Louison"


def test_details_of_news_are_asked_for_by_row(world: World) -> None:
    """Which this generation leaves out of the list."""
    service = world.pupil()
    page = world.run(service.native.news())
    row = next(row for _, rows in page.data.received for row in rows)
    details, cost = world.cost(service.native.news_details(row))
    assert cost == ["PageActualites"]
    assert details.data.details.questions
    assert len(world.run(service.announcements(Days()))) == sum(len(rows) for _, rows in page.data.received)


def test_the_same_event_is_of_the_same_kind_before_and_after_2026() -> None:
    """Though servers since 2026.1.3 have other numbers for most of them."""
    told = {}
    for generation in (GENERATIONS[3], GENERATIONS[4]):
        world = new_world(generation)
        native = world.pupil().native
        events = [row for week in range(1, 45) for row in world.run(native.agenda(week)).data.events]
        told[generation.label] = {row.label: (row.kind, native.agenda_kind(row)) for row in events}
    old, new = told.values()
    assert old.keys() == new.keys()
    shared = {label for label in old if old[label][1] is not None}
    assert {label: old[label][1] for label in shared} == {label: new[label][1] for label in shared}
    assert any(old[label][0] != new[label][0] for label in shared)
