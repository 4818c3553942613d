"""Lessons of several weeks, in several zones: order, keys, and both changes of the clock."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schoolsync.derive import keys
from schoolsync.model import Lesson
from schoolsync.providers.pronote.mapping.timetable import to_lessons
from schoolsync.providers.pronote.schema.timetable import TimetablePage
from tests.providers.pronote.lessons import (
    FRENCH,
    MATHS,
    OUTING,
    here,
    lessons,
    moved,
    one,
    parts,
    subject,
    timetable,
)
from tests.providers.pronote.reading import date, element, page


def weeks(*rows: list[dict[str, Any]], **given: Any) -> list[Lesson]:
    """What several answers become."""
    context = here(**given)
    pages = [page(TimetablePage, "PageEmploiDuTemps", timetable(*week)) for week in rows]
    return to_lessons(context, iter(pages))


# -- several pages --------------------------------------------------------------


def test_lessons_of_all_pages_by_start() -> None:
    """Whatever the order of the pages and of their rows."""
    first = [FRENCH, MATHS]
    second = [moved(MATHS, "14/09/2026 08:00", "14/09/2026 09:00", N="20#Cr3")]
    found = weeks(second, first)
    assert [lesson.provider_id for lesson in found] == ["20#Cr1", "20#Cr2", "20#Cr3"]
    assert len({lesson.key for lesson in found}) == 3
    assert weeks() == []


def test_issues_of_all_pages_are_told() -> None:
    """With those of the mapping, and the other pages are read."""
    context = here()
    pages = [
        page(TimetablePage, "PageEmploiDuTemps", timetable(*rows))
        for rows in (["?"], [MATHS | {"DateDuCours": ""}], [FRENCH])
    ]
    assert [lesson.provider_id for lesson in to_lessons(context, pages)] == ["20#Cr2"]
    assert [issue.path for issue in context.issues] == ["PageEmploiDuTemps.ListeCours.0"] * 2


def test_an_outing_that_two_weeks_show_is_one() -> None:
    """With the key that it has on the first page; what begins with it has another."""
    (alone,) = weeks([OUTING])
    assert weeks([OUTING], [OUTING], [FRENCH])[1:] == [alone]
    beside = OUTING | {"N": "20#So2", "motif": "Autre visite"}
    first = weeks([OUTING, beside])
    assert len({lesson.key for lesson in first}) == 2
    for second in ([OUTING], [beside], [beside, OUTING]):
        assert weeks([OUTING, beside], second) == first
    assert len({lesson.key for lesson in weeks([OUTING], [beside, OUTING])}) == 2


def test_only_the_same_id_and_start_on_another_page_is_a_repeat() -> None:
    """Twins on one page stay two, and so do rows without an id: nothing says that they are one."""
    later = moved(OUTING, "09/09/2026 11:00", "09/09/2026 14:00")
    assert len(weeks([OUTING], [later])) == 2
    assert len(weeks([FRENCH, FRENCH], [FRENCH])) == 2
    nameless = FRENCH | {"N": None}
    assert [lesson.provider_id for lesson in weeks([nameless], [nameless])] == [None, None]


# -- identity -------------------------------------------------------------------


def test_a_new_log_in_gives_equal_keys() -> None:
    """No id of the server's counts."""
    anew = MATHS | {
        "N": "20#zz",
        "cahierDeTextes": element({"N": "36#zz"}),
        "ListeContenus": parts({"L": "MATHS &amp; INFO", "N": "16#zz", "G": 16}),
    }
    assert one(anew).key == one(MATHS).key


@pytest.mark.parametrize(
    "change",
    [
        {"estAnnule": True, "Statut": "Prof. absent"},
        {"ListeContenus": parts(subject("AUTRE"))},
        {"DateDuCoursFin": date("07/09/2026 10:00:00"), "duree": 4},
        {"P": 99, "CouleurFond": "#000000", "memo": None},
        {"estRetenue": True},
    ],
)
def test_a_corrected_lesson_keeps_its_key(change: dict[str, Any]) -> None:
    """Only pupil, day and slot make it."""
    assert one(**change).key == one(MATHS).key


