"""Where pronotepy is wrong, or says less than the server does; each is still so.

The comparison expects exactly this, so every one is stated here once, with its reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import attrs
import pytest
from pronotepy.exceptions import ParsingError

from schoolsync.model import LessonKind
from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.college.lessons import LessonSheet
from tests.peers.comparison import Comparison
from tests.peers.pronote.comparing import compare
from tests.peers.pronote.expected import marks
from tests.peers.pronote.expected.about import About
from tests.peers.pronote.readings import Reading
from tests.peers.pronote.scenes import DOMINIQUE, LOUISON, MAE, Scene, Stage

pytestmark = pytest.mark.peer

DAY, WEEK = dt.timedelta(days=1), dt.timedelta(weeks=1)


@attrs.frozen
class View:
    """Louison, signed in."""

    scene: Scene
    """The school."""
    client: Any
    """pronotepy's."""

    @property
    def desk(self) -> CollegeDesk:
        """What the school keeps."""
        return self.scene.desks(LOUISON)[0]

    @property
    def monday(self) -> dt.date:
        """Of the week."""
        return self.desk.year.calendar.monday

    def week(self) -> Iterator[tuple[LessonSheet, Any]]:
        """Every row of the week, with what pronotepy says of it."""
        said = {(one.start, one.num): one for one in self.client.lessons(self.monday, self.monday + WEEK)}
        for sheet in self.desk.timetable.sheets(self.monday, self.monday + 6 * DAY):
            yield sheet, said[sheet.record.start.replace(tzinfo=None), sheet.rank]

    def term(self, place: int) -> Any:
        """One of the terms."""
        return self.client.periods[place]


@pytest.fixture
def louison(stage: Stage) -> Iterator[View]:
    """Louison, signed in."""
    scene = stage.play()
    with scene.client(LOUISON) as client:
        yield View(scene, client)


# -- the timetable ------------------------------------------------------------------


def test_the_last_day_is_not_read(louison: View) -> None:
    """A day stands for its midnight, at which it ends as well."""
    friday = louison.monday + 4 * DAY
    read = louison.client.lessons(louison.monday, friday)
    assert {one.start.date() for one in read} == {louison.monday + number * DAY for number in range(4)}
    assert louison.desk.timetable.sheets_of(friday)


def test_no_lesson_is_normal(louison: View) -> None:
    """It asks whether two truth values are `None`."""
    assert {one.normal for _, one in louison.week()} == {False}


def test_a_test_of_skills_is_no_test(louison: View) -> None:
    """Only marked tests are noticed."""
    tests = [(sheet.is_evaluation, one.test) for sheet, one in louison.week() if sheet.record.is_test]
    assert sorted(tests) == [(False, True), (True, False)]


def test_only_groups_are_groups_and_only_teachers_teach(louison: View) -> None:
    """Classes, parts of classes, and whoever watches over a detention are left out."""
    rows = [*louison.week()]
    lost = {name for sheet, one in rows for name in {*sheet.record.groups} - {*one.group_names}}
    assert lost == {"4B", "4B GR.1", "4B GR.2", "Retenue"}
    detained = [(sheet, one) for sheet, one in rows if sheet.record.kind is LessonKind.DETENTION]
    assert [(sheet.record.teachers, one.teacher_names) for sheet, one in detained] == [(("CANEVAS R.",), [])]


def test_only_the_first_thing_done_in_a_lesson_is_read(louison: View) -> None:
    """The page has a list, of which the first entry is taken."""
    page = next(
        page for page in louison.desk.contents if len(page.entries) > 1 and page.lesson.day >= louison.monday
    )
    said = next(one for sheet, one in louison.week() if sheet.key == page.lesson.key)
    assert said.content.title == page.entries[0].record.title != page.entries[1].record.title


def test_tags_go_and_what_was_in_them_stays(louison: View) -> None:
    """Scripts are read out, and lines run together."""
    said = [one.content.description for _, one in louison.week() if one.content]
    assert "Addition & soustraction.no()" in said
    record = next(
        sheet.record
        for sheet in louison.desk.homeworks
        if "chapitre" in (sheet.record.description_text or "")
    )
    homework = next(
        one for one in louison.client.homework(record.due, record.due) if "chapitre" in one.description
    )
    assert record.description_text == "Lire le chapitre 3 & dire qui raconte.\nDeux phrases suffisent !"
    assert homework.description == "Lire le chapitre 3 & dire qui raconte.Deux phrases suffisent\xa0!no()"


def test_links_to_books_and_conferences_are_taken_for_files(louison: View) -> None:
    """Whatever is no web link has an address of a file, behind which the server finds nothing."""
    files = [file for one in louison.client.homework(louison.monday) for file in one.files]
    others = {file.name: (file.type, b"existe" in file.data) for file in files if file.type not in {0, 1, 2}}
    assert others == {"Manuel de sciences": (3, True), "Visio avec la classe": (4, True)}


# -- marks and school life ----------------------------------------------------------


def test_one_strange_mark_hides_all(stage: Stage) -> None:
    """With `|-1` nothing of the period can be read; without it, what no code stands for is said as it is."""
    scene = stage.play()
    with scene.client(DOMINIQUE) as client:
        client.set_child(MAE)
        term, desk = client.periods[2], scene.desks(DOMINIQUE)[0]
        with pytest.raises(ParsingError):
            _ = term.grades
        strange = next(sheet for sheet in desk.marks.sheets if sheet.said == marks.UNREADABLE)
        scene.college.set_mark(strange.record.key, "|3", desk.pupil)
        assert [one.grade for one in term.grades] == ["NonNote", "??", "Felicitations", "20", "0"]
        assert [sheet.said for sheet in desk.marks.sheets_of(term.name)] == ["|3", "??", "|8|20", "20", "0"]
        about = About(scene, scene.account(DOMINIQUE), desk, scene.things(client))
        compare(Comparison(), DOMINIQUE, client, [Reading("periods", _periods(about))])


def _periods(about: About) -> list[dict[str, Any]]:
    return [marks.period(about, term) for term in about.desk.year.periods(about.scene.today)]


def test_the_usual_scale_of_an_average_is_never_found(louison: View) -> None:
    """Its key is misspelt: `baremeMoyEleveParDefault`."""
    averages = louison.term(2).averages
    assert {(one.out_of, one.default_out_of) for one in averages} == {("20", "")}


def test_without_an_average_there_is_minus_one(louison: View) -> None:
    """A semester, in which nothing is marked."""
    semester = louison.term(3)
    assert (semester.overall_average, semester.class_overall_average) == ("-1", None)
    assert louison.desk.marks.overall(semester.name) is None


def test_half_days_are_no_days(louison: View) -> None:
    """Their number is made a whole one."""
    papers = {str(one.record.key): one for one in louison.desk.presence if one.record}
    said = [one.days for one in louison.term(5).absences]
    known = [getattr(one, "days", None) for one in papers.values() if getattr(one, "kind", None) == 13]
    assert sorted(map(str, known)) == ["0.5", "0.5", "1", "None"]
    assert sorted(said) == [0, 0, 0, 1]


def test_a_truth_value_becomes_a_text(louison: View) -> None:
    """Whether the parents must confirm a punishment."""
    assert {one.requires_parent for one in louison.term(5).punishments} == {"False"}
