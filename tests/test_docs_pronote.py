"""The protocol page of PRONOTE: a place for every call, samples that our schemas read, vectors that hold."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from pydantic import BaseModel

from schoolsync.errors import UnexpectedShape
from schoolsync.providers.pronote import calls, crypto, schema
from schoolsync.providers.pronote.address import Space
from schoolsync.providers.pronote.envelope import Answer, read_page
from schoolsync.providers.pronote.schema.words import Row, unwrapped
from schoolsync.sandbox.pronote.generations import GENERATIONS
from tests.providers.pronote.wire import options

PAGE = Path(__file__).parents[1] / "docs/protocol/pronote.md"
TEXT = PAGE.read_text(encoding="utf-8")
MARK = re.compile(r"\(([ABCMRW?], )*[ABCMRW?](\)|; )")
TAB = re.compile(r"\btab (\d+)")
ANCHOR = re.compile(r'<a id="([\w-]+)"></a>')
NO_TAB = frozenset(("FonctionParametres", "Identification", "Authentification", "ParametresUtilisateur"))


def modules(package: ModuleType) -> list[ModuleType]:
    """The modules of *package*."""
    folder = Path(package.__path__[0])
    names = sorted(file.stem for file in folder.glob("*.py") if file.stem != "__init__")
    return [importlib.import_module(f"{package.__name__}.{name}") for name in names]


def places() -> dict[str, str]:
    """What the page says of each function, up to the next function or heading."""
    pieces = ANCHOR.split(TEXT)
    return {
        name: re.split(r"\n## |\n### ", text)[0]
        for name, text in zip(pieces[1::2], pieces[2::2], strict=True)
    }


# -- a place for every call ----------------------------------------------------------------


def spelled() -> set[str]:
    """Every function that the code of `calls` names to a session."""
    found = set()
    for module in modules(calls):
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            is_ask = isinstance(node, ast.Call) and getattr(node.func, "attr", None) == "ask"
            if is_ask and isinstance(node, ast.Call):
                found.add(ast.literal_eval(node.args[0]))
    return found


def documented() -> dict[str, set[str]]:
    """The tabs that docstrings of `calls` name after `Wire:`, by function."""
    found: dict[str, set[str]] = {}
    for module in modules(calls):
        for flow in vars(module).values():
            if inspect.iscoroutinefunction(flow) and flow.__module__ == module.__name__:
                said = (inspect.getdoc(flow) or "").partition("Wire:")[2].partition("Evidence:")[0]
                for name in re.findall(r"`([A-Za-z_]+)`", said)[:1]:
                    found.setdefault(name, set()).update(re.findall(r"\b(\d+)\b", _tabs(said)))
    return found


def _tabs(said: str) -> str:
    """The tabs in *said*: `tab 49 or 16`, `tab 13; tab 41`."""
    return " ".join(re.findall(r"tab ([\d]+(?: or \d+)?)", said))


def constants() -> set[int]:
    """Every screen that the code of `calls` has a name for."""
    return {
        value for module in modules(calls) for name, value in vars(module).items() if name.endswith("_TAB")
    }


def test_every_call_has_a_place_and_every_place_a_call() -> None:
    """Under the server's own name, so that a docstring can cite it."""
    assert {"PageMenus", "SaisieTAFFaitEleve", "donneesContenusCDT"} <= spelled()
    assert places().keys() == spelled()
    assert documented().keys() == spelled()


@pytest.mark.parametrize("name", sorted(places()))
def test_the_place_names_the_tabs_of_the_call(name: str) -> None:
    """As its docstring does, and no other; calls before the first screen have none."""
    said = set(TAB.findall(places()[name]))
    wanted = documented()[name]
    if name == "Navigation":
        assert said == {"7"}
    else:
        assert said == wanted
    assert not said or name not in NO_TAB


def test_every_screen_of_the_code_is_on_the_page() -> None:
    """And the page names no screen that the code does not know."""
    assert len(constants()) > 10
    assert {int(tab) for tab in TAB.findall(TEXT)} == constants()


@pytest.mark.parametrize("name", sorted(places()))
def test_every_place_is_marked(name: str) -> None:
    """From one function to the next there is at least one mark of confidence."""
    assert MARK.search(places()[name])


def test_every_table_that_claims_something_is_marked() -> None:
    """Its last column is `Mark`, and no cell of it is empty."""
    rows = [line for line in TEXT.splitlines() if line.startswith("| ")]
    marked = False
    for line in rows:
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        marked = cells[-1] == "Mark" if cells[-1] in {"Mark", "In our docstrings", "Value"} else marked
        assert not marked or re.fullmatch(r"Mark|(?:[ABCMRW?], )*[ABCMRW?]", cells[-1]), line


# -- samples ---------------------------------------------------------------------------------


