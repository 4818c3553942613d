"""What the tests need of another project's client."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, Protocol

from tests.peers.declared import Shape
from tests.peers.readings import Reading
from tests.peers.scenes import Role, Scene

__all__ = ["Client", "Peer", "PeerFailed"]


class PeerFailed(Exception):
    """An error that the peer itself raised, with its message."""


class Client(Protocol):
    """Somebody who is signed in."""

    def call(self, method: str, *arguments: Any) -> Any:
        """What *method*, under its Python name, gives."""
        ...

    def read(self, reading: Reading) -> Any:
        """What the call of *reading* gives."""
        ...


class Peer(Protocol):
    """Another project's client."""

    @property
    def name(self) -> str:
        """For messages."""
        ...

    def declared(self, role: Role) -> dict[str, Shape]:
        """What the public methods of a role return, as the peer declares it."""
        ...

    def client(self, scene: Scene, role: Role, *credentials: str) -> AbstractContextManager[Client]:
        """Somebody who is signed in at *scene* until the block ends.

        Raises:
            PeerFailed: They were not let in.
        """
        ...
