"""Function calls in every generation, and every way in which one is refused."""

from __future__ import annotations

import base64
import datetime as dt
import json
from typing import Any, cast

import attrs
import pytest

from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.faults import LoseAnswer
from schoolsync.sandbox.pronote import GENERATIONS, Generation, PronoteServer, Rules
from schoolsync.sandbox.pronote.call import Complaint
from schoolsync.sandbox.pronote.functions import FUNCTIONS, Function
from tests.sandbox.pronote.hand import DOMINIQUE, ROOT, Hand, made, refused, signed_in

SWITCHES = [(False, False), (True, False), (False, True), (True, True)]
OLD_AND_NEW = ["2023.0.2", "2024.3.9", "2026.2.5.6"]


# -- what works -------------------------------------------------------------------


@pytest.mark.parametrize("talk", GENERATIONS, ids=lambda one: one.label)
@pytest.mark.parametrize(("encrypts", "compresses"), SWITCHES)
def test_a_session_in_every_generation_and_packing(
    college: SandboxCollege, clock: HandClock, talk: Generation, encrypts: bool, compresses: bool
) -> None:
    """Signed in, one page read, signed out; names, packing, order numbers all as specified."""
    server = PronoteServer(college, clock=clock, generation=talk, encrypts=encrypts, compresses=compresses)
    hand = signed_in(server)
    assert hand.flags == (encrypts, compresses)
    user = hand.user()["ressource"]
    assert user["L"] == "EXAMPLE Louison"
    page = hand.call("PageEmploiDuTemps", {"ressource": user, "numeroSemaine": 28}, tab=16)
    assert len(page["ListeCours"]) > 20
    assert hand.call("SaisieDeconnexion") == {}
    with refused(10):
        hand.user()


@pytest.mark.parametrize("label", [one.label for one in GENERATIONS])
def test_old_servers_repeat_the_name_inside(college: SandboxCollege, clock: HandClock, label: str) -> None:
    """Until the names changed."""
    hand = signed_in(made(college, clock, label))
    said = hand.raw("ParametresUtilisateur")
    assert said.get("nom") == (None if hand.generation.has_new_names else "ParametresUtilisateur")
    assert said[hand.names["sign"]]["ModeExclusif"] is False


def test_an_answer_is_ascii(college: SandboxCollege, clock: HandClock) -> None:
    """Encrypted or not: names with accents are escaped."""
    server = made(college, clock, encrypts=True)
    hand = signed_in(server, "noe.factice", "lune+2")
    hand.user()
    opened = hand.envelope["dataSec"]
    assert opened.isascii()
    plain = signed_in(made(college, clock), "noe.factice", "lune+2")
    answer = plain.server.answer(plain.request("ParametresUtilisateur"))
    assert answer.body.isascii()
    assert rb"No\u00e9" in answer.body


def test_files_go_along_in_clear(college: SandboxCollege, clock: HandClock) -> None:
    """An emblem with the settings, portraits with the user; both are counted by their place."""
    hand = Hand(made(college, clock))
    settings = hand.enter()
    assert settings["General"]["logo"] == {"_T": 25, "V": 0}
    assert base64.b64decode(hand.envelope["dataNonSec"]["fichiers"][0]).startswith(b"GIF")
    robin = signed_in(made(college, clock), *DOMINIQUE, page="parent.html")
    children = robin.user()["ressource"]["listeRessources"]
    portraits = robin.envelope["dataNonSec"]["fichiers"]
    assert [child.get("photoBase64") for child in children] == [{"_T": 25, "V": 0}, None]
    assert base64.b64decode(portraits[0]) == college.desk("e2").file.photo


def test_unread_things_are_counted_beside_every_answer(server: PronoteServer) -> None:
    """For the two screens that tell people so, as far as they are open."""
    hand = signed_in(server)
    counters = hand.raw("Navigation", {"onglet": 7, "ongletPrec": 7}, tab=7)["Signature"]
    unread = {row["onglet"]: row["nb"] for row in counters["notificationsCommunication"]}
    desk = server.college.desk("e1")
    assert unread == {
        131: sum(sheet.record.unread or 0 for sheet in desk.discussions),
        8: sum(not sheet.record.is_read for sheet in desk.news),
    }
    assert all(unread.values())
    noe = signed_in(server, "noe.factice", "lune+2").raw("ParametresUtilisateur")["Signature"]
    assert [row["onglet"] for row in noe["notificationsCommunication"]] == [8]


# -- the order ----------------------------------------------------------------------


def test_the_same_bytes_again_are_answered_again(server: PronoteServer) -> None:
    """And done once: a client that got no answer loses nothing."""
    hand = signed_in(server)
    request = hand.request("ParametresUtilisateur")
    server.faults.add(LoseAnswer(), "*/ParametresUtilisateur")
    assert server.handle(request).response is None
    again = [server.answer(request) for _ in range(3)]
    assert len({answer.body for answer in again}) == 1
    assert json.loads(again[0].body)["dataSec"]["data"]["ressource"]["L"] == "EXAMPLE Louison"
    hand.order += 2
    assert hand.user()["ressource"]["L"] == "EXAMPLE Louison"