def schemas() -> dict[str, list[type[Row]]]:
    """The schemas of each function, by what their docstrings name after `Wire:`."""
    found: dict[str, list[type[Row]]] = {}
    known = spelled()
    for module in modules(schema):
        for kind in vars(module).values():
            is_page = isinstance(kind, type) and issubclass(kind, Row) and kind.__module__ == module.__name__
            if is_page and "Wire:" in (kind.__doc__ or ""):
                for name in known.intersection(re.findall(r"`([A-Za-z_]+)`", kind.__doc__ or "")):
                    found.setdefault(name, []).append(kind)
    return found


def samples() -> list[tuple[str, str]]:
    """Every sample of an answer, with the function that it stands under."""
    return [
        (name, block)
        for name, text in places().items()
        for block in re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    ]


def unknown(row: object, path: str = "") -> Iterator[str]:
    """Keys under *row* that no schema knows."""
    if isinstance(row, BaseModel):
        yield from (f"{path}.{key}" for key in row.model_extra or ())
        for name in type(row).model_fields:
            yield from unknown(getattr(row, name), f"{path}.{name}")
    elif isinstance(row, tuple):
        for place, inner in enumerate(row):
            yield from unknown(inner, f"{path}.{place}")


def test_every_answer_has_a_sample() -> None:
    """Of every function that a schema reads."""
    shown = {name for name, _ in samples()}
    assert schemas().keys() - shown == {"donneesContenusCDT", "PageReleve"}  # as its neighbour; not captured
    assert shown <= schemas().keys()
    assert len(samples()) > 20


@pytest.mark.parametrize(("name", "block"), samples(), ids=lambda given: given if len(given) < 40 else "")
def test_a_sample_is_read_by_a_schema_that_knows_all_of_it(name: str, block: str) -> None:
    """Without an issue and without an unknown key: what the page shows is what we read."""
    answer = Answer(name, json.loads(block, object_hook=unwrapped))
    assert min((strange(answer, kind) for kind in schemas()[name]), key=len) == []


def strange(answer: Answer, kind: type[Row]) -> list[str]:
    """What *kind* does not understand of *answer*."""
    try:
        page = read_page(options(), answer, kind)
    except UnexpectedShape as error:
        return [error.path]
    return [*(issue.path for issue in page.issues), *unknown(page.data)]


# -- figures ---------------------------------------------------------------------------------


def vectors() -> dict[str, str]:
    """The table of vectors."""
    part = TEXT.partition("### Vectors")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (.+?) \| (.+) \|$", part, re.MULTILINE)
    return {name: value.strip("`") for name, value in rows if value.startswith("`")}


def test_the_vectors_hold() -> None:
    """Each from those before it, by our own arithmetic; the page was written by another."""
    said = vectors()
    drawn, iv = bytes.fromhex(said["drawn"]), bytes.fromhex(said["vector"])
    assert said["`Uuid`"] == crypto.announced_iv(drawn, None, bytes)
    assert iv == crypto.digest(drawn)
    assert bytes.fromhex(said["first key"]) == crypto.EMPTY_KEY
    ivs = {1: crypto.NO_IV, 2: iv, 3: iv}
    for number, own in ivs.items():
        assert said[f"order number {number}"] == crypto.order_number(number, crypto.EMPTY_KEY, own)
    user, password, alea = said["user name, password, `alea`"].replace("`", "").split(", ")
    key = crypto.login_key(user, password, alea=alea)
    assert said["key of the log-in"] == key.hex()
    assert said["its answer"] == crypto.answer_challenge(said["challenge, scrambled"], key, iv)
    bare = crypto.login_key(user, password)
    assert said["key of the log-in without `alea`"] == bare.hex()
    assert said["its answer, with that key"] == crypto.answer_challenge(said["challenge, direct"], bare, iv)
    material = crypto.read_key(said["`cle`, under the key of the log-in"], key, iv)
    assert said["material in it"] == material.hex()
    session = crypto.digest(material)
    assert said["key of the session"] == session.hex()
    assert said["order number 7, in the session"] == crypto.order_number(7, session, iv)
    assert said["file `48#aa`"] == crypto.file_segment("48#aa", session, iv)
    assert len(said) == 19


def test_the_page_knows_every_generation_of_the_sandbox() -> None:
    """In the same order."""
    part = TEXT.partition("## Generations")[2].partition("\n## ")[0]
    listed = re.findall(r"^\| ([\d.]+)", part, re.MULTILINE)
    assert [label for label in listed if label != "2026.1.3"] == [one.label for one in GENERATIONS]


def test_the_page_knows_every_space() -> None:
    """With its number and its page."""
    for space in Space:
        assert f"| {space} | {space.number} | `{space.page}` |" in TEXT
