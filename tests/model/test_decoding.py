"""Rows out of dirty data: what is bad is left out and told, what is good stays."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from schoolsync.errors import DecodeIssue, UnexpectedShape
from schoolsync.model.decoding import decode_row, decode_rows, refuse_issues


class File(BaseModel):
    """A file of a row."""

    name: str
    size: int | None = None


class Status(BaseModel):
    """A map inside a row."""

    ticked: bool | None = None
    files: list[File] = []


class Row(BaseModel):
    """An invented row with everything that rows have."""

    model_config = ConfigDict(populate_by_name=True)

    id: int
    title: str | None = None
    due: str | None = Field(default=None, validation_alias=AliasChoices("due_date", "due"))
    size: int | str | None = None
    status: Status | None = None
    files: list[File] = []
    counts: dict[str, int] = {}


GOOD: dict[str, Any] = {
    "id": 1,
    "title": "Energy",
    "due_date": "2026-03-09",
    "size": 3,
    "status": {"ticked": True, "files": [{"name": "answers.pdf", "size": 5}]},
    "files": [{"name": "a.pdf"}, {"name": "b.pdf", "size": 7}],
    "counts": {"Singing": 1},
}
SECRET = "Zoë Invented"


def row_of(data: object) -> tuple[Row | None, list[DecodeIssue]]:
    """The row read from *data*, and its issues."""
    issues: list[DecodeIssue] = []
    return decode_row(Row, data, "data.0", issues), issues


def changed(*way: str | int, to: object) -> dict[str, Any]:
    """A good row with another value at one place."""
    data: Any = copy.deepcopy(GOOD)
    inner = data
    for step in way[:-1]:
        inner = inner[step]
    inner[way[-1]] = to
    return data  # type: ignore[no-any-return]


def test_a_good_row_has_no_issues() -> None:
    """And is read as it was sent."""
    row, issues = row_of(GOOD)
    assert row is not None
    assert (row.id, row.due, row.counts, len(row.files)) == (1, "2026-03-09", {"Singing": 1}, 2)
    assert issues == []


@pytest.mark.parametrize(
    ("data", "place", "rule"),
    [
        (changed("title", to=[SECRET]), "data.0.title", "string_type"),
        (changed("due_date", to={SECRET: 1}), "data.0.due_date", "string_type"),
        (changed("size", to=[SECRET]), "data.0.size", "int_type"),
        (changed("status", to=SECRET), "data.0.status", "model_type"),
        (changed("status", "ticked", to=SECRET), "data.0.status.ticked", "bool_parsing"),
        (changed("status", "files", 0, "size", to=SECRET), "data.0.status.files.0.size", "int_parsing"),
        (changed("files", to=SECRET), "data.0.files", "list_type"),
        (changed("files", 1, to=SECRET), "data.0.files.1", "model_type"),
        (changed("files", 1, to={"size": 7}), "data.0.files.1.name", "missing"),
        (changed("counts", to={SECRET: "many"}), "data.0.counts.*", "int_parsing"),
    ],
)
def test_a_bad_part_is_left_out(data: object, place: str, rule: str) -> None:
    """It becomes its default; the issue says where and which rule, and nobody's words."""
    row, issues = row_of(data)
    assert row is not None
    assert row.id == 1
    assert issues == [DecodeIssue(place, rule, is_row_lost=False)]
    assert SECRET not in repr((issues, row))


def test_what_is_left_of_lists_stays() -> None:
    """One bad file costs one file."""
    row, issues = row_of(
        changed("files", to=[{"name": "a"}, 5, {"name": "b"}, {}, {"name": "c", "size": "x"}])
    )
    assert row is not None
    assert [file.name for file in row.files] == ["a", "b", "c"]
    assert {issue.path for issue in issues} == {
        "data.0.files.1",
        "data.0.files.3.name",
        "data.0.files.4.size",
    }


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ({name: value for name, value in GOOD.items() if name != "id"}, "data.0.id"),
        (changed("id", to=None), "data.0.id"),
        (SECRET, "data.0"),
        (None, "data.0"),
        ([SECRET], "data.0"),
    ],
)
def test_a_row_without_what_it_must_have_is_lost(data: object, place: str) -> None:
    """And told once as lost."""
    row, issues = row_of(data)
    assert row is None
    assert [issue.path for issue in issues if issue.is_row_lost] == [place]
    assert SECRET not in repr(issues)


def test_the_data_stays_as_it_was() -> None:
    """Mending is done on a copy: `raw` is what the server sent."""
    data = changed("files", to=[5, {"name": "a"}])
    kept = copy.deepcopy(data)
    row_of(data)
    assert data == kept


junk = st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.lists(st.none(), max_size=1)


@given(st.dictionaries(st.sampled_from([name for name in GOOD if name != "id"] + [SECRET]), junk))
def test_optional_keys_never_cost_the_row(changes: dict[str, Any]) -> None:
    """Whatever stands there instead."""
    row, issues = row_of({**GOOD, **changes})
    assert row is not None
    assert row.id == 1
    assert not [issue for issue in issues if issue.is_row_lost]
    assert len(issues) == len(set(issues))


@given(st.lists(st.fixed_dictionaries({}, optional={"id": st.integers() | st.none(), "title": junk}) | junk))
def test_good_rows_never_suffer_from_bad_ones(data: list[Any]) -> None:
    """They come in the server's order, each with what it was read from; each lost one is told."""
    issues: list[DecodeIssue] = []
    found = decode_rows(Row, data, "data", issues)
    readable = [raw for raw in data if isinstance(raw, dict) and isinstance(raw.get("id"), int)]
    assert [raw for _, raw in found] == readable
    assert all(row.id == raw["id"] for row, raw in found)
    lost = {issue.path.split(".")[1] for issue in issues if issue.is_row_lost}
    assert len(lost) == len(data) - len(readable)


def test_nothing_is_an_empty_list() -> None:
    """Servers write null for it."""
    issues: list[DecodeIssue] = []
    assert decode_rows(Row, None, "data", issues) == []
    assert issues == []


@pytest.mark.parametrize("data", [{}, SECRET, 5, False])
def test_no_list_is_another_shape(data: object) -> None:
    """Which no row can mend."""
    with pytest.raises(UnexpectedShape, match="at data: list expected, found") as caught:
        decode_rows(Row, data, "data", [])
    assert SECRET not in str(caught.value)


def test_strict_mode() -> None:
    """The first issue is the error; without one there is none."""
    refuse_issues([])
    with pytest.raises(UnexpectedShape, match=r"at data\.2\.id: missing"):
        refuse_issues([DecodeIssue("data.2.id", "missing"), DecodeIssue("data.3", "model_type")])
