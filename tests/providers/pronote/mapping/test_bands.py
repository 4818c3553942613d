"""Recesses and the canteen's hours between lessons."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from schoolsync.errors import UnexpectedShape
from schoolsync.model import Lesson
from schoolsync.providers.pronote.mapping.year import SchoolYear
from tests.providers.pronote.lessons import FRENCH, MATHS, here, lessons, moved, parts, short_lessons, subject
from tests.providers.pronote.reading import PUPIL, element, year

RECESS = ("Récréation du matin", 4)
SHORT = attrs.evolve(short_lessons(), breaks=(RECESS,), canteen=(8, 11))
MORNING = moved(MATHS, "07/09/2026 08:00", "07/09/2026 08:55")


def bands(*rows: dict[str, Any], given: SchoolYear = SHORT, **said: Any) -> list[Lesson]:
    """The breaks among what rows become."""
    return [lesson for lesson in lessons(*rows, given=here(given), said=said) if lesson.kind == "break"]


def times(found: list[Lesson]) -> list[tuple[str, str, str]]:
    """When they are, and what they are called."""
    return [
        (f"{one.start:%d %H:%M}", f"{one.end:%H:%M}", one.groups[0] if one.groups else "") for one in found
    ]


def test_every_field_of_a_break() -> None:
    """It has nobody and nothing."""
    recess, canteen = bands(MORNING)
    assert times([recess, canteen]) == [
        ("07 09:50", "10:05", "Récréation du matin"),
        ("07 11:55", "13:30", "Demi-pension"),
    ]
    assert (dict(recess.extras), dict(canteen.extras)) == (
        {"pronote.band": "break"},
        {"pronote.band": "canteen"},
    )
    assert (recess.provider_id, recess.subject, recess.teachers, recess.rooms, recess.note) == (
        None,
        None,
        (),
        (),
        None,
    )
    assert (recess.status, recess.end_inferred, recess.raw) == ("scheduled", False, None)
    assert (recess.provider, recess.pupil_key, recess.identity) == ("pronote", PUPIL.key, "derived")
    assert recess.start.isoformat() == "2026-09-07T09:50:00+02:00"
    assert len({recess.key, canteen.key}) == 2


def test_they_stand_among_the_lessons_by_start() -> None:
    """On each day with lessons, and on no other."""
    tuesday = moved(FRENCH, "08/09/2026 10:05", "08/09/2026 11:00")
    found = lessons(tuesday, MORNING, given=here(SHORT))
    assert [(f"{one.start:%d %H:%M}", str(one.kind)) for one in found] == [
        ("07 08:00", "lesson"),
        ("07 09:50", "break"),
        ("07 11:55", "break"),
        ("08 09:50", "break"),
        ("08 10:05", "lesson"),
        ("08 11:55", "break"),
    ]
    assert bands() == []


def test_the_raw_view_has_the_rows_of_the_server_only() -> None:
    """As it says."""
    assert [one.kind for one in lessons(MORNING, given=here(SHORT), raw_view=True)] == ["lesson"]


@pytest.mark.parametrize(
    ("start", "end", "left"),
    [
        ("09:50", "10:05", ["canteen"]),
        ("10:00", "11:00", ["canteen"]),
        ("08:00", "12:30", []),
        ("12:00", "12:30", ["break"]),
        ("08:55", "09:50", ["break", "canteen"]),
        ("10:05", "11:55", ["break", "canteen"]),
    ],
)
def test_a_lesson_takes_their_place(start: str, end: str, left: list[str]) -> None:
    """When it lies in their time, on that day."""
    found = bands(moved(MATHS, f"07/09/2026 {start}", f"07/09/2026 {end}"))
    assert [one.extras["pronote.band"] for one in found] == left


def test_a_hidden_lesson_takes_their_place_too() -> None:
    """So that no key is given twice, whatever is shown."""
    gone = moved(FRENCH, "07/09/2026 09:50", "07/09/2026 11:55", estAnnule=True)
    instead = moved(
        FRENCH, "07/09/2026 11:00", "07/09/2026 11:55", N="20#Cr9", G=2, ListeContenus=parts(subject("X"))
    )
    shown = lessons(MORNING, gone, instead, given=here(SHORT))
    raw = lessons(MORNING, gone, instead, given=here(SHORT), raw_view=True)
    assert [str(one.kind) for one in shown] == ["lesson", "lesson", "break"]
    assert len({one.key for one in [*shown, *raw]}) == 4


def test_a_grid_without_time_between_lessons_has_no_recess() -> None:
    """Marks alone make none; nor does a grid of which nothing is named."""
    assert bands(MORNING, given=attrs.evolve(year(), breaks=(RECESS,))) == []
    assert bands(MORNING, given=attrs.evolve(year(), starts={}, breaks=(RECESS, ("x", 0), ("y", 99)))) == []


def test_the_timetable_s_own_recesses_win() -> None:
    """Each once, on every page; one may say how long it is, or stand at a place of the week."""
    own = element(
        [{"L": "Pause", "place": 4}, {"L": "Pause", "place": 24}, {"L": None, "place": 11, "duree": 2}]
    )
    found = bands(moved(MATHS, "07/09/2026 08:00", "07/09/2026 08:55"), recreations=own)
    assert times(found) == [
        ("07 09:50", "10:05", "Pause"),
        ("07 11:55", "13:30", "Demi-pension"),
        ("07 13:30", "14:25", ""),
    ]
    assert [one.groups for one in found if one.start.hour == 13 and one.end.hour == 14] == [()]


def test_recesses_without_a_place_say_nothing() -> None:
    """The year's count then."""
    assert times(bands(MORNING, recreations=element([{"L": "Pause"}])))[0][2] == "Récréation du matin"


