"""An instance as it tells about itself, and schools by how near they are."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schoolsync.errors import DecodeIssue
from schoolsync.providers.pronote.calls.finding import Information
from schoolsync.providers.pronote.extra import FoundSchool, InstanceInfo, SpaceKind
from schoolsync.providers.pronote.mapping.finding import to_found_schools, to_instance
from schoolsync.providers.pronote.schema.finding import FoundRow, InstancePage
from tests.providers.pronote.wire import ROOT

TOLD: dict[str, Any] = {
    "modeModif": False,
    "version": [2026, 2, 6],
    "date": "2026-03-09T11:00:00.000Z",
    "nomEtab": "COLLEGE L&#039;EXEMPLE ",
    "espaces": [
        {"nom": "Espace Professeurs", "URL": "mobile.professeur.html", "genreEspace": 8},
        {"nom": "Espace Parents", "URL": "mobile.parent.html"},
        {"nom": "Espace Élèves", "URL": "Mobile.Eleve.html", "genreEspace": 6},
        {"nom": "Vie scolaire", "URL": "mobile.viescolaire.html"},
        {"nom": "Espace inconnu", "URL": "mobile.nouveau.html"},
    ],
    "CAS": {"actif": True, "casURL": "https://cas.example/login", "jetonCAS": "5E0C"},
}
PARIS = (48.8566, 2.3522)


def instance(*issues: DecodeIssue, **changed: Any) -> tuple[InstanceInfo, list[DecodeIssue]]:
    """The instance with some of its words changed, and what made no sense of it."""
    found: list[DecodeIssue] = []
    page = InstancePage.model_validate(TOLD | changed)
    return to_instance(Information(ROOT, page, issues), found), found


def test_an_instance_tells_who_it_is() -> None:
    """And for whom it has pages, in its own order."""
    found, issues = instance()
    assert (found.name, found.url, found.version) == ("COLLEGE L'EXEMPLE", ROOT, "2026.2.6")
    assert [space.kind for space in found.spaces] == [
        SpaceKind.TEACHER,
        SpaceKind.PARENT,
        SpaceKind.STUDENT,
        SpaceKind.SCHOOL_LIFE,
        None,
    ]
    assert (found.spaces[1].name, found.spaces[1].url) == ("Espace Parents", f"{ROOT}/mobile.parent.html")
    assert (found.cas_active, found.cas_url) == (True, "https://cas.example/login")
    assert found.date == dt.datetime(2026, 3, 9, 11, tzinfo=dt.UTC)
    assert issues == []
    assert "5E0C" not in str(found.to_dict())


def test_what_is_not_said_is_none() -> None:
    """And no portal is not the same as no word of one."""
    found, _ = instance(CAS=None, espaces=None, nomEtab=None, version=None, date=None)
    assert (found.cas_active, found.cas_url, found.spaces, found.date) == (None, None, (), None)
    assert (found.name, found.version) == ("", "")
    assert instance(CAS={"actif": False, "casURL": ""})[0].cas_active is False


@pytest.mark.parametrize(
    ("text", "count"), [("2026-03-09T12:00:00", 0), ("09/03/2026", 1), ("", 0), ("2026-99-99", 1)]
)
def test_a_moment_that_is_none(text: str, count: int) -> None:
    """Without a zone nobody knows which; what is no moment is told."""
    found, issues = instance(date=text)
    assert found.date is None
    assert len(issues) == count


def test_issues_of_the_words_stay() -> None:
    """Beside those of their meaning."""
    _, issues = instance(DecodeIssue("InfoMobileApp.json.CAS", "dict_type"), date="?")
    assert [issue.path for issue in issues] == ["InfoMobileApp.json.CAS", "InfoMobileApp.date"]


# -- schools ------------------------------------------------------------------------------------


def row(
    name: str, north: object, east: object, url: str = "https://a.example/pronote/"
) -> tuple[FoundRow, None]:
    """One row of the directory."""
    said = {"url": url, "nomEtab": name, "lat": str(north), "long": str(east), "cp": "75004"}
    return FoundRow.model_validate(said), None


def schools(*rows: tuple[FoundRow, None]) -> tuple[list[FoundSchool], list[DecodeIssue]]:
    """Schools around Paris, and what made no sense."""
    issues: list[DecodeIssue] = []
    return to_found_schools(rows, PARIS, issues), issues


def test_schools_come_nearest_first_then_by_name() -> None:
    """With the distance along the sphere."""
    found, issues = schools(
        row("Lyon", 45.764, 4.8357), row("B", *PARIS), row("Versailles", 48.8049, 2.1204), row("A", *PARIS)
    )
    assert [one.name for one in found] == ["A", "B", "Versailles", "Lyon"]
    assert [round(one.distance_km) for one in found] == [0, 0, 18, 392]
    assert issues == []


def test_a_school_across_the_date_line_is_near() -> None:
    """One degree at the equator is 111 km, whichever way round."""
    (found,) = to_found_schools([row("Fidji", 0, -179.5)], (0, 179.5), [])
    assert found.distance_km == pytest.approx(111.3, abs=0.1)
    (far,) = to_found_schools([row("Antipode", 0, 180)], (0, 0), [])
    assert far.distance_km == pytest.approx(20037.5, abs=0.1)


@pytest.mark.parametrize(
    ("said", "url"),
    [
        ("https://0000001A.Index-Education.NET/Pronote/", "https://0000001a.index-education.net/pronote"),
        ("http://0000001a.example/pronote/eleve.html", "https://0000001a.example/pronote"),
        ("0000001a.example/pronote", "https://0000001a.example/pronote"),
        (" https://0000001a.example:8443/pronote ", "https://0000001a.example:8443/pronote"),
    ],
)
def test_an_address_is_one_that_can_be_used(said: str, url: str) -> None:
    """Https, in lower case, without a page."""
    (found,), _ = schools(row("A", *PARIS, url=said))
    assert (found.url, found.postcode) == (url, "75004")


def test_what_is_no_place_or_no_address_costs_no_other() -> None:
    """It is told, without its words."""
    found, issues = schools(
        row("A", *PARIS),
        row("B", "nan", 2),
        row("C", *PARIS, url="javascript:alert(1)"),
        row("D", *PARIS, url=""),
        row("E", *PARIS),
    )
    assert [one.name for one in found] == ["A", "E"]
    assert [issue.path for issue in issues] == ["geoLoc.1", "geoLoc.2", "geoLoc.3"]
    assert not [issue for issue in issues if "alert" in issue.problem]
