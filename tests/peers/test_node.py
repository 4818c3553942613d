"""The npm package is the locked one, and a machine that cannot run it is told why."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.peers.node import HERE, CannotRun, Node, candidates, find_node, install

pytestmark = pytest.mark.peer

REFUSING = "import sys; open('attempts', 'a').write('x'); sys.exit('no road to any registry')"


def test_the_lock_names_one_version_and_no_registry() -> None:
    """So that it installs from wherever a machine gets its packages."""
    text = (HERE / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(text)["packages"]
    assert "resolved" not in text
    assert "://" not in text
    assert packages["node_modules/classcharts-api"]["version"] == "2.12.3"
    assert all("integrity" in locked for path, locked in packages.items() if path)


def test_what_is_installed_is_what_is_locked() -> None:
    """Once; a second time nothing is done."""
    folder = install(find_node())
    package = folder / "node_modules/classcharts-api/package.json"
    assert json.loads(package.read_text(encoding="utf-8"))["version"] == "2.12.3"
    assert install(Node(("no node",), ("no npm",))) == folder


def test_the_wheel_would_do_too(tmp_path: Path) -> None:
    """On a machine without Node.js the one from PyPI, with its own npm, installs the package."""
    wheel = list(candidates())[-1]
    assert find_node([wheel]) == wheel
    assert (install(wheel, tmp_path) / "node_modules/classcharts-api/esm/mod.js").exists()


def test_an_old_node_is_passed_over() -> None:
    """With what it said of itself."""
    old = Node((sys.executable, "-c", "print('v18.20.1')"), ())
    missing = Node(("no such program",), ())
    with pytest.raises(CannotRun, match=r"(?s)Node.js 20 or newer.*v18\.20\.1.*no such program"):
        find_node([old, missing])


def test_a_failed_installation_is_tried_once_more_and_told(tmp_path: Path) -> None:
    """Both attempts and what npm said are in the error, and nothing half made is left."""
    log = tmp_path / "attempts"
    refusing = REFUSING.replace("'attempts'", repr(str(log)))
    broken = Node((), (sys.executable, "-c", refusing))
    cache = tmp_path / "cache"
    with pytest.raises(CannotRun, match="no road to any registry") as failure:
        install(broken, cache)
    assert log.read_text(encoding="utf-8") == "xx"
    assert str(failure.value).count("exit 1") == 2
    assert list(cache.iterdir()) == []


def test_installed_packages_are_not_in_the_repository() -> None:
    """Git ignores the cache."""
    command = ["git", "check-ignore", "--quiet", ".cache/peers/x"]
    assert subprocess.run(command, cwd=HERE.parents[1], check=False).returncode == 0
