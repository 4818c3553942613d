"""The pages: what peers can read from them, in every generation."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import pytest

from schoolsync.flow.http import Request
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.pronote import GENERATIONS, Generation, PronoteServer, Rules, generation
from schoolsync.sandbox.pronote.page import SPACES, space_called
from tests.sandbox.pronote.hand import Hand

PAGES = [space.page for space in SPACES]
SWITCHES = [(False, False), (True, False), (False, True), (True, True)]


@pytest.mark.parametrize("talk", GENERATIONS, ids=lambda one: one.label)
@pytest.mark.parametrize(("encrypts", "compresses"), SWITCHES)
def test_every_page_can_be_read_by_everybody(
    college: SandboxCollege, clock: HandClock, talk: Generation, encrypts: bool, compresses: bool
) -> None:
    """No two letters that mean suspension, no comma or colon in a value, no flag that is false."""
    server = PronoteServer(college, clock=clock, generation=talk, encrypts=encrypts, compresses=compresses)
    for name in PAGES:
        hand = Hand(server, name)
        start = hand.open()
        assert "IP" not in hand.markup
        assert "false" not in hand.markup
        assert f">PRONOTE {talk.version[0]}" in hand.markup
        assert not any(re.search("[,:]", value) for value in start.values())
        assert start.get("a") == (str(space_called(name).number) if name else None)  # type: ignore[union-attr]
        assert start["h"].isdigit()


def test_the_old_layout(college: SandboxCollege, clock: HandClock) -> None:
    """In the body's handler, keys bare, the session a text, nothing between call and brace but a space."""
    hand = Hand(PronoteServer(college, clock=clock, generation=generation("2025.1.3"), encrypts=True))
    number = hand.open()["h"]
    call = f"onload=\"try {{ Start ({{h:'{number}',a:3,CrA:true}}) }} catch (e) {{ messageErreur (e) }}\""
    assert call in hand.markup
    assert "<script" not in hand.markup
    assert '<a href="https://editeur.example.test/" style="display:none">PRONOTE 2025.1.3 ' in hand.markup


def test_the_new_layout(college: SandboxCollege, clock: HandClock) -> None:
    """In a script, strict JSON, the session a number, a semicolon before the brace."""
    hand = Hand(PronoteServer(college, clock=clock, compresses=True))
    number = hand.open()["h"]
    found = re.search(r"try\{Start \((\{.*?\})\);\} catch \(e\)", hand.markup)
    assert found
    assert json.loads(found[1]) == {"h": int(number), "a": 3, "CoA": True}
    assert "onload=" not in hand.markup


@pytest.mark.parametrize(
    ("label", "encrypts", "compresses", "flags"),
    [
        ("2022.0.3", False, False, {"sCrA", "sCoA", "MR", "ER"}),
        ("2022.0.3", True, True, {"MR", "ER"}),
        ("2023.0.2", True, False, {"sCoA"}),
        ("2024.3.9", False, True, {"sCrA"}),
        ("2025.1.3", False, False, set()),
        ("2026.2.4", True, True, {"CrA", "CoA"}),
    ],
)
def test_flags_mean_the_opposite_since_2025(
    college: SandboxCollege, clock: HandClock, label: str, encrypts: bool, compresses: bool, flags: set[str]
) -> None:
    """Skip, and then do."""
    server = PronoteServer(
        college, clock=clock, generation=generation(label), encrypts=encrypts, compresses=compresses
    )
    assert Hand(server).open().keys() - {"h", "a"} == flags


def test_who_answers_stands_in_the_header(college: SandboxCollege, clock: HandClock) -> None:
    """Unless a proxy has put its own name there; the footer and the app's page say it, too."""
    plain = Hand(PronoteServer(college, clock=clock, generation=generation("2024.3.9")))
    assert plain.get("eleve.html").header("server") == "PRONOTE 2024.3.9 Microsoft-HTTPAPI/2.0"
    hidden = Hand(PronoteServer(college, clock=clock, rules=Rules(hides_version=True)))
    assert hidden.get("eleve.html").header("server") == "nginx"
    old = Hand(PronoteServer(college, clock=clock, generation=generation("2022.0.3")))
    old.open()
    assert ">PRONOTE 2022 - 0.3 " in old.markup


