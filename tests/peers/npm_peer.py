"""The npm package classcharts-api, spoken to through a Node.js that runs beside the tests."""

from __future__ import annotations

import itertools
import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs

from tests.peers import typescript
from tests.peers.declared import Shape
from tests.peers.node import HERE, CannotRun, find_node, install
from tests.peers.peer import Client, PeerFailed
from tests.peers.readings import Reading
from tests.peers.scenes import Role, Scene

__all__ = ["NpmPeer", "running"]

OPTIONS = {"display_date": "displayDate", "date_of_birth": "dateOfBirth"}
"""The package's own names, where they are not the server's."""


@attrs.frozen
class NpmPeer:
    """The package, ready to be used."""

    folder: Path
    """Where it is installed."""
    process: subprocess.Popen[str] = attrs.field(repr=False)
    """The Node.js that speaks through it."""
    numbers: Iterator[int] = attrs.field(factory=itertools.count, repr=False)
    """Numbers of its clients."""
    name = "npm classcharts-api"

    def declared(self, role: Role) -> dict[str, Shape]:
        """What the methods of a role return, out of the declarations that the package ships."""
        source = self.folder / "node_modules/classcharts-api/esm/src"
        files = [source / "types.d.ts", *sorted((source / "core").glob("*.d.ts"))]
        found = typescript.read(file.read_text(encoding="utf-8") for file in files)
        return {_snake(name): shape for name, shape in found.methods(f"{role.title()}Client").items()}

    @contextmanager
    def client(self, scene: Scene, role: Role, *credentials: str) -> Iterator[Client]:
        """Somebody who is signed in at *scene*."""
        client = NpmClient(self, scene, next(self.numbers))
        self.say(scene, {"client": client.number, "role": role.title(), "with": credentials})
        yield client

    def say(self, scene: Scene, order: Mapping[str, Any]) -> Any:
        """What Node.js gives for *order*.

        Raises:
            PeerFailed: An error of the package.
            CannotRun: Node.js ended.
        """
        at = round(scene.clock.now().timestamp() * 1000)
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(json.dumps({"origin": scene.url, "at": at, **order}) + "\n")
        stdin.flush()
        line = stdout.readline()
        if not line:
            raise CannotRun(f"Node.js ended with {self.process.wait()}")
        told = json.loads(line)
        if "failed" in told:
            raise PeerFailed(told["failed"])
        return told["said"]


@attrs.frozen
class NpmClient:
    """One client of the package."""

    peer: NpmPeer
    scene: Scene
    number: int

    def call(self, method: str, *arguments: Any) -> Any:
        """What *method*, under its Python name, gives."""
        order = {"client": self.number, "call": _camel(method), "with": arguments}
        return self.peer.say(self.scene, order)

    def read(self, reading: Reading) -> Any:
        """What the call of *reading* gives."""
        if reading.options is None:
            return self.call(reading.method)
        return self.call(
            reading.method, {OPTIONS.get(name, name): value for name, value in reading.options.items()}
        )


@contextmanager
def running() -> Iterator[NpmPeer]:
    """The package, installed and loaded, until the block ends.

    Raises:
        CannotRun: There is no Node.js, or no package.
    """
    node = find_node()
    folder = install(node)
    command = [*node.node, str(HERE / "talk.mjs"), str(folder)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        yield NpmPeer(folder, process)
        assert process.stdin is not None
        process.stdin.close()


def _snake(name: str) -> str:
    return re.sub(r"[A-Z]", lambda found: f"_{found[0].lower()}", name)


def _camel(name: str) -> str:
    return re.sub(r"_([a-z])", lambda found: found[1].upper(), name)
