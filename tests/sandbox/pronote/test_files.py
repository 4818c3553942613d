"""Files and prints: where they are, and for whom."""

from __future__ import annotations

import datetime as dt

import pytest

from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.college.resources import stored_file
from schoolsync.sandbox.pronote import GENERATIONS, Generation, PronoteServer
from tests.sandbox.pronote.hand import DOMINIQUE, Hand, signed_in


@pytest.mark.parametrize("talk", GENERATIONS, ids=lambda one: one.label)
@pytest.mark.parametrize("is_padded_twice", [False, True])
def test_a_portrait(
    college: SandboxCollege, clock: HandClock, talk: Generation, is_padded_twice: bool
) -> None:
    """By the id of the person, in every generation, however it was padded."""
    hand = signed_in(PronoteServer(college, clock=clock, generation=talk))
    user = hand.user()["ressource"]
    assert user["avecPhoto"] is True
    answer = hand.file(user["N"], "photo.jpg", is_padded_twice=is_padded_twice)
    assert (answer.status, answer.media_type) == (200, "image/jpeg")
    assert answer.body == college.desk("e1").file.photo


@pytest.mark.parametrize("length", range(16))
def test_any_length_may_be_padded_twice(server: PronoteServer, length: int) -> None:
    """Whatever byte the padding is made of."""
    hand = signed_in(server)
    photo = hand.user()["ressource"]["N"]
    answer = hand.file(photo, "photo.jpg", is_padded_twice=True, filler="x" * length)
    assert answer.media_type == "image/jpeg"


def test_a_paper_of_a_resource(server: PronoteServer) -> None:
    """Its bytes, whatever name it is asked for by."""
    hand = signed_in(server)
    said = hand.call("RessourcePedagogique", {"avecRessourcesPronote": True}, tab=99)
    rows = [row["ressource"]["V"] for row in said["listeRessources"]["V"]]
    files = [row for row in rows if row["L"].endswith(".pdf")]
    assert files
    for row in files:
        answer = hand.file(row["N"], "n'importe quoi/é.pdf")
        stored = server.college.stored(f"file:{_number(server, row['L'])}")
        assert stored is not None
        assert (answer.body, answer.media_type) == (stored.content, "application/pdf")


def _number(server: PronoteServer, name: str) -> str:
    papers = (sheet.paper for sheet in server.college.desk("e1").resources)
    return next(paper.number for paper in papers if paper and paper.name == name)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("code", "number"), [("DevoirSujet", "mark-1"), ("DevoirCorrige", "mark-2"), ("Autre", None)]
)
def test_the_papers_of_a_mark(server: PronoteServer, code: str, number: str | None) -> None:
    """By the mark's id and a word."""
    hand = signed_in(server)
    period = hand.user()["ressource"]["listeOngletsPourPeriodes"]["V"][0]["periodeParDefaut"]["V"]
    marks = hand.call("DernieresNotes", {"Periode": {**period, "G": 2}}, tab=198)["listeDevoirs"]["V"]
    marked = next(row for row in marks if row.get("libelleSujet"))
    answer = hand.file(marked["N"], "x.pdf", G=code)
    stored = stored_file(server.college.desk("e1"), number) if number else None
    assert answer.body == (stored.content if stored else answer.body)
    assert answer.status == (200 if stored else 404)
    unmarked = next(row for row in marks if not row.get("libelleSujet"))
    assert hand.file(unmarked["N"], "x.pdf", G=code).status == 404


def test_a_file_is_good_for_its_session_only(server: PronoteServer, clock: HandClock) -> None:
    """Another session's id, key or number opens nothing; silence closes it."""
    one, two = signed_in(server), signed_in(server)
    photo = one.user()["ressource"]["N"]
    assert two.file(photo, "photo.jpg").status == 404
    kept, one.start = one.start, two.start
    assert one.file(photo, "photo.jpg").status == 404
    one.start = kept
    assert one.file(photo, "photo.jpg").body.startswith(b"\xff\xd8")
    for number in ("0", "x", "-1", "²"):
        one.start = {**kept, "h": number}
        answer = one.file(photo, "photo.jpg")
        assert (answer.status, answer.media_type) == (200, "text/html")
    one.start = kept
    clock.advance(dt.timedelta(minutes=11))
    assert "La page a expiré" in one.file(photo, "photo.jpg").body.decode()


def test_who_has_not_signed_in_gets_no_file(server: PronoteServer) -> None:
    """Even with the right address."""
    hand = Hand(server)
    hand.enter()
    session = server.sessions.find(int(hand.start["h"]), 0)
    assert session is not None
    assert hand.file(session.ids.of(46, "pupil:e1"), "photo.jpg").media_type == "text/html"


@pytest.mark.parametrize("segment", ["00", "zz", "00" * 16, ""])
def test_a_damaged_address(server: PronoteServer, segment: str) -> None:
    """Leads nowhere."""
    hand = signed_in(server)
    assert hand.get(f"FichiersExternes/{segment}/x.pdf?Session={hand.start['h']}").status == 404
    assert hand.get(f"FichiersExternes?Session={hand.start['h']}").status == 404


@pytest.mark.parametrize("identifier", ["48#x", None, 7, []])
def test_an_id_that_is_none(server: PronoteServer, identifier: str) -> None:
    """Is no file's; what is no file has none either; nor has a pupil without portrait."""
    hand = signed_in(server, *DOMINIQUE, page="parent.html")
    _, noe = hand.user()["ressource"]["listeRessources"]
    assert hand.file(identifier, "x.pdf").status == 404
    assert hand.file(noe["classeDEleve"]["N"], "x.pdf").status == 404
    assert "avecPhoto" not in noe
    assert hand.file(noe["N"], "photo.jpg").status == 404


def test_a_print(server: PronoteServer) -> None:
    """Is where the answer says, in its session."""
    hand, other = signed_in(server), signed_in(server)
    said = hand.call("GenerationPDF", {"genreGenerationPDF": 0}, tab=16)
    address = said["url"]["V"]
    assert said["url"]["_T"] == 23
    answer = hand.get(address)
    assert answer.media_type == "application/pdf"
    assert answer.body.startswith(b"%PDF")
    assert hand.get(address.replace(hand.start["h"], other.start["h"])).status == 404
    shared = hand.call("RessourcePedagogique", {"avecRessourcesPronote": True}, tab=99)["listeRessources"][
        "V"
    ]
    numbers = [row["ressource"]["V"]["N"].partition("#") for row in shared]
    papers = [name for prefix, _, name in numbers if prefix == "48"]
    assert papers
    for name in papers:
        assert hand.get(f"PDF/{name}.pdf?Session={hand.start['h']}").status == 404
    assert hand.get("PDF/x.pdf").media_type == "text/html"
