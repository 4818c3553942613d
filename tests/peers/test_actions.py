"""What other people's clients do, and what the school knows of it afterwards."""

from __future__ import annotations

import pytest

from schoolsync.sandbox.desk import Desk
from tests.peers.comparison import Comparison
from tests.peers.expected.answers import answer
from tests.peers.peer import Peer, PeerFailed
from tests.peers.scenes import ALEX, ALEX_CARD, ORDINARY, ROBIN, SAM, Role, Stage

pytestmark = pytest.mark.peer

PENCIL, PASS = 5502, 5501


def _compare(peer: Peer, role: Role, method: str, said: object, expected: object) -> None:
    comparison = Comparison()
    comparison.compare(peer.declared(role)[method], said, expected, method)
    assert comparison.differences == []
    assert comparison.departures == set()


def test_a_purchase_changes_balance_and_stock(peer: Peer, stage: Stage) -> None:
    """Five points less, one pencil less, one order more."""
    scene = stage.play(ORDINARY)
    with peer.client(scene, "student", *ALEX_CARD) as client:
        desk = scene.school.desk(ALEX)
        before, stock = desk.balance, _stock(desk)
        said = client.call("purchase_reward", PENCIL)
        expected = {"single_purchase": "no", "order_id": said["data"]["order_id"], "balance": before - 5}
        _compare(peer, "student", "purchase_reward", said, answer(expected))
        assert desk.balance == before - 5
        assert _stock(desk) == {**stock, PENCIL: 1}
        assert desk.purchases == {PENCIL: 4}
        item = next(row for row in client.call("get_rewards")["data"] if row["id"] == PENCIL)
        assert (item["purchased_count"], item["stock"]) == ("4", 1)


def _stock(desk: Desk) -> dict[int, int | None]:
    return {item.id: item.stock for item in desk.shop}


def test_what_cannot_be_paid_is_refused(peer: Peer, stage: Stage) -> None:
    """The peer says the school's reason, and nothing was bought."""
    scene = stage.play(ORDINARY)
    with peer.client(scene, "student", *ALEX_CARD) as client:
        desk = scene.school.desk(ALEX)
        before = (desk.balance, dict(desk.purchases), _stock(desk))
        with pytest.raises(PeerFailed, match="Not enough points"):
            client.call("purchase_reward", PASS)
        assert (desk.balance, dict(desk.purchases), _stock(desk)) == before


def test_an_unknown_reward_breaks_the_server(peer: Peer, stage: Stage) -> None:
    """No JSON comes back, as at the real school; each peer has its own error for that."""
    scene = stage.play(ORDINARY)
    with (
        peer.client(scene, "student", *ALEX_CARD) as client,
        pytest.raises(PeerFailed, match=r"Body is unusable|Error parsing JSON"),
    ):
        client.call("purchase_reward", 9999)


def test_a_code_needs_the_date_of_birth(peer: Peer, stage: Stage) -> None:
    """Written the other way round than at log-in; a wrong one is refused."""
    scene = stage.play(ORDINARY)
    with peer.client(scene, "student", *ALEX_CARD) as client:
        name = "dateOfBirth" if peer.name.startswith("npm") else "date_of_birth"
        said = client.call("get_student_code", {name: "2011-03-14"})
        _compare(peer, "student", "get_student_code", said, answer({"code": "ZZTEST0001"}))
        for wrong in ("2011-03-15", "14/03/2011"):
            with pytest.raises(PeerFailed, match="The date you have provided is incorrect"):
                client.call("get_student_code", {name: wrong})


def test_a_password_really_changes(peer: Peer, stage: Stage) -> None:
    """The old one is not good any more, the new one is; special characters survive the form."""
    new = "n€w & päss=100%+"
    scene = stage.play(ORDINARY)
    with peer.client(scene, "parent", *ROBIN) as client:
        with pytest.raises(PeerFailed, match="current password"):
            client.call("change_password", "wrong", new)
        said = client.call("change_password", ROBIN[1], new)
        _compare(peer, "parent", "change_password", said, answer([]))
    assert scene.parents[0].password == new
    with pytest.raises(PeerFailed, match="cookies"), peer.client(scene, "parent", *ROBIN):
        pass
    with peer.client(scene, "parent", ROBIN[0], new) as client:
        assert len(client.call("get_pupils")) == 2


def test_a_pupil_is_selected_without_a_request(peer: Peer, stage: Stage) -> None:
    """The first is selected from the start; an unknown one cannot be."""
    scene = stage.play(ORDINARY)
    with peer.client(scene, "parent", *ROBIN) as client:
        scene.requests()
        client.call("get_badges")
        client.call("select_pupil", int(SAM))
        client.call("get_badges")
        with pytest.raises(PeerFailed, match="No pupil with specified ID"):
            client.call("select_pupil", 5000011)
        client.call("get_badges")
        numbers = [path.rpartition("/")[2] for path in scene.requests()]
        assert numbers == [ALEX, SAM, SAM]
