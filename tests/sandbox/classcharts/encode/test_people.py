"""Pupils and parents on the wire."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from schoolsync.sandbox.classcharts.encode.people import FLAGS, encode_parent, encode_pupil, encode_user
from schoolsync.sandbox.classcharts.shapes import Shapes
from schoolsync.sandbox.people import FEATURES
from schoolsync.sandbox.school import SandboxSchool

MONDAY = dt.date(2026, 3, 9)
WEB = "https://www.classcharts.com"


def test_a_pupil_has_two_dialects_of_switches(school: SandboxSchool) -> None:
    """Booleans, and one text among them."""
    user = encode_user(school.desk(5000002), MONDAY, Shapes(), WEB)
    switches = {name: value for name, value in user.items() if name.startswith("display_")}
    assert switches.pop("display_attendance_type") == "instance"
    assert {type(value) for value in switches.values()} == {bool}
    assert user["survey_id"] is None
    assert user["avatar_url"] == f"{WEB}/img/faces/default.png"


@pytest.mark.parametrize(("flag", "feature"), sorted(FLAGS.items()))
def test_each_flag_follows_its_switch(school: SandboxSchool, flag: str, feature: str) -> None:
    """And no other one."""
    before = encode_user(school.desk(5000001), MONDAY, Shapes(), WEB)
    school.switch(feature, 5000001, is_on=not FEATURES[feature])
    after = encode_user(school.desk(5000001), MONDAY, Shapes(), WEB)
    assert {name for name in after if after[name] != before[name]} == {flag}


@pytest.mark.parametrize(("day", "is_birthday"), [(dt.date(2026, 3, 14), True), (MONDAY, False)])
def test_a_birthday_is_noticed(school: SandboxSchool, day: dt.date, is_birthday: bool) -> None:
    """On the day, whatever the year."""
    assert encode_user(school.desk(5000001), day, Shapes(), WEB)["has_birthday"] is is_birthday


def test_unread_announcements_are_counted(school: SandboxSchool) -> None:
    """Those that are new, not those of unknown state."""
    assert encode_user(school.desk(5000001), MONDAY, Shapes(), WEB)["announcements_count"] == 1


def test_a_pupil_in_a_parents_list_has_a_school(school: SandboxSchool) -> None:
    """With an emblem or without, and counters that add up."""
    alex, sam = (encode_pupil(school.desk(number), MONDAY, Shapes(), WEB) for number in (5000001, 5000002))
    assert (alex["school_logo"], sam["school_logo"]) == (f"{WEB}/img/logos/northfield.png", None)
    assert sam["school_name"] == "Southbrook Example Junior School"
    homework = [
        value for name, value in alex.items() if name.startswith("homework_") and name.endswith("_count")
    ]
    assert sum(homework) == len(school.desk(5000001).homeworks)
    detentions = [
        value for name, value in alex.items() if name.startswith("detention_") and name.endswith("_count")
    ]
    assert sum(detentions) == len(school.desk(5000001).detentions)


def test_a_parent_is_no_pupil(school: SandboxSchool) -> None:
    """One key in another style, and never the password."""
    parent = attrs.evolve(school.parents[0], is_email_verified=False)
    said = encode_parent(parent)
    assert said["isEmailVerified"] is False
    assert parent.password not in said.values()