def test_signing_in_can_be_asked_again_too(server: PronoteServer) -> None:
    """Though the key has changed since."""
    hand = Hand(server)
    hand.sign_in()
    assert hand.last is not None
    assert b'"cle"' in server.answer(hand.last).body
    assert hand.user()["ressource"]["L"] == "EXAMPLE Louison"


@pytest.mark.parametrize("label", OLD_AND_NEW)
@pytest.mark.parametrize("step", [-2, -1, 1, 2])
def test_a_wrong_order_number_is_refused(
    college: SandboxCollege, clock: HandClock, label: str, step: int
) -> None:
    """One that was used, one to come, one that only the server sends."""
    hand = signed_in(made(college, clock, label))
    right = hand.order
    hand.order += step
    with refused(14, r"La page a expiré ! \(7\)"):
        hand.user()
    hand.order = right
    assert hand.user()["ressource"]["G"] == 4


def test_an_order_number_in_another_key_is_refused(server: PronoteServer) -> None:
    """Or without the IV."""
    hand = Hand(server)
    hand.enter()
    hand.iv = bytes(16)
    with refused(14):
        hand.identify("louison.example")


def test_the_address_must_have_the_same_order_number(server: PronoteServer) -> None:
    """In either case; session and space, too."""
    hand = signed_in(server)
    request = hand.request("ParametresUtilisateur")
    *_, space, session, order = request.url.split("/")
    for place, code in (
        (f"{space}/{session}/{'0' * 32}", 14),
        (f"2/{session}/{order}", 10),
        (f"{space}/{int(session) + 1}/{order}", 10),
        (f"{space}/x/{order}", 10),
    ):
        changed = attrs.evolve(request, url=f"{ROOT}/appelfonction/{place}")
        assert json.loads(server.answer(changed).body)["Erreur"]["G"] == code
    upper = attrs.evolve(request, url=f"{ROOT}/appelfonction/{space}/{session}/{order.upper()}")
    assert b'"ressource"' in server.answer(upper).body


def test_a_refusal_uses_its_order_number_up(server: PronoteServer) -> None:
    """The next call has the next number."""
    hand = signed_in(server)
    with refused(3):
        hand.call("PageMenus", {}, tab=16)
    assert hand.user()["ressource"]["G"] == 4


# -- sessions ------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "reason"), [(8, 1), (10, 3)])
def test_silence_ends_a_session(college: SandboxCollege, clock: HandClock, code: Any, reason: int) -> None:
    """After ten minutes; any call begins them anew."""
    hand = signed_in(made(college, clock, rules=Rules(expired_code=code)))
    for _ in range(3):
        clock.advance(dt.timedelta(minutes=9))
        hand.call("Navigation", {"onglet": 7, "ongletPrec": 7}, tab=7)
    clock.advance(dt.timedelta(minutes=10, seconds=1))
    with refused(code, rf"La page a expiré ! \({reason}\)"):
        hand.user()


def test_the_time_can_be_set(college: SandboxCollege, clock: HandClock) -> None:
    """To less."""
    hand = signed_in(made(college, clock, rules=Rules(idle=dt.timedelta(seconds=30))))
    clock.advance(31)
    with refused(10):
        hand.user()


@pytest.mark.parametrize(("code", "title"), [(3, "Accès refusé"), (8, "La page a expiré")])
def test_who_has_not_signed_in_is_refused(
    college: SandboxCollege, clock: HandClock, code: Any, title: str
) -> None:
    """Whatever they call, even to secure an account."""
    hand = Hand(made(college, clock, rules=Rules(stranger_code=code)))
    hand.enter()
    for function in ("ParametresUtilisateur", "PageMenus", "SecurisationCompteDoubleAuth"):
        with refused(code, title):
            hand.call(function, {"action": 0}, tab=10)


def test_a_load_balancer_wants_its_cookie(college: SandboxCollege, clock: HandClock) -> None:
    """Without it, nobody knows the session."""
    hand = signed_in(made(college, clock, rules=Rules(wants_cookie=True)))
    kept, hand.cookie = hand.cookie, ""
    with refused(10):
        hand.user()
    hand.cookie, hand.order = kept, hand.order - 2
    assert hand.user()["ressource"]["G"] == 4


# -- names and packing -----------------------------------------------------------------


