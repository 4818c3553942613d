"""What an account can do, per pupil, and why not."""

from __future__ import annotations

import pytest

from schoolsync.errors import UnknownName
from schoolsync.model import Availability, Capabilities, Lesson, Mark, Pupil, School

SCHOOL = School(name="Example Academy", timezone="Europe/London", provider="sandbox")
ONE, OTHER = (Pupil(key=f"pupil-{n}", name=f"Invented {n}", school=SCHOOL) for n in (1, 2))
CAN = Capabilities(
    pupils=(ONE, OTHER),
    operations={
        ONE.key: {("marks", "read"): Availability.YES, ("homeworks", "write"): Availability.OFF_AT_SCHOOL},
        OTHER.key: {("marks", "read"): Availability.NOT_FOR_THIS_ACCOUNT},
    },
    fields={("Mark", "class_average"): Availability.NOT_IN_PROVIDER},
)


def test_the_words() -> None:
    """The answers that programs may rely on."""
    assert set(Availability) == {"yes", "not_in_provider", "off_at_school", "not_for_this_account", "unknown"}


def test_each_pupil_has_answers_of_their_own() -> None:
    """The first is meant when nobody is named."""
    assert CAN.of("marks") is Availability.YES
    assert CAN.of("marks", "read", pupil=2) is Availability.NOT_FOR_THIS_ACCOUNT
    assert CAN.of("marks", pupil=OTHER) is Availability.NOT_FOR_THIS_ACCOUNT
    assert CAN.of("homeworks", "write") is Availability.OFF_AT_SCHOOL


def test_nothing_is_known_before_a_login() -> None:
    """Not even about things that do not exist."""
    assert Capabilities().of("marks") is Availability.UNKNOWN


def test_a_thing_that_no_provider_has() -> None:
    """Is a mistake of the caller, and the right word is suggested."""
    with pytest.raises(UnknownName, match="did you mean marks read"):
        CAN.of("mark")
    with pytest.raises(UnknownName):
        CAN.of("marks", "write")
    with pytest.raises(UnknownName, match="unknown pupil"):
        CAN.of("marks", pupil="Nobody")


def test_fields() -> None:
    """Yes, unless the provider says otherwise; a field that no record has is a mistake."""
    assert CAN.field(Mark, "class_average") is Availability.NOT_IN_PROVIDER
    assert CAN.field(Mark, "value") is Availability.YES
    assert CAN.field(Lesson, "start") is Availability.YES
    with pytest.raises(UnknownName, match="did you mean class_average"):
        CAN.field(Mark, "class_averages")


def test_repr_names_nobody() -> None:
    """Keys only."""
    assert "Invented" not in repr(CAN)
