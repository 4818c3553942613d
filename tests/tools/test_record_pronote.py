"""The conversations with PRONOTE: one for each generation, the same every time, in which nobody is random."""

from __future__ import annotations

import pytest

from schoolsync import pronote
from schoolsync.drivers import vault
from schoolsync.sandbox.mount import Mount
from schoolsync.sandbox.pronote.generations import GENERATIONS
from tests.client.worlds import Recorder
from tools.diary import Conversation
from tools.record_pronote import CONVERSATIONS, LIFETIME, STAND_IN


@pytest.fixture(autouse=True)
def ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    """No log-in of another test counts."""
    monkeypatch.setattr(vault.KEEPER, "_ledger", vault.Keeper()._ledger)


def test_there_is_one_for_each_generation() -> None:
    """Pupils and parents take turns, each on a host of its own."""
    assert [one.name for one in CONVERSATIONS] == [f"pronote/{one.label}" for one in GENERATIONS]
    assert len({one.host for one in CONVERSATIONS}) == len(CONVERSATIONS)
    assert {one.script.__name__ for one in CONVERSATIONS} == {"pupil", "parent"}


@pytest.mark.parametrize("said", CONVERSATIONS, ids=str)
def test_the_same_is_said_every_time(said: Conversation) -> None:
    """Session number, vector, proof and keys; and the stand-in signs in."""
    talks = []
    for _ in range(2):
        clock = said.new_clock()
        road = Recorder(Mount({said.host: said.new_server(clock)}))
        with said.new_client(STAND_IN, http_client=road, clock=clock) as client:
            assert client.pupils
        talks.append([(request.url, request.body) for request in road.requests])
    assert talks[0] == talks[1]
    assert len(talks[0]) == 6


def test_other_clients_draw_their_own_vectors() -> None:
    """The seed is the recorder's alone."""
    said = CONVERSATIONS[-1]
    vectors = set()
    for _ in range(2):
        clock = said.new_clock()
        mount = Mount({said.host: said.new_server(clock)})
        client = pronote.login(
            f"https://{said.host}/pronote", *STAND_IN.log_in, account="parent", http_client=mount, clock=clock
        )
        vectors.add(client._service.account.session.drawn)
        client.close()
    assert len(vectors) == 2


def test_the_pause_outlasts_a_session() -> None:
    """So that every conversation has a silent log-in in it."""
    said = CONVERSATIONS[0]
    server = said.new_server(said.new_clock())
    assert server.rules.idle < LIFETIME  # type: ignore[attr-defined]
