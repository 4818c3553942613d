"""The reader of pronotepy's declarations reads all of them, and what can be done is accounted for."""

from __future__ import annotations

import importlib.metadata
import inspect
from typing import Any

import pytest
from pronotepy import clients, dataClasses

from tests.peers.declared import (
    ANYTHING,
    FACT,
    MOMENT,
    NOTHING,
    NUMBER,
    SPAN,
    TEXT,
    Either,
    Fields,
    Listed,
    fields_of,
    fitting,
)
from tests.peers.pronote.declarations import REFERENCES, documented, members, methods, shape_of, shape_of_text
from tests.peers.pronote.departures import DOCUMENTED_ONLY, NOT_READ
from tests.peers.pronote.readings import ACTIONS, INNER, TOKENS, can_be_read

ABSTRACT = {"Object", "Util"}
NOT_FOR_FAMILIES = {"Guardian", "Identity", "Student", "StudentClass"}
"""What only the client of the school's office reads."""
DONE = {
    "Attachment.save",
    "Discussion.delete",
    "Discussion.mark_as",
    "Discussion.reply",
    "Homework.set_done",
    "Information.mark_as_read",
    "Message.reply",
}
"""Methods of objects that do something; test_actions.py is about them."""


def _classes() -> list[Any]:
    """Every class of objects that families meet, those inside others too."""
    outer = [getattr(dataClasses, name) for name in dataClasses.__all__]
    found = [one for one in outer if one.__name__ not in ABSTRACT | NOT_FOR_FAMILIES]
    for one in found:
        inner = (value for value in vars(one).values() if inspect.isclass(value))
        found += [value for value in inner if issubclass(value, dataClasses.Object)]
    return found


def test_it_is_the_version_that_is_meant() -> None:
    """What is listed here was seen in this one."""
    assert importlib.metadata.version("pronotepy") == "2.15.7"


@pytest.mark.parametrize("kind", _classes(), ids=lambda kind: kind.__qualname__)
def test_every_attribute_is_found(kind: Any) -> None:
    """What an object has room for, what its docstring lists, and what was read are the same."""
    found = members(kind)
    attributes = {name for name, member in found.items() if member.kind == "attribute"}
    assert {name for name in kind.__slots__ if not name.startswith("_")} == attributes
    listed = {f"{kind.__name__}.{name}" for name in documented(kind).keys() - found.keys()}
    assert listed == {name for name in DOCUMENTED_ONLY if name.startswith(f"{kind.__name__}.")}


def test_every_class_is_compared() -> None:
    """Whatever families may meet is somewhere in what a client can read."""
    met = {name.partition(".")[0] for shape in can_be_read().values() for name in fields_of(shape)}
    assert {kind.__name__ for kind in _classes()} == met


def test_every_method_is_accounted_for() -> None:
    """What can be done is read, done in another test, or part of the rest; and nothing else is claimed."""
    for kind in (clients.Client, clients.ParentClient):
        assert methods(kind).keys() - can_be_read().keys() - ACTIONS - INNER - TOKENS == set()
    assert methods(clients.ParentClient).keys() >= ACTIONS | INNER | TOKENS
    others = {
        f"{kind.__name__}.{name}"
        for kind in _classes()
        for name in methods(kind).keys() - members(kind).keys() - {"to_dict"}
    }
    assert others == DONE


def test_what_is_not_read_has_no_attribute() -> None:
    """Otherwise it would have to be compared."""
    names = {f"{kind.__name__}.{name}" for kind in _classes() for name in members(kind)}
    assert names & NOT_READ.keys() == set()


# -- the reader itself --------------------------------------------------------------


class _Thing:
    """One thing.

    Attributes:
        count (int): how many,
            on a second line

            .. deprecated:: 1.0
        when: no type

    Example:
        nothing (int): not listed
    """

    def __init__(self, said: dict[str, Any]) -> None:
        self.count = said["count"]
        self.names: list[str] = said["names"]
        self.when = self.hidden_too = None
        self._hidden: int = 0

    @property
    def first(self) -> str | None:
        """One that is had by asking."""
        return self.names[0]

    def all(self) -> list[int]:
        """A method that gives something."""
        return [self.count]

    def do(self) -> None:
        """A method that does something."""

    def find(self, what: str) -> str:
        """A method that wants something."""
        return what


def test_constructors_docstrings_properties_and_methods_are_read() -> None:
    """Annotated or not; the docstring is asked where the constructor does not say."""
    assert documented(_Thing) == {"count": "int", "when": ""}
    assert {name: (member.kind, member.shape) for name, member in members(_Thing).items()} == {
        "count": ("attribute", NUMBER),
        "names": ("attribute", Listed(TEXT)),
        "when": ("attribute", ANYTHING),
        "hidden_too": ("attribute", ANYTHING),
        "first": ("property", Either((TEXT, NOTHING))),
        "all": ("method", Listed(NUMBER)),
    }


def test_annotations_are_read() -> None:
    """Unions, lists, tuples of one kind, times, the package's own classes; another kind is an error."""
    assert shape_of_text("Union[datetime.datetime, datetime.timedelta]") == Either((MOMENT, SPAN))
    assert shape_of(tuple[str, str]) == Listed(TEXT)
    subject = shape_of(dataClasses.Subject)
    assert isinstance(subject, Fields)
    assert subject.fields["groups"].shape == FACT
    for unknown in (tuple[str, int], set, dict[str, int]):
        with pytest.raises(TypeError):
            shape_of(unknown)


def test_what_leads_back_is_a_text() -> None:
    """Otherwise a mark would hold its period, and the period the mark."""
    for name in REFERENCES:
        owner, _, attribute = name.partition(".")
        shape = members(getattr(dataClasses, owner))[attribute].shape
        assert fitting(shape, "a name") == TEXT
