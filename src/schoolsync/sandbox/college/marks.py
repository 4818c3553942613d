"""What was marked at the invented collège: one line of every kind, in every term that has begun."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.college.markbook import MarkBook, MarkSheet, Said, Service, mark_sheet
from schoolsync.sandbox.college.resources import document
from schoolsync.sandbox.college.year import CollegeYear, TermPeriod

__all__ = ["SERVICES", "draw_marks", "past_day", "services_of"]

Row: TypeAlias = tuple[int, Service, Said, str, Mapping[str, Any]]
"""School days before today, subject, mark, title, fields of `mark_sheet`."""

MATHS = Service("MATHEMATIQUES", Decimal(4))
FRENCH = Service("FRANCAIS", Decimal(4))
HISTORY = Service("HISTOIRE-GEOGRAPHIE", Decimal(3))
ENGLISH = Service("ANGLAIS LV1", Decimal(3))
SPANISH = Service("ESPAGNOL LV2", Decimal(3), is_in_groups=True)
BIOLOGY = Service("SCIENCES VIE & TERRE", Decimal("1.5"))
ARTS = Service("ARTS PLASTIQUES", shows_class=False)
SPORT = Service("ED.PHYSIQUE & SPORT.")

SERVICES = (MATHS, FRENCH, HISTORY, ENGLISH, SPANISH, BIOLOGY, ARTS, SPORT)
"""Everything that is marked, in the school's order. Of the arts families see no figures of the class."""


def _class(average: str, lowest: str, highest: str, **more: Any) -> dict[str, Any]:
    """The figures of the class, and fields of `mark_sheet`."""
    return {"class_figures": (Decimal(average), Decimal(lowest), Decimal(highest)), **more}


HALF, NOTHING, DOUBLE, TEN, HUNDRED = Decimal("0.5"), Decimal(0), Decimal(2), Decimal(10), Decimal(100)
TWIN = _class("11", "3", "18")

LOUISON: tuple[Row, ...] = (
    (1, BIOLOGY, "", "Interrogation", {}),
    (1, MATHS, "15.5", "Contrôle : fractions", _class("11.42", "4.5", "19", coefficient=DOUBLE)),
    (
        *(2, MATHS, "|1", "Calcul mental"),
        _class("7.1", "2", "10", out_of=TEN, coefficient=HALF, is_optional=True, is_rescaled=True),
    ),
    (2, FRENCH, "12", "Dictée", TWIN),
    (2, FRENCH, "14", "Dictée", {**TWIN, "comment": "À corriger & à recopier."}),
    (3, ENGLISH, "8", "Speaking test <unit 2>", _class("6.75", "1.5", "9.5", out_of=TEN, is_rescaled=True)),
    (4, HISTORY, "|2", "Carte de l'Europe", _class("13.2", "6", "20")),
    (4, BIOLOGY, "73", "QCM : la cellule", _class("61.25", "12", "98", out_of=HUNDRED)),
    (9, SPANISH, "|3", "Presentarse", _class("12.6", "5", "19.5")),
    (10, SPORT, "|4", "Natation", _class("14", "8", "20")),
    (12, FRENCH, "|5", "Rédaction", _class("10.9", "4", "17")),
    (15, HISTORY, "|6", "La Révolution", _class("12.3", "3.5", "18")),
    (16, MATHS, "|7", "Devoir maison n° 4", _class("15.8", "9", "20", coefficient=HALF)),
    (18, ARTS, "|8", "Autoportrait", {}),
    (20, ENGLISH, "18", "Vocabulary", _class("14.4", "7", "20", is_optional=True)),
    (22, SPANISH, "13.5", "Bonus : poesía", _class("8", "0", "18", is_bonus=True)),
    (22, SPANISH, "11.25", "Los números", _class("12.6", "5", "19.5")),
    (25, BIOLOGY, "9", "", _class("11", "5", "16", default_out_of=None)),
    (26, ARTS, "17", "Perspective", _class("13", "9", "19")),
    (30, SPORT, "16", "Échauffement", _class("15", "10", "20", coefficient=NOTHING)),
    (31, MATHS, "17", "Contrôle : proportionnalité", _class("12.4", "5", "20", coefficient=DOUBLE)),
    (32, HISTORY, "14.5", "Lumières & révolutions", _class("12.9", "6.5", "19", coefficient=DOUBLE)),
    (33, FRENCH, "13", "Conjugaison", _class("11.3", "2", "19")),
    (34, BIOLOGY, "11.5", "Roches", _class("12.1", "5", "17", coefficient=HALF)),
)
MAE: tuple[Row, ...] = (
    (1, FRENCH, "|-1", "Dictée", _class("12", "4", "19")),
    (2, MATHS, "??", "Tables", _class("14", "8", "20")),
    (3, ARTS, "|8|20", "Couleurs", {}),
    (5, MATHS, "20", "Figures", _class("13.4", "7", "20", comment="Très bien.")),
    (6, FRENCH, 0, "Lecture", _class("11", "0", "20")),
)
"""Marks that not every program survives stand here, so that one family can be shown to all of them."""
BEFORE: tuple[Row, ...] = (
    (5, MATHS, "18.75", "Contrôle : nombres relatifs", _class("12.1", "6.5", "18.75")),
    (7, FRENCH, "10.5", "Lecture", _class("12", "4", "18")),
    (9, ENGLISH, "6", "Irregular verbs", _class("11.7", "2", "20", is_optional=True)),
    (11, ENGLISH, "14", "Listening", _class("12.3", "5", "19")),
)
"""What is marked in every term that is over; the days are counted from its end."""
ROWS: Mapping[str, tuple[Row, ...]] = {"e1": LOUISON, "e2": MAE}
BEGINNERS = "6EME"
"""The level that does not learn a second language yet."""