@pytest.mark.parametrize("label", [one.label for one in GENERATIONS])
def test_the_names_of_another_generation_are_refused(
    college: SandboxCollege, clock: HandClock, label: str
) -> None:
    """Outside and inside, unless both stand there as a client does that does not know the version."""
    server = made(college, clock, label)
    hand = signed_in(server)
    other = "2026.2.5.6" if not hand.generation.has_new_names else "2024.3.9"
    request = hand.request("ParametresUtilisateur")
    stranger = attrs.evolve(hand, server=made(college, clock, other))
    with refused(11, r"La page a expiré ! \(4\)"):
        hand.send(attrs.evolve(request, body=stranger.request("ParametresUtilisateur").body))
    hand.order -= 2
    inner = hand.generation.has_new_content
    wrong, signature = ("donnees", "_Signature_") if inner else ("data", "Signature")
    for name in (wrong, signature):
        with refused(11):
            hand.send(hand.request("ParametresUtilisateur", {name: {"onglet": 7}}))
    both = hand.request("ParametresUtilisateur", {hand.names["data"]: {}, wrong: {"x": 1}})
    assert hand.opened(hand.send(both)[hand.names["secured"]])[hand.names["data"]]["ressource"]["G"] == 4


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", b"null", b"\xff", b"[" * 100_000, b'{"session":1,"no":2,"id":3,"dataSec":{}}'],
)
def test_what_is_no_call_is_refused(server: PronoteServer, body: bytes) -> None:
    """And uses no order number up."""
    hand = signed_in(server)
    request = hand.request("ParametresUtilisateur")
    with refused(11):
        hand.send(attrs.evolve(request, body=body))
    hand.order -= 2
    assert hand.user()["ressource"]["G"] == 4


@pytest.mark.parametrize(("encrypts", "compresses"), SWITCHES)
@pytest.mark.parametrize("secured", ["", "zz", "00" * 16, ["x"], None, 7])
def test_damaged_packing_is_refused(
    college: SandboxCollege, clock: HandClock, encrypts: bool, compresses: bool, secured: Any
) -> None:
    """In every packing, and a plain part where a packed one is wanted."""
    hand = signed_in(made(college, clock, encrypts=encrypts, compresses=compresses))
    with refused(11):
        hand.send(hand.request("ParametresUtilisateur", **{hand.names["secured"]: secured}))
    if encrypts or compresses:
        with refused(11):
            hand.send(hand.request("ParametresUtilisateur", dataSec={"data": {}}))


def test_the_session_inside_must_be_the_one_outside(server: PronoteServer) -> None:
    """Another number is nobody's."""
    hand = signed_in(server)
    with refused(10):
        hand.send(hand.request("ParametresUtilisateur", session=1))


# -- functions -----------------------------------------------------------------------------


@pytest.mark.parametrize("label", OLD_AND_NEW)
@pytest.mark.parametrize("function", ["", "PageDeNulle", "pagemenus", "FUNCTIONS"])
def test_an_unknown_function(college: SandboxCollege, clock: HandClock, label: str, function: str) -> None:
    """Is a page that does not exist."""
    hand = signed_in(made(college, clock, label))
    with refused(5, "La page demandée n'existe pas"):
        hand.call(function, {}, tab=16)


@pytest.mark.parametrize("talk", GENERATIONS, ids=lambda one: one.label)
def test_signs_of_life(college: SandboxCollege, clock: HandClock, talk: Generation) -> None:
    """`Navigation` everywhere; `Presence` only where it was not abolished."""
    hand = signed_in(PronoteServer(college, clock=clock, generation=talk))
    assert hand.call("Navigation", {"onglet": 7, "ongletPrec": 7}, tab=7) == {}
    if talk.version < (2024, 3, 9):
        assert hand.call("Presence") == {}
    else:
        with refused(3):
            hand.call("Presence")


def _repeating(is_repeated: bool) -> dict[str, Any]:
    """The word for asking again, or nothing."""
    return {"SignatureAttente": {}} if is_repeated else {}


def test_a_long_treatment_is_asked_for_again(server: PronoteServer) -> None:
    """With the word for it, as often as it takes; without, one waits in vain."""
    hand = signed_in(server)
    server.keep_waiting("ParametresUtilisateur", times=2, seconds=0.25)
    for more in (False, True, False):
        said = hand.raw("ParametresUtilisateur", **_repeating(more))
        assert said["SignatureAttente"]["ParametresAtt"]["delai"] == 0.25
        assert "data" not in said
    assert hand.raw("ParametresUtilisateur", SignatureAttente={})["data"]["ressource"]["G"] == 4
    assert hand.user()["ressource"]["G"] == 4


def test_a_server_that_is_looked_after_saves_nothing(college: SandboxCollege, clock: HandClock) -> None:
    """The report says so, and reading works."""
    hand = signed_in(made(college, clock, rules=Rules(is_read_only=True)))
    before = college.homeworks("e1")
    said = hand.raw("SaisieTAFFaitEleve", {"listeTAF": []}, tab=88)
    assert said["RapportSaisie"]["_erreurSaisie_"] is True
    assert said["RapportSaisie"]["_messagesErreur_"]
    assert said["Signature"]["ModeExclusif"] is True
    assert college.homeworks("e1") == before
    assert hand.user()["ressource"]["G"] == 4


def test_a_function_may_complain_in_its_signature(
    server: PronoteServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then there is no content."""

    def complain(_: object) -> dict[str, Any]:
        raise Complaint("Vos droits sont insuffisants")

    monkeypatch.setitem(
        cast("dict[str, Function]", FUNCTIONS),
        "PageEquipePedagogique",
        Function(complain, frozenset({37})),
    )
    said = signed_in(server).raw("PageEquipePedagogique", tab=37)
    assert said["data"] == {}
    assert said["Signature"]["MessageErreur"] == "Vos droits sont insuffisants"
    assert said["Signature"]["Erreur"]
