"""The team and personal data out of hand-written answers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schoolsync.providers.pronote.extra import SecondFactor, Teacher, TeacherKind
from schoolsync.providers.pronote.mapping.mapped import Context
from schoolsync.providers.pronote.mapping.teachers import to_personal_data, to_teachers
from schoolsync.providers.pronote.schema.people import PersonalPage, TeamPage
from tests.providers.pronote.papers import COLLEAGUE, CONTACT, COUNSELLOR
from tests.providers.pronote.persons import bare, changed, context, listed, page


def team(*rows: dict[str, Any], about: Context | None = None) -> list[Teacher]:
    """What *rows* become."""
    found = page("PageEquipePedagogique", TeamPage, {"liste": listed(*rows)})
    return to_teachers(about or context(), found)


def test_a_teacher_with_subjects_and_hours() -> None:
    """In the server's order."""
    teacher, counsellor = team(COLLEAGUE, COUNSELLOR)
    assert (teacher.name, teacher.kind, teacher.is_head, teacher.is_former) == (
        "MODELE A.",
        "teacher",
        True,
        None,
    )
    assert [(one.name, one.weekly, one.parent) for one in teacher.subjects] == [
        ("MATHEMATIQUES", dt.timedelta(hours=3, minutes=30), None),
        ("Algèbre", dt.timedelta(hours=1), "MATHEMATIQUES"),
    ]
    assert (counsellor.kind, counsellor.is_head) == ("staff", None)
    assert [(one.name, one.weekly) for one in counsellor.subjects] == [("CPE", None)]


def test_bare_values_are_read_as_typed_ones_are() -> None:
    """Whichever the server writes."""
    found = page("PageEquipePedagogique", TeamPage, bare({"liste": listed(COLLEAGUE, COUNSELLOR)}))
    assert to_teachers(context(), found) == team(COLLEAGUE, COUNSELLOR)


@pytest.mark.parametrize(
    ("kind", "meant"),
    [
        (3, TeacherKind.TEACHER),
        (34, TeacherKind.STAFF),
        (99, TeacherKind.OTHER),
        (None, TeacherKind.OTHER),
    ],
)
def test_what_they_are_is_their_kind(kind: int | None, meant: TeacherKind) -> None:
    """One that we do not know is told as such."""
    assert team(changed(COLLEAGUE, G=kind))[0].kind is meant


def test_what_is_missing_costs_nothing_but_a_name() -> None:
    """A nameless row is told with its place; hours that are none cost the hours only."""
    about = context()
    odd = changed(COLLEAGUE, matieres=listed({"L": "Latin", "volumeHoraire": "bientôt"}, {"L": ""}))
    found = team({"G": 3}, odd, {"L": "SAMPLE C.", "estEnleve": True}, about=about)
    assert [(one.name, len(one.subjects), one.is_former) for one in found] == [
        ("MODELE A.", 1, None),
        ("SAMPLE C.", 0, True),
    ]
    assert [(issue.path, issue.is_row_lost) for issue in about.issues] == [
        ("PageEquipePedagogique.liste.0", True),
        ("PageEquipePedagogique.liste.1.matieres.0.volumeHoraire", False),
    ]


def test_what_the_schema_could_not_read_is_told_too() -> None:
    """A row that is none is an issue beside the others."""
    about = context()
    said = {"liste": listed("nobody", COLLEAGUE)}
    (found,) = to_teachers(about, page("PageEquipePedagogique", TeamPage, said))
    assert found.name == "MODELE A."
    assert [issue.path for issue in about.issues] == ["PageEquipePedagogique.liste.0"]


def personal(**said: Any) -> PersonalPage:
    """The page of personal data."""
    return page("PageInfosPerso", PersonalPage, said).data


def test_personal_data_with_everything_that_is_said() -> None:
    """Empty lines of the address are none."""
    found = to_personal_data(personal(Informations=CONTACT, securisation={"mode": 3}))
    assert found.address == ("1 rue de l'Exemple", "Bâtiment B")
    assert (found.postcode, found.city, found.province, found.country) == ("75000", "Paris", None, "France")
    assert (found.email, found.phone) == ("louison@famille.example", "+33600000000")
    assert (found.national_id, found.second_factor) == ("0000000000A", "pin")


def test_an_empty_page_of_personal_data_is_empty() -> None:
    """Nothing is guessed."""
    found = to_personal_data(personal())
    assert (found.address, found.email, found.phone, found.second_factor) == ((), None, None, None)
    only = to_personal_data(personal(Informations={"telephonePortable": "0600000000"}))
    assert only.phone == "0600000000"
    signed = to_personal_data(personal(Informations={"telephonePortable": "6", "indicatifTel": "+33"}))
    assert signed.phone == "+336"


@pytest.mark.parametrize(("mode", "meant"), [*enumerate(SecondFactor), (9, None), (None, None)])
def test_how_logging_in_is_secured(mode: int | None, meant: SecondFactor | None) -> None:
    """A mode that we do not know is not said."""
    found = to_personal_data(personal(securisation={"mode": mode}))
    assert found.second_factor is meant
