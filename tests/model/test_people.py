"""Pupils and schools: what is always there, and who is meant by a name or a number."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from schoolsync.errors import BadArgument, UnknownName
from schoolsync.model import Pupil, School, find_pupil
from tests.model.samples import always_set, not_said

SCHOOL = School(name="Example Academy", timezone="Europe/London", provider="sandbox")


def pupil(number: int, name: str, first_name: str | None = None, provider_id: str | None = None) -> Pupil:
    """An invented pupil with the key `pupil-<number>`."""
    return Pupil(
        key=f"pupil-{number}",
        name=name,
        first_name=first_name,
        school=SCHOOL,
        provider_id=provider_id,
    )


ZOE = pupil(1, "Zoé Invented", "Zoé", "5000001")
ALEX = pupil(2, "Alex Example", "Alex", "2")
SAM = pupil(3, "Sam", provider_id="5000003")
FAMILY = (ZOE, ALEX, SAM)


def test_what_is_always_set() -> None:
    """A pupil has a key, a name and a school; a school a name, maybe empty, and a zone."""
    assert always_set(Pupil) == {"key", "name", "school"}
    assert always_set(School) == {"name", "timezone", "provider"}
    assert not_said(Pupil) == {"first_name", "last_name", "class_name", "photo", "provider_id"}
    assert not_said(School) == {"country", "url"}


@pytest.mark.parametrize("name", ["Moon/Base", "", "Europe", "../UTC"])
def test_a_school_is_in_a_zone_that_exists(name: str) -> None:
    """Anything else is a validation error, whatever the system's own would be."""
    with pytest.raises(ValidationError, match="timezone"):
        School(name="Example", timezone=name, provider="sandbox")


def test_knowing_the_zone_changes_nothing() -> None:
    """A school that was asked for its zone equals one that was not."""
    asked = School(name="Example", timezone="Europe/Paris", provider="sandbox")
    assert asked.zone is ZoneInfo("Europe/Paris")
    fresh = School(name="Example", timezone="Europe/Paris", provider="sandbox")
    assert (asked, hash(asked), asked.to_dict()) == (fresh, hash(fresh), fresh.to_dict())


@pytest.mark.parametrize(
    ("wanted", "meant"),
    [
        (ZOE, ZOE),
        (pupil(2, "Renamed"), ALEX),  # another object of the same key
        ("pupil-3", SAM),
        ("Alex Example", ALEX),
        ("  aLEX   example ", ALEX),
        ("zoé", ZOE),
        ("Zoe\u0301", ZOE),  # an accent typed on its own
        ("sam", SAM),
        ("5000003", SAM),
        (5000001, ZOE),
        (1, ZOE),
        (3, SAM),
        (2, ALEX),  # a provider's id and a position: they agree here, and see below
    ],
)
def test_who_is_meant(wanted: Pupil | str | int, meant: Pupil) -> None:
    """By object, key, full or first name, provider's id or position."""
    assert find_pupil(FAMILY, wanted) is meant


def test_a_providers_id_wins_over_a_position() -> None:
    """An int equal to an id is that id, even where it could be a position."""
    turned = (ALEX, ZOE, SAM)
    assert find_pupil(turned, 2) is ALEX
    assert find_pupil(turned, 1) is ALEX


@pytest.mark.parametrize(
    "wanted", ["Nobody", "", "  ", "Zoé Inv", 0, 4, -1, 5000002, pupil(9, "Alex Example")]
)
def test_nobody_is_meant(wanted: Pupil | str | int) -> None:
    """A part of a name, an empty one, a position that is none: an error that names nobody."""
    with pytest.raises(UnknownName) as caught:
        find_pupil(FAMILY, wanted)
    assert str(caught.value) == "unknown pupil."
    assert caught.value.kind == "pupil"


def test_nobody_is_meant_by_nothing() -> None:
    """A pupil without a first name is not called by the empty name."""
    with pytest.raises(UnknownName):
        find_pupil((SAM,), "")
    with pytest.raises(UnknownName):
        find_pupil((), 1)


TWINS = (pupil(1, "Jo Twin", "Jo", "11"), pupil(2, "Jo Twin", "Jo", "12"), pupil(3, "Other", "Jo Twin", "13"))


@pytest.mark.parametrize("wanted", ["Jo Twin", "jo"])
def test_two_of_a_name_are_nobody(wanted: str) -> None:
    """Neither the first of them, nor a third one who is only nearly called so."""
    with pytest.raises(UnknownName, match="More than one pupil") as caught:
        find_pupil(TWINS, wanted)
    assert "Jo" not in str(caught.value)
    assert find_pupil(TWINS, "pupil-2") is TWINS[1]
    assert find_pupil(TWINS, 2) is TWINS[1]


def test_the_names_are_there_for_programs() -> None:
    """A command line may suggest; the text of the error does not."""
    with pytest.raises(UnknownName) as caught:
        find_pupil(FAMILY, "Alex Exampel")
    assert caught.value.suggestions == ("Alex Example",)
    assert "Exampel" not in str(caught.value)


@pytest.mark.parametrize("wanted", [True, None, 1.0, b"Sam", ["Sam"]])
def test_what_is_no_way_to_name_a_pupil(wanted: Any) -> None:
    """A boolean is no position."""
    with pytest.raises(BadArgument, match="pupil"):
        find_pupil(FAMILY, wanted)


def test_a_copy_in_another_zone_has_that_zone() -> None:
    """Also when the original's was looked at before."""
    school = School(name="Example", timezone="Europe/Paris", provider="pronote")
    assert school.zone.key == "Europe/Paris"
    assert school.model_copy(update={"timezone": "Pacific/Noumea"}).zone.key == "Pacific/Noumea"
