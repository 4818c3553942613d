"""The school year as users see it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from schoolsync.errors import DecodeIssue
from schoolsync.providers.pronote.mapping.params import to_holidays, to_params
from schoolsync.providers.pronote.schema.settings import SettingsPage
from tests.providers.pronote.persons import day, listed, settings_page


def test_the_year_with_everything_that_is_said() -> None:
    """Every field."""
    found = to_params(settings_page())
    assert (found.version, found.school, found.year_label) == ("2026.2.6", "COLLEGE EXEMPLE", "2025-2026")
    assert (found.first_day, found.last_day) == (dt.date(2025, 9, 1), dt.date(2026, 7, 4))
    assert (found.first_monday, found.next_workday) == (dt.date(2025, 9, 1), dt.date(2026, 3, 9))
    assert (found.workdays, found.places_per_day, found.places_per_hour) == ((1, 2, 3, 4, 5), 4, 2)
    assert (found.slot_names, found.breaks) == (("M1", "M2"), (("Récréation du matin", 2),))
    assert found.fortnights == (("Q1", (1, 3, 5)), ("Q2", (2, 4)))
    assert (found.scale, found.has_canteen) == (Decimal(20), True)
    (level,) = found.levels
    assert (level.label, level.abbreviation, level.colour) == ("Très bonne maîtrise", "A+", "#00aa00")
    assert found.holidays == tuple(to_holidays(settings_page()))


def test_the_grid_is_what_the_school_names_in_times() -> None:
    """A label that is no time says none, and the entry beyond the day is no place."""
    slots = to_params(settings_page()).slots
    assert [(one.place, one.start, one.end) for one in slots] == [
        (0, dt.time(8, 30), dt.time(9)),
        (1, dt.time(9), dt.time(9, 25)),
        (2, dt.time(9, 25), None),
    ]


def test_the_set_of_all_weeks_is_no_fortnight() -> None:
    """Even where a school gives it a name."""
    found = to_params(settings_page(LibellesFrequences=["Toutes", "Q1", ""]))
    assert found.fortnights == (("Q1", (1, 3, 5)),)


def test_an_empty_year_is_empty() -> None:
    """Nothing is guessed."""
    found = to_params(SettingsPage.model_validate({"General": {}}))
    assert (found.version, found.school, found.year_label, found.first_day) == ("", "", None, None)
    assert (found.workdays, found.slots, found.holidays, found.levels, found.scale) == ((), (), (), (), None)
    assert (found.places_per_day, found.has_canteen, found.fortnights) == (None, None, ())


# -- holidays ---------------------------------------------------------------------------


def test_holidays_by_first_day_with_both_ends() -> None:
    """Whatever the server's order; references in names are decoded."""
    found = to_holidays(settings_page())
    assert [(one.name, one.first, one.last) for one in found] == [
        ("Vacances d'automne", dt.date(2025, 10, 18), dt.date(2025, 11, 2)),
        ("Armistice", dt.date(2025, 11, 11), dt.date(2025, 11, 11)),
    ]


@pytest.mark.parametrize("last", [None, day("10/05/2026")])
def test_a_last_day_that_makes_no_sense_is_the_first(last: object) -> None:
    """Missing, or before it."""
    row = {"L": "Pont", "dateDebut": day("15/05/2026"), "dateFin": last}
    (found,) = to_holidays(settings_page(listeJoursFeries=listed(row)))
    assert (found.first, found.last) == (dt.date(2026, 5, 15), dt.date(2026, 5, 15))


def test_holidays_without_a_first_day_are_told() -> None:
    """The others stay."""
    rows = listed({"L": "Pont", "dateFin": day("15/05/2026")}, {"L": "Noël", "dateDebut": day("25/12/2025")})
    issues: list[DecodeIssue] = []
    found = to_holidays(settings_page(listeJoursFeries=rows), issues)
    assert [one.name for one in found] == ["Noël"]
    assert issues == [DecodeIssue("FonctionParametres.General.listeJoursFeries.0.dateDebut", "missing")]
