"""TypeScript's declaration files, as far as the npm package uses them, read into shapes.

What is not understood is an error: a declaration that were skipped would not be compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

import attrs

from tests.peers.declared import (
    ANYTHING,
    FACT,
    NOTHING,
    NUMBER,
    TEXT,
    Either,
    Exactly,
    Field,
    Fields,
    Listed,
    Mapped,
    Shape,
)

__all__ = ["Declarations", "NotUnderstood", "read"]

T = TypeVar("T")
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
TOKEN = re.compile(r'\s*([A-Za-z_$][\w$]*|\d+|"[^"\\]*"|[{}\[\]()<>:;,|=?.*&])')
PLAIN = {"string": TEXT, "number": NUMBER, "boolean": FACT, "null": NOTHING, "void": NOTHING, "any": ANYTHING}
MODIFIERS = {"private", "protected", "public", "abstract", "readonly", "static"}
BRACKETS = {"{": "}", "(": ")", "<": ">", "[": "]"}


class NotUnderstood(Exception):
    """A declaration that this reader does not know."""


@attrs.frozen
class Alias:
    """A named type, not read yet."""

    parameters: tuple[str, ...]
    """Names of its own parameters."""
    tokens: tuple[str, ...]
    """What it stands for."""
    base: str | None = None
    """What it extends."""


@attrs.frozen
class Class:
    """A class's public methods, not read yet."""

    base: str | None
    """What it extends."""
    methods: Mapping[str, tuple[str, ...]]
    """Method → the type that it returns."""


@attrs.define
class Declarations:
    """Everything that some files declare."""

    types: dict[str, Alias] = attrs.field(factory=dict)
    """By name."""
    classes: dict[str, Class] = attrs.field(factory=dict)
    """By name."""

    def methods(self, name: str) -> dict[str, Shape]:
        """Public methods of the class *name*, inherited ones too, with what they return or promise."""
        declared = self.classes[name]
        inherited = self.methods(declared.base) if declared.base else {}
        own = {key: Reader(self, tokens).whole(f"{key}()") for key, tokens in declared.methods.items()}
        return {**inherited, **own}

    def shape(self, name: str, arguments: tuple[Shape, ...] = ()) -> Shape:
        """The type *name* with these arguments."""
        if name not in self.types:
            raise NotUnderstood(f"the type {name}")
        alias = self.types[name]
        bound = dict(zip(alias.parameters, arguments, strict=True))
        found = Reader(self, alias.tokens, bound).whole(name)
        base = self.shape(alias.base) if alias.base else None
        if isinstance(base, Fields) and isinstance(found, Fields):
            return Fields(name, {**base.fields, **found.fields})
        return found


def read(files: Iterable[str]) -> Declarations:
    """What *files*, given as their text, declare together.

    Raises:
        NotUnderstood: Something that this reader does not know.
    """
    found = Declarations()
    for text in files:
        cursor = Cursor(tuple(_tokens(COMMENT.sub(" ", text))))
        while cursor.left:
            _statement(cursor, found)
    return found


def _tokens(text: str) -> Iterator[str]:
    position, end = 0, len(text.rstrip())
    while position < end:
        match = TOKEN.match(text, position)
        if match is None:
            raise NotUnderstood(text[position : position + 40].strip())
        yield match[1]
        position = match.end()


@attrs.define
class Cursor:
    """A place in a row of tokens."""

    tokens: tuple[str, ...]
    place: int = 0

    @property
    def left(self) -> bool:
        """Whether there is anything more."""
        return self.place < len(self.tokens)

    @property
    def next(self) -> str:
        """The next token, which stays; empty at the end."""
        return self.tokens[self.place] if self.left else ""

    def take(self, expected: str | None = None) -> str:
        """The next token, which must be *expected* if that is given."""
        token = self.next
        if not token or (expected is not None and token != expected):
            around = " ".join(self.tokens[max(0, self.place - 6) : self.place + 6])
            raise NotUnderstood(f"{expected or 'something'} expected in: {around}")
        self.place += 1
        return token

    def has(self, token: str) -> bool:
        """Whether *token* came next, and was taken."""
        is_next = self.next == token
        self.place += is_next
        return is_next

    def until(self, *ends: str) -> tuple[str, ...]:
        """Everything before one of *ends* that stands in no bracket; the end itself stays."""
        start, closing = self.place, list[str]()
        while closing or self.next not in ends:
            token = self.take()
            if token in BRACKETS:
                closing.append(BRACKETS[token])
            elif closing and token == closing[-1]:
                closing.pop()
        return self.tokens[start : self.place]

    def bracketed(self, opening: str) -> tuple[str, ...]:
        """What stands between *opening*, which comes next, and its partner."""
        self.take(opening)
        inside = self.until(BRACKETS[opening])
        self.take(BRACKETS[opening])
        return inside

    def separated(self, item: Callable[[], T], separator: str, end: str) -> Iterator[T]:
        """What *item* reads, again and again, up to *end*, which is taken."""
        while not self.has(end):
            yield item()
            if not self.has(separator) and self.next != end:
                self.take(end)


