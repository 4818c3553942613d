"""Rows out of damaged data: what is whole survives; an issue names a place and a rule, never a value."""

from __future__ import annotations

import copy
import json
from typing import Annotated, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import AliasChoices, AliasPath, BaseModel, BeforeValidator, ConfigDict, Field

from schoolsync.errors import DecodeIssue, UnexpectedShape
from schoolsync.model.decoding import decode_row, decode_rows, refuse_issues


class Inner(BaseModel):
    """A part that means nothing without its number."""

    model_config = ConfigDict(hide_input_in_errors=True)

    number: int
    note: str | None = None


def _listed(said: object) -> object:
    return [] if said is None else said


class Outer(BaseModel):
    """A row with everything that a row can have."""

    model_config = ConfigDict(hide_input_in_errors=True, extra="allow", populate_by_name=True)

    id: int
    name: str | None = None
    flag: bool | None = None
    either: int | str | bool | None = None
    called: str | None = Field(default=None, validation_alias=AliasChoices("file_name", "filename"))
    deep: str | None = Field(default=None, validation_alias=AliasChoices(AliasPath("wrap", "deep"), "deep"))
    part: Inner | None = None
    parts: Annotated[tuple[Inner, ...], BeforeValidator(_listed)] = ()
    points: dict[str, int] = Field(default_factory=dict)


WHOLE: dict[str, Any] = {
    "id": 1,
    "name": "Alex",
    "flag": True,
    "either": 7,
    "filename": "a.pdf",
    "wrap": {"deep": "x"},
    "part": {"number": 1, "note": "n"},
    "parts": [{"number": 1}, {"number": 2, "note": "m"}, {"number": 3}],
    "points": {"Excellent effort": 1, "Alex Example": 2},
    "unknown": {"kept": True},
}


def read(data: object, path: str = "data.0") -> tuple[Outer | None, list[tuple[str, str, bool]]]:
    """The row, and its issues as tuples."""
    issues: list[DecodeIssue] = []
    row = decode_row(Outer, data, path, issues)
    return row, [(one.path, one.problem, one.is_row_lost) for one in issues]


# -- one row ------------------------------------------------------------------------


def test_a_whole_row_has_no_issues() -> None:
    """And keeps what nobody knows."""
    row, issues = read(WHOLE)
    assert row is not None
    assert issues == []
    assert (row.model_extra or {})["unknown"] == {"kept": True}


@pytest.mark.parametrize(
    ("change", "place", "rule"),
    [
        ({"name": 7}, "name", "string_type"),
        ({"flag": "perhaps"}, "flag", "bool_parsing"),
        ({"either": [1]}, "either", "int_type"),
        ({"filename": {"Alex": 1}}, "filename", "string_type"),
        ({"file_name": [], "filename": "b"}, "file_name", "string_type"),
        ({"wrap": {"deep": ["Alex"]}}, "wrap.deep", "string_type"),
        ({"wrap": None, "deep": 7}, "deep", "string_type"),
        ({"part": {"note": "n"}}, "part.number", "missing"),
        ({"part": {"number": 1, "note": 7}}, "part.note", "string_type"),
        ({"part": "Alex"}, "part", "model_type"),
        ({"parts": [{"number": 1}, {"note": "Alex"}]}, "parts.1.number", "missing"),
        ({"parts": [None, {"number": 1}]}, "parts.0", "model_type"),
        ({"parts": "Alex"}, "parts", "tuple_type"),
        ({"points": {"Alex Example": "many"}}, "points.*", "int_parsing"),
        ({"points": {"Alex": "many"}}, "points.*", "int_parsing"),
        ({"points": ["Alex"]}, "points", "dict_type"),
    ],
)
def test_an_optional_part_that_breaks_a_rule_costs_itself_alone(
    change: dict[str, Any], place: str, rule: str
) -> None:
    """Everything else is what it was."""
    row, issues = read(WHOLE | change)
    assert row is not None
    assert issues == [(f"data.0.{place}", rule, False)]
    whole = Outer.model_validate(WHOLE)
    kept = {name for name in Outer.model_fields if getattr(row, name) == getattr(whole, name)}
    assert len(Outer.model_fields) - len(kept) <= 1


def test_a_bad_row_of_an_inner_list_leaves_its_neighbours() -> None:
    """Positions are those of the server's list."""
    parts = [{"number": 1}, {"number": "x"}, {"number": 3, "note": 7}, None, {"number": 5}]
    row, issues = read(WHOLE | {"parts": parts})
    assert row is not None
    assert [part.number for part in row.parts] == [1, 3, 5]
    assert {place for place, *_ in issues} == {
        "data.0.parts.1.number",
        "data.0.parts.2.note",
        "data.0.parts.3",
    }


@pytest.mark.parametrize(
    ("data", "place", "rule"),
    [
        ({key: value for key, value in WHOLE.items() if key != "id"}, ".id", "missing"),
        (WHOLE | {"id": None}, ".id", "int_type"),
        (WHOLE | {"id": "Alex"}, ".id", "int_parsing"),
        (WHOLE | {"id": "Alex", "name": 7}, ".id", "int_parsing"),
        (None, "", "model_type"),
        ("Alex", "", "model_type"),
        ([], "", "model_type"),
        (7, "", "model_type"),
    ],
)
def test_without_what_it_must_have_a_row_is_lost(data: object, place: str, rule: str) -> None:
    """And each place is told once."""
    row, issues = read(data)
    assert row is None
    assert issues[0] == (f"data.0{place}", rule, True)
    assert len({where for where, *_ in issues}) == len(issues)
    assert all(is_lost for *_, is_lost in issues)


