"""The timetable on the wire: every kind of row, in every generation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from schoolsync.model import LessonKind
from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.college.lessons import LessonSheet, lesson_sheet
from schoolsync.sandbox.pronote.encode.timetable import (
    encode_presence_weeks,
    encode_timetable,
    lesson_id,
    notebook_id,
)
from schoolsync.sandbox.pronote.generations import GENERATIONS, Generation, generation
from schoolsync.sandbox.pronote.ids import Ids
from tests.sandbox.pronote.asking import Asker, unwrapped

MONDAY = dt.date(2026, 3, 9)
DAY = dt.timedelta(days=1)
WEEK = [MONDAY + DAY * number for number in range(7)]


@pytest.fixture
def asker(college: SandboxCollege) -> Asker:
    """The first pupil, signed in."""
    return Asker(college)


def _row(asker: Asker, weekday: int, place: int) -> dict[str, Any]:
    """The topmost row at *place* as it is sent, types and all."""
    sheet = asker.desk.timetable.sheet(MONDAY + DAY * weekday, place)
    return _sent(asker, sheet)


def _sent(asker: Asker, sheet: LessonSheet) -> dict[str, Any]:
    rows = encode_timetable(asker.call(), [sheet.day])["ListeCours"]
    found = [row for row in rows if asker.ids.thing(row["N"]) == f"lesson:{sheet.key}"]
    assert len(found) == 1
    return dict(found[0])


def _put(asker: Asker, place: int, **more: Any) -> LessonSheet:
    """A row that the test put there, alone on its Saturday."""
    saturday = MONDAY + 5 * DAY
    sheet = lesson_sheet(asker.desk.pupil, asker.desk.year, saturday, place, **more)
    asker.desk.timetable.set_day(saturday, [sheet])
    return sheet


def _contents(row: dict[str, Any]) -> list[tuple[object, ...]]:
    return [(one["L"], one.get("G"), "N" in one) for one in row["ListeContenus"]["V"]]


# -- rows --------------------------------------------------------------------------


def test_a_plain_lesson_has_its_keys_and_no_others(asker: Asker) -> None:
    """What would say nothing is left out, but for the homework that was not given."""
    sheet = _put(
        asker,
        11,
        rank=132,
        subject="FRANCAIS",
        fields={"teachers": ("GABARIT J.", "MODELE A."), "rooms": ("B110", "B111")},
    )
    row = _sent(asker, sheet)
    ids = asker.ids
    assert row == {
        "N": lesson_id(ids, sheet.key),
        "G": 0,
        "P": 132,
        "place": 111,
        "duree": 2,
        "DateDuCours": {"_T": 7, "V": "14/03/2026 13:30:00"},
        "DateDuCoursFin": {"_T": 7, "V": "14/03/2026 14:25:00"},
        "CouleurFond": "#DC2F55",
        "AvecTafPublie": False,
        "ListeContenus": {
            "_T": 24,
            "V": [
                {"N": ids.of(79, "subject:FRANCAIS"), "L": "FRANCAIS", "G": 16},
                {"L": "GABARIT J.", "G": 3},
                {"L": "MODELE A.", "G": 3},
                {"N": ids.of(17, "room:B110"), "L": "B110", "G": 17},
                {"N": ids.of(17, "room:B111"), "L": "B111", "G": 17},
            ],
        },
    }


def test_groups_classes_and_parts_of_classes_are_told_apart(asker: Asker) -> None:
    """A group is shown in brackets, but is the one that the pupil belongs to."""
    sheet = _put(asker, 0, groups=("[4ESP-LV2]",), classes=("4B",), class_parts=("4B GR.1",))
    row = _sent(asker, sheet)
    assert _contents(row) == [("[4ESP-LV2]", 2, True), ("4B", 1, True), ("4B GR.1", 57, True)]
    assert asker.ids.thing(row["ListeContenus"]["V"][0]["N"]) == "group:4ESP-LV2"


@pytest.mark.parametrize(
    ("version", "kinds"),
    [("2024.3.9", (58, 94, 95, 80)), ("2025.1.3", (57, 93, 94, 79)), ("2026.2.5.6", (57, 93, 94, 79))],
)
def test_kinds_are_counted_as_the_generation_does(
    asker: Asker, version: str, kinds: tuple[int, int, int, int]
) -> None:
    """Part of a class, label of a course, site, material."""
    asker.generation = generation(version)
    labels = (("Module 3", 93), ("Annexe sud", 94), ("Chariot", 79))
    row = _sent(asker, _put(asker, 0, class_parts=("4B GR.1",), labels=labels))
    assert tuple(one["G"] for one in row["ListeContenus"]["V"]) == kinds


def test_what_has_no_kind_has_a_marker(asker: Asker) -> None:
    """And no id."""
    row = _sent(asker, _put(asker, 0, markers=(("Réservé", 0), ("Remplaçant", 3))))
    assert row["ListeContenus"]["V"] == [
        {"L": "Réservé", "marqueur": 0},
        {"L": "Remplaçant", "marqueur": 3},
    ]


@pytest.mark.parametrize("one", GENERATIONS, ids=lambda one: one.label)
def test_only_old_servers_leave_the_end_to_the_grid(asker: Asker, one: Generation) -> None:
    """Unless a row says nothing anyway."""
    asker.generation = one
    said, unsaid = (_sent(asker, _put(asker, 0, says_end=says)) for says in (True, False))
    assert ("DateDuCoursFin" in said) is (one.version >= (2023,))
    assert "DateDuCoursFin" not in unsaid


def test_cancelled_and_replaced(asker: Asker) -> None:
    """Both rows are listed, the replacing one above the other."""
    new = _row(asker, 0, 2)
    sheets = [sheet for sheet in asker.desk.timetable.sheets_of(MONDAY) if sheet.place == 2]
    old = _sent(asker, sheets[0])
    assert (old["estAnnule"], old["Statut"], old["G"]) == (True, "Cours annulé", 0)
    assert (new["Statut"], new["G"], "estAnnule" in new) == ("Remplacement", 2, False)
    assert (new["place"], new["duree"]) == (old["place"], old["duree"])
    assert new["P"] > old["P"]


@pytest.mark.parametrize(
    ("weekday", "place", "status", "kind"),
    [
        (0, 0, "Prof. absent", 0),
        (0, 4, "Changement de salle", 0),
        (1, 0, "Remplaçant", 4),
        (1, 17, "Cours déplacé", 0),
        (4, 4, "Exceptionnel", 0),
        (4, 6, "Classe absente", 0),
    ],
)
def test_the_college_says_what_becomes_of_a_lesson(
    asker: Asker, weekday: int, place: int, status: str, kind: int
) -> None:
    """In its own words; whether it is cancelled is said apart."""
    row = _row(asker, weekday, place)
    assert (row["Statut"], row["G"]) == (status, kind)
    assert ("estAnnule" in row) is ("absent" in status)


def test_places_count_through_the_week(asker: Asker) -> None:
    """Monday first, twenty a day."""
    assert [_row(asker, weekday, 4)["place"] for weekday in (0, 1, 2, 4)] == [4, 24, 44, 84]


def test_a_memo_is_sent_as_typed(asker: Asker) -> None:
    """Lines and all."""
    assert _row(asker, 1, 6)["memo"] == "Apporter le compas & la règle.\nLes petits carreaux suffisent."


@pytest.mark.parametrize(("place", "at_home"), [(0, False), (2, True)])
def test_an_exemption_says_whether_the_pupil_is_at_home(asker: Asker, place: int, at_home: bool) -> None:
    """A lesson to which the pupil must come says nothing."""
    assert _row(asker, 2, place)["dispenseEleve"] == {"_T": 24, "V": {"maison": at_home}}
    assert "dispenseEleve" not in _row(asker, 2, 4)


def test_virtual_rooms_have_typed_addresses(asker: Asker) -> None:
    """As real servers send them."""
    first, second = _row(asker, 1, 4)["listeVisios"]["V"]
    assert first["url"] == {"_T": 23, "V": "https://visio.example.test/r/42?pin=1&lang=fr"}
    assert (first["L"], first["libelleLien"], first["commentaire"]) == ("Classe virtuelle", "Rejoindre", "")
    assert (second["libelleLien"], second["commentaire"]) == ("Entrer", "En cas de panne.")


def test_a_detention_has_a_title_a_supervisor_and_a_room(asker: Asker) -> None:
    """It is no lesson of any kind, and nobody writes it into the notebook."""
    row = _row(asker, 2, 13)
    assert row["estRetenue"] is True
    assert not {"G", "AvecTafPublie", "cahierDeTextes"} & row.keys()
    assert row["CouleurFond"] == "#FF0000"
    assert row["ListeContenus"]["V"][0] == {"L": "Retenue", "estHoraire": True}
    assert _contents(row)[1:] == [("CANEVAS R.", 34, True), ("Permanence", 17, True)]


def test_an_outing_has_no_contents(asker: Asker) -> None:
    """But an empty list of them, a reason, people who come along, and words for its times."""
    row = _row(asker, 3, 4)
    assert row["ListeContenus"] == {"_T": 24, "V": []}
    assert {name: row[name] for name in row if name.startswith(("est", "str", "motif", "acc"))} == {
        "estSortiePedagogique": True,
        "motif": "Visite du musée qui n'existe pas",
        "accompagnateurs": ["PATRON I.", "ESQUISSE O."],
        "strGenreRess": "Classe",
        "strRess": "4B",
        "strDateDebut": "le 12/03 à 10h05",
        "strDateFin": "le 12/03 à 14h25",
    }
    assert (row["duree"], "G" in row, "Statut" in row) == (9, False, False)


def test_study_and_council_are_rows_of_their_own(asker: Asker) -> None:
    """The council is of a class, and has no subject."""
    study, council = _row(asker, 3, 15), _row(asker, 3, 17)
    assert (study["estPermanence"], study["G"]) == (True, 0)
    assert (council["G"], "estPermanence" in council, "CouleurFond" in council) == (1, False, False)
    assert [one[:2] for one in _contents(council)] == [
        ("MODELE A.", 3),
        ("GABARIT J.", 3),
        ("4B", 1),
        ("Salle du conseil", 17),
    ]


# -- the notebook ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "facts", "origin"), [(6, {"estDevoir": True}, 3), (11, {"estEval": True}, 7)]
)
def test_a_test_is_told_by_the_notebook(
    asker: Asker, place: int, facts: dict[str, bool], origin: int
) -> None:
    """Even where nothing is written yet; only what is true is said."""
    row = _row(asker, 0, place)
    told = unwrapped(row["cahierDeTextes"])
    assert [one["G"] for one in told.pop("originesCategorie")] == [origin]
    assert told == {"N": notebook_id(asker.ids, asker.desk.timetable.sheet(MONDAY, place).key), **facts}
    assert "AvecCdT" not in row


def test_a_written_page_and_given_homework_are_told(asker: Asker) -> None:
    """By the lesson, and only by it."""
    page = asker.desk.contents[0]
    lesson = next(one.lesson for one in asker.desk.homeworks if one.lesson)
    sheets = {sheet.key: sheet for sheet in asker.desk.timetable.sheets(MONDAY - 14 * DAY, MONDAY)}
    row = _sent(asker, page.lesson)
    assert row["AvecCdT"] is True
    assert unwrapped(row["cahierDeTextes"]) == {
        "N": notebook_id(asker.ids, page.lesson.key),
        "originesCategorie": [],
    }
    assert _sent(asker, sheets[lesson])["AvecTafPublie"] is True
    asker.desk.contents, asker.desk.homeworks = [], []
    assert {"AvecCdT", "cahierDeTextes"}.isdisjoint(_sent(asker, page.lesson))
    assert _sent(asker, sheets[lesson])["AvecTafPublie"] is False


# -- the page ----------------------------------------------------------------------


def test_a_page_frames_its_rows(asker: Asker) -> None:
    """Canteen, breaks, and which days have lessons. The canteen ends where its last place begins."""
    page = unwrapped(encode_timetable(asker.call(), WEEK))
    assert len(page.pop("ListeCours")) == len(asker.desk.timetable.rows(WEEK[0], WEEK[-1]))
    assert page == {
        "avecCoursAnnule": True,
        "prefsGrille": {"genreRessource": 4},
        "premierePlaceHebdoDuJour": 0,
        "debutDemiPensionHebdo": 8,
        "finDemiPensionHebdo": 11,
        "absences": {"joursCycle": [{"jourCycle": day, "numeroSemaine": 28} for day in range(5)]},
        "recreations": [
            {"L": "Récréation du matin", "place": 4},
            {"L": "Récréation de l'après-midi", "place": 15},
            {"L": "Récréation du soir", "place": 19},
        ],
    }


def test_the_page_of_one_day_counts_from_its_first_place(asker: Asker) -> None:
    """So do the places of the canteen."""
    page = encode_timetable(asker.call(), [MONDAY + 2 * DAY])
    places = ("premierePlaceHebdoDuJour", "debutDemiPensionHebdo", "finDemiPensionHebdo")
    assert [page[name] for name in places] == [40, 48, 51]


def test_no_days_make_an_empty_page(asker: Asker) -> None:
    """It has its frame all the same."""
    page = encode_timetable(asker.call(), [])
    assert (page["ListeCours"], page["premierePlaceHebdoDuJour"]) == ([], 0)


def test_ids_lead_back_and_change_with_the_session(asker: Asker) -> None:
    """Rows come in an order that means nothing."""
    other = attrs.evolve(asker, ids=Ids(b"another session"))
    one, two = (encode_timetable(each.call(), WEEK)["ListeCours"] for each in (asker, other))
    keys = [[each.ids.thing(row["N"]) for row in rows] for each, rows in ((asker, one), (other, two))]
    drawn = [f"lesson:{row.key}" for row in asker.desk.timetable.rows(WEEK[0], WEEK[-1])]
    assert sorted(map(str, keys[0])) == sorted(map(str, keys[1])) == sorted(drawn)
    assert keys[0] != keys[1]
    assert not {row["N"] for row in one} & {row["N"] for row in two}


def test_both_changes_of_the_clock_leave_the_wire_alone(asker: Asker) -> None:
    """Times are the school's, without zone."""
    for day in (dt.date(2026, 3, 27), dt.date(2026, 3, 30), dt.date(2025, 10, 17), dt.date(2025, 10, 27)):
        sheet = asker.desk.timetable.sheets_of(day)[-1]
        assert _sent(asker, sheet)["DateDuCours"]["V"] == f"{day:%d/%m/%Y} {sheet.record.start:%H:%M:%S}"


