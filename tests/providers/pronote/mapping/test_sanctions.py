"""Punishments, measures and sanctions out of hand-written answers."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsync.errors import UnexpectedShape
from schoolsync.model import Sanction
from schoolsync.providers.pronote.mapping.mapped import Context
from schoolsync.providers.pronote.mapping.sanctions import to_sanctions
from schoolsync.providers.pronote.mapping.year import SchoolYear
from schoolsync.providers.pronote.schema.presence import PresencePage
from schoolsync.providers.pronote.schema.words import Version
from tests.providers.pronote.reading import NEW, OLD, bare, context, date, element, page

PARIS = ZoneInfo("Europe/Paris")
NOW = dt.datetime(2026, 10, 6, 14, 59, tzinfo=PARIS)
SITTING = {"N": "52#pg1", "G": 52, "date": date("06/10/2026"), "placeExecution": 14, "duree": 60}
PUNISHMENT: dict[str, Any] = {
    "N": "41#pu1",
    "G": 41,
    "page": {"Absence": 41},
    "dateDemande": date("25/09/2026 10:20:30"),
    "placeDemande": 6,
    "travailAFaire": "Recopier<br>le règlement",
    "circonstances": "Bavardages répétés",
    "duree": 90,
    "demandeur": element({"N": "3#pr1", "L": "MODELE A.", "G": 3}),
    "estUneExclusion": False,
    "nature": element({"N": "501#na1", "L": "Retenue", "G": 1, "estProgrammable": True}),
    "listeMotifs": element([{"N": "500#m3", "L": "Bavardage"}]),
    "programmation": element([SITTING]),
}
MEASURE: dict[str, Any] = {
    "N": "71#mc1",
    "G": 71,
    "page": {"Absence": 71},
    "nature": element({"N": "503#na2", "L": "Mesure conservatoire", "G": 0}),
    "commentaire": "",
    "listeMotifs": element([{"N": "500#m4", "L": "Violence"}]),
    "estUneExclusion": True,
    "circonstances": "Altercation",
    "decideur": element({"N": "34#pe1", "L": "SPECIMEN B."}),
    "demandeur": element({"N": "34#pe2", "L": "FACTICE C."}),
    "dateDemande": date("29/09/2026"),
    "dateDebut": date("30/09/2026"),
    "dateFin": date("01/10/2026"),
    "duree": 2,
    "interditAcces": {"_T": 26, "V": "[1]"},
}
OLD_MEASURE = MEASURE | {"G": 72, "page": {"Absence": 72}}


def sanctions(
    *rows: Any, version: Version = NEW, now: dt.datetime = NOW, here: Context | None = None, **more: bool
) -> list[Sanction]:
    """What rows become."""
    said = {"listeAbsences": element(list(rows))}
    return to_sanctions(here or context(version), page(PresencePage, "PagePresence", said, **more), now)


def one(
    row: dict[str, Any] = PUNISHMENT, *, version: Version = NEW, now: dt.datetime = NOW, **change: Any
) -> Sanction:
    """What a row becomes with some keys changed."""
    (found,) = sanctions(row | change, version=version, now=now)
    return found


def clock(day: int, hour: int, minute: int = 0) -> dt.datetime:
    """A time in October."""
    return dt.datetime(2026, 10, day, hour, minute, tzinfo=PARIS)


# -- punishments ----------------------------------------------------------------------


@pytest.mark.parametrize("is_typed", [True, False])
def test_every_field_of_a_punishment(is_typed: bool) -> None:
    """Place 14 of a grid of half hours from eight is three o'clock."""
    (found,) = sanctions(PUNISHMENT if is_typed else bare(PUNISHMENT))
    assert (found.kind, found.given_on, found.given_by) == (
        "detention",
        dt.date(2026, 9, 25),
        "MODELE A.",
    )
    assert (found.start, found.end, found.duration) == (
        clock(6, 15),
        clock(6, 16),
        dt.timedelta(minutes=90),
    )
    assert (found.reason, found.work_to_do) == ("Bavardage: Bavardages répétés", "Recopier\nle règlement")
    assert (found.status, found.location, dict(found.extras)) == (
        "pending",
        None,
        {"pronote.nature": "Retenue"},
    )
    assert (found.provider_id, found.identity) == ("41#pu1", "derived")


@pytest.mark.parametrize(
    ("nature", "is_exclusion", "kind"),
    [
        (0, False, "exclusion"),
        (1, True, "detention"),
        (2, None, "punishment"),
        (3, None, "other"),
        (9, True, "other"),
        (None, True, "exclusion"),
        (None, None, "other"),
    ],
)
def test_kinds_of_punishments(nature: int | None, is_exclusion: bool | None, kind: str) -> None:
    """The nature says; only where it does not, the exclusion does."""
    said = element({"L": "Nature", "G": nature})
    assert one(nature=said, estUneExclusion=is_exclusion).kind == kind


