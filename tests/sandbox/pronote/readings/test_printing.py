"""Prints: an address for each."""

from __future__ import annotations

import pytest

from schoolsync.sandbox.pronote import PronoteServer
from tests.sandbox.pronote.hand import DOMINIQUE, Refused, signed_in


def test_every_print_has_an_address(server: PronoteServer) -> None:
    """Another one for another page, or another child; the same for the same."""
    hand = signed_in(server, *DOMINIQUE, page="parent.html")
    children = hand.user()["ressource"]["listeRessources"]
    found = {
        (tab, child["L"]): hand.call(
            "GenerationPDF", {"genreGenerationPDF": kind}, tab=tab, member=child["N"]
        )["url"]["V"]
        for child in children
        for tab, kind in ((16, 0), (13, 2))
    }
    assert len(set(found.values())) == len(found) == 4
    again = hand.call("GenerationPDF", {"genreGenerationPDF": 0}, tab=16)["url"]["V"]
    assert again == found[16, "FACTICE Maë"]
    assert all(address.endswith(f".pdf?Session={hand.start['h']}") for address in found.values())


def test_other_screens_print_nothing(server: PronoteServer) -> None:
    """There is nothing to print."""
    with pytest.raises(Refused, match="3"):
        signed_in(server).call("GenerationPDF", {"genreGenerationPDF": 0}, tab=10)
