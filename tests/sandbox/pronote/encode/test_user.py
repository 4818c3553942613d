"""The user: a pupil, a parent, a teacher, with screens and periods."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.college.roll import TABS
from schoolsync.sandbox.pronote import GENERATIONS, PronoteServer
from tests.sandbox.pronote.hand import DOMINIQUE, signed_in, tabs_in

PUPIL_KEYS = {
    *("N", "L", "G", "P", "Etablissement", "classeDEleve", "listeClassesHistoriques", "listeGroupes"),
    *("listeOngletsPourPiliers", "listeOngletsPourPeriodes", "estDelegue", "estMembreCA", "estDirecteur"),
}
USER_KEYS = {
    *("ressource", "listeInformationsEtablissements", "parametresUtilisateur", "autorisationsSession"),
    *("autorisations", "reglesSaisieMDP", "listeOnglets", "listeOngletsInvisibles"),
    *("listeOngletsNotification", "autorisationKiosque"),
}


@pytest.fixture
def user(server: PronoteServer) -> dict[str, Any]:
    """Louison."""
    return signed_in(server).user()


def test_a_pupil(user: dict[str, Any]) -> None:
    """With class, school and groups; the class is not wrapped."""
    assert user.keys() >= USER_KEYS
    who = user["ressource"]
    assert who.keys() >= PUPIL_KEYS
    assert (who["L"], who["G"], who["estDelegue"]) == ("EXAMPLE Louison", 4, True)
    assert who["classeDEleve"]["L"] == "4B"
    assert who["Etablissement"] == {"_T": 24, "V": who["Etablissement"]["V"]}
    assert who["Etablissement"]["V"]["L"] == "COLLEGE EXEMPLE"
    assert [row["L"] for row in who["listeGroupes"]["V"]] == ["4ESP-LV2", "4B GR.1"]
    assert [row["L"] for row in who["listeClassesHistoriques"]["V"]] == ["4B", "5A"]
    assert [row["L"] for row in who["listeClassesDelegue"]["V"]] == ["4B"]


def test_screens_are_a_tree(user: dict[str, Any], server: PronoteServer) -> None:
    """A plain list; every screen that is open, no other, none twice; groups that are empty are not there."""
    file = server.college.desk("e1").file
    shown = tabs_in(user["listeOnglets"])
    assert shown & file.switches.keys() == {tab for tab, is_open in file.switches.items() if is_open}

    def leaves(tree: list[dict[str, Any]]) -> list[int]:
        return [tab for node in tree for tab in leaves(node.get("Onglet", [])) or [node["G"]]]

    found = leaves(user["listeOnglets"])
    assert len(found) == len(set(found))
    assert set(found) <= TABS.keys()
    for tab in file.switches:
        if tab != 7:
            server.college.switch(tab, "e1", is_on=False)
    assert signed_in(server).user()["listeOnglets"] == [{"G": 7}]


def test_every_open_screen_has_a_place_in_the_tree(server: PronoteServer) -> None:
    """If all were open."""
    for tab in TABS:
        server.college.switch(tab, "e1", is_on=True)
    shown = tabs_in(signed_in(server).user()["listeOnglets"])
    assert shown >= TABS.keys() - {105}


def test_periods_of_screens(user: dict[str, Any]) -> None:
    """Terms; for school life the whole year before them; the current one first."""
    rows = {row["G"]: row for row in user["ressource"]["listeOngletsPourPeriodes"]["V"]}
    assert rows.keys() == {12, 198, 13, 19, 99, 201}
    for tab, row in rows.items():
        names = [one["L"] for one in row["listePeriodes"]["V"]]
        year = ["Année (Trois trimestres)"] if tab == 19 else []
        assert names == [*year, "Trimestre 1", "Trimestre 2", "Trimestre 3"]
        assert row["periodeParDefaut"]["V"]["L"] == "Trimestre 3"
    assert "N" not in rows[19]["listePeriodes"]["V"][0]


def test_the_current_period_moves(server: PronoteServer, clock: HandClock) -> None:
    """With the clock."""
    clock.moment = dt.datetime(2025, 12, 1, 10, tzinfo=server.college.year.zone)
    rows = signed_in(server).user()["ressource"]["listeOngletsPourPeriodes"]["V"]
    assert {row["periodeParDefaut"]["V"]["L"] for row in rows} == {"Trimestre 2"}


def test_ids_agree_with_the_settings(server: PronoteServer) -> None:
    """One period, one id, wherever it stands."""
    hand = signed_in(server)
    from_user = hand.user()["ressource"]["listeOngletsPourPeriodes"]["V"][0]["listePeriodes"]["V"]
    general = hand.enter_again()
    assert {row["L"]: row["N"] for row in from_user}.items() <= {
        row["L"]: row["N"] for row in general["ListePeriodes"]
    }.items()


def test_portraits_came_along_in_2026(college: SandboxCollege, clock: HandClock) -> None:
    """Before that there was only the flag."""
    for talk in GENERATIONS:
        who = signed_in(PronoteServer(college, clock=clock, generation=talk)).user()["ressource"]
        assert who["avecPhoto"] is True
        assert ("photoBase64" in who) is (talk.version >= (2026, 2, 4))


def test_a_parent(server: PronoteServer) -> None:
    """Children as a plain list, with what concerns them; screens open for any of them."""
    user = signed_in(server, *DOMINIQUE, page="parent.html").user()
    who = user["ressource"]
    assert (who["L"], who["G"]) == ("FACTICE Dominique", 5)
    assert "listeOngletsPourPeriodes" not in who
    assert "classeDEleve" not in who
    mae, noe = who["listeRessources"]
    assert [(child["L"], child["classeDEleve"]["L"]) for child in (mae, noe)] == [
        ("FACTICE Maë", "6A"),
        ("FACTICE Noé", "3C"),
    ]
    assert all(child.keys() >= PUPIL_KEYS | {"listeSessions"} for child in (mae, noe))
    assert 99 in {row["G"] for row in mae["listeOngletsPourPeriodes"]["V"]}
    assert 99 not in {row["G"] for row in noe["listeOngletsPourPeriodes"]["V"]}
    assert tabs_in(user["listeOnglets"]) >= {10, 99, 131}
    assert [row["L"] for row in user["listeMotifsAbsences"]["V"]]
    assert user["autorisations"]["compte"]["avecSaisieMotDePasseEleve"] is False


def test_a_parent_of_one(server: PronoteServer) -> None:
    """The same list."""
    who = signed_in(server, "robin.example", "s3cret&+", "parent.html").user()["ressource"]
    assert [child["L"] for child in who["listeRessources"]] == ["EXAMPLE Louison"]


def test_a_teacher(server: PronoteServer) -> None:
    """With classes, subjects and levels."""
    user = signed_in(server, "ana.modele", "craie blanche", "professeur.html").user()
    who = user["ressource"]
    assert (who["L"], who["G"]) == ("MODELE Ana", 3)
    assert who["Etablissement"]["V"]["L"] == "COLLEGE EXEMPLE"
    assert [row["L"] for row in user["listeClasses"]["V"]] == ["3C", "4B", "6A"]
    assert [row["L"] for row in user["listeMatieres"]["V"]] == ["MATHEMATIQUES"]
    assert [row["L"] for row in user["listeNiveaux"]["V"]] == ["3EME", "4EME", "6EME"]
    assert tabs_in(user["listeOnglets"]) & TABS.keys() == {7, 16, 49}


def test_messages_are_a_right(server: PronoteServer) -> None:
    """Of those to whom the school opens them."""
    for login, password, may in (("louison.example", "Sésame-42", True), ("noe.factice", "lune+2", False)):
        rights = signed_in(server, login, password).user()["autorisations"]
        assert rights["AvecDiscussion"] is may
