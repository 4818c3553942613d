"""PRONOTE as a provider: the contract's flows, in our words.

Each flow reads through `native`, which keeps the session, and maps what came. What the school closed
raises `Unavailable` before anything is sent. What only PRONOTE has is in `beyond`.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from typing import Any

from schoolsync.errors import StaleReference, Unavailable
from schoolsync.model import (
    Absence,
    Announcement,
    Availability,
    BehaviourEvent,
    Homework,
    Lesson,
    Mark,
    Period,
    Rows,
    Sanction,
    SubjectAverage,
    by_due,
)
from schoolsync.provider import Days, DisplayDate, Options, PupilLike, Span
from schoolsync.providers.pronote.account import Account
from schoolsync.providers.pronote.address import read_root
from schoolsync.providers.pronote.beyond import Beyond
from schoolsync.providers.pronote.calls.presence import PRESENCE_TAB
from schoolsync.providers.pronote.envelope import Page
from schoolsync.providers.pronote.login import Login, read_login, read_space
from schoolsync.providers.pronote.mapping.homework import to_homeworks
from schoolsync.providers.pronote.mapping.observations import to_behaviour_events
from schoolsync.providers.pronote.mapping.periods import to_periods
from schoolsync.providers.pronote.mapping.presence import is_shown, to_absences
from schoolsync.providers.pronote.mapping.sanctions import to_sanctions
from schoolsync.providers.pronote.mapping.timetable import to_lessons
from schoolsync.providers.pronote.mapping.totals import PresenceTotals, to_totals
from schoolsync.providers.pronote.schema.presence import PresencePage
from schoolsync.providers.pronote.session import Session

__all__ = ["Pronote", "account_service", "anonymous_service", "service"]


def service(
    login: Login,
    options: Options,
    *,
    timezone: str | None = None,
    allow_http: bool = False,
    draw: Callable[[int], bytes] = secrets.token_bytes,
) -> Pronote:
    """The service of one account; nothing is sent yet.

    Args:
        login: Who.
        options: Of the client.
        timezone: IANA name of the school's zone.
        allow_http: Whether an address without TLS may be used that is not on this computer.
        draw: So many random bytes; another source only makes conversations that can be held again.

    Raises:
        BadArgument: *timezone* is no zone.
    """
    session = Session(login.root, login.space, options, draw=draw)
    return Pronote(Account(login, session, timezone), allows_http=allow_http)


def account_service(
    options: Options, *, timezone: str | None = None, allow_http: bool = False, **fields: Any
) -> Pronote:
    """The service of the account that *fields* name: see `login.read_login`.

    Raises:
        BadArgument: Fields that cannot be meant.
        UnknownName: No such kind of account, or no such portal.
        Unavailable: The portal cannot be tried.
    """
    login = read_login(allow_http=allow_http, **fields)
    return service(login, options, timezone=timezone, allow_http=allow_http)


def anonymous_service(
    url: str,
    options: Options,
    *,
    account: str = "student",
    timezone: str | None = None,
    allow_http: bool = False,
) -> Pronote:
    """The service of an account that somebody else signs in to; nothing is sent yet.

    Raises:
        BadArgument: No such address or zone.
        UnknownName: No such kind of account.
    """
    root, space = read_root(url, allow_http=allow_http), read_space(account)
    return Pronote(Account(None, Session(root, space, options), timezone), allows_http=allow_http)


class Pronote(Beyond):
    """One student, parent or teacher of a school on PRONOTE."""

    # -- the readings --

    async def lessons(
        self, days: Days, *, pupil: PupilLike | None = None, raw_view: bool = False
    ) -> Rows[Lesson]:
        """Lessons by start. Days outside the school year have none, and cost nothing.

        Costs:
            One request a week.
        """
        whom = await self._ready("lessons", pupil)
        asked = days.one_or_more(self._today(whom))
        pages = [await self.native.lessons(week, pupil=whom) for week in self._weeks(asked)]
        context = self.account.context(whom)
        found = to_lessons(context, pages, raw_view=raw_view)
        return self._rows(context, (one for one in found if one.start.date() in asked), "lessons")

    async def homeworks(
        self, days: Days, *, pupil: PupilLike | None = None, display_date: DisplayDate = "due_date"
    ) -> Rows[Homework]:
        """Homework by the date chosen. Costs: one request, none outside the school year."""
        whom = await self._ready("homeworks", pupil)
        if days == Days():
            days = Days(self._today(whom))
        # What was given on a day may be due on any later one.
        weeks = self._weeks(days if display_date == "due_date" else Days(days.first))
        pages = [await self.native.homeworks(weeks[0], weeks[-1], pupil=whom)] if weeks else []
        context = self.account.context(whom)
        found = [one for page in pages for one in to_homeworks(context, page)]
        if display_date == "issue_date":
            kept = [one for one in found if one.assigned_on is None or one.assigned_on in days]
            kept.sort(key=lambda one: (one.assigned_on or dt.date.min, one.key))
        else:
            kept = sorted((one for one in found if one.due in days), key=by_due)
        return self._rows(context, kept, "homeworks")

    async def marks(self, span: Span, *, pupil: PupilLike | None = None) -> Rows[Mark]:
        """Marks of the days, or of the period: newest first. Costs: one request a period."""
        return (await self.mark_book(span, pupil=pupil, thing="marks")).marks

    async def averages(self, span: Span, *, pupil: PupilLike | None = None) -> Rows[SubjectAverage]:
        """Averages of the period, by subject and then overall; of days: of every period that they touch.

        Costs:
            One request a period.
        """
        return (await self.mark_book(span, pupil=pupil, thing="averages")).averages

    async def periods(self, *, pupil: PupilLike | None = None) -> Rows[Period]:
        """Periods of the school year, in the server's order. Costs: nothing once signed in."""
        whom = await self._ready("periods", pupil)
        context = self.account.context(whom)
        return self._rows(context, to_periods(context, self._today(whom)), "periods")

    async def absences(self, span: Span, *, pupil: PupilLike | None = None) -> Rows[Absence]:
        """Absences, late arrivals and exclusions from class, newest first.

        Costs:
            One request, none outside the school year.
        """
        whom, days, pages = await self._presence("absences", span, pupil)
        context = self.account.context(whom)
        found = (one for page in pages for one in to_absences(context, page))
        kept = [one for one in found if _touches(one.day, one.end, days)]
        return self._rows(context, kept, "absences")

    async def sanctions(self, span: Span, *, pupil: PupilLike | None = None) -> Rows[Sanction]:
        """Punishments, exclusions and measures, those given last first. Costs: as `absences`."""
        whom, days, pages = await self._presence("sanctions", span, pupil)
        context = self.account.context(whom)
        found = (one for page in pages for one in to_sanctions(context, page, self._now()))
        kept = [one for one in found if _is_of(one, days)]
        return self._rows(context, kept, "sanctions")

    async def behaviour_events(self, span: Span, *, pupil: PupilLike | None = None) -> Rows[BehaviourEvent]:
        """Observations, newest first. Costs: as `absences`."""
        whom, days, pages = await self._presence("behaviour_events", span, pupil)
        context = self.account.context(whom)
        found = (one for page in pages for one in to_behaviour_events(context, page))
        kept = [one for one in found if one.at in days]
        return self._rows(context, kept, "behaviour_events")

    async def announcements(self, days: Days, *, pupil: PupilLike | None = None) -> Rows[Announcement]:
        """News, newest first; all that the school shows if no days are given.

        Costs:
            One request, and one for each piece of news of these days whose text the list leaves out.
        """
        whom = await self._ready("announcements", pupil)
        news = await self._steady(lambda: self._news(whom, lambda one: one.published_at in days))
        return self._rows(
            news.context, (one for one in news.records if one.published_at in days), "announcements"
        )

    async def _presence(
        self, thing: str, span: Span, pupil: PupilLike | None
    ) -> tuple[str, Days, list[Page[PresencePage]]]:
        """Whom it is about, which days are meant, and school life in them: no page outside the year."""
        whom = await self._ready(thing, pupil)
        days = self._days_of(thing, span, PRESENCE_TAB, whom)
        ends = self._ends(days, whom)
        pages = [await self.native.presence(*ends, pupil=whom)] if ends else []
        if not all(is_shown(page, thing) for page in pages):
            raise self._closed(thing, "The school shows none of it to this account.")
        return whom, days, pages

    async def presence_totals(self, span: Span, *, pupil: PupilLike | None = None) -> PresenceTotals:
        """Time missed by subject, and counts of events. Costs: as `absences`."""
        whom, _, pages = await self._presence("absences", span, pupil)
        return to_totals(self.account.context(whom), pages[0]) if pages else PresenceTotals()

    # -- the actions --

    async def set_homework_done(
        self, homework: Homework | str, done: bool = True, *, pupil: PupilLike | None = None
    ) -> Homework:
        """The homework as it is after the tick.

        Raises:
            Unavailable: A parent's account.
            StaleReference: The school does not list it any more.
            Interrupted: The tick was sent and its answer lost: read before doing it again.

        Costs:
            One request if nothing is to do, else three.
        """
        if pupil is None and isinstance(homework, Homework):
            pupil = homework.pupil_key
        whom = await self._ready("homeworks", pupil, "write")
        return await self._steady(lambda: self._ticked(homework, bool(done), whom))

    async def _ticked(self, homework: Homework | str, done: bool, whom: str) -> Homework:
        now = await self._homework(homework, whom)
        if not now.can_toggle or now.provider_id is None:
            raise Unavailable(
                Availability.NOT_FOR_THIS_ACCOUNT, provider=self.name, operation="set_homework_done"
            )
        if (now.state == "done") is done:
            return now
        await self.native.tick(now.provider_id, done, pupil=whom)
        return await self._homework(homework, whom)

    async def _homework(self, wanted: Homework | str, whom: str) -> Homework:
        """The homework as the server has it now."""
        key, days = wanted, self._year(whom)
        if isinstance(wanted, Homework):
            key, days = wanted.key, Days(wanted.due, wanted.due)
        for one in await self.homeworks(days, pupil=whom):
            if one.key == key:
                return one
        raise StaleReference(provider=self.name, operation="set_homework_done")


def _touches(day: dt.date, end: dt.datetime | None, days: Days) -> bool:
    """Whether something from *day* to *end* shares a day with *days*."""
    last = end.date() if end else day
    return (days.first is None or days.first <= last) and (days.last is None or day <= days.last)


def _is_of(sanction: Sanction, days: Days) -> bool:
    """Whether a sanction was given or is served in *days*; one without any day is of all."""
    said = [day for day in (sanction.given_on, sanction.start) if day is not None]
    return not said or any(day in days for day in said)
