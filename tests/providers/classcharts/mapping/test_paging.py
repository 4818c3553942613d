"""Page after page of the activity, against servers that behave and servers that do not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from schoolsync.errors import DecodeIssue
from schoolsync.provider import Days
from schoolsync.providers.classcharts.envelope import Envelope, Opened, read_rows
from schoolsync.providers.classcharts.mapping import paging
from schoolsync.providers.classcharts.mapping.paging import Page, Pages, joined
from schoolsync.providers.classcharts.schema.behaviour import ActivityMeta, ActivityRow
from schoolsync.testing.play import play
from tests.providers.classcharts.wire import LONDON, options

Rows = list[dict[str, Any]]
DAY = dt.date(2026, 3, 9)


def row(number: int, day: int = 9, **more: Any) -> dict[str, Any]:
    """One row of March."""
    return {"id": number, "type": "behaviour", "timestamp": f"2026-03-{day:02} 10:00:00"} | more


def pages(
    serve: Callable[[int | None], Rows], days: Days | None = None
) -> tuple[list[Page], list[int | None]]:
    """The pages that *serve* gives, and the cursors that it was asked with."""
    asked: list[int | None] = []

    async def read(last_id: int | None) -> Page:
        asked.append(last_id)
        return read_rows(options(keep_raw=True), Opened(serve(last_id), {}), ActivityRow, ActivityMeta)

    async def all_pages() -> list[Page]:
        reader, found = Pages(read, lambda: LONDON, days or Days()), []
        while (page := await reader.next()) is not None:
            found.append(page)
        assert await reader.next() is None
        return found

    return play(all_pages())[0], asked


def in_pages(rows: Rows, size: int) -> Callable[[int | None], Rows]:
    """A server that behaves."""

    def serve(last_id: int | None) -> Rows:
        start = next((place + 1 for place, one in enumerate(rows) if one["id"] == last_id), 0)
        return rows[start : start + size]

    return serve


def ids(found: list[Page]) -> list[int]:
    """All ids, in order."""
    return [one.id for page in found for one in page.data]


def test_pages_follow_the_last_row_until_one_is_empty() -> None:
    """There is no short-page shortcut: the server decides where the end is."""
    rows = [row(number) for number in range(10, 0, -1)]
    found, asked = pages(in_pages(rows, 4))
    assert ids(found) == [*range(10, 0, -1)]
    assert asked == [None, 7, 3, 1]


def test_nothing_at_all_is_one_request() -> None:
    """And no page."""
    found, asked = pages(lambda _: [])
    assert (found, asked) == ([], [None])
    assert joined(found) == Envelope([], ActivityMeta())


def test_a_server_that_repeats_itself_ends_the_pages() -> None:
    """Ignoring the cursor altogether, or going in circles."""
    found, asked = pages(lambda _: [row(2), row(1)])
    assert (ids(found), asked) == ([2, 1], [None, 1])
    circle = {None: [row(3)], 3: [row(2)], 2: [row(3)]}
    found, asked = pages(lambda last_id: circle[last_id])
    assert (ids(found), asked) == ([3, 2], [None, 3, 2])


def test_overlapping_pages_give_each_row_once() -> None:
    """The same id under two types is two rows."""
    serve = {None: [row(3), row(2), row(2, type="detention"), row(2)], 2: [row(2), row(1)], 1: []}
    found, _ = pages(lambda last_id: serve[last_id])
    assert ids(found) == [3, 2, 2, 1]


def test_pages_end_where_they_are_older_than_asked_for() -> None:
    """A server that ignores `from` is not followed into the past; its rows are left out."""
    rows = [row(number, day=number) for number in range(20, 0, -1)]
    found, asked = pages(in_pages(rows, 4), Days(dt.date(2026, 3, 15), dt.date(2026, 3, 18)))
    assert ids(found) == [18, 17, 16, 15]
    assert asked == [None, 17]


def test_the_first_day_itself_is_read_to_its_end() -> None:
    """It may go on on the next page."""
    rows = [row(number, day=15) for number in range(8, 0, -1)] + [row(0, day=14)]
    found, asked = pages(in_pages(rows, 4), Days(dt.date(2026, 3, 15)))
    assert (len(ids(found)), len(asked)) == (8, 3)


def test_a_row_without_a_readable_time_is_not_dropped() -> None:
    """Nor does it end the pages."""
    odd = [row(3, timestamp=None), row(2, timestamp="soon"), row(1, timestamp="0001-01-01T00:00:00+14:00")]
    found, asked = pages(in_pages(odd, 2), Days(DAY, DAY))
    assert (ids(found), asked) == ([3, 2, 1], [None, 2, 1])


def test_what_could_not_be_read_is_told_by_page() -> None:
    """A page of nothing else is told too, and is the last: nobody knows where the next begins."""
    serve: dict[int | None, Rows] = {None: [row(2), {"type": "x"}], 2: [{"type": "y"}]}
    found, asked = pages(lambda last_id: serve[last_id])
    assert (ids(found), asked) == ([2], [None, 2])
    assert joined(found).issues == (
        DecodeIssue("pages.0.data.1.id", "missing"),
        DecodeIssue("pages.1.data.0.id", "missing"),
    )


def test_raw_rows_stay_with_their_rows() -> None:
    """Also where some were left out."""
    found, _ = pages(in_pages([row(3), row(3), row(2, day=1), row(1)], 4), Days(DAY, DAY))
    whole = joined(found)
    assert [one.id for one in whole.data] == [raw["id"] for raw in whole.raws] == [3, 1]


def test_the_meta_is_the_first_page_s() -> None:
    """It says which window was read."""
    both: list[Page] = [Envelope([], ActivityMeta(step_size=size)) for size in ("week", "day")]
    assert joined(both).meta.step_size == "week"


def test_pages_without_end_end() -> None:
    """A server that invents rows for ever is left at last."""
    found, asked = pages(lambda last_id: [row(10**6 if last_id is None else last_id - 1)])
    assert len(found) == len(asked) == paging.MAX_PAGES
