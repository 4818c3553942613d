"""The contract of a provider: what it has, and one flow per operation.

A provider subclasses `Service`, declares its capabilities and implements the
flows that it can; both clients (sync and async) then work on it unchanged. What
it leaves out raises `Unavailable("not_in_provider")`. `schoolsync.testing.contract`
holds a provider to this page.
"""

from __future__ import annotations

import abc
import datetime as dt
import logging
from collections.abc import Iterable
from typing import ClassVar, Literal, TypeAlias, TypeVar, cast, get_args

import attrs

from schoolsync.errors import (
    Availability,
    BadArgument,
    DecodeIssue,
    SchoolSyncError,
    Unavailable,
    UsageError,
)
from schoolsync.flow.effects import Clock
from schoolsync.flow.http import Request, ResponseHead
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
    SubjectAverage,
)

__all__ = [
    "Days",
    "DisplayDate",
    "Options",
    "PupilLike",
    "Service",
    "Span",
    "needed_day",
    "read_day",
    "read_display_date",
    "rows",
]

T = TypeVar("T")
PupilLike: TypeAlias = Pupil | str | int
"""A pupil, or a key, name, provider id or position (1 to n) of one."""
DisplayDate: TypeAlias = Literal["due_date", "issue_date"]
"""Which date of homework counts."""

log: logging.Logger = logging.getLogger("schoolsync")


@attrs.frozen(kw_only=True)
class Options:
    """What every client hands to its provider."""

    clock: Clock
    """Time."""
    is_strict: bool = False
    """Whether a row that cannot be read is an error."""
    keeps_raw: bool = False
    """Whether records keep what the server sent."""


def read_day(value: dt.date | str | None, argument: str) -> dt.date | None:
    """The day meant by a date or ISO text; `None` stays `None`.

    Raises:
        BadArgument: Anything else, a `datetime` too, because its day depends on a zone.
    """
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            raise BadArgument(argument, "an ISO date is expected: 2026-03-09") from None
    if isinstance(value, dt.datetime) or not isinstance(value, dt.date | None):
        raise BadArgument(argument, "a datetime.date or ISO text is expected")
    return value


def needed_day(value: dt.date | str, argument: str) -> dt.date:
    """The day meant by a date or ISO text.

    Raises:
        BadArgument: Anything else.
    """
    day = read_day(value, argument)
    if day is None:
        raise BadArgument(argument, "a date is needed")
    return day


def read_display_date(value: str) -> DisplayDate:
    """Which date of homework counts.

    Raises:
        BadArgument: Neither `"due_date"` nor `"issue_date"`.
    """
    if value not in get_args(DisplayDate):
        raise BadArgument("display_date", "'due_date' or 'issue_date' is expected")
    return cast("DisplayDate", value)


@attrs.frozen
class Days:
    """An interval of days, both included; an open side is `None`."""

    first: dt.date | None = None
    """The first day."""
    last: dt.date | None = None
    """The last day."""

    @classmethod
    def read(
        cls,
        from_: dt.date | str | None = None,
        to: dt.date | str | None = None,
        date: dt.date | str | None = None,
    ) -> Days:
        """The interval that a caller means; *date* alone is one day.

        Raises:
            BadArgument: No date, a backwards interval, or *date* beside the others.
        """
        first, last, one = read_day(from_, "from_"), read_day(to, "to"), read_day(date, "date")
        if one is not None:
            if first is not None or last is not None:
                raise BadArgument("date", "give either date or from_ and to")
            return cls(one, one)
        if first is not None and last is not None and first > last:
            raise BadArgument("from_", "the interval runs backwards: from_ is after to")
        return cls(first, last)

    def within(self, first: dt.date, last: dt.date) -> Days:
        """The same with its open sides closed by *first* and *last*.

        Raises:
            BadArgument: The side that was given lies beyond the other one.
        """
        return Days.read(self.first or first, self.last or last)

    def one_or_more(self, today: dt.date) -> Days:
        """The same for a timetable: today if nothing is given, one day if the last one is missing."""
        first = self.first or today
        return Days.read(first, self.last or first)

    def __contains__(self, day: object) -> bool:
        """Whether *day* lies in it."""
        if not isinstance(day, dt.date):
            return False
        day = day.date() if isinstance(day, dt.datetime) else day
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@attrs.frozen
class Span:
    """Days, or a period of the school year, or neither (then the provider's current one)."""

    days: Days = Days()
    """The days, if they were given."""
    period: Period | str | None = None
    """The period, or its key or name, if it was given."""

    @classmethod
    def read(
        cls,
        from_: dt.date | str | None = None,
        to: dt.date | str | None = None,
        period: Period | str | None = None,
    ) -> Span:
        """The span that a caller means.

        Raises:
            BadArgument: No date, a backwards interval, or days and a period at once.
        """
        days = Days.read(from_, to)
        if period is not None and days != Days():
            raise BadArgument("period", "give days or a period, not both")
        return cls(days, period)


def rows(
    records: Iterable[T], issues: Iterable[DecodeIssue] = (), *, operation: str, provider: str
) -> Rows[T]:
    """*records* with their *issues*, which are also told once to the log (places only)."""
    found = Rows(records, issues)
    if found.issues:
        places = ", ".join(f"{issue.path} ({issue.problem})" for issue in found.issues[:5])
        log.warning("%s %s: %d places could not be read: %s", provider, operation, len(found.issues), places)
    return found


