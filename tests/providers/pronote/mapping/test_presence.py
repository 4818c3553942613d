"""Absences and late arrivals out of hand-written answers."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsync.errors import UnexpectedShape
from schoolsync.model import Absence, School
from schoolsync.providers.pronote.mapping.mapped import Context
from schoolsync.providers.pronote.mapping.presence import read_event_kind, to_absences
from schoolsync.providers.pronote.schema.kinds import Kind
from schoolsync.providers.pronote.schema.presence import EventRow, PresencePage
from schoolsync.providers.pronote.schema.words import Version
from tests.providers.pronote.reading import NEW, OLD, PUPIL, SCHOOL, bare, context, date, element, page

PARIS = ZoneInfo("Europe/Paris")
ABSENCE: dict[str, Any] = {
    "N": "13#ab1",
    "G": 13,
    "page": {"Absence": 13},
    "dateDebut": date("22/09/2026 08:00:00"),
    "dateFin": date("22/09/2026 12:00:00"),
    "ouverte": False,
    "reglee": True,
    "justifie": True,
    "NbrHeures": "4h00",
    "NbrJours": 1,
    "aJustifierParParents": False,
    "estMotifNonEncoreConnu": False,
    "listeMotifs": element([{"N": "500#m1", "L": "Maladie"}, {"N": "0", "L": ""}]),
}
DELAY: dict[str, Any] = {
    "N": "14#rt1",
    "G": 14,
    "page": {"Absence": 14},
    "date": date("24/09/2026 08:10:00"),
    "reglee": False,
    "justifie": False,
    "duree": 10,
    "aJustifierParParents": True,
    "estMotifNonEncoreConnu": False,
    "listeMotifs": element([{"N": "500#m2", "L": "Transport"}]),
}


def absences(*rows: Any, here: Context | None = None, **more: bool) -> list[Absence]:
    """What rows become."""
    said = {"listeAbsences": element(list(rows))}
    return to_absences(here or context(), page(PresencePage, "PagePresence", said, **more))


def one(row: dict[str, Any] = ABSENCE, version: Version = NEW, **change: Any) -> Absence:
    """What a row becomes with some keys changed."""
    (found,) = absences(row | change, here=context(version))
    return found


@pytest.mark.parametrize("is_typed", [True, False])
def test_every_field_of_an_absence(is_typed: bool) -> None:
    """Times are the school's."""
    (found,) = absences(ABSENCE if is_typed else bare(ABSENCE))
    assert (found.kind, found.day, found.minutes) == ("absence", dt.date(2026, 9, 22), None)
    assert (found.start, found.end) == (
        dt.datetime(2026, 9, 22, 8, tzinfo=PARIS),
        dt.datetime(2026, 9, 22, 12, tzinfo=PARIS),
    )
    assert (found.justification, found.reasons) == ("justified", ("Maladie",))
    assert dict(found.extras) == {
        "pronote.hours": "4h00",
        "pronote.days": 1,
        "pronote.is_open": False,
        "pronote.is_settled": True,
    }
    assert (found.code, found.session_label, found.half_days, found.lesson_key) == (None, None, None, None)
    assert (found.provider_id, found.identity) == ("13#ab1", "derived")


@pytest.mark.parametrize("is_typed", [True, False])
def test_every_field_of_a_late_arrival(is_typed: bool) -> None:
    """It has a beginning and minutes, and no end."""
    (found,) = absences(DELAY if is_typed else bare(DELAY))
    assert (found.kind, found.start, found.end) == (
        "lateness",
        dt.datetime(2026, 9, 24, 8, 10, tzinfo=PARIS),
        None,
    )
    assert (found.minutes, found.justification, found.reasons) == (10, "pending", ("Transport",))
    assert dict(found.extras) == {"pronote.is_settled": False}


@pytest.mark.parametrize(
    ("said", "parents", "justification"),
    [
        (True, True, "justified"),
        (True, None, "justified"),
        (False, True, "pending"),
        (False, False, "unjustified"),
        (False, None, "unjustified"),
        (None, True, "unknown"),
        (None, None, "unknown"),
    ],
)
def test_what_the_school_accepts(said: bool | None, parents: bool | None, justification: str) -> None:
    """What it does not say, we do not guess."""
    assert one(justifie=said, aJustifierParParents=parents).justification == justification


def test_reasons_that_are_not_known_yet_are_none() -> None:
    """Whatever stands in the list then."""
    assert one(estMotifNonEncoreConnu=True).reasons == ()
    assert one(estMotifNonEncoreConnu=None, listeMotifs=None).reasons == ()


@pytest.mark.parametrize(
    ("said", "days"), [(1, 1), (0.5, 0.5), ("0,5", 0.5), (2.0, 2), (0, 0), (None, None), ("", None)]
)
def test_days_are_numbers_of_json(said: object, days: object) -> None:
    """Half days too; an absence of an hour may count none."""
    assert one(NbrJours=said).extras.get("pronote.days") == days


@pytest.mark.parametrize(("said", "minutes"), [(10, 10), ("10", 10), (0, None), (None, None), ("", None)])
def test_minutes_are_never_zero(said: object, minutes: int | None) -> None:
    """`None`: not said. And an absence has none."""
    assert one(DELAY, duree=said).minutes == minutes
    assert one(duree=said).minutes is None


