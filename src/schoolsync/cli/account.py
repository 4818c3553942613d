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
from typing import TYPE_CHECKING, Annotated, Any, Final

import attrs
import typer

from schoolsync.cli.stage import Stage
from schoolsync.errors import BadArgument, UsageError
from schoolsync.flow.secret import Secret

if TYPE_CHECKING:
    from schoolsync import SchoolClient

__all__ = [
    "Account",
    "BaseUrl",
    "BirthEnv",
    "Code",
    "CodeEnv",
    "DateOfBirth",
    "Email",
    "PasswordEnv",
    "Provider",
]

Provider = Annotated[str, typer.Option(help="The school's platform.")]
Email = Annotated[str | None, typer.Option(metavar="ADDRESS", help="A parent's e-mail address …")]
PasswordEnv = Annotated[
    str | None,
    typer.Option(
        metavar="VARIABLE",
        help="… and the environment variable that holds the password. Without it, a terminal asks.",
    ),
]
Code = Annotated[str | None, typer.Option(metavar="CODE", help="Or a pupil's access code …")]
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
BaseUrl = Annotated[str | None, typer.Option(metavar="URL", help="Another server, such as the sandbox.")]


OPTIONS: Final = {
    "base_url": "--base-url",
    "code": "--code",
    "email": "--email",
    "password": "--password-env",
    "url": "--base-url",
}
"""Arguments of a client, as the command line calls them."""


@attrs.frozen
class Account:
    """An account as the command line names it."""

    provider: str
    """The platform."""
    email: str | None = attrs.field(default=None, repr=False)
    """Of a parent."""
    password_env: str | None = attrs.field(default=None, repr=False)
    """Variable that holds the password."""
    code: str | None = attrs.field(default=None, repr=False)
    """Of a pupil."""
    code_env: str | None = attrs.field(default=None, repr=False)
    """Variable that holds the code."""
    date_of_birth: str | None = attrs.field(default=None, repr=False)
    """`DD/MM/YYYY`."""
    date_of_birth_env: str | None = attrs.field(default=None, repr=False)
    """Variable that holds it."""
    base_url: str | None = None
    """Another server."""

    def connect(self, stage: Stage, environment: Mapping[str, str] = os.environ) -> SchoolClient:
        """A client of this account; nothing is sent yet.

        Raises:
            UsageError: It is no one's account, or a secret is missing.
        """
        from schoolsync import connect

        fields: dict[str, Any] = self._parent(environment) if self.email else self._pupil(environment)
        stage.secrets += [Secret(str(text)) for name, text in fields.items() if name != "email" and text]
        if self.base_url is not None:
            fields["base_url"] = self.base_url
        try:
            return connect(self.provider, **fields, **stage.options())
        except BadArgument as error:
            option = OPTIONS.get(error.argument, error.argument)
            raise BadArgument(option, error.problem, hint=error.hint) from error
        except TypeError as error:
            hint = "Its own documentation says how to sign in."
            raise UsageError(f"{self.provider} takes another kind of account", hint=hint) from error

    def _parent(self, environment: Mapping[str, str]) -> dict[str, Any]:
        for name in ("code", "code_env", "date_of_birth", "date_of_birth_env"):
            if getattr(self, name):
                raise BadArgument(f"--{name.replace('_', '-')}", "belongs to a pupil, --email to a parent")
        if self.password_env:
            password = _held(environment, self.password_env, "--password-env")
        elif sys.stdin.isatty():
            password = getpass.getpass("Password: ")
        else:
            hint = "Put the password into an environment variable and name that here."
            raise BadArgument("--password-env", "is needed where nobody can be asked", hint=hint)
        return {"email": self.email, "password": password}

    def _pupil(self, environment: Mapping[str, str]) -> dict[str, Any]:
        code, born = self.code, self.date_of_birth
        if self.password_env:
            raise BadArgument("--password-env", "belongs to a parent's --email")
        if self.code_env:
            code = _held(environment, self.code_env, "--code-env")
        if not code:
            raise BadArgument("--email", "say whose account: --email of a parent, or --code of a pupil")
        if self.date_of_birth_env:
            born = _held(environment, self.date_of_birth_env, "--date-of-birth-env")
        return {"code": code, "date_of_birth": born and _birth(born)}


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
