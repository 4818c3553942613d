"""From a provider's name to its code: built-in, another package's, broken, unknown."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import EntryPoint

import pytest

from schoolsync import registry
from schoolsync.errors import UnknownName, UsageError
from schoolsync.registry import BUILT_IN, GROUP, Provider
from tests.test_classcharts import fresh

ROW = Provider(service="tests.test_registry:ROW")
NO_ROW = "words"
Points = Callable[..., None]


@pytest.fixture
def points(monkeypatch: pytest.MonkeyPatch) -> Points:
    """Installs entry points of other packages: name → what it leads to."""

    def install(**values: str) -> None:
        found = [EntryPoint(name=name, value=value, group=GROUP) for name, value in values.items()]
        monkeypatch.setattr(registry, "entry_points", lambda *, group: found if group == GROUP else [])

    return install


def test_the_built_in_providers_are_known() -> None:
    """And all that they name can be loaded."""
    assert "classcharts" in registry.names()
    for name, row in BUILT_IN.items():
        assert registry.find(name) is row
        for reference in (row.service, row.client, row.async_client):
            assert callable(registry.load(reference or ""))


def test_an_unknown_provider_is_told_with_suggestions() -> None:
    """Whatever case or spelling was meant."""
    with pytest.raises(UnknownName) as caught:
        registry.find("classchart")
    assert caught.value.suggestions == ("classcharts",)
    assert "did you mean classcharts?" in str(caught.value)


def test_another_package_adds_its_provider(points: Points) -> None:
    """Listed without being loaded, loaded when it is asked for."""
    points(other="tests.test_registry:ROW", zzz="no.such.module:x")
    assert registry.names() == ("classcharts", "other", "pronote", "zzz")
    assert registry.find("other") is ROW


def test_a_built_in_provider_cannot_be_replaced(points: Points) -> None:
    """By nobody's entry point."""
    points(classcharts="tests.test_registry:ROW")
    assert registry.find("classcharts") is BUILT_IN["classcharts"]
    assert registry.names().count("classcharts") == 1


@pytest.mark.parametrize(
    "value",
    ["no.such.module:x", "tests.test_registry:nothing", "tests.test_registry:NO_ROW", "not a reference"],
)
def test_a_broken_provider_is_told_by_its_name(points: Points, value: str) -> None:
    """Only when it is asked for; the others work."""
    points(broken=value, other="tests.test_registry:ROW")
    assert registry.find("other") is ROW
    with pytest.raises(UsageError, match="'broken'"):
        registry.find("broken")


@pytest.mark.parametrize("reference", ["no.such.module:x", "tests.test_registry:nothing", "nonsense", ""])
def test_a_reference_that_leads_nowhere_is_told(reference: str) -> None:
    """Not as whatever happened to be raised on the way."""
    with pytest.raises(UsageError, match="cannot be loaded"):
        registry.load(reference)


def test_listing_names_loads_no_provider() -> None:
    """Not even the built-in ones."""
    code = "import sys; from schoolsync import registry; registry.names(); print(*sys.modules)"
    loaded = fresh(code).split()
    assert "schoolsync.registry" in loaded
    assert [module for module in loaded if "providers" in module or "client" in module] == []
