"""Asking for homework and the notebook, and ticking homework."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schoolsync.model import HomeworkState
from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.college.homework import homework_sheet
from schoolsync.sandbox.college.notebook import content_sheet
from schoolsync.sandbox.college.resources import ResourceKind, resource_sheet
from schoolsync.sandbox.pronote.call import Trouble
from schoolsync.sandbox.pronote.encode.timetable import lesson_id, notebook_id
from schoolsync.sandbox.pronote.ids import Ids
from tests.sandbox.pronote.asking import Asker, day, weeks

MONDAY = dt.date(2026, 3, 9)
DAY = dt.timedelta(days=1)
SUNDAY = MONDAY + 6 * DAY


@pytest.fixture
def asker(college: SandboxCollege) -> Asker:
    """The first pupil, signed in, on the Wednesday of week 28."""
    return Asker(college)


def _due(asker: Asker, *days: dt.date) -> None:
    """The pupil has homework due on each of *days*, and no other."""
    asker.desk.homeworks = [
        homework_sheet(asker.desk, number, "FRANCAIS", given=MONDAY - 30 * DAY, due=when)
        for number, when in enumerate(days)
    ]


def _told(asker: Asker, **data: Any) -> list[str]:
    rows = asker.ask("PageCahierDeTexte", tab=88, **data)["ListeTravauxAFaire"]
    return [row["PourLe"][:5] for row in rows]


def _ids(asker: Asker, **data: Any) -> dict[str, str]:
    """Key of each piece of homework of the year → its id."""
    rows = asker.ask("PageCahierDeTexte", tab=88, domaine=weeks("[1..62]"), **data)["ListeTravauxAFaire"]
    return {str(asker.ids.thing(row["N"])).removeprefix("homework:"): row["N"] for row in rows}


# -- homework ----------------------------------------------------------------------


def test_homework_is_listed_by_the_week_it_is_due_in(asker: Asker) -> None:
    """Monday to Sunday, whenever it was given."""
    _due(asker, MONDAY - DAY, MONDAY, SUNDAY, SUNDAY + DAY)
    assert _told(asker, domaine=weeks("[28]")) == ["09/03", "15/03"]
    assert _told(asker, Domaine=weeks("[28..28]")) == ["09/03", "15/03"]
    assert _told(asker, domaine=weeks("[27,29]")) == ["08/03", "16/03"]
    assert _told(asker, domaine=weeks("[]")) == []
    assert _told(asker) == ["09/03", "15/03"]


def test_homework_may_be_asked_for_by_one_day(asker: Asker) -> None:
    """The day that it is due on."""
    _due(asker, MONDAY, SUNDAY)
    assert _told(asker, date=day(SUNDAY)) == ["15/03"]


def test_the_first_week_begins_with_its_monday(asker: Asker) -> None:
    """What was due before is in a week that nobody numbers."""
    first = asker.desk.year.first_monday
    _due(asker, first - DAY, first)
    assert _told(asker, domaine=weeks("[1]")) == ["01/09"]


def test_homework_and_notebook_are_two_screens(asker: Asker) -> None:
    """One function answers for both."""
    assert set(asker.ask("PageCahierDeTexte", tab=88)) == {"ListeTravauxAFaire"}
    assert set(asker.ask("PageCahierDeTexte", tab=89)) == {
        "ListeCahierDeTextes",
        "ListeRessourcesPedagogiques",
        "ListeRessourcesNumeriques",
    }


def test_everything_drawn_is_told_in_the_year(asker: Asker) -> None:
    """Each with an id that leads back to it, twins as well."""
    assert set(_ids(asker)) == {sheet.key for sheet in asker.desk.homeworks}


# -- ticking -----------------------------------------------------------------------


def test_a_pupil_ticks_homework(asker: Asker) -> None:
    """What was ticked is told to be done; the rest stays as it was."""
    ids, before = _ids(asker), {sheet.key: sheet.is_done for sheet in asker.desk.homeworks}
    todo = next(key for key, is_done in before.items() if not is_done)
    done = next(key for key, is_done in before.items() if is_done)
    rows = [{"N": ids[todo], "TAFFait": True, "E": 2}, {"N": ids[done], "TAFFait": False}]
    assert asker.ask("SaisieTAFFaitEleve", tab=88, listeTAF=rows) == {}
    after = {sheet.key: sheet for sheet in asker.desk.homeworks}
    assert {key: sheet.is_done for key, sheet in after.items()} == {**before, todo: True, done: False}
    assert after[todo].record.state is HomeworkState.DONE
    page = asker.ask("PageCahierDeTexte", tab=88, domaine=weeks("[1..62]"))
    assert {row["N"]: row["TAFFait"] for row in page["ListeTravauxAFaire"]}[ids[todo]] is True


def test_a_parent_only_reads(college: SandboxCollege) -> None:
    """Nothing is ticked."""
    parent = Asker(college, "p1")
    before = list(parent.desk.homeworks)
    key, identifier = next(iter(_ids(parent).items()))
    with pytest.raises(Trouble) as caught:
        parent.ask("SaisieTAFFaitEleve", tab=88, listeTAF=[{"N": identifier, "TAFFait": True}])
    assert caught.value.number == 3
    assert parent.desk.homeworks == before
    assert key


def test_nothing_is_ticked_if_one_row_is_wrong(asker: Asker) -> None:
    """Neither an id of another session nor one of something else is homework."""
    before, ids = list(asker.desk.homeworks), _ids(asker)
    todo = next(sheet.key for sheet in before if not sheet.is_done)
    other = _ids(Asker(asker.college, ids=Ids(b"another session")))
    for wrong in (other[todo], lesson_id(asker.ids, "any"), None):
        rows = [{"N": ids[todo], "TAFFait": True}, {"N": wrong, "TAFFait": True}]
        with pytest.raises(Trouble) as caught:
            asker.ask("SaisieTAFFaitEleve", tab=88, listeTAF=rows)
        assert caught.value.number == 22
    assert asker.desk.homeworks == before


def test_nothing_asked_changes_nothing(asker: Asker) -> None:
    """Homework stays as it is."""
    before = list(asker.desk.homeworks)
    assert asker.ask("SaisieTAFFaitEleve", tab=88) == {}
    assert asker.desk.homeworks == before


# -- the notebook ------------------------------------------------------------------


def test_pages_are_listed_by_the_week_of_the_lesson(asker: Asker) -> None:
    """Monday to Sunday, with the resources that were shared in it."""
    desk = asker.desk
    friday, monday = (desk.timetable.sheets_of(when)[-1] for when in (MONDAY - 3 * DAY, MONDAY))
    desk.contents = [content_sheet(desk, lesson, [{"title": "Un"}]) for lesson in (friday, monday)]
    desk.resources = [
        resource_sheet(desk, number, ResourceKind.QUIZ, "FRANCAIS", when, f"Quiz {number}")
        for number, when in enumerate((MONDAY - DAY, MONDAY, SUNDAY))
    ]
    told = asker.ask("PageCahierDeTexte", tab=89, domaine=weeks("[28]"))
    assert [one["cours"]["N"] for one in told["ListeCahierDeTextes"]] == [lesson_id(asker.ids, monday.key)]
    shared = told["ListeRessourcesPedagogiques"]
    assert [one["ressource"]["L"] for one in shared["listeRessources"]] == ["Quiz 1", "Quiz 2"]
    assert [one["L"] for one in shared["listeMatieres"]] == ["FRANCAIS"]
    assert told["ListeRessourcesNumeriques"] == {"listeRessources": []}


def test_lessons_and_pages_find_each_other(asker: Asker) -> None:
    """By the ids that the two screens give."""
    span = {"dateDebut": day(MONDAY - 14 * DAY), "dateFin": day(MONDAY)}
    lessons = asker.ask("PageEmploiDuTemps", tab=16, **span)["ListeCours"]
    pages = asker.ask("PageCahierDeTexte", tab=89, domaine=weeks("[25..28]"))["ListeCahierDeTextes"]
    written = {row["N"]: row["cahierDeTextes"]["N"] for row in lessons if row.get("AvecCdT")}
    assert written == {page["cours"]["N"]: page["N"] for page in pages}
    assert len(written) == len(asker.desk.contents)


def test_one_page_may_be_asked_for(asker: Asker) -> None:
    """With its homework if wanted."""
    page = asker.desk.contents[0]
    identifier = {"N": notebook_id(asker.ids, page.lesson.key)}
    (told,) = asker.ask("donneesContenusCDT", tab=89, cahierDeTextes=identifier)["ListeCahierDeTextes"]
    assert (told["N"], len(told["listeContenus"])) == (identifier["N"], len(page.entries))
    assert "ListeTravailAFaire" not in told
    (told,) = asker.ask("donneesContenusCDT", tab=89, cahierDeTextes=identifier, pourTAF=True)[
        "ListeCahierDeTextes"
    ]
    assert told["ListeTravailAFaire"] == []


def test_a_page_that_is_not_written_yet_is_none(asker: Asker) -> None:
    """A test is announced before anything is written; an id of another session has expired."""
    lesson = asker.desk.timetable.sheet(MONDAY, 6)
    assert lesson.record.is_test
    identifier = {"N": notebook_id(asker.ids, lesson.key)}
    assert asker.ask("donneesContenusCDT", cahierDeTextes=identifier) == {"ListeCahierDeTextes": []}
    for wrong in ({"N": notebook_id(Ids(b"other"), lesson.key)}, {"N": lesson_id(asker.ids, "any")}, None):
        with pytest.raises(Trouble) as caught:
            asker.ask("donneesContenusCDT", cahierDeTextes=wrong)
        assert caught.value.number == 22
