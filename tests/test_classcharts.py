"""The public namespace: four classes, loaded when they are wanted, and nothing heavy before it is needed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import schoolsync
from schoolsync import classcharts

HEAVY = frozenset(
    ("httpx", "httpx2", "httpcore", "anyio", "trio", "asyncio", "pydantic", "selectolax", "Crypto")
)


def fresh(code: str) -> str:
    """What *code* prints in a fresh interpreter."""
    here = {"PYTHONPATH": str(Path(__file__).parents[1] / "src")}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ | here
    )
    return done.stdout


def loaded_by(code: str) -> set[str]:
    """The heavy modules that *code* brings into a fresh interpreter."""
    return set(HEAVY) & set(fresh(f"import sys\n{code}\nprint(*sys.modules)").split())


def test_every_name_is_a_class_with_its_twin() -> None:
    """And the module says what it has."""
    assert classcharts.__all__ == sorted(classcharts.__all__) == dir(classcharts)
    for name in classcharts.__all__:
        assert getattr(classcharts, name).__name__ == name
    assert classcharts.ParentClient.__module__ == "schoolsync.client._sync.classcharts"
    assert classcharts.AsyncParentClient.__module__ == "schoolsync.client._async.classcharts"


def test_both_ways_to_import_are_one() -> None:
    """`from schoolsync import classcharts`, and the module itself."""
    assert schoolsync.classcharts is sys.modules["schoolsync.classcharts"]


def test_an_unknown_name_is_an_attribute_error() -> None:
    """As of any module."""
    with pytest.raises(AttributeError, match="TeacherClient"):
        classcharts.TeacherClient  # noqa: B018


def test_the_namespace_alone_loads_nothing() -> None:
    """Neither of the package nor of the module."""
    assert loaded_by("import schoolsync; from schoolsync import classcharts") == set()


def test_a_client_loads_no_http_library_before_its_first_request() -> None:
    """Nor an event loop."""
    code = (
        "from schoolsync import classcharts\n"
        "client = classcharts.ParentClient('a@example.test', 'x')\n"
        "other = classcharts.AsyncStudentClient('ZZ', None)"
    )
    assert loaded_by(code) - {"asyncio", "pydantic", "selectolax"} == set()