@pytest.mark.parametrize(
    ("reasons", "circumstances", "reason"),
    [
        (["Bavardage", "Retard"], "Deux fois", "Bavardage, Retard: Deux fois"),
        (["Bavardage"], "", "Bavardage"),
        ([], "Deux fois", "Deux fois"),
        ([""], None, None),
    ],
)
def test_a_reason_is_what_there_is(reasons: list[str], circumstances: str | None, reason: str | None) -> None:
    """Both joined, or one, or none."""
    rows = [{"L": label} for label in reasons]
    assert one(listeMotifs=element(rows), circonstances=circumstances).reason == reason


@pytest.mark.parametrize(
    ("now", "status"),
    [
        (clock(6, 14, 59), "pending"),
        (clock(6, 15), "unknown"),
        (clock(7, 8), "unknown"),
        (dt.datetime(2026, 10, 6, 12, 59, tzinfo=dt.UTC), "pending"),
        (dt.datetime(2026, 10, 6, 13, 1, tzinfo=dt.UTC), "unknown"),
    ],
)
def test_what_is_still_to_come_is_pending(now: dt.datetime, status: str) -> None:
    """The server does not say what became of the rest."""
    assert one(now=now).status == status


def test_of_several_sittings_the_first_is_shown_and_any_may_be_to_come() -> None:
    """Whatever the server's order."""
    later = {"date": date("13/10/2026"), "placeExecution": 2, "duree": 30}
    for rows in ([later, SITTING], [SITTING, later]):
        found = one(programmation=element(rows), now=clock(7, 8))
        assert (found.start, found.status) == (clock(6, 15), "pending")
    assert one(programmation=element([later, SITTING]), now=clock(13, 10)).status == "unknown"
    earlier = SITTING | {"placeExecution": 4}
    assert one(programmation=element([SITTING, earlier])).start == clock(6, 10)


@pytest.mark.parametrize(
    ("change", "start"),
    [
        ({"placeExecution": 34}, clock(6, 15)),
        ({"placeExecution": 15}, clock(6, 15, 30)),
        ({"placeExecution": None, "place": 14}, clock(6, 15)),
        ({"placeExecution": 0, "place": 14}, clock(6, 8)),
        ({"placeExecution": None}, None),
        ({"date": None}, None),
    ],
)
def test_a_place_of_the_day_or_of_the_week_is_a_time(change: Any, start: dt.datetime | None) -> None:
    """A place that is not named is counted; none is no guess."""
    found = one(programmation=element([SITTING | change]))
    assert found.start == start
    assert (found.end is None) == (start is None)


def test_with_only_its_day_said_a_sitting_is_pending_until_that_day() -> None:
    """On the day itself nobody knows."""
    rows = element([SITTING | {"placeExecution": None}])
    assert one(now=clock(5, 23), programmation=rows).status == "pending"
    assert one(now=clock(6, 0), programmation=rows).status == "unknown"
    already_there = dt.datetime(2026, 10, 5, 22, 30, tzinfo=dt.UTC)
    assert one(now=already_there, programmation=rows).status == "unknown"


@pytest.mark.parametrize(
    ("own", "of_sitting", "minutes", "end"),
    [
        (90, 60, 90, clock(6, 16)),
        (90, None, 90, clock(6, 16, 30)),
        (None, 60, 60, clock(6, 16)),
        (None, None, None, None),
        (0, 0, None, None),
    ],
)
def test_lengths_stand_in_for_each_other(
    own: int | None, of_sitting: int | None, minutes: int | None, end: dt.datetime | None
) -> None:
    """No minutes are none said."""
    found = one(duree=own, programmation=element([SITTING | {"duree": of_sitting}]))
    assert found.duration == (None if minutes is None else dt.timedelta(minutes=minutes))
    assert found.end == end


def test_work_to_do_at_home_has_no_time() -> None:
    """Nor has what is not scheduled; half of the keys may be missing."""
    bare_row = {"G": 41, "nature": element({"L": "Devoir supplémentaire", "G": 2})}
    (found,) = sanctions(bare_row, here=context(strict=True), strict=True)
    assert (found.kind, found.status, found.start, found.duration) == ("punishment", "unknown", None, None)
    assert (found.given_on, found.given_by, found.reason, found.work_to_do) == (None, None, None, None)


