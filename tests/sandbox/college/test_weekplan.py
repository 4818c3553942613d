"""The pattern of two weeks."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import attrs
import pytest

from schoolsync.model import Subject
from schoolsync.sandbox.college.roll import LOUISON, MAE, NOE, PupilFile
from schoolsync.sandbox.college.weekplan import FRAME, HOURS, IN_GROUPS, draw_week_plan, rank_at
from schoolsync.sandbox.college.year import BREAKS, SLOTS, CollegeYear

MONDAY = dt.date(2026, 3, 9)
YEAR = CollegeYear(MONDAY)


def test_the_seed_decides() -> None:
    """The same seed draws the same pattern, another one another; classes have patterns of their own."""
    one, again, other = (draw_week_plan(seed, LOUISON) for seed in (1, 1, 2))
    assert one == again
    assert one != other
    assert one != draw_week_plan(1, NOE)


def test_a_class_shares_its_pattern() -> None:
    """Two pupils of one class are taught together."""
    mate = attrs.evolve(LOUISON, pupil=LOUISON.pupil.model_copy(update={"provider_id": "e9"}))
    assert draw_week_plan(1, mate) == draw_week_plan(1, LOUISON)


@pytest.mark.parametrize(("file", "learns"), [(LOUISON, True), (MAE, False), (NOE, True)])
def test_only_those_in_a_group_for_it_learn_spanish(file: PupilFile, learns: bool) -> None:
    """Everything else is taught to everybody."""
    taught = {subject for day in draw_week_plan(1, file).pattern for subject in day}
    assert taught == {name for name in HOURS if learns or name != IN_GROUPS}


def test_subjects_have_their_shares() -> None:
    """Over two weeks nothing is taught more than a deal too often."""
    counts = Counter(subject for day in draw_week_plan(1, LOUISON).pattern for subject in day)
    lessons, shares = sum(counts.values()), sum(HOURS.values())
    assert all(abs(counts[name] - hours * lessons / shares) <= hours for name, hours in HOURS.items())


def test_the_frame_fits_the_grid() -> None:
    """Every lesson begins where the college's lessons do; one goes on through a break, none overlap."""
    for lessons in FRAME.values():
        assert {place for place, _ in lessons} <= set(SLOTS.values())
        ends = [place + length for place, length in lessons]
        assert all(end <= place for end, (place, _) in zip(ends, lessons[1:], strict=False))
    crossing = [
        place for place, length in FRAME[1] if any(place < one.place < place + length for one in BREAKS)
    ]
    assert crossing == [13]


def test_a_rank_is_free_above_each_lesson() -> None:
    """For what replaces it."""
    ranks = [rank_at(place) for place in SLOTS.values()]
    assert not {rank + 1 for rank in ranks} & set(ranks)


def test_a_fortnight_repeats() -> None:
    """Two weeks later the same is taught; one week later something else."""
    plan = draw_week_plan(1, LOUISON)

    def taught(weeks: int) -> list[Subject | None]:
        day = MONDAY + dt.timedelta(weeks=weeks)
        return [sheet.record.subject for sheet in plan.sheets(LOUISON, YEAR, day)]

    assert taught(0) == taught(2)
    assert taught(0) != taught(1)


@pytest.mark.parametrize("day", [MONDAY + dt.timedelta(days=5), MONDAY + dt.timedelta(weeks=4)])
def test_nothing_is_taught_on_a_free_day(day: dt.date) -> None:
    """Neither on a Saturday nor in a holiday."""
    assert [*draw_week_plan(1, LOUISON).sheets(LOUISON, YEAR, day)] == []


def test_spanish_is_taught_in_a_group() -> None:
    """In the brackets in which the college shows groups; other lessons name none."""
    plan = draw_week_plan(1, LOUISON)
    days = YEAR.calendar.school_days(MONDAY, MONDAY + dt.timedelta(weeks=2))
    sheets = [sheet for day in days for sheet in plan.sheets(LOUISON, YEAR, day)]
    groups = {
        (one.record.subject is not None and one.record.subject.name == IN_GROUPS, one.record.groups)
        for one in sheets
    }
    assert groups == {(True, ("[4ESP-LV2]",)), (False, ())}