@pytest.mark.parametrize(("days", "is_open"), [((), True), ((0, 1, 3, 4), True), ((1, 3), False)])
def test_the_canteen_is_closed_on_some_days(days: tuple[int, ...], is_open: bool) -> None:
    """Monday is 0; a school that says no days is open on all."""
    given = attrs.evolve(SHORT, canteen_days=days, breaks=())
    assert [one.groups for one in bands(MORNING, given=given)] == ([("Demi-pension",)] if is_open else [])


def test_a_school_without_a_canteen_has_no_hours_for_it() -> None:
    """Whatever its timetable says of them: real servers say them all the same."""
    given = attrs.evolve(SHORT, canteen=None, breaks=())
    assert bands(MORNING, given=given, debutDemiPensionHebdo=8, finDemiPensionHebdo=11) == []


def test_two_breaks_at_the_same_time_have_keys_of_their_own() -> None:
    """The server's order does not matter."""
    rows = [{"L": "Pause A", "place": 4}, {"L": "Pause B", "place": 4}]
    one, two = (
        {str(band.groups): band.key for band in bands(MORNING, recreations=element(given))}
        for given in (rows, rows[::-1])
    )
    assert one == two
    assert len(set(one.values())) == 3


def test_a_grid_that_goes_past_midnight_is_told_and_costs_nothing() -> None:
    """The lessons stay, except in strict mode."""
    frame = here(attrs.evolve(SHORT, places_per_day=40, starts={}, canteen=(8, 39), breaks=()))
    assert [one.kind for one in lessons(MORNING, given=frame)] == ["lesson"]
    assert [issue.path for issue in frame.issues] == ["FonctionParametres.General.debutDemiPension"]
    with pytest.raises(UnexpectedShape, match="debutDemiPension"):
        lessons(MORNING, given=attrs.evolve(frame, is_strict=True, issues=[]))
    frame = here(attrs.evolve(SHORT, places_per_day=40, canteen=None, breaks=()))
    lessons(MORNING, given=frame, said={"recreations": [{"L": "Pause", "place": 38, "duree": 1}]})
    assert [issue.path for issue in frame.issues] == ["PageEmploiDuTemps.recreations"]
