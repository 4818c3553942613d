"""What telephones sign in with: QR codes that are good once, tokens that change every time."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from functools import partial
from typing import Any

import attrs
import pytest

from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.faults import LoseAnswer
from schoolsync.sandbox.pronote import GENERATIONS, PronoteServer, Rules, generation
from tests.sandbox.pronote.hand import DOMINIQUE, LOUISON, Hand, Refused, decrypt, md5, refused, signed_in
from tests.sandbox.pronote.test_securing import NEW, secure

Made = Callable[..., PronoteServer]
LABELS = [one.label for one in GENERATIONS]
PHONE, OTHER_PHONE = "6f1c0000-0000-4000-8000-000000000001", "6f1c0000-0000-4000-8000-000000000002"
ASKS: dict[str, Any] = {"demandeConnexionAppliMobile": True, "uuidAppliMobile": PHONE}
SCANS: dict[str, Any] = {**ASKS, "demandeConnexionAppliMobileJeton": True}
HAS_TOKEN: dict[str, Any] = {"enConnexionAppliMobile": True, "uuidAppliMobile": PHONE}
TOKEN = "jetonConnexionAppliMobile"
IN_TEN_MINUTES = dt.timedelta(minutes=10)


@pytest.fixture
def made(college: SandboxCollege, clock: HandClock) -> Made:
    """Makes servers of any generation."""

    def make(label: str = "2026.2.5.6", **more: Any) -> PronoteServer:
        return PronoteServer(college, clock=clock, generation=generation(label), **more)

    return make


@pytest.fixture
def server(made: Made) -> PronoteServer:
    """The newest."""
    return made()


def drawn(hand: Hand, pin: str = "1234") -> tuple[str, str]:
    """Login and token of a new QR code, read with its PIN."""
    said = hand.call("JetonAppliMobile", {"code": pin}, tab=7)
    assert said.keys() == {"login", "jeton"}
    login, token = (decrypt(said[name], md5(pin.encode()), bytes(16)).decode() for name in ("login", "jeton"))
    return login, token


def told(
    server: PronoteServer, login: str, secret: str, page: str = "mobile.eleve.html", **flags: Any
) -> dict[str, Any]:
    """What the proof of a telephone is answered."""
    hand = Hand(server, page)
    hand.open("?fd=1&login=true")
    hand.enter()
    return hand.claim(login, secret, **flags)


def given(server: PronoteServer, **flags: Any) -> str:
    """The token of a telephone whose owner knew the password."""
    return str(told(server, *LOUISON, **{**ASKS, **flags})[TOKEN])


# -- QR codes ---------------------------------------------------------------------------


@pytest.mark.parametrize("label", LABELS)
def test_a_code_lets_a_telephone_in(made: Made, label: str) -> None:
    """Once, in every generation; the telephone learns the account's login and gets a token."""
    server = made(label)
    login, token = drawn(signed_in(server))
    assert login == LOUISON[0]
    hand = Hand(server, "mobile.eleve.html")
    hand.enter()
    said = hand.claim(login, token, **SCANS)
    assert (hand.asked["login"], "alea" in hand.asked) == (LOUISON[0], label != LABELS[-1])
    assert {"cle", TOKEN} <= said.keys()
    assert hand.user()["ressource"]["L"] == "EXAMPLE Louison"
    assert told(server, login, token, **SCANS) == {"Acces": 1}
    assert "cle" in told(server, login, said[TOKEN], **HAS_TOKEN)


def test_a_parents_code(server: PronoteServer) -> None:
    """Is good on the parents' mobile page alone."""
    login, token = drawn(signed_in(server, *DOMINIQUE, page="parent.html"))
    assert told(server, login, token, **SCANS) == {"Acces": 1}
    assert "cle" in told(server, login, token, page="mobile.parent.html", **SCANS)


def test_a_code_is_good_for_ten_minutes(server: PronoteServer, clock: HandClock) -> None:
    """By the school's clock."""
    login, token = drawn(signed_in(server))
    clock.advance(IN_TEN_MINUTES)
    clock.advance(1)
    assert told(server, login, token, **SCANS) == {"Acces": 1}
    login, token = drawn(signed_in(server))
    clock.advance(IN_TEN_MINUTES)
    assert "cle" in told(server, login, token, **SCANS)


def test_the_newest_code_is_the_one(server: PronoteServer) -> None:
    """A token that only looks like it, or is the password, lets nobody in."""
    hand = signed_in(server)
    first, second = drawn(hand), drawn(hand)
    assert first != second
    for login, token in (first, LOUISON, (LOUISON[0], second[1].lower())):
        assert told(server, login, token, **SCANS) == {"Acces": 1}
    assert told(server, *second, page="eleve.html", **SCANS) == {"Acces": 1}
    assert "cle" in told(server, *second, **SCANS)