@pytest.mark.parametrize("start", ["07/09/2026 08:05", "08/09/2026 08:00"])
def test_another_slot_is_another_lesson(start: str) -> None:
    """Or another day."""
    assert one(moved(MATHS, start)).key != one(MATHS).key


def test_twins_do_not_merge() -> None:
    """Three lessons in one slot, two of them the same but for their ids."""
    other = FRENCH | {"N": "20#b", "ListeContenus": parts(subject("LATIN"))}
    one_way = lessons(FRENCH, other, FRENCH | {"N": "20#c"})
    back = lessons(FRENCH | {"N": "20#c"}, other, FRENCH)
    assert len({lesson.key for lesson in one_way}) == 3
    assert {lesson.key: lesson.subject for lesson in one_way}.keys() == {lesson.key for lesson in back}
    latin = {lesson.key for found in (one_way, back) for lesson in found if lesson.provider_id == "20#b"}
    assert len(latin) == 1


def test_keys_are_those_of_the_common_rule() -> None:
    """As `derive.keys` gives them to records."""
    found = lessons(
        MATHS, FRENCH, FRENCH | {"N": "20#b", "ListeContenus": parts(subject("LATIN"))}, raw_view=True
    )
    unkeyed = [lesson.model_copy(update={"key": ""}) for lesson in found]
    assert [lesson.key for lesson in keys.with_lesson_keys(unkeyed)] == [lesson.key for lesson in found]


# -- zones ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "summer", "winter"),
    [
        ("Europe/Paris", "+02:00", "+01:00"),
        ("Pacific/Noumea", "+11:00", "+11:00"),
        ("America/Martinique", "-04:00", "-04:00"),
        ("Indian/Reunion", "+04:00", "+04:00"),
    ],
)
def test_times_are_the_school_s_clock(zone: str, summer: str, winter: str) -> None:
    """On both sides of a change of the clock, where there is one."""
    rows = [moved(MATHS, f"{day}/2026 08:00", f"{day}/2026 09:00") for day in ("23/10", "26/10")]
    before, after = lessons(*rows, given=here(zone=zone))
    assert (before.start.isoformat(), before.end.isoformat()) == (
        f"2026-10-23T08:00:00{summer}",
        f"2026-10-23T09:00:00{summer}",
    )
    assert (after.start.isoformat(), after.end.isoformat()) == (
        f"2026-10-26T08:00:00{winter}",
        f"2026-10-26T09:00:00{winter}",
    )
    assert getattr(after.start.tzinfo, "key", None) == zone
    round_trip = Lesson.from_dict(after.to_dict())
    assert round_trip == after


@pytest.mark.parametrize("night", ["29/03/2026", "25/10/2026"])
def test_a_lesson_over_a_change_of_the_clock_lasts_what_it_lasts(night: str) -> None:
    """Nobody teaches at night; the arithmetic is the school's clock all the same."""
    (lesson,) = lessons(moved(MATHS, f"{night} 01:00", f"{night} 05:00"))
    hours = {"29/03/2026": 3, "25/10/2026": 5}[night]
    passed = lesson.end.timestamp() - lesson.start.timestamp()
    assert (f"{lesson.start:%H:%M}", f"{lesson.end:%H:%M}") == ("01:00", "05:00")
    assert dt.timedelta(seconds=passed) == dt.timedelta(hours=hours)


def test_the_key_is_of_the_local_day() -> None:
    """The same clock in two zones makes the same slot of a pupil."""
    paris, noumea = (one(given=here(zone=zone)) for zone in ("Europe/Paris", "Pacific/Noumea"))
    assert paris.start != noumea.start
    assert paris.key == noumea.key
