"""The families."""

from __future__ import annotations

import datetime as dt

from schoolsync.sandbox.families import draw_families
from schoolsync.sandbox.school import SandboxSchool
from schoolsync.sandbox.year import Calendar

INVENTED = {"Example", "Placeholder", "O'Placeholder", "Vacant"}


def test_everybody_is_invented_and_looks_it(school: SandboxSchool) -> None:
    """No name could be mistaken for somebody's."""
    names = [pupil.last_name for pupil in school.pupils]
    names += [parent.name.split()[-1] for parent in school.parents]
    assert {name or "" for name in names} == INVENTED
    assert {parent.email.rpartition("@")[2] for parent in school.parents} == {"example.test"}
    assert all("Example" in pupil.school.name for pupil in school.pupils)


def test_families_of_several_shapes(school: SandboxSchool) -> None:
    """Two schools in one family, two parents of the same children, a parent without any."""
    robin, lee, pat, noa = school.parents
    assert len({pupil.school.name for pupil in school.pupils_of(robin)}) == 2
    assert set(robin.pupil_ids) == set(lee.pupil_ids)
    assert robin.pupil_ids != lee.pupil_ids
    assert len(pat.pupil_ids) == 3
    assert noa.pupil_ids == ()


def test_schools_ask_for_a_date_of_birth_or_not(school: SandboxSchool) -> None:
    """Both kinds of log-in occur, and no two pupils share a code."""
    assert {file.asks_birthday for file in school.pupil_files} == {True, False}
    assert len({file.access_code for file in school.pupil_files}) == len(school.pupils)


def test_two_schools_do_not_share_their_desks() -> None:
    """What happens in one invented school leaves another untouched."""
    calendar = Calendar(dt.date(2026, 3, 9))
    (_, one), (_, other) = (draw_families(1, calendar) for _ in range(2))
    one["5000001"].homeworks.clear()
    one["5000001"].shop.clear()
    assert other["5000001"].homeworks
    assert other["5000001"].shop
