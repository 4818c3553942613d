"""The contract's flows against the invented school: what comes out, what it costs, what is refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schoolsync import model
from schoolsync.errors import BadArgument, Unavailable, UnknownName, UsageError
from schoolsync.model import Availability, Record
from schoolsync.provider import Days, Span
from schoolsync.providers.classcharts.mapping.people import FIELDS
from schoolsync.providers.classcharts.service import account_service
from schoolsync.sandbox.faults import Null
from tests.providers.classcharts.world import EVER, READINGS, TODAY, WEEK, World

LEFT_OUT = {"key", "mark_key", "pupil_key", "raw", "identity", "can_toggle"}
"""What a school written by hand need not agree about."""

COSTS = {
    "lessons": ["GET timetable"] * 7,
    "homeworks": ["GET homeworks"],
    "marks": ["GET homeworks", "GET getacademicreports", "GET getacademicreport", "GET getacademicreport"],
    "absences": ["GET attendance"],
    "announcements": ["GET announcements"],
    "badges": ["GET eventbadges"],
    "sanctions": ["GET detentions"],
    "behaviour_events": ["GET activity"] * 4,
}


def shown(record: Record) -> dict[str, Any]:
    """What a record says, as far as the school must agree."""
    fields = record.model_dump(exclude=LEFT_OUT)
    fields["attachments"] = [
        (file["name"], file["kind"], file["url"]) for file in fields.get("attachments", ())
    ]
    return fields


def as_set(records: Any) -> list[str]:
    """Records in an order of their own."""
    return sorted(repr(sorted(shown(record).items())) for record in records)


def entered(world: World, name: str, pupil: Any) -> list[Any]:
    """What stands in the school's own books."""
    if name == "lessons":
        return [
            lesson
            for day in world.school.days(TODAY, WEEK.last or TODAY)
            for lesson in world.school.lessons(pupil, day)
        ]
    return [*getattr(world.school, name)(pupil)]


# -- the first law -----------------------------------------------------------------------


@pytest.mark.parametrize("name", READINGS)
def test_what_is_put_into_the_school_comes_out(world: World, name: str) -> None:
    """For every child of every family, to the last field; nothing could not be read."""
    for who in world.school.parents:
        if who.pupil_ids:
            service = world.parent(who)
            for pupil in service.pupils:
                if service.capabilities.of(name, pupil=pupil) is Availability.YES:
                    found = world.run(READINGS[name](service, pupil))
                    assert found.issues == ()
                    assert as_set(found) == as_set(entered(world, name, pupil.provider_id))


@pytest.mark.parametrize("name", READINGS)
def test_a_student_sees_the_same(world: World, name: str) -> None:
    """But for whom an announcement is, and who may tick."""
    parent, student = world.parent(), world.student()
    theirs = world.run(READINGS[name](parent, None))
    mine = world.run(READINGS[name](student, None))
    if name == "announcements":
        theirs, mine = ([one.model_copy(update={"audience": ()}) for one in rows] for rows in (theirs, mine))
    assert [one.key for one in mine] == [one.key for one in theirs]
    assert as_set(mine) == as_set(theirs)


@pytest.mark.parametrize("name", READINGS)
def test_each_reading_costs_what_it_says(world: World, name: str) -> None:
    """Counted by the server; and signing in comes first, once."""
    service = world.parent(signed_in=False)
    _, cost = world.cost(READINGS[name](service, None))
    assert cost == ["POST parent/login", "POST ping", "GET pupils", *COSTS[name]]
    _, cost = world.cost(READINGS[name](service, "Alex"))
    assert cost == COSTS[name]


def test_keys_are_all_different_and_stay(world: World) -> None:
    """Over two children and two sessions."""
    keys: list[list[str]] = []
    for _ in range(2):
        service = world.parent()
        records = [
            one for make in READINGS.values() for pupil in (1, 2) for one in world.run(make(service, pupil))
        ]
        keys.append([one.key for one in records])
        assert len(set(keys[-1])) == len(records)
        assert {one.pupil_key for one in records} == {pupil.key for pupil in service.pupils}
    assert keys[0] == keys[1]


