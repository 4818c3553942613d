"""Periods: what a screen lists, what a caller means, and what is asked for instead."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

from schoolsync.errors import BadArgument, UnknownName
from schoolsync.model import Period
from schoolsync.provider import Days, Span
from schoolsync.providers.pronote.mapping.spans import TabPeriods, spanned, to_tab_periods
from schoolsync.providers.pronote.mapping.year import SchoolYear, YearPeriod
from schoolsync.providers.pronote.schema.settings import ChildRow

FIRST, LAST = dt.date(2026, 9, 1), dt.date(2027, 7, 3)
T1 = YearPeriod("11#t1", "Trimestre 1", 1, FIRST, dt.date(2026, 11, 30))
T2 = YearPeriod("11#t2", "Trimestre 2", 1, dt.date(2026, 12, 1), dt.date(2027, 2, 28))
T3 = YearPeriod("11#t3", "Trimestre 3", 1, dt.date(2027, 3, 1), LAST)
S1 = YearPeriod("11#s1", "Semestre 1", 2, FIRST, dt.date(2027, 1, 24))
S2 = YearPeriod("11#s2", "Semestre 2", 2, dt.date(2027, 1, 25), LAST)
WHOLE = YearPeriod("11#y", "Année continue", 3, FIRST, LAST)
BESIDE = YearPeriod("11#h", "Hors période", 0, FIRST, LAST)
YEAR = SchoolYear(first_day=FIRST, last_day=LAST, periods=(T1, T2, T3, S1, S2, WHOLE, BESIDE))
NOON = dt.date(2027, 1, 11)


def key_of(period: YearPeriod) -> str | None:
    """A key as a record would have it."""
    return f"period-{period.name}" if period.id else None


def meant(
    span: Span, tab: TabPeriods | None = None, year: SchoolYear = YEAR, today: dt.date = NOON
) -> list[str]:
    """The names of what a span means."""
    return [period.name for period in spanned(span, year, tab, today=today, key_of=key_of)]


def listed(*rows: dict[str, Any], default: dict[str, Any] | None = None) -> TabPeriods:
    """The periods of screen 198 as a pupil's row lists them."""
    said = {"G": 198, "listePeriodes": list(rows), "periodeParDefaut": default}
    child = ChildRow.model_validate({"N": "46#a", "L": "EXAMPLE Louison", "listeOngletsPourPeriodes": [said]})
    return to_tab_periods(child, YEAR)[198]


def row(period: YearPeriod, kind: int = 2, **more: Any) -> dict[str, Any]:
    """A screen's row of one of the year's periods."""
    return {"N": period.id, "L": period.name, "G": kind, "A": True} | more


TERMS = (row(T1), row(T2), row(T3))
ANNEE = {"L": "Année (Trois trimestres)", "G": 1}
TAB = listed(*TERMS, row(BESIDE, 4), default={"N": T1.id, "L": T1.name})
PLAIN = listed(*TERMS)


# -- what the server says --------------------------------------------------------


def test_a_screen_s_periods_are_the_year_s_own() -> None:
    """The very same objects, so that they are kept once."""
    assert TabPeriods((T1, T2, T3), (BESIDE,), (), T1) == TAB
    assert TAB.grading[1] is T2


def test_a_screen_s_whole_year_has_no_id() -> None:
    """It is known by its name; the default may be meant by it."""
    tab = listed(ANNEE, *TERMS, default={"L": ANNEE["L"]})
    (annee,) = tab.named
    assert (annee.id, annee.name, annee.start, annee.end) == ("", "Année (Trois trimestres)", FIRST, LAST)
    assert tab.default is annee
    assert tab.all == (T1, T2, T3, annee)


def test_what_the_year_does_not_know_is_kept() -> None:
    """With the year's own ends, because a screen says none."""
    tab = listed(row(T1), {"N": "11#x", "L": "Brevet blanc", "G": 2})
    assert tab.grading[1] == YearPeriod("11#x", "Brevet blanc", None, FIRST, LAST)


def test_a_period_with_another_id_on_a_screen_is_known_by_its_name() -> None:
    """It has the year's dates, and so its key; the screen is asked with its own id."""
    tab = listed({"N": "11#own", "L": "trimestre  2", "G": 2})
    assert tab.grading == (attrs.evolve(T2, id="11#own"),)
    assert meant(Span(Days(FIRST, FIRST)), tab) == []
    (found,) = spanned(Span(period=record(T2)), YEAR, tab, today=NOON, key_of=key_of)
    assert found.id == "11#own"
    assert YEAR.periods[1] is T2


