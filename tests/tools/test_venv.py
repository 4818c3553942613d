"""The first minute of a newcomer: a Python is found, or the message says what to do."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.contracts import ROOT, write

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="make and sh are needed")


def python(folder: Path, name: str, script: str) -> str:
    """A program that behaves like some Python: `script` decides, and the real one does the rest."""
    path = folder / name
    write(path, f'#!/bin/sh\n{script}\nexec {sys.executable} "$@"')
    path.chmod(0o755)
    return str(path)


def venv(folder: Path, *candidates: str) -> subprocess.CompletedProcess[str]:
    """Run the script with these candidates."""
    command = [shutil.which("sh") or "sh", str(ROOT / "tools/venv.sh"), str(folder / ".venv"), *candidates]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_no_python_is_said_with_what_was_looked_for(tmp_path: Path) -> None:
    """Neither a missing program nor one that is too old will do."""
    old = python(tmp_path, "python3", "exit 1")
    result = venv(tmp_path, "no-such-python", old)
    assert result.returncode == 1
    assert f"needs Python 3.11 or newer, and found none. Looked for: no-such-python {old}." in result.stderr
    assert "make PYTHON=" in result.stderr


def test_a_python_without_venv_and_pip_is_said_with_the_remedy(tmp_path: Path) -> None:
    """And no half-made folder stays behind."""
    bare = python(tmp_path, "python3", 'case "$*" in "-m "*) mkdir -p "$3"; exit 1;; esac')
    result = venv(tmp_path, bare)
    assert result.returncode == 1
    assert "apt install python3-venv" in result.stderr
    assert not (tmp_path / ".venv").exists()


def test_the_first_good_python_is_taken(tmp_path: Path) -> None:
    """Candidates are tried in order; the first that is new enough makes the environment."""
    log = tmp_path / "log"
    old = python(tmp_path, "old", "exit 1")
    good = python(tmp_path, "good", f'case "$*" in "-m "*) echo "$0 $*" >>{log}; exit 1;; esac')
    never = python(tmp_path, "never", f'echo "$0" >>{log}')
    venv(tmp_path, old, good, never)
    assert log.read_text(encoding="utf-8").splitlines()[0] == f"{good} -m venv {tmp_path}/.venv"
    assert str(never) not in log.read_text(encoding="utf-8")
