"""The user, signs of life, and a code for their telephone."""

from __future__ import annotations

import pytest

from schoolsync.sandbox.pronote import PronoteServer
from schoolsync.sandbox.pronote.call import Trouble
from tests.sandbox.college.fresh import fresh_college
from tests.sandbox.pronote.asking import Asker
from tests.sandbox.pronote.hand import DOMINIQUE, Refused, signed_in


def test_the_user_is_asked_for_without_a_screen(server: PronoteServer) -> None:
    """One is no harm."""
    hand = signed_in(server)
    assert hand.call("ParametresUtilisateur") == hand.call("ParametresUtilisateur", {}, tab=7)


def test_going_to_a_screen(server: PronoteServer) -> None:
    """Any that is open; for a parent, open for any child."""
    hand = signed_in(server, *DOMINIQUE, page="parent.html")
    for tab in (7, 10, 131, 16):
        assert hand.call("Navigation", {"onglet": tab, "ongletPrec": 7}, tab=tab) == {}
    assert hand.call("Navigation", tab=7) == {}


@pytest.mark.parametrize("tab", [10, 105, 0, "7", None])
def test_a_closed_screen_is_not_gone_to(server: PronoteServer, tab: object) -> None:
    """Nor one that does not exist."""
    hand = signed_in(server, "noe.factice", "lune+2")
    with pytest.raises(Refused, match="3"):
        hand.call("Navigation", {"onglet": tab, "ongletPrec": 7}, tab=7)


def test_a_screen_must_be_named(server: PronoteServer) -> None:
    """In the signature."""
    with pytest.raises(Refused, match="3"):
        signed_in(server).call("Navigation", {"onglet": 7})


def test_a_code_where_no_telephone_can_sign_in() -> None:
    """There is none to be had."""
    with pytest.raises(Trouble) as caught:
        Asker(fresh_college()).ask("JetonAppliMobile", tab=7, code="1234")
    assert caught.value.number == 3
