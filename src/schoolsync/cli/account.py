"""Which account is meant, and how to sign in to it: the options that all readings share.

A secret comes from an environment variable, or is typed on a terminal that does not show it.
"""

from __future__ import annotations

import datetime as dt
import getpass
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Final

import attrs
import typer

from schoolsync.cli.asking import answer
from schoolsync.cli.stage import Stage
from schoolsync.errors import BadArgument, UsageError
from schoolsync.flow.secret import Secret

if TYPE_CHECKING:
    from schoolsync import SchoolClient

__all__ = [
    "Account",
    "AllowHttp",
    "BaseUrl",
    "BirthEnv",
    "Cas",
    "Code",
    "CodeEnv",
    "DateOfBirth",
    "Email",
    "Kind",
    "PasswordEnv",
    "Provider",
    "Timezone",
    "Url",
    "Username",
]

Provider = Annotated[str, typer.Option(help="The school's platform: classcharts or pronote.")]
Email = Annotated[str | None, typer.Option(metavar="ADDRESS", help="ClassCharts: a parent's e-mail address.")]
PasswordEnv = Annotated[
    str | None,
    typer.Option(
        metavar="VARIABLE",
        help="The environment variable that holds the password. Without it, a terminal asks.",
    ),
]
Code = Annotated[str | None, typer.Option(metavar="CODE", help="ClassCharts: or a pupil's access code …")]
CodeEnv = Annotated[
    str | None, typer.Option(metavar="VARIABLE", help="… or the environment variable that holds it.")
]
DateOfBirth = Annotated[
    str | None,
    typer.Option(
        metavar="DD/MM/YYYY", help="… and the pupil's date of birth, where the school asks for it …"
    ),
]
BirthEnv = Annotated[
    str | None,
    typer.Option(
        "--date-of-birth-env", metavar="VARIABLE", help="… or the environment variable that holds it."
    ),
]
BaseUrl = Annotated[
    str | None, typer.Option(metavar="URL", help="ClassCharts: another server, such as the sandbox.")
]
Url = Annotated[str | None, typer.Option(metavar="URL", help="PRONOTE: address of the school's server.")]
Username = Annotated[str | None, typer.Option(metavar="NAME", help="PRONOTE: the user name.")]
Kind = Annotated[
    str | None,
    typer.Option("--account", metavar="KIND", help="PRONOTE: student (if not given), parent or teacher."),
]
Cas = Annotated[
    str | None,
    typer.Option(metavar="PORTAL", help="PRONOTE: the school's portal: a name of `cas list`, or auto."),
]
Timezone = Annotated[
    str | None, typer.Option(metavar="ZONE", help="PRONOTE: the school's zone, if it is not Europe/Paris.")
]
AllowHttp = Annotated[
    bool, typer.Option("--allow-http", help="PRONOTE: the school's server may be reached without TLS.")
]

CLASSCHARTS, PRONOTE = "classcharts", "pronote"
OWN: Final[Mapping[str, tuple[str, ...]]] = {
    CLASSCHARTS: ("email", "code", "code_env", "date_of_birth", "date_of_birth_env", "base_url"),
    PRONOTE: ("url", "username", "account", "cas", "timezone", "allow_http"),
}
"""Fields of an account that only one platform has."""
SECRET: Final = frozenset(("password", "code", "date_of_birth"))
"""Arguments of a client that no trace may show."""
RENAMED: Final[Mapping[str, Mapping[str, str]]] = {
    CLASSCHARTS: {"password": "--password-env", "url": "--base-url"},
    PRONOTE: {"password": "--password-env"},
}
"""Arguments of a client that the command line calls by another name than their own."""


