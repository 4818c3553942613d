"""The beginning: what is needed, and how little is loaded."""

from __future__ import annotations

import subprocess
import sys
import tomllib

import pytest

from schoolsync.cli import main, program
from tests.cli.terminal import ROOT, run


def test_the_installed_program_begins_here() -> None:
    """`schoolsync` of pyproject.toml is `run`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"schoolsync": f"{main.run.__module__}:{main.run.__name__}"}


def test_the_module_is_the_program() -> None:
    """`python -m schoolsync` says its version."""
    ended = run("--version")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("schoolsync 0.")


@pytest.mark.parametrize("missing", ["typer", "rich"])
def test_a_missing_extra_is_one_clear_line(
    missing: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without typer or rich, the command to install them; no trace."""
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(SystemExit) as ended:
        main.run()
    assert ended.value.code == 2
    assert capsys.readouterr().err == (
        "schoolsync: the command line is not installed. Install it: pip install 'schoolsync[cli,sandbox]'\n"
    )


def test_an_interruption_before_the_first_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line and exit code 130, however early Ctrl-C is pressed."""

    def interrupted(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(program, "app", interrupted)
    with pytest.raises(SystemExit) as ended:
        main.run()
    assert ended.value.code == 130
    assert capsys.readouterr() == ("", "schoolsync: interrupted.\n")


def test_help_loads_nothing_heavy() -> None:
    """`--help` needs no tables, no records and no HTTP."""
    code = (
        "import sys\nfrom schoolsync.cli.main import run\nsys.argv = ['schoolsync', '--help']\n"
        "try:\n    run()\nfinally:\n    print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT / "src", capture_output=True, check=True)
    loaded = set(done.stderr.decode().split())
    assert "typer" in loaded
    assert not loaded & {"rich", "pydantic", "httpx", "anyio", "uvicorn", "schoolsync.model"}
