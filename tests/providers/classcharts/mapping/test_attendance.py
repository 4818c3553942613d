"""Absences and late arrivals out of hand-written registers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schoolsync.model import Absence
from schoolsync.providers.classcharts import calls
from schoolsync.providers.classcharts.mapping.attendance import to_absences
from tests.providers.classcharts.wire import answer, context, options, parent, script, signed_in


def absences(
    register: object, meta: object = (), *, strict: bool = False, keep_raw: bool = False
) -> list[Absence]:
    """What a register becomes."""
    session = signed_in(parent()).account.session
    session.options = options(strict=strict, keep_raw=keep_raw)
    envelope = script(answer(register, meta)).run(calls.attendance(session, 5000001, None, None))
    return to_absences(context(keeps_raw=keep_raw), envelope)


def one(**said: Any) -> Absence:
    """What one session becomes."""
    (found,) = absences({"2026-03-09": {"AM": said}})
    return found


@pytest.mark.parametrize(
    ("status", "kind", "justification"),
    [
        ("late", "lateness", "unknown"),
        ("excused", "absence", "justified"),
        ("absent", "absence", "unjustified"),
        ("no", "absence", "unjustified"),
        (" Absent ", "absence", "unjustified"),
        ("suspended", "other", "unknown"),
    ],
)
def test_each_verdict_has_its_meaning(status: str, kind: str, justification: str) -> None:
    """And one that we do not know is kept, without a guess."""
    found = one(status=status, code="X", late_minutes="")
    assert (found.kind, found.justification) == (kind, justification)
    assert found.extras["classcharts.status"] == status


@pytest.mark.parametrize("status", ["present", "yes", "ignore", "", None])
def test_who_was_there_is_no_absence(status: str | None) -> None:
    """Nor is a session that did not take place; the verdict wins over the code."""
    assert absences({"2026-03-09": {"AM": {"status": status, "code": "O"}}}) == []


def test_every_field_of_an_absence() -> None:
    """Code and session as sent."""
    found = one(status="late", code="L", late_minutes=7, lesson_name="9X/Sc1", room_name="S4")
    assert (found.day, found.session_label, found.code, found.minutes) == (dt.date(2026, 3, 9), "AM", "L", 7)
    assert (found.start, found.end, found.half_days, found.lesson_key, found.reasons) == (
        None,
        None,
        None,
        None,
        (),
    )
    assert (found.identity, found.provider_id) == ("derived", None)
    assert dict(found.extras) == {
        "classcharts.status": "late",
        "classcharts.lesson": "9X/Sc1",
        "classcharts.room": "S4",
    }


@pytest.mark.parametrize(("said", "minutes"), [("", None), (None, None), ("12", 12), (0, None), ("0", None)])
def test_minutes_are_never_zero(said: object, minutes: int | None) -> None:
    """`None`: not said."""
    assert one(status="late", late_minutes=said).minutes == minutes


def test_minutes_are_of_lateness_only() -> None:
    """Whatever the server writes beside an absence."""
    assert one(status="absent", late_minutes=7).minutes is None


def test_newest_day_first_and_sessions_in_the_school_s_order() -> None:
    """Sessions that the school did not list come last."""
    missed = {"status": "absent"}
    day = {"PM": missed, "Extra": missed, "Period Tut": missed, "AM": missed}
    found = absences(
        {"2026-03-09": day, "2026-03-10": {"AM": missed}}, {"sessions": ["AM", "PM", "Period Tut"]}
    )
    assert [(absence.day.day, absence.session_label) for absence in found] == [
        (10, "AM"),
        (9, "AM"),
        (9, "PM"),
        (9, "Period Tut"),
        (9, "Extra"),
    ]
    assert len({absence.key for absence in found}) == 5


def test_a_corrected_absence_keeps_its_key() -> None:
    """A reason that came later is an update."""
    assert one(status="absent", code="N").key == one(status="excused", code="M").key
    assert one(status="absent").key != one(status="late").key


def test_raw_is_kept_when_asked_for() -> None:
    """One session of one day."""
    (found,) = absences({"2026-03-09": {"AM": {"status": "no", "code": "O"}}}, keep_raw=True)
    assert isinstance(found.raw, dict)
    assert found.raw["code"] == "O"
    assert one(status="no").raw is None
