"""The contract's flows against the invented collège: what they cost, which days they mean, what is closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from schoolsync.errors import BadArgument, Unavailable, UnknownName, UsageError
from schoolsync.model import Availability, Period
from schoolsync.provider import Days, Span
from schoolsync.providers.pronote.native import Native
from schoolsync.providers.pronote.service import Pronote, account_service
from schoolsync.sandbox.college.presence_papers import AbsenceSheet
from schoolsync.sandbox.faults import Retype
from schoolsync.sandbox.pronote.generations import GENERATIONS, generation
from tests.providers.pronote.wire import options
from tests.providers.pronote.world import COSTS, ENTRY, EVER, HOST, TODAY, WEEK, World, new_world

OLDEST, BEFORE_NATURES = GENERATIONS[0], generation("2025.1.3")
BEFORE, AFTER = Days(dt.date(2024, 1, 1), dt.date(2024, 2, 1)), Days(dt.date(2028, 1, 1), dt.date(2028, 2, 1))
SCREENS = {
    "lessons": 16,
    "homeworks": 88,
    "lesson_contents": 89,
    "marks": 198,
    "averages": 198,
    "evaluations": 201,
    "report": 13,
    "absences": 19,
    "sanctions": 19,
    "behaviour_events": 19,
    "menus": 10,
    "files": 99,
    "discussions": 131,
    "teachers": 37,
}
"""Reading → the screen that the school may close."""


@pytest.fixture
def world() -> World:
    """The invented collège."""
    return new_world()


# -- what it costs ---------------------------------------------------------------------


@pytest.mark.parametrize("name", COSTS)
def test_each_reading_costs_what_it_says(world: World, name: str) -> None:
    """Counted by the server; and signing in comes first, once: five requests."""
    make, requests = COSTS[name]
    service = world.pupil(signed_in=False)
    _, cost = world.cost(make(service, None))
    assert cost == [*ENTRY, *requests]
    _, cost = world.cost(make(service, None))
    assert cost == requests


@pytest.mark.parametrize("name", COSTS)
def test_old_servers_cost_the_same(name: str) -> None:
    """In the first generation; and for a child whom a parent names."""
    world, (make, requests) = new_world(OLDEST), COSTS[name]
    service = world.parent()
    _, cost = world.cost(make(service, "FACTICE Maë"))
    assert cost == requests


def test_news_cost_one_request_and_one_for_each_text_that_is_left_out() -> None:
    """Of the days asked for; servers before 2026.2.4 leave none out."""
    world = new_world()
    service = world.pupil()
    news, cost = world.cost(service.announcements(Days()))
    assert cost == ["PageActualites"] * (1 + len(news))
    newest = news[0].published_at.date()
    some, cost = world.cost(service.announcements(Days(newest, newest)))
    assert cost == ["PageActualites"] * (1 + len(some))
    assert 0 < len(some) < len(news)
    older = new_world(BEFORE_NATURES)
    told, cost = older.cost(older.pupil().announcements(Days()))
    assert cost == ["PageActualites"]
    assert [one.title for one in told] == [one.title for one in news]


def test_lessons_cost_a_request_a_week(world: World) -> None:
    """However many days of it are asked for."""
    service = world.pupil()
    for first, last, weeks in ((9, 9, 1), (9, 15, 1), (15, 16, 2), (8, 23, 4)):
        _, cost = world.cost(service.lessons(Days(dt.date(2026, 3, first), dt.date(2026, 3, last))))
        assert cost == ["PageEmploiDuTemps"] * weeks


@pytest.mark.parametrize("days", [BEFORE, AFTER])
@pytest.mark.parametrize(
    "read",
    [
        lambda one, days: one.lessons(days),
        lambda one, days: one.homeworks(days),
        lambda one, days: one.lesson_contents(days),
        lambda one, days: one.menus(days),
        lambda one, days: one.marks(Span(days)),
        lambda one, days: one.averages(Span(days)),
        lambda one, days: one.evaluations(Span(days)),
        lambda one, days: one.absences(Span(days)),
        lambda one, days: one.sanctions(Span(days)),
        lambda one, days: one.behaviour_events(Span(days)),
    ],
)
def test_days_outside_the_school_year_have_nothing_and_cost_nothing(
    world: World, read: Callable[[Pronote, Days], Any], days: Days
) -> None:
    """Neither before it nor after it."""
    service = world.pupil()
    assert world.cost(read(service, days)) == ([], [])


def test_totals_outside_the_school_year_are_empty(world: World) -> None:
    """And cost nothing."""
    totals, cost = world.cost(world.pupil().presence_totals(Span(BEFORE)))
    assert (totals.subjects, totals.counts, totals.missed, cost) == ((), (), None, [])


def test_days_beyond_the_school_year_are_not_asked_for(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only those that it has."""
    asked, native = [], Native.presence

    async def presence(self: Native, first: dt.date, last: dt.date, **more: Any) -> Any:
        asked.append((first, last))
        return await native(self, first, last, **more)

    monkeypatch.setattr(Native, "presence", presence)
    assert world.run(world.pupil().absences(Span(EVER)))
    assert asked == [(world.college.year.first_day, world.college.year.last_day)]


