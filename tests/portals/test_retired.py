"""Portals that are over: whoever names one is told what replaces it, and nothing is sent at all."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

import schoolsync
from schoolsync import pronote
from schoolsync.ent import directory
from schoolsync.ent.portal import Portal, State
from schoolsync.errors import Availability, Unavailable
from schoolsync.sandbox.mount import Mount
from tests.portals.streets import DEAD, called
from tests.portals.witness import Witness

URL = "https://0000001a.example.test/pronote/eleve.html"
WHO = ("l.example", "Portail & Louison 1")


def check(error: Unavailable, row: Portal, road: Witness) -> None:
    """It says what to use instead, and nobody was asked."""
    assert error.reason is Availability.NOT_IN_PROVIDER
    assert row.successor is not None
    assert repr(row.name) in str(error)
    assert repr(row.successor) in str(error)
    assert directory.find(row.successor).state is State.CURRENT
    assert road.seen == []


@pytest.mark.parametrize("row", DEAD, ids=called)
def test_a_portal_that_is_over_is_not_entered(row: Portal) -> None:
    """By its name, by its other names, as a row, for any account, blocking or awaited."""
    road = Witness(Mount({}))
    ways: list[Any] = [row, row.name, *row.aliases, row.name.upper().replace("-", "_")]
    for cas in ways:
        for account in ("student", "parent", "teacher"):
            with pytest.raises(Unavailable) as caught:
                pronote.login(URL, *WHO, cas=cas, account=account, http_client=road)
            check(caught.value, row, road)
        with pytest.raises(Unavailable) as caught:
            asyncio.run(pronote.login_async(URL, *WHO, cas=cas, http_client=road))
        check(caught.value, row, road)


@pytest.mark.parametrize("row", DEAD, ids=called)
def test_nor_is_it_looked_at(row: Portal) -> None:
    """Nor is a client made that would try it later."""
    road = Witness(Mount({}))
    with pytest.raises(Unavailable) as caught:
        pronote.look_at_portal(row.name, http_client=road)
    check(caught.value, row, road)
    with pytest.raises(Unavailable) as caught:
        pronote.AsyncClient(URL, *WHO, cas=row.name, http_client=road)
    check(caught.value, row, road)
    with pytest.raises(Unavailable) as caught:
        schoolsync.connect("pronote", url=URL, username=WHO[0], password=WHO[1], cas=row.name)
    check(caught.value, row, road)


def test_there_are_some() -> None:
    """Or nothing was tested here."""
    assert len(DEAD) > 20
