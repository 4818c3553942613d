"""The register, by day and session."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field

from schoolsync.providers.classcharts.schema.words import Count, Row, Strings, mapped

__all__ = ["AttendanceMeta", "SessionRow"]


class SessionRow(Row):
    """One session of one day.

    Wire: `GET …/attendance/{pupil}?from=&to=`, by date and session name.
    """

    status: str | None = None
    """`present`, `yes`, `late`, `excused`, `absent`, `no`, `ignore`: the verdict, wins over `code`."""
    code: str | None = None
    """The school's register mark."""
    late_minutes: Count = None
    """Minutes; the server writes none as empty text."""
    lesson_name: str | None = None
    room_name: str | None = None


Day = Annotated[dict[str, SessionRow], BeforeValidator(mapped)]


def _percentage(said: object) -> object:
    return said.strip().rstrip("%") or None if isinstance(said, str) else said


class AttendanceMeta(Row):
    """Column and row headings, and percentages."""

    dates: Strings = ()
    sessions: Strings = ()
    """Session names in the school's order."""
    start_date: str | None = None
    end_date: str | None = None
    percentage: Annotated[Decimal | None, BeforeValidator(_percentage)] = None
    """Over the range."""
    percentage_since_august: Annotated[Decimal | None, BeforeValidator(_percentage)] = Field(
        default=None, validation_alias="percentage_singe_august"
    )
    """The misspelling is the server's."""
