"""Run the import contracts over any copy of the package.

A *skeleton* has the package's modules by name, all empty. It keeps every
contract, so one bad import written into it shows which contract notices.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

_LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def verdicts(folder: Path, config: Path = ROOT / ".importlinter") -> dict[str, str]:
    """Contract name → `KEPT` or `BROKEN`, for the package `schoolsync` inside `folder`."""
    command = [sys.executable, "-c", _LINT_IMPORTS, "--config", str(config), "--no-cache", "--no-logo"]
    report = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout
    found = {
        name: verdict
        for name, _, verdict in (line.split(" (")[0].rpartition(" ") for line in report.splitlines())
        if verdict in {"KEPT", "BROKEN"}
    }
    assert found, report
    return found


def broken(folder: Path) -> set[str]:
    """The contracts that do not hold for the package inside `folder`."""
    return {name for name, verdict in verdicts(folder).items() if verdict == "BROKEN"}


def skeleton(folder: Path) -> Path:
    """Copy the package into `folder` as empty modules, with a second provider and a portal, and return it."""
    package = folder / "schoolsync"
    shutil.copytree(
        ROOT / "src/schoolsync",
        package,
        ignore=shutil.ignore_patterns("__pycache__", "*.json", ".*"),
        copy_function=lambda _, copy: Path(copy).touch(),
    )
    shutil.copytree(package / "providers/classcharts", package / "providers/pronote", dirs_exist_ok=True)
    write(package / "ent/__init__.py")
    write(package / "ent/portal.py")
    return package


def write(path: Path, text: str = "") -> None:
    """Write a file, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n", encoding="utf-8")
