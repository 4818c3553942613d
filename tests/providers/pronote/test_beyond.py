"""What PRONOTE has beyond the common face, against the invented collège."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from schoolsync.errors import BadArgument, StaleReference, Unavailable, UnexpectedShape, UnknownName
from schoolsync.flow.http import Request, Response
from schoolsync.model import Availability
from schoolsync.provider import Days, Span
from schoolsync.providers.pronote.extra import UserKind
from schoolsync.sandbox.faults import Relabel, Remove, Status
from schoolsync.sandbox.pronote.generations import GENERATIONS, Generation
from tests.providers.pronote.world import ENTRY, EVER, HOST, TODAY, World, new_world

each_generation = pytest.mark.parametrize("generation", GENERATIONS, ids=lambda one: one.label)


@pytest.fixture
def world() -> World:
    """The invented collège."""
    return new_world()


# -- marks, skills, report cards ------------------------------------------------------------


def test_a_mark_book_is_both_for_the_price_of_one(world: World) -> None:
    """Marks with averages and the overall one: one request a period."""
    service = world.pupil()
    for span, times in ((Span(), 1), (Span(period="Trimestre 1"), 1), (Span(EVER), 3)):
        book, cost = world.cost(service.mark_book(span))
        assert cost == ["DernieresNotes"] * times
        assert book.marks == world.run(service.marks(span))
        assert book.averages == world.run(service.averages(span))
        assert book.averages[-1].subject is None
    days = Span(Days(dt.date(2026, 2, 20), dt.date(2026, 3, 5)))
    _, cost = world.cost(service.mark_book(days))
    assert cost == ["DernieresNotes"] * 2, "the days touch two terms"


def test_marks_of_days_are_of_these_days(world: World) -> None:
    """Averages are of every period that the days touch."""
    service = world.pupil()
    everything = world.run(service.marks(Span(EVER)))
    day = everything[3].given_on
    assert day
    book = world.run(service.mark_book(Span(Days(day, day))))
    assert [one.key for one in book.marks] == [one.key for one in everything if one.given_on == day]
    assert len({one.period_key for one in book.averages}) == 1


def test_a_report_card_is_of_one_period(world: World) -> None:
    """By name or key; of the current one unless said otherwise. An unknown one names those that there are."""
    service = world.pupil()
    periods = {one.name: one for one in world.run(service.periods())}
    first = world.run(service.report(Span(period="Trimestre 1")))
    assert (first.is_published, first.period_key) == (True, periods["Trimestre 1"].key)
    assert first.lines[0].average == Decimal("18.75")
    assert world.run(service.report(Span(period=periods["Trimestre 1"]))) == first
    current = world.run(service.report(Span()))
    assert (current.title, current.is_published, current.lines) == ("Trimestre 3", False, ())
    assert current.comments == ("Le bulletin n'est pas encore publié.",)
    with pytest.raises(UnknownName) as caught:
        world.run(service.report(Span(period="Trimestre 4")))
    assert caught.value.operation == "report"
    assert caught.value.suggestions[0].startswith("Trimestre")


# -- messages --------------------------------------------------------------------------------


def test_a_thread_is_opened_by_record_or_key(world: World) -> None:
    """Two requests: the list, because its ids end with the session, and the thread."""
    service = world.pupil()
    thread = world.run(service.discussions())[0]
    for wanted in (thread, thread.key):
        letters, cost = world.cost(service.messages(wanted))
        assert cost == ["ListeMessagerie", "ListeMessages"]
        assert [one.sent_at for one in letters] == sorted(one.sent_at for one in letters)
        assert len(letters) > 1
    assert world.run(service.discussions())[0].unread == thread.unread, "opening marks nothing as read"


def test_a_thread_of_the_last_session_can_be_opened(world: World) -> None:
    """Its key stays."""
    service = world.pupil()
    thread = world.run(service.discussions())[0]
    expected = [one.key for one in world.run(service.messages(thread))]
    world.server.sessions.end_all()
    letters, cost = world.cost(service.messages(thread))
    assert [one.key for one in letters] == expected
    assert cost == ["ListeMessagerie", *ENTRY, "ListeMessagerie", "ListeMessages"]


def test_a_thread_that_is_gone_is_stale(world: World) -> None:
    """The school lists it no more."""
    service = world.pupil()
    thread = world.run(service.discussions())[0]
    world.college.desk("e1").discussions.clear()
    with pytest.raises(StaleReference) as caught:
        world.run(service.messages(thread))
    assert caught.value.operation == "messages"


# -- people -----------------------------------------------------------------------------------


@each_generation
def test_who_is_signed_in(generation: Generation) -> None:
    """A pupil, a parent of two, a teacher: known from the log-in, without a request."""
    world = new_world(generation)
    pupil, parent = world.pupil(), world.parent()
    teacher = world.service("teacher", "ana.modele", "craie blanche")
    before = len(world.log)
    users = [one.user for one in (pupil, parent, teacher)]
    assert [one.kind for one in users] == [UserKind.STUDENT, UserKind.PARENT, UserKind.TEACHER]
    assert [one.name for one in users] == ["EXAMPLE Louison", "FACTICE Dominique", "MODELE Ana"]
    assert (users[0].first_name, users[0].last_name) == ("Louison", "EXAMPLE")
    assert [one.pupils for one in users] == [("EXAMPLE Louison",), ("FACTICE Maë", "FACTICE Noé"), ()]
    assert [one.class_names for one in users[:2]] == [("4B",), ("6A", "3C")]
    assert {one.schools for one in users} == {("COLLEGE EXEMPLE",)}
    assert 198 in users[0].tabs
    assert users[0].is_delegate is True
    assert len(world.log) == before


@each_generation
def test_the_school_year_is_known(generation: Generation) -> None:
    """With its grid, holidays and levels; without a request."""
    world = new_world(generation)
    service = world.pupil()
    before = len(world.log)
    params, year = service.params, world.college.year
    assert (params.version, params.school) == (generation.label, "COLLEGE EXEMPLE")
    assert (params.first_day, params.last_day) == (year.first_day, year.last_day)
    assert params.first_monday == year.first_monday
    assert (params.places_per_day, params.places_per_hour) == (20, 2)
    assert params.workdays == (1, 2, 3, 4, 5)
    assert params.slot_names == ("M1", "M2", "M3", "M4", "S1", "S2", "S3", "S4")
    assert [(one.place, one.start) for one in params.slots][:3] == [
        (0, dt.time(8)),
        (1, dt.time(8, 30)),
        (2, dt.time(8, 55)),
    ]
    told = [(one.label, one.first, one.last) for one in year.holidays]
    assert [(one.name, one.first, one.last) for one in params.holidays] == told
    assert [(one.name, one.first, one.last) for one in world.run(service.holidays())] == told
    assert params.scale == 20
    assert params.has_canteen is True
    assert len(world.log) == before


def test_credentials_are_those_of_the_next_log_in(world: World) -> None:
    """The address as the school moved to, the kind, the zone; nothing that `repr` would show."""
    service = world.parent(timezone="America/Martinique")
    said = service.credentials
    assert said.provider == "pronote"
    assert said.fields["url"] == f"https://{HOST}/pronote"
    assert (said.fields["username"], said.fields["account"]) == ("dominique.factice", "parent")
    assert said.fields["timezone"] == "America/Martinique"
    assert "mot de passe" not in repr(said)


def test_personal_data_are_those_of_the_school(world: World) -> None:
    """Address and telephone."""
    data = world.run(world.pupil().personal_data())
    assert (data.address, data.postcode, data.city) == (("1 rue de l'Exemple",), "00000", "Villefactice")
    assert (data.phone, data.email) == ("+33600000000", "louison@famille.example.test")


# -- to take away -----------------------------------------------------------------------------


@each_generation
def test_the_calendars_address_opens_the_calendar(generation: Generation) -> None:
    """In each generation's own form; it needs no session, and it is secret."""
    world = new_world(generation)
    service = world.pupil()
    address, cost = world.cost(service.ical_url())
    is_old = generation.version < (2024,)
    assert cost == ["PageEmploiDuTemps" if is_old else "PageInfosPerso"]
    url = address.reveal()
    name = "Edt.ics" if is_old else "mesinformations.ics"
    assert url.startswith(f"https://{HOST}/pronote/ical/{name}?icalsecurise=")
    assert f"version={generation.label}" in url
    assert ("param=" in url) is not is_old
    assert url not in f"{address!r}{address}"
    world.server.sessions.end_all()
    answer: Response = world.server.answer(Request("GET", url))
    assert (answer.status, answer.body[:15]) == (200, b"BEGIN:VCALENDAR")


