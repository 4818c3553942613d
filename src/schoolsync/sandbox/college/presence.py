"""What happened at school to the pupils of the invented collège: one paper of every kind."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schoolsync.model import Justification
from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.college.marks import past_day
from schoolsync.sandbox.college.presence_papers import (
    ABSENCE,
    DELAY,
    EXCLUSION,
    INCIDENT,
    MISSED_MEAL,
    OBSERVATION,
    PUPIL_OBSERVATION,
    AbsenceSheet,
    ObservationSheet,
    OtherSheet,
    PresenceSheet,
    absence_sheet,
    observation_sheet,
)
from schoolsync.sandbox.college.punishments import (
    MEASURE,
    SANCTION,
    MeasureSheet,
    Nature,
    PunishmentSheet,
    Sitting,
    measure_sheet,
    punishment_sheet,
)
from schoolsync.sandbox.college.resources import document
from schoolsync.sandbox.college.roll import TEACHERS
from schoolsync.sandbox.college.staff import COUNSELLOR, HEADMISTRESS
from schoolsync.sandbox.college.year import SLOTS

__all__ = ["draw_presence"]

MODELE, SPECIMEN, PATRON = TEACHERS[:3]
DETENTION, EXPELLED = Nature(1, "Retenue"), Nature(0, "Exclusion de cours")
EXTRA_WORK, OTHER = Nature(2, "Devoir supplémentaire"), Nature(3, "Travail d'intérêt général")
UNKNOWN_KIND = 250
"""A number that no kind has."""
MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)


def draw_presence(desk: CollegeDesk) -> list[PresenceSheet]:
    """Papers of every kind for one pupil, two for another, none for the third."""
    if desk.file.number == "e1":
        return [
            *_absences(desk),
            *_shorter(desk),
            *_punishments(desk),
            *_observations(desk),
            *_measures(desk),
            *_others(desk),
        ]
    return [_awaited(desk), _encouraged(desk)] if desk.file.number == "e2" else []


def _at(desk: CollegeDesk, back: int, slot: str) -> dt.datetime:
    """When the lesson *slot* begins, *back* school days before today."""
    return desk.year.start_of(past_day(desk.year, back), SLOTS[slot])


def _until(desk: CollegeDesk, back: int, slot: str) -> dt.datetime:
    """When the lesson *slot* ends, *back* school days before today."""
    return desk.year.end_of(past_day(desk.year, back), SLOTS[slot], 2)


def _awaited(desk: CollegeDesk) -> AbsenceSheet:
    """A whole day, for which the parents have to give a reason."""
    return absence_sheet(
        *(desk, 2, ABSENCE, _at(desk, 2, "M1"), _until(desk, 2, "S4")),
        justification=Justification.PENDING,
        missed=7 * HOUR,
        days=1,
        is_open=False,
        is_settled=False,
    )


def _absences(desk: CollegeDesk) -> list[AbsenceSheet]:
    settled: dict[str, Any] = {"is_open": False, "is_settled": True}
    return [
        absence_sheet(
            *(desk, 1, ABSENCE, _at(desk, 8, "M1"), _until(desk, 8, "M4")),
            justification=Justification.JUSTIFIED,
            reasons=("Maladie",),
            missed=4 * HOUR,
            days=0.5,
            word="Fièvre & toux, retour prévu jeudi.",
            **settled,
        ),
        _awaited(desk),
        absence_sheet(
            *(desk, 3, ABSENCE, _at(desk, 15, "S1"), _until(desk, 15, "S1")),
            justification=Justification.UNJUSTIFIED,
            reasons=("Sans motif",),
            missed=55 * MINUTE,
            days=0.5,
            **settled,
        ),
        absence_sheet(
            *(desk, 4, ABSENCE, _at(desk, 1, "S2"), _until(desk, 1, "S4")),
            reasons=("Motif non encore connu",),
            is_reason_unknown=True,
            is_open=True,
        ),
    ]


def _shorter(desk: CollegeDesk) -> list[AbsenceSheet]:
    """Late arrivals, an exclusion from a lesson, a missed meal."""
    return [
        absence_sheet(
            *(desk, 5, DELAY, _at(desk, 3, "M1") + 10 * MINUTE),
            justification=Justification.PENDING,
            minutes=10,
            is_settled=False,
            word="Le bus était en retard.",
        ),
        absence_sheet(
            *(desk, 6, DELAY, _at(desk, 20, "S1") + 5 * MINUTE),
            justification=Justification.JUSTIFIED,
            reasons=("Transport",),
            minutes=5,
            is_settled=True,
        ),
        absence_sheet(
            *(desk, 7, EXCLUSION, _at(desk, 11, "M3"), _until(desk, 11, "M3")), reasons=("Insolence",)
        ),
        absence_sheet(desk, 8, MISSED_MEAL, _until(desk, 6, "M4"), reasons=("Repas à la maison",)),
    ]


def _punishments(desk: CollegeDesk) -> list[PunishmentSheet]:
    year, day = desk.year, desk.year.calendar.school_day
    served = Sitting(past_day(year, 4), SLOTS["S4"], 60)
    to_come = Sitting(day(3), SLOTS["S4"], 60)
    counted_by_week = Sitting(day(4), SLOTS["S3"], 30, says_week_place=True)
    return [
        punishment_sheet(
            *(desk, 11, DETENTION, past_day(year, 7), MODELE),
            minutes=120,
            work_to_do="Recopier le règlement & le commenter.",
            reasons=("Bavardage",),
            circumstances="Bavardages répétés pendant le contrôle",
            place=SLOTS["M3"],
            is_schedulable=True,
            sittings=(served, to_come),
        ),
        punishment_sheet(
            *(desk, 12, DETENTION, past_day(year, 3), COUNSELLOR),
            minutes=30,
            reasons=("Retards",),
            is_schedulable=True,
            sittings=(counted_by_week,),
        ),
        punishment_sheet(
            *(desk, 13, EXTRA_WORK, past_day(year, 9), PATRON),
            work_to_do="Exercices 3 à 8",
            circumstances="Travail non fait",
            documents=(document("punishment-1", "exercices 3 à 8.pdf"),),
        ),
        punishment_sheet(
            *(desk, 14, EXPELLED, past_day(year, 11), SPECIMEN), reasons=("Insolence",), place=SLOTS["M3"]
        ),
        punishment_sheet(desk, 15, OTHER, past_day(year, 14), COUNSELLOR, is_schedulable=True),
    ]


def _encouraged(desk: CollegeDesk) -> ObservationSheet:
    """Praise, which the parents are to confirm that they read."""
    return observation_sheet(
        *(desk, 21, past_day(desk.year, 1)),
        genre=2,
        kind=PUPIL_OBSERVATION,
        subject=MODELE.subject,
        label="Encouragement",
        category="Encouragements",
        giver=MODELE,
        comment="Très bonne participation",
        wants_receipt=True,
    )


def _observations(desk: CollegeDesk) -> list[ObservationSheet]:
    year = desk.year
    return [
        _encouraged(desk),
        observation_sheet(
            *(desk, 22, past_day(year, 5)),
            genre=0,
            subject=SPECIMEN.subject,
            label="Défaut de carnet",
            category="Carnet de correspondance",
            giver=SPECIMEN,
            is_read=True,
        ),
        observation_sheet(
            *(desk, 23, past_day(year, 10)),
            genre=1,
            label="Observation aux parents",
            category="Vie de classe",
            giver=COUNSELLOR,
            comment="Merci de prendre rendez-vous.",
        ),
        observation_sheet(
            *(desk, 24, past_day(year, 13)),
            genre=3,
            kind=OBSERVATION,
            label="Oubli de matériel",
            category="Divers",
            giver=PATRON,
            subject=PATRON.subject,
            is_read=True,
        ),
    ]


def _measures(desk: CollegeDesk) -> list[MeasureSheet]:
    year, day = desk.year, desk.year.calendar.school_day
    return [
        measure_sheet(
            *(desk, 31, MEASURE, Nature(0, "Mesure conservatoire"), past_day(year, 12), COUNSELLOR),
            reasons=("Violence",),
            circumstances="Altercation",
            first=past_day(year, 11),
            last=past_day(year, 10),
            is_exclusion=True,
            closed=(1, 2),
        ),
        measure_sheet(
            *(desk, 32, MEASURE, Nature(1, "Convocation"), past_day(year, 6), COUNSELLOR),
            circumstances="Entretien avec la famille",
            first=day(1),
            last=day(1),
        ),
        measure_sheet(
            *(desk, 33, SANCTION, Nature(0, "Avertissement"), past_day(year, 16), COUNSELLOR),
            reasons=("Violence",),
            decider=HEADMISTRESS,
        ),
    ]


def _others(desk: CollegeDesk) -> list[OtherSheet]:
    return [
        OtherSheet(INCIDENT, 41, past_day(desk.year, 12), "Incident dans la cour"),
        OtherSheet(UNKNOWN_KIND, 42, past_day(desk.year, 2), "Nouveauté"),
    ]
