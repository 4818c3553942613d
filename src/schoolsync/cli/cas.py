"""`schoolsync cas`: the school portals that schoolsync knows, and which one a school has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from schoolsync.cli.exits import EXIT_CODES
from schoolsync.cli.stage import AsJson, Debug, paper, print_json, print_pages
from schoolsync.errors import UnknownName

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from schoolsync.ent.lookup import Match
    from schoolsync.ent.portal import Portal

__all__ = ["add_to", "described"]

Region = Annotated[
    str | None, typer.Option(metavar="TEXT", help="Only those of a region, a department or a town.")
]
StateOption = Annotated[
    str | None, typer.Option("--state", metavar="STATE", help="Only those: current, historic or dead.")
]
SchoolUrl = Annotated[str, typer.Argument(metavar="URL", help="Any address of the school's PRONOTE.")]
AllowHttp = Annotated[
    bool, typer.Option("--allow-http", help="The school's server may be reached without TLS.")
]


def add_to(app: typer.Typer) -> None:
    """*app* has `cas` and what is below it."""
    below = typer.Typer(invoke_without_command=True, epilog=EXIT_CODES)
    below.callback()(cas)
    below.command("list", epilog=EXIT_CODES)(list_)
    below.command("find", epilog=EXIT_CODES)(find)
    app.add_typer(below, name="cas")


def cas(context: typer.Context) -> None:
    """School portals (ENT, CAS) in front of PRONOTE."""
    if context.invoked_subcommand is None:
        print(context.get_help())


# -- list -------------------------------------------------------------------------------


def list_(
    context: typer.Context,
    *,
    region: Region = None,
    state: StateOption = None,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """The portals that schoolsync knows. Nothing is sent."""
    context.obj.is_debug = debug
    chosen = _chosen(region, state)
    if as_json:
        print_json([described(portal) for portal in chosen])
        return
    print_pages(paper(), _drawn(chosen))


def _chosen(region: str | None, state: str | None) -> Sequence[Portal]:
    from schoolsync.ent.directory import portals
    from schoolsync.ent.portal import State

    if state is not None and state not in {*State}:
        raise UnknownName("state", state, [*State])
    wanted = (region or "").casefold()
    return [
        portal
        for portal in portals()
        if wanted in f"{portal.region} {portal.title}".casefold() and state in {None, portal.state}
    ]


def described(portal: Portal) -> dict[str, Any]:
    """*portal* as JSON."""
    return {
        "name": portal.name,
        "title": portal.title,
        "region": portal.region,
        "aliases": list(portal.aliases),
        "family": portal.family.kind,
        "state": portal.state.value,
        "hosts": list(portal.all_hosts),
        "accounts": sorted(portal.admits),
        "password_goes_to": list(portal.family.password_hosts),
        "seen": portal.seen.isoformat(),
        "evidence": portal.evidence,
        "successor": portal.successor,
    }


def _drawn(portals: Sequence[Portal]) -> Sequence[RenderableType]:
    """The portals by region, each with what it is and since when that is known."""
    from itertools import groupby

    from rich.text import Text

    from schoolsync.cli.render import counted, said, table

    if not portals:
        return (Text("No portal fits.", style="dim"),)
    drawing = table("Name!", "Portal", "State", "Seen!")
    for region, rows in groupby(sorted(portals, key=_by_region), key=lambda portal: portal.region):
        drawing.add_section()
        drawing.add_row(said(region or "Anywhere", "cyan"))
        for portal in rows:
            seen = said(f"{portal.seen:%Y-%m}", "dim")
            drawing.add_row(said(portal.name, "bold"), said(portal.title), _state(portal), seen)
    return (drawing, Text(f"{counted(portals, 'portal')}. Use one with cas=NAME, or --cas NAME.", "dim"))


def _by_region(portal: Portal) -> tuple[str, str]:
    return portal.region, portal.name


def _state(portal: Portal) -> Text:
    from rich.text import Text

    from schoolsync.ent.portal import State

    style = {State.CURRENT: "green", State.HISTORIC: "yellow", State.DEAD: "red"}[portal.state]
    return Text(f"{portal.state}: use {portal.successor}" if portal.successor else portal.state, style)


# -- find -------------------------------------------------------------------------------


def find(
    context: typer.Context,
    url: SchoolUrl,
    *,
    allow_http: AllowHttp = False,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Which portal stands in front of a school's PRONOTE. No user name and no password is needed."""
    stage = context.obj
    stage.is_debug = debug
    from schoolsync import pronote

    match = pronote.find_cas(url, allow_http=allow_http, **stage.options())
    if as_json:
        print_json(_as_json(match))
        return
    print_pages(paper(), _told(match))


def _as_json(match: Match) -> dict[str, Any]:
    return {
        "name": match.name,
        "names": list(match.names),
        "is_direct": match.is_direct,
        "evidence": list(match.evidence),
        "hops": list(match.hops),
    }


def _told(match: Match) -> Sequence[RenderableType]:
    from rich.text import Text

    from schoolsync.cli.render import said

    return (
        Text(_verdict(match), style="bold"),
        *(said(f"  {sentence}", "dim") for sentence in match.evidence),
    )


def _verdict(match: Match) -> str:
    if match.is_direct:
        return "None: this school signs in at PRONOTE itself. Leave cas= out."
    if match.name:
        return match.name
    if match.names:
        return f"One of {', '.join(match.names)}."
    return "A portal that schoolsync does not know."