@pytest.mark.parametrize("pin", ["123", "12345", "12a4", "١٢٣٤", "", None, 1234])
def test_a_pin_that_is_none(server: PronoteServer, pin: object) -> None:
    """Four digits, as a text."""
    with refused(11):
        signed_in(server).call("JetonAppliMobile", {"code": pin}, tab=7)


def test_a_code_is_drawn_on_the_first_screen(made: Made) -> None:
    """Nowhere else; and not where the mobile app is forbidden."""
    with refused(3):
        signed_in(made()).call("JetonAppliMobile", {"code": "1234"}, tab=16)
    with refused(3):
        signed_in(made(rules=Rules(has_app=False))).call("JetonAppliMobile", {"code": "1234"}, tab=7)


# -- tokens -----------------------------------------------------------------------------


@pytest.mark.parametrize("label", LABELS)
def test_a_token_changes_every_time(made: Made, label: str) -> None:
    """The one before is not good any more, in every generation."""
    server = made(label)
    seen = [given(server)]
    for _ in range(3):
        seen.append(told(server, LOUISON[0], seen[-1], **HAS_TOKEN)[TOKEN])
    assert len({*seen}) == 4
    assert told(server, LOUISON[0], seen[-2], **HAS_TOKEN) == {"Acces": 1}
    assert "cle" in told(server, LOUISON[0], seen[-1], **HAS_TOKEN)


def test_each_telephone_has_its_own(server: PronoteServer) -> None:
    """Another one cannot use it, and does not disturb it."""
    first, second = given(server), given(server, uuidAppliMobile=OTHER_PHONE)
    elsewhere: dict[str, Any] = {**HAS_TOKEN, "uuidAppliMobile": OTHER_PHONE}
    assert told(server, LOUISON[0], first, **elsewhere) == {"Acces": 1}
    assert "cle" in told(server, LOUISON[0], second, **elsewhere)
    assert "cle" in told(server, LOUISON[0], first, **HAS_TOKEN)
    assert told(server, "mae.factice", first, **HAS_TOKEN) == {"Acces": 1}


@pytest.mark.parametrize(
    ("page", "flags"),
    [
        ("mobile.eleve.html", {}),
        ("mobile.eleve.html", {**ASKS, "uuidAppliMobile": ""}),
        ("mobile.eleve.html", {"uuidAppliMobile": PHONE}),
        ("eleve.html", ASKS),
    ],
)
def test_who_gets_no_token(server: PronoteServer, page: str, flags: dict[str, Any]) -> None:
    """Who does not ask, does not say which telephone, or comes through no mobile page."""
    said = told(server, *LOUISON, page=page, **flags)
    assert "cle" in said
    assert TOKEN not in said


def test_a_wrong_password_gets_no_token(server: PronoteServer) -> None:
    """Nor does a closed account."""
    assert told(server, LOUISON[0], "faux", **ASKS) == {"Acces": 1}
    assert told(server, "ferme.example", "porte close", **ASKS) == {"Acces": 10}


def test_who_is_unknown_is_challenged_like_anybody(server: PronoteServer) -> None:
    """With the login that they gave."""
    for flags in (ASKS, SCANS, HAS_TOKEN):
        known, unknown = Hand(server, "mobile.eleve.html"), Hand(server, "mobile.eleve.html")
        shapes = []
        for hand, login in ((known, LOUISON[0]), (unknown, "personne.example")):
            hand.enter()
            asked = hand.identify(login, **flags)
            assert asked["login"] == login
            shapes.append([*asked])
        assert shapes[0] == shapes[1]


def test_case_is_ignored_as_the_account_says(server: PronoteServer) -> None:
    """Of tokens as of passwords; the telephone is told the login as the school writes it."""
    said = told(server, "MAE.Factice", "girafe BLEUE", **ASKS)
    hand = Hand(server, "mobile.eleve.html")
    hand.enter()
    assert "cle" in hand.claim("Mae.FACTICE", said[TOKEN].lower(), **HAS_TOKEN)
    assert hand.asked["login"] == "mae.factice"


def test_a_school_for_demonstration_keeps_none(made: Made) -> None:
    """It gives one all the same, and codes are good there."""
    server = made(rules=Rules(is_demo=True))
    assert told(server, LOUISON[0], given(server), **HAS_TOKEN) == {"Acces": 1}
    assert "cle" in told(server, *drawn(signed_in(server)), **SCANS)


