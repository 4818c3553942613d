"""The server as a whole: addresses, the log, faults, farewells, files, several at once."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from schoolsync.errors import Unreachable
from schoolsync.flow.http import Request
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.faults import Drop, ExpireSession, LoseAnswer, Retype, Status, Truncate
from schoolsync.sandbox.mount import Mount
from schoolsync.sandbox.pronote import GENERATIONS, Generation, PronoteServer
from tests.sandbox.pronote.hand import ROOT, Hand, Refused, encrypt, signed_in

NAVIGATION = {"onglet": 7, "ongletPrec": 7}


def test_the_log_shows_functions_and_nothing_else(server: PronoteServer) -> None:
    """No query, session, order number or name of a file."""
    hand = Hand(server)
    hand.open("?login=true")
    hand.sign_in()
    user = hand.user()["ressource"]
    hand.file(user["N"], "photo.jpg")
    server.answer(Request("POST", f"{ROOT}/appelfonction/3/{hand.start['h']}/00", body=b"no call"))
    assert server.log == [
        ("GET", "/pronote/eleve.html"),
        ("POST", "/pronote/appelfonction/FonctionParametres"),
        ("POST", "/pronote/appelfonction/Identification"),
        ("POST", "/pronote/appelfonction/Authentification"),
        ("POST", "/pronote/appelfonction/ParametresUtilisateur"),
        ("GET", "/pronote/FichiersExternes"),
        ("POST", "/pronote/appelfonction/"),
    ]


def test_a_fault_meets_a_function_by_name(server: PronoteServer) -> None:
    """Whatever its address is."""
    hand = signed_in(server)
    server.faults.add(Status(503), "*/Navigation")
    hand.user()
    request = hand.request("Navigation", {"Signature": {"onglet": 7}, "data": NAVIGATION})
    assert server.answer(request).status == 503
    assert server.answer(request).status == 200


def test_a_lost_answer_was_done_and_a_dropped_request_was_not(server: PronoteServer) -> None:
    """The order number tells."""
    hand = signed_in(server)
    for fault, is_used in ((Drop(), False), (LoseAnswer(), True)):
        server.faults.add(fault, "*/ParametresUtilisateur")
        with pytest.raises(Unreachable):
            hand.user()
        if not is_used:
            hand.order -= 2
        assert hand.call("Navigation", NAVIGATION, tab=7) == {}


def test_a_fault_may_end_a_session(server: PronoteServer) -> None:
    """That of a call, or of a file."""
    hand = signed_in(server)
    server.faults.add(ExpireSession(), "*/ParametresUtilisateur")
    with pytest.raises(Refused, match="10"):
        hand.user()
    other = signed_in(server)
    photo = other.user()["ressource"]["N"]
    server.faults.add(ExpireSession(), "*/FichiersExternes*")
    assert other.file(photo, "photo.jpg").media_type == "text/html"
    with pytest.raises(Refused, match="10"):
        other.user()


def test_an_envelope_may_be_damaged(server: PronoteServer) -> None:
    """Its order number, or half of it."""
    hand = signed_in(server)
    server.faults.add(Retype("no", "00" * 16), "*/ParametresUtilisateur")
    answer = server.answer(hand.request("ParametresUtilisateur"))
    assert json.loads(answer.body)["no"] == "00" * 16
    hand.order += 2
    server.faults.add(Truncate(), "*/ParametresUtilisateur")
    with pytest.raises(json.JSONDecodeError):
        json.loads(server.answer(hand.request("ParametresUtilisateur")).body)


def test_the_story_is_told_as_the_clock_runs(server: PronoteServer, clock: HandClock) -> None:
    """Whatever is asked."""
    before = len(server.college.marks("e1"))
    clock.advance(5 * 60 * 60)
    Hand(server).open()
    assert len(server.college.marks("e1")) == before + 1


@pytest.mark.parametrize("talk", GENERATIONS, ids=lambda one: one.label)
def test_a_browsers_farewell(college: SandboxCollege, clock: HandClock, talk: Generation) -> None:
    """Ends the session without a word, in the names of the generation."""
    server = PronoteServer(college, clock=clock, generation=talk)
    hand = signed_in(server)
    order = encrypt(str(hand.order).encode(), hand.key, hand.iv)
    names = ("ns", "no") if talk.version >= (2025, 1, 3) else ("numeroSession", "numeroOrdre")

    def farewell(said: object, in_address: str = order) -> None:
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        url = f"{ROOT}/appeldeconnexion/{in_address}/1773043200000"
        answer = server.answer(Request("POST", url, body=body))
        assert (answer.status, answer.body) == (200, b"")

    number = int(hand.start["h"])
    farewell(b"")
    farewell([])
    farewell({"other": number, "names": order})
    farewell({names[0]: number, names[1]: "00" * 16}, "00" * 16)
    farewell({names[0]: number, names[1]: order}, "00" * 16)
    farewell({names[0]: number + 1, names[1]: order})
    assert hand.user()["ressource"]["G"] == 4
    order = encrypt(str(hand.order).encode(), hand.key, hand.iv)
    farewell({names[0]: number, names[1]: order}, order)
    with pytest.raises(Refused, match="10"):
        hand.user()


@pytest.mark.parametrize("path", ["", "appelfonction", "appelfonction/3/1", "ailleurs/x", "appeldeconnexion"])
def test_other_places_take_no_calls(server: PronoteServer, path: str) -> None:
    """There is nothing."""
    assert server.answer(Request("POST", f"{ROOT}/{path}", body=b"{}")).status == 404


def test_nothing_is_outside_the_root(server: PronoteServer) -> None:
    """Neither pages nor calls."""
    for method, path in (("GET", "/eleve.html"), ("POST", "/appelfonction/3/1/00"), ("GET", "/")):
        assert server.answer(Request(method, f"https://college.example.test{path}")).status == 404


def test_it_may_stand_elsewhere(college: SandboxCollege, clock: HandClock) -> None:
    """On another path of its host."""
    server = PronoteServer(college, clock=clock, base_path="/p2026/pronote")
    answer = server.answer(Request("GET", "https://x.example.test/p2026/pronote/eleve.html"))
    assert b"Start (" in answer.body
    assert "Path=/p2026/pronote;" in (answer.header("set-cookie") or "")
    assert server.log == [("GET", "/p2026/pronote/eleve.html")]


def test_it_works_mounted(server: PronoteServer) -> None:
    """As any server of the sandbox."""
    mount = Mount({"college.example.test": server})
    answer = mount.exchange(Request("GET", f"{ROOT}/eleve.html"))
    assert answer.url == f"{ROOT}/eleve.html"
    server.faults.add(Drop())
    with pytest.raises(Unreachable):
        mount.exchange(Request("GET", f"{ROOT}/eleve.html"))


def test_many_sessions_at_once(server: PronoteServer) -> None:
    """None is mixed up with another one."""
    people = [("louison.example", "Sésame-42", "EXAMPLE Louison"), ("noe.factice", "lune+2", "FACTICE Noé")]

    def visit(number: int) -> bool:
        login, password, name = people[number % 2]
        hand = signed_in(server, login, password)
        return all(hand.user()["ressource"]["L"] == name for _ in range(5))

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(visit, range(16)))


def test_nothing_secret_is_shown(server: PronoteServer) -> None:
    """In what a server, a session or an account prints."""
    hand = signed_in(server)
    session = server.sessions.find(int(hand.start["h"]), 0)
    shown = f"{server!r} {session!r} {server.college.accounts!r} {server.calling!r}"
    for secret in ("Sésame", "s3cret", hand.cookie.partition("=")[2], "1234", hand.key.hex()):
        assert secret not in shown
