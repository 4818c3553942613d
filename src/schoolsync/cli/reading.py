"""What a reading command is, and how all of them run: sign in, read for each pupil, print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, cast

import attrs
import typer

from schoolsync.cli import account as who
from schoolsync.cli.dates import days_between
from schoolsync.cli.exits import EXIT_CODES
from schoolsync.cli.progress import Steps, progress
from schoolsync.cli.stage import AsJson, Debug, Stage, paper, print_json, print_pages
from schoolsync.errors import Availability, DecodeIssue, Unavailable, UnknownName

if TYPE_CHECKING:
    from rich.console import RenderableType

    from schoolsync import SchoolClient
    from schoolsync.cli.render import Look
    from schoolsync.model import Pupil, Rows, Value
    from schoolsync.provider import Days

__all__ = ["Answer", "Group", "Reading", "add_reading", "beyond", "gather"]

PupilOption = Annotated[
    str | None, typer.Option(metavar="NAME|NUMBER", help="One child. Without it, all of them.")
]
FromOption = Annotated[str | None, typer.Option("--from", metavar="YYYY-MM-DD", help="First day.")]
ToOption = Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="Last day, included.")]

Ask: TypeAlias = "Callable[[SchoolClient, Pupil, Days], Rows[Any]]"


def _as_given(days: Days, _: dt.date) -> Days:
    return days


def _each(rows: Sequence[Any]) -> Sequence[Any]:
    return rows


def _at_once(days: Days, _: str) -> Sequence[Days]:
    return (days,)


@attrs.frozen(kw_only=True)
class Reading:
    """One thing that can be read: a command, a key in JSON, a section of the demo."""

    name: str
    """Name of the command."""
    title: str
    """Its heading for people."""
    help: str
    """What the command shows, and for which days if none are given."""
    nothing: str
    """What to say when there is none."""
    ask: Ask
    """Reads it for one pupil."""
    draw: Callable[[Sequence[Any], Look], RenderableType]
    """Lines as people read them; at least one."""
    lines: Callable[[Sequence[Any]], Sequence[Any]] = _each
    """What makes a line for people: each record, if nothing else is said."""
    days: Callable[[Days, dt.date], Days] = _as_given
    """The days that are meant by those given, and today."""
    parts: Callable[[Days, str], Sequence[Days]] = _at_once
    """The same days in portions that take one request each on the platform of that name."""


@attrs.frozen
class Answer:
    """What one reading brought for one pupil."""

    reading: Reading
    """What was asked."""
    rows: Sequence[Value] = ()
    """The records."""
    issues: Sequence[DecodeIssue] = ()
    """What could not be read beside them."""
    unavailable: Availability | None = None
    """Why there is none at all; `None`: it is available."""


@attrs.frozen
class Group:
    """Everything about one pupil."""

    pupil: Pupil
    """Whom it is about."""
    answers: Sequence[Answer]
    """In the order asked."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON: the pupil, and a list of records by the name of each reading.

        A reading that is not available is `null`, with the reason under `unavailable`.
        """
        return {
            "pupil": self.pupil.to_dict(),
            **{
                answer.reading.name: None
                if answer.unavailable
                else [record.to_dict() for record in answer.rows]
                for answer in self.answers
            },
            "unavailable": {one.reading.name: one.unavailable for one in self.answers if one.unavailable},
            "issues": {
                answer.reading.name: [attrs.asdict(issue) for issue in answer.issues]
                for answer in self.answers
                if answer.issues
            },
        }


def gather(
    client: SchoolClient, pupils: Sequence[Pupil], wanted: Mapping[Reading, Days], steps: Steps
) -> list[Group]:
    """What *client* reads of each pupil, in order."""
    portions = sum(len(reading.parts(days, client.provider)) for reading, days in wanted.items())
    steps.begin(len(pupils) * portions)
    return [
        Group(pupil, [_answer(client, pupil, reading, days, steps) for reading, days in wanted.items()])
        for pupil in pupils
    ]


def _answer(client: SchoolClient, pupil: Pupil, reading: Reading, days: Days, steps: Steps) -> Answer:
    rows: list[Value] = []
    issues: list[DecodeIssue] = []
    for part in reading.parts(days, client.provider):
        steps.step(reading.title)
        try:
            found = reading.ask(client, pupil, part)
        except Unavailable as error:
            return Answer(reading, unavailable=error.reason)
        rows += found
        issues += found.issues
    return Answer(reading, rows, issues)


def beyond(client: SchoolClient, method: str) -> Callable[..., Rows[Any]]:
    """The reading *method* of *client*, which only some platforms have.

    Raises:
        Unavailable: This one has not.
    """
    found = getattr(client, method, None)
    if found is None:
        reason = Availability.NOT_IN_PROVIDER
        raise Unavailable(reason, provider=client.provider, operation=method.removeprefix("get_"))
    return cast("Callable[..., Rows[Any]]", found)


def add_reading(app: typer.Typer, reading: Reading) -> None:
    """*app* has the command of *reading*."""

    @app.command(reading.name, help=reading.help, epilog=EXIT_CODES)
    def command(
        context: typer.Context,
        *,
        provider: who.Provider = "classcharts",
        email: who.Email = None,
        code: who.Code = None,
        code_env: who.CodeEnv = None,
        date_of_birth: who.DateOfBirth = None,
        date_of_birth_env: who.BirthEnv = None,
        base_url: who.BaseUrl = None,
        url: who.Url = None,
        username: who.Username = None,
        account: who.Kind = None,
        cas: who.Cas = None,
        timezone: who.Timezone = None,
        allow_http: who.AllowHttp = False,
        password_env: who.PasswordEnv = None,
        pupil: PupilOption = None,
        from_: FromOption = None,
        to: ToOption = None,
        as_json: AsJson = False,
        debug: Debug = False,
    ) -> None:
        context.obj.is_debug = debug
        born = (date_of_birth, date_of_birth_env)
        british = (email, code, code_env, *born, base_url)
        french = (url, username, account, cas, timezone)
        meant = who.Account(provider, password_env, *british, *french, allow_http)
        _run(context.obj, reading, meant, pupil, days_between(from_, to), as_json=as_json)


def _run(
    stage: Stage, reading: Reading, account: who.Account, pupil: str | None, given: Days, *, as_json: bool
) -> None:
    client = account.connect(stage)
    with progress("Signing in") as stage.steps, client:
        steps = stage.steps
        pupils = client.pupils if pupil is None else (_found(client, pupil),)
        today = stage.clock.now().astimezone(pupils[0].school.zone).date()
        groups = gather(client, pupils, {reading: reading.days(given, today)}, steps)
    answers = [group.answers[0] for group in groups]
    reasons = [answer.unavailable for answer in answers if answer.unavailable]
    if len(reasons) == len(answers):
        raise Unavailable(reasons[0], provider=client.provider, operation=reading.name)
    if as_json:
        print_json([group.to_dict() for group in groups])
        return
    from schoolsync.cli.render import Look, pages

    console = paper()
    print_pages(console, pages(groups, Look(today, console.width)))


def _found(client: SchoolClient, wanted: str) -> Pupil:
    """The pupil called *wanted*, or at that position."""
    from schoolsync.model import find_pupil

    try:
        return find_pupil(client.pupils, int(wanted) if wanted.isdecimal() else wanted)
    except UnknownName as error:
        hint = f"--pupil takes a name or a number from 1 to {len(client.pupils)}."
        raise UnknownName("pupil", wanted, is_private=True, hint=error.hint or hint) from None
