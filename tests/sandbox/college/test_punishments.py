"""Punishments, sanctions and measures: a paper says the same as its neutral record."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schoolsync.model import SanctionKind, SanctionStatus
from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.college.punishments import (
    MEASURE,
    Nature,
    PunishmentSheet,
    Sitting,
    measure_sheet,
    punishment_sheet,
)
from schoolsync.sandbox.college.roll import TEACHERS
from schoolsync.sandbox.college.staff import COUNSELLOR, HEADMISTRESS

DAY = dt.date(2026, 2, 10)


@pytest.fixture
def desk(college: SandboxCollege) -> CollegeDesk:
    """The desk of the first pupil."""
    return college.desks["e1"]


def _punishment(desk: CollegeDesk, nature: int = 1, **fields: Any) -> PunishmentSheet:
    return punishment_sheet(desk, 99, Nature(nature, "Retenue"), DAY, TEACHERS[0], **fields)


@pytest.mark.parametrize(
    ("nature", "kind"),
    [
        (0, SanctionKind.EXCLUSION),
        (1, SanctionKind.DETENTION),
        (2, SanctionKind.PUNISHMENT),
        (3, SanctionKind.OTHER),
    ],
)
def test_the_nature_decides_the_kind(desk: CollegeDesk, nature: int, kind: SanctionKind) -> None:
    """Of a punishment."""
    record = _punishment(desk, nature).record
    assert (record.kind, dict(record.extras)) == (kind, {"pronote.nature": "Retenue"})


def test_a_plain_punishment_says_little(desk: CollegeDesk) -> None:
    """When and by whom it was given."""
    record = _punishment(desk).record
    assert (record.given_on, record.given_by) == (DAY, "MODELE A.")
    assert (record.start, record.end, record.duration, record.reason, record.work_to_do) == (None,) * 5
    assert record.status is SanctionStatus.UNKNOWN


@pytest.mark.parametrize(
    ("reasons", "circumstances", "reason"),
    [
        (("Bavardage",), "Pendant le contrôle", "Bavardage: Pendant le contrôle"),
        (("Bavardage",), "", "Bavardage"),
        ((), "Pendant le contrôle", "Pendant le contrôle"),
        ((), "", None),
    ],
)
def test_reasons_and_circumstances_make_one_text(
    desk: CollegeDesk, reasons: tuple[str, ...], circumstances: str, reason: str | None
) -> None:
    """Of what there is."""
    assert _punishment(desk, reasons=reasons, circumstances=circumstances).record.reason == reason


def test_the_first_sitting_says_when(desk: CollegeDesk) -> None:
    """On the grid; the whole may take longer than it."""
    sittings = (Sitting(DAY, 17, 60), Sitting(DAY + dt.timedelta(1), 17, 60))
    record = _punishment(desk, sittings=sittings, minutes=120).record
    assert record.start == dt.datetime(2026, 2, 10, 16, 30, tzinfo=desk.year.zone)
    assert record.end == dt.datetime(2026, 2, 10, 17, 30, tzinfo=desk.year.zone)
    assert (record.duration, record.status) == (dt.timedelta(hours=2), SanctionStatus.UNKNOWN)


def test_a_sitting_to_come_leaves_it_open(desk: CollegeDesk) -> None:
    """Even if another one is over."""
    sittings = (Sitting(DAY, 17, 60), Sitting(desk.year.today + dt.timedelta(1), 17, 60))
    assert _punishment(desk, sittings=sittings).record.status is SanctionStatus.PENDING


def test_a_measure_lasts_whole_days(desk: CollegeDesk) -> None:
    """From the first second of the first to the last one of the last."""
    days = {"first": DAY, "last": DAY + dt.timedelta(1)}
    nature = Nature(0, "Mesure conservatoire")
    sheet = measure_sheet(desk, 98, MEASURE, nature, DAY, COUNSELLOR, is_exclusion=True, **days)
    assert sheet.record.kind is SanctionKind.EXCLUSION
    assert sheet.record.start == dt.datetime(2026, 2, 10, tzinfo=desk.year.zone)
    assert sheet.record.end == dt.datetime(2026, 2, 11, 23, 59, 59, tzinfo=desk.year.zone)
    assert (sheet.record.given_by, sheet.decider, sheet.day) == ("CANEVAS R.", COUNSELLOR, DAY)


def test_another_measure_excludes_nobody(desk: CollegeDesk) -> None:
    """And somebody else may decide."""
    nature = Nature(0, "Avertissement")
    sheet = measure_sheet(desk, 98, MEASURE, nature, DAY, COUNSELLOR, decider=HEADMISTRESS)
    assert (sheet.record.kind, sheet.record.start, sheet.decider) == (SanctionKind.OTHER, None, HEADMISTRESS)
