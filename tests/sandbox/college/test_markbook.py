"""The mark book: lines that say the same twice, averages, and corrections."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from schoolsync.model import MarkStatus, Subject
from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.college.markbook import CODES, MarkBook, Said, Service, mark_sheet
from schoolsync.sandbox.college.resources import document

DAY = dt.date(2026, 2, 10)
MATHS = Service("MATHEMATIQUES", Decimal(3))
ARTS = Service("ARTS PLASTIQUES", shows_class=False)
TWENTY = Decimal(20)
CLASS = (Decimal("11.5"), Decimal(4), Decimal(18))


@pytest.fixture
def desk(college: SandboxCollege) -> CollegeDesk:
    """The desk of the first pupil, with an empty book."""
    desk = college.desks["e1"]
    desk.marks = MarkBook((MATHS, ARTS))
    return desk


@pytest.mark.parametrize(
    ("said", "status", "value"),
    [
        ("15.5", MarkStatus.GRADED, Decimal("15.5")),
        (0, MarkStatus.GRADED, Decimal(0)),
        ("", MarkStatus.PENDING, None),
        ("|8|20", MarkStatus.COMMENDED, None),
        ("|-1", MarkStatus.UNKNOWN, None),
        ("|-1|20", MarkStatus.UNKNOWN, None),
        ("|9", MarkStatus.UNKNOWN, None),
        ("??", MarkStatus.UNKNOWN, None),
        *((f"|{number}", status, None) for number, status in CODES.items()),
    ],
)
def test_what_is_written_means_something(
    desk: CollegeDesk, said: Said, status: MarkStatus, value: Decimal | None
) -> None:
    """Points, a code, nothing yet, or nonsense; the words stay as they were written."""
    sheet = mark_sheet(desk, 1, MATHS, DAY, said)
    assert (sheet.record.status, sheet.record.value, sheet.said) == (status, value, str(said))


def test_a_line_says_everything_twice(desk: CollegeDesk) -> None:
    """For the record and for the wire."""
    paper, correction = document("x-1", "sujet.pdf"), document("x-2", "corrigé.pdf")
    sheet = mark_sheet(
        *(desk, 7, MATHS, DAY, "8", "Contrôle"),
        class_figures=CLASS,
        paper=paper,
        correction=correction,
        out_of=Decimal(10),
        coefficient=Decimal("0.5"),
        is_rescaled=True,
        comment="Bien",
    )
    record = sheet.record
    assert (record.title, record.given_on, record.comment) == ("Contrôle", DAY, "Bien")
    assert (record.out_of, record.default_out_of, record.coefficient) == (Decimal(10), TWENTY, Decimal("0.5"))
    assert (record.class_average, record.class_min, record.class_max) == CLASS
    assert (record.is_rescaled, record.is_bonus, record.is_optional) == (True, False, False)
    assert record.subject == Subject(name="MATHEMATIQUES", colour="#f49737")
    assert (sheet.period, record.period_key) == ("Trimestre 2", desk.year.period("Trimestre 2").record.key)
    assert [(file.name, file.ref) for file in record.attachments] == [
        ("sujet.pdf", (record.key, 0)),
        ("corrigé.pdf", (record.key, 1)),
    ]


def test_a_correction_alone_stands_first(desk: CollegeDesk) -> None:
    """Positions are counted among what there is."""
    record = mark_sheet(desk, 1, MATHS, DAY, "8", correction=document("x-2", "corrigé.pdf")).record
    assert [(file.name, file.ref[1]) for file in record.attachments] == [("corrigé.pdf", 0)]


def test_a_day_outside_the_year_has_no_period(desk: CollegeDesk) -> None:
    """And so no mark."""
    with pytest.raises(LookupError):
        mark_sheet(desk, 1, MATHS, dt.date(2025, 8, 31), "8")


def test_figures_of_the_class_may_be_kept_from_families(desk: CollegeDesk) -> None:
    """In one subject, for marks and averages."""
    desk.marks.sheets = [mark_sheet(desk, 1, ARTS, DAY, "12", class_figures=CLASS)]
    (line, overall) = desk.marks.averages("Trimestre 2")
    assert (line.pupil, line.class_, line.min, line.max, line.out_of) == (
        Decimal(12),
        None,
        None,
        None,
        TWENTY,
    )
    assert (overall.pupil, overall.class_) == (Decimal(12), None)


def test_averages_stand_in_the_schools_order_and_the_overall_one_last(desk: CollegeDesk) -> None:
    """Weighed by the subjects' coefficients; a subject with nothing that counts is left out."""
    sport = Service("ED.PHYSIQUE & SPORT.")
    desk.marks.services = (sport, ARTS, MATHS)
    desk.marks.sheets = [
        mark_sheet(desk, 1, MATHS, DAY, "10", class_figures=CLASS),
        mark_sheet(desk, 2, MATHS, DAY, "|2", class_figures=(Decimal(5), Decimal(1), Decimal(9))),
        mark_sheet(desk, 3, ARTS, DAY, "18"),
        mark_sheet(desk, 4, sport, DAY, ""),
        mark_sheet(desk, 5, MATHS, dt.date(2025, 10, 1), "2"),
    ]
    arts, maths, overall = desk.marks.averages("Trimestre 2")
    assert (arts.subject, maths.subject, overall.subject) == (ARTS.subject, MATHS.subject, None)
    assert (maths.pupil, maths.class_) == (Decimal("10.00"), Decimal("8.25"))
    assert (maths.min, maths.max) == (Decimal("2.50"), Decimal("13.50"))
    assert (overall.pupil, overall.class_) == (Decimal("12.00"), Decimal("8.25"))
    assert (overall.min, overall.max, overall.out_of) == (None, None, TWENTY)
    key = desk.year.period("Trimestre 2").record.key
    assert {line.period_key for line in (arts, maths, overall)} == {key}
    assert desk.marks.services_of("Trimestre 2") == [sport, ARTS, MATHS]