def test_fields_that_are_said_to_be_filled_are_filled(world: World) -> None:
    """Somewhere in the school; and those that are said to be empty never are."""
    lesson = world.school.lessons(5000001, TODAY)[0]
    noted = lesson.model_copy(update={"note": "Bring goggles", "own_note": "Mine"})
    world.school.replace_lesson(lesson, noted, 5000001)
    filled: set[tuple[str, str]] = set()
    for service in (world.parent(), world.student()):
        records = [one for make in READINGS.values() for one in world.run(make(service, None))]
        for record in (*records, *service.pupils, *(pupil.school for pupil in service.pupils)):
            kind = type(record)
            filled |= {
                (kind.__name__, name)
                for name, field in kind.model_fields.items()
                if field.is_required() or getattr(record, name) != field.get_default()
            }
    kinds = {kind for kind, _ in filled}
    possible = {(kind, name) for kind in kinds for name in getattr(model, kind).model_fields if name != "raw"}
    never = {place for place, said in FIELDS.items() if said is Availability.NOT_IN_PROVIDER}
    assert filled & never == set()
    assert possible - filled - never == {("Lesson", "end_inferred"), ("Badge", "extras")}


# -- days -------------------------------------------------------------------------------------


def test_lessons_are_of_today_unless_days_are_given(world: World) -> None:
    """One day if the last is missing."""
    service = world.parent()
    for days in (Days(), Days(TODAY), Days(None, TODAY)):
        found, cost = world.cost(service.lessons(days))
        assert ({lesson.start.date() for lesson in found}, len(cost)) == ({TODAY}, 1)
    assert [lesson.start for lesson in found] == sorted(lesson.start for lesson in found)


def test_today_is_the_school_s(world: World) -> None:
    """At half past midnight in summer London is a day ahead of UTC."""
    world.clock.moment = dt.datetime(2026, 6, 14, 23, 30, tzinfo=dt.UTC)
    service = world.parent()
    assert {lesson.start.date() for lesson in world.run(service.lessons(Days()))} == {dt.date(2026, 6, 15)}


def test_too_many_days_of_lessons_are_refused_unasked(world: World) -> None:
    """Before anybody signs in, where it can be known."""
    with pytest.raises(BadArgument):
        world.run(world.parent(signed_in=False).lessons(Days(TODAY, TODAY + dt.timedelta(days=400))))
    assert world.server.log == []


@pytest.mark.parametrize("display_date", ["due_date", "issue_date"])
def test_homework_is_of_the_days_asked_for(world: World, display_date: Any) -> None:
    """By either date, in its order."""
    service = world.parent()
    everything = world.run(service.homeworks(EVER, display_date=display_date))

    def day(one: Any) -> dt.date:
        found: dt.date = one.due if display_date == "due_date" else one.assigned_on
        return found

    found = world.run(service.homeworks(WEEK, display_date=display_date))
    assert found == [one for one in everything if day(one) in WEEK]
    assert 0 < len(found) < len(everything)
    assert [day(one) for one in found] == sorted(day(one) for one in found)
    assert world.run(service.homeworks(Days())) == [
        one for one in world.run(service.homeworks(EVER)) if one.due in Days(TODAY)
    ]


@pytest.mark.parametrize("name", ["marks", "absences", "sanctions", "behaviour_events"])
def test_a_span_filters_what_the_server_does_not(world: World, name: str) -> None:
    """Both ends included."""
    service = world.parent()
    everything = world.run(READINGS[name](service, None))
    days = Days(dt.date(2026, 11, 2), dt.date(2026, 11, 20))
    some = world.run(getattr(service, name)(Span(days)))
    assert 0 < len(some) < len(everything)
    assert [one for one in everything if one in some] == some


def test_a_detention_of_another_day_is_left_out_without_a_time_too(world: World) -> None:
    """Its day is known."""
    service = world.parent()
    world.server.faults.add(Null("data[].time"), "*/detentions/*", times=2)
    everything = world.run(service.sanctions(Span(EVER)))
    some = world.run(service.sanctions(Span(Days(TODAY, TODAY))))
    known = [one for one in everything if "classcharts.day" in one.extras]
    assert [one.start for one in everything] == [None] * len(everything)
    assert known
    assert {one.extras.get("classcharts.day") for one in some} <= {TODAY.isoformat(), None}


