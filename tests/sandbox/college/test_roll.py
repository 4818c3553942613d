"""The people: obviously invented, each with an account."""

from __future__ import annotations

import re
from collections import Counter

from schoolsync.sandbox.college.roll import COLLEGE, TABS, TEACHERS, draw_roll, teacher_called
from schoolsync.sandbox.college.staff import OFFICE

INVENTED = {
    *("EXAMPLE", "FACTICE", "MODELE", "SPECIMEN", "PATRON", "GABARIT", "EBAUCHE", "ESQUISSE"),
    *("PROTOTYPE", "CROQUIS", "CANEVAS", "ARCHETYPE"),
}


def test_names_are_written_as_the_server_writes_them() -> None:
    """Family name in capitals, then given name."""
    households, accounts = draw_roll()
    files = [file for house in households for file in house.children]
    for file in files:
        pupil = file.pupil
        assert pupil.name == f"{pupil.last_name} {pupil.first_name}"
        assert pupil.last_name == (pupil.last_name or "").upper()
        assert pupil.school == COLLEGE
        assert (pupil.photo is None) is (file.photo is None)
    assert {account.name.partition(" ")[0] for account in accounts} <= INVENTED
    assert {one.last_name for one in (*TEACHERS, *OFFICE)} <= INVENTED


def test_everybody_signs_in_as_somebody() -> None:
    """No two alike in one space; every pupil's own account is theirs."""
    households, accounts = draw_roll()
    logins = Counter((one.kind, one.login.lower()) for one in accounts)
    assert set(logins.values()) == {1}
    assert len({one.number for one in accounts}) == len(accounts)
    files = {file.number: file for house in households for file in house.children}
    for house in households:
        for parent in house.parents:
            assert parent.pupils == tuple(file.number for file in house.children)
        for own in house.accounts:
            assert own.pupils == (own.number,)
            assert own.name == files[own.number].pupil.name
    assert {number for one in accounts for number in one.pupils} == files.keys()


def test_those_whom_everybody_knows() -> None:
    """One child here, and two there."""
    households, accounts = draw_roll()
    assert [(house.name, [file.class_name for file in house.children]) for house in households] == [
        ("EXAMPLE", ["4B"]),
        ("FACTICE", ["6A", "3C"]),
    ]
    by_login = {one.login: one for one in accounts}
    assert by_login["robin.example"].password == "s3cret&+"
    assert by_login["louison.example"].password == "Sésame-42"
    assert by_login["code.example"].pin == "1234"
    assert {one.state for one in accounts} == {
        *("ok", "disabled", "blocked", "forbidden", "refused", "message", "new_password", "pin")
    }


def test_nothing_secret_is_shown() -> None:
    """No login, password, PIN or portrait."""
    households, accounts = draw_roll()
    shown = repr((households, accounts))
    secrets = {text for one in accounts for text in (one.login, one.password, one.pin) if text}
    assert not [text for text in secrets if text in shown]
    assert "JFIF" not in shown


def test_switches_are_each_pupils_own() -> None:
    """And speak of the same screens."""
    households, _ = draw_roll()
    files = [file for house in households for file in house.children]
    assert all(file.switches.keys() == TABS.keys() for file in files)
    assert files[0].switches is not files[1].switches
    assert [tab for tab, is_open in files[2].switches.items() if is_open is not TABS[tab]] == [10, 99, 131]


def test_teachers_are_found_by_either_name() -> None:
    """Or not at all."""
    assert teacher_called("MODELE A.") is teacher_called("MODELE Ana") is TEACHERS[0]
    assert teacher_called("RENFORT B.") is None
    assert teacher_called(None) is None
    assert all(re.fullmatch(r"[A-Z]+ [A-Z]\.", one.name) for one in TEACHERS)
