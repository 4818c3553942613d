"""Personal data, and who teaches."""

from __future__ import annotations

import datetime as dt

from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.college.staff import OFFICE
from schoolsync.sandbox.pronote import GENERATIONS, PronoteServer
from schoolsync.sandbox.pronote.readings.people import calendar_token, weekly_hours
from tests.sandbox.pronote.hand import DOMINIQUE, Hand, encrypt, signed_in

INFORMATION = {
    *("adresse1", "adresse2", "adresse3", "adresse4", "codePostal", "ville", "province", "pays"),
    *("eMail", "indicatifTel", "telephonePortable", "numeroINE"),
}


def test_personal_data(server: PronoteServer) -> None:
    """From two screens; the mode of security with it."""
    hand = signed_in(server)
    for tab in (49, 16):
        said = hand.call("PageInfosPerso", tab=tab)
        assert said["Informations"].keys() == INFORMATION
        assert said["Informations"]["eMail"] == "louison@famille.example.test"
        assert said["securisation"] == {"mode": 0}


def test_a_pin_shows_in_the_mode(server: PronoteServer) -> None:
    """Once it was entered."""
    hand = Hand(server)
    hand.sign_in("code.example", "coffre-fort")
    pin = encrypt(b"1234", hand.key, hand.iv)
    hand.call("SecurisationCompteDoubleAuth", {"action": 0, "codePin": pin})
    hand.call("SecurisationCompteDoubleAuth", {"action": 3, "codePin": pin})
    assert hand.call("PageInfosPerso", tab=49)["securisation"] == {"mode": 3}


def test_calendar_links_moved_in_2024(college: SandboxCollege, clock: HandClock) -> None:
    """Before, they stood with the timetable."""
    for talk in GENERATIONS:
        said = signed_in(PronoteServer(college, clock=clock, generation=talk)).call("PageInfosPerso", tab=49)
        assert ("iCal" in said) is (talk.version >= (2024, 3, 9))


def test_every_pupil_has_a_calendar_of_their_own(server: PronoteServer) -> None:
    """A parent gets that of the child they name."""
    hand = signed_in(server, *DOMINIQUE, page="parent.html")
    children = hand.user()["ressource"]["listeRessources"]
    links = [
        hand.call("PageInfosPerso", tab=49, member=child["N"])["iCal"]["liste"]["V"][0]["paramICal"]
        for child in children
    ]
    assert links == [calendar_token("e2"), calendar_token("e3")]
    assert links[0] != links[1]


def test_the_teaching_team(server: PronoteServer) -> None:
    """Teachers with what they teach and for how long, then the office; numbered through."""
    rows = signed_in(server).call("PageEquipePedagogique", tab=37)["liste"]["V"]
    teachers = [row for row in rows if row["G"] == 3]
    expected = server.college.teachers("e1")
    assert [row["L"] for row in teachers] == [one.name for one in expected]
    taught = [row["matieres"]["V"][0] for row in teachers]
    assert [one["L"] for one in taught] == [one.subject for one in expected]
    assert all(one["volumeHoraire"] for one in taught)
    others = [row for row in rows if row["G"] == 34]
    assert [(row["L"], row["matieres"]["V"][0]["L"]) for row in others] == [
        (one.name, one.role) for one in OFFICE
    ]
    assert all(row["matieres"]["V"][0]["volumeHoraire"] == "" for row in others)
    assert [row["P"] for row in rows] == [*range(1, len(rows) + 1)]
    assert [row["L"] for row in rows if row.get("estProfPrincipal")] == ["MODELE A."]


def test_weekly_hours_add_up(college: SandboxCollege) -> None:
    """To half of what two weeks have, in places of half an hour."""
    desk = college.desk("e1")
    monday = college.year.calendar.monday + dt.timedelta(weeks=1)
    sheets = desk.timetable.sheets(monday, monday + dt.timedelta(days=13))
    total = sum(sheet.length for sheet in sheets if sheet.record.subject) * 30 // 2
    told = (text.split("h") for text in weekly_hours(desk).values())
    assert sum(int(hours) * 60 + int(minutes) for hours, minutes in told) == total > 0
