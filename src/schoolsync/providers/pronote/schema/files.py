"""A file or a link that hangs on something."""

from __future__ import annotations

from pydantic import Field

from schoolsync.providers.pronote.schema.words import Row

__all__ = ["FileRow"]


class FileRow(Row):
    """One file or link. Evidence: read; a link's address comes bare or typed."""

    id: str | None = Field(None, alias="N")
    label: str | None = Field(None, alias="L")
    """Name of the file; title of the link, which may be its address."""
    kind: int | None = Field(None, alias="G")
    """0 web link, 1 file, 2 file in a cloud, 3 kiosk, 4 video conference; resources say 48 for a document."""
    url: str | None = None
    """Of a link, and of some files in a cloud."""