@pytest.mark.parametrize(
    ("number", "version", "kind"),
    [
        (13, NEW, "absence"),
        (14, OLD, "lateness"),
        (15, NEW, "exclusion"),
        (22, NEW, "other"),
        (44, NEW, "other"),
        (121, NEW, "other"),
        (121, (), "other"),
    ],
)
def test_each_kind_has_its_own(number: int, version: Version, kind: str) -> None:
    """Missed meals and boarding are neither absence nor lateness."""
    assert one(version=version, G=number).kind == kind


@pytest.mark.parametrize(
    ("number", "version"),
    [(21, NEW), (41, NEW), (46, NEW), (71, NEW), (73, NEW), (999, NEW), (121, OLD), (57, OLD)],
)
def test_what_is_no_absence_is_left_to_others(number: int, version: Version) -> None:
    """Without an issue; the row stands in the page."""
    here = context(version)
    assert absences(ABSENCE | {"G": number}, here=here) == []
    assert here.issues == []


@pytest.mark.parametrize(
    ("row", "version", "kind"),
    [
        ({"G": 46, "page": {"Absence": 45}}, NEW, Kind.PUPIL_OBSERVATION),
        ({"page": {"Absence": 45}}, NEW, Kind.OBSERVATION),
        ({"G": None, "page": {"Absence": 13}}, OLD, Kind.ABSENCE),
        ({"page": {"Absence": 72}}, OLD, Kind.MEASURE),
        ({"page": {"Absence": 71}}, NEW, Kind.MEASURE),
        ({"G": 72}, NEW, None),
        ({"G": 74}, OLD, Kind.INCIDENT),
        ({"G": 73}, NEW, Kind.INCIDENT),
        ({"G": 999, "page": {"Absence": 13}}, NEW, None),
        ({"page": {}}, NEW, None),
        ({}, NEW, None),
    ],
)
def test_a_row_is_of_its_own_kind_or_of_its_page_s(
    row: dict[str, Any], version: Version, kind: Kind | None
) -> None:
    """The page counts only where the row says nothing; both are counted as that server counts."""
    assert read_event_kind(EventRow.model_validate(row), version) is kind


def test_a_row_without_a_kind_is_what_its_page_is_for() -> None:
    """As some servers write it."""
    assert one({key: said for key, said in DELAY.items() if key != "G"}).kind == "lateness"


def test_a_day_without_a_time_is_no_midnight() -> None:
    """It has a day, and no beginning."""
    found = one(G=22, dateDebut=None, dateFin=None, date=date("22/09/2026"))
    assert (found.day, found.start, found.end) == (dt.date(2026, 9, 22), None, None)


def test_an_absence_without_a_day_is_an_issue() -> None:
    """In strict mode an error."""
    here = context()
    rows = (ABSENCE | {"dateDebut": None}, DELAY)
    assert [found.kind for found in absences(*rows, here=here)] == ["lateness"]
    assert [(issue.path, issue.is_row_lost) for issue in here.issues] == [
        ("PagePresence.listeAbsences.0", True)
    ]
    with pytest.raises(UnexpectedShape):
        absences(*rows, here=context(strict=True))


def test_a_corrected_absence_keeps_its_key() -> None:
    """End, reason and verdict come later; ids change with every log-in."""
    corrected = one(
        N="13#other", dateFin=date("22/09/2026 17:00:00"), justifie=False, listeMotifs=[], NbrHeures=None
    )
    assert corrected.key == one().key
    assert one(dateDebut=date("22/09/2026 09:00:00")).key != one().key
    assert one(G=15).key != one().key


@given(st.permutations(range(4)))
def test_twins_do_not_merge_in_any_order(order: list[int]) -> None:
    """Newest first, whatever the server's order."""
    rows = [ABSENCE, ABSENCE | {"NbrHeures": "1h00"}, DELAY, DELAY | {"duree": 5}]
    found = absences(*[rows[place] for place in order])
    assert found == absences(*rows)
    assert len({absence.key for absence in found}) == 4
    assert [absence.kind for absence in found] == ["lateness", "lateness", "absence", "absence"]


def test_newest_first_by_time() -> None:
    """Within a day too."""
    rows = [
        ABSENCE | {"dateDebut": date(f"{day}/09/2026 {hour}:00:00")} for day in (21, 23) for hour in (8, 14)
    ]
    starts = [absence.start for absence in absences(*rows)]
    assert starts == sorted((start for start in starts if start), reverse=True)
    assert len(starts) == 4


def test_times_are_of_the_pupil_s_school() -> None:
    """On the other side of the world too."""
    school = School(**(SCHOOL.model_dump() | {"timezone": "Pacific/Noumea"}))
    (found,) = absences(ABSENCE, here=context(pupil=PUPIL.model_copy(update={"school": school})))
    assert found.start is not None
    assert found.start.isoformat() == "2026-09-22T08:00:00+11:00"


def test_raw_rows_when_asked_for() -> None:
    """Each its own, though other kinds stand between them."""
    here = context(keep_raw=True)
    delay, absence = absences(ABSENCE, {"G": 41}, 7, DELAY, here=here, keep_raw=True)
    assert (absence.raw, delay.raw) == (ABSENCE, DELAY)
    assert [issue.path for issue in here.issues] == ["PagePresence.listeAbsences.2"]
