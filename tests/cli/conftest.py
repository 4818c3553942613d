"""A command line to type into: in process with an invented school behind it, or as a real program."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from typer.testing import CliRunner

from schoolsync.cli.program import app
from schoolsync.cli.stage import Stage
from schoolsync.drivers.vault import KEEPER, Keeper
from schoolsync.model import Pupil
from schoolsync.sandbox.classcharts import ClassChartsServer
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.college.college import SandboxCollege, make_college
from schoolsync.sandbox.mount import Mount
from schoolsync.sandbox.portals.town import Town, make_town
from schoolsync.sandbox.pronote import PronoteServer
from schoolsync.sandbox.school import SandboxSchool, make_school
from schoolsync.sandbox.serve import serve
from tests.cli.terminal import AFTER_SCHOOL, COLLEGE, PASSWORD, Ended


@pytest.fixture(autouse=True)
def fresh_ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program has signed in to nothing yet when it starts; a test is such a program."""
    monkeypatch.setattr(KEEPER, "_ledger", Keeper()._ledger)


@pytest.fixture
def clock() -> HandClock:
    """Four in the afternoon, on a Wednesday."""
    return HandClock(AFTER_SCHOOL)


@pytest.fixture(scope="session")
def school() -> SandboxSchool:
    """The invented school as it stands then, for everybody: change it only with `switch_off`."""
    school = make_school(today=AFTER_SCHOOL.date())
    school.catch_up(AFTER_SCHOOL)
    return school


@pytest.fixture(scope="session")
def college() -> SandboxCollege:
    """The invented collège on the same day, for everybody: do not change it."""
    college = make_college(today=AFTER_SCHOOL.date())
    college.catch_up(AFTER_SCHOOL)
    return college


@pytest.fixture
def switch_off(school: SandboxSchool) -> Iterator[Callable[[str, Pupil], None]]:
    """Switches something off for a pupil, until the test is over."""
    switched: list[tuple[str, Pupil]] = []

    def switch(feature: str, pupil: Pupil) -> None:
        school.switch(feature, pupil, is_on=False)
        switched.append((feature, pupil))

    yield switch
    for feature, pupil in switched:
        school.switch(feature, pupil, is_on=True)


@pytest.fixture
def server(school: SandboxSchool, clock: HandClock) -> ClassChartsServer:
    """ClassCharts in front of it."""
    return ClassChartsServer(school, clock=clock, mode="tes")


@pytest.fixture
def pronote(college: SandboxCollege, clock: HandClock) -> PronoteServer:
    """PRONOTE in front of the collège."""
    return PronoteServer(college, clock=clock)


@pytest.fixture
def stage(server: ClassChartsServer, pronote: PronoteServer, clock: HandClock) -> Stage:
    """A run of the program whose road leads to the invented schools, without a socket."""
    return Stage(clock=clock, http_client=Mount({"www.classcharts.com": server, COLLEGE: pronote}))


@pytest.fixture
def type_in(stage: Stage) -> Callable[..., Ended]:
    """Type a command: `type_in("badges", *ROBIN)`. 100 letters wide, in a pipe."""

    def typed(*words: str, **environment: str) -> Ended:
        env = {"SECRET": PASSWORD, "COLUMNS": "100", **environment}
        result = CliRunner().invoke(app, words, obj=stage, env=env, prog_name="schoolsync")
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ended(result.exit_code, result.stdout, result.stderr)

    return typed


@pytest.fixture(scope="session")
def place() -> Iterator[str]:
    """Address of the same school, over real HTTP."""
    server = ClassChartsServer(
        make_school(today=AFTER_SCHOOL.date()), clock=HandClock(AFTER_SCHOOL), mode="tes"
    )
    with serve(server) as served:
        yield served.url


@pytest.fixture
def town(college: SandboxCollege, clock: HandClock) -> Town:
    """The same collège behind every school portal."""
    return make_town(clock=clock, college=college)


@pytest.fixture
def type_in_town(town: Town, stage: Stage, type_in: Callable[..., Ended]) -> Callable[..., Ended]:
    """Type a command whose road leads to the portals."""
    stage.http_client = Mount(town.servers)
    return type_in
