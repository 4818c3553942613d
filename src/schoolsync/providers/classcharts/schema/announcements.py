"""Announcements and consents."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator

from schoolsync.providers.classcharts.schema.homework import FileRow
from schoolsync.providers.classcharts.schema.words import Flag, Row, Strings, listed

__all__ = ["AnnouncementRow", "ConsentRow", "PupilConsentRow"]


class ConsentRow(Row):
    """An answer to a consent."""

    consent_given: Flag = None
    comment: str | None = None
    parent_name: str | None = None


class ConsentPupil(Row):
    """Whom a consent is for; the id is text here."""

    id: str | None = None
    first_name: str | None = None
    last_name: str | None = None


class PupilConsentRow(Row):
    """The consent for one pupil."""

    pupil: ConsentPupil | None = None
    can_change_consent: Flag = None
    consent: ConsentRow | None = None


class AnnouncementRow(Row):
    """One announcement.

    Wire: `GET …/announcements/{pupil}`; no pages, no filter.
    """

    id: int
    timestamp: str
    """When it was published, with an offset."""
    title: str | None = None
    description: str | None = None
    """HTML."""
    school_name: str | None = None
    school_logo: str | None = None
    teacher_name: str | None = None
    sticky: Flag = None
    state: str | None = None
    """null, `new`, `viewed`."""
    attachments: Annotated[tuple[FileRow, ...], BeforeValidator(listed)] = ()
    for_pupils: Strings = ()
    """First names, parent side."""
    comment_visibility: str | None = None
    allow_comments: Flag = None
    allow_reactions: Flag = None
    allow_consent: Flag = None
    priority_pinned: Flag = None
    requires_consent: Flag = None
    can_change_consent: Flag = None
    consent: ConsentRow | None = None
    pupil_consents: Annotated[tuple[PupilConsentRow, ...], BeforeValidator(listed)] = ()