class Service(abc.ABC):
    """One account at one provider. Holds state, does no I/O.

    Every `async def` here is a flow. A flow signs in when nobody has, renews the
    session when it is old, and signs in again once when the server has ended it:
    all within the one turn that it runs in.
    """

    name: ClassVar[str]
    """Name of the provider, as in `connect(name)`."""

    # -- state, no I/O --

    @property
    @abc.abstractmethod
    def pupils(self) -> tuple[Pupil, ...]:
        """The account's pupils, in the provider's order.

        Raises:
            UsageError: Nobody has signed in yet.
        """

    @property
    @abc.abstractmethod
    def capabilities(self) -> Capabilities:
        """What the account can see and do.

        Raises:
            UsageError: Nobody has signed in yet.
        """

    @property
    @abc.abstractmethod
    def address(self) -> str:
        """Where the school's service is, as the caller gave it; only this may say http, on loopback."""

    allows_http: bool = False
    """Whether the caller allowed an `address` without TLS that is not on loopback."""

    @property
    def native(self) -> object:
        """The provider's own calls: an object whose methods are flows.

        Raises:
            Unavailable: The provider shows none.
        """
        raise self.unavailable("native")

    # -- the session --

    @abc.abstractmethod
    async def login(self) -> None:
        """The account is signed in anew, whatever was before.

        Raises:
            AccountError: The school refused, or the governor held it back.
        """

    async def ready(self) -> None:
        """Somebody is signed in; nothing happens if that was so before.

        Raises:
            AccountError: The school refused, or the governor held it back.
        """
        try:
            self.pupils  # noqa: B018 - only whether they are known
        except UsageError:
            await self.login()

    @abc.abstractmethod
    async def logout(self) -> None:
        """The session is ended at the school; nothing happens without one."""

    @abc.abstractmethod
    async def keep_alive(self) -> None:
        """The session is as young as it can be made."""

    beat_every: ClassVar[dt.timedelta] = dt.timedelta(minutes=2)
    """How often `keep_alive` is run, when a user asks for it."""

    # -- the readings --

    def unavailable(self, operation: str) -> SchoolSyncError:
        """The error of an operation that the provider does not have."""
        return Unavailable(Availability.NOT_IN_PROVIDER, provider=self.name, operation=operation)

    async def lessons(
        self, days: Days, *, pupil: PupilLike | None = None, raw_view: bool = False
    ) -> Rows[Lesson]:
        """Lessons by start."""
        raise self.unavailable("lessons")

    async def homeworks(
        self, days: Days, *, pupil: PupilLike | None = None, display_date: DisplayDate = "due_date"
    ) -> Rows[Homework]:
        """Homework by the date chosen."""
        raise self.unavailable("homeworks")

    async def marks(self, span: Span, *, pupil: PupilLike | None = None) -> Rows[Mark]:
        """Marks, newest first."""
        raise self.unavailable("marks")

    async def averages(self, span: Span, *, pupil: PupilLike | None = None) -> Rows[SubjectAverage]:
        """Averages by subject, and the overall one."""
        raise self.unavailable("averages")

    async def periods(self, *, pupil: PupilLike | None = None) -> Rows[Period]:
        """Periods of the school year, in order."""
        raise self.unavailable("periods")

    async def absences(self, span: Span, *, pupil: PupilLike | None = None) -> Rows[Absence]:
        """Absences and late arrivals, newest first."""
        raise self.unavailable("absences")

    async def announcements(self, days: Days, *, pupil: PupilLike | None = None) -> Rows[Announcement]:
        """Announcements, newest first."""
        raise self.unavailable("announcements")

    async def badges(self, *, pupil: PupilLike | None = None) -> Rows[Badge]:
        """Awards of badges, newest first."""
        raise self.unavailable("badges")

    async def sanctions(self, span: Span, *, pupil: PupilLike | None = None) -> Rows[Sanction]:
        """Sanctions, newest first."""
        raise self.unavailable("sanctions")

    async def behaviour_events(self, span: Span, *, pupil: PupilLike | None = None) -> Rows[BehaviourEvent]:
        """Behaviour events, newest first."""
        raise self.unavailable("behaviour_events")

    # -- the actions --

    async def set_homework_done(
        self, homework: Homework | str, done: bool = True, *, pupil: PupilLike | None = None
    ) -> Homework:
        """The homework as it is afterwards."""
        raise self.unavailable("set_homework_done")

    # -- files --

    async def locate(self, attachment: Attachment, *, anew: bool = False) -> Request:
        """The request that gives the bytes of *attachment*.

        Args:
            attachment: A file of a record of this account.
            anew: List again first, because the address known so far was stale.

        Raises:
            StaleReference: The school no longer lists it.
        """
        raise self.unavailable("open")

    def follow(self, request: Request, head: ResponseHead) -> Request | None:
        """The next request on the way to a file's bytes; `None` when *head* begins the bytes.

        Raises:
            StaleReference: *head* is no file: the address has ended.
        """
        raise self.unavailable("open")
