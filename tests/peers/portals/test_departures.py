"""Where pronotepy's functions do what ours must not, or stop where ours go on; each is still so.

Every one is stated in `departures` once, with its reason, and shown here; beside it stands what ours does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import pronotepy
import pytest
from pronotepy.exceptions import ENTLoginError

from schoolsync import pronote
from schoolsync.drivers import vault
from schoolsync.ent import directory
from schoolsync.errors import Unavailable, WrongCredentials
from schoolsync.sandbox.portals.educonnect import Generation
from schoolsync.sandbox.portals.people import Person
from tests.peers.portals.departures import (
    ADDRESS_AS_TYPED,
    CALLED_DIRECTLY,
    FOLLOWED,
    OVER_HTTP,
    REPLAYED,
    STOPPED,
    TWICE,
)
from tests.peers.portals.functions import ASKS_EDUCONNECT, Function, exported, of_make
from tests.peers.portals.scenes import LOUISON, WRONG, Play, Scene

pytestmark = [
    pytest.mark.peer,
    # The peer calls a method of its HTML reader under its old name.
    pytest.mark.filterwarnings("ignore:Call to deprecated method findAll"),
]

PURE = of_make(*(make for make, is_used in ASKS_EDUCONNECT.items() if is_used and make not in REPLAYED))
"""Functions that ask EduConnect, and nobody else."""
REPLAYING = of_make(*REPLAYED)
LOCAL = of_make(*(make for make, is_used in ASKS_EDUCONNECT.items() if not is_used))


def _named(names: Mapping[str, str]) -> list[Function]:
    return [exported()[name] for name in names]


def _ours(scene: Scene, function: Function, person: Person, url: str | None = None) -> None:
    """Our client signs *person* in over the row that has the name of *function*, at the listed address."""
    who = (url or scene.url(function.host, person), person.username, person.password)
    with scene.roads.client() as road:
        options: dict[str, Any] = {
            "account": person.kind,
            "clock": scene.town.common.clock,
            "http_client": road,
        }
        pronote.login(*who, cas=function.name, **options).close()


@pytest.fixture(autouse=True)
def _no_log_in_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has counted any."""
    monkeypatch.setattr(vault.KEEPER, "_ledger", vault.Keeper()._ledger)


# -- the forms of EduConnect since 2025 ---------------------------------------------------


def test_these_are_all_of_them() -> None:
    """Those that stop, those that replay, and those that never ask EduConnect."""
    assert (len(PURE), len(REPLAYING), len(LOCAL)) == (20, 6, 17)
    assert {*FOLLOWED}.isdisjoint(STOPPED)


@pytest.mark.parametrize("generation", STOPPED)
@pytest.mark.parametrize("function", PURE, ids=lambda one: one.name)
def test_it_stops_at_todays_educonnect(function: Function, generation: Generation, play: Play) -> None:
    """The right password, once, at the wrong place; and nobody is signed in."""
    scene = play(generation)
    with pytest.raises(ENTLoginError):
        scene.enter(function, LOUISON)
    assert scene.proofs(function) == (1, 0)
    assert not scene.opens(function, LOUISON)


@pytest.mark.parametrize("function", LOCAL, ids=lambda one: one.name)
def test_who_does_not_ask_educonnect_goes_on(function: Function, play: Play) -> None:
    """Accounts of the portal itself are not concerned: EduConnect is not even asked."""
    scene = play("G2026")
    page = scene.page(function, LOUISON, scene.enter(function, LOUISON))
    assert scene.is_vouched_for(function, LOUISON, page)
    assert scene.town.educonnect.log == []


# -- one party's password told to another -------------------------------------------------


@pytest.mark.parametrize("generation", STOPPED)
@pytest.mark.parametrize("function", REPLAYING, ids=lambda one: one.name)
def test_educonnects_password_is_told_to_the_portal(
    function: Function, generation: Generation, play: Play
) -> None:
    """It "works", where the portal happens to know the same words: it heard them. That is why ours never."""
    scene = play(generation)
    page = scene.page(function, LOUISON, scene.enter(function, LOUISON))
    assert scene.is_vouched_for(function, LOUISON, page)
    assert scene.proofs(function) == (1, 1)


