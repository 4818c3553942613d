"""Who somebody says they are: what is read out of their words."""

from __future__ import annotations

from typing import Any

import pytest

from schoolsync.sandbox.pronote.claims import Claim, read_claim

LOGIN, DEVICE = "louison.example", "6f1c"
ASKS, JETON, HAS = (
    "demandeConnexionAppliMobile",
    "demandeConnexionAppliMobileJeton",
    "enConnexionAppliMobile",
)


@pytest.mark.parametrize(
    ("flags", "is_mobile", "claim"),
    [
        ([], False, Claim(login=LOGIN)),
        ([ASKS], True, Claim(login=LOGIN, device=DEVICE, is_app=True)),
        (["pourENT"], False, Claim(login=LOGIN, way="portal")),
        (["pourENT", ASKS], True, Claim(login=LOGIN, way="portal", device=DEVICE, is_app=True)),
        ([ASKS, JETON], True, Claim(login=LOGIN, way="code", device=DEVICE, is_app=True)),
        ([HAS], True, Claim(login=LOGIN, way="token", device=DEVICE, is_app=True)),
        ([ASKS], False, Claim(login=LOGIN)),
        ([ASKS, JETON], False, Claim(login=LOGIN, way="nothing")),
        ([HAS], False, Claim(login=LOGIN, way="nothing")),
    ],
)
def test_the_six_ways_to_sign_in(flags: list[str], is_mobile: bool, claim: Claim) -> None:
    """As their flags say; codes, tokens and telephones are known on mobile pages only."""
    said: dict[str, Any] = dict.fromkeys((ASKS, JETON, HAS, "pourENT"), False)
    said |= {"identifiant": LOGIN, "uuidAppliMobile": DEVICE} | dict.fromkeys(flags, True)
    assert read_claim(said, is_mobile=is_mobile) == claim


@pytest.mark.parametrize("said", [{}, {"identifiant": 7, "uuidAppliMobile": None, ASKS: True}])
def test_what_cannot_be_read_is_nobody(said: dict[str, Any]) -> None:
    """And no telephone."""
    found = read_claim(said, is_mobile=True)
    assert (found.login, found.device, found.way) == ("", "", "password")


def test_nobody_is_shown() -> None:
    """In what a claim prints."""
    assert LOGIN not in repr(Claim(login=LOGIN, device=DEVICE))
    assert DEVICE not in repr(Claim(login=LOGIN, device=DEVICE))
