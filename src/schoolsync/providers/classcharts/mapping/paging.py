"""Page after page of the activity: where the next one begins, which is the last, what is of these days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import attrs

from schoolsync.flow.effects import Flow
from schoolsync.provider import Days
from schoolsync.providers.classcharts.envelope import Envelope
from schoolsync.providers.classcharts.mapping.mapped import moment
from schoolsync.providers.classcharts.schema.behaviour import ActivityMeta, ActivityRow

__all__ = ["Page", "Pages", "joined"]

MAX_PAGES = 400
"""Pages of 50 that are read at most: more than a school career."""
Page: TypeAlias = Envelope[list[ActivityRow], ActivityMeta]
"""One page, or several as one."""


@attrs.define
class Pages:
    """The pages, newest first, until one is empty or begins before the days asked for.

    A server that repeats itself ends them; rows seen before are left out.
    """

    read: Callable[[int | None], Flow[Page]]
    """A flow that gives the page of rows older than that id."""
    zone: Callable[[], ZoneInfo]
    """The school's zone; known once a page was read."""
    days: Days
    """Rows of other days are left out."""
    _seen: set[tuple[str | None, int]] = attrs.field(factory=set, init=False, repr=False)
    _last_id: int | None = attrs.field(default=None, init=False)
    _number: int = attrs.field(default=0, init=False)
    _is_over: bool = attrs.field(default=False, init=False)

    async def next(self) -> Page | None:
        """The next page; `None` when there is none. Costs: one request."""
        if self._is_over or self._number >= MAX_PAGES:
            return None
        page = await self.read(self._last_id)
        fresh, zone = self._fresh(page.data), self.zone()
        self._last_id = fresh[-1].id if fresh else None
        self._is_over = not fresh or _is_before(fresh[-1], self.days.first, zone)
        if not fresh and not page.issues:
            return None
        inside = [row for row in fresh if _lies_in(row, self.days, zone)]
        issues = tuple(attrs.evolve(one, path=f"pages.{self._number}.{one.path}") for one in page.issues)
        self._number += 1
        return attrs.evolve(page, data=inside, raws=_matching(page, inside), issues=issues)

    def _fresh(self, rows: list[ActivityRow]) -> list[ActivityRow]:
        """The rows that were not seen yet, each once; now they were."""
        fresh = {(row.type, row.id): row for row in rows if (row.type, row.id) not in self._seen}
        self._seen.update(fresh)
        return list(fresh.values())


def joined(pages: list[Page]) -> Page:
    """All pages as one, with the `meta` of the first."""
    return Envelope(
        [row for page in pages for row in page.data],
        pages[0].meta if pages else ActivityMeta(),
        issues=tuple(issue for page in pages for issue in page.issues),
        raws=tuple(raw for page in pages for raw in page.raws),
    )


def _matching(page: Page, rows: list[ActivityRow]) -> tuple[Any, ...]:
    """The raw rows of *rows*, which are some of *page*'s."""
    raws = {id(row): raw for row, raw in zip(page.data, page.raws, strict=False)}
    return tuple(raws[id(row)] for row in rows) if raws else ()


def _day(row: ActivityRow, zone: ZoneInfo) -> dt.date | None:
    try:
        return moment(row.timestamp or "", zone).date()
    except (ValueError, OverflowError):
        return None


def _lies_in(row: ActivityRow, days: Days, zone: ZoneInfo) -> bool:
    """Whether the row is of these days; a row without a readable time is not dropped."""
    day = _day(row, zone)
    return day is None or day in days


def _is_before(row: ActivityRow, first: dt.date | None, zone: ZoneInfo) -> bool:
    day = _day(row, zone)
    return first is not None and day is not None and day < first