@pytest.mark.parametrize("generation", STOPPED)
@pytest.mark.parametrize("function", REPLAYING, ids=lambda one: one.name)
def test_a_wrong_password_is_told_to_the_portal_too(
    function: Function, generation: Generation, play: Play
) -> None:
    """Once to EduConnect, and once to somebody whom it was not meant for; the older forms are no better."""
    scene = play(generation)
    with pytest.raises(ENTLoginError):
        scene.enter(function, WRONG)
    assert scene.proofs(function) == (1, 1)


@pytest.mark.parametrize("function", REPLAYING, ids=lambda one: one.name)
def test_ours_tells_nobody_else(function: Function, play: Play) -> None:
    """EduConnect hears it once, right or wrong; the portal never."""
    scene = play("G2026")
    _ours(scene, function, LOUISON)
    assert scene.proofs(function) == (1, 0)
    with pytest.raises(WrongCredentials):
        _ours(scene, function, WRONG)
    assert scene.proofs(function) == (2, 0)
    assert [fake.host for fake in scene.fakes if fake.foreign_cookies] == []


def test_a_refused_password_is_told_twice(play: Play) -> None:
    """Nothing says that it was refused but a page that looks like the second form of 2022. Ours reads it."""
    function = exported()["cas_agora06"]
    scene = play("G2021")
    with pytest.raises(ENTLoginError):
        scene.enter(function, WRONG)
    assert scene.proofs(function) == (2, 0), TWICE
    scene = play("G2021")
    with pytest.raises(WrongCredentials):
        _ours(scene, function, WRONG)
    assert scene.proofs(function) == (1, 0)


# -- one function each --------------------------------------------------------------------


@pytest.mark.parametrize("function", _named(CALLED_DIRECTLY), ids=lambda one: one.name)
def test_a_client_cannot_be_given_it(function: Function, play: Play) -> None:
    """The client fails before anything is sent; ours goes that way."""
    scene = play("G2021")
    url = scene.url(function.host, LOUISON)
    with pytest.raises(TypeError, match="pronote_url"):
        pronotepy.Client(url, LOUISON.username, LOUISON.password, ent=function.call)
    assert scene.roads.taken == []
    _ours(scene, function, LOUISON)
    assert scene.proofs(function) == (1, 0)


@pytest.mark.parametrize("function", _named(OVER_HTTP), ids=lambda one: one.name)
def test_it_sends_the_password_without_encryption(function: Function, play: Play) -> None:
    """Readable by anybody on the way; ours refuses the name and sends nothing at all."""
    scene = play("G2026")
    scene.enter(function, LOUISON)
    assert {*scene.roads.taken} == {f"{function.host}:80"}
    assert scene.proofs(function) == (0, 1)
    scene.roads.taken.clear()
    with pytest.raises(Unavailable):
        _ours(scene, function, LOUISON)
    assert scene.roads.taken == []
    assert directory.find(function.name).family.password_hosts == ()


@pytest.mark.parametrize("function", _named(ADDRESS_AS_TYPED), ids=lambda one: one.name)
def test_it_depends_on_how_the_address_is_written(function: Function, play: Play) -> None:
    """In small letters the right password is told as a wrong one, though the portal has let them in."""
    scene = play("G2021")
    small = scene.town.instance(function.host)
    assert urlsplit(small).netloc == urlsplit(scene.url(function.host, LOUISON)).netloc.lower()
    with pytest.raises(ENTLoginError, match="probably wrong login information"):
        scene.enter(function, LOUISON, url=small)
    assert scene.opens(function, LOUISON)
    assert scene.page(function, LOUISON, scene.enter(function, LOUISON)).keys() >= {"e", "f"}


@pytest.mark.parametrize("function", _named(ADDRESS_AS_TYPED), ids=lambda one: one.name)
def test_ours_does_not(function: Function, play: Play) -> None:
    """It hands on what the school's page says, byte for byte."""
    scene = play("G2026")
    _ours(scene, function, LOUISON, scene.town.instance(function.host))
    pages = [path for method, path in scene.town.school(function.host).log if method == "GET"]
    assert len(pages) == 3, "asked for, reached with a ticket, and opened: none was refused on the way"