def test_a_school_may_keep_the_overall_average_to_itself(desk: CollegeDesk) -> None:
    """Those by subject are shown still."""
    desk.marks.sheets = [mark_sheet(desk, 1, MATHS, DAY, "10")]
    desk.marks.shows_overall = False
    assert [line.subject for line in desk.marks.averages("Trimestre 2")] == [MATHS.subject]


def test_a_period_without_marks_has_no_averages(desk: CollegeDesk) -> None:
    """Not even an empty one."""
    assert desk.marks.averages("Trimestre 2") == ()
    desk.marks.sheets = [mark_sheet(desk, 1, MATHS, DAY, "")]
    assert desk.marks.averages("Trimestre 2") == ()


def test_lines_come_newest_first(desk: CollegeDesk) -> None:
    """Within their period."""
    days = [DAY, DAY + dt.timedelta(7), DAY - dt.timedelta(7)]
    desk.marks.sheets = [mark_sheet(desk, number, MATHS, day, "10") for number, day in enumerate(days)]
    assert [sheet.record.given_on for sheet in desk.marks.sheets_of("Trimestre 2")] == sorted(days)[::-1]


def test_a_corrected_mark_is_the_same_mark(desk: CollegeDesk) -> None:
    """Only the value is another one, and the class's highest follows; the averages count it."""
    before = mark_sheet(desk, 1, MATHS, DAY, "10", "Contrôle", class_figures=CLASS)
    desk.marks.sheets = [before]
    after = desk.marks.set_value(before.record.key, Decimal("18.5"))
    changed = {"value": Decimal("18.5"), "class_max": Decimal("18.5")}
    assert after.record == before.record.model_copy(update=changed)
    assert (desk.marks.sheets, after.said) == ([after], "18.5")
    assert desk.marks.averages("Trimestre 2")[0].pupil == Decimal("18.50")


def test_a_mark_may_become_a_code_and_back(desk: CollegeDesk) -> None:
    """A code has no value, and moves nobody's extremes."""
    desk.marks.sheets = [mark_sheet(desk, 1, MATHS, DAY, "10", class_figures=CLASS)]
    key = desk.marks.sheets[0].record.key
    away = desk.marks.set_value(key, "|1").record
    assert (away.status, away.value, away.class_min) == (MarkStatus.ABSENT, None, Decimal(4))
    back = desk.marks.set_value(key, 3).record
    assert (back.status, back.value, back.class_min) == (MarkStatus.GRADED, Decimal(3), Decimal(3))


def test_there_must_be_a_mark_to_correct(desk: CollegeDesk) -> None:
    """None is made up."""
    with pytest.raises(KeyError):
        desk.marks.set_value("mark-e1-404", "12")
