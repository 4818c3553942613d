"""The public namespace of PRONOTE: loaded when it is wanted, and nothing heavy before it is needed."""

from __future__ import annotations

import inspect
import sys

import pytest

import schoolsync
from schoolsync import pronote
from tests.test_classcharts import fresh, loaded_by


def test_every_name_is_there_with_its_twin() -> None:
    """Classes are called `Async…`, functions `…_async`; the module says what it has."""
    assert pronote.__all__ == sorted(pronote.__all__) == dir(pronote)
    for name in pronote.__all__:
        twin = name.removesuffix("_async") if name.islower() else name.removeprefix("Async")
        assert callable(getattr(pronote, name))
        assert twin in pronote.__all__
    assert pronote.Client.__module__ == "schoolsync.client._sync.pronote"
    assert pronote.AsyncClient.__module__ == "schoolsync.client._async.pronote"


def test_twins_take_the_same_and_have_the_same_methods() -> None:
    """`login` and `login_async`, `Client` and `AsyncClient`."""
    for name in (
        *("login", "open_session", "from_session"),
        *("find_cas", "find_schools", "instance", "look_at_portal"),
    ):
        blocking, awaiting = (inspect.signature(getattr(pronote, f"{name}{side}")) for side in ("", "_async"))
        assert blocking.parameters.keys() == awaiting.parameters.keys()
    public = {name for name in dir(pronote.Client) if not name.startswith("_")}
    assert {name for name in dir(pronote.AsyncClient) if not name.startswith("_")} == (public - {"close"}) | {
        "aclose"
    }


def test_both_ways_to_import_are_one() -> None:
    """`from schoolsync import pronote`, and the module itself."""
    assert schoolsync.pronote is sys.modules["schoolsync.pronote"]


def test_an_unknown_name_is_an_attribute_error() -> None:
    """As of any module."""
    with pytest.raises(AttributeError, match="login_by_magic"):
        pronote.login_by_magic  # noqa: B018


def test_the_namespace_alone_loads_nothing() -> None:
    """Neither pydantic nor cryptography."""
    assert loaded_by("import schoolsync; from schoolsync import pronote") == set()


def test_a_client_loads_no_http_library_before_its_first_request() -> None:
    """Nor an event loop."""
    made = "pronote.Client('https://0000000a.example/pronote', 'robin.example', 'invented')"
    assert loaded_by(f"from schoolsync import pronote; {made}").isdisjoint(
        {"httpx", "httpx2", "anyio", "trio"}
    )


def test_names_of_portals_load_no_way_through_one() -> None:
    """Nor a parser of pages, nor an HTTP library."""
    code = "import sys; from schoolsync import pronote; pronote.cas_names(); print(*sys.modules)"
    loaded = {*fresh(code).split()}
    assert "schoolsync.ent.directory" in loaded
    ways = {"kosmos_form", "kosmos_educonnect", "openent_educonnect", "toutatice", "hubeduconnect"}
    assert loaded.isdisjoint({f"schoolsync.ent.{way}" for way in ways})
    assert loaded.isdisjoint({"selectolax", "httpx", "httpx2", "anyio"})


def test_who_comes_without_a_portal_loads_none() -> None:
    """Its words, and nothing of the ways or the rows."""
    code = (
        "import sys; from schoolsync import pronote;"
        " pronote.Client('https://0000000a.example.test/pronote', 'a.example', 'b');"
        " print(*(name for name in sys.modules if name.startswith('schoolsync.ent')))"
    )
    assert {*fresh(code).split()} == {"schoolsync.ent", "schoolsync.ent.portal"}
