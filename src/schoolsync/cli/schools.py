"""`schoolsync schools near`: schools on PRONOTE around a place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from schoolsync.cli.exits import EXIT_CODES
from schoolsync.cli.stage import AsJson, Debug, paper, print_json, print_pages

if TYPE_CHECKING:
    from rich.console import RenderableType

    from schoolsync.providers.pronote.extra import FoundSchool

__all__ = ["add_to"]

Latitude = Annotated[float, typer.Argument(metavar="LATITUDE", help="Degrees north: 48.85.")]
Longitude = Annotated[float, typer.Argument(metavar="LONGITUDE", help="Degrees east: 2.35.")]


def add_to(app: typer.Typer) -> None:
    """*app* has `schools` and what is below it."""
    below = typer.Typer(invoke_without_command=True, epilog=EXIT_CODES)
    below.callback()(schools)
    # `-- 14.6 -61.0` is what a shell needs elsewhere; a number is no option here.
    below.command("near", epilog=EXIT_CODES, context_settings={"ignore_unknown_options": True})(near)
    app.add_typer(below, name="schools")


def schools(context: typer.Context) -> None:
    """Schools on PRONOTE."""
    if context.invoked_subcommand is None:
        print(context.get_help())


def near(
    context: typer.Context,
    latitude: Latitude,
    longitude: Longitude,
    *,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Schools on PRONOTE around a place, nearest first, from the vendor's public directory."""
    stage = context.obj
    stage.is_debug = debug
    from schoolsync import pronote

    found = pronote.find_schools(latitude, longitude, **stage.options())
    if as_json:
        print_json([school.to_dict() for school in found])
        return
    print_pages(paper(), _drawn(found))


def _drawn(found: Sequence[FoundSchool]) -> Sequence[RenderableType]:
    from rich.text import Text

    from schoolsync.cli.render import said, table

    if not found:
        return (Text("The directory knows no school there.", style="dim"),)
    drawing = table("Distance!", "School", "Address")
    for school in found:
        drawing.add_row(f"{school.distance_km:.1f} km", said(school.name), said(school.url, "dim"))
    return (drawing,)
