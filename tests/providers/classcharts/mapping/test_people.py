"""Pupils, schools, and each `display_*` switch with the capability that it is."""

from __future__ import annotations

from typing import Any

import pytest

from schoolsync import model
from schoolsync.errors import UnknownName
from schoolsync.model import Availability, Capabilities
from schoolsync.providers.classcharts.mapping.people import FIELDS, to_capabilities, to_pupil
from schoolsync.providers.classcharts.schema.people import PupilRow
from schoolsync.providers.classcharts.session import ORIGIN, Role
from tests.providers.classcharts.wire import ALEX

YES, OFF, UNKNOWN = Availability.YES, Availability.OFF_AT_SCHOOL, Availability.UNKNOWN
OTHERS, NOBODY = Availability.NOT_FOR_THIS_ACCOUNT, Availability.NOT_IN_PROVIDER

SWITCHES = {
    "display_timetable": {"lessons read"},
    "display_homework": {"homeworks read", "homeworks write"},
    "display_attendance": {"absences read", "attendance read"},
    "display_announcements": {"announcements read"},
    "display_event_badges": {"badges read"},
    "display_detentions": {"sanctions read", "detentions read"},
    "display_activity": {"behaviour_events read", "activity read"},
    "display_behaviour": {"behaviour read"},
    "display_custom_fields": {"pupil_fields read"},
    "display_classes": {"classes read"},
    "display_academic_reports": {"academic_reports read"},
    "display_report_cards": {"report_cards read"},
    "display_rewards": {"rewards read", "rewards write"},
    "display_parent_behaviour": {"parent_behaviours read", "parent_behaviours write"},
}
ALL_ON = dict.fromkeys(SWITCHES, True)


def can(role: Role, **flags: Any) -> Capabilities:
    """What an account can see of Alex."""
    row = PupilRow.model_validate(ALEX | flags)
    return to_capabilities([to_pupil(row, ORIGIN)], [row], role)


def answers(found: Capabilities) -> dict[str, Availability]:
    """All answers, by what was asked."""
    (operations,) = found.operations.values()
    return {" ".join(asked): said for asked, said in operations.items()}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("flag", SWITCHES)
def test_each_switch_turns_its_own_things_off(role: Role, flag: str) -> None:
    """And nothing else; what is not for this account stays so."""
    before, after = answers(can(role, **ALL_ON)), answers(can(role, **ALL_ON | {flag: False}))
    theirs = {thing for thing in SWITCHES[flag] if before[thing] is not OTHERS}
    assert {thing for thing in before if before[thing] is not after[thing]} == theirs
    assert {after[thing] for thing in theirs} <= {OFF}


@pytest.mark.parametrize("role", Role)
def test_a_switch_that_was_not_said_is_left_open(role: Role) -> None:
    """An older server knows fewer of them."""
    found = answers(can(role))
    assert {said for thing, said in found.items() if thing in set().union(*SWITCHES.values())} == {
        UNKNOWN,
        OTHERS,
    }


def test_each_role_has_what_is_its_own() -> None:
    """Ticks and rewards are the student's, points from home the parent's."""
    parent, student = answers(can(Role.PARENT, **ALL_ON)), answers(can(Role.STUDENT, **ALL_ON))
    theirs = {"homeworks write", "rewards read", "rewards write"}
    mine = {"parent_behaviours read", "parent_behaviours write"}
    assert {thing for thing, said in parent.items() if said is OTHERS} == theirs
    assert {thing for thing, said in student.items() if said is OTHERS} == mine


@pytest.mark.parametrize("role", Role)
def test_what_classcharts_does_not_have_is_said_so(role: Role) -> None:
    """Whatever the switches."""
    found = answers(can(role, **ALL_ON))
    absent = {thing for thing, said in found.items() if said is NOBODY}
    reads = (
        "agenda averages discussions evaluations files holidays home ical lesson_contents mark_book menus"
        " messages news params periods personal_data presence_totals report resources teachers"
        " timetable_pdf user"
    )
    writes = "announcements discussions messages news"
    expected = {f"{thing} read" for thing in reads.split()} | {f"{thing} write" for thing in writes.split()}
    assert absent == expected