def services_of(level: str) -> tuple[Service, ...]:
    """What pupils of *level* are marked in, in the school's order."""
    return tuple(service for service in SERVICES if service is not SPANISH or level != BEGINNERS)


def draw_marks(desk: CollegeDesk) -> MarkBook:
    """The mark book of a pupil: what was marked until today, and what each later term begins with.

    A line that would lie before the school year is given on its first school day. A pupil without
    marks has a book with subjects and no lines.
    """
    year, rows = desk.year, ROWS.get(desk.file.number, ())
    drawn = [_drawn(desk, number, row, past_day(year, row[0])) for number, row in enumerate(rows, 1)]
    terms = [term for term in year.periods() if term.kind == 1] if rows else []
    others = (sheet for term in terms for sheet in _of_term(desk, term))
    return MarkBook(services_of(desk.file.level), [*drawn, *others])


def _drawn(desk: CollegeDesk, number: int, row: Row, given_on: dt.date) -> MarkSheet:
    _, service, said, title, more = row
    files = _papers() if row is LOUISON[1] else {}
    return mark_sheet(desk, number, service, given_on, said, title, **files, **more)


def _papers() -> dict[str, Any]:
    return {
        "paper": document("mark-1", "sujet fractions.pdf"),
        "correction": document("mark-2", "corrigé n° 1.pdf"),
    }


def past_day(year: CollegeYear, back: int) -> dt.date:
    """The school day that lies *back* school days before today, or the first one of the school year."""
    day = year.calendar.school_day(-back)
    return day if day >= year.first_day else _first_school_day(year, year.first_day)


def _first_school_day(year: CollegeYear, start: dt.date) -> dt.date:
    return next(year.calendar.school_days(start, year.last_day))


def _of_term(desk: CollegeDesk, term: TermPeriod) -> Iterator[MarkSheet]:
    """The usual tests of a term that is over; of one that lies ahead a first one, without a mark yet."""
    period, number = term.record, 100 * (term.number + 1)
    if period.end < desk.year.today:
        for place, row in enumerate(BEFORE, number):
            yield _drawn(desk, place, row, _school_day_before(desk.year, period.end, row[0]))
    elif period.start > desk.year.today:
        day = _first_school_day(desk.year, period.start)
        yield mark_sheet(desk, number, MATHS, day, "", "Évaluation annoncée")


def _school_day_before(year: CollegeYear, day: dt.date, back: int) -> dt.date:
    for _ in range(back):
        day = year.calendar.school_day_before(day)
    return day
