"""Other people's clients read the sandbox, and what they say is what the school says.

Which fields are compared is decided by what each peer declares, not by what we
thought of: a declared field without an expectation fails.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from schoolsync.sandbox.desk import Desk
from schoolsync.sandbox.people import ParentAccount
from tests.peers.comparison import Comparison
from tests.peers.declared import fields_of
from tests.peers.departures import ours
from tests.peers.peer import Client, Peer
from tests.peers.readings import ACTIONS, INNER, Reading, of_both, of_family, of_student
from tests.peers.scenes import AUTUMN, ORDINARY, ROLES, SPRING, Plan, Role, Scene, Stage
from tests.peers.tally import Tally

pytestmark = pytest.mark.peer

SHOWN = 12
"""How many differences a failure shows."""


def _compare(
    comparison: Comparison, peer: Peer, role: Role, client: Client, readings: Iterable[Reading], tally: Tally
) -> None:
    declared = peer.declared(role)
    for reading in readings:
        before = comparison.values
        said = client.read(reading)
        comparison.compare(declared[reading.method], said, reading.expected, f"{role}: {reading}")
        tally.add(peer.name, role, reading.method, comparison.values - before)


def _of_parent(comparison: Comparison, peer: Peer, scene: Scene, parent: ParentAccount, tally: Tally) -> None:
    with peer.client(scene, "parent", parent.email, parent.password) as client:
        _compare(comparison, peer, "parent", client, of_family(scene, parent), tally)
        for number in parent.pupil_ids:
            client.call("select_pupil", int(number))
            readings = of_both(scene, scene.school.desk(number))
            _compare(comparison, peer, "parent", client, readings, tally)


def _of_student(comparison: Comparison, peer: Peer, scene: Scene, desk: Desk, tally: Tally) -> None:
    born = f"{desk.file.born_on:%d/%m/%Y}"
    with peer.client(scene, "student", desk.file.access_code, born) as client:
        readings = (*of_student(scene, desk), *of_both(scene, desk))
        _compare(comparison, peer, "student", client, readings, tally)


def _everything(peer: Peer, scene: Scene, tally: Tally) -> Comparison:
    comparison = Comparison()
    for parent in scene.parents:
        _of_parent(comparison, peer, scene, parent, tally)
    for desk in scene.desks:
        _of_student(comparison, peer, scene, desk, tally)
    return comparison


@pytest.mark.parametrize("plan", [ORDINARY, SPRING, AUTUMN], ids=lambda plan: plan.name)
def test_what_a_peer_reads_is_what_the_school_says(
    peer: Peer, stage: Stage, plan: Plan, tally: Tally
) -> None:
    """Every method, both roles, every pupil: every declared field, and nothing left out."""
    comparison = _everything(peer, stage.play(plan), tally)
    shown = "\n".join(comparison.differences[:SHOWN])
    assert not comparison.differences, f"{len(comparison.differences)} differences:\n{shown}"
    declared = {
        name
        for role in ROLES
        for method, shape in peer.declared(role).items()
        if method not in INNER | ACTIONS
        for name in fields_of(shape)
    }
    assert declared - comparison.compared == set(), "declared, but never compared"
    known = ours(peer.name)
    assert comparison.departures - known == set(), "not what the peer declares"
    assert plan is not ORDINARY or known - comparison.departures == set(), "no departure any more"