def test_a_teacher_is_shown_a_teachers_page(college: SandboxCollege) -> None:
    """With the lessons of all their classes."""
    page = encode_timetable(Asker(college, "t1").call(), WEEK)
    assert page["prefsGrille"] == {"genreRessource": 3}
    assert page["ListeCours"]


def test_weeks_with_lessons_leave_holidays_out(asker: Asker) -> None:
    """From the first week of the year to its last."""
    said = encode_presence_weeks(asker.desk.year)
    assert said["joursPresence"] == {"_T": 26, "V": "[0..4]"}
    assert said["Domaine"]["_T"] == 8
    assert said["Domaine"]["V"].startswith("[1..7,9..15,17..23,25..31,33..")


def test_every_kind_of_record_is_on_the_wire(asker: Asker) -> None:
    """A kind that is not a lesson shows itself by a key or a number."""
    shown: dict[LessonKind, Callable[[dict[str, Any]], bool | None]] = {
        LessonKind.DETENTION: lambda row: row.get("estRetenue"),
        LessonKind.OUTING: lambda row: row.get("estSortiePedagogique"),
        LessonKind.STUDY: lambda row: row.get("estPermanence"),
        LessonKind.OTHER: lambda row: row.get("G") == 1,
    }
    rows = encode_timetable(asker.call(), WEEK)["ListeCours"]
    sheets = asker.desk.timetable.sheets(WEEK[0], WEEK[-1])
    for kind, is_so in shown.items():
        wanted = {f"lesson:{one.key}" for one in sheets if one.record.kind is kind}
        assert {asker.ids.thing(row["N"]) for row in rows if is_so(row)} == wanted
        assert wanted
