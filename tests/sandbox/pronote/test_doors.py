"""Signing in: proofs of every generation, refusals, and what happens to those who guess."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable

import attrs
import pytest

from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.pronote import GENERATIONS, Generation, PronoteServer, Rules, generation
from tests.sandbox.pronote.hand import DOMINIQUE, LOUISON, Hand, Refused, encrypt, md5, signed_in

Made = Callable[..., PronoteServer]


@pytest.fixture
def made(college: SandboxCollege, clock: HandClock) -> Made:
    """Makes servers of any generation."""

    def make(label: str = "2026.2.5.6", **more: object) -> PronoteServer:
        return PronoteServer(college, clock=clock, generation=generation(label), **more)  # type: ignore[arg-type]

    return make


LABELS = [one.label for one in GENERATIONS]


@pytest.mark.parametrize("talk", GENERATIONS, ids=lambda one: one.label)
def test_the_challenge_of_each_generation(made: Made, talk: Generation) -> None:
    """Five blocks that hide 32 characters, with something added to the password; at last 32 plain digits."""
    hand = Hand(made(talk.label))
    hand.enter()
    asked = hand.identify("louison.example")
    if talk.version >= (2026, 2, 5, 6):
        assert (len(asked["challenge"]), "alea" in asked) == (32, False)
        assert set(asked["challenge"]) <= set("0123456789abcdef")
    else:
        assert (len(asked["challenge"]), len(asked["alea"])) == (160, 16)


@pytest.mark.parametrize("label", LABELS)
def test_a_wrong_password(made: Made, label: str) -> None:
    """Is told in the content, without a key."""
    said = Hand(made(label)).sign_in(LOUISON[0], "faux")
    assert said == {"Acces": 1}


@pytest.mark.parametrize("label", LABELS)
def test_somebody_unknown(made: Made, label: str) -> None:
    """Is challenged like anybody, and refused like anybody."""
    known, unknown = Hand(made(label)), Hand(made(label))
    known.enter()
    unknown.enter()
    shapes = [sorted(hand.identify(name)) for hand, name in ((known, LOUISON[0]), (unknown, "nobody"))]
    assert shapes[0] == shapes[1]
    assert Hand(made(label)).sign_in("nobody", LOUISON[1]) == {"Acces": 1}


def test_each_page_has_its_own_people(made: Made) -> None:
    """A parent is nobody on the pupils' page, and the other way round."""
    server = made()
    assert Hand(server).sign_in(*DOMINIQUE) == {"Acces": 1}
    assert Hand(server, "parent.html").sign_in(*LOUISON) == {"Acces": 1}
    assert "cle" in Hand(server, "mobile.parent.html").sign_in(*DOMINIQUE)


@pytest.mark.parametrize(("label", "is_taken"), [("2024.3.9", False), ("2025.1.3", True), ("2026.2.4", True)])
def test_the_challenge_may_be_sent_back_since_2025(made: Made, label: str, is_taken: bool) -> None:
    """Encrypted as it is, as a client does that knows only the newest servers."""
    hand = Hand(made(label))
    hand.enter()
    asked = hand.identify(LOUISON[0])
    hashed = hashlib.sha256((asked["alea"] + LOUISON[1]).encode()).hexdigest().upper()
    key = md5((LOUISON[0] + hashed).encode())
    said = hand.prove(encrypt(asked["challenge"].encode(), key, hand.iv), key)
    assert ("cle" in said) is is_taken


@pytest.mark.parametrize(
    ("login", "password", "modes"),
    [
        ("MAE.Factice", "Girafe BLEUE", (1, 1)),
        ("Mae.factice", "girafe bleue", (1, 1)),
        ("louison.example", "Sésame-42", (0, 0)),
    ],
)
def test_some_accounts_ignore_case(made: Made, login: str, password: str, modes: tuple[int, int]) -> None:
    """And say so, because the key depends on it."""
    hand = Hand(made())
    hand.enter()
    asked = hand.identify(login)
    assert (asked["modeCompLog"], asked["modeCompMdp"]) == modes
    assert "cle" in Hand(made()).sign_in(login, password)


def test_others_do_not(made: Made) -> None:
    """Not the login, not the password."""
    assert Hand(made()).sign_in("LOUISON.example", LOUISON[1]) == {"Acces": 1}
    assert Hand(made()).sign_in(LOUISON[0], "sésame-42") == {"Acces": 1}
    assert Hand(made(), "parent.html").sign_in("ROBIN.example", "S3cret&+") == {"Acces": 1}


