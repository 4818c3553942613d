"""The settings: the year, the grid, the periods, as every client needs them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.college.evaluations import LEVELS
from schoolsync.sandbox.college.year import BREAKS, ENDS, SLOTS, STARTS
from schoolsync.sandbox.pronote import GENERATIONS, PronoteServer
from tests.sandbox.college.fresh import fresh_college
from tests.sandbox.pronote.hand import Hand

NEEDED = {
    *("listePolices", "avecMembre", "pourNouvelleCaledonie", "Theme", "DateServeurHttp", "URLMobile"),
    *("AvecEspaceMobile", "Nom", "General", "identifiantNav", "genreImageConnexion", "urlImageConnexion"),
}
NEEDED_GENERAL = {
    *("versionPN", "version", "millesime", "langue", "langID", "NomEtablissement", "AnneeScolaire"),
    *("PremierLundi", "PremiereDate", "DerniereDate", "JourOuvre", "PlacesParJour", "PlacesParHeure"),
    *("DureeSequence", "PremiereHeure", "ListeHeures", "ListeHeuresFin", "sequences", "JoursOuvres"),
    *("JoursDemiPension", "DemiJourneesOuvrees", "DomainesFrequences", "LibellesFrequences"),
    *("BaremeNotation", "BaremeMaxDevoirs", "ListeNiveauxDAcquisitions", "ListePeriodes"),
    *("listeJoursFeries", "recreations", "listeLangues", "activationDemiPension", "debutDemiPension"),
    *("finDemiPension", "PlaceDemiJourneeAbsence", "listeAnnotationsAutorisees", "TailleMaxAppreciation"),
}
"""What one client or another cannot do without, or real servers send."""


@pytest.fixture
def said(server: PronoteServer) -> dict[str, Any]:
    """The settings of the newest server."""
    return Hand(server).enter()


@pytest.fixture
def general(said: dict[str, Any]) -> dict[str, Any]:
    """The year in it."""
    general = said["General"]
    assert isinstance(general, dict)
    return general


def day(said: dict[str, Any]) -> dt.date:
    """A typed day."""
    assert said["_T"] == 7
    return dt.datetime.strptime(said["V"], "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no zone


def numbers(said: dict[str, Any]) -> set[int]:
    """A typed set."""
    found: set[int] = set()
    for piece in filter(None, said["V"].strip("[]").split(",")):
        first, _, last = piece.partition("..")
        found |= set(range(int(first), int(last or first) + 1))
    return found


def test_everything_is_there(said: dict[str, Any], general: dict[str, Any]) -> None:
    """And JSON types only."""
    assert said.keys() >= NEEDED
    assert general.keys() >= NEEDED_GENERAL
    assert general["NomEtablissement"] == "COLLEGE EXEMPLE"
    assert said["pourNouvelleCaledonie"] is False


def test_the_version(college: SandboxCollege, clock: HandClock) -> None:
    """As a text everywhere, as numbers on newer servers."""
    for talk in GENERATIONS:
        said = Hand(PronoteServer(college, clock=clock, generation=talk)).enter()
        assert said["General"]["versionPN"] == talk.label
        numbered = [*talk.version] if talk.version >= (2025, 1, 3) else None
        assert said.get("tableauVersion") == numbered


def test_the_time_is_the_schools(server: PronoteServer, clock: HandClock) -> None:
    """Whatever zone the clock is in, in winter and in summer."""
    assert Hand(server).enter()["DateServeurHttp"]["V"] == "09/03/2026 08:00:00"
    clock.moment = dt.datetime(2026, 7, 1, 22, 30, tzinfo=dt.UTC)
    said = Hand(server).enter()
    assert said["DateServeurHttp"]["V"] == "02/07/2026 00:30:00"
    assert said["General"]["JourOuvre"]["V"] == "02/07/2026"


@pytest.mark.parametrize(
    ("today", "workday"),
    [
        (dt.date(2026, 3, 9), dt.date(2026, 3, 9)),
        (dt.date(2026, 3, 14), dt.date(2026, 3, 16)),
        (dt.date(2026, 4, 6), dt.date(2026, 4, 13)),
    ],
)
def test_the_next_workday(server: PronoteServer, clock: HandClock, today: dt.date, workday: dt.date) -> None:
    """Today, or after the weekend, or after the holidays."""
    clock.moment = dt.datetime.combine(today, dt.time(10), server.college.year.zone)
    assert day(Hand(server).enter()["General"]["JourOuvre"]) == workday


@pytest.mark.parametrize(
    "today", [dt.date(2025, 9, 1), dt.date(2025, 12, 31), dt.date(2026, 8, 31), dt.date(2028, 2, 29)]
)
def test_weeks_are_counted_from_the_first_monday(today: dt.date, clock: HandClock) -> None:
    """Which is that of the first of September; today is in the year, and in a week with lessons."""
    college = fresh_college(today)
    clock.moment = dt.datetime.combine(today, dt.time(10), college.year.zone)
    general = Hand(PronoteServer(college, clock=clock)).enter()["General"]
    monday, first, last = (day(general[name]) for name in ("PremierLundi", "PremiereDate", "DerniereDate"))
    assert monday.weekday() == 0
    assert monday <= first <= today <= last
    assert (first - monday).days < 7
    week = 1 + (today - monday).days // 7
    working, odd, even = (numbers(one) for one in general["DomainesFrequences"])
    assert week in working
    assert odd | even == working
    assert not odd & even
    assert all(number % 2 for number in odd)
    for holiday in general["listeJoursFeries"]["V"]:
        between = day(holiday["dateDebut"]), day(holiday["dateFin"])
        assert first <= between[0] <= between[1] <= last
        assert not between[0] <= today <= between[1] or today.weekday() >= 5
        inside = between[0] + dt.timedelta(days=3)
        assert 1 + (inside - monday).days // 7 not in working


def test_the_grid(general: dict[str, Any]) -> None:
    """Half-hour places, one label more than places, the hours of lessons of 55 minutes among them."""
    starts, ends = (general[name]["V"] for name in ("ListeHeures", "ListeHeuresFin"))
    assert [row["G"] for row in starts] == [row["G"] for row in ends] == list(range(21))
    assert [row["L"] for row in starts] == list(STARTS)
    assert [row["L"] for row in ends] == list(ENDS)
    shown = [row["L"] for row in starts if row.get("A", True)]
    assert shown == ["08h00", "08h55", "10h05", "11h00", "13h30", "14h25", "15h35", "16h30", "18h00"]
    assert all(row["A"] is False for row in (*starts, *ends) if "A" in row)
    assert (general["PlacesParJour"], general["PlacesParHeure"]) == (20, 2)
    assert general["PremiereHeure"] == {"_T": 7, "V": "30/12/1899 08:00:00"}
    assert general["sequences"] == list(SLOTS) == ["M1", "M2", "M3", "M4", "S1", "S2", "S3", "S4"]
    assert [row["place"] for row in general["recreations"]["V"]] == [one.place for one in BREAKS]


def test_periods_are_a_plain_list(general: dict[str, Any], college: SandboxCollege) -> None:
    """Terms, semesters, the year; numbered through; with ids."""
    rows = general["ListePeriodes"]
    assert [(row["L"], row["G"], row["periodeNotation"]) for row in rows] == [
        ("Trimestre 1", 1, 0),
        ("Trimestre 2", 1, 1),
        ("Trimestre 3", 1, 2),
        ("Semestre 1", 2, 3),
        ("Semestre 2", 2, 4),
        ("Année continue", 3, 5),
    ]
    assert [(row["L"], day(row["dateDebut"]), day(row["dateFin"])) for row in rows] == [
        (one.name, one.start, one.end) for one in college.periods()
    ]
    assert all(re.fullmatch(r"105#[\w-]{24}", row["N"]) for row in rows)


def test_days_of_the_week(general: dict[str, Any]) -> None:
    """Monday is 1, or 0, depending on the list."""
    assert numbers(general["JoursOuvres"]) == {1, 2, 3, 4, 5}
    assert numbers(general["JoursDemiPension"]) == {0, 1, 3, 4}
    mornings, afternoons = (numbers(one) for one in general["DemiJourneesOuvrees"])
    assert (mornings, afternoons) == ({0, 1, 2, 3, 4}, {0, 1, 3, 4})


def test_levels_are_those_of_assessments(general: dict[str, Any]) -> None:
    """By number, and one for nothing."""
    rows = general["ListeNiveauxDAcquisitions"]["V"]
    assert [(row["G"], row["L"], row["abbreviation"]) for row in rows[1:]] == [
        (level.number, level.label, level.abbreviation) for level in LEVELS
    ]
    assert rows[0]["N"] == "0"


def test_a_known_browser_keeps_its_name(server: PronoteServer) -> None:
    """Another one gets a new one."""
    name = Hand(server).enter()["identifiantNav"]
    assert Hand(server).enter(identifiantNav=name)["identifiantNav"] == name
    for unknown in (None, "", 7):
        assert Hand(server).enter(identifiantNav=unknown)["identifiantNav"] != name


@pytest.mark.parametrize(
    ("page", "mobile"), [("eleve.html", "mobile.eleve.html"), ("mobile.parent.html", "mobile.parent.html")]
)
def test_the_page_is_named(server: PronoteServer, page: str, mobile: str) -> None:
    """With its mobile sister."""
    said = Hand(server, page).enter()
    assert (said["URLEspace"], said["URLMobile"]) == (page, mobile)
