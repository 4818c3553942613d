"""Pages about people: the user's own data, and who teaches."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.college.staff import OFFICE, Colleague
from schoolsync.sandbox.college.year import PLACES_PER_HOUR
from schoolsync.sandbox.pronote.call import Call, Reading
from schoolsync.sandbox.pronote.encode.people import STAFF, TEACHER, subject_element, teacher_element
from schoolsync.sandbox.pronote.encode.words import element, listed
from schoolsync.sandbox.pronote.ids import Ids

__all__ = ["READINGS", "calendar_token", "personal_data", "teaching_team", "weekly_hours"]

DAY, WEEK = dt.timedelta(days=1), dt.timedelta(weeks=1)
ICAL_PARAMETER = "266f3d32"
"""What goes with every calendar link. Evidence: read."""
SECURITY_MODES = {"pin": 3}


def calendar_token(number: str) -> str:
    """What a calendar link of the pupil with that number is known by, in every session."""
    return blake2b(f"calendar {number}".encode(), digest_size=12).hexdigest().upper()


def weekly_hours(desk: CollegeDesk) -> dict[str, str]:
    """Name of a subject → how long it is taught in a week, on average over the next fortnight: `3h30`."""
    monday = desk.year.calendar.monday
    sheets = desk.timetable.sheets(monday + WEEK, monday + 3 * WEEK - DAY)
    places: Counter[str] = Counter()
    for sheet in sheets:
        if sheet.record.subject:
            places[sheet.record.subject.name] += sheet.length
    minutes = {name: count * 60 // PLACES_PER_HOUR // 2 for name, count in places.items()}
    return {name: f"{length // 60}h{length % 60:02}" for name, length in minutes.items()}


def personal_data(call: Call) -> Mapping[str, Any]:
    """Address, telephone, calendar links."""
    given, _, _ = call.account.login.partition(".")
    said: dict[str, Any] = {
        "Informations": {
            "adresse1": "1 rue de l'Exemple",
            "adresse2": "",
            "adresse3": "",
            "adresse4": "",
            "codePostal": "00000",
            "ville": "Villefactice",
            "province": "",
            "pays": "France",
            "eMail": f"{given}@famille.example.test",
            "indicatifTel": "33",
            "telephonePortable": "600000000",
            "numeroINE": "0000000000A",
        },
        "securisation": {"mode": SECURITY_MODES.get(call.account.state, 0)},
    }
    if call.generation.has_new_content:
        link = {
            "L": "Emploi du temps",
            "paramICal": calendar_token(call.desk.file.number),
            "paramSuppl": ICAL_PARAMETER,
        }
        said["iCal"] = {"liste": listed([link])}
    return said


def teaching_team(call: Call) -> Mapping[str, Any]:
    """Who teaches the pupil, with subjects; then who else looks after them."""
    hours = weekly_hours(call.desk)
    teachers = [
        teacher_element(call.ids, one, TEACHER)
        | {
            "P": place,
            "matieres": listed(
                [subject_element(call.ids, one.subject, None, volumeHoraire=hours.get(one.subject, ""))]
            ),
            **({"estProfPrincipal": True} if one.is_head_teacher else {}),
        }
        for place, one in enumerate(call.college.teachers(call.desk.file.number), 1)
    ]
    others = [_colleague(call.ids, one, len(teachers) + place) for place, one in enumerate(OFFICE, 1)]
    return {"liste": listed([*teachers, *others])}


def _colleague(ids: Ids, colleague: Colleague, place: int) -> dict[str, Any]:
    role = element(ids.of(504, f"role:{colleague.role}"), colleague.role, volumeHoraire="")
    return element(
        ids.of(STAFF, f"staff:{colleague.number}"), colleague.name, STAFF, P=place, matieres=listed([role])
    )


READINGS: Mapping[str, Reading] = {
    "PageEquipePedagogique": teaching_team,
    "PageInfosPerso": personal_data,
}
"""Name of a function → what it does."""