# -- which days ---------------------------------------------------------------------------


def test_lessons_are_of_today_unless_days_are_given(world: World) -> None:
    """One day if the last is missing."""
    service = world.pupil()
    for days in (Days(), Days(TODAY)):
        found = world.run(service.lessons(days))
        assert {one.start.date() for one in found} == {TODAY}
    assert [one.key for one in world.run(service.lessons(WEEK)) if one.start.date() == TODAY] == [
        one.key for one in found
    ]


def test_both_days_are_included(world: World) -> None:
    """Of every reading by days."""
    service = world.pupil()
    readings: list[tuple[Callable[[Days], Any], Callable[[Any], dt.date]]] = [
        (service.homeworks, lambda one: one.due),
        (service.lesson_contents, lambda one: one.start.date()),
        (lambda days: service.marks(Span(days)), lambda one: one.given_on),
        (lambda days: service.evaluations(Span(days)), lambda one: one.day),
        (lambda days: service.absences(Span(days)), lambda one: one.day),
        (lambda days: service.behaviour_events(Span(days)), lambda one: one.at.date()),
        (service.announcements, lambda one: one.published_at.date()),
    ]
    for read, day in readings:
        everything = world.run(read(EVER))
        first, last = min(map(day, everything)), max(map(day, everything))
        assert len(world.run(read(Days(first, last)))) == len(everything)
        alone = world.run(read(Days(first, first)))
        assert alone
        assert {day(one) for one in alone} == {first}


def test_homework_is_of_today_and_later_unless_days_are_given(world: World) -> None:
    """By the day it is due; or by the day it was given."""
    service = world.pupil()
    due = world.run(service.homeworks(Days()))
    assert due
    assert all(one.due >= TODAY for one in due)
    everything = world.run(service.homeworks(EVER))
    assert len(everything) > len(due)
    given = sorted({one.assigned_on for one in everything if one.assigned_on})[1]
    of_that_day = world.run(service.homeworks(Days(given, given), display_date="issue_date"))
    assert [one.key for one in of_that_day] == sorted(
        one.key for one in everything if one.assigned_on == given
    )


def test_an_absence_of_several_days_belongs_to_each_of_them(world: World) -> None:
    """To the last day, too."""
    papers = world.college.desk("e1").presence
    place, sheet = next(
        (place, one) for place, one in enumerate(papers) if isinstance(one, AbsenceSheet) and one.record.end
    )
    assert sheet.record.end
    end = sheet.record.end + dt.timedelta(days=2)
    papers[place] = attrs.evolve(sheet, record=sheet.record.model_copy(update={"end": end}))
    service = world.pupil()
    for day in (sheet.day, end.date()):
        found = world.run(service.absences(Span(Days(day, day))))
        assert [(one.start, one.end) for one in found] == [(sheet.record.start, end)]
    later = end.date() + dt.timedelta(days=1)
    assert world.run(service.absences(Span(Days(later, later)))) == []


