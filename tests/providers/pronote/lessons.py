"""Rows of a timetable written by hand, and who reads them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs

from schoolsync.model import Lesson, School
from schoolsync.providers.pronote.mapping.mapped import Context
from schoolsync.providers.pronote.mapping.timetable import to_lessons
from schoolsync.providers.pronote.mapping.year import SchoolYear
from schoolsync.providers.pronote.schema.timetable import TimetablePage
from schoolsync.providers.pronote.schema.words import Version
from tests.providers.pronote.reading import NEW, PUPIL, SCHOOL, date, element, page, year

__all__ = [
    "FRENCH",
    "MATHS",
    "OUTING",
    "SANCTION",
    "at",
    "here",
    "lessons",
    "moved",
    "one",
    "parts",
    "short_lessons",
    "subject",
    "timetable",
]


def at(clock: str) -> dt.time:
    """A time of day."""
    return dt.time.fromisoformat(clock)


def short_lessons(version: Version = NEW) -> SchoolYear:
    """A year of lessons of 55 minutes on a grid of half hours, with a recess and a canteen's hours."""
    starts = {0: "08:00", 2: "08:55", 4: "10:05", 6: "11:00", 8: "11:55", 11: "13:30", 13: "14:25"}
    ends = {1: "08:55", 3: "09:50", 5: "11:00", 7: "11:55", 12: "14:25", 14: "15:20"}
    return attrs.evolve(
        year(version),
        starts={place: at(clock) for place, clock in starts.items()},
        ends={place: at(clock) for place, clock in ends.items()},
    )


def here(
    given: SchoolYear | None = None,
    *,
    zone: str = "Europe/Paris",
    strict: bool = False,
    keep_raw: bool = False,
) -> Context:
    """What a mapping is given: a pupil of a school in that zone."""
    school = School.model_validate({**SCHOOL.model_dump(), "timezone": zone})
    pupil = PUPIL.model_copy(update={"school": school})
    return Context(pupil=pupil, year=given or year(), is_strict=strict, keeps_raw=keep_raw)


def parts(*rows: Any) -> dict[str, Any]:
    """What a lesson is made of, as servers type it."""
    return element(list(rows))


def subject(label: str) -> dict[str, Any]:
    """A subject among the parts of a lesson."""
    return {"L": label, "N": f"16#{label}", "G": 16}


MATHS: dict[str, Any] = {
    "N": "20#Cr1",
    "G": 0,
    "P": 7,
    "place": 0,
    "duree": 2,
    "DateDuCours": date("07/09/2026 08:00:00"),
    "DateDuCoursFin": date("07/09/2026 09:00:00"),
    "CouleurFond": "#F49737",
    "AvecTafPublie": True,
    "AvecCdT": True,
    "cahierDeTextes": element({"N": "36#Cd1", "estDevoir": True, "estEval": False}),
    "listeVisios": element(
        [
            {
                "N": "300#V1",
                "url": {"_T": 23, "V": "https://visio.example.test/r/1"},
                "libelleLien": "Rejoindre",
            }
        ]
    ),
    "memo": "Apporter le <b>compas</b> &amp; la règle",
    "ListeContenus": parts(
        {"L": "MATHS &amp; INFO", "N": "16#Ma", "G": 16},
        {"G": 3, "L": "MODELE A."},
        {"G": 3, "L": "FACTICE B."},
        {"L": "[4B GR.1]", "N": "2#Gr1", "G": 2},
        {"L": "4B", "N": "1#Cl", "G": 1},
        {"L": "B204", "N": "17#Sa1", "G": 17},
        {"L": "B205", "N": "17#Sa2", "G": 17},
    ),
}
FRENCH: dict[str, Any] = {
    "N": "20#Cr2",
    "G": 0,
    "P": 8,
    "place": 2,
    "duree": 2,
    "DateDuCours": date("07/09/2026 09:00:00"),
    "ListeContenus": parts(subject("FRANCAIS"), {"G": 3, "L": "SPECIMEN C."}),
}
SANCTION: dict[str, Any] = {
    "N": "52#Re1",
    "P": 0,
    "place": 14,
    "duree": 2,
    "DateDuCours": date("07/09/2026 15:00:00"),
    "DateDuCoursFin": date("07/09/2026 16:00:00"),
    "estRetenue": True,
    "CouleurFond": "#FF0000",
    "ListeContenus": parts(
        {"L": "Retenue", "estHoraire": True},
        {"L": "PLACEHOLDER V.", "N": "34#Pe1", "G": 34},
        {"L": "Permanence", "N": "17#Sa9", "G": 17},
    ),
}
OUTING: dict[str, Any] = {
    "N": "20#So1",
    "P": 0,
    "place": 26,
    "duree": 6,
    "DateDuCours": date("08/09/2026 11:00:00"),
    "DateDuCoursFin": date("08/09/2026 14:00:00"),
    "estSortiePedagogique": True,
    "motif": "Visite du musée",
    "accompagnateurs": ["MODELE A.", "FACTICE B."],
    "strGenreRess": "Classe",
    "strRess": "4B",
    "strDateDebut": "le 08/09 à 11h00",
}


def timetable(*rows: Any, **more: Any) -> dict[str, Any]:
    """An answer with these rows."""
    return {"ListeCours": list(rows), **more}


def lessons(
    *rows: Any, given: Context | None = None, raw_view: bool = False, said: dict[str, Any] | None = None
) -> list[Lesson]:
    """What rows become."""
    context = given or here()
    answer = page(
        TimetablePage,
        "PageEmploiDuTemps",
        timetable(*rows, **(said or {})),
        strict=context.is_strict,
        keep_raw=context.keeps_raw,
    )
    return to_lessons(context, [answer], raw_view=raw_view)


def one(row: dict[str, Any] = MATHS, *, given: Context | None = None, **change: Any) -> Lesson:
    """What a row becomes with some keys changed."""
    (found,) = lessons(row | change, given=given)
    return found


def moved(row: dict[str, Any], start: str, end: str | None = None, **change: Any) -> dict[str, Any]:
    """*row* at another time: `07/09/2026 10:00`."""
    times = {"DateDuCours": date(f"{start}:00"), "DateDuCoursFin": date(f"{end}:00" if end else "")}
    return row | times | change
