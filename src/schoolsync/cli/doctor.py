"""`schoolsync doctor`: does a portal still look as schoolsync knows it? Without anybody's password."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from schoolsync.cli.exits import EXIT_CODES, ExitCode, code_of, line_of
from schoolsync.cli.stage import AsJson, Debug, Stage, paper, print_json, print_pages
from schoolsync.errors import BadArgument

if TYPE_CHECKING:
    from rich.console import RenderableType

    from schoolsync.ent.walk import Sight

__all__ = ["add_to"]

PortalName = Annotated[
    str | None, typer.Option("--portal", metavar="NAME", help="Which portal: see `schoolsync cas list`.")
]
SchoolUrl = Annotated[
    str | None,
    typer.Option("--url", metavar="URL", help="The PRONOTE of a school behind it, to begin where it leads."),
]
Kind = Annotated[
    str, typer.Option("--account", metavar="KIND", help="As who to come: student, parent or teacher.")
]


def add_to(app: typer.Typer) -> None:
    """*app* has `doctor`."""
    app.command("doctor", epilog=EXIT_CODES)(doctor)


def doctor(
    context: typer.Context,
    *,
    portal: PortalName = None,
    url: SchoolUrl = None,
    account: Kind = "student",
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Does a portal still look as it is known?

    Walks through it as far as its log-in form, without anybody's credentials, and tells every hop.

    Where the way ends before the form, the last hop is the one that looked different.
    """
    stage: Stage = context.obj
    stage.is_debug = debug
    if portal is None:
        raise BadArgument("--portal", "is needed: the name of a portal", hint="See: schoolsync cas list")
    from schoolsync import pronote

    sight = pronote.look_at_portal(portal, url=url, account=account, **stage.options())
    if as_json:
        print_json(_as_json(portal, sight))
    else:
        print_pages(paper(), _told(sight))
    raise typer.Exit(ExitCode.OK if sight.trouble is None else code_of(sight.trouble))


def _as_json(portal: str, sight: Sight) -> dict[str, Any]:
    return {
        "portal": portal,
        "is_as_known": sight.trouble is None,
        "hops": [{"address": hop.address, "status": hop.status, "sign": hop.sign} for hop in sight.hops],
        "trouble": None if sight.trouble is None else str(sight.trouble),
    }


def _told(sight: Sight) -> Sequence[RenderableType]:
    from rich.text import Text

    from schoolsync.cli.render import said, table

    drawing = table("Hop!", "Address", "Status!", "Looked like")
    for number, hop in enumerate(sight.hops, 1):
        is_odd = sight.trouble is not None and number == len(sight.hops)
        drawing.add_row(
            str(number), said(hop.address), str(hop.status), said(hop.sign or "?", "bold red" * is_odd)
        )
    if sight.trouble is None:
        verdict = Text("The log-in form is where it is expected. Nothing was filled in.", style="green")
    else:
        verdict = said(
            f"The last hop looked different. {line_of(sight.trouble).removeprefix('schoolsync: ')}", "red"
        )
    return (drawing, verdict)