def test_a_school_without_calendars_says_so(world: World) -> None:
    """As what it is: not published."""
    service = world.pupil()
    world.server.faults.add(Remove("dataSec.data.iCal"), "*/PageInfosPerso")
    with pytest.raises(Unavailable) as caught:
        world.run(service.ical_url())
    assert (caught.value.reason, caught.value.operation) == (Availability.OFF_AT_SCHOOL, "ical")


@each_generation
def test_the_timetable_is_printed(generation: Generation) -> None:
    """By the server, for the week of a day; of today unless said otherwise."""
    world = new_world(generation)
    service = world.pupil()
    printed, cost = world.cost(service.timetable_pdf(TODAY))
    assert cost == ["GenerationPDF", "GET PDF"]
    assert printed.startswith(b"%PDF")
    assert world.run(service.timetable_pdf()).startswith(b"%PDF")


@pytest.mark.parametrize("day", [dt.date(2024, 1, 1), dt.date(2028, 1, 1)])
def test_no_other_year_is_printed(world: World, day: dt.date) -> None:
    """Which is said before anything is sent."""
    service = world.pupil()
    before = len(world.log)
    with pytest.raises(BadArgument) as caught:
        world.run(service.timetable_pdf(day))
    assert (caught.value.argument, len(world.log)) == ("day", before)


def test_a_page_instead_of_a_print_is_no_print(world: World) -> None:
    """Nobody gets HTML for a PDF."""
    service = world.pupil()
    world.server.faults.add(Status(200, "<p>Patience…</p>"), "*/PDF")
    with pytest.raises(UnexpectedShape) as caught:
        world.run(service.timetable_pdf(TODAY))
    assert caught.value.operation == "timetable_pdf"
    world.server.faults.add(Relabel("text/html"), "*/PDF")
    assert world.run(service.timetable_pdf(TODAY)).startswith(b"%PDF"), "the bytes decide"
