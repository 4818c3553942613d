"""`schoolsync demo`: the school week of a household that does not exist, read over real HTTP."""

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
from schoolsync.cli.household import HOME, PROVIDERS, read_household
from schoolsync.cli.lessons import LESSONS
from schoolsync.cli.marks import MARKS
from schoolsync.cli.progress import progress
from schoolsync.cli.reading import Reading
from schoolsync.cli.sandbox import need_sandbox
from schoolsync.cli.stage import AsJson, Debug, paper, print_json, print_pages
from schoolsync.errors import UnknownName

if TYPE_CHECKING:
    from schoolsync.provider import Days

__all__ = ["add_to", "wanted"]

MOST_LINES: Final = 6
"""Lines of a section."""
SCHOOL_IS_OUT: Final = dt.time(18)
"""The time of day, at home, at which a chosen day is shown."""


def add_to(app: typer.Typer) -> None:
    """*app* has `demo`."""
    app.command(epilog=EXIT_CODES)(demo)


def demo(
    context: typer.Context,
    *,
    provider: Annotated[
        str | None, typer.Option(help="Only the child whose school is on this platform.")
    ] = None,
    date: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Another day than today, after school.")
    ] = None,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """See the school week of a family that does not exist. Needs no account.

    One child goes to school in France, on PRONOTE, the other one in Britain, on ClassCharts. Both schools
    are opened on this computer, a parent signs in to them over HTTP, and they close again.
    """
    context.obj.is_debug = debug
    if provider is not None and provider not in PROVIDERS:
        raise UnknownName("provider", provider, PROVIDERS)
    need_sandbox()
    from schoolsync.provider import read_day

    chosen = read_day(date, "--date")
    moment = dt.datetime.combine(chosen, SCHOOL_IS_OUT, HOME) if chosen else context.obj.clock.now()
    now = moment.astimezone(HOME)
    with progress("Opening the schools") as steps:
        shown = tuple(PROVIDERS) if provider is None else (provider,)
        groups = read_household(now, shown, wanted(now.date()), steps)
    if as_json:
        print_json([group.to_dict() for group in groups])
        return
    from schoolsync.cli.family import week_pages
    from schoolsync.cli.render import Look

    console = paper()
    look = Look(now.date(), console.width, is_brief=True, most=MOST_LINES)
    print_pages(console, week_pages(groups, look, now))


def wanted(today: dt.date) -> Mapping[Reading, Days]:
    """What a parent wants to know on *today*: the week, what is due, and what happened lately."""
    week = school_week(today)
    first = week.first or today
    return {
        LESSONS: week,
        HOMEWORK: days_between(min(first, today), max(first, today) + dt.timedelta(days=7)),
        ANNOUNCEMENTS: days_between(today - dt.timedelta(days=14), today),
        ABSENCES: days_between(today - dt.timedelta(days=14), today),
        MARKS: days_between(today - dt.timedelta(days=14), today),
        BADGES: days_between(today - dt.timedelta(days=31), today),
        BEHAVIOUR: days_between(today - dt.timedelta(days=7), today),
    }
