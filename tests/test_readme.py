"""What the README and the examples show is run, and what they say is compared with what is."""

from __future__ import annotations

import datetime as dt
import json
import re
import runpy
import shlex
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from schoolsync import errors
from schoolsync.cli.exits import MEANINGS
from schoolsync.cli.program import READINGS, app
from schoolsync.drivers.clock import SYSTEM_CLOCK, SystemClock
from schoolsync.drivers.vault import KEEPER, Keeper
from schoolsync.flow.effects import Clock
from schoolsync.model import Lesson
from schoolsync.policy import Limits, Pace
from schoolsync.providers.classcharts import service
from schoolsync.sandbox.classcharts import ClassChartsServer
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.school import make_school
from schoolsync.sandbox.serve import serve

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PYTHON = re.findall(r"^```python\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
SHELL = re.findall(r"^```\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
COMMANDS = [
    *(line for block in SHELL for line in block.splitlines() if line.startswith("schoolsync ")),
    *re.findall(r"`(?:\.venv/bin/)?(schoolsync [^`]*)`", README),
]
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))
ADDRESS = "http://127.0.0.1:8421"
"""Where the README's reader serves the sandbox; a test takes any free port."""
LONDON = ZoneInfo("Europe/London")
WEDNESDAY = dt.datetime(2026, 3, 11, 16, tzinfo=LONDON)


@pytest.fixture(autouse=True)
def fresh_ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever copies a block has signed in to nothing yet."""
    monkeypatch.setattr(KEEPER, "_ledger", Keeper()._ledger)


def _served(clock: Clock) -> ClassChartsServer:
    return ClassChartsServer(make_school(today=clock.now().date()), clock=clock, mode="tes")


@pytest.fixture(scope="module")
def wednesday() -> Iterator[str]:
    """Address of the sandbox, on a Wednesday after school."""
    with serve(_served(HandClock(WEDNESDAY))) as place:
        yield place.url


@pytest.fixture(scope="module")
def today() -> Iterator[str]:
    """Address of the sandbox, as it stands today."""
    with serve(_served(HandClock(SYSTEM_CLOCK.now().astimezone(LONDON)))) as place:
        yield place.url


# -- code -----------------------------------------------------------------------

PRINTED = [
    "Alex Example\n   2026-03-11 Algebra & graphs late\n   2026-03-13 Read chapter 3 done\n",
    "08:40 Tutor time\n09:00 History\n10:00 PE\n11:00 break\n11:20 English\n",
    "2026-03-09 Star reader\n2026-03-03 Week without a mark\n",
    "Alex Example [{'schema_version': 1, 'type': 'Absence'",
    "8 marks\nclasscharts periods: This is not available here (not_in_provider).\n",
]
"""How what each block prints begins."""


@pytest.mark.parametrize(
    ("code", "printed"), list(zip(PYTHON, PRINTED, strict=True)), ids=range(len(PRINTED))
)
def test_every_block_of_python_runs(
    code: str,
    printed: str,
    wednesday: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """As it stands, on a Wednesday; ClassCharts' own address leads to the sandbox too."""
    monkeypatch.setattr(service, "ORIGIN", wednesday)
    monkeypatch.setattr(SystemClock, "now", lambda _: WEDNESDAY)
    monkeypatch.setenv("SCHOOL_EMAIL", "robin@example.test")
    monkeypatch.setenv("SCHOOL_PASSWORD", "s3cret&+")
    exec(compile(code.replace(ADDRESS, wednesday), "README.md", "exec"), {"__name__": "__main__"})
    assert capsys.readouterr().out.startswith(printed)


@pytest.fixture
def own_account(today: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment that the examples read."""
    monkeypatch.setenv("SCHOOL_URL", today)
    monkeypatch.setenv("SCHOOL_EMAIL", "robin@example.test")
    monkeypatch.setenv("SCHOOL_PASSWORD", "s3cret&+")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_runs(
    example: Path,
    own_account: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """And says something about each of two children."""
    monkeypatch.setattr("sys.argv", [str(example), str(tmp_path)])
    runpy.run_path(str(example), run_name="__main__")
    out, err = capsys.readouterr()
    assert err == ""
    files = sorted(tmp_path.glob("*.json"))
    if example.stem == "save_as_json":
        assert sorted(out.split()) == [str(file) for file in files]
        saved = json.loads(files[0].read_text(encoding="utf-8"))
        assert len({Lesson.from_dict(one).start.date() for one in saved["lessons"]}) == 5
    else:
        assert "Alex Example" in out
        assert "Sam Example" in out
    assert len(files) == 2 * (example.stem == "save_as_json")


# -- commands -------------------------------------------------------------------


def _help(*words: str) -> str:
    return CliRunner().invoke(app, [*words, "--help"]).stdout


@pytest.mark.parametrize("line", dict.fromkeys(COMMANDS))
def test_every_command_exists(line: str) -> None:
    """With every option that is shown."""
    words = shlex.split(line)[1:]
    names = [word for word in words if word.isalpha() and word.islower()]
    depth = 2 if names[0] == "sandbox" else 1
    text = _help(*names[:depth])
    assert text.startswith(f"Usage: root {' '.join(names[:depth])} ")
    for option in (word for word in words if word.startswith("--")):
        assert f"  {option} " in text


def test_every_command_is_in_the_table() -> None:
    """None is missing, none is too much."""
    table = re.findall(r"^\| `schoolsync ([a-z ]+)` \|", README, re.MULTILINE)
    assert sorted(table) == sorted(["demo", "sandbox serve", *(reading.name for reading in READINGS)])


def test_the_make_targets_exist() -> None:
    """Both of them."""
    targets = {line.removeprefix("make ") for block in SHELL for line in block.split("\n") if "make" in line}
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert targets == {"demo", "test"}
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)


def test_the_exit_codes_are_those_of_help() -> None:
    """Word for word."""
    for code, meaning in MEANINGS.items():
        assert f"| {code:d} | {meaning} |" in README


def test_the_demo_prints_what_is_shown() -> None:
    """Line for line, 80 wide; `…` stands for lines left out. After a change, paste what it prints now."""
    shown = re.search(r"^```text\n\$ schoolsync (.*?)\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    assert shown
    ended = CliRunner().invoke(app, shlex.split(shown[1]), env={"COLUMNS": "80"})
    for part in shown[2].split("…\n"):
        assert part in ended.stdout


# -- words ----------------------------------------------------------------------


def test_the_errors_are_sorted_as_in_the_tree() -> None:
    """Every leaf in the table belongs to the branch of its line."""
    lines = re.findall(r"^\| `(\w+Error)` \|[^|]*\| (.*) \|$", README, re.MULTILINE)
    assert len(lines) == len(errors.SchoolSyncError.__subclasses__())
    for branch, leaves in lines:
        for leaf in re.findall(r"`(\w+)`", leaves):
            assert issubclass(getattr(errors, leaf), getattr(errors, branch))


def test_the_manners_are_the_governors() -> None:
    """Its defaults, in words."""
    assert Limits() == Limits(
        paces=(Pace(3, dt.timedelta(minutes=10)), Pace(12, dt.timedelta(hours=1))),
        after_rate_limit=dt.timedelta(minutes=30),
        after_suspension=dt.timedelta(hours=6),
    )
    text = " ".join(README.split())
    for words in (
        "**3 in 10 minutes and 12 in an hour**",
        "none for 30 minutes after",
        "none for 6 hours after",
    ):
        assert words in text


def test_every_link_leads_somewhere() -> None:
    """Inside this checkout."""
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert len(links) >= 4
    assert [link for link in links if not (ROOT / link).exists()] == []
