"""Shared resources: what is asked."""

from __future__ import annotations

from schoolsync.providers.pronote.calls.resources import resources
from schoolsync.providers.pronote.session import Resource
from schoolsync.testing.play import play
from tests.providers.pronote.mapping.test_resources import SHEET
from tests.providers.pronote.wire import answered, called, signed_in

PUPIL = Resource("46#al1", "EXAMPLE Louison", 4)


def test_the_school_s_own_resources_are_asked_for() -> None:
    """Not those of publishers."""
    answer = answered("RessourcePedagogique", {"listeRessources": [SHEET]})
    page, (request,) = play(resources(signed_in(), PUPIL), [answer])
    assert (called(request).tab, called(request).data) == (
        99,
        {"avecRessourcesPronote": True, "avecRessourcesEditeur": False},
    )
    assert [row.kind for row in page.data.resources] == [0]
