"""Announcements out of hand-written rows."""

from __future__ import annotations

from typing import Any

import pytest

from schoolsync.model import Announcement
from schoolsync.providers.classcharts.calls import NoMeta
from schoolsync.providers.classcharts.mapping.announcements import to_announcements
from schoolsync.providers.classcharts.schema.announcements import AnnouncementRow
from tests.providers.classcharts.wire import context, listing

TRIP: dict[str, Any] = {
    "id": 120045,
    "title": "Year 9 museum &amp; trip",
    "description": "<p>Dear parents,<br>&hellip;</p>",
    "school_name": "Northfield Example Academy",
    "teacher_name": "Mr K Sample",
    "school_logo": None,
    "sticky": "no",
    "state": "new",
    "timestamp": "2026-06-01T07:30:00+00:00",
    "attachments": [{"filename": "letter.pdf", "url": "https://attachments.example.test/1"}],
    "for_pupils": ["Alex", "Sam"],
    "comment_visibility": "private",
    "allow_consent": "yes",
    "priority_pinned": "no",
    "requires_consent": "yes",
    "can_change_consent": True,
    "consent": None,
    "pupil_consents": [
        {"pupil": {"id": "5000002"}, "can_change_consent": False, "consent": {"consent_given": "yes"}},
        {
            "pupil": {"id": "5000001"},
            "can_change_consent": True,
            "consent": {"consent_given": "no", "comment": "Dentist"},
        },
        {"pupil": None, "consent": None},
    ],
}


def announcements(*rows: dict[str, Any]) -> list[Announcement]:
    """What *rows* become."""
    return to_announcements(context(), listing(AnnouncementRow, NoMeta, rows))


def one(**change: Any) -> Announcement:
    """What the trip becomes with something changed."""
    return announcements(TRIP | change)[0]


def test_every_field_of_an_announcement() -> None:
    """As model.md fixes it."""
    found = one()
    assert (found.identity, found.provider_id, found.title) == ("native", "120045", "Year 9 museum & trip")
    assert (found.body_html, found.body_text) == ("<p>Dear parents,<br>…</p>", "Dear parents,\n…")
    assert (found.author, found.published_at.isoformat()) == ("Mr K Sample", "2026-06-01T08:30:00+01:00")
    assert (found.is_read, found.is_pinned, found.is_acknowledged, found.category) == (
        False,
        False,
        None,
        None,
    )
    assert (found.visible_from, found.visible_until) == (None, None)
    assert found.audience == ("Alex", "Sam")
    assert [(file.name, file.url) for file in found.attachments] == [("letter.pdf", None)]
    assert dict(found.extras) == {"classcharts.sticky": False, "classcharts.priority_pinned": False}


def test_the_consent_is_this_pupil_s_own() -> None:
    """Found by an id that is text here; a comment about the child is left out."""
    found = one()
    assert found.response == "consent"
    (question,) = found.questions
    assert (question.choices, question.answers, question.can_answer) == (("yes", "no"), ("no",), True)
    assert "Dentist" not in str(found.to_dict())


@pytest.mark.parametrize(
    ("consent", "answers"),
    [
        (None, ()),
        ({"consent_given": None}, ()),
        ({"consent_given": "yes"}, ("yes",)),
        ({"consent_given": False}, ("no",)),
    ],
)
def test_a_student_s_consent_stands_alone(consent: object, answers: tuple[str, ...]) -> None:
    """The student's side has no list of pupils."""
    (question,) = one(pupil_consents=[], consent=consent, can_change_consent=False).questions
    assert (question.answers, question.can_answer) == (answers, False)


@pytest.mark.parametrize("required", ["no", None, False])
def test_without_a_required_consent_nothing_is_expected(required: object) -> None:
    """Whatever else stands there."""
    found = one(requires_consent=required)
    assert (found.response, found.questions) == ("none", ())


@pytest.mark.parametrize(
    ("sticky", "pinned", "meant"),
    [("yes", "no", True), ("no", "yes", True), ("no", "no", False), (None, None, False), (None, "yes", True)],
)
def test_pinned_is_either_of_two_words(sticky: str | None, pinned: str | None, meant: bool) -> None:
    """And each is kept in the extras, where it was said."""
    found = one(sticky=sticky, priority_pinned=pinned)
    assert found.is_pinned is meant
    assert found.extras.get("classcharts.sticky") == {"yes": True, "no": False}.get(sticky or "")


@pytest.mark.parametrize(
    ("state", "is_read"), [("new", False), ("viewed", True), (None, None), ("other", None)]
)
def test_read_is_what_the_state_says(state: str | None, is_read: bool | None) -> None:
    """Null is "not said"."""
    assert one(state=state).is_read is is_read


@pytest.mark.parametrize("key", ["filename", "file_name", "fileName"])
def test_a_file_s_name_has_three_spellings(key: str) -> None:
    """Here as in homework."""
    assert one(attachments=[{key: "letter.pdf", "url": "https://x.test"}]).attachments[0].name == "letter.pdf"


def test_newest_first_and_nulls_cost_nothing() -> None:
    """An announcement may be nearly empty."""
    empty = dict.fromkeys(TRIP) | {"id": 1, "timestamp": "2026-06-02 07:30:00"}
    first, second = announcements(TRIP, empty)
    assert (first.provider_id, second.provider_id) == ("1", "120045")
    assert (first.title, first.body_html, first.body_text, first.author) == (None, None, "", None)
    assert (first.attachments, first.audience, first.questions) == ((), (), ())
