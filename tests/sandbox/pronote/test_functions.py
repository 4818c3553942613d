"""The list of functions: each with its screens, writes told from reads."""

from __future__ import annotations

import importlib
import pkgutil

import schoolsync.sandbox.pronote.readings as folder
from schoolsync.sandbox.college.roll import TABS
from schoolsync.sandbox.pronote.functions import ANY_TAB, FIRST_FUNCTIONS, FUNCTIONS
from schoolsync.sandbox.pronote.functions import TABS as TABS_OF


def test_every_reading_is_a_function() -> None:
    """Whatever file it stands in, and under one name only."""
    found: list[str] = []
    for module in pkgutil.iter_modules(folder.__path__, f"{folder.__name__}."):
        found += importlib.import_module(module.name).READINGS
    assert sorted(found) == sorted(FUNCTIONS)


def test_every_function_belongs_to_screens_that_exist() -> None:
    """All of which the college knows, or to none, or to all."""
    assert TABS_OF.keys() == FUNCTIONS.keys()
    for name, function in FUNCTIONS.items():
        if function.tabs and function.tabs != ANY_TAB:
            assert function.tabs <= TABS.keys(), name


def test_what_saves_is_a_write() -> None:
    """And nothing else."""
    writes = {name for name, function in FUNCTIONS.items() if function.is_write}
    assert writes == {name for name in FUNCTIONS if name.startswith("Saisie")}
    assert "SaisieTAFFaitEleve" in writes


def test_the_first_functions_are_the_servers_own() -> None:
    """Nobody else answers them."""
    assert not FUNCTIONS.keys() & set(FIRST_FUNCTIONS)
