"""One call of the API, with everything that answers it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import attrs

from schoolsync.flow.http import Request
from schoolsync.sandbox.classcharts.links import Links
from schoolsync.sandbox.classcharts.shapes import Rules, Shapes
from schoolsync.sandbox.classcharts.state import LogIn, Sessions
from schoolsync.sandbox.classcharts.urls import Place
from schoolsync.sandbox.classcharts.wire import Refusal
from schoolsync.sandbox.desk import Desk
from schoolsync.sandbox.people import ParentAccount
from schoolsync.sandbox.school import SandboxSchool

__all__ = ["Call", "Said"]

Said: TypeAlias = tuple[Any, Mapping[str, Any]]
"""`data` and `meta` of an answer."""

NOT_YOURS = "You do not have access to this pupil"
MONTH = dt.timedelta(days=31)


@attrs.frozen(kw_only=True)
class Call:
    """A request to the API by somebody who is signed in."""

    request: Request = attrs.field(repr=False)
    """What was sent."""
    place: Place
    """What its address means."""
    fields: Mapping[str, str] = attrs.field(repr=False)
    """Fields of query and body."""
    log_in: LogIn
    """Who asks."""
    session_id: str = attrs.field(repr=False)
    """The id that came with it."""
    sessions: Sessions = attrs.field(repr=False)
    """All log-ins."""
    school: SandboxSchool = attrs.field(repr=False)
    """The school, which may be changed."""
    shapes: Shapes
    """How answers are worded."""
    rules: Rules
    """How the server behaves."""
    moment: dt.datetime
    """The present."""
    age: float
    """Seconds of the clock."""
    links: Links
    """Makes the addresses of files."""

    @property
    def is_parent(self) -> bool:
        """Whether a parent asks."""
        return self.log_in.role == "parent"

    @property
    def parent(self) -> ParentAccount:
        """The parent who asks."""
        return next(one for one in self.school.parents if str(one.id) == self.log_in.account)

    @property
    def own_pupils(self) -> tuple[str, ...]:
        """Numbers of the pupils whose data the account may read."""
        return self.parent.pupil_ids if self.is_parent else (self.log_in.account,)

    @property
    def desk(self) -> Desk:
        """The desk of the pupil whom the call is about.

        Raises:
            Refusal: The pupil is not one of the account's, or a parent named none.
        """
        if self.place.route.target == "pupil":
            named = self.place.tail
        else:
            named = self.fields.get("pupil_id") or self.fields.get("studentId") or ""
        if not named and (not self.is_parent or self.place.route.target != "pupil"):
            named = next(iter(self.own_pupils), "")
        if named not in self.own_pupils:
            raise Refusal(NOT_YOURS)
        return self.school.desk(named)

    @property
    def number(self) -> int:
        """The number behind the function's name.

        Raises:
            Refusal: There is none.
        """
        if not self.place.tail.isdigit():
            raise Refusal("Invalid request")
        return int(self.place.tail)

    @property
    def today(self) -> dt.date:
        """The day in the zone of the pupil's school."""
        return self.moment.astimezone(self.zone).date()

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the pupil's school."""
        return self.desk.file.zone

    def day(self, name: str) -> dt.date | None:
        """The date in the field *name*; `None` if it is missing or empty.

        Raises:
            Refusal: It is no date.
        """
        text = self.fields.get(name, "")
        try:
            return dt.date.fromisoformat(text) if text else None
        except ValueError:
            raise Refusal("Invalid request") from None

    def window(self) -> tuple[dt.date, dt.date]:
        """The days from `from` to `to`, both included; the last 31 days unless said."""
        last = self.day("to") or self.today
        return self.day("from") or last - MONTH, last
