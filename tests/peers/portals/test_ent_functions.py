"""Every function that pronotepy has for portals walks through the sandbox's, unchanged, to the school behind.

It asks for the portal's real name, over TLS, and checks the certificate. What it finds is shown by the
school: whom the portal has named to it, on which page.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pronotepy
import pytest
from pronotepy import dataClasses
from pronotepy.exceptions import ENTLoginError

from schoolsync.sandbox.portals.educonnect import Generation
from schoolsync.sandbox.portals.people import Person
from schoolsync.sandbox.portals.saml import EDUCONNECT
from schoolsync.sandbox.portals.town import FAKES
from tests.peers.portals.departures import CALLED_DIRECTLY, FOLLOWED, OVER_HTTP, REPLAYED, TWICE
from tests.peers.portals.functions import FAMILIES, Function, exported
from tests.peers.portals.scenes import LOUISON, MONDAY, ROBIN, SUNDAY, WRONG, Play, Scene

pytestmark = [
    pytest.mark.peer,
    # The peer calls a method of its HTML reader under its old name.
    pytest.mark.filterwarnings("ignore:Call to deprecated method findAll"),
]

PARIS = ZoneInfo("Europe/Paris")
DAY = dt.timedelta(days=1)
ALL = [pytest.param(function, id=name) for name, function in exported().items()]
FIRST = [
    pytest.param(exported()[names[0]], id=family)
    for family, names in FAMILIES.items()
    if names[0] not in CALLED_DIRECTLY
]
"""One function of each family that pronotepy's client can be given."""


def _proofs(function: Function, generation: Generation) -> tuple[int, int]:
    """How often EduConnect and the portal have to hear the right password."""
    if not function.uses_educonnect:
        return 0, 1
    return (2 if generation == "G2022" else 1), 0


# -- which there are ----------------------------------------------------------------------


def test_every_function_has_its_place() -> None:
    """One each: a new one is told by its name."""
    placed = [name for names in FAMILIES.values() for name in names]
    assert sorted(placed) == [*exported()]
    assert len(placed) == 43


@pytest.mark.parametrize("function", ALL)
def test_its_portal_is_of_its_family(function: Function, play: Play) -> None:
    """The host that the function names is in the sandbox, and shows what the function has its place in."""
    assert type(play().town.fake(function.host)) is FAKES[function.family]


# -- the right password -------------------------------------------------------------------


@pytest.mark.parametrize("generation", FOLLOWED)
@pytest.mark.parametrize("function", ALL)
def test_it_opens_the_school_behind_its_portal(
    function: Function, generation: Generation, play: Play
) -> None:
    """With its cookies pronotepy finds `e` and `f` on the page, which the school has given to that person."""
    scene = play(generation)
    cookies = scene.enter(function, LOUISON)
    page = scene.page(function, LOUISON, cookies)
    assert {"e", "f"} <= page.keys()
    assert scene.is_vouched_for(function, LOUISON, page)
    assert scene.proofs(function) == _proofs(function, generation)
    assert sum(fake.proofs for fake in scene.fakes) == sum(scene.proofs(function))
    assert [fake.host for fake in scene.fakes if fake.foreign_cookies] == []
    assert {*scene.roads.taken} == _hosts(scene, function)


def _hosts(scene: Scene, function: Function) -> set[str]:
    """The portal, the school, and EduConnect where it asks for the password; over TLS but for one."""
    portal = f"{function.host}:80" if function.name in OVER_HTTP else function.host
    school = urlsplit(scene.town.instance(function.host)).netloc
    return {portal, school} | ({EDUCONNECT} if function.uses_educonnect else set())


@pytest.mark.parametrize("generation", FOLLOWED)
@pytest.mark.parametrize("function", ALL)
def test_a_wrong_password_opens_nothing(function: Function, generation: Generation, play: Play) -> None:
    """It is told as a log-in that failed, and no cookie that anybody has set leads to the page.

    EduConnect hears it twice, some portals after it.
    """
    scene = play(generation)
    with pytest.raises(ENTLoginError):
        scene.enter(function, WRONG)
    is_replayed = function.make in REPLAYED
    assert scene.proofs(function) == ((2, int(is_replayed)) if function.uses_educonnect else (0, 1)), TWICE
    assert not scene.opens(function, LOUISON)


@pytest.mark.parametrize("function", FIRST)
def test_the_same_cookies_open_the_page_for_the_right_password(function: Function, play: Play) -> None:
    """That is how the test above would notice."""
    scene = play("G2022")
    assert not scene.opens(function, LOUISON)
    scene.enter(function, LOUISON)
    assert scene.opens(function, LOUISON)


# -- whole sessions -----------------------------------------------------------------------


@pytest.mark.parametrize("person", [LOUISON, ROBIN], ids=lambda one: one.kind)
@pytest.mark.parametrize("function", FIRST)
def test_a_client_reads_the_week(function: Function, person: Person, play: Play) -> None:
    """The client of pronotepy, given the function: signed in as that person, with the school's lessons."""
    scene = play("G2022")
    dataClasses.Period.instances.clear()
    kind = pronotepy.ParentClient if person.kind == "parent" else pronotepy.Client
    url = scene.url(function.host, person)
    client = kind(url, person.username, person.password, ent=function.call)
    try:
        assert client.logged_in
        assert _read(client) == _known(scene, person)
    finally:
        client.communication.session.close()


def _read(client: Any) -> list[tuple[object, ...]]:
    """The week's lessons as pronotepy reads them."""
    return sorted(
        (one.start, one.num, one.subject.name if one.subject else None, one.canceled, *one.classrooms)
        for one in client.lessons(MONDAY, SUNDAY + DAY)
    )


def _known(scene: Scene, person: Person) -> list[tuple[object, ...]]:
    """The same rows as the school has them: of the first pupil, for a parent."""
    account = scene.town.college.account(person.login, person.kind)
    assert account is not None
    sheets = scene.town.college.desk(account.pupils[0]).timetable.sheets(MONDAY, SUNDAY)
    rows = [(sheet, sheet.record) for sheet in sheets]
    assert len(rows) > 10
    return sorted(
        (
            record.start.astimezone(PARIS).replace(tzinfo=None),
            sheet.rank,
            record.subject.name if record.subject else None,
            sheet.is_cancelled,
            *record.rooms,
        )
        for sheet, record in rows
    )
