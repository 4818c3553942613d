"""Accounts that must do something first: a PIN, a new password, a name for the device."""

from __future__ import annotations

from typing import Any

import pytest

from schoolsync.sandbox.pronote import PronoteServer
from tests.sandbox.pronote.hand import Hand, Refused, encrypt

CODE = ("code.example", "coffre-fort")
NEW = ("neuf.example", "provisoire-1")


def secure(hand: Hand, action: int, **content: Any) -> dict[str, Any]:
    """What a step is answered; secrets are encrypted on the way."""
    for name in ("codePin", "nouveauMDP"):
        if name in content:
            content[name] = encrypt(content[name].encode(), hand.key, hand.iv)
    return hand.call("SecurisationCompteDoubleAuth", {"action": action, **content})


def entered(server: PronoteServer, login: str, password: str) -> tuple[Hand, dict[str, Any]]:
    """Somebody who knows the password, and what the server wants of them."""
    hand = Hand(server)
    said = hand.sign_in(login, password)
    assert "cle" in said
    return hand, said


def test_what_must_be_done_is_told(server: PronoteServer) -> None:
    """As a list without ranges, with what is possible beside it."""
    _, said = entered(server, *CODE)
    assert said["actionsDoubleAuth"] == {"_T": 26, "V": "[3]"}
    assert said["modeSecurisationParDefaut"] == 3
    _, said = entered(server, *NEW)
    assert said["actionsDoubleAuth"] == {"_T": 26, "V": "[0]"}
    assert said["reglesSaisieMDP"] == {"min": 8, "max": 32, "regles": {"_T": 26, "V": "[0,1]"}}


def test_until_then_nothing_is_open(server: PronoteServer) -> None:
    """The user is not told; the rest is refused."""
    hand, _ = entered(server, *CODE)
    said = hand.raw("ParametresUtilisateur")
    assert said["data"] == {}
    assert said["Signature"]["MessageErreur"] == "Vos droits sont insuffisants pour effectuer cette opération"
    with pytest.raises(Refused, match="3"):
        hand.call("PageMenus", {}, tab=10)


def test_a_pin_opens_the_account(server: PronoteServer) -> None:
    """Checked first, then saved with a name for the device."""
    hand, _ = entered(server, *CODE)
    with pytest.raises(Refused, match="3"):
        secure(hand, 3, codePin="1234", avecIdentification=True, strIdentification="mon appareil")
    assert secure(hand, 2, libelle="mon appareil") == {"dejaConnu": False}
    assert secure(hand, 0, codePin="1234") == {"result": True}
    secure(hand, 3, mode=3, codePin="1234", avecIdentification=True, strIdentification="mon appareil")
    assert hand.user()["ressource"]["L"] == "EXAMPLE Louison"
    assert secure(hand, 2, libelle="mon appareil") == {"dejaConnu": True}


@pytest.mark.parametrize("is_named", [True, False])
def test_a_named_device_needs_no_pin_again(server: PronoteServer, is_named: bool) -> None:
    """One that was not named does, and so does another one."""
    device = Hand(server).enter()["identifiantNav"]
    hand = Hand(server)
    assert "actionsDoubleAuth" in hand.sign_in(*CODE, identifiantNav=device)
    secure(hand, 0, codePin="1234")
    secure(hand, 3, codePin="1234", avecIdentification=is_named, strIdentification="ici")
    again = Hand(server).sign_in(*CODE, identifiantNav=device)
    assert ("actionsDoubleAuth" in again) is not is_named
    assert "actionsDoubleAuth" in entered(server, *CODE)[1]


def test_three_wrong_pins_are_all(server: PronoteServer) -> None:
    """Then the right one is wrong, too; nonsense counts."""
    hand, _ = entered(server, *CODE)
    assert secure(hand, 0, codePin="0000") == {"result": False}
    assert hand.call("SecurisationCompteDoubleAuth", {"action": 0, "codePin": "zz"}) == {"result": False}
    assert secure(hand, 0, codePin="1234") == {"result": True}
    assert secure(hand, 0, codePin="12345") == {"result": False}
    assert secure(hand, 0, codePin="1234") == {"result": False}
    with pytest.raises(Refused, match="3"):
        secure(hand, 3, codePin="1234", avecIdentification=True, strIdentification="x")


def test_a_new_password_is_kept(server: PronoteServer) -> None:
    """If it is good enough; the old one is gone."""
    hand, _ = entered(server, *NEW)
    for poor in ("court1", "sanschiffres", "123456789", "x1" * 17, ""):
        assert secure(hand, 1, nouveauMDP=poor) == {"result": False}
        with pytest.raises(Refused, match="3"):
            secure(hand, 3, nouveauMDP=poor)
    assert secure(hand, 1, nouveauMDP="tout neuf été 2") == {"result": True}
    secure(hand, 3, nouveauMDP="tout neuf été 2")
    assert hand.user()["ressource"]["G"] == 4
    again = Hand(server).sign_in(NEW[0], "tout neuf été 2")
    assert "cle" in again
    assert "actionsDoubleAuth" not in again
    assert Hand(server).sign_in(*NEW) == {"Acces": 1}


def test_other_steps_are_refused(server: PronoteServer) -> None:
    """There are four."""
    hand, _ = entered(server, *CODE)
    for action in (4, 10, None, "0"):
        with pytest.raises(Refused, match="3"):
            hand.call("SecurisationCompteDoubleAuth", {"action": action})
