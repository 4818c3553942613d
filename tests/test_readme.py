"""What the README and the examples show is run, and what they say is compared with what is."""

from __future__ import annotations

import datetime as dt
import json
import re
import runpy
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

import attrs
import pytest
from typer.testing import CliRunner

from schoolsync import errors
from schoolsync.cli.exits import MEANINGS
from schoolsync.cli.program import READINGS, app
from schoolsync.drivers.clock import SYSTEM_CLOCK, SystemClock
from schoolsync.drivers.vault import KEEPER, Keeper
from schoolsync.flow.effects import Clock
from schoolsync.model import Lesson, LessonKind, Pupil
from schoolsync.policy import Limits, Pace
from schoolsync.providers.classcharts import service
from schoolsync.sandbox.classcharts import ClassChartsServer
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.college.college import SandboxCollege, make_college
from schoolsync.sandbox.mount import Server
from schoolsync.sandbox.pronote import PronoteServer
from schoolsync.sandbox.school import SandboxSchool, make_school
from schoolsync.sandbox.serve import serve

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
PYTHON = [block for language, block in BLOCKS if language == "python"]
SHELL = [block for language, block in BLOCKS if not language]
COMMANDS = [
    *(line for block in SHELL for line in block.splitlines() if line.startswith("schoolsync ")),
    *re.findall(r"`(?:\.venv/bin/)?(schoolsync [^`]*)`", README),
]
WEEK = ROOT / "examples" / "week.py"
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))
ADDRESS = "http://127.0.0.1:8421"
"""Where the README's reader serves the sandbox; a test takes any free port."""
LONDON, PARIS = ZoneInfo("Europe/London"), ZoneInfo("Europe/Paris")
WEDNESDAY = dt.datetime(2026, 3, 11, 16, tzinfo=LONDON)


@pytest.fixture(autouse=True)
def fresh_ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever copies a block has signed in to nothing yet."""
    monkeypatch.setattr(KEEPER, "_ledger", Keeper()._ledger)


@attrs.frozen
class Schools:
    """Both invented schools, and where they are."""

    url: str
    academy: SandboxSchool
    college: SandboxCollege


@contextmanager
def _served(moment: dt.datetime) -> Iterator[Schools]:
    academy = make_school(today=moment.astimezone(LONDON).date())
    college = make_college(today=moment.astimezone(PARIS).date())
    clock: Clock = HandClock(moment.astimezone(LONDON))
    servers: dict[str, Server] = {
        "/": ClassChartsServer(academy, clock=clock, mode="tes"),
        "/pronote": PronoteServer(college, clock=clock),
    }
    with serve(servers) as place:
        yield Schools(place.url, academy, college)


@pytest.fixture(scope="module")
def wednesday() -> Iterator[str]:
    """Address of the sandbox, on a Wednesday after school."""
    with _served(WEDNESDAY) as schools:
        yield schools.url


@pytest.fixture(scope="module")
def today() -> Iterator[Schools]:
    """The sandbox, as it stands today."""
    with _served(SYSTEM_CLOCK.now()) as schools:
        yield schools


# -- code -----------------------------------------------------------------------

PRINTED = [
    "EXAMPLE Louison 4B\n   08:00 ESPAGNOL LV2: scheduled\n   08:55 FRANCAIS: online\n",
    "the portal is agora06\nEXAMPLE Louison has 11 pieces of homework\n",
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
def own_account(today: Schools, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment that the examples read."""
    monkeypatch.setenv("SCHOOL_URL", today.url)
    monkeypatch.setenv("SCHOOL_EMAIL", "robin@example.test")
    monkeypatch.setenv("SCHOOL_PASSWORD", "s3cret&+")


@pytest.mark.parametrize("example", [one for one in EXAMPLES if one != WEEK], ids=lambda path: path.stem)
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


ON_PRONOTE = {
    "provider": "pronote",
    "url": "{}/pronote/",
    "username": "dominique.factice",
    "password": "mot de passe 100%",
    "account": "parent",
}
ON_CLASSCHARTS = {
    "provider": "classcharts",
    "base_url": "{}",
    "email": "robin@example.test",
    "password": "s3cret&+",
}


@pytest.mark.parametrize("account", [ON_PRONOTE, ON_CLASSCHARTS], ids=lambda one: one["provider"])
def test_one_program_prints_a_week_of_either(
    account: dict[str, str],
    today: Schools,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Unchanged, by one line of configuration: every child, every lesson, every homework of the week."""
    said = {name: value.replace("{}", today.url) for name, value in account.items()}
    monkeypatch.setenv("SCHOOL", json.dumps(said))
    runpy.run_path(str(WEEK), run_name="__main__")
    out, err = capsys.readouterr()
    assert err == ""
    printed = [line for line in out.splitlines() if line]
    expected = [line for pupil in _children(today, said["provider"]) for line in _week(today, pupil)]
    assert len(expected) > 20
    assert sorted(line.partition("  (")[0] for line in printed) == sorted(expected)
    assert sum(line.startswith("  for ") for line in printed) >= 2


def _children(schools: Schools, provider: str) -> tuple[Pupil, ...]:
    """Those whom the account sees."""
    if provider == "pronote":
        return tuple(one for one in schools.college.pupils if one.name.startswith("FACTICE"))
    return schools.academy.pupils_of(schools.academy.parents[0])


def _week(schools: Schools, pupil: Pupil) -> Iterator[str]:
    """What the school itself has, as the program writes it, without what became of a lesson."""
    day = SYSTEM_CLOCK.now().astimezone(pupil.school.zone).date()
    days = [day + dt.timedelta(days=number - day.weekday()) for number in range(7)]
    school = schools.college if pupil.school.provider == "pronote" else schools.academy
    yield f"{pupil.name}, {pupil.school.name}"
    for lesson in (lesson for one in days for lesson in school.lessons(pupil, one)):
        if lesson.kind is not LessonKind.BREAK:
            what = lesson.subject.name if lesson.subject else ", ".join(lesson.groups)
            yield f"  {lesson.start:%a %H:%M}-{lesson.end:%H:%M}  {what}  {', '.join(lesson.rooms)}"
    for homework in school.homeworks(pupil):
        if homework.due in days:
            subject = homework.subject.name if homework.subject else ""
            yield f"  for {homework.due:%a}  {subject}: {homework.title or homework.description_text[:60]}"


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
    table = re.findall(r"^\| `schoolsync ([a-z]+(?: [a-z]+)*)(?: [^`]*)?` \|", README, re.MULTILINE)
    others = ["demo", "sandbox serve", "cas list", "cas find", "schools near", "doctor"]
    assert sorted(table) == sorted([*others, *(reading.name for reading in READINGS)])


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
