"""PyPI's pyclasschartsapi, pointed at the sandbox."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import attrs
import pyclasscharts
import pytest
import requests
from pyclasscharts import base_client, parent_client, student_client
from pyclasscharts.exceptions import ClassChartsError

from tests.peers import typed_dicts
from tests.peers.declared import Shape
from tests.peers.peer import Client, PeerFailed
from tests.peers.readings import Reading
from tests.peers.scenes import Role, Scene

__all__ = ["PythonPeer"]

OPTIONS = {"from": "from_date", "to": "to_date"}
"""The package's own names, where they are not the server's."""
KINDS = {"parent": pyclasscharts.ParentClient, "student": pyclasscharts.StudentClient}


@attrs.frozen
class PythonPeer:
    """The package."""

    name = "pyclasschartsapi"

    def declared(self, role: Role) -> dict[str, Shape]:
        """What the methods of a role return, by their annotations."""
        return typed_dicts.methods(KINDS[role])

    @contextmanager
    def client(self, scene: Scene, role: Role, *credentials: str) -> Iterator[Client]:
        """Somebody who is signed in at *scene*; it is the scene's time, too."""
        with pytest.MonkeyPatch.context() as patch:
            for module in (parent_client, student_client):
                patch.setattr(module, "BASE_URL", scene.url)
            patch.setattr(parent_client, "API_BASE_PARENT", f"{scene.url}/apiv2parent")
            patch.setattr(student_client, "API_BASE_STUDENT", f"{scene.url}/apiv2student")
            patch.setattr(base_client, "time", SimpleNamespace(time=lambda: scene.clock.now().timestamp()))
            patch.setenv("NO_PROXY", "127.0.0.1")
            client = PythonClient(KINDS[role](*credentials))
            try:
                client.call("login")
                yield client
            finally:
                client.own._session.close()


@attrs.frozen
class PythonClient:
    """One client of the package."""

    own: Any = attrs.field(repr=False)
    """The package's object."""

    def call(self, method: str, *arguments: Any) -> Any:
        """What *method* gives.

        Raises:
            PeerFailed: An error of the package, or one that it lets through.
        """
        try:
            return getattr(self.own, method)(*arguments)
        except (ClassChartsError, requests.RequestException) as error:
            raise PeerFailed(f"{type(error).__name__}: {error}") from error

    def read(self, reading: Reading) -> Any:
        """What the call of *reading* gives."""
        if reading.options is None:
            return self.call(reading.method)
        return self.call(
            reading.method, {OPTIONS.get(name, name): value for name, value in reading.options.items()}
        )