@pytest.mark.parametrize("name", ["absences", "sanctions", "behaviour_events"])
def test_a_server_that_lists_too_much_is_not_believed(
    world: World, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Days are counted here, too."""
    service, native, year = world.pupil(), Native.presence, world.college.year

    async def presence(self: Native, first: dt.date, last: dt.date, **more: Any) -> Any:
        return await native(self, year.first_day, year.last_day, **more)

    expected = world.run(COSTS[name][0](service, None))
    read = getattr(service, name)
    monkeypatch.setattr(Native, "presence", presence)
    assert world.run(read(Span(Days(year.first_day, year.first_day)))) == []
    assert world.run(read(Span(Days(year.last_day, year.last_day)))) == []
    assert world.run(read(Span(Days(year.first_day, year.last_day)))) == expected


# -- which period ----------------------------------------------------------------------------


def test_a_period_is_given_by_name_key_or_record(world: World) -> None:
    """Names in any case; and each costs one request."""
    service = world.pupil()
    term = world.run(service.periods())[1]
    assert term.name == "Trimestre 2"
    expected = [one.key for one in world.college.marks("e1", "Trimestre 2")]
    for wanted in (term, term.key, "Trimestre 2", "  trimestre  2 "):
        marks, cost = world.cost(service.marks(Span(period=wanted)))
        assert cost == ["DernieresNotes"]
        assert len(marks) == len(expected) > 0
        assert {one.period_key for one in marks} == {term.key}


def test_the_current_period_is_meant_unless_one_is_given(world: World) -> None:
    """As the school's screen says; `is_current` tells which."""
    service = world.pupil()
    current = [one.name for one in world.run(service.periods()) if one.is_current]
    assert current == ["Trimestre 3", "Semestre 2", "Année continue"]
    assert {one.period_key for one in world.run(service.averages(Span()))} == {
        one.key for one in world.run(service.periods()) if one.name == "Trimestre 3"
    }


def test_the_whole_year_is_all_terms(world: World) -> None:
    """Which the screen of marks does not list, but the year does."""
    service = world.pupil()
    for wanted in ("Année continue", "Semestre 2"):
        _, cost = world.cost(service.marks(Span(period=wanted)))
        assert set(cost) == {"DernieresNotes"}


@pytest.mark.parametrize("wanted", ["Trimestre 9", "period-unknown", ""])
def test_an_unknown_period_is_an_error(world: World, wanted: str) -> None:
    """Which names those that there are, and costs nothing."""
    service = world.pupil()
    before = len(world.log)
    with pytest.raises(UnknownName) as caught:
        world.run(service.marks(Span(period=wanted)))
    assert len(world.log) == before
    assert (caught.value.provider, caught.value.operation) == ("pronote", "marks")


def test_a_period_of_another_school_is_an_error(world: World) -> None:
    """Though it has a name that is known here."""
    other = Period(key="period-" + "0" * 32, name="Trimestre 2", start=TODAY, end=TODAY, is_current=False)
    with pytest.raises(UnknownName, match="period"):
        world.run(world.pupil().marks(Span(period=other)))


# -- what is closed --------------------------------------------------------------------------


@pytest.mark.parametrize("thing", SCREENS)
def test_a_closed_screen_is_unavailable(world: World, thing: str) -> None:
    """With the reason, and without a request; everything else stays."""
    world.college.switch(SCREENS[thing], "e1", is_on=False)
    service = world.pupil()
    before = len(world.log)
    with pytest.raises(Unavailable) as caught:
        world.run(COSTS[thing][0](service, None))
    assert (caught.value.reason, caught.value.operation) == (Availability.OFF_AT_SCHOOL, thing)
    assert len(world.log) == before
    assert service.capabilities.of(thing) is Availability.OFF_AT_SCHOOL
    other = next(name for name in SCREENS if SCREENS[name] != SCREENS[thing])
    world.run(COSTS[other][0](service, None))


@pytest.mark.parametrize("thing", ["absences", "sanctions", "behaviour_events"])
def test_what_the_school_shows_nobody_is_unavailable(world: World, thing: str) -> None:
    """The screen is open, and its answer says that none of it is shown."""
    rights = {
        "absences": ("absence", "retard", "exclusion"),
        "sanctions": ("punition", "exclusion", "sanction", "mesureConservatoire"),
        "behaviour_events": ("observation",),
    }
    service = world.pupil()
    world.server.faults.add(
        Retype("dataSec.data.autorisations", dict.fromkeys(rights[thing], False)), "*/PagePresence"
    )
    with pytest.raises(Unavailable) as caught:
        world.run(COSTS[thing][0](service, None))
    assert caught.value.reason is Availability.OFF_AT_SCHOOL


def test_badges_are_not_in_pronote(world: World) -> None:
    """Which is another reason."""
    with pytest.raises(Unavailable) as caught:
        world.run(world.pupil().badges())
    assert caught.value.reason is Availability.NOT_IN_PROVIDER


def test_a_teacher_reads_no_pupils_things(world: World) -> None:
    """Their screens show them in other ways."""
    service = world.service("teacher", "ana.modele", "craie blanche")
    assert world.run(service.lessons(WEEK))
    for thing in ("homeworks", "marks", "absences", "report"):
        with pytest.raises(Unavailable) as caught:
            world.run(COSTS[thing][0](service, None))
        assert caught.value.reason is Availability.NOT_FOR_THIS_ACCOUNT


# -- the account -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["pupils", "capabilities", "user", "params", "credentials"])
def test_nothing_is_known_before_somebody_signs_in(world: World, name: str) -> None:
    """And asking sends nothing; credentials are those that were given."""
    service = world.pupil(signed_in=False)
    if name == "credentials":
        assert service.credentials.fields["url"] == f"https://{HOST}/pronote"
    else:
        with pytest.raises(UsageError):
            getattr(service, name)
    assert world.log == []


def test_an_account_is_made_of_fields() -> None:
    """As a configuration has them; what cannot be meant is refused before anything is sent."""
    fields: dict[str, Any] = {"url": f"https://{HOST}/pronote", "username": "x", "password": "y"}
    made = account_service(options(), **fields, account="parent", timezone="Indian/Reunion")
    assert made.credentials.fields["timezone"] == "Indian/Reunion"
    wrongs: tuple[dict[str, Any], ...] = ({"timezone": "Europe/Atlantis"}, {"url": "ftp://x.test"})
    for wrong in wrongs:
        with pytest.raises(BadArgument):
            account_service(options(), **(fields | wrong))
    with pytest.raises(UnknownName):
        account_service(options(), **fields, account="headmaster")
