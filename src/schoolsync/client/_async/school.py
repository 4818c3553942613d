"""What every school object has, whatever its provider: the type to write apps against."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from schoolsync.client._async.base import Day
from schoolsync.model import (
    Absence,
    Announcement,
    Attachment,
    Badge,
    BehaviourEvent,
    Capabilities,
    Homework,
    Lesson,
    Mark,
    Period,
    Pupil,
    Rows,
    Sanction,
    School,
    SubjectAverage,
)
from schoolsync.provider import DisplayDate, PupilLike

__all__ = ["AsyncSchoolClient"]


class AsyncSchoolClient(Protocol):
    """An account at a school platform. See `AsyncClient` for what each method promises."""

    @property
    def provider(self) -> str:
        """Name of the provider."""
        ...

    @property
    def school(self) -> School:
        """The selected pupil's school."""
        ...

    @property
    def capabilities(self) -> Capabilities:
        """What the account can see and do, with reasons."""
        ...

    @property
    def pupils(self) -> tuple[Pupil, ...]:
        """The account's pupils."""
        ...

    @property
    def native(self) -> Any:
        """The provider's own calls and answers."""
        ...

    def select_pupil(self, pupil: PupilLike, /) -> Pupil:
        """The pupil whom readings are about from now on."""
        ...

    async def get_lessons(
        self,
        from_: Day | None = None,
        to: Day | None = None,
        *,
        date: Day | None = None,
        pupil: PupilLike | None = None,
        raw_view: bool = False,
    ) -> Rows[Lesson]:
        """Lessons by start."""
        ...

    async def get_homeworks(
        self,
        from_: Day | None = None,
        to: Day | None = None,
        *,
        display_date: DisplayDate = "due_date",
        pupil: PupilLike | None = None,
    ) -> Rows[Homework]:
        """Homework by due date, or by the day it was given."""
        ...

    async def get_marks(
        self,
        from_: Day | None = None,
        to: Day | None = None,
        *,
        period: Period | str | None = None,
        pupil: PupilLike | None = None,
    ) -> Rows[Mark]:
        """Marks, newest first."""
        ...

    async def get_averages(
        self,
        from_: Day | None = None,
        to: Day | None = None,
        *,
        period: Period | str | None = None,
        pupil: PupilLike | None = None,
    ) -> Rows[SubjectAverage]:
        """Averages by subject; the overall one has no subject."""
        ...

    async def get_periods(self, *, pupil: PupilLike | None = None) -> Rows[Period]:
        """Periods of the school year."""
        ...

    async def get_absences(
        self,
        from_: Day | None = None,
        to: Day | None = None,
        *,
        period: Period | str | None = None,
        pupil: PupilLike | None = None,
    ) -> Rows[Absence]:
        """Absences and late arrivals, newest first."""
        ...

    async def get_announcements(
        self, from_: Day | None = None, to: Day | None = None, *, pupil: PupilLike | None = None
    ) -> Rows[Announcement]:
        """Announcements, newest first."""
        ...

    async def get_badges(self, *, pupil: PupilLike | None = None) -> Rows[Badge]:
        """Awards of badges, newest first."""
        ...

    async def get_sanctions(
        self,
        from_: Day | None = None,
        to: Day | None = None,
        *,
        period: Period | str | None = None,
        pupil: PupilLike | None = None,
    ) -> Rows[Sanction]:
        """Sanctions, latest first."""
        ...

    async def get_behaviour_events(
        self,
        from_: Day | None = None,
        to: Day | None = None,
        *,
        period: Period | str | None = None,
        pupil: PupilLike | None = None,
    ) -> Rows[BehaviourEvent]:
        """Behaviour events, newest first."""
        ...

    async def set_homework_done(
        self,
        homework: Homework | str,
        done: bool = True,
        *,
        pupil: PupilLike | None = None,
    ) -> Homework:
        """The homework as it is afterwards."""
        ...

    async def download(self, attachment: Attachment, directory: str | os.PathLike[str]) -> Path:
        """The path that the file was written to."""
        ...

    def open(self, attachment: Attachment) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        """A context with the bytes of a file."""
        ...

    async def keep_alive(self, enabled: bool = True, interval: float | None = None) -> None:
        """A heartbeat keeps the session young from now on, or no more."""
        ...

    def kept_alive(self, interval: float | None = None) -> AbstractAsyncContextManager[None]:
        """A context in which a heartbeat keeps the session young."""
        ...

    async def login(self) -> Self:
        """Signed in anew."""
        ...

    async def logout(self) -> None:
        """The session is ended at the school."""
        ...

    async def aclose(self) -> None:
        """Stopped, signed out, disconnected; never raises."""
        ...

    async def __aenter__(self) -> Self:
        """Signed in."""
        ...

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        """Closed."""
        ...
