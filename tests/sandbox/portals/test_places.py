"""The table of hosts: every one can be built, and what they say about each other holds."""

from __future__ import annotations

import re
from typing import Any

import pytest

from schoolsync.sandbox.portals.fake import Common, Fake
from schoolsync.sandbox.portals.kosmos import Kosmos
from schoolsync.sandbox.portals.openent import OpenEnt, OpenEntFront
from schoolsync.sandbox.portals.places import PLACES
from schoolsync.sandbox.portals.saml import EDUCONNECT
from schoolsync.sandbox.portals.town import FAKES
from tests.sandbox.portals.browser import clock


def fake(host: str, common: Common | None = None) -> Fake:
    """What stands at *host*."""
    place = PLACES[host]
    settings: dict[str, Any] = dict(place.settings)
    return FAKES[place.family](host=host, common=common or Common(clock=clock()), **settings)


@pytest.mark.parametrize("host", PLACES)
def test_every_place_can_be_built(host: str) -> None:
    """With its settings, and under its own name."""
    assert fake(host).host == host


def test_every_make_of_portal_stands_somewhere() -> None:
    """And no place is of a make that nobody shows."""
    assert {place.family for place in PLACES.values()} == {*FAKES}


def test_hosts_are_names() -> None:
    """Whole, in lower case, without a scheme; each stands for one place only."""
    hosts = [*PLACES, *(host for place in PLACES.values() for host in place.also)]
    assert len(hosts) == len({*hosts})
    assert all(re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?", host) for host in hosts)


def test_educonnect_knows_every_portal_by_a_name_of_its_own() -> None:
    """No two portals are called the same there, and answers go to the portal's own host."""
    common = Common(clock=clock())
    expected = sum(len(fake(host, common).providers()) for host in PLACES)
    assert len(common.providers) == len({*common.providers.values()}) == expected
    assert {acs.split("/")[2] for acs in common.providers.values()} <= {*PLACES}
    assert EDUCONNECT not in {acs.split("/")[2] for acs in common.providers.values()}


def test_fronts_and_portals_know_each_other() -> None:
    """A chooser of a portal leads to it, and sends the same profiles to EduConnect."""
    stand = {host: fake(host) for host in PLACES}
    fronts = {host: one for host, one in stand.items() if isinstance(one, OpenEntFront)}
    portals = {host: one for host, one in stand.items() if isinstance(one, OpenEnt)}
    assert {one.front for one in portals.values()} - {""} <= {*fronts}
    for front in fronts.values():
        assert front.portal in portals
        assert not front.chooses or front.authn == portals[front.portal].authn
    for host, portal in portals.items():
        assert not portal.front or (fronts[portal.front].portal, fronts[portal.front].chooses) == (host, True)


def test_sources_of_accounts() -> None:
    """A default is one of them; where EduConnect is one, it is what the portal is filed under."""
    for host, place in PLACES.items():
        one = fake(host)
        if not isinstance(one, Kosmos):
            continue
        assert one.default is None or one.default in one.selections
        assert {*one.selections.values()} <= {"form", "educonnect"}
        is_filed = place.family == "kosmos_educonnect"
        assert is_filed == ("educonnect" in one.selections.values())
