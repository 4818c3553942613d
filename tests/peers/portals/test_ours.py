"""Our own client walks through the same served portals as pronotepy: one of each family, in every world.

The real names, TLS, certificates checked, a real socket; EduConnect as it is today.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

import anyio
import pytest

from schoolsync import pronote
from schoolsync.drivers import vault
from schoolsync.ent import directory, families
from schoolsync.ent.portal import Portal, State
from schoolsync.model import Lesson
from schoolsync.sandbox.portals.people import Person
from tests.peers.portals.scenes import LOUISON, MONDAY, ROBIN, SUNDAY, Play, Scene

pytestmark = pytest.mark.peer

NO_ROW: Final = {
    "Retired": "it is over",
    "SimpleForm": "the only one that is known has no encryption",
}
"""Family without a row that can be walked → why."""


def _first_rows() -> dict[str, Portal]:
    """The first row of each family that can be walked, by the family's name."""
    live = [row for row in directory.BUILT_IN if row.state is not State.DEAD]
    return {type(row.family).__name__: row for row in reversed(live)}


ROWS: Final = _first_rows()


def _facts(lessons: Iterable[Lesson]) -> list[tuple[object, ...]]:
    """What is compared of each, in order."""
    return sorted(
        (one.start, one.end, one.kind, one.subject.name if one.subject else "", *one.rooms) for one in lessons
    )


def _at_school(scene: Scene, person: Person) -> list[tuple[object, ...]]:
    """The week as the school has it: of the first pupil, for a parent."""
    account = scene.town.college.account(person.login, person.kind)
    assert account is not None
    found = _facts(scene.town.college.lessons(account.pupils[0], MONDAY, SUNDAY))
    assert len(found) > 10
    return found


def _given(scene: Scene, row: Portal, person: Person) -> tuple[tuple[str, str, str], dict[str, Any]]:
    """What our client is given to sign *person* in over *row*."""
    who = (scene.url(row.all_hosts[0], person), person.username, person.password)
    return who, {"cas": row.name, "account": person.kind, "clock": scene.town.common.clock}


def _week(scene: Scene, row: Portal, person: Person) -> list[tuple[object, ...]]:
    """The week as our client reads it."""
    who, options = _given(scene, row, person)
    with (
        scene.roads.client() as road,
        pronote.login(*who, **options, http_client=road) as client,
    ):
        return _facts(client.get_lessons(MONDAY, SUNDAY))


async def _week_async(scene: Scene, row: Portal, person: Person) -> list[tuple[object, ...]]:
    """The same, awaited."""
    who, options = _given(scene, row, person)
    async with (
        scene.roads.async_client() as road,
        await pronote.login_async(*who, **options, http_client=road) as client,
    ):
        return _facts(await client.get_lessons(MONDAY, SUNDAY))


def _asyncio(scene: Scene, row: Portal, person: Person) -> list[tuple[object, ...]]:
    return anyio.run(_week_async, scene, row, person, backend="asyncio")


def _trio(scene: Scene, row: Portal, person: Person) -> list[tuple[object, ...]]:
    return anyio.run(_week_async, scene, row, person, backend="trio")


WORLDS: Final = {"sync": _week, "asyncio": _asyncio, "trio": _trio}
READERS: Final = [
    pytest.param(row, WORLDS[world], id=f"{name}-{world}")
    for number, (name, row) in enumerate(ROWS.items())
    for world in ("sync", ("asyncio", "trio")[number % 2])
]
"""Each row in threads and awaited; the two event loops take turns."""


@pytest.fixture(autouse=True)
def _no_log_in_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has counted any."""
    monkeypatch.setattr(vault.KEEPER, "_ledger", vault.Keeper()._ledger)


def test_there_is_a_row_of_each_family() -> None:
    """But of those that are named here."""
    assert {*ROWS} | {*NO_ROW} == {*families.__all__}


@pytest.mark.parametrize(("row", "read"), READERS)
def test_a_pupil_reads_the_week(row: Portal, read: Callable[..., Any], play: Play) -> None:
    """Signed in through the portal as it is today, in threads and awaited."""
    scene = play("G2026")
    assert read(scene, row, LOUISON) == _at_school(scene, LOUISON)
    _is_careful(scene, row)


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_a_parent_reads_the_week(row: Portal, play: Play) -> None:
    """Who says so at EduConnect, and has another page."""
    scene = play("G2026")
    assert _week(scene, row, ROBIN) == _at_school(scene, ROBIN)
    _is_careful(scene, row)


def _is_careful(scene: Scene, row: Portal) -> None:
    """The password was heard once, by whom it is meant for; no cookie went to anybody but who had set it."""
    heard = {fake.host: fake.proofs for fake in scene.fakes if fake.proofs}
    assert heard == {scene.town.fake(host).host: 1 for host in row.family.password_hosts}
    assert [fake.host for fake in scene.fakes if fake.foreign_cookies] == []
    assert not [name for name in scene.roads.taken if ":" in name]