def test_a_period_without_a_name_is_not_known_by_it() -> None:
    """Even where the year has an unnamed one."""
    year = attrs.evolve(YEAR, periods=(attrs.evolve(T1, name=" "), T2))
    said = [{"G": 198, "listePeriodes": [{"N": "11#x", "L": "", "G": 2}]}]
    child = ChildRow.model_validate({"L": "x", "listeOngletsPourPeriodes": said})
    (found,) = to_tab_periods(child, year)[198].grading
    assert (found.start, found.end) == (FIRST, LAST)


def test_what_the_year_does_not_know_is_kept_once_for_all_screens() -> None:
    """A school has a dozen screens."""
    said = [{"G": tab, "listePeriodes": [{"N": "11#x", "L": "Brevet", "G": 2}, ANNEE]} for tab in (12, 198)]
    child = ChildRow.model_validate({"L": "x", "listeOngletsPourPeriodes": said})
    one, other = to_tab_periods(child, YEAR).values()
    assert one.grading[0] is other.grading[0]
    assert one.named[0] is other.named[0]


def test_an_inactive_period_is_meant_by_its_name_only() -> None:
    """Nobody can choose it on the screen."""
    tab = listed(row(T1), row(T2, A=False))
    assert (tab.grading, tab.named) == ((T1,), (T2,))
    assert meant(Span(Days(NOON, NOON)), tab) == []
    assert meant(Span(period="Trimestre 2"), tab) == ["Trimestre 2"]


def test_what_has_no_id_is_never_asked_for() -> None:
    """Days mean the others; its name means all of them."""
    tab = listed(row(T1), {"L": "Trimestre 2", "G": 2}, row(T3))
    every = Span(Days(FIRST, LAST))
    assert [period.id for period in spanned(every, YEAR, tab, today=NOON, key_of=key_of)] == [T1.id, T3.id]
    assert meant(Span(period=tab.named[0].name), tab) == ["Trimestre 1", "Trimestre 3"]


def test_a_default_that_is_not_listed_is_none() -> None:
    """A screen may say `"0"`."""
    assert listed(*TERMS, default={"N": "0", "L": ""}).default is None
    assert PLAIN.default is None


def test_a_screen_without_periods_or_number_is_not_there() -> None:
    """It has said nothing."""
    said = [{"G": 12}, {"listePeriodes": list(TERMS)}]
    child = ChildRow.model_validate({"L": "x", "listeOngletsPourPeriodes": said})
    assert to_tab_periods(child, YEAR) == {}


# -- nothing given ------------------------------------------------------------------


def test_nothing_means_what_the_screen_shows_first() -> None:
    """Whatever the day is."""
    assert meant(Span(), TAB) == ["Trimestre 1"]


@pytest.mark.parametrize(
    ("today", "name"),
    [
        (dt.date(2026, 8, 15), "Trimestre 1"),
        (FIRST, "Trimestre 1"),
        (dt.date(2026, 11, 30), "Trimestre 1"),
        (dt.date(2026, 12, 1), "Trimestre 2"),
        (LAST, "Trimestre 3"),
        (dt.date(2027, 7, 20), "Trimestre 3"),
    ],
)
@pytest.mark.parametrize("tab", [None, PLAIN])
def test_else_the_period_of_today(today: dt.date, name: str, tab: TabPeriods | None) -> None:
    """Both ends included; in the holidays the last one that has begun."""
    assert meant(Span(), tab, today=today) == [name]


@pytest.mark.parametrize(
    ("periods", "name"),
    [
        ((S1, S2, WHOLE, BESIDE), "Semestre 1"),
        ((BESIDE, WHOLE), "Année continue"),
        ((BESIDE,), "Hors période"),
    ],
)
def test_a_year_without_terms_has_another_family(periods: tuple[YearPeriod, ...], name: str) -> None:
    """Semesters, else the whole year, else whatever there is."""
    assert meant(Span(), year=attrs.evolve(YEAR, periods=periods)) == [name]


def test_a_year_without_periods_has_none() -> None:
    """Nothing can be asked for."""
    assert meant(Span(), year=SchoolYear()) == []
    assert meant(Span(Days(NOON, NOON)), year=SchoolYear()) == []


