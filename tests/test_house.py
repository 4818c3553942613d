"""The house rules of ARCHITECTURE.md, kept, and each seen to fail on a bad sample.

The checks live in `tests/house/`. Every one takes the root of a checkout, so
that the real tree and a bad sample go through the same code.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import attrs
import pytest

import schoolsync
from schoolsync.ent.directory import BUILT_IN
from schoolsync.ent.families import KosmosForm, Retired, SimpleForm
from schoolsync.ent.portal import EDUCONNECT, Portal, State
from tests.house import code, portals, tree
from tests.house.contracts import ROOT, broken, skeleton, verdicts, write

Check = Callable[[Path], list[str]]


# --- the six import contracts ------------------------------------------------

ROWS = "A module imports only from the rows below"
INSIDE = "Inside a provider, what is near the wire knows least"
PROVIDERS = "Providers do not know each other"
WORLD = "Only drivers, and the programs on top, touch the world"
SANDBOX = "The sandbox knows no provider and no portal"
HOMES = "pydantic and Crypto have their homes"

# Which contracts notice, where the bad line stands, and the line.
BAD_IMPORTS = [
    ({ROWS}, "errors.py", "from schoolsync.model import record"),
    ({ROWS}, "flow/steps.py", "from schoolsync import policy"),
    ({ROWS}, "unplaced.py", "'A module in no row breaks the contract, whatever it imports.'"),
    ({INSIDE}, "providers/classcharts/envelope.py", "from schoolsync.providers.classcharts import session"),
    ({INSIDE}, "providers/classcharts/login.py", "from schoolsync.providers.classcharts import mapping"),
    ({PROVIDERS}, "providers/pronote/calls.py", "from schoolsync.providers.classcharts import session"),
    ({WORLD}, "policy.py", "import threading"),
    ({WORLD}, "sandbox/school.py", "import starlette.applications"),
    ({WORLD}, "client/_async/parent.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING: import httpx"),
    ({SANDBOX}, "sandbox/school.py", "from schoolsync.ent import portal"),
    ({SANDBOX, ROWS}, "sandbox/school.py", "from schoolsync.providers.classcharts import calls"),
    ({HOMES}, "derive/agenda.py", "import pydantic"),
    ({HOMES}, "providers/classcharts/envelope.py", "from Crypto.Cipher import AES"),
    ({HOMES}, "model/record.py", "from Crypto.Hash import MD5"),
]


def test_the_six_contracts_are_kept() -> None:
    """All six, on the real package."""
    assert verdicts(ROOT / "src") == dict.fromkeys([ROWS, INSIDE, PROVIDERS, WORLD, SANDBOX, HOMES], "KEPT")


def test_a_skeleton_keeps_the_contracts(tmp_path: Path) -> None:
    """So what breaks one below is the bad line alone."""
    skeleton(tmp_path)
    assert broken(tmp_path) == set()


@pytest.mark.parametrize(("contracts", "path", "line"), BAD_IMPORTS)
def test_a_bad_import_breaks_its_contract(tmp_path: Path, contracts: set[str], path: str, line: str) -> None:
    """One bad line, and exactly the contracts that should notice do."""
    write(skeleton(tmp_path) / path, line)
    assert broken(tmp_path) == contracts


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("drivers/http.py", "import httpx, threading, time"),
        ("cli/main.py", "import rich, typer, subprocess"),
        ("sandbox/serve.py", "import starlette.applications, socket, uvicorn"),
        ("sandbox/mount.py", "import anyio"),
        ("sandbox/clock.py", "import time"),
        ("model/record.py", "import pydantic, pydantic_core"),
        ("providers/classcharts/calls.py", "import pydantic"),
        ("providers/classcharts/extra.py", "import pydantic"),
        ("providers/pronote/crypto.py", "import Crypto.Cipher"),
        ("sandbox/pronote/crypto.py", "import Crypto.Cipher"),
    ],
)
def test_what_is_at_home_may_stay(tmp_path: Path, path: str, line: str) -> None:
    """The exemptions in `.importlinter` name the modules that they mean."""
    write(skeleton(tmp_path) / path, line)
    assert broken(tmp_path) == set()


# --- what imports cannot show, and what the map promises ----------------------


class Guard(NamedTuple):
    """A check, a file that it must complain about, and what it must say."""

    check: Check
    path: str
    text: str
    complaint: str


_LONG_FILE = '"""A file."""' + "\nx = 1" * code.FILE_LINES
_LONG_FUNCTION = '"""A file."""\ndef f():\n    """Do."""' + "\n    x = 1" * code.FUNCTION_LINES
_MAP = "```\nsrc/schoolsync/\n├── model/  records\n├── (flow/)  to come\n```\n"

_BARE_FIELD = '"""A file."""\nclass P:\n    """A class."""\n    name: str\n    """Its name."""\n    age: int'

POLICY, MODEL = "src/schoolsync/policy.py", "src/schoolsync/model/people.py"
GUARDS = [
    Guard(code.world_touched, POLICY, "open('x')", "open()"),
    Guard(code.world_touched, POLICY, "print('x')", "print()"),
    Guard(code.world_touched, POLICY, "path.read_text()", ".read_text()"),
    Guard(code.world_touched, POLICY, "import datetime as dt\ndt.datetime.now()", "datetime.datetime.now"),
    Guard(code.world_touched, POLICY, "from datetime import date as d\nd.today()", "datetime.date.today"),
    Guard(code.world_touched, POLICY, "import time\nclock = time.time", "time.time"),
    Guard(code.world_touched, POLICY, "from time import monotonic", "time.monotonic"),
    Guard(code.world_touched, POLICY, "import importlib as i\ni.import_module", "importlib.import_module"),
    Guard(code.world_touched, POLICY, "import urllib.request", "urllib.request"),
    Guard(code.world_touched, POLICY, "from http import client", "http.client"),
    Guard(code.world_touched, "src/schoolsync/registry.py", "import os\nos.environ['X']", "os.environ"),
    Guard(code.world_touched, "src/schoolsync/sandbox/school.py", "open('x')", "open()"),
    Guard(code.undocumented, POLICY, "x = 1", "the module"),
    Guard(code.undocumented, POLICY, '"""A file."""\ndef decide(): ...', "decide"),
    Guard(code.undocumented, POLICY, '"""A file."""\nclass Plan: ...', "Plan"),
    Guard(code.undocumented, POLICY, '"""A."""\nclass P:\n    """B."""\n    def may(self): ...', "may"),
    Guard(code.undocumented, "tests/test_policy.py", '"""A file."""\ndef test_x(): ...', "test_x"),
    Guard(code.undocumented, MODEL, _BARE_FIELD, "P.age"),
    Guard(code.too_long, POLICY, _LONG_FILE, "401 lines, 400 allowed"),
    Guard(code.too_long, POLICY, _LONG_FUNCTION, "f has 41 lines"),
    Guard(tree.unmirrored, POLICY, "", "tests/test_policy.py"),
    Guard(tree.unmirrored, "src/schoolsync/client/_async/parent.py", "", "tests/client/test_parent.py"),
    Guard(tree.unmirrored, "tools/redact.py", "", "tests/tools/test_redact.py"),
    Guard(tree.misdrawn, "src/schoolsync/util/x.py", "", "src/schoolsync/util/: there, but not drawn"),
    Guard(tree.misdrawn, "extra/x", "", "extra/: there, but not drawn"),
    Guard(tree.misdrawn, "src/schoolsync/flow/x.py", "", "src/schoolsync/flow/: there, so its parentheses"),
    Guard(tree.misdrawn, "src/schoolsync/errors.py", "", "src/schoolsync/model/: drawn, but not there"),
]


@pytest.mark.parametrize("check", dict.fromkeys(guard.check for guard in GUARDS))
def test_the_house_is_in_order(check: Check) -> None:
    """No check has a complaint about this checkout."""
    assert check(ROOT) == []


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: f"{guard.check.__name__}: {guard.complaint}")
def test_a_bad_sample_is_noticed(tmp_path: Path, guard: Guard) -> None:
    """Each check has a complaint about a checkout that has only one bad file."""
    write(tmp_path / "src/schoolsync/__init__.py", '"""A package."""')
    write(tmp_path / "ARCHITECTURE.md", _MAP)
    write(tmp_path / guard.path, guard.text)
    complaints = guard.check(tmp_path)
    assert any(guard.complaint in complaint for complaint in complaints), complaints


@pytest.mark.parametrize(
    ("check", "path", "text"),
    [
        (code.world_touched, "src/schoolsync/drivers/sync.py", "import time\ntime.sleep(1)\nopen('x')"),
        (code.world_touched, "src/schoolsync/sandbox/clock.py", "import time\ntime.time()"),
        (code.world_touched, "src/schoolsync/registry.py", "import importlib\nimportlib.import_module('x')"),
        (code.world_touched, POLICY, "import datetime as dt\ndt.date(2026, 9, 1)\nself.open('x')"),
        (code.undocumented, POLICY, '"""A file."""\ndef _decide(): ...'),
        (code.too_long, "src/schoolsync/client/_sync/parent.py", _LONG_FILE),
        (code.too_long, POLICY, '"""A."""\ndef f():\n    """Do.\n' + "    more\n" * 60 + '    """'),
        (tree.unmirrored, "src/schoolsync/client/_sync/parent.py", ""),
        (tree.unmirrored, "src/schoolsync/__main__.py", ""),
    ],
)
def test_a_good_sample_is_left_alone(tmp_path: Path, check: Check, path: str, text: str) -> None:
    """What a rule exempts, or does not mean, brings no complaint."""
    write(tmp_path / path, text)
    assert check(tmp_path) == []


def test_a_folder_may_be_tested_as_a_whole(tmp_path: Path) -> None:
    """`mapping/` and `schema/` hold many small files: one test module may answer for all."""
    write(tmp_path / "src/schoolsync/providers/x/mapping/marks.py")
    assert tree.unmirrored(tmp_path) != []
    write(tmp_path / "tests/providers/x/test_mapping.py")
    assert tree.unmirrored(tmp_path) == []


def test_every_permission_to_be_long_is_needed(tmp_path: Path) -> None:
    """A file that became short again loses its exemption; and here is one that would."""
    assert code.needless_permissions(ROOT, code.LONG) == []
    write(tmp_path / POLICY, "x = 1")
    assert code.needless_permissions(tmp_path, {POLICY: "once it was long"}) == [POLICY]


def test_a_permission_to_be_long_is_one(tmp_path: Path) -> None:
    """What stands in the list with its reason is let through."""
    write(tmp_path / POLICY, _LONG_FILE)
    assert code.too_long(tmp_path, {POLICY: "a table"}) == []


# --- the directory of portals ---------------------------------------------------


@pytest.mark.parametrize("check", portals.CHECKS)
def test_the_directory_is_in_order(check: portals.Check) -> None:
    """No check has a complaint about a row of ours."""
    assert check(BUILT_IN) == []


def _sample(name: str = "exemple", **changes: Any) -> Portal:
    """A row that is in order, under another name, and then with *changes*."""
    plain: dict[str, Any] = {
        "name": name,
        "title": name,
        "region": "Exemple",
        "family": KosmosForm(host=f"cas.{name}.example.test"),
        "evidence": "Somebody saw it, and wrote it down.",
        "seen": dt.date(2026, 9, 1),
    }
    return Portal(**plain | changes)


_SAMPLE = _sample()
_TWIN: dict[str, Any] = {"name": "autre", "title": "autre"}
_OVER = Retired(was="aten_start", host="www.example.test", why="gone")
BAD_ROWS: list[tuple[portals.Check, list[Portal], str]] = [
    (portals.unproven, [_sample(evidence="Somebody saw it, and wrote it down")], "no sentence of evidence"),
    (portals.unproven, [_sample(evidence="Seen.")], "no sentence of evidence"),
    (portals.unproven, [_sample(seen=dt.date(2019, 12, 31))], "seen on 2019-12-31"),
    (portals.unproven, [_sample(seen=dt.date(9999, 1, 1))], "seen on 9999-01-01"),
    (portals.unproven, [_sample(region="")], "no region"),
    (portals.ambiguous, [_SAMPLE, attrs.evolve(_SAMPLE, title="autre")], "exemple: 2 times"),
    (portals.ambiguous, [_SAMPLE, _sample("autre", aliases=["exemple"])], "exemple: 2 times"),
    (portals.ambiguous, [_sample(aliases=["a_b"]), _sample("a-b")], "a-b: 2 times"),
    (portals.ambiguous, [_SAMPLE, _sample("autre", title="exemple")], "the title 'exemple': 2 times"),
    (portals.misplaced, [_sample(hosts=["cas.exemple.example.test"])], "stands twice"),
    (portals.misplaced, [_sample(hosts=["a.example.test"], fronts=["a.example.test"])], "stands twice"),
    (portals.misplaced, [_sample(fronts=[EDUCONNECT])], f"{EDUCONNECT} is nobody's"),
    (portals.misplaced, [_sample(family=SimpleForm(url="http://www.example.test/"))], "is not https"),
    (
        portals.doubled,
        [_SAMPLE, _sample(**_TWIN, family=KosmosForm(host=_SAMPLE.all_hosts[0]))],
        "the same way",
    ),
    (
        portals.doubled,
        [_SAMPLE, attrs.evolve(_SAMPLE, **_TWIN, hosts=["a.example.test"])],
        "over other hosts",
    ),
    (portals.stranded, [_sample(state=State.DEAD)], "dead rows have the family Retired"),
    (portals.stranded, [_sample(family=_OVER)], "dead rows have the family Retired"),
    (portals.stranded, [_sample(family=_OVER, state=State.DEAD)], "its successor, None, is not current"),
    (portals.stranded, [_sample(family=_OVER, state=State.DEAD, successor="autre")], "autre, is not current"),
    (
        portals.stranded,
        [_sample("autre", state=State.HISTORIC), _sample(family=_OVER, state=State.DEAD, successor="autre")],
        "autre, is not current",
    ),
    (portals.stranded, [_sample(successor="exemple")], "it has a successor, and is not dead"),
    (portals.unshown, [_SAMPLE], "exemple: no cas.exemple.example.test in"),
]


@pytest.mark.parametrize(("check", "rows", "complaint"), BAD_ROWS)
def test_a_bad_row_is_noticed(check: portals.Check, rows: list[Portal], complaint: str) -> None:
    """Each check has a complaint about a directory with one bad row; about the sample itself none has."""
    assert any(complaint in one for one in check(rows)), check(rows)
    assert check is portals.unshown or check([_SAMPLE]) == []


def test_rows_may_share_a_way_on_purpose() -> None:
    """The very same settings, under another name."""
    assert portals.doubled([_SAMPLE, attrs.evolve(_SAMPLE, **_TWIN)]) == []


@pytest.mark.parametrize(
    ("text", "is_shown"),
    [
        ("", False),
        ('class Kosmos:\n    family = "kosmos_educonnect"', False),
        ('"kosmos_form"', False),
        ('class Kosmos:\n    family = "kosmos_form"', True),
        ('class Kosmos:\n    family: ClassVar[str] = "kosmos_form"', True),
        ('FAKES = {"kosmos_form": Kosmos}', True),
        ('FAKES: Final[Mapping[str, type[Fake]]] = {"kosmos_form": Kosmos}', True),
    ],
)
def test_a_family_needs_a_fake(tmp_path: Path, text: str, is_shown: bool) -> None:
    """A class of the sandbox that says so, or a table that has one; a word somewhere is not enough."""
    write(tmp_path / portals.FAKES / "kosmos.py", f"{text}\nHOST = 'cas.exemple.example.test'")
    complaints = portals.unshown([_SAMPLE], tmp_path)
    assert complaints == ([] if is_shown else [f"kosmos_form: no fake in {portals.FAKES}"])


def test_what_is_over_needs_no_fake(tmp_path: Path) -> None:
    """Nobody is let in."""
    over = _sample(family=_OVER, state=State.DEAD, successor="autre")
    assert portals.unshown([over], tmp_path) == []


# --- the public names ---------------------------------------------------------


def test_public_names_are_sorted_and_resolve() -> None:
    """`schoolsync.__all__` says what there is, in an order that people can search."""
    assert tree.bad_exports(schoolsync) == []


def test_bad_exports_are_noticed() -> None:
    """A name that does not resolve, and two in the wrong order."""
    module = ModuleType("sample")
    module.__dict__.update(__all__=["b", "a"], a=1)
    assert tree.bad_exports(module) == [
        "b: does not resolve",
        "sample.__all__: not sorted, or something twice",
    ]
