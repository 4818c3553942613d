"""The flows around signing in: what each one says, and which of them may be said twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from schoolsync.errors import Interrupted, TimedOut, UnexpectedShape
from schoolsync.flow.effects import Flow
from schoolsync.providers.pronote.calls import entering
from schoolsync.providers.pronote.envelope import Answer
from schoolsync.providers.pronote.session import Session, Space
from schoolsync.testing.play import Script, play
from tests.providers.pronote.wire import answered, called, options, signed_in

Made = Callable[[Session], Flow[Any]]

COMMON = {
    "genreConnexion": 0,
    "genreEspace": 3,
    "identifiant": "eleve.demo",
    "pourENT": False,
    "enConnexionAuto": False,
    "demandeConnexionAuto": False,
    "demandeConnexionAppliMobile": False,
    "demandeConnexionAppliMobileJeton": False,
    "enConnexionAppliMobile": False,
    "uuidAppliMobile": "",
    "loginTokenSAV": "",
}
SPOKEN: list[tuple[str, Made, object, int | None, object]] = [
    (
        "FonctionParametres",
        entering.settings,
        {"Uuid": "AAECAwQFBgcICQoLDA0ODw==", "identifiantNav": None},
        None,
        {"General": {}},
    ),
    (
        "Identification",
        lambda session: entering.identify(session, "eleve.demo"),
        COMMON,
        None,
        {"challenge": "00"},
    ),
    (
        "Authentification",
        lambda session: entering.authenticate(session, "a0b1"),
        {"connexion": 0, "challenge": "a0b1", "espace": 3},
        None,
        {},
    ),
    (
        "Identification",
        lambda session: entering.identify(session, "eleve.demo", app=entering.App("6f1c")),
        COMMON | {"enConnexionAppliMobile": True, "uuidAppliMobile": "6f1c"},
        None,
        {"challenge": "00"},
    ),
    (
        "Identification",
        lambda session: entering.identify(session, "eleve.demo", app=entering.App("6f1c", is_new=True)),
        COMMON
        | {
            "demandeConnexionAppliMobile": True,
            "demandeConnexionAppliMobileJeton": True,
            "uuidAppliMobile": "6f1c",
        },
        None,
        {"challenge": "00"},
    ),
    (
        "JetonAppliMobile",
        lambda session: entering.code(session, "0042"),
        {"code": "0042"},
        7,
        {"login": "00", "jeton": "00"},
    ),
    ("ParametresUtilisateur", entering.user, None, None, {"ressource": {}}),
    ("Navigation", entering.navigate, {"onglet": 7, "ongletPrec": 7}, 7, {}),
    ("Presence", entering.presence, None, None, None),
    ("SaisieDeconnexion", entering.logout, None, None, None),
]


@pytest.mark.parametrize(("function", "make", "data", "tab", "answer"), SPOKEN)
def test_each_flow_says_what_the_server_expects(
    function: str, make: Made, data: object, tab: int | None, answer: object
) -> None:
    """Its name, its screen, its content, and nothing else."""
    _, sent = play(make(signed_in()), [answered(function, answer)])
    call = called(sent[0])
    assert (call.function, call.data, call.tab) == (function, data, tab)
    assert set(call.secured) <= {"data", "Signature"}
    assert set(call.signature) == ({"onglet"} if tab else set())


@pytest.mark.parametrize("space", Space)
def test_a_log_in_names_its_space(space: Space) -> None:
    """The number of the page that it was entered by."""
    _, sent = play(entering.identify(signed_in(space), "x"), [answered("Identification", {"challenge": ""})])
    assert called(sent[0]).data["genreEspace"] == space.number
    _, sent = play(entering.authenticate(signed_in(space), "x"), [answered("Authentification", {})])
    assert called(sent[0]).data["espace"] == space.number


def test_a_device_is_told_that_the_server_knows_already() -> None:
    """So that it asks for no second factor again."""
    session = signed_in()
    session.device = "NAV-INVENTED"
    _, sent = play(entering.settings(session), [answered("FonctionParametres", {"General": {}})])
    assert called(sent[0]).data["identifiantNav"] == "NAV-INVENTED"


READS = {"JetonAppliMobile", "ParametresUtilisateur", "Navigation", "Presence"}


@pytest.mark.parametrize(("function", "make", "data", "tab", "answer"), SPOKEN)
def test_only_what_does_nothing_is_sent_twice(
    function: str, make: Made, data: object, tab: int | None, answer: object
) -> None:
    """A lost answer of a log-in or a log-out is an outcome that nobody knows."""
    talk = Script([TimedOut(was_sent=True), answered(function, answer)])
    if function in READS:
        talk.run(make(signed_in()))
        assert talk.sent[0] == talk.sent[1]
        return
    with pytest.raises(Interrupted):
        talk.run(make(signed_in()))
    assert len(talk.sent) == 1


def test_a_screen_may_be_another_one() -> None:
    """Whoever looks at a screen says so."""
    _, sent = play(entering.navigate(signed_in(), 16), [answered("Navigation", {})])
    assert (called(sent[0]).tab, called(sent[0]).data) == (16, {"onglet": 16, "ongletPrec": 16})


def test_the_big_answers_come_as_they_were_sent() -> None:
    """Whoever keeps them folds them."""
    said = {"ressource": {"N": "46#a", "Etablissement": {"_T": 24, "V": {"L": "COLLEGE EXEMPLE"}}}}
    answer, _ = play(entering.user(signed_in()), [answered("ParametresUtilisateur", said)])
    assert isinstance(answer, Answer)
    assert answer.data["ressource"]["Etablissement"] == {"L": "COLLEGE EXEMPLE"}
    assert answer.as_sent() == said


def test_a_challenge_is_read() -> None:
    """With modes as numbers or text, and `alea` or none."""
    said = {"challenge": "ab", "alea": "0F", "modeCompLog": 1, "modeCompMdp": "0"}
    page, _ = play(entering.identify(signed_in(), "x"), [answered("Identification", said)])
    assert (page.data.challenge, page.data.alea) == ("ab", "0F")
    assert (page.data.login_mode, page.data.password_mode) == (1, 0)
    page, _ = play(entering.identify(signed_in(), "x"), [answered("Identification", {"challenge": "ab"})])
    assert (page.data.alea, page.data.login_mode, page.data.password_mode) == (None, None, None)
    assert page.data.login is None
    said = {"challenge": "ab", "login": "louison.example"}
    page, _ = play(entering.identify(signed_in(), "x"), [answered("Identification", said)])
    assert page.data.login == "louison.example"


def test_an_answer_without_a_challenge_is_of_another_shape() -> None:
    """Nothing could be answered to it."""
    with pytest.raises(UnexpectedShape) as caught:
        play(entering.identify(signed_in(), "x"), [answered("Identification", {"alea": "0F"})])
    assert caught.value.path == "Identification.challenge"


def test_an_entry_is_read() -> None:
    """Bare sets and wrapped ones, a message, and nothing at all."""
    said: dict[str, Any] = {
        "Acces": 9,
        "AccesMessage": {"titre": "Fermé", "message": "Revenez lundi"},
        "cle": "ab",
        "libelleUtil": "EXAMPLE Louison",
        "actionsDoubleAuth": {"_T": 26, "V": "[1..3]"},
    }
    page, _ = play(entering.authenticate(signed_in(), "x"), [answered("Authentification", said)])
    assert (page.data.access, page.data.key, page.data.label) == (9, "ab", "EXAMPLE Louison")
    assert page.data.steps == (1, 2, 3)
    assert page.data.message is not None
    assert (page.data.message.title, page.data.message.message) == ("Fermé", "Revenez lundi")
    page, _ = play(entering.authenticate(signed_in(), "x"), [answered("Authentification", {})])
    assert (page.data.access, page.data.key, page.data.steps) == (None, None, ())


def test_an_entry_is_read_whole_in_strict_mode_too() -> None:
    """A token stands beside what could not be read, and no other copy of it exists."""
    said = {"Acces": "no", "jetonConnexionAppliMobile": "5B4A"}
    strict = signed_in(given=options(strict=True))
    page, _ = play(entering.authenticate(strict, "x"), [answered("Authentification", said)])
    assert (page.data.token, [issue.path for issue in page.issues]) == ("5B4A", ["Authentification.Acces"])


@pytest.mark.parametrize("name", ["login", "jeton"])
def test_a_code_has_two_parts(name: str) -> None:
    """One alone opens nothing."""
    said = {"login": "00", "jeton": "00"}
    page, _ = play(entering.code(signed_in(), "0042"), [answered("JetonAppliMobile", said)])
    assert (page.data.login, page.data.token) == ("00", "00")
    said.pop(name)
    with pytest.raises(UnexpectedShape) as caught:
        play(entering.code(signed_in(), "0042"), [answered("JetonAppliMobile", said)])
    assert caught.value.path == f"JetonAppliMobile.{name}"


def test_an_entry_shows_nothing() -> None:
    """In `repr`: it holds a key and a name."""
    said = {"cle": "abcdef", "libelleUtil": "EXAMPLE Louison", "jetonConnexionAppliMobile": "5B4A"}
    page, _ = play(entering.authenticate(signed_in(), "x"), [answered("Authentification", said)])
    assert not [one for one in ("abcdef", "EXAMPLE", "5B4A") if one in repr(page) + repr(page.data)]
    assert page.data.token == "5B4A"
    assert json.loads(page.data.model_dump_json(by_alias=True))["jetonConnexionAppliMobile"] == "5B4A"
