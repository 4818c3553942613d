"""What a peer said, beside what the school says, field by field as the peer declares them."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from tests.peers.declared import ANYTHING, Fields, Listed, Mapped, Shape, fitting
from tests.peers.matchers import ABSENT, Matcher

__all__ = ["Comparison"]


@attrs.define
class Comparison:
    """One peer's answers against the school. Collects; it is for a test to judge."""

    differences: list[str] = attrs.field(factory=list)
    """Where, what was said, what was expected; a declared field without expectation too."""
    departures: set[str] = attrs.field(factory=set)
    """Where the server says what the peer does not declare: `Homework.subject: NoneType`."""
    compared: set[str] = attrs.field(factory=set)
    """Declared fields that were compared: `Homework.subject`."""
    values: int = 0
    """How many single values were compared."""

    def compare(self, shape: Shape, said: Any, expected: Any, at: str, name: str = "") -> None:
        """*said* is held against *expected*.

        Args:
            shape: What the peer declares of it.
            said: What the peer gave.
            expected: What the school says: plain values, maps and lists of them, and matchers.
            at: Where in the answer, for messages.
            name: The declared field that it is the value of, where it is one.
        """
        fit = fitting(shape, said)
        if fit is None:
            self.departures.add(f"{name}: {type(said).__name__}")
        if isinstance(expected, Mapping) and isinstance(said, dict):
            self._map(fit or ANYTHING, said, expected, at, name)
        elif isinstance(expected, list | tuple) and isinstance(said, list):
            self._list(fit or ANYTHING, said, expected, at, name)
        else:
            self._value(said, expected, at)

    def _value(self, said: Any, expected: Any, at: str) -> None:
        self.values += 1
        if isinstance(expected, Matcher):
            try:
                fits = expected.fits(said)
            except (AttributeError, TypeError, ValueError):
                fits = False
        else:
            fits = type(said) is type(expected) and said == expected
        if not fits:
            self.differences.append(f"{at}: {said!r}, expected {expected!r}")

    def _list(self, shape: Shape, said: Sequence[Any], expected: Sequence[Any], at: str, name: str) -> None:
        if len(said) != len(expected):
            self.differences.append(f"{at}: {len(said)} rows, expected {len(expected)}")
        item = shape.item if isinstance(shape, Listed) else ANYTHING
        for index, (one, other) in enumerate(zip(said, expected, strict=False)):
            self.compare(item, one, other, f"{at}[{index}]", name)
        self.values += not said

    def _map(
        self, shape: Shape, said: Mapping[str, Any], expected: Mapping[str, Any], at: str, name: str
    ) -> None:
        if isinstance(shape, Fields):
            self._fields(shape, said, expected, at)
            return
        item = shape.item if isinstance(shape, Mapped) else ANYTHING
        read = {html.unescape(key): value for key, value in said.items()}
        if read.keys() != expected.keys():
            self.differences.append(f"{at}: the keys {sorted(read)}, expected {sorted(expected)}")
        for key in read.keys() & expected.keys():
            self.compare(item, read[key], expected[key], f"{at}.{key}", name)

    def _fields(self, shape: Fields, said: Mapping[str, Any], expected: Mapping[str, Any], at: str) -> None:
        self.differences += [
            f"{at}: {shape.name}.{key} is not listed: what does the school say?"
            for key in shape.fields.keys() - expected.keys()
        ]
        self.differences += [
            f"{at}: {shape.name} declares no {key}, which is listed"
            for key in expected.keys() - shape.fields.keys()
        ]
        for key, field in shape.fields.items():
            name = f"{shape.name}.{key}"
            self.compared.add(name)
            if key in said and key in expected:
                self.compare(field.shape, said[key], expected[key], f"{at}.{key}", name)
            elif key in expected:
                self._missing(name, expected[key], at, is_optional=field.is_optional)

    def _missing(self, name: str, expected: Any, at: str, *, is_optional: bool) -> None:
        self.values += 1
        if expected is not ABSENT:
            self.differences.append(f"{at}: {name} is missing, expected {expected!r}")
        elif not is_optional:
            self.departures.add(f"{name}: missing")
