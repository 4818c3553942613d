"""Announcements."""

from __future__ import annotations

from typing import Any

from schoolsync.derive import keys
from schoolsync.model import Announcement, Identity, Question, Response
from schoolsync.providers.classcharts.envelope import Envelope
from schoolsync.providers.classcharts.mapping.mapped import (
    PROVIDER,
    Context,
    extras,
    mapped_rows,
    moment,
    name,
    rich,
)
from schoolsync.providers.classcharts.schema.announcements import AnnouncementRow, ConsentRow

__all__ = ["to_announcements"]

VIEWED, NEW = "viewed", "new"


def to_announcements(context: Context, envelope: Envelope[list[AnnouncementRow], Any]) -> list[Announcement]:
    """The announcements, newest first.

    Losses: comments and reactions; nothing can be answered through this API.
    """
    found = mapped_rows(context, envelope, lambda row, raw: [_announcement(context, row, raw)])
    return sorted(found, key=lambda one: (one.published_at.timestamp(), one.key), reverse=True)


def _announcement(context: Context, row: AnnouncementRow, raw: Any) -> Announcement:
    key = keys.native("announcement", PROVIDER, row.id, context.pupil_id)
    markup, text = rich(row.description)
    return Announcement(
        **context.common(raw),
        key=key,
        identity=Identity.NATIVE,
        provider_id=str(row.id),
        title=name(row.title),
        body_html=markup,
        body_text=text,
        author=name(row.teacher_name),
        published_at=moment(row.timestamp, context.zone),
        is_read={VIEWED: True, NEW: False}.get(row.state or ""),
        is_pinned=bool(row.sticky or row.priority_pinned),
        response=Response.CONSENT if row.requires_consent else Response.NONE,
        questions=_questions(context, row) if row.requires_consent else (),
        attachments=context.files(key, row.attachments),
        audience=tuple(called for called in map(name, row.for_pupils) if called),
        extras=extras(sticky=row.sticky, priority_pinned=row.priority_pinned),
    )


def _questions(context: Context, row: AnnouncementRow) -> tuple[Question, ...]:
    """The one question of a consent, with this pupil's answer."""
    mine = [one for one in row.pupil_consents if one.pupil and one.pupil.id == context.pupil.provider_id]
    consent, can_change = (
        (mine[0].consent, mine[0].can_change_consent) if mine else (row.consent, row.can_change_consent)
    )
    return (
        Question(text="consent", choices=("yes", "no"), answers=_answers(consent), can_answer=can_change),
    )


def _answers(consent: ConsentRow | None) -> tuple[str, ...]:
    if consent is None or consent.consent_given is None:
        return ()
    return ("yes" if consent.consent_given else "no",)
