"""What the office writes."""

from __future__ import annotations

import datetime as dt

import pytest

from schoolsync.flow.html import safe_html, text_of
from schoolsync.model import Response
from schoolsync.sandbox.office import announcement_sheet
from schoolsync.sandbox.office_papers import Consent
from schoolsync.sandbox.papers import StoredFile
from schoolsync.sandbox.school import SandboxSchool

AT = dt.datetime(2026, 7, 1, 10, 15, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(("state", "is_read"), [("viewed", True), ("new", False), (None, None)])
def test_a_state_says_whether_it_was_read(
    school: SandboxSchool, state: str | None, is_read: bool | None
) -> None:
    """Nothing said is not "unread"."""
    assert announcement_sheet(school.pupils[0], 1, AT, "Trip", state=state).record.is_read is is_read


def test_a_consent_is_a_question(school: SandboxSchool) -> None:
    """With the answer so far, and whether it may change."""
    plain = announcement_sheet(school.pupils[0], 1, AT, "Trip")
    assert (plain.record.response, plain.record.questions) == (Response.NONE, ())
    asked = announcement_sheet(
        school.pupils[0],
        2,
        AT,
        "Trip",
        needs_consent=True,
        can_change_consent=False,
        consent=Consent(False, "Robin Example"),
    )
    assert asked.record.response is Response.CONSENT
    assert [(one.answers, one.can_answer) for one in asked.record.questions] == [(("no",), False)]


def test_each_file_is_an_attachment(school: SandboxSchool) -> None:
    """In the same order."""
    files = (StoredFile(1, "a.pdf", b"a"), StoredFile(2, "b.pdf", b"b"))
    record = announcement_sheet(school.pupils[0], 1, AT, "Trip", files=files, is_priority=True).record
    assert [(one.name, one.ref[1]) for one in record.attachments] == [("a.pdf", 0), ("b.pdf", 1)]
    assert record.is_pinned


def test_announcements_of_every_kind(school: SandboxSchool) -> None:
    """Pinned, answered, read, unread, without text, state or author."""
    records = school.announcements(5000001)
    for facts in (
        [one.is_pinned for one in records],
        [one.attachments for one in records],
        [one.questions for one in records],
        [one.body_html for one in records],
        [one.author for one in records],
    ):
        assert {bool(fact) for fact in facts} == {True, False}
    assert {one.is_read for one in records} == {True, False, None}


def test_texts_are_what_a_person_reads(school: SandboxSchool) -> None:
    """Markup, its clean form and its text, written by hand here, agree with our own reading of HTML."""
    for pupil in school.pupils:
        desk = school.desk(pupil)
        for sheet in desk.announcements:
            assert safe_html(sheet.markup or "") == (sheet.record.body_html or "")
            assert text_of(sheet.markup or "") == sheet.record.body_text
        for paper in desk.homeworks:
            assert safe_html(paper.markup or "") == (paper.record.description_html or "")
            assert text_of(paper.markup or "") == paper.record.description_text


def test_reports_and_cards_are_full_and_empty(school: SandboxSchool) -> None:
    """One report with grades, one without; a card with a target that has no marks yet."""
    desk = school.desk(5000001)
    assert [bool(report.record.lines) for report in desk.reports] == [True, False]
    assert [bool(target.marks) for target in desk.cards[0].targets] == [True, False]


def test_the_shop_has_every_reason_to_refuse(school: SandboxSchool) -> None:
    """Too dear, sold out, once only, uncounted stock."""
    desk = school.desk(5000001)
    assert {item.price > desk.balance for item in desk.shop} == {True, False}
    assert {item.stock == 0 for item in desk.shop} == {True, False}
    assert any(item.once_per_pupil for item in desk.shop)
    assert any(item.stock is None for item in desk.shop)
    assert desk.shop is school.desk(5000011).shop
    assert desk.shop is not school.desk(5000002).shop
