"""Lessons out of damaged answers: what is whole survives, and what is lost is told."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsync.errors import UnexpectedShape
from tests.providers.pronote.lessons import FRENCH, MATHS, OUTING, SANCTION, here, lessons, parts


def test_a_row_without_a_start_is_lost_alone() -> None:
    """And told, by its place."""
    frame = here()
    kept = lessons(
        FRENCH, MATHS | {"DateDuCours": None}, MATHS | {"DateDuCours": "?"}, "no row", MATHS, given=frame
    )
    assert [lesson.provider_id for lesson in kept] == ["20#Cr1", "20#Cr2"]
    assert [issue.path for issue in frame.issues] == [
        "PageEmploiDuTemps.ListeCours.2.DateDuCours",
        "PageEmploiDuTemps.ListeCours.3",
        "PageEmploiDuTemps.ListeCours.1",
        "PageEmploiDuTemps.ListeCours.2",
    ]
    assert [issue.is_row_lost for issue in frame.issues[2:]] == [True, True]


def test_a_bad_part_costs_only_itself() -> None:
    """The others are read."""
    frame = here()
    (lesson,) = lessons(
        MATHS | {"ListeContenus": parts("no part", {"L": "B204", "G": 17}, {"L": "C", "G": "?"})}, given=frame
    )
    assert lesson.rooms == ("B204",)
    assert [issue.path for issue in frame.issues] == [
        "PageEmploiDuTemps.ListeCours.0.ListeContenus.0",
        "PageEmploiDuTemps.ListeCours.0.ListeContenus.2.G",
    ]


def test_strict_mode_names_the_first_row_that_makes_no_sense() -> None:
    """Without quoting it."""
    with pytest.raises(UnexpectedShape, match=r"PageEmploiDuTemps\.ListeCours\.1"):
        lessons(MATHS, FRENCH | {"DateDuCours": ""}, given=here(strict=True))


JUNK: tuple[Any, ...] = (
    None,
    "?",
    -1,
    10**30,
    1e300,
    [None],
    {},
    "31/12/9999 23:59:59",
    "01/01/0001 00:00:00",
    "\ud800",
)


@given(st.sampled_from(sorted(MATHS | SANCTION | OUTING)), st.sampled_from(JUNK), st.booleans())
def test_junk_under_any_key_never_costs_another_lesson(key: str, junk: Any, raw_view: bool) -> None:
    """Nor does it raise."""
    kept = lessons(MATHS | {key: junk}, FRENCH, SANCTION | {key: junk}, raw_view=raw_view)
    assert FRENCH["N"] in [lesson.provider_id for lesson in kept]


@given(
    st.sampled_from(["recreations", "debutDemiPensionHebdo", "finDemiPensionHebdo", "ListeCours"]),
    st.sampled_from(JUNK),
)
def test_junk_beside_the_lessons_costs_none(key: str, junk: Any) -> None:
    """Unless it stands in their place."""
    kept = lessons(MATHS, said={key: junk})
    assert [lesson.provider_id for lesson in kept] == ([] if key == "ListeCours" else [MATHS["N"]])


def test_raw_is_what_was_sent() -> None:
    """Typed values and all, when it is asked for."""
    kept = lessons(FRENCH, "no row", MATHS, given=here(keep_raw=True))
    assert [lesson.raw for lesson in kept] == [MATHS, FRENCH]
    assert [lesson.raw for lesson in lessons(MATHS)] == [None]


def test_no_rows_are_no_lessons() -> None:
    """Whatever stands for them."""
    assert lessons() == []
    assert lessons(said={"ListeCours": None}) == []
