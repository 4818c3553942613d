"""The server's dialects: typed values, elements, dates, sets; and the same towards it."""

from __future__ import annotations

import datetime as dt
import json
import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, ValidationError

from schoolsync.providers.pronote.schema.words import (
    Count,
    Day,
    Element,
    Flag,
    LocalTime,
    Named,
    Numbers,
    Row,
    Text,
    Tuple,
    encode_day,
    encode_numbers,
    encode_weeks,
    read_local_time,
    read_numbers,
    unwrapped,
)


class Sample(Row):
    """One field of each kind."""

    when: LocalTime = Field(None, alias="Quand")
    day: Day = Field(None, alias="Jour")
    weeks: Numbers = Field((), alias="Semaines")
    count: Count = Field(None, alias="Nombre")
    flag: Flag = Field(None, alias="Vrai")
    text: Text = Field("", alias="Texte")
    inner: Named | None = Field(None, alias="Element")
    rows: Tuple[Element] = Field((), alias="Liste")


def sample(**said: Any) -> Sample:
    """A row with these fields."""
    return Sample.model_validate(said)


# -- typed values ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ('{"_T":7,"V":"06/10/2025"}', "06/10/2025"),
        ('{"_T":24,"V":[{"N":"1","x":{"_T":10,"V":"15,50"}}]}', [{"N": "1", "x": "15,50"}]),
        ('{"_T":24,"V":{"_T":24,"V":{"N":"1"}}}', {"N": "1"}),
        ('{"_T":10}', None),
        ('{"_T":25,"V":0}', 0),
        ('{"V":"no type"}', {"V": "no type"}),
        ("[1,{}]", [1, {}]),
    ],
)
def test_typed_values_are_unwrapped(text: str, meant: object) -> None:
    """While the JSON is read, inside out; what has no type stays."""
    assert json.loads(text, object_hook=unwrapped) == meant


def test_bare_and_typed_values_are_one() -> None:
    """One schema fits every server."""
    bare = {"Jour": "6/10/2025", "Semaines": "[1..3]", "Liste": [{"N": "48#a", "L": "x", "G": 1}]}
    typed = {name: {"_T": 24, "V": value} for name, value in bare.items()}
    said = json.loads(json.dumps(typed), object_hook=unwrapped)
    assert Sample.model_validate(said) == Sample.model_validate(bare)


# -- rows -----------------------------------------------------------------------------------


def test_everything_may_be_missing_or_null() -> None:
    """Null is not said."""
    nothing = dict.fromkeys(["Quand", "Jour", "Semaines", "Nombre", "Vrai", "Texte", "Element", "Liste"])
    assert sample(**nothing) == sample()
    assert sample().model_dump() == {
        "when": None,
        "day": None,
        "weeks": (),
        "count": None,
        "flag": None,
        "text": "",
        "inner": None,
        "rows": (),
    }


def test_elements_may_be_without_a_name() -> None:
    """Null for a label is an empty one."""
    assert Element.model_validate({"N": None, "L": None, "G": None, "P": None}) == Element()
    assert Named.model_validate({"L": None}).label == ""


def test_numbers_are_ids_too() -> None:
    """New elements have numbers; labels may be numbers to JSON."""
    element = Element.model_validate({"N": -1001, "L": 4, "G": "3"})
    assert (element.id, element.label, element.kind) == ("-1001", "4", 3)


def test_unknown_keys_are_kept() -> None:
    """For those who know more."""
    assert (sample(Inconnu={"a": 1}).model_extra or {})["Inconnu"] == {"a": 1}


def test_a_row_shows_its_id_and_nothing_of_a_person() -> None:
    """Neither by `repr` nor by `str`."""
    row = Element.model_validate({"N": "46#Al1x", "L": "EXAMPLE Louison"})
    assert repr(row) == str(row) == "Element(id='46#Al1x')"
    assert repr(sample(Texte="EXAMPLE Louison")) == "Sample()"


def test_an_error_of_the_schema_shows_no_value() -> None:
    """Its text may be logged by others."""
    with pytest.raises(ValidationError) as caught:
        sample(Nombre="EXAMPLE", Jour="EXAMPLE", Element="EXAMPLE", Semaines="EXAMPLE")
    assert "EXAMPLE" not in str(caught.value)


# -- dates ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("06/10/2025", "2025-10-06T00:00:00"),
        ("6/10/2025 0:0:0", "2025-10-06T00:00:00"),
        ("06/10/2025 08:05:30", "2025-10-06T08:05:30"),
        (" 06/10/25 14h05 ", "2025-10-06T14:05:00"),
        ("30/12/1899 8:00:00", "1899-12-30T08:00:00"),
        ("29/02/2028", "2028-02-29T00:00:00"),
        ("06/10/99", "2099-10-06T00:00:00"),
    ],
)
def test_dates_as_servers_write_them(text: str, when: str) -> None:
    """Padded or not, with two or four figures for the year, with or without a time."""
    meant = dt.datetime.fromisoformat(when)
    assert read_local_time(text) == meant
    row = sample(Quand=text, Jour=text)
    assert (row.when, row.day) == (meant, meant.date())


