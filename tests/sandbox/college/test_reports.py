"""Report cards: made of the mark book, published when a term is over."""

from __future__ import annotations

from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.college.marks import SERVICES
from schoolsync.sandbox.college.reports import NOT_YET, draw_reports, report_sheet


def test_a_report_card_says_what_the_mark_book_says(college: SandboxCollege) -> None:
    """By subject and over the whole."""
    desk, term = college.desks["e1"], college.year.period("Trimestre 2")
    sheet = report_sheet(desk, term, is_published=True)
    *lines, whole = sheet.record.lines
    services, overall = desk.marks.services_of("Trimestre 2"), desk.marks.overall("Trimestre 2")
    averages = [desk.marks.average(service, "Trimestre 2") for service in services]
    assert overall is not None
    assert [(one.subject, one.average, one.class_average) for one in lines] == [
        (one.subject, one.pupil, one.class_) for one in averages
    ]
    assert (whole.subject, whole.average, whole.class_average) == (None, overall.pupil, overall.class_)
    maths = lines[0]
    assert (maths.teachers, maths.coefficient) == (("MODELE A.",), SERVICES[0].coefficient)
    assert maths.comments == ("Bon trimestre.", "Participation à l'oral encore timide.")
    assert (sheet.lines[0].lowest, sheet.lines[0].highest) == (averages[0].min, averages[0].max)


def test_a_report_card_covers_its_period(college: SandboxCollege) -> None:
    """And bears its name."""
    term = college.year.period("Trimestre 2")
    sheet = report_sheet(college.desks["e1"], term, is_published=True)
    record, period = sheet.record, term.record
    assert (record.title, record.start, record.end) == (period.name, period.start, period.end)
    assert (record.period_key, record.is_published) == (period.key, True)
    assert record.comments == ("Ensemble satisfaisant.", "Encouragements")
    assert sheet.published == "Publié le 01/03/2026"


def test_of_a_report_card_to_come_nothing_is_said(college: SandboxCollege) -> None:
    """But what the school says instead."""
    sheet = report_sheet(college.desks["e1"], college.year.period("Trimestre 3"), is_published=False)
    assert (sheet.record.is_published, sheet.record.lines, sheet.record.comments) == (
        False,
        (),
        (NOT_YET,),
    )
    assert (sheet.lines, sheet.comments, sheet.published) == ((), (), "")


def test_terms_that_are_over_are_published(college: SandboxCollege) -> None:
    """Where there were marks: of the third pupil none is."""
    published = {
        number: [sheet.record.is_published for sheet in draw_reports(desk)]
        for number, desk in college.desks.items()
    }
    assert published == {"e1": [True, True, False], "e2": [True, True, False], "e3": [False] * 3}
