"""Lessons out of hand-written rows: every field, every status, every kind."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from schoolsync.model import Lesson
from schoolsync.providers.pronote.schema.words import Version
from tests.providers.pronote.lessons import (
    FRENCH,
    MATHS,
    OUTING,
    SANCTION,
    here,
    lessons,
    one,
    parts,
    short_lessons,
    subject,
)
from tests.providers.pronote.reading import NEW, OLD, PUPIL, bare, date, element, year

# -- fields ---------------------------------------------------------------------


def test_every_field_of_a_lesson() -> None:
    """As they were agreed on."""
    (lesson,) = lessons(MATHS)
    assert (lesson.provider, lesson.pupil_key, lesson.identity) == ("pronote", PUPIL.key, "derived")
    assert lesson.provider_id == "20#Cr1"
    assert (lesson.start.isoformat(), lesson.end.isoformat(), lesson.end_inferred) == (
        "2026-09-07T08:00:00+02:00",
        "2026-09-07T09:00:00+02:00",
        False,
    )
    assert lesson.start.tzinfo is ZoneInfo("Europe/Paris")
    assert lesson.subject is not None
    assert (lesson.subject.name, lesson.subject.id, lesson.subject.colour) == (
        "MATHS & INFO",
        "16#Ma",
        "#f49737",
    )
    assert lesson.teachers == ("MODELE A.", "FACTICE B.")
    assert lesson.rooms == ("B204", "B205")
    assert lesson.groups == ("[4B GR.1]", "4B")
    assert (lesson.kind, lesson.status, lesson.status_text) == ("lesson", "scheduled", None)
    assert (lesson.is_teacher_absent, lesson.is_test, lesson.is_exempted) == (None, True, None)
    assert (lesson.note, lesson.own_note, lesson.period_label) == (
        "Apporter le compas & la règle",
        None,
        None,
    )
    assert lesson.online_urls == ("https://visio.example.test/r/1",)
    assert (lesson.colour, lesson.replaces_key, lesson.replaced_by_key) == ("#f49737", None, None)
    assert dict(lesson.extras) == {
        "pronote.num": 7,
        "pronote.memo": "Apporter le <b>compas</b> &amp; la règle",
    }


def test_a_server_that_types_no_value_says_the_same() -> None:
    """Typed and bare forms are one."""
    assert one(bare(MATHS)) == one(MATHS)
    assert lessons(bare(SANCTION)) == lessons(SANCTION)


@pytest.mark.parametrize("key", sorted(set(MATHS) - {"DateDuCours"}))
@pytest.mark.parametrize("given_value", ["missing", None])
def test_every_key_but_the_start_may_be_missing_or_null(key: str, given_value: str | None) -> None:
    """It is not said then; nothing else changes, and nobody is told."""
    frame = here()
    row = {name: value for name, value in MATHS.items() if name != key}
    (found,) = lessons(row if given_value else row | {key: None}, given=frame)
    whole = lessons(MATHS)[0]
    changed = {name for name in Lesson.model_fields if getattr(found, name) != getattr(whole, name)}
    assert frame.issues == []
    assert changed <= {
        "N": {"provider_id"},
        "P": {"extras"},
        "duree": set(),
        "DateDuCoursFin": {"end_inferred"},
        "CouleurFond": {"colour", "subject"},
        "cahierDeTextes": {"is_test"},
        "listeVisios": {"online_urls"},
        "memo": {"note", "extras"},
        "ListeContenus": {"subject", "teachers", "rooms", "groups"},
    }.get(key, set())


def test_a_bare_row_is_a_lesson_of_which_nothing_is_said() -> None:
    """Only when it begins."""
    (lesson,) = lessons({"DateDuCours": "07/09/2026 08:00:00"})
    assert (lesson.subject, lesson.teachers, lesson.rooms, lesson.groups) == (None, (), (), ())
    assert (lesson.kind, lesson.status, lesson.is_test, lesson.note, lesson.colour) == (
        "lesson",
        "scheduled",
        None,
        None,
        None,
    )
    assert (lesson.end.isoformat(), lesson.end_inferred) == ("2026-09-07T09:00:00+02:00", True)
    assert dict(lesson.extras) == {}


def test_blank_words_are_none() -> None:
    """Spaces say nothing."""
    lesson = one(FRENCH, memo="  ", Statut=" ", ListeContenus=parts({"L": " ", "G": 3}, {"L": "", "G": 17}))
    assert (lesson.note, lesson.status_text, lesson.status) == (None, None, "scheduled")
    assert (lesson.teachers, lesson.rooms) == ((), ())


@pytest.mark.parametrize(
    ("notebook", "meant"),
    [
        ({"estDevoir": True}, True),
        ({"estEval": True}, True),
        ({"estDevoir": False, "estEval": True}, True),
        ({"estDevoir": False}, False),
        ({"estEval": False}, False),
        ({"N": "36#Cd1", "originesCategorie": {"_T": 24, "V": []}}, None),
    ],
)
def test_a_test_or_an_evaluation_is_announced_in_the_notebook(
    notebook: dict[str, Any], meant: bool | None
) -> None:
    """What the notebook does not say is not known."""
    assert one(cahierDeTextes=element(notebook)).is_test is meant


@pytest.mark.parametrize(
    ("exemption", "status"),
    [({"maison": False}, "scheduled"), ({"maison": True}, "online"), ({}, "scheduled")],
)
def test_an_exempted_pupil_may_follow_from_home(exemption: dict[str, bool], status: str) -> None:
    """The exemption itself is what counts."""
    lesson = one(FRENCH, dispenseEleve=element(exemption))
    assert (lesson.is_exempted, lesson.status) == (True, status)


def test_only_addresses_that_may_be_followed_are_given() -> None:
    """In their order."""
    rooms = [
        {"url": "javascript:no()"},
        {"url": None},
        {"url": " https://a.example.test "},
        {"L": "no address"},
    ]
    assert one(listeVisios=element(rooms)).online_urls == ("https://a.example.test",)


@pytest.mark.parametrize(
    ("shown", "colour"), [("#AABBCC", "#aabbcc"), ("AABBCC", "#aabbcc"), ("red", None), ("", None)]
)
def test_colours_of_all_servers(shown: str, colour: str | None) -> None:
    """Old ones leave the sign out."""
    assert one(CouleurFond=shown).colour == colour


# -- kinds of parts -------------------------------------------------------------

PART, LABEL, SITE, MATERIAL = "4B (PARTIE)", "Cours de maths", "Annexe", "Chariot"


@pytest.mark.parametrize(
    ("version", "part", "label", "site", "material"),
    [(OLD, 58, 94, 95, 80), (NEW, 57, 93, 94, 79), ((), 57, 93, 94, 79), ((2025, 1, 3), 57, 93, 94, 79)],
)
def test_parts_of_a_class_are_counted_differently_since_2025(
    version: Version, part: int, label: int, site: int, material: int
) -> None:
    """And 94 is a label before, a site after."""
    rows = parts(
        {"L": PART, "G": part},
        {"L": LABEL, "G": label},
        {"L": SITE, "G": site},
        {"L": MATERIAL, "G": material},
    )
    lesson = one(given=here(year(version)), ListeContenus=rows)
    assert lesson.groups == (PART,)
    assert (lesson.subject, lesson.teachers, lesson.rooms) == (None, (), ())


def test_a_kind_of_the_other_age_means_nothing() -> None:
    """57 was the quiz editor before 2025.1.3."""
    assert one(given=here(year(OLD)), ListeContenus=parts({"L": PART, "G": 57})).groups == ()
    assert one(given=here(year(NEW)), ListeContenus=parts({"L": PART, "G": 58})).groups == ()


def test_parts_stand_in_the_order_of_the_server() -> None:
    """Groups and classes mixed; the first subject counts."""
    rows = parts(
        {"L": "4B", "G": 1},
        subject("B"),
        {"L": "GR", "G": 2},
        {"L": "P", "G": 57},
        subject("A"),
        {"L": "S", "G": 34},
    )
    lesson = one(ListeContenus=rows)
    assert lesson.groups == ("4B", "GR", "P")
    assert lesson.subject is not None
    assert (lesson.subject.name, lesson.teachers) == ("B", ("S",))


# -- kinds of rows --------------------------------------------------------------


def test_a_detention() -> None:
    """Its title is its group, whoever supervises it is its teacher."""
    lesson = one(SANCTION)
    assert (lesson.kind, lesson.subject, lesson.groups) == ("detention", None, ("Retenue",))
    assert (lesson.teachers, lesson.rooms, lesson.status) == (
        ("PLACEHOLDER V.",),
        ("Permanence",),
        "scheduled",
    )
    assert lesson.colour == "#ff0000"


def test_a_detention_without_a_title_and_with_a_teacher() -> None:
    """Whatever there is; a subject is none of it."""
    rows = parts(subject("MATHS"), {"L": "MODELE A.", "G": 3}, {"L": "4B", "G": 1})
    lesson = one(SANCTION, ListeContenus=rows)
    assert (lesson.subject, lesson.teachers, lesson.groups) == (None, ("MODELE A.",), ("4B",))
    titled = parts(
        {"L": "", "estHoraire": True}, {"L": "Retenue", "estHoraire": True}, {"L": "x", "estHoraire": True}
    )
    assert one(SANCTION, ListeContenus=titled).groups == ("Retenue",)


def test_an_outing() -> None:
    """Whose parts some servers leave out."""
    for rows in ({}, {"ListeContenus": parts()}, {"ListeContenus": None}):
        lesson = one(OUTING, **rows)
        assert (lesson.kind, lesson.subject, lesson.note) == ("outing", None, "Visite du musée")
        assert lesson.teachers == ("MODELE A.", "FACTICE B.")
        assert (lesson.start.isoformat(), lesson.end.isoformat()) == (
            "2026-09-08T11:00:00+02:00",
            "2026-09-08T14:00:00+02:00",
        )


def test_an_outing_with_parts_and_without_companions() -> None:
    """Then those who teach go along; the subject is none."""
    rows = parts(subject("ARTS"), {"L": "MODELE A.", "G": 3}, {"L": "Hall", "G": 17})
    lesson = one(OUTING, accompagnateurs=None, ListeContenus=rows, motif=None)
    assert (lesson.subject, lesson.teachers, lesson.rooms, lesson.note) == (
        None,
        ("MODELE A.",),
        ("Hall",),
        None,
    )


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"G": 1}, "other"),
        ({"estPermanence": True}, "study"),
        ({"G": 3}, "lesson"),
        ({"G": 99}, "lesson"),
        ({"estRetenue": False, "estSortiePedagogique": False}, "lesson"),
        ({"G": 1, "estRetenue": True}, "detention"),
    ],
)
def test_kinds_of_rows(change: dict[str, Any], kind: str) -> None:
    """A class council is something else; a mark that says no says nothing."""
    assert one(FRENCH, **change).kind == kind


def test_companions_of_an_ordinary_lesson_are_no_teachers() -> None:
    """Only an outing has them."""
    assert one(accompagnateurs=["TRESPASSER T."]).teachers == ("MODELE A.", "FACTICE B.")


# -- statuses -------------------------------------------------------------------

MARKED = parts(subject("MATHS"), {"L": "EXEMPLE S.", "marqueur": 3})


@pytest.mark.parametrize(
    ("change", "status", "is_absent"),
    [
        ({}, "scheduled", None),
        ({"estAnnule": True}, "cancelled", None),
        ({"estAnnule": True, "Statut": "Cours annulé"}, "cancelled", None),
        ({"estAnnule": True, "Statut": "Prof. absent"}, "cancelled", True),
        ({"estAnnule": True, "Statut": "PROFESSEUR(E) ABSENT(E)"}, "cancelled", True),
        ({"estAnnule": True, "Statut": "Classe absente"}, "cancelled", None),
        ({"estAnnule": False, "Statut": "Changement de salle"}, "room_changed", None),
        ({"Statut": "CHANGEMENT  DE SALLE"}, "room_changed", None),
        ({"Statut": "Cours déplacé"}, "moved", None),
        ({"Statut": "Remplaçant"}, "teacher_changed", None),
        ({"Statut": "Remplacement"}, "teacher_changed", None),
        ({"Statut": "Exceptionnel"}, "unknown", None),
        ({"Statut": "Prof. absent"}, "unknown", True),
        ({"G": 2}, "replaced", None),
        ({"G": 2, "Statut": "Remplaçant"}, "replaced", None),
        ({"G": 2, "estAnnule": True}, "cancelled", None),
        ({"G": 4}, "teacher_changed", None),
        ({"G": 4, "Statut": "Changement de salle"}, "teacher_changed", None),
        ({"ListeContenus": MARKED}, "teacher_changed", None),
        ({"ListeContenus": MARKED, "Statut": "Exceptionnel"}, "teacher_changed", None),
        ({"dispenseEleve": {"maison": True}, "Statut": "Exceptionnel"}, "online", None),
        ({"dispenseEleve": {"maison": True}, "Statut": "Changement de salle"}, "room_changed", None),
    ],
)
def test_what_became_of_a_lesson(change: dict[str, Any], status: str, is_absent: bool | None) -> None:
    """By the server's marks first, then by the school's words, which are kept as they are."""
    lesson = one(FRENCH, **change)
    assert (lesson.status, lesson.is_teacher_absent) == (status, is_absent)
    assert lesson.status_text == change.get("Statut")


# -- ends -----------------------------------------------------------------------


@pytest.mark.parametrize("end", [None, "", date("07/09/2026 08:00:00"), date("06/09/2026 10:00:00")])
def test_an_end_that_cannot_be_is_worked_out(end: object) -> None:
    """As one that is not said: by the school's grid, and it is told."""
    row = {name: value for name, value in MATHS.items() if name != "DateDuCoursFin"} | {"DateDuCoursFin": end}
    lesson = one(row, given=here(short_lessons()))
    assert (lesson.end.isoformat(), lesson.end_inferred) == ("2026-09-07T08:55:00+02:00", True)


def test_the_places_count_where_no_start_is_said() -> None:
    """With the week they make one."""
    lesson = one(DateDuCours=None, DateDuCoursFin=None, place=23, duree=2, numeroSemaine=3)
    assert (lesson.start.isoformat(), lesson.end.isoformat()) == (
        "2026-09-15T09:30:00+02:00",
        "2026-09-15T10:30:00+02:00",
    )
