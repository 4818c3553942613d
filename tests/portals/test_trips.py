"""Every row of the directory, walked to its end: whoever comes is let in, and is who they are."""

from __future__ import annotations

import pytest

from schoolsync.ent.portal import EDUCONNECT, Portal, Profile
from schoolsync.errors import Availability, Unavailable
from tests.portals.streets import LIVE, MAKES, VISITS, WHO, Street, Told, called, walked
from tests.portals.witness import holding

KNOWN = {
    Profile.PUPIL: Told("EXAMPLE Louison", "student", ("EXAMPLE Louison",)),
    Profile.PARENT: Told("EXAMPLE Robin", "parent", ("EXAMPLE Louison",)),
    Profile.STAFF: Told("MODELE Ana", "teacher", ("MODELE Ana",)),
}
TYPED = {Profile.PUPIL: "eleve", Profile.PARENT: "responsable"}
"""What EduConnect calls them."""


@pytest.mark.parametrize("visit", VISITS, ids=called)
def test_everybody_is_let_in(visit: tuple[Portal, Profile]) -> None:
    """As who they are, with one password at the one who may ask for it, who is told the kind of account."""
    row, profile = visit
    trip = walked(row.name, profile)
    assert trip.told == KNOWN[profile]
    (proof,) = holding(trip.seen, WHO[profile].password)
    assert proof.host in row.family.password_hosts
    assert trip.proofs == {Street(row).asker.host: 1}
    assert proof.form.get("typeUser") == (TYPED[profile] if proof.host == EDUCONNECT else None)


@pytest.mark.parametrize("visit", VISITS, ids=called)
def test_everybody_is_let_in_on_asyncio(visit: tuple[Portal, Profile]) -> None:
    """By the same way."""
    row, profile = visit
    street = Street(row)
    assert street.enter(profile, world="asyncio") == KNOWN[profile]
    ways = [[one.place for one in way] for way in (walked(row.name, profile).way, street.witness.way)]
    assert ways[0] == ways[1]


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize("make", sorted(MAKES))
def test_everybody_is_let_in_on_trio(make: str, profile: Profile) -> None:
    """Through one portal of each make."""
    street = Street(MAKES[make])
    if profile in street.row.admits:
        assert street.enter(profile, world="trio") == KNOWN[profile]
    else:
        assert isinstance(street.failed(profile, world="trio"), Unavailable)


@pytest.mark.parametrize("row", LIVE, ids=called)
def test_others_are_told_that_they_come_another_way(row: Portal) -> None:
    """Before anything is sent: their password would go to the wrong place."""
    street = Street(row)
    for profile in {*Profile} - row.admits:
        error = street.failed(profile)
        assert isinstance(error, Unavailable)
        assert error.reason is Availability.NOT_FOR_THIS_ACCOUNT
        assert row.name in str(error)
    assert street.witness.seen == []
