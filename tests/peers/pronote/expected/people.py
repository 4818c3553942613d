"""Who is signed in, and a parent's children, as the school knows them."""

from __future__ import annotations

from typing import Any

from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.college.roll import COLLEGE
from tests.peers.matchers import Opens
from tests.peers.pronote.expected.about import About
from tests.peers.pronote.meanings import Holds

__all__ = ["guardian", "pupil"]

PUPIL, GUARDIAN = 4, 5
ADDRESS = ["1 rue de l'Exemple", "", "", "", "00000", "Villefactice", "", "France"]


def pupil(about: About, desk: CollegeDesk) -> dict[str, Any]:
    """A pupil; the address is that of whoever is signed in."""
    file = desk.file
    return _person(about, f"pupil:{file.number}", file.pupil.name, PUPIL) | {
        "profile_picture": _portrait(about, desk),
        "delegue": [file.class_name] if file.is_delegate else [],
        "class_name": file.class_name,
    }


def guardian(about: About) -> dict[str, Any]:
    """A parent."""
    account = about.account
    return _person(about, f"guardian:{account.number}", account.name, GUARDIAN) | {
        "profile_picture": None,
        "delegue": [],
        "class_name": "",
    }


def _person(about: About, thing: str, name: str, kind: int) -> dict[str, Any]:
    given = about.account.login.partition(".")[0]
    return {
        "id": about.known(thing),
        "raw_resource": Holds({"N": about.known(thing), "L": name, "G": kind}),
        "name": name,
        "establishment": COLLEGE.name,
        "address": ADDRESS,
        "email": f"{given}@famille.example.test",
        "phone": "+33600000000",
        "ine_number": "0000000000A",
    }


def _portrait(about: About, desk: CollegeDesk) -> dict[str, Any] | None:
    photo = desk.file.photo
    if photo is None:
        return None
    return {
        "name": "photo.jpg",
        "id": about.known(f"pupil:{desk.file.number}"),
        "type": 1,
        "url": Opens(photo, about.scene),
        "data": photo,
    }