def test_a_default_that_is_the_whole_year_is_all_of_it() -> None:
    """The server gives the whole year no id, so that nothing could be asked with it."""
    tab = listed(ANNEE, *TERMS, default={"L": ANNEE["L"]})
    assert meant(Span(), tab) == ["Trimestre 1", "Trimestre 2", "Trimestre 3"]


# -- days -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "names"),
    [
        (Days(NOON, NOON), ["Trimestre 2"]),
        (Days(dt.date(2026, 11, 30), dt.date(2026, 12, 1)), ["Trimestre 1", "Trimestre 2"]),
        (Days(None, dt.date(2026, 12, 1)), ["Trimestre 1", "Trimestre 2"]),
        (Days(dt.date(2027, 2, 28), None), ["Trimestre 2", "Trimestre 3"]),
        (Days(FIRST, LAST), ["Trimestre 1", "Trimestre 2", "Trimestre 3"]),
        (Days(dt.date(2025, 1, 1), dt.date(2026, 8, 31)), []),
        (Days(dt.date(2027, 7, 4), None), []),
    ],
)
def test_days_mean_all_periods_that_they_touch(days: Days, names: list[str]) -> None:
    """In order, and none outside the school year; the default does not matter."""
    assert meant(Span(days), PLAIN) == names
    assert meant(Span(days)) == names
    assert meant(Span(days), TAB) == names + ["Hors période"] * bool(names)


def test_a_period_without_ends_is_touched_by_every_day() -> None:
    """The server does not say that it is not."""
    open_year = SchoolYear(periods=(attrs.evolve(T1, start=None, end=None),))
    assert meant(Span(Days(NOON, NOON)), year=open_year) == ["Trimestre 1"]
    assert meant(Span(), year=open_year) == ["Trimestre 1"]


# -- named --------------------------------------------------------------------------


def record(period: YearPeriod, key: str | None = None) -> Period:
    """A period as a caller holds it."""
    return Period(key=key or key_of(period) or "", name=period.name, start=FIRST, end=LAST, is_current=False)


@pytest.mark.parametrize("wanted", [record(T3), "period-Trimestre 3", "Trimestre 3", " trimestre  3 "])
@pytest.mark.parametrize("tab", [None, TAB])
def test_a_period_is_found_however_it_is_named(wanted: Period | str, tab: TabPeriods | None) -> None:
    """By record, key or name."""
    assert meant(Span(period=wanted), tab) == ["Trimestre 3"]


def test_a_period_of_the_year_that_the_screen_does_not_list_is_understood() -> None:
    """The server has nothing to say about it, and says so."""
    assert meant(Span(period=record(S2)), TAB) == ["Semestre 2"]


def test_a_screen_s_own_period_comes_before_the_year_s_of_that_name() -> None:
    """Two of one name may stand in the two lists."""
    tab = listed({"N": "11#own", "L": "Trimestre 1", "G": 2})
    (found,) = spanned(Span(period="Trimestre 1"), YEAR, tab, today=NOON, key_of=key_of)
    assert found.id == "11#own"


def test_the_whole_year_by_its_name_is_all_of_it() -> None:
    """As on the screen."""
    tab = listed(ANNEE, *TERMS)
    assert meant(Span(period="année (trois trimestres)"), tab) == [
        "Trimestre 1",
        "Trimestre 2",
        "Trimestre 3",
    ]


def test_another_name_is_refused_with_those_near_it() -> None:
    """So that a slip is mended."""
    with pytest.raises(UnknownName) as caught:
        meant(Span(period="Trimestre 4"), TAB)
    assert (caught.value.kind, caught.value.name) == ("period", "Trimestre 4")
    assert "Trimestre 1" in caught.value.suggestions


def test_another_year_s_record_of_the_same_name_is_refused() -> None:
    """Else last year's first term would be this year's."""
    with pytest.raises(UnknownName, match="another school"):
        meant(Span(period=record(T1, "period-of-last-year")), TAB)


@pytest.mark.parametrize("wanted", ["", "  "])
def test_an_empty_name_is_no_period(wanted: str) -> None:
    """Even where the server has an unnamed one."""
    year = attrs.evolve(YEAR, periods=(attrs.evolve(T1, name=" "), T2))
    with pytest.raises(UnknownName):
        meant(Span(period=wanted), year=year)


def test_what_is_no_name_is_refused() -> None:
    """A number might be a position, or the number in a name."""
    with pytest.raises(BadArgument) as caught:
        meant(Span(period=1), TAB)  # type: ignore[arg-type]
    assert caught.value.argument == "period"