@pytest.mark.parametrize("text", ["", "  "])
def test_no_date(text: str) -> None:
    """An empty text says nothing."""
    assert read_local_time(text) is None
    assert sample(Jour=text).day is None


@pytest.mark.parametrize("number", [0, 1_700_000_000, -1.5, True, [0]])
@pytest.mark.parametrize("field", ["Quand", "Jour"])
def test_a_number_is_no_date(number: object, field: str) -> None:
    """It is not taken for seconds since 1970, which would be a time in another zone."""
    with pytest.raises(ValidationError):
        sample(**{field: number})


NO_DATES = ("06/10", "32/01/2025", "29/02/2027", "2025-10-06", "06/10/2025 25:00:00", "06/10/2025 24:00:00")
NO_FREQUENT_DATES = (
    "06/10/2025 08:00+01",
    "06/10/2025 080000,1",
    "06-10-2025 08:00:00",
    "06/13/2025 08:00:00",
)
"""As long as the most frequent form."""


@pytest.mark.parametrize("text", [*NO_DATES, *NO_FREQUENT_DATES])
@pytest.mark.parametrize("field", ["Quand", "Jour"])
def test_what_is_no_date(text: str, field: str) -> None:
    """Is refused, not guessed."""
    with pytest.raises(ValidationError):
        sample(**{field: text})


@given(st.dates(min_value=dt.date(1900, 1, 1)))
def test_a_day_goes_and_comes_back(day: dt.date) -> None:
    """As the server takes it."""
    said = json.loads(json.dumps(encode_day(day)), object_hook=unwrapped)
    assert sample(Jour=said).day == day


def test_a_day_as_the_server_takes_it() -> None:
    """With a type, and a time that says nothing."""
    assert encode_day(dt.date(2025, 10, 6)) == {"_T": 7, "V": "6/10/2025 0:0:0"}


# -- sets -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("[]", ()),
        ("[1..3,5]", (1, 2, 3, 5)),
        ("[ 1 , 2..2 ]", (1, 2)),
        ("[1,2]", (1, 2)),
        ("[0..3]", (0, 1, 2, 3)),
        ("[3..1]", ()),
        ("[1..1000]", tuple(range(1, 1001))),
        ([1, 2], [1, 2]),
        (None, ()),
    ],
)
def test_sets_as_servers_write_them(text: object, numbers: object) -> None:
    """Single numbers and runs; a list is taken as it is."""
    assert read_numbers(text) == numbers
    assert sample(Semaines=text).weeks == tuple(numbers)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", "1", "[1", "[x]", "[1..]", "[1..2..3]", "[1..1001]", "[1..600,1..600]"])
def test_what_is_no_set(text: str) -> None:
    """Nor one beyond all measure."""
    with pytest.raises(ValueError, match=r"set|int"):
        read_numbers(text)


@pytest.mark.parametrize("text", ["[1..100000000000]", "[1.." + "9" * 40 + "]", "[-" + "9" * 40 + "..5]"])
def test_a_set_without_end_is_never_made(text: str) -> None:
    """Whatever it claims, a few numbers are all that is ever held."""
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match="beyond all measure"):
            read_numbers(text)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 1_000_000


@given(st.lists(st.integers(0, 62), max_size=20))
def test_a_set_goes_and_comes_back(numbers: list[int]) -> None:
    """As the server takes it."""
    said = json.loads(json.dumps(encode_numbers(*numbers)), object_hook=unwrapped)
    assert sample(Semaines=said).weeks == tuple(numbers)


def test_sets_as_the_server_takes_them() -> None:
    """Weeks have a type of their own."""
    assert encode_weeks(4, 6) == {"_T": 8, "V": "[4..6]"}
    assert encode_weeks(4, 4) == {"_T": 8, "V": "[4]"}
    assert encode_numbers(0, 3) == {"_T": 26, "V": "[0,3]"}
    assert encode_numbers() == {"_T": 26, "V": "[]"}


# -- facts and counts -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "meant"), [(True, True), ("true", True), (1, True), (False, False), ("false", False), ("", None)]
)
def test_facts(said: object, meant: bool | None) -> None:
    """An empty text says nothing."""
    assert sample(Vrai=said).flag is meant


@pytest.mark.parametrize(("said", "meant"), [(3, 3), ("3", 3), (3.0, 3), ("", None), ("  ", None)])
def test_counts(said: object, meant: int | None) -> None:
    """Maybe as text."""
    assert sample(Nombre=said).count == meant


@pytest.mark.parametrize(
    "said",
    [{"Vrai": "peut-être"}, {"Nombre": "trois"}, {"Nombre": 1.5}, {"Liste": {"N": "1"}}, {"Element": [1]}],
)
def test_what_fits_no_field(said: dict[str, Any]) -> None:
    """Is refused, for the reader to make an issue of."""
    with pytest.raises(ValidationError):
        sample(**said)