def test_a_place_beyond_the_day_costs_only_the_time() -> None:
    """It is an issue; the punishment is there."""
    here = context()
    here.year = SchoolYear(version=NEW, places_per_day=100)
    (found,) = sanctions(PUNISHMENT | {"programmation": [SITTING | {"placeExecution": 99}]}, here=here)
    assert (found.start, found.end, found.duration) == (None, None, dt.timedelta(minutes=90))
    assert [(issue.path, issue.is_row_lost) for issue in here.issues] == [
        ("PagePresence.listeAbsences.0.programmation", False)
    ]


# -- measures and sanctions ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "version"),
    [(MEASURE, NEW), (MEASURE, (2025, 1, 3)), (MEASURE, ()), (OLD_MEASURE, OLD), (OLD_MEASURE, (2022, 0, 3))],
)
def test_a_measure_under_either_number(row: dict[str, Any], version: Version) -> None:
    """71 since 2025.1.3, 72 before; it lasts whole days."""
    found = one(row, version=version)
    assert (found.kind, found.given_on, found.given_by) == (
        "exclusion",
        dt.date(2026, 9, 29),
        "FACTICE C.",
    )
    assert (found.start, found.end) == (
        dt.datetime(2026, 9, 30, tzinfo=PARIS),
        dt.datetime(2026, 10, 1, 23, 59, 59, tzinfo=PARIS),
    )
    assert (found.reason, found.duration, found.status) == ("Violence: Altercation", None, "unknown")
    assert dict(found.extras) == {"pronote.nature": "Mesure conservatoire"}


@pytest.mark.parametrize(("row", "version"), [(OLD_MEASURE, NEW), (MEASURE, OLD)])
def test_the_other_generation_s_number_is_no_measure(row: dict[str, Any], version: Version) -> None:
    """There it means something else, which is no guess of ours."""
    here = context(version)
    assert sanctions(row, here=here) == []
    assert here.issues == []


def test_a_measure_that_is_no_exclusion() -> None:
    """And one that does not say."""
    assert one(MEASURE, estUneExclusion=False).kind == one(MEASURE, estUneExclusion=None).kind == "other"


def test_a_measure_of_one_day() -> None:
    """Without a last one; with times of day it lasts whole days all the same."""
    found = one(MEASURE, dateDebut=date("30/09/2026 10:00:00"), dateFin=None)
    assert (found.start, found.end) == (
        dt.datetime(2026, 9, 30, tzinfo=PARIS),
        dt.datetime(2026, 9, 30, 23, 59, 59, tzinfo=PARIS),
    )
    undated = one(MEASURE, dateDebut=None, dateFin=None)
    assert (undated.start, undated.end) == (None, None)


def test_a_sanction_is_of_no_kind_that_we_know() -> None:
    """Its nature is the school's own."""
    found = one(MEASURE, G=42, nature=element({"L": "Avertissement", "G": 5}))
    assert (found.kind, found.extras["pronote.nature"]) == ("other", "Avertissement")
    assert found.start == dt.datetime(2026, 9, 30, tzinfo=PARIS)


# -- identity and order ----------------------------------------------------------------------


def test_a_punishment_that_is_moved_keeps_its_key() -> None:
    """Schedule, work, reason and length may change; ids do with every log-in."""
    moved = one(
        N="41#other",
        programmation=element([SITTING | {"date": date("20/10/2026")}]),
        circonstances="Autre",
        travailAFaire=None,
        duree=30,
        listeMotifs=[],
    )
    assert moved.key == one().key
    assert one(MEASURE, dateFin=date("05/10/2026")).key == one(MEASURE).key
    others = (
        one(dateDemande=date("26/09/2026")),
        one(demandeur=element({"L": "SPECIMEN B."})),
        one(nature=element({"L": "Exclusion", "G": 0})),
    )
    assert len({other.key for other in others} | {one().key}) == 4


@given(st.permutations(range(4)))
def test_twins_do_not_merge_in_any_order(order: list[int]) -> None:
    """Given last first."""
    rows = [PUNISHMENT, PUNISHMENT | {"duree": 30}, PUNISHMENT | {"circonstances": "Autre"}, MEASURE]
    found = sanctions(*[rows[place] for place in order])
    assert found == sanctions(*rows)
    assert len({sanction.key for sanction in found}) == 4
    assert found[0].kind == "exclusion"


def test_what_is_no_sanction_is_left_to_others() -> None:
    """Raw rows find their own among them; a broken one is an issue."""
    here = context(keep_raw=True)
    rows = [{"G": 13}, PUNISHMENT, "none", {"G": 46}, {"G": 999}, MEASURE, {"G": 73}]
    found = sanctions(*rows, here=here, keep_raw=True)
    assert [sanction.raw for sanction in found] == [MEASURE, PUNISHMENT]
    assert [issue.path for issue in here.issues] == ["PagePresence.listeAbsences.2"]
    with pytest.raises(UnexpectedShape):
        sanctions(*rows, strict=True)
