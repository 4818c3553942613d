"""Asking for the timetable: of which days, and of whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest

from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.college.lessons import lesson_sheet
from schoolsync.sandbox.pronote.call import Trouble
from schoolsync.sandbox.pronote.generations import GENERATIONS, Generation
from schoolsync.sandbox.pronote.ids import Ids
from schoolsync.sandbox.pronote.readings.people import calendar_token
from tests.sandbox.pronote.asking import Asker, day, weeks

MONDAY = dt.date(2026, 3, 9)
DAY = dt.timedelta(days=1)
SUNDAY = MONDAY + 6 * DAY


@pytest.fixture
def asker(college: SandboxCollege) -> Asker:
    """The first pupil, signed in, on the Wednesday of week 28."""
    return Asker(college)


def _days(asker: Asker, **data: Any) -> list[str]:
    """The days of the rows that are given, each once, in order."""
    rows = asker.ask("PageEmploiDuTemps", tab=16, **data)["ListeCours"]
    found = {tuple(row["DateDuCours"][:10].split("/")) for row in rows}
    return [f"{one[0]}/{one[1]}" for one in sorted(found, key=lambda one: (one[2], one[1], one[0]))]


def _things(asker: Asker, **data: Any) -> set[str | None]:
    rows = asker.ask("PageEmploiDuTemps", tab=16, **data)["ListeCours"]
    return {asker.ids.thing(row["N"]) for row in rows}


def _put(asker: Asker, *days: dt.date) -> None:
    """A row on each of *days*, whatever weekday it is."""
    for when in days:
        asker.desk.timetable.add(lesson_sheet(asker.desk.pupil, asker.desk.year, when, 0, subject="FRANCAIS"))


WHOLE_WEEK = ["09/03", "10/03", "11/03", "12/03", "13/03"]


@pytest.mark.parametrize(
    "data",
    [
        {"numeroSemaine": 28},
        {"NumeroSemaine": 28},
        {"domaine": weeks("[28]")},
        {"Domaine": weeks("[28..28]")},
        {"dateDebut": day(MONDAY), "dateFin": day(SUNDAY)},
        {"DateDebut": day(MONDAY), "DateFin": day(SUNDAY)},
        {},
    ],
    ids=lambda data: "-".join(data) or "nothing",
)
def test_a_week_may_be_asked_for_in_many_ways(asker: Asker, data: Mapping[str, Any]) -> None:
    """Each in either spelling; who says nothing is given the present week."""
    assert _days(asker, **data) == WHOLE_WEEK


def test_a_week_ends_with_its_sunday(asker: Asker) -> None:
    """The Sundays of two weeks, and the Monday between them."""
    _put(asker, MONDAY - DAY, SUNDAY, SUNDAY + DAY)
    assert _days(asker, numeroSemaine=28) == [*WHOLE_WEEK, "15/03"]
    assert _days(asker, numeroSemaine=27)[-1] == "08/03"
    assert _days(asker, numeroSemaine=29)[0] == "16/03"


def test_a_stretch_of_days_has_both_its_ends(asker: Asker) -> None:
    """One day alone if no end is said; none if the end comes first."""
    tuesday = day(MONDAY + DAY)
    assert _days(asker, dateDebut=tuesday, dateFin=day(MONDAY + 2 * DAY)) == ["10/03", "11/03"]
    assert _days(asker, dateDebut=tuesday) == ["10/03"]
    assert _days(asker, dateDebut=tuesday, dateFin=day(MONDAY)) == []


def test_weeks_need_not_lie_together(asker: Asker) -> None:
    """Nor come in order."""
    found = _days(asker, domaine=weeks("[30,28]"))
    assert found == [*WHOLE_WEEK, "23/03", "24/03", "25/03", "26/03", "27/03"]
    assert _days(asker, domaine=weeks("[]")) == []


@pytest.mark.parametrize("week", [0, -3, 54, 999])
def test_a_week_outside_the_year_is_empty(asker: Asker, week: int) -> None:
    """The page has its frame all the same."""
    page = asker.ask("PageEmploiDuTemps", numeroSemaine=week)
    assert page["ListeCours"] == []
    assert page["avecCoursAnnule"] is True


def test_the_first_and_the_last_week_are_weeks(asker: Asker) -> None:
    """Week 1 begins with the Monday of the first of September; what lies before it is nobody's."""
    year = asker.desk.year
    first, last = year.first_monday, year.monday(year.last_week)
    _put(asker, first - DAY, first, last + 6 * DAY, last + 7 * DAY)
    assert _days(asker, numeroSemaine=1)[0] == "01/09"
    assert _days(asker, domaine=weeks("[0..1]"))[0] == "01/09"
    assert _days(asker, numeroSemaine=year.last_week)[-1] == "06/09"
    long = {"dateDebut": day(dt.date(1900, 1, 1)), "dateFin": day(dt.date(2100, 1, 1))}
    assert (_days(asker, **long)[0], _days(asker, **long)[-1]) == ("01/09", "06/09")