@pytest.mark.parametrize(
    ("page", "login", "password", "code"),
    [
        ("eleve.html", "ferme.example", "porte close", 10),
        ("eleve.html", "bloque.example", "mur gris", 6),
        ("eleve.html", "ailleurs.example", "autre rive", 2),
        ("eleve.html", "dehors.example", "dehors il pleut", 5),
        ("parent.html", "vide.example", "nid vide", 4),
    ],
)
def test_accounts_that_are_refused(made: Made, page: str, login: str, password: str, code: int) -> None:
    """Each for its reason, which only the right password brings to light."""
    assert Hand(made(), page).sign_in(login, password) == {"Acces": code}
    assert Hand(made(), page).sign_in(login, "faux") == {"Acces": 1}


def test_the_school_may_have_something_to_say(made: Made) -> None:
    """In place of letting somebody in."""
    said = Hand(made(), "parent.html").sign_in("mot.example", "billet doux")
    assert said["Acces"] == 9
    assert said["AccesMessage"].keys() == {"titre", "message"}


def test_the_last_visit_is_told(made: Made, clock: HandClock) -> None:
    """From the second one on, in the school's time."""
    server = made()
    assert "derniereConnexion" not in Hand(server).sign_in()
    clock.advance(dt.timedelta(hours=2))
    assert Hand(server).sign_in()["derniereConnexion"] == {"_T": 7, "V": "09/03/2026 08:00:00"}


def test_a_challenge_is_good_once(made: Made) -> None:
    """The same proof a second time proves nothing, nor does one without a challenge."""
    hand = Hand(made())
    hand.enter()
    assert hand.prove("00" * 48, md5(b"")) == {"Acces": 1}
    hashed = hashlib.sha256(LOUISON[1].encode()).hexdigest().upper()
    key = md5((LOUISON[0] + hashed).encode())
    proof = encrypt(hand.identify(LOUISON[0])["challenge"].encode(), key, hand.iv)
    assert "cle" in hand.prove(proof, key)
    assert hand.prove(proof, key) == {"Acces": 1}


def test_the_key_is_made_of_what_is_compared(made: Made, college: SandboxCollege) -> None:
    """In small letters where case is ignored, however the school wrote it."""
    mae = attrs.evolve(college.account_numbered("e2"), login="Mae.Factice", password="Girafe BLEUE")
    college.replace_account(mae)
    assert "cle" in Hand(made()).sign_in("mae.FACTICE", "girafe bleue")
    louison = attrs.evolve(college.account_numbered("e1"), login="Louison.Example")
    college.replace_account(louison)
    assert "cle" in Hand(made()).sign_in("Louison.Example", LOUISON[1])


@pytest.mark.parametrize("proof", [None, "", "zz", 7, "00" * 47])
def test_a_proof_that_is_none(made: Made, proof: object) -> None:
    """Is a wrong one."""
    hand = Hand(made())
    hand.enter()
    hand.identify(LOUISON[0])
    assert hand.prove(proof, md5(b"")) == {"Acces": 1}  # type: ignore[arg-type]


def test_guessing_is_stopped(made: Made, clock: HandClock) -> None:
    """After some wrong passwords nobody may sign in, pages say so, and time heals it."""
    server = made(rules=Rules(tries=2, suspension=dt.timedelta(minutes=20)))
    inside = signed_in(server)
    for _ in range(2):
        assert Hand(server).sign_in(LOUISON[0], "faux") == {"Acces": 1}
    waiting = Hand(server)
    waiting.open()
    with pytest.raises(Refused, match="25") as refusal:
        Hand(server).sign_in("nobody", "faux")
    assert refusal.value.message.startswith("Vous avez dépassé le nombre")
    said = inside.get("eleve.html").body.decode()
    assert "Votre adresse IP est provisoirement suspendue" in said
    assert "Le site n'est pas disponible" in said
    waiting.enter()
    with pytest.raises(Refused, match="25"):
        waiting.identify(LOUISON[0])
    with pytest.raises(Refused, match="25"):
        waiting.prove("00" * 48, md5(b""))
    assert inside.user()["ressource"]["G"] == 4
    clock.advance(dt.timedelta(minutes=20))
    assert "cle" in Hand(server).sign_in()


def test_the_right_password_forgives(made: Made) -> None:
    """Wrong ones before it are not counted any more."""
    server = made(rules=Rules(tries=2))
    for _ in range(3):
        for _ in range(2):
            assert Hand(server).sign_in(LOUISON[0], "faux") == {"Acces": 1}
        assert "cle" in Hand(server).sign_in()


def test_the_same_seed_asks_the_same(college: SandboxCollege, clock: HandClock) -> None:
    """Session numbers, challenges and keys are drawn from it, so that a recording can be made again."""

    def drawn(seed: int) -> tuple[object, ...]:
        hand = Hand(PronoteServer(college, clock=clock, seed=seed))
        said = hand.sign_in()
        return hand.start["h"], said["cle"], hand.user()["ressource"]["N"], hand.cookie

    assert drawn(1) == drawn(1)
    assert not set(drawn(1)) & set(drawn(2))