def test_what_was_read_is_not_changed() -> None:
    """The raw row may be kept by somebody."""
    data = WHOLE | {"name": 7, "parts": [{"note": 1}]}
    before = copy.deepcopy(data)
    read(data)
    assert data == before


def test_more_faults_than_anybody_mends_lose_the_row() -> None:
    """A validator that is never content must not keep us for ever."""
    spoilt: list[int] = []

    def never(said: object) -> object:
        spoilt.append(1)
        raise ValueError("Alex")

    class Hopeless(BaseModel):
        """Nothing pleases it, and each time it is another key."""

        keys: Annotated[dict[str, int] | None, BeforeValidator(never)] = Field(
            default=None, validate_default=True
        )

    issues: list[DecodeIssue] = []
    assert decode_row(Hopeless, {"keys": {}}, "data", issues) is None
    assert issues[0].is_row_lost
    assert len(spoilt) < 20


# -- lists -----------------------------------------------------------------------------


def test_good_rows_stand_beside_bad_ones() -> None:
    """Each with what it was read from, in the same order."""
    data = [WHOLE, {"name": "lost"}, WHOLE | {"id": 2, "name": 7}, "Alex", WHOLE | {"id": 3}]
    issues: list[DecodeIssue] = []
    pairs = decode_rows(Outer, data, "data", issues)
    assert [(row.id, raw) for row, raw in pairs] == [(1, data[0]), (2, data[2]), (3, data[4])]
    assert issues == [
        DecodeIssue("data.1.id", "missing"),
        DecodeIssue("data.2.name", "string_type", is_row_lost=False),
        DecodeIssue("data.3", "model_type"),
    ]


@pytest.mark.parametrize("data", [None, []])
def test_nothing_is_an_empty_list(data: object) -> None:
    """Null too."""
    issues: list[DecodeIssue] = []
    assert decode_rows(Outer, data, "data", issues) == []
    assert issues == []


@pytest.mark.parametrize("data", [{}, "Alex", 7, True])
def test_what_is_no_list_is_an_error(data: object) -> None:
    """By its type, never its content."""
    with pytest.raises(UnexpectedShape) as caught:
        decode_rows(Outer, data, "data", [])
    assert caught.value.path == "data"
    assert "Alex" not in str(caught.value)


def test_strict_mode_refuses_the_first_issue() -> None:
    """And nothing where there is none."""
    refuse_issues([])
    with pytest.raises(UnexpectedShape) as caught:
        refuse_issues([DecodeIssue("data.1.id", "missing"), DecodeIssue("data.2", "x")])
    assert (caught.value.path, caught.value.problem) == ("data.1.id", "missing")


# -- any damage ------------------------------------------------------------------------------

SECRET = "Alexandra Specimen"
junk = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.just(SECRET),
    st.lists(st.just(SECRET), max_size=2),
    st.dictionaries(st.just(SECRET), st.just(SECRET), max_size=1),
    st.just({"number": SECRET}),
    st.just([{"number": SECRET, "note": {SECRET: 1}}, {"number": 1}]),
)
OPTIONAL = sorted(set(WHOLE) - {"id"})
damage = st.dictionaries(st.sampled_from(OPTIONAL), st.one_of(junk, st.just(...)), max_size=len(OPTIONAL))


def damaged(number: int, changes: dict[str, Any]) -> dict[str, Any]:
    """The whole row with some keys gone (`...`) or something else in their place."""
    row = WHOLE | {"id": number} | changes
    return {key: value for key, value in row.items() if value is not ...}


@settings(max_examples=150, deadline=None)
@given(st.lists(damage, min_size=1, max_size=4))
def test_whatever_happens_to_optional_keys_every_row_survives(damages: list[dict[str, Any]]) -> None:
    """With all that was not touched, and no value in any issue."""
    data = [damaged(number, changes) for number, changes in enumerate(damages)]
    issues: list[DecodeIssue] = []
    pairs = decode_rows(Outer, data, "data", issues)
    assert [row.id for row, _ in pairs] == [*range(len(data))]
    whole = Outer.model_validate(WHOLE)
    for (row, _), changes in zip(pairs, damages, strict=True):
        touched = {{"filename": "called", "wrap": "deep"}.get(key, key) for key in changes}
        for name in Outer.model_fields.keys() - touched - {"id"}:
            assert getattr(row, name) == getattr(whole, name)
    assert SECRET not in json.dumps([(issue.path, issue.problem) for issue in issues])
    assert not any(issue.is_row_lost for issue in issues)
    for issue in issues:
        assert OPTIONAL.count(issue.path.split(".")[2]) == 1


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(damage, st.booleans()), min_size=1, max_size=4))
def test_a_lost_key_loses_its_row_and_no_other(rows: list[tuple[dict[str, Any], bool]]) -> None:
    """However damaged the others are."""
    data = [damaged(number, changes) for number, (changes, _) in enumerate(rows)]
    for row, (_, is_lost) in zip(data, rows, strict=True):
        if is_lost:
            del row["id"]
    issues: list[DecodeIssue] = []
    kept = [row.id for row, _ in decode_rows(Outer, data, "data", issues)]
    assert kept == [number for number, (_, is_lost) in enumerate(rows) if not is_lost]
    lost = {issue.path for issue in issues if issue.is_row_lost}
    gone = {f"data.{number}" for number, (_, is_lost) in enumerate(rows) if is_lost}
    assert {f"{row}.id" for row in gone} <= lost
    assert {".".join(path.split(".")[:2]) for path in lost} == gone