def test_a_date_that_is_none_is_refused(asker: Asker) -> None:
    """As unreadable."""
    with pytest.raises(Trouble) as caught:
        asker.ask("PageEmploiDuTemps", dateDebut="yesterday")
    assert caught.value.number == 11


# -- whose -------------------------------------------------------------------------


def test_a_parent_is_shown_the_child_they_name(college: SandboxCollege) -> None:
    """In either spelling, by pupil or by class; the first child unless they name one."""
    parent = Asker(college, "p2")
    first, second = (
        {f"lesson:{row.key}" for row in college.desks[number].timetable.rows(MONDAY, SUNDAY)}
        for number in ("e2", "e3")
    )
    assert _things(parent) == first
    assert _things(parent, ressource=parent.pupil("e3")) == second
    assert _things(parent, Ressource=parent.pupil("e2")) == first
    assert _things(parent, ressource=parent.group("3C")) == second


def test_nobody_is_shown_other_peoples_children(asker: Asker) -> None:
    """Nor another class."""
    for other in (asker.pupil("e2"), asker.group("3C")):
        with pytest.raises(Trouble) as caught:
            asker.ask("PageEmploiDuTemps", ressource=other)
        assert caught.value.number == 3


def test_an_id_of_another_session_has_expired(asker: Asker) -> None:
    """So has one that never was, and one of something that has no timetable."""
    other = Asker(asker.college, ids=Ids(b"another session"))
    subject = asker.ids.of(79, "subject:FRANCAIS")
    for given in (other.pupil("e1"), {"N": "46#nobody"}, {"L": "EXAMPLE Louison"}, {"N": subject}):
        with pytest.raises(Trouble) as caught:
            asker.ask("PageEmploiDuTemps", ressource=given)
        assert caught.value.number == 22


def test_a_teacher_names_themselves(college: SandboxCollege) -> None:
    """And is shown their own lessons."""
    teacher = Asker(college, "t1")
    own = {"N": teacher.ids.of(3, "teacher:t1"), "G": 3}
    assert _things(teacher, ressource=own) == _things(teacher) != set()


# -- beside the rows ---------------------------------------------------------------


@pytest.mark.parametrize("one", GENERATIONS, ids=lambda one: one.label)
def test_old_servers_give_the_way_to_the_calendar(asker: Asker, one: Generation) -> None:
    """That of the pupil whom the page is about."""
    asker.generation = one
    page = asker.ask("PageEmploiDuTemps")
    is_old = one.version < (2024,)
    assert page.get("avecExportICal", False) is is_old
    assert page.get("ParametreExportiCal") == (calendar_token("e1") if is_old else None)


def test_weeks_with_lessons_are_told(asker: Asker) -> None:
    """Of the pupil whom the request names."""
    said = asker.ask("PageEmploiDuTemps_DomainePresence", tab=16, Ressource=asker.pupil("e1"))
    assert said["Domaine"].startswith("[1..7,9..15")
    assert said["joursPresence"] == "[0..4]"
    with pytest.raises(Trouble):
        asker.ask("PageEmploiDuTemps_DomainePresence", Ressource=asker.pupil("e2"))