@attrs.frozen
class Account:
    """An account as the command line names it."""

    provider: str
    """The platform."""
    password_env: str | None = attrs.field(default=None, repr=False)
    """Variable that holds the password."""
    email: str | None = attrs.field(default=None, repr=False)
    """Of a parent."""
    code: str | None = attrs.field(default=None, repr=False)
    """Of a pupil."""
    code_env: str | None = attrs.field(default=None, repr=False)
    """Variable that holds the code."""
    date_of_birth: str | None = attrs.field(default=None, repr=False)
    """`DD/MM/YYYY`."""
    date_of_birth_env: str | None = attrs.field(default=None, repr=False)
    """Variable that holds it."""
    base_url: str | None = None
    """Another server of ClassCharts."""
    url: str | None = attrs.field(default=None, repr=False)
    """The school's PRONOTE."""
    username: str | None = attrs.field(default=None, repr=False)
    """Of PRONOTE."""
    account: str | None = None
    """Student, parent or teacher."""
    cas: str | None = None
    """The portal in front of it."""
    timezone: str | None = None
    """The school's zone."""
    allow_http: bool = False
    """Whether PRONOTE may be reached without TLS."""

    def connect(self, stage: Stage, environment: Mapping[str, str] = os.environ) -> SchoolClient:
        """A client of this account; nothing is sent yet.

        Raises:
            UsageError: It is no one's account, or a secret is missing.
        """
        from schoolsync import connect

        self._refuse_what_is_of_another()
        fields = self._fields(environment)
        stage.secrets += [Secret(str(text)) for name, text in fields.items() if name in SECRET and text]
        try:
            return connect(self.provider, **fields, **stage.options(), on_challenge=partial(answer, stage))
        except BadArgument as error:
            raise self._in_options(error) from error
        except TypeError as error:
            hint = "Its own documentation says how to sign in."
            raise UsageError(f"{self.provider} takes another kind of account", hint=hint) from error

    def _refuse_what_is_of_another(self) -> None:
        """No field is given that only another platform has."""
        for platform, names in OWN.items():
            given = next((name for name in names if getattr(self, name)), None)
            if given and self.provider in OWN and platform != self.provider:
                hint = f"Say --provider {platform}, or take {_option(given)} away."
                problem = f"belongs to {platform}, and this is {self.provider}"
                raise BadArgument(_option(given), problem, hint=hint)

    def _fields(self, environment: Mapping[str, str]) -> dict[str, Any]:
        """What a client is made of. Other packages' platforms take what looks like one of ours."""
        if self.provider == PRONOTE or self.username:
            return self._user(environment)
        fields = self._parent(environment) if self.email else self._pupil(environment)
        return fields | ({"base_url": self.base_url} if self.base_url is not None else {})

    def _in_options(self, error: BadArgument) -> BadArgument:
        """*error* in the words of the command line."""
        option = RENAMED.get(self.provider, {}).get(error.argument) or _option(error.argument)
        problem = error.problem.replace("allow_http=True", "--allow-http")
        return BadArgument(option, problem, hint=error.hint)

    def _user(self, environment: Mapping[str, str]) -> dict[str, Any]:
        for name, what in (("url", "the address of the school's server"), ("username", "whose account")):
            if not getattr(self, name):
                raise BadArgument(_option(name), f"is needed: {what}")
        more = {name: getattr(self, name) for name in ("account", "cas", "timezone", "allow_http")}
        return {
            "url": self.url,
            "username": self.username,
            "password": self._password(environment),
            **{name: value for name, value in more.items() if value},
        }

    def _password(self, environment: Mapping[str, str]) -> str:
        if self.password_env:
            return _held(environment, self.password_env, "--password-env")
        if sys.stdin.isatty():
            return getpass.getpass("Password: ")
        hint = "Put the password into an environment variable and name that here."
        raise BadArgument("--password-env", "is needed where nobody can be asked", hint=hint)

    def _parent(self, environment: Mapping[str, str]) -> dict[str, Any]:
        for name in ("code", "code_env", "date_of_birth", "date_of_birth_env"):
            if getattr(self, name):
                raise BadArgument(_option(name), "belongs to a pupil, --email to a parent")
        return {"email": self.email, "password": self._password(environment)}

    def _pupil(self, environment: Mapping[str, str]) -> dict[str, Any]:
        code, born = self.code, self.date_of_birth
        if self.password_env:
            raise BadArgument("--password-env", "belongs to a parent's --email")
        if self.code_env:
            code = _held(environment, self.code_env, "--code-env")
        if not code:
            hint = "On PRONOTE: --provider pronote --url URL --username NAME."
            problem = "say whose account: --email of a parent, or --code of a pupil"
            raise BadArgument("--email", problem, hint=hint)
        if self.date_of_birth_env:
            born = _held(environment, self.date_of_birth_env, "--date-of-birth-env")
        return {"code": code, "date_of_birth": born and _birth(born)}


def _option(name: str) -> str:
    """What the command line calls the argument *name*."""
    return f"--{name.replace('_', '-')}"


def _birth(text: str) -> dt.date:
    """The day meant; what was typed is not quoted."""
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        with suppress(ValueError):
            return dt.datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a day has no zone
    raise BadArgument("--date-of-birth", "is a day like 31/01/2010")


def _held(environment: Mapping[str, str], name: str, option: str) -> str:
    """What the variable *name* holds. It is not quoted: somebody may have typed the secret itself."""
    text = environment.get(name)
    if not text:
        hint = "Name the variable, not its content."
        raise BadArgument(option, "there is no such environment variable, or it is empty", hint=hint)
    return text
