"""`schoolsync demo`: the school week of a family that does not exist, read over real HTTP."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Final

import typer

from schoolsync.cli.absences import ABSENCES
from schoolsync.cli.announcements import ANNOUNCEMENTS
from schoolsync.cli.badges import BADGES
from schoolsync.cli.behaviour import BEHAVIOUR
from schoolsync.cli.dates import days_between, school_week
from schoolsync.cli.exits import EXIT_CODES
from schoolsync.cli.homework import HOMEWORK
from schoolsync.cli.lessons import LESSONS
from schoolsync.cli.progress import Steps, progress
from schoolsync.cli.reading import Group, Reading, gather
from schoolsync.cli.sandbox import ZONE, invented_server, need_sandbox, running_since
from schoolsync.cli.stage import AsJson, Debug, paper, print_json, print_pages
from schoolsync.errors import UnknownName

if TYPE_CHECKING:
    from schoolsync.flow.effects import Clock
    from schoolsync.provider import Days

__all__ = ["add_to", "wanted"]

SERVERS: Final = {"classcharts": invented_server}
"""Platforms that the demo can show, and what serves them."""
MOST_LINES: Final = 6
"""Lines of a section."""
SCHOOL_IS_OUT: Final = dt.time(16)
"""The time of day at which a chosen day is shown."""


def add_to(app: typer.Typer) -> None:
    """*app* has `demo`."""
    app.command(epilog=EXIT_CODES)(demo)


def demo(
    context: typer.Context,
    *,
    provider: Annotated[str, typer.Option(help="The school's platform.")] = "classcharts",
    date: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Another day than today, after school.")
    ] = None,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """See the school week of a family that does not exist. Needs no account.

    A sandbox is opened on this computer, a parent of two signs in to it over HTTP, and it closes again.
    """
    context.obj.is_debug = debug
    if provider not in SERVERS:
        raise UnknownName("provider", provider, SERVERS)
    need_sandbox()
    from schoolsync.provider import read_day

    chosen = read_day(date, "--date")
    start = dt.datetime.combine(chosen, SCHOOL_IS_OUT, ZONE) if chosen else context.obj.clock.now()
    clock = running_since(start)
    today = clock.now().date()
    with progress("Opening the school") as steps:
        groups = _read(provider, clock, wanted(today), steps)
    if as_json:
        print_json([group.to_dict() for group in groups])
        return
    from schoolsync.cli.family import week_pages
    from schoolsync.cli.render import Look

    console = paper()
    print_pages(console, week_pages(groups, Look(today, console.width, is_brief=True, most=MOST_LINES)))


def wanted(today: dt.date) -> Mapping[Reading, Days]:
    """What a parent wants to know on *today*: the week, what is due, and what happened lately."""
    week = school_week(today)
    first = week.first or today
    return {
        LESSONS: week,
        HOMEWORK: days_between(min(first, today), max(first, today) + dt.timedelta(days=7)),
        ANNOUNCEMENTS: days_between(today - dt.timedelta(days=14), today),
        ABSENCES: days_between(today - dt.timedelta(days=14), today),
        BADGES: days_between(today - dt.timedelta(days=31), today),
        BEHAVIOUR: days_between(today - dt.timedelta(days=7), today),
    }


def _read(provider: str, clock: Clock, asked: Mapping[Reading, Days], steps: Steps) -> list[Group]:
    """What a parent of two reads from a sandbox that lives as long as the reading."""
    from schoolsync import connect
    from schoolsync.sandbox.serve import serve

    server = SERVERS[provider](clock)
    parent = server.school.parents[0]
    with (
        serve(server) as place,
        connect(
            provider, email=parent.email, password=parent.password, base_url=place.url, clock=clock
        ) as family,
    ):
        return gather(family, family.pupils, asked, steps)
