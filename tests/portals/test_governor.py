"""The governor before portals: one account is one, whichever portal and school it is for."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schoolsync.drivers.vault import Keeper
from schoolsync.ent import directory
from schoolsync.ent.portal import EDUCONNECT, Profile
from schoolsync.errors import LoginHeld, RateLimited, Unreachable, WrongCredentials
from schoolsync.sandbox.faults import Drop, TooMany
from tests.portals.streets import MAKES, MAKES_OF_EDUCONNECT, SOME, WHO, Street, of_one_town

WRONG = "Portail & presque 1+%"


def held(street: Street, **options: Any) -> LoginHeld:
    """What holds a log-in back, and that nothing was sent."""
    sent = len(street.witness.seen)
    error = street.failed(**options)
    assert isinstance(error, LoginHeld), repr(error)
    assert len(street.witness.seen) == sent
    return error


@pytest.mark.parametrize("make", sorted(MAKES_OF_EDUCONNECT))
def test_what_educonnect_refused_is_not_tried_through_another_portal(make: str) -> None:
    """It is one account, and one password: also for another school, and however the name is typed."""
    first, *others = of_one_town([MAKES[make], *MAKES_OF_EDUCONNECT.values()])
    assert isinstance(first.failed(password=WRONG), WrongCredentials)
    for street in others:
        assert held(street, password=WRONG).cause == "wrong_credentials"
        assert held(street, password=WRONG, username=" L.Example ").cause == "wrong_credentials"
        assert street.witness.seen == []


def test_what_one_portal_refused_may_be_right_at_another() -> None:
    """Where each has accounts of its own."""
    own = of_one_town(row for make, row in MAKES.items() if make not in MAKES_OF_EDUCONNECT)
    for street in own:
        assert isinstance(street.failed(password=WRONG), WrongCredentials)
    assert len(own) > 3


@pytest.mark.parametrize("make", SOME)
def test_too_many_log_ins_are_held_back(make: str) -> None:
    """Three in ten minutes, right or wrong; then the clock decides."""
    street = Street(MAKES[make])
    for _ in range(3):
        street.enter()
    error = held(street)
    assert error.cause == "pace"
    assert error.until is not None
    street.clock.advance(error.until - street.clock.now() + dt.timedelta(seconds=1))
    street.enter()
    assert sum(street.proofs.values()) == 4


def test_too_many_through_several_portals_are_too_many_as_well() -> None:
    """EduConnect sees them all."""
    *others, last = of_one_town(map(directory.find, ("agora06", "hdf", "hubeduconnect", "toutatice")))
    for street in others:
        street.enter()
    assert held(last).cause == "pace"
    last.enter(Profile.PARENT)


@pytest.mark.parametrize("make", SOME)
def test_a_portal_that_wants_fewer_requests_is_left_alone(make: str) -> None:
    """By everybody who would go there, for half an hour."""
    street = Street(MAKES[make])
    street.asker.faults.add(TooMany(), times=99)
    assert isinstance(street.failed(), RateLimited)
    street.asker.faults.clear()
    error = held(street)
    assert error.cause == "rate_limited"
    other = WHO[Profile.PARENT]
    assert held(street, username=other.username, password=other.password).cause == "rate_limited"
    street.clock.advance(dt.timedelta(minutes=31))
    street.enter()


@pytest.mark.parametrize("make", SOME)
def test_what_never_left_does_not_count(make: str) -> None:
    """A school that cannot be reached costs no log-in."""
    street = Street(MAKES[make])
    street.school.faults.add(Drop(was_received=False), times=5)
    for _ in range(5):
        assert isinstance(street.failed(), Unreachable)
    street.enter()


@pytest.mark.parametrize("make", SOME)
def test_what_got_no_answer_counts(make: str) -> None:
    """Somebody has seen it; but nobody has refused it."""
    street = Street(MAKES[make])
    street.asker.faults.add(Drop(), times=3)
    for _ in range(3):
        assert isinstance(street.failed(), Unreachable)
    assert held(street).cause == "pace"


def test_the_ledger_names_nobody(keeper: Keeper) -> None:
    """Neither who, nor with what; only hosts, and something opaque."""
    street = Street(directory.find("agora06"))
    assert isinstance(street.failed(password=WRONG), WrongCredentials)
    street.enter()
    kept = repr(keeper._ledger.to_dict())
    who = WHO[Profile.PUPIL]
    for word in (who.username, who.password, WRONG, "Portail", "presque"):
        assert word not in kept
    assert {one.host for one in keeper._ledger.log_ins} == {EDUCONNECT, street.school_host}
