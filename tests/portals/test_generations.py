"""The four forms that EduConnect has had, on the way of every make of portal that leads over it."""

from __future__ import annotations

from typing import get_args

import pytest

from schoolsync.ent.portal import EDUCONNECT, Profile
from schoolsync.errors import LoginHeld, WrongCredentials
from schoolsync.sandbox.portals.educonnect import Generation
from tests.portals.streets import MAKES_OF_EDUCONNECT, WHO, Street, run
from tests.portals.witness import Passed, holding, strange_cookies

GENERATIONS: tuple[Generation, ...] = get_args(Generation)
WRONG = "Portail & presque 1+%"
COMING = (
    (Profile.PUPIL, "sync", "EXAMPLE Louison"),
    (Profile.PARENT, "asyncio", "EXAMPLE Robin"),
)
PROOFS = {"G2021": 1, "G2022": 2, "G2025": 1, "G2026": 1}
"""How often each asks for the password."""
TYPED = {Profile.PUPIL: "eleve", Profile.PARENT: "responsable"}


def street_of(make: str, generation: Generation) -> Street:
    """A street of that make, with EduConnect as it was then."""
    street = Street(MAKES_OF_EDUCONNECT[make])
    street.town.educonnect.generation = generation
    return street


def proofs(street: Street, password: str) -> list[Passed]:
    """What brought *password*, all of it to EduConnect."""
    found = street.witness.holding(password)
    assert {one.host for one in found} <= {EDUCONNECT}
    assert street.proofs == ({EDUCONNECT: len(found)} if found else {})
    return found


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize("make", sorted(MAKES_OF_EDUCONNECT))
def test_everybody_is_let_in(make: str, generation: Generation) -> None:
    """With the password as often as it is asked for, and everything that the form wants back."""
    for profile, world, name in COMING:
        street = street_of(make, generation)
        assert street.enter(profile, world=world).name == name
        told = proofs(street, WHO[profile].password)
        assert len(told) == PROOFS[generation]
        assert {one.form["typeUser"] for one in told} == {TYPED[profile]}
        tokens = {one.form.get("csrf_token", "") for one in told}
        assert all(tokens) is (generation in {"G2025", "G2026"})
        assert street.foreign_cookies == 0
        assert strange_cookies(street.witness.seen) == []


@pytest.mark.parametrize("is_silent", [False, True], ids=["said", "silent"])
@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize("make", sorted(MAKES_OF_EDUCONNECT))
def test_a_wrong_password_is_recognised(make: str, generation: Generation, is_silent: bool) -> None:
    """By a sentence, or by the same page again; it is never sent once more than the form wants."""
    street = street_of(make, generation)
    street.town.educonnect.is_silent = is_silent
    error = street.failed(password=WRONG)
    assert isinstance(error, WrongCredentials), repr(error)
    assert len(proofs(street, WRONG)) == PROOFS[generation]
    assert isinstance(street.failed(password=WRONG), LoginHeld)
    assert len(proofs(street, WRONG)) == PROOFS[generation]


@pytest.mark.parametrize("stores_twice", [False, True])
@pytest.mark.parametrize("make", sorted(MAKES_OF_EDUCONNECT))
def test_the_browsers_store_is_read_without_a_password(make: str, stores_twice: bool) -> None:
    """Before the form, and perhaps after it: what is sent there is what the page had, and no more."""
    street = street_of(make, "G2026")
    street.town.educonnect.stores_twice = stores_twice
    street.enter()
    stored = [one for one in street.witness.seen if "shib_idp_ls_supported" in one.form]
    assert len(stored) == 1 + stores_twice
    who = WHO[Profile.PUPIL]
    assert holding(stored, who.username, who.password) == []
    assert not any("j_username" in one.form for one in stored)


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize("make", ["KosmosEduConnect", "OpenEntEduConnect"])
def test_a_portal_that_knows_us_needs_no_password(make: str, generation: Generation) -> None:
    """Whatever the form looks like, it is not shown again when the school has forgotten us."""
    street = street_of(make, generation)

    async def body() -> None:
        client = await street.log_in()
        street.school.sessions.end_all()
        assert await client.get_menus("2026-11-23", "2026-11-29") is not None
        await client.aclose()

    run("sync", body)
    assert len(proofs(street, WHO[Profile.PUPIL].password)) == PROOFS[generation]