def test_behaviour_is_of_the_last_31_days_unless_days_are_given(world: World) -> None:
    """As the service itself shows it."""
    service = world.parent()
    found = world.run(service.behaviour_events(Span()))
    assert found == world.run(service.behaviour_events(Span(Days(TODAY - dt.timedelta(days=31), TODAY))))
    assert len(found) < len(world.run(service.behaviour_events(Span(Days(TODAY - dt.timedelta(days=300))))))


@pytest.mark.parametrize("name", ["marks", "absences", "sanctions", "behaviour_events"])
def test_there_are_no_periods(world: World, name: str) -> None:
    """Days are what ClassCharts knows."""
    service = world.parent()
    with pytest.raises(Unavailable) as caught:
        world.run(getattr(service, name)(Span(period="Autumn")))
    assert (caught.value.reason, caught.value.operation) == ("not_in_provider", name)
    for flow in (service.periods(), service.averages(Span())):
        with pytest.raises(Unavailable):
            world.run(flow)


# -- switches --------------------------------------------------------------------------------

FEATURES = {
    "lessons": "timetable",
    "homeworks": "homework",
    "absences": "attendance",
    "announcements": "announcements",
    "badges": "badges",
    "sanctions": "detentions",
    "behaviour_events": "activity",
}


@pytest.mark.parametrize(("name", "feature"), FEATURES.items())
def test_what_the_school_switched_off_is_refused_unasked(world: World, name: str, feature: str) -> None:
    """For that child alone, with the reason, and without a request."""
    world.school.switch(feature, "5000001", is_on=False)
    service = world.parent()
    before = len(world.server.log)
    with pytest.raises(Unavailable) as caught:
        world.run(READINGS[name](service, "Alex"))
    assert (caught.value.reason, caught.value.provider, caught.value.operation) == (
        "off_at_school",
        "classcharts",
        name,
    )
    assert len(world.server.log) == before
    assert world.run(READINGS[name](service, "Sam")) is not None


def test_marks_come_from_what_is_left(world: World) -> None:
    """Either source alone; without both there are none to be had."""
    world.school.switch("homework", "5000001", is_on=False)
    service = world.parent()
    found, cost = world.cost(service.marks(Span(EVER)))
    assert {one.extras["classcharts.source"] for one in found} == {"report"}
    assert "GET homeworks" not in cost
    world.school.switch("academic_reports", "5000001", is_on=False)
    with pytest.raises(Unavailable):
        world.run(world.parent().marks(Span(EVER)))
    world.school.switch("homework", "5000001", is_on=True)
    found, cost = world.cost(world.parent().marks(Span(EVER)))
    assert {one.extras["classcharts.source"] for one in found} == {"homework"}


def test_an_unknown_pupil_is_told_after_signing_in(world: World) -> None:
    """Only then can it be known; no reading is sent."""
    with pytest.raises(UnknownName):
        world.run(world.parent(signed_in=False).badges(pupil="Robin"))
    assert world.server.log[-1] == ("GET", "/apiv2parent/pupils")


# -- what it is ------------------------------------------------------------------------------


def test_a_service_is_made_of_the_fields_that_connect_takes(world: World) -> None:
    """And nothing is sent."""
    parent = account_service(
        world.options(), email="a@example.test", password="x", base_url="http://127.0.0.1:1/"
    )
    assert (parent.name, parent.address) == ("classcharts", "http://127.0.0.1:1")
    student = account_service(world.options(), code="ZZ", date_of_birth="14/03/2011")
    assert student.address == "https://www.classcharts.com"
    for wrong in (
        {},
        {"email": "a@example.test", "password": "x", "base_url": ""},
        {"code": "ZZ", "base_url": "x"},
    ):
        with pytest.raises(BadArgument):
            account_service(world.options(), **wrong)
    with pytest.raises(TypeError):
        account_service(world.options(), mail="a@example.test")


def test_state_needs_a_log_in_and_no_io(world: World) -> None:
    """On both properties."""
    service = world.parent(signed_in=False)
    for state in ("pupils", "capabilities"):
        with pytest.raises(UsageError):
            getattr(service, state)
    assert world.server.log == []


def test_a_service_shows_no_secret(world: World) -> None:
    """At any depth."""
    text = repr(world.parent())
    for secret in ("robin@", "s3cret", "Alex", "ZZTEST"):
        assert secret not in text