@pytest.mark.parametrize(
    ("homework", "reports", "marks"),
    [
        (True, True, YES),
        (True, False, YES),
        (False, True, YES),
        (False, False, OFF),
        (None, False, UNKNOWN),
        (None, True, YES),
    ],
)
def test_marks_have_two_sources(homework: bool | None, reports: bool | None, marks: Availability) -> None:
    """One is enough."""
    found = can(Role.PARENT, display_homework=homework, display_academic_reports=reports)
    assert found.of("marks") is marks


def test_an_unknown_capability_is_a_mistake() -> None:
    """Of the caller, with suggestions."""
    with pytest.raises(UnknownName) as caught:
        can(Role.PARENT).of("mark")
    assert "marks read" in caught.value.suggestions


# -- fields --------------------------------------------------------------------------


def test_fields_that_are_never_filled_exist() -> None:
    """In the record that they are said to be of."""
    for (record, field), said in FIELDS.items():
        assert said is NOBODY
        assert field in getattr(model, record).model_fields


def test_fields_can_be_asked_for() -> None:
    """What is not in the list is filled."""
    found = can(Role.PARENT)
    assert found.field(model.Mark, "class_average") is NOBODY
    assert found.field(model.Mark, "value") is YES
    with pytest.raises(UnknownName):
        found.field(model.Mark, "clas_average")


# -- pupils ---------------------------------------------------------------------------


def test_a_parent_s_pupil_has_a_school() -> None:
    """With its name, zone and country."""
    row = PupilRow.model_validate(
        ALEX
        | {
            "name": "Alex O&#039;Example",
            "school_name": "Northfield &amp; Example",
            "timezone": "Europe/Dublin",
            "avatar_url": "/img/a.png",
        }
    )
    pupil = to_pupil(row, ORIGIN)
    assert (pupil.name, pupil.first_name, pupil.last_name) == ("Alex O'Example", "Alex", "Example")
    assert (pupil.provider_id, pupil.class_name) == ("5000001", None)
    assert (pupil.school.name, pupil.school.timezone) == ("Northfield & Example", "Europe/Dublin")
    assert (pupil.school.country, pupil.school.provider, pupil.school.url) == ("GB", "classcharts", ORIGIN)
    assert pupil.photo is not None
    assert (pupil.photo.ref, pupil.photo.url) == ((pupil.key, 0), None)


def test_a_student_is_told_no_school() -> None:
    """An empty name, London time, and no photo without an address."""
    pupil = to_pupil(PupilRow.model_validate(ALEX), ORIGIN)
    assert (pupil.school.name, pupil.school.timezone, pupil.photo) == ("", "Europe/London", None)


@pytest.mark.parametrize(
    "zone",
    [
        None,
        "",
        "Mars/Olympus",
        "Europe",
        "../../etc/passwd",
        "/etc/passwd",
        "x" * 5000,
        "Europe/London\0",
        ".",
    ],
)
def test_a_zone_that_nobody_knows_is_london(zone: str | None) -> None:
    """A strange name must not cost the log-in."""
    assert (
        to_pupil(PupilRow.model_validate(ALEX | {"timezone": zone}), ORIGIN).school.timezone
        == "Europe/London"
    )


def test_the_key_lasts_and_is_of_the_pupil_alone() -> None:
    """The same for parent and student, whatever the name becomes."""
    one = to_pupil(PupilRow.model_validate(ALEX), ORIGIN)
    other = to_pupil(
        PupilRow.model_validate(ALEX | {"id": "5000001", "name": "Alexis"}), "http://127.0.0.1:1"
    )
    assert one.key == other.key
    assert one.key != to_pupil(PupilRow.model_validate(ALEX | {"id": 5000002}), ORIGIN).key
