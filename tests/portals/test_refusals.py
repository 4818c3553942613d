"""A wrong password at every portal: recognised, sent once, and never again."""

from __future__ import annotations

import pytest

from schoolsync.ent.portal import EDUCONNECT, Portal
from schoolsync.errors import LoginHeld, WrongCredentials
from tests.portals.streets import LIVE, MAKES, MAKES_OF_EDUCONNECT, WHO, Street, called

WRONG = "Portail & presque 1+%"
"""With everything that an encoding can get wrong."""


def refused(street: Street, world: str = "sync", password: str = WRONG) -> WrongCredentials:
    """The refusal that a wrong password gets."""
    error = street.failed(world=world, password=password)
    assert isinstance(error, WrongCredentials), repr(error)
    return error


@pytest.mark.parametrize("world", ["sync", "asyncio"])
@pytest.mark.parametrize("row", LIVE, ids=called)
def test_a_wrong_password_is_sent_once(row: Portal, world: str) -> None:
    """To one host of those that may ask for it; then it is held back, until there is another one."""
    street = Street(row)
    error = refused(street, world)
    assert error.part == "user name or password"
    (proof,) = street.witness.holding(WRONG)
    assert (proof.request.method, proof.host in row.family.password_hosts) == ("POST", True)
    assert street.proofs == {street.asker.host: 1}
    sent = len(street.witness.seen)
    held = street.failed(world=world, password=WRONG)
    assert isinstance(held, LoginHeld)
    assert (held.cause, held.until) == ("wrong_credentials", None)
    assert len(street.witness.seen) == sent
    if world == "sync":
        assert street.enter(world=world).name
        assert street.proofs == {street.asker.host: 2}


@pytest.mark.parametrize("make", sorted(MAKES))
def test_a_refusal_on_trio(make: str) -> None:
    """Through one portal of each make."""
    street = Street(MAKES[make])
    refused(street, "trio")
    assert len(street.witness.holding(WRONG)) == 1
    assert isinstance(street.failed(world="trio", password=WRONG), LoginHeld)


@pytest.mark.parametrize("make", sorted(MAKES))
def test_nobody_is_told_who_it_was(make: str) -> None:
    """The user name goes where the password goes, and nowhere else; the school hears nothing at all."""
    street = Street(MAKES[make])
    refused(street)
    name = WHO[street.first].username
    assert {one.host for one in street.witness.holding(name)} <= {*street.row.family.password_hosts}
    at_school = [one for one in street.witness.seen if one.host == street.school_host]
    assert [one.request.body for one in at_school] == [b""]


@pytest.mark.parametrize("make", sorted(MAKES_OF_EDUCONNECT))
def test_a_refusal_without_a_word_is_one_too(make: str) -> None:
    """EduConnect shows the same page again, at the same address, and says nothing."""
    street = Street(MAKES[make])
    street.town.educonnect.is_silent = True
    refused(street)
    assert street.proofs == {EDUCONNECT: 1}


@pytest.mark.parametrize("make", sorted(MAKES))
def test_a_password_like_a_word_of_the_way_is_sent_once_as_well(make: str) -> None:
    """Finding it in an address means nothing then; it is refused like any other."""
    street = Street(MAKES[make])
    refused(street, password="login")
    assert street.proofs == {street.asker.host: 1}
    proofs = [one for one in street.witness.seen if "login" in one.form.values()]
    assert len(proofs) == 1
