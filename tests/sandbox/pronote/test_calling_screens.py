"""Function calls and the screens and children on whose behalf they are made."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schoolsync.sandbox.pronote import PronoteServer
from schoolsync.sandbox.pronote.functions import FUNCTIONS
from tests.sandbox.pronote.hand import DOMINIQUE, refused, signed_in, tabs_in


def test_a_function_belongs_to_its_screens(server: PronoteServer) -> None:
    """From another one, from none, or from a group of them, it is refused."""
    hand = signed_in(server)
    groups = tabs_in(hand.user()["listeOnglets"]) - server.college.desk("e1").file.switches.keys()
    assert groups
    for tab in (None, 7, 10, 999, max(groups)):
        with refused(3, "Accès refusé"):
            hand.call("PageEmploiDuTemps", {"numeroSemaine": 28}, tab=tab)
    for tab in sorted(FUNCTIONS["PageEmploiDuTemps"].tabs):
        assert "ListeCours" in hand.call("PageEmploiDuTemps", {"numeroSemaine": 28}, tab=tab)


def test_a_closed_screen_is_refused(server: PronoteServer) -> None:
    """To the pupil whose school closed it, and to a parent on that child's behalf only."""
    noe = signed_in(server, "noe.factice", "lune+2")
    assert 10 not in tabs_in(noe.user()["listeOnglets"])
    with refused(3):
        noe.call("PageMenus", {}, tab=10)
    parent = signed_in(server, *DOMINIQUE, page="parent.html")
    user = parent.user()
    mae, noe_child = user["ressource"]["listeRessources"]
    assert 10 in tabs_in(user["listeOnglets"])
    day = {"date": {"_T": 7, "V": "09/03/2026 0:0:0"}}
    assert parent.call("PageMenus", day, tab=10, member=mae["N"])
    with refused(3):
        parent.call("PageMenus", day, tab=10, member=noe_child["N"])


def test_a_parent_names_a_child(server: PronoteServer) -> None:
    """The first one unless they do; their own only; by an id of this session only."""
    parent = signed_in(server, *DOMINIQUE, page="parent.html")
    children = parent.user()["ressource"]["listeRessources"]
    week = {"numeroSemaine": 28}

    def lessons(**how: Any) -> int:
        return len(parent.call("PageEmploiDuTemps", week, tab=16, **how)["ListeCours"])

    first, second = (lessons(member=child["N"]) for child in children)
    assert lessons() == first
    assert [first, second] == [
        len(server.college.desk(number).timetable.sheets(dt.date(2026, 3, 9), dt.date(2026, 3, 15)))
        for number in ("e2", "e3")
    ]
    louison = signed_in(server).user()["ressource"]["N"]
    for stranger in (louison, "46#made-up", 7, None):
        with refused(22):
            parent.raw("PageEmploiDuTemps", week, Signature={"onglet": 16, "membre": {"N": stranger}})
    with refused(22):
        parent.raw("PageEmploiDuTemps", week, Signature={"onglet": 16, "membre": "x"})


def test_somebody_elses_child_is_refused(server: PronoteServer) -> None:
    """Even with an id of this session; so is what is no child."""
    parent = signed_in(server, *DOMINIQUE, page="parent.html")
    user = parent.user()["ressource"]
    session = server.sessions.find(int(parent.start["h"]), 0)
    assert session is not None
    for thing in (session.ids.of(46, "pupil:e1"), session.ids.of(17, "room:e2"), user["N"]):
        with refused(3):
            parent.call("PageEmploiDuTemps", {"numeroSemaine": 28}, tab=16, member=thing)


def test_a_pupil_may_name_themselves(server: PronoteServer) -> None:
    """As an old client does on every call."""
    hand = signed_in(server)
    own = hand.user()["ressource"]["N"]
    assert hand.call("PageEmploiDuTemps", {"numeroSemaine": 28}, tab=16, member=own)["ListeCours"]


def test_an_id_of_another_session_is_refused(server: PronoteServer) -> None:
    """The same thing has another id there."""
    one, two = signed_in(server), signed_in(server)
    first, second = (hand.user()["ressource"] for hand in (one, two))
    assert first["N"] != second["N"]
    with refused(22, "n'existe plus"):
        two.call("PageEmploiDuTemps", {"ressource": first, "numeroSemaine": 28}, tab=16)


def test_a_teacher_sees_their_lessons(server: PronoteServer) -> None:
    """Of all classes, each with its name; no other page."""
    ana = signed_in(server, "ana.modele", "craie blanche", "professeur.html")
    user = ana.user()
    assert (user["ressource"]["G"], user["ressource"]["L"]) == (3, "MODELE Ana")
    page = ana.call("PageEmploiDuTemps", {"ressource": user["ressource"], "numeroSemaine": 29}, tab=16)
    said = [{part["L"] for part in row["ListeContenus"]["V"]} for row in page["ListeCours"]]
    assert said
    assert all({"MODELE A.", "MATHEMATIQUES"} <= labels for labels in said)
    assert {name for labels in said for name in labels} >= {"4B", "6A", "3C"}
    with refused(3):
        ana.call("PageMenus", {}, tab=10)