# -- statements -------------------------------------------------------------------


def _statement(cursor: Cursor, found: Declarations) -> None:
    is_exported = cursor.has("export")
    if cursor.next == "import" or (is_exported and cursor.next in {"*", "{"}):
        cursor.until(";")
        cursor.take(";")
        return
    while cursor.next in {"declare", "abstract"}:
        cursor.take()
    kind, name = cursor.take(), cursor.take()
    parameters = tuple(one for one in cursor.bracketed("<") if one != ",") if cursor.next == "<" else ()
    base = cursor.take() if cursor.has("extends") else None
    match kind:
        case "type":
            cursor.take("=")
            found.types[name] = Alias(parameters, cursor.until(";"))
            cursor.take(";")
        case "interface":
            found.types[name] = Alias(parameters, ("{", *cursor.bracketed("{"), "}"), base)
        case "class":
            found.classes[name] = Class(base, _methods(Cursor(cursor.bracketed("{"))))
        case _:
            raise NotUnderstood(f"{kind} {name}")


def _methods(cursor: Cursor) -> dict[str, tuple[str, ...]]:
    """The public methods of a class's body; its constructor and properties are none."""
    methods: dict[str, tuple[str, ...]] = {}
    while cursor.left:
        words = {cursor.take() for _ in iter(lambda: cursor.next in MODIFIERS, False)}
        name, is_method = cursor.take(), cursor.next == "("
        if is_method:
            cursor.bracketed("(")
        returned = cursor.until(";") if cursor.has(":") else ()
        cursor.take(";")
        if is_method and returned and not words & {"private", "protected"}:
            methods[name] = returned
    return methods


# -- types ------------------------------------------------------------------------


@attrs.define
class Reader:
    """Reads one type out of its tokens."""

    declarations: Declarations
    tokens: tuple[str, ...]
    bound: Mapping[str, Shape] = attrs.field(factory=dict)
    cursor: Cursor = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.cursor = Cursor(self.tokens)

    def whole(self, name: str) -> Shape:
        """The one type that the tokens say; *name* is what a map in it is called."""
        found = self._either(name)
        if self.cursor.left:
            self.cursor.take("the end")
        return found

    def _either(self, name: str) -> Shape:
        self.cursor.has("|")
        options = [self._listed(name)]
        while self.cursor.has("|"):
            options.append(self._listed(name))
        return options[0] if len(options) == 1 else Either(tuple(options))

    def _listed(self, name: str) -> Shape:
        found = self._one(name)
        while self.cursor.has("["):
            if self.cursor.has("]"):
                found = Listed(found)
                continue
            key = self.cursor.take()[1:-1]
            self.cursor.take("]")
            if not isinstance(found, Fields):
                raise NotUnderstood(f"{name}: the field {key} of no map")
            found = found.fields[key].shape
        return found

    def _one(self, name: str) -> Shape:
        token = self.cursor.take()
        match token:
            case "{":
                return Fields(name, dict(self._members(name)))
            case "[":
                self.cursor.take("]")
                return Listed(Either(()))
            case "(":
                inside = self._either(name)
                self.cursor.take(")")
                return inside
        if token[0] == '"':
            return Exactly(token[1:-1])
        if token.isdigit():
            return Exactly(int(token))
        return self._named(token, name)

    def _members(self, name: str) -> Iterator[tuple[str, Field]]:
        def member() -> tuple[str, Field]:
            self.cursor.has("readonly")
            key = self.cursor.take()
            is_optional = self.cursor.has("?")
            self.cursor.take(":")
            return key, Field(self._either(f"{name}.{key}"), is_optional)

        return self.cursor.separated(member, ";", "}")

    def _named(self, token: str, name: str) -> Shape:
        arguments: tuple[Any, ...] = ()
        if self.cursor.has("<"):
            arguments = tuple(self.cursor.separated(lambda: self._either(name), ",", ">"))
        match token, arguments:
            case "Promise", (promised,):
                return promised  # type: ignore[no-any-return]
            case "Record", (key, item) if key == TEXT:
                return Mapped(item)
            case _:
                return self.bound.get(token) or PLAIN.get(token) or self.declarations.shape(token, arguments)