def test_a_school_without_the_app_gives_none(made: Made) -> None:
    """However one comes in."""
    said = told(made(rules=Rules(has_app=False)), *LOUISON, **ASKS)
    assert "cle" in said
    assert TOKEN not in said


def test_all_of_them_may_be_revoked(server: PronoteServer) -> None:
    """Then only the password is left."""
    tokens = [given(server), given(server, uuidAppliMobile=OTHER_PHONE)]
    server.tokens.revoke_all()
    for token, device in zip(tokens, (PHONE, OTHER_PHONE), strict=True):
        claim = partial(told, server, LOUISON[0], token)
        assert claim(**{**HAS_TOKEN, "uuidAppliMobile": device}) == {"Acces": 1}
    assert given(server)


def test_a_new_password_ends_them(server: PronoteServer, college: SandboxCollege) -> None:
    """And the old one again revives none that was given with another."""
    token = given(server)
    louison = college.account_numbered("e1")
    college.replace_account(attrs.evolve(louison, password="Nouveau-43"))
    assert told(server, LOUISON[0], token, **HAS_TOKEN) == {"Acces": 1}
    renewed = told(server, LOUISON[0], "Nouveau-43", **ASKS)[TOKEN]
    college.replace_account(louison)
    assert told(server, LOUISON[0], renewed, **HAS_TOKEN) == {"Acces": 1}


def test_a_telephone_that_must_choose_a_password_gets_another_token(server: PronoteServer) -> None:
    """Because the one that it had ends with the old password."""
    hand = Hand(server, "mobile.eleve.html")
    hand.enter()
    first = hand.claim(*NEW, **ASKS)[TOKEN]
    second = secure(hand, 3, nouveauMDP="MotNouveau7")[TOKEN]
    assert told(server, NEW[0], first, **HAS_TOKEN) == {"Acces": 1}
    assert "cle" in told(server, NEW[0], second, **HAS_TOKEN)


def test_a_telephone_that_named_itself_needs_no_pin(server: PronoteServer) -> None:
    """It is known by its own number, whatever browser it says it is."""
    hand = Hand(server, "mobile.eleve.html")
    hand.enter()
    said = hand.claim("code.example", "coffre-fort", **ASKS)
    assert "actionsDoubleAuth" in said
    assert secure(hand, 0, codePin="1234") == {"result": True}
    assert secure(hand, 3, codePin="1234", avecIdentification=True, strIdentification="tel") == {}
    again = told(server, "code.example", said[TOKEN], **HAS_TOKEN)
    assert "actionsDoubleAuth" not in again
    elsewhere: dict[str, Any] = {**ASKS, "uuidAppliMobile": OTHER_PHONE}
    assert "actionsDoubleAuth" in told(server, "code.example", "coffre-fort", **elsewhere)


def test_old_tokens_are_wrong_passwords(made: Made) -> None:
    """Too many of them, and nobody may sign in."""
    server = made(rules=Rules(tries=2))
    for _ in range(2):
        assert told(server, LOUISON[0], "00" * 16, **HAS_TOKEN) == {"Acces": 1}
    with pytest.raises(Refused, match="25"):
        told(server, LOUISON[0], "00" * 16, **HAS_TOKEN)


def test_a_lost_answer_loses_the_token_unless_it_is_asked_for_again(server: PronoteServer) -> None:
    """The very same bytes bring the very same token; the old one is gone either way."""
    old = given(server)
    hand = Hand(server, "mobile.eleve.html")
    hand.enter()
    asked = hand.identify(LOUISON[0], **HAS_TOKEN)
    server.faults.add(LoseAnswer(), "*/Authentification")
    hashed = md5((LOUISON[0] + hashlib.sha256(old.encode()).hexdigest().upper()).encode())
    content = {"connexion": 0, "challenge": hand.solved(asked["challenge"], hashed), "espace": 6}
    request = hand.request("Authentification", {"data": content})
    assert server.handle(request).response is None
    answer = server.answer(request).json()
    assert isinstance(answer, dict)
    assert told(server, LOUISON[0], old, **HAS_TOKEN) == {"Acces": 1}
    assert "cle" in told(server, LOUISON[0], answer["dataSec"]["data"][TOKEN], **HAS_TOKEN)


def test_no_token_is_shown(server: PronoteServer) -> None:
    """Nor a code, in what a server or its tokens print."""
    _, code = drawn(signed_in(server))
    token = given(server)
    shown = f"{server!r} {server.tokens!r} {server.calling!r} {server.log!r}"
    for secret in (code, token, PHONE, LOUISON[1]):
        assert secret not in shown
