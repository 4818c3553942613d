"""The timetable: what is asked for a week, and for days."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schoolsync.providers.pronote.calls.timetable import presence_weeks, timetable
from schoolsync.providers.pronote.session import Resource, Space
from schoolsync.testing.play import play
from tests.providers.pronote.lessons import MATHS
from tests.providers.pronote.wire import answered, called, options, signed_in

PUPIL = Resource("46#al1", "EXAMPLE Louison", 4)
WHO = {"N": "46#al1", "L": "EXAMPLE Louison", "G": 4}
FRAME = {
    "avecAbsencesEleve": False,
    "avecAbsencesRessource": True,
    "avecConseilDeClasse": True,
    "avecCoursSortiePeda": True,
    "avecDisponibilites": True,
    "avecInfosPrefsGrille": True,
    "avecRetenuesEleve": True,
    "avecRessourcesLibrePiedHoraire": False,
    "estEDTAnnuel": False,
    "estEDTPermanence": False,
    "edt": {"G": 16, "L": "Emploi du temps"},
}


def asked(about: Resource = PUPIL, **given: Any) -> Any:
    """What one call asks, beside what all ask."""
    page, (request,) = play(
        timetable(signed_in(), about, **given), [answered("PageEmploiDuTemps", {"ListeCours": [MATHS]})]
    )
    call = called(request)
    assert (call.tab, page.function, [row.id for row in page.data.lessons]) == (
        16,
        "PageEmploiDuTemps",
        ["20#Cr1"],
    )
    assert call.data.items() >= FRAME.items()
    return {key: value for key, value in call.data.items() if key not in FRAME}


def test_a_week_is_asked_for_in_both_spellings() -> None:
    """Servers differ in the first letter."""
    assert asked(week=6) == {"ressource": WHO, "Ressource": WHO, "numeroSemaine": 6, "NumeroSemaine": 6}


def test_days_are_asked_for_in_both_spellings() -> None:
    """The last one may be left out."""
    first, last = {"_T": 7, "V": "6/10/2026 0:0:0"}, {"_T": 7, "V": "2/1/2027 0:0:0"}
    who = {"ressource": WHO, "Ressource": WHO}
    days = who | {"dateDebut": first, "DateDebut": first}
    assert asked(first=dt.date(2026, 10, 6)) == days
    both = asked(first=dt.date(2026, 10, 6), last=dt.date(2027, 1, 2))
    assert both == days | {"dateFin": last, "DateFin": last}


def test_a_teacher_asks_about_themself() -> None:
    """As a resource of another kind."""
    said = asked(Resource("3#pr1", "MODELE Ana", 3), week=6)
    assert said["ressource"] == said["Ressource"] == {"N": "3#pr1", "L": "MODELE Ana", "G": 3}


@pytest.mark.parametrize(("space", "is_named"), [(Space.PARENT, True), (Space.STUDENT, False)])
def test_a_parent_s_call_names_the_child(space: Space, is_named: bool) -> None:
    """In its signature."""
    _, (request,) = play(timetable(signed_in(space), PUPIL, week=6), [answered("PageEmploiDuTemps", {})])
    member = called(request).signature.get("membre")
    assert (member is not None) is is_named
    assert member is None or member["N"] == "46#al1"


def test_raw_and_issues_come_with_the_page() -> None:
    """As the options say."""
    session = signed_in(given=options(keep_raw=True))
    said = {"ListeCours": [MATHS, "?"]}
    page, _ = play(timetable(session, PUPIL, week=6), [answered("PageEmploiDuTemps", said)])
    assert page.raw == said
    assert [issue.path for issue in page.issues] == ["PageEmploiDuTemps.ListeCours.1"]


def test_weeks_with_lessons() -> None:
    """Of the same screen."""
    answer = answered("PageEmploiDuTemps_DomainePresence", {"Domaine": {"_T": 8, "V": "[1..3]"}})
    page, (request,) = play(presence_weeks(signed_in(), PUPIL), [answer])
    assert (called(request).tab, called(request).data) == (16, {"Ressource": WHO})
    assert page.data.weeks == (1, 2, 3)
