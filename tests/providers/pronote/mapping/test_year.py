"""The school year that readings count with."""

from __future__ import annotations

import datetime as dt

import pytest

from schoolsync.errors import UnexpectedShape
from schoolsync.providers.pronote.mapping.year import SchoolYear, to_school_year
from schoolsync.providers.pronote.schema.settings import SettingsPage
from tests.providers.pronote.persons import day, listed, settings_page, year


@pytest.mark.parametrize(
    ("when", "week"),
    [
        (dt.date(2025, 8, 31), 0),
        (dt.date(2025, 8, 24), -1),
        (dt.date(2025, 9, 1), 1),
        (dt.date(2025, 9, 7), 1),
        (dt.date(2025, 9, 8), 2),
        (dt.date(2025, 12, 31), 18),
        (dt.date(2026, 1, 5), 19),
        (dt.date(2026, 3, 9), 28),
    ],
)
def test_weeks_are_counted_from_the_first_monday(when: dt.date, week: int) -> None:
    """Across New Year, and downwards before the year."""
    found = year()
    assert found.week_of(when) == week
    monday = found.monday_of(week)
    assert monday is not None
    assert monday <= when < monday + dt.timedelta(days=7)
    assert monday.weekday() == 0


def test_without_a_first_monday_weeks_begin_with_that_of_the_first_day() -> None:
    """A Tuesday belongs to the week of the day before."""
    found = year(PremierLundi=None, PremiereDate=day("02/09/2025"))
    assert (found.week_of(dt.date(2025, 9, 8)), found.monday_of(2)) == (2, dt.date(2025, 9, 8))


def test_without_both_no_week_is_known() -> None:
    """No number is made up: the week asked for would be a wrong one, and look empty."""
    found = year(PremierLundi=None, PremiereDate=None)
    with pytest.raises(UnexpectedShape, match=r"General\.PremierLundi"):
        found.week_of(dt.date(2026, 3, 9))
    assert found.monday_of(2) is None


def test_the_year_with_everything_that_is_said() -> None:
    """Every field."""
    found = year()
    assert (found.version, found.school) == ((2026, 2, 6), "COLLEGE EXEMPLE")
    assert (found.first_day, found.last_day) == (dt.date(2025, 9, 1), dt.date(2026, 7, 4))
    assert (found.places_per_day, found.places_per_hour, found.first_hour) == (4, 2, dt.time(8))
    assert found.breaks == (("Récréation du matin", 2),)
    assert [(one.id, one.name, one.kind, one.start) for one in found.periods] == [
        ("105#T1", "Trimestre 1", 1, dt.date(2025, 9, 1)),
        ("105#T2", "Trimestre 2", 1, dt.date(2025, 12, 1)),
        ("105#X", "Année continue", 3, None),
    ]


def test_the_grid_is_looked_up_by_number_and_labels_that_are_no_times_say_none() -> None:
    """Never by the place in the list."""
    rows = listed({"G": 3, "L": "10h05"}, {"G": 0, "L": "8:30"}, {"G": 1, "L": "M2"}, {"G": 2, "L": "25h00"})
    found = year(ListeHeures=rows, ListeHeuresFin=listed({"G": 0, "L": "09h"}))
    assert found.starts == {3: dt.time(10, 5), 0: dt.time(8, 30)}
    assert found.ends == {0: dt.time(9)}


def test_an_empty_year_has_the_usual_grid() -> None:
    """Half hours from eight, as servers begin with."""
    assert to_school_year(SettingsPage.model_validate({"General": {}})) == SchoolYear()


def test_a_period_without_an_id_cannot_be_asked_for() -> None:
    """So it is none."""
    rows = [
        {"N": None, "L": "Trimestre 1"},
        {"N": "105#T2", "L": "Trimestre 2", "dateDebut": day("01/12/2025")},
    ]
    assert [one.name for one in year(ListePeriodes=rows).periods] == ["Trimestre 2"]


@pytest.mark.parametrize(
    ("change", "canteen"),
    [
        ({}, (2, 3)),
        ({"activationDemiPension": False}, None),
        ({"activationDemiPension": None}, None),
        ({"debutDemiPension": None}, None),
        ({"finDemiPension": None}, None),
    ],
)
def test_the_canteen_s_hours_need_a_canteen(change: dict[str, object], canteen: object) -> None:
    """Servers say hours where there is none, too."""
    assert year(**change).canteen == canteen


def test_the_canteen_has_days_of_its_own() -> None:
    """Monday is 0; what is not said is none."""
    assert year(JoursDemiPension={"_T": 26, "V": "[0,1,3,4]"}).canteen_days == (0, 1, 3, 4)
    assert year(JoursDemiPension=None).canteen_days == ()


def test_the_school_year_is_small() -> None:
    """It is kept for as long as the session is; the answer is not."""
    assert not hasattr(to_school_year(settings_page()), "general")
