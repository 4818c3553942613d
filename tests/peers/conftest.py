"""The peers, and what they counted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.peers.npm_peer import NpmPeer, running
from tests.peers.peer import Peer
from tests.peers.python_peer import PythonPeer
from tests.peers.scenes import Stage, opened
from tests.peers.tally import TALLY, Tally


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    """Where the scenes play."""
    with opened() as stage:
        yield stage


@pytest.fixture(scope="session")
def npm() -> Iterator[NpmPeer]:
    """The npm package; that it cannot run is an error, never a reason to skip."""
    with running() as peer:
        yield peer


@pytest.fixture(params=["npm", "python"])
def peer(request: pytest.FixtureRequest) -> Peer:
    """Each of the peers."""
    found: Peer = request.getfixturevalue("npm") if request.param == "npm" else PythonPeer()
    return found


@pytest.fixture(scope="session")
def tally(pytestconfig: pytest.Config) -> Tally:
    """Counts what was compared; printed at the end of the run."""
    return pytestconfig.stash.setdefault(TALLY, Tally())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """How much of the school the peers read."""
    found = config.stash.get(TALLY, None)
    if found and found.counts:
        terminalreporter.section("read by other people's clients, and compared with the school")
        for line in found.lines():
            terminalreporter.write_line(line)
