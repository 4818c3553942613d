"""Files and links that hang on records."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import model_validator

from schoolsync.model.record import Value

__all__ = ["Attachment", "AttachmentKind"]


class AttachmentKind(StrEnum):
    """What an attachment is."""

    FILE = "file"
    """Bytes that the school's server gives on demand."""
    LINK = "link"
    """An address somewhere else."""


class Attachment(Value):
    """A promise of bytes, not the bytes: `client.open` and `client.download` resolve it.

    A file's address may carry a session, so it is never part of the attachment.
    """

    name: str
    """File name or link title, as the school wrote it; not safe as a path."""
    kind: AttachmentKind
    """File or link."""
    ref: tuple[str, int]
    """Key of the record (or pupil) that carries it, and its position there, from 0."""
    media_type: str | None = None
    """Media type, if the provider says."""
    size: int | None = None
    """Size in bytes, if the provider says."""
    url: str | None = None
    """Where a link leads; always `None` for a file."""

    @model_validator(mode="after")
    def _file_keeps_its_address_out(self) -> Self:
        if self.url is not None and self.kind is AttachmentKind.FILE:
            raise ValueError("a file's address is not part of the attachment")
        return self