def test_pages_are_found_in_any_case(server: PronoteServer) -> None:
    """Below a root that may be written in any case, too, with or without a slash."""
    for path in ("ELEVE.html", "Mobile.Eleve.HTML", "infomobileapp.JSON?id=x", ""):
        assert Hand(server).get(path).status == 200
    shouted = Request("GET", "https://college.example.test/PRONOTE/ELEVE.HTML")
    assert b"Start (" in server.answer(shouted).body
    assert Hand(server).get("viescolaire.html").status == 404
    assert "La page demandée n'existe pas" in Hand(server).get("nulle.html").body.decode()


@pytest.mark.parametrize(
    ("condition", "sentences"),
    [
        ("closed", {"Le site n'est pas disponible"}),
        ("busy", {"Le site est momentanément indisponible"}),
        ("suspended", {"Votre adresse IP est provisoirement suspendue", "Le site n'est pas disponible"}),
    ],
)
def test_a_site_that_is_not_open(server: PronoteServer, condition: Any, sentences: set[str]) -> None:
    """Says so on every page, and begins no session."""
    server.condition = condition
    for name in PAGES:
        answer = Hand(server).get(name)
        said = answer.body.decode()
        assert set(re.findall("<p>(.*?)</p>", said)) == sentences
        assert "Start" not in said
        assert answer.header("set-cookie") is None
    server.condition = "open"
    assert Hand(server).open()


def test_a_portal_may_stand_in_front(college: SandboxCollege, clock: HandClock) -> None:
    """It is passed by with `login=true`, and the app is told of it."""
    portal = "https://ent.example.test/cas/login"
    hand = Hand(PronoteServer(college, clock=clock, rules=Rules(portal=portal)))
    answer = hand.get("eleve.html")
    assert (answer.status, (answer.header("location") or "").partition("?")[0]) == (302, portal)
    assert hand.open("?login=true")
    told = hand.get("InfoMobileApp.json").json()
    assert isinstance(told, dict)
    assert told["CAS"]["actif"] is True
    assert told["CAS"]["casURL"] == portal
    assert told["CAS"]["jetonCAS"]


@pytest.mark.parametrize("talk", GENERATIONS, ids=lambda one: one.label)
def test_a_school_for_demonstration_says_so(
    college: SandboxCollege, clock: HandClock, talk: Generation
) -> None:
    """Others say nothing of it."""
    shown = Hand(PronoteServer(college, clock=clock, generation=talk, rules=Rules(is_demo=True))).open()
    assert shown["d"] == "true"
    assert "d" not in Hand(PronoteServer(college, clock=clock, generation=talk)).open()


def test_a_browser_may_not_be_good_enough(college: SandboxCollege, clock: HandClock) -> None:
    """For a mobile page without `fd=1`."""
    hand = Hand(PronoteServer(college, clock=clock, rules=Rules(checks_browser=True)), "mobile.eleve.html")
    assert "compatible" in hand.get("mobile.eleve.html?login=true").body.decode()
    assert hand.open("?login=true&fd=1")
    assert "Start (" in hand.get("eleve.html").body.decode()


def test_what_the_app_is_told(college: SandboxCollege, clock: HandClock) -> None:
    """Version, school, mobile spaces; older servers do not number those."""
    clock.advance(dt.timedelta(hours=1))
    for talk in GENERATIONS:
        answer = Hand(PronoteServer(college, clock=clock, generation=talk)).get("InfoMobileApp.json?id=0D26")
        said = answer.json()
        assert isinstance(said, dict)
        assert said["version"] == [*talk.version]
        assert said["nomEtab"] == "COLLEGE EXEMPLE"
        assert said["date"] == "2026-03-09T08:00:00.000Z"
        assert said["CAS"] == {"actif": False, "casURL": ""}
        spaces = {row["URL"]: row.get("genreEspace") for row in said["espaces"]}
        numbers = [8, 7, 6] if talk.version >= (2025, 1, 3) else [None] * 3
        assert spaces == dict(
            zip(["mobile.professeur.html", "mobile.parent.html", "mobile.eleve.html"], numbers, strict=True)
        )


def test_the_app_may_be_forbidden(college: SandboxCollege, clock: HandClock) -> None:
    """Then nothing is there."""
    server = PronoteServer(college, clock=clock, rules=Rules(has_app=False))
    assert Hand(server).get("InfoMobileApp.json").status == 404
