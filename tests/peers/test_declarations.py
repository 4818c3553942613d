"""The readers of declarations: they read what there is, and refuse what they do not know."""

from __future__ import annotations

from typing import Any, Literal, Optional, TypedDict

import pytest

from tests.peers.declared import (
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
    fields_of,
    fitting,
)
from tests.peers.typed_dicts import methods, shape_of
from tests.peers.typescript import NotUnderstood, read

SOURCE = """
import type { Elsewhere } from "./elsewhere.js";
/** A comment; with { brackets */
export type Answer<Data, Meta> = { data: Data; meta: Meta; error?: string; };
interface Base { id: number; }
export interface Row extends Base {
    readonly state: "new" | 0 | null;  // one of
    tags: string[];
    inner: { flags: Record<string, boolean>; }[];
}
export type Nothing = [
];
export declare abstract class Shared { login(): Promise<void>; protected hidden(): string; }
export declare class Client extends Shared {
    private password;
    rows: Row[];
    constructor(name: string, options?: { deep: boolean; });
    getRows(options?: { from: string; }): Promise<Answer<Row[], Nothing>>;
    getData(): Answer<Row, Nothing>["data"];
}
export {};
//# sourceMappingURL=x
"""


def _row() -> Fields:
    inner = Fields("Row.inner", {"flags": Field(Mapped(FACT))})
    return Fields(
        "Row",
        {
            "id": Field(NUMBER),
            "state": Field(Either((Exactly("new"), Exactly(0), NOTHING))),
            "tags": Field(Listed(TEXT)),
            "inner": Field(Listed(inner)),
        },
    )


def test_typescript_is_read() -> None:
    """Interfaces, generics, unions, literals, maps, empty tuples, inherited methods; private ones not."""
    found = read([SOURCE]).methods("Client")
    answer = Fields(
        "Answer",
        {
            "data": Field(Listed(_row())),
            "meta": Field(Listed(Either(()))),
            "error": Field(TEXT, is_optional=True),
        },
    )
    assert found == {"login": NOTHING, "getRows": answer, "getData": _row()}


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("export enum Colour { Red }", "enum Colour"),
        ("class C { get(): Missing; }", "the type Missing"),
        ("class C { get(): keyof string; }", "the type keyof"),
        ("class C { get(): `x`; }", "`x`"),
        ("class C { get(): [string, number]; }", "] expected"),
        ("class C { get(): string", "something expected"),
        ("type A = { [key: string]: number; }; class C { get(): A; }", ": expected"),
        ("class C { get(): { a: string } & { b: string }; }", "the end expected"),
    ],
)
def test_what_is_not_understood_is_an_error(source: str, complaint: str) -> None:
    """A declaration is never skipped, because it would not be compared then."""
    with pytest.raises(NotUnderstood) as failure:
        read([source]).methods("C")
    assert complaint in str(failure.value)


class _Base(TypedDict, total=False):
    error: Optional[str]  # noqa: UP045 - as the peer writes it


class _Row(_Base):
    kind: Literal["a", "b"]
    counts: dict[str, int]
    rows: list[Any]


class _Client:
    def get(self) -> _Row:
        raise AssertionError

    def _hidden(self) -> str:
        raise AssertionError


def test_typed_dicts_are_read() -> None:
    """Required and optional fields, literals, lists, maps."""
    row = shape_of(_Row)
    assert isinstance(row, Fields)
    assert methods(_Client) == {"get": row}
    assert row.fields["error"] == Field(Either((TEXT, NOTHING)), is_optional=True)
    assert row.fields["kind"] == Field(Either((Exactly("a"), Exactly("b"))))
    assert row.fields["counts"] == Field(Mapped(NUMBER))


def test_an_unknown_annotation_is_an_error() -> None:
    """As in TypeScript."""
    with pytest.raises(TypeError):
        shape_of(tuple[int, str])


@pytest.mark.parametrize(
    ("shape", "said", "fits"),
    [
        (NUMBER, 1, True),
        (NUMBER, True, False),
        (FACT, True, True),
        (FACT, 1, False),
        (TEXT, None, False),
        (Exactly(0), 0, True),
        (Exactly(0), False, False),
        (Either((Exactly("yes"), NOTHING)), None, True),
        (Either((Exactly("yes"), NOTHING)), "no", False),
        (Either(()), "anything", False),
        (Mapped(TEXT), [], False),
        (Listed(TEXT), [1], True),
    ],
)
def test_what_fits_a_shape(shape: Shape, said: object, fits: bool) -> None:
    """By kind, strictly; the parts of a list or map are for later."""
    assert (fitting(shape, said) is not None) is fits


def test_all_fields_are_named() -> None:
    """However deep."""
    names = ["Row.id", "Row.state", "Row.tags", "Row.inner", "Row.inner.flags"]
    assert list(fields_of(Listed(_row()))) == names
