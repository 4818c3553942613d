"""The words of a timetable."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schoolsync.providers.pronote.schema.timetable import LessonRow, PresencePage, TimetablePage
from tests.providers.pronote.lessons import MATHS, OUTING, SANCTION, timetable
from tests.providers.pronote.papers import worn
from tests.providers.pronote.reading import bare, element, page


def read(said: Any) -> TimetablePage:
    """An answer, read."""
    return page(TimetablePage, "PageEmploiDuTemps", said).data


def test_every_key_of_a_lesson_has_a_name_of_ours() -> None:
    """Typed and bare values are one; keys that we do not know are kept."""
    for said in (
        MATHS | {"numeroSemaine": 2, "estGAEV": True},
        bare(MATHS | {"numeroSemaine": 2, "estGAEV": True}),
    ):
        (row,) = read(timetable(said)).lessons
        assert (row.id, row.kind, row.number, row.place, row.duration, row.week) == ("20#Cr1", 0, 7, 0, 2, 2)
        assert row.start == dt.datetime.fromisoformat("2026-09-07 08:00")
        assert row.end == dt.datetime.fromisoformat("2026-09-07 09:00")
        assert (row.has_homework, row.has_contents, row.is_cancelled, row.status) == (True, True, None, None)
        assert row.notebook is not None
        assert (row.notebook.id, row.notebook.is_test, row.notebook.is_evaluation) == ("36#Cd1", True, False)
        assert [(one.url, one.url_label) for one in row.online] == [
            ("https://visio.example.test/r/1", "Rejoindre")
        ]
        assert [(part.label, part.kind, part.id) for part in row.parts][:2] == [
            ("MATHS &amp; INFO", 16, "16#Ma"),
            ("MODELE A.", 3, None),
        ]
        assert row.model_extra == {"estGAEV": True}


def test_detentions_and_outings() -> None:
    """What only they say."""
    detention, outing = read(timetable(SANCTION, OUTING)).lessons
    assert (detention.is_detention, detention.parts[0].is_title) == (True, True)
    assert (outing.is_outing, outing.reason, outing.companions) == (
        True,
        "Visite du musée",
        ("MODELE A.", "FACTICE B."),
    )


def test_the_frame_of_a_page() -> None:
    """Recesses, the canteen's hours and the old calendar link."""
    said = timetable(
        avecCoursAnnule=True,
        avecExportICal=True,
        ParametreExportiCal="0A1B",
        debutDemiPensionHebdo=8,
        finDemiPensionHebdo=11,
        recreations=element([{"L": "Pause", "place": 4}, {"place": "6", "duree": 1}]),
    )
    for form in (said, bare(said)):
        found = read(form)
        assert (found.shows_cancelled, found.can_export, found.export_token) == (True, True, "0A1B")
        assert (found.canteen_first_place, found.canteen_end_place) == (8, 11)
        assert [(one.label, one.place, one.duration) for one in found.recesses] == [
            ("Pause", 4, None),
            (None, 6, 1),
        ]
        assert "0A1B" not in repr(found)


def test_a_worn_key_costs_only_itself() -> None:
    """Missing, null or renamed: the others are read, and no issue is told."""
    for key in MATHS:
        for said in worn(MATHS, key):
            answer = page(TimetablePage, "PageEmploiDuTemps", timetable(said))
            (row,) = answer.data.lessons
            whole = read(timetable(MATHS)).lessons[0]
            differing = [
                name for name in LessonRow.model_fields if getattr(row, name) != getattr(whole, name)
            ]
            assert (answer.issues, len(differing)) == ((), 1)


def test_nothing_of_a_person_is_shown() -> None:
    """Only ids."""
    (row,) = read(timetable(MATHS)).lessons
    assert repr(row) == "LessonRow(id='20#Cr1')"
    assert "MODELE" not in f"{row.parts!r} {row}"


def test_weeks_and_days_with_lessons() -> None:
    """Typed or bare; nothing said is none."""
    said = {"Domaine": {"_T": 8, "V": "[1..3,6]"}, "joursPresence": {"_T": 26, "V": "[0..4]"}}
    for form in (said, bare(said)):
        found = page(PresencePage, "PageEmploiDuTemps_DomainePresence", form).data
        assert (found.weeks, found.days) == ((1, 2, 3, 6), (0, 1, 2, 3, 4))
    assert page(PresencePage, "PageEmploiDuTemps_DomainePresence", {}).data.weeks == ()
