"""Everything that can go wrong, sorted by who has to act.

```
SchoolSyncError
├── NetworkError     the road: try later
│   ├── Unreachable          no connection was made
│   ├── TimedOut             no answer in time
│   └── Interrupted          sent, and the outcome is unknown: never repeated
├── AccountError     the person must act
│   ├── WrongCredentials     the school does not know this log-in
│   ├── ChallengeUnanswered  a PIN, captcha or second factor was asked for (.kind)
│   ├── ActionRequired       something to do in the school's own pages (.where)
│   ├── ProfileRequired      several profiles, and none was chosen
│   ├── AddressSuspended     the school said that it blocks this network address
│   └── LoginHeld            our own governor holds the log-in back (.until)
├── ServerError      the school said no
│   ├── Unavailable          not there, and why (.reason)
│   ├── InstanceClosed       the school's service is closed for now
│   ├── SessionExpired       signing in again did not help
│   ├── StaleReference       an id or address of an earlier session
│   ├── RateLimited          too many requests (.retry_after)
│   ├── Unsupported          a server generation that we do not speak (.version)
│   └── Refused              any other refusal (.code, .text)
├── ProtocolError    us: safe to paste in a report
│   ├── Undecodable          bytes that are not what they should be (.stage)
│   ├── UnexpectedShape      a decoded answer of another shape (.path)
│   └── LostOnTheWay         a portal page that we do not know (.portal, .hop)
└── UsageError       the programmer, before any I/O (also a `ValueError`)
    ├── UnknownName          no such pupil, provider or portal (.suggestions)
    └── BadArgument          an argument that cannot be right (.argument)
```

Branches end in `Error`; leaves are facts, so that `except LoginHeld` reads as a
sentence. An error stores facts and builds its text when it is printed. No text
holds a query, a body, a cookie, a name or a mark: every message is safe to
paste, and `Refused.text` (the server's own sentence, shortened and stripped) is
the only thing that an error quotes.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, ClassVar
from urllib.parse import urlsplit

import attrs

__all__ = [
    "AccountError",
    "ActionRequired",
    "AddressSuspended",
    "Availability",
    "BadArgument",
    "ChallengeUnanswered",
    "DecodeIssue",
    "InstanceClosed",
    "Interrupted",
    "LoginHeld",
    "LostOnTheWay",
    "NetworkError",
    "ProfileRequired",
    "ProtocolError",
    "RateLimited",
    "Refused",
    "SchoolSyncError",
    "ServerError",
    "SessionExpired",
    "StaleReference",
    "TimedOut",
    "Unavailable",
    "Undecodable",
    "UnexpectedShape",
    "UnknownName",
    "Unreachable",
    "Unsupported",
    "UsageError",
    "WrongCredentials",
    "plain_address",
]


class Availability(StrEnum):
    """Why something is, or is not, there for an account."""

    YES = "yes"
    """It is there."""
    NOT_IN_PROVIDER = "not_in_provider"
    """The school platform has no such thing."""
    OFF_AT_SCHOOL = "off_at_school"
    """The platform has it; this school switched it off."""
    NOT_FOR_THIS_ACCOUNT = "not_for_this_account"
    """Others at this school see it; this kind of account does not."""
    UNKNOWN = "unknown"
    """Not known before a log-in."""


OPAQUE = re.compile(r"[0-9A-Fa-f]{32,}")
"""A part of a path that says nothing to people: an encrypted number, an address within an address."""


def plain_address(url: str) -> str:
    """Scheme, host, port and path of *url*: the part that may be shown.

    Query, fragment, user name and path parameters (`;jsessionid=…`) are left out, because tickets
    and codes travel there; a long hexadecimal part of the path becomes `…`, with what stands behind it
    and the numbers before it, which are those of a session. What is no http address is not shown at all.
    """
    try:
        parts = urlsplit(url)
    except ValueError:  # its text may quote a password
        return "an unreadable address"
    if parts.scheme not in {"http", "https", ""}:
        return "an unreadable address"
    host = parts.netloc.rpartition("@")[2]
    shown = [segment.partition(";")[0] for segment in parts.path.split("/")]
    opaque = next((place for place, segment in enumerate(shown) if OPAQUE.fullmatch(segment)), len(shown))
    if opaque < len(shown):
        while opaque and shown[opaque - 1].isdigit():
            opaque -= 1
        shown[opaque:] = ["…"]
    path = "/".join(shown)
    return f"{parts.scheme}://{host}{path}" if parts.scheme else path


@attrs.define(eq=False, repr=False, slots=False)
class SchoolSyncError(Exception):
    """Root of every error that schoolsync raises on purpose."""

    is_retryable: ClassVar[bool] = False
    """Whether the same call may succeed later without anybody acting."""
    advice: ClassVar[str] = ""
    """What to do about it, where no more precise hint is given."""

    provider: str | None = attrs.field(default=None, kw_only=True)
    """Name of the provider that was spoken to, if any."""
    operation: str | None = attrs.field(default=None, kw_only=True)
    """What was being done, in our words: `"lessons"`."""
    hint: str | None = attrs.field(default=None, kw_only=True)
    """What the reader can do about it."""

    def __attrs_post_init__(self) -> None:
        """Fall back to the advice of the class."""
        self.hint = self.hint or self.advice or None

    @property
    def detail(self) -> str | None:
        """The facts of this very case, in safe words; `None` when the class says it all."""
        return None

    def describe(self) -> str:
        """The fact, in one sentence without a full stop."""
        fact = (type(self).__doc__ or "").partition("\n")[0].rstrip(".")
        return f"{fact} ({self.detail})" if self.detail else fact

    def __str__(self) -> str:
        """Where, what, and what to do."""
        where = " ".join(part for part in (self.provider, self.operation) if part)
        text = f"{where}: {self.describe()}" if where else self.describe()
        return f"{text}. {self.hint}" if self.hint else f"{text}."

    def __repr__(self) -> str:
        """The class and what `str` says; no fact is shown that `str` hides."""
        return f"<{type(self).__name__}: {self}>"

    def __reduce__(self) -> tuple[Callable[..., SchoolSyncError], tuple[Any, ...]]:
        """Errors cross process borders with all their facts."""
        return _rebuilt, (type(self), dict(self.__dict__))


def _rebuilt(kind: type[SchoolSyncError], facts: dict[str, Any]) -> SchoolSyncError:
    error = kind.__new__(kind)
    error.__dict__.update(facts)
    return error


# -- the road -----------------------------------------------------------------


def _plain(url: str | None) -> str | None:
    return plain_address(url) if url else None


@attrs.define(eq=False, repr=False, slots=False)
class NetworkError(SchoolSyncError):
    """The road to the school is broken."""

    is_retryable = True
    advice = "Check the connection and try again later."

    address: str | None = attrs.field(default=None, kw_only=True, converter=_plain)
    """The address that was called, without its query."""
    was_sent: bool | None = attrs.field(default=None, kw_only=True)
    """Whether the request had left; `None` when nobody can tell."""

    @property
    def detail(self) -> str | None:
        """The address."""
        return self.address


class Unreachable(NetworkError):
    """No connection could be made, or it broke."""


class TimedOut(NetworkError):
    """No answer came in time."""


class Interrupted(NetworkError):
    """The request was sent and its outcome is unknown."""

    is_retryable = False
    advice = "Look at the school's own pages before doing it again: it may have happened."


# -- the person ---------------------------------------------------------------


class AccountError(SchoolSyncError):
    """Something that only the account's owner can do."""


@attrs.define(eq=False, repr=False, slots=False)
class WrongCredentials(AccountError):
    """The school refused this log-in."""

    advice = "Check the log-in in the school's own app before trying again."

    part: str | None = None
    """Which part was wrong, if the school said: `"code"`, `"date_of_birth"`, `"email or password"`."""

    @property
    def detail(self) -> str | None:
        """The part that was wrong."""
        return f"{self.part} is wrong" if self.part else None


@attrs.define(eq=False, repr=False, slots=False)
class ChallengeUnanswered(AccountError):
    """The school asked a question that nobody answered."""

    advice = "Sign in once in a browser, or pass on_challenge=."

    kind: str
    """What was asked for: `"pin"`, `"second_factor"`, `"account"`, `"captcha"`."""

    @property
    def detail(self) -> str | None:
        """The kind of question."""
        return self.kind


@attrs.define(eq=False, repr=False, slots=False)
class ActionRequired(AccountError):
    """Something must be done in the school's own pages first."""

    advice = "Sign in once in a browser and do what is asked there."

    where: str
    """Which page or step, in words."""

    @property
    def detail(self) -> str | None:
        """The page or step."""
        return self.where


class ProfileRequired(AccountError):
    """The log-in has several profiles and none was chosen."""

    advice = "Say which with account=."


class AddressSuspended(AccountError):
    """The school said that it blocks this network address for now."""

    advice = "Wait at least six hours; every further log-in makes it longer."


@attrs.define(eq=False, repr=False, slots=False)
class LoginHeld(AccountError):
    """The log-in was held back before it reached the school."""

    advice = "Too many log-ins get accounts and addresses blocked: keep one client and reuse it."

    until: dt.datetime | None
    """When the next attempt is allowed; `None`: not before the secret changes."""
    cause: str = "pace"
    """Why: `"pace"`, `"wrong_credentials"`, `"rate_limited"`, `"suspended"`."""

    @property
    def detail(self) -> str | None:
        """The cause and the time."""
        when = f"until {self.until:%Y-%m-%d %H:%M:%S %Z}" if self.until else "until the secret changes"
        return f"{self.cause}, {when}"


# -- the school ---------------------------------------------------------------


class ServerError(SchoolSyncError):
    """The school's server said no."""


@attrs.define(eq=False, repr=False, slots=False)
class Unavailable(ServerError):
    """This is not available here."""

    reason: Availability = attrs.field(converter=Availability)
    """Why not: `not_in_provider`, `off_at_school` or `not_for_this_account`."""

    @property
    def detail(self) -> str | None:
        """The reason."""
        return self.reason


@attrs.define(eq=False, repr=False, slots=False)
class InstanceClosed(ServerError):
    """The school's service is closed or broken for now."""

    is_retryable = True
    advice = "Try again later: schools close it for maintenance and over the summer."

    status: int | None = None
    """The HTTP status, if that was the sign."""

    @property
    def detail(self) -> str | None:
        """The HTTP status."""
        return f"HTTP {self.status}" if self.status else None


class SessionExpired(ServerError):
    """The session ended, and signing in again did not help."""

    is_retryable = True
    advice = "Sign in again."


class StaleReference(ServerError):
    """This record or file is of an earlier listing that the school no longer knows."""

    advice = "List again and use the fresh record."


@attrs.define(eq=False, repr=False, slots=False)
class RateLimited(ServerError):
    """The school asks for fewer requests."""

    is_retryable = True
    advice = "Wait before the next request."

    retry_after: dt.timedelta | None = None
    """How long to wait, if the server said."""

    @property
    def detail(self) -> str | None:
        """The pause."""
        return f"wait {self.retry_after.total_seconds():.0f} s" if self.retry_after else None


@attrs.define(eq=False, repr=False, slots=False)
class Unsupported(ServerError):
    """This server speaks a version that schoolsync does not know."""

    advice = "Update schoolsync, or report the version."

    version: str
    """The version that the server named."""

    @property
    def detail(self) -> str | None:
        """The version."""
        return self.version


TEXT_LIMIT = 200
"""Characters of a server's sentence that an error keeps."""


def _shortened(text: str | None) -> str | None:
    """One line that a terminal and a log can bear; `None` if nothing is left."""
    line = "".join(letter if letter.isprintable() else " " for letter in (text or "")[: 10 * TEXT_LIMIT])
    return " ".join(line.split())[:TEXT_LIMIT].rstrip() or None


@attrs.define(eq=False, repr=False, slots=False)
class Refused(ServerError):
    """The school refused."""

    text: str | None = attrs.field(default=None, converter=_shortened)
    """The server's own sentence, already without tags and the account's identifiers."""
    code: str | int | None = attrs.field(default=None, kw_only=True)
    """The server's number or word for it, if it has one."""

    @property
    def detail(self) -> str | None:
        """The code and the server's sentence."""
        return ": ".join(str(part).rstrip(".") for part in (self.code, self.text) if part is not None) or None


# -- us -----------------------------------------------------------------------


class ProtocolError(SchoolSyncError):
    """An answer that schoolsync does not understand."""

    advice = "This message holds no personal data: please report it."


@attrs.define(eq=False, repr=False, slots=False)
class Undecodable(ProtocolError):
    """The answer could not be decoded."""

    stage: str
    """Where it failed: `"status"`, `"size"`, `"decrypt"`, `"inflate"`, `"encoding"`, `"JSON"`, `"HTML"`."""
    seen: str | None = None
    """What came instead, in safe words: status and media type."""

    @property
    def detail(self) -> str | None:
        """The stage and what was seen."""
        return f"at {self.stage}, saw {self.seen}" if self.seen else f"at {self.stage}"


@attrs.define(eq=False, repr=False, slots=False)
class UnexpectedShape(ProtocolError):
    """The answer has another shape than the one schoolsync knows."""

    path: str
    """Where, as keys and positions: `data.2.start_time`."""
    problem: str | None = None
    """The rule that was broken, or the type that was found; never a value."""

    @property
    def detail(self) -> str | None:
        """The path and the problem."""
        return f"at {self.path}: {self.problem}" if self.problem else f"at {self.path}"


@attrs.define(eq=False, repr=False, slots=False)
class LostOnTheWay(ProtocolError):
    """A portal showed a page that schoolsync does not know."""

    portal: str
    """Name of the portal."""
    hop: str
    """Which step of the way, in words."""

    @property
    def detail(self) -> str | None:
        """The portal and the step."""
        return f"{self.portal}, {self.hop}"


# -- the programmer -----------------------------------------------------------


@attrs.define(eq=False, repr=False, slots=False)
class UsageError(SchoolSyncError, ValueError):
    """A call that cannot be meant; nothing was sent."""

    problem: str
    """What is wrong with the call."""

    def describe(self) -> str:
        """The problem, as the caller can mend it."""
        return self.problem


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(names)


@attrs.define(eq=False, repr=False, slots=False)
class UnknownName(UsageError):
    """A name that is not in the list."""

    problem: str = attrs.field(default="unknown name", init=False)
    """Said in `describe`, with the kind and the suggestions."""
    kind: str
    """What was named: `"pupil"`, `"provider"`, `"portal"`."""
    name: str
    """The name as it was given."""
    known: tuple[str, ...] = attrs.field(default=(), converter=_names)
    """The names that would have been understood."""
    is_private: bool = attrs.field(default=False, kw_only=True)
    """Whether the names are people's and stay out of the text."""

    @property
    def suggestions(self) -> tuple[str, ...]:
        """Up to three known names that look like the given one."""
        return tuple(difflib.get_close_matches(self.name, self.known, n=3))

    def describe(self) -> str:
        """The kind, and the name with its nearest known ones unless they are people's."""
        if self.is_private:
            return f"unknown {self.kind}"
        near = " or ".join(self.suggestions)
        return f"unknown {self.kind} {self.name!r}" + (f" (did you mean {near}?)" if near else "")


@attrs.define(eq=False, repr=False, slots=False)
class BadArgument(UsageError):
    """An argument that cannot be right."""

    argument: str
    """Its name in the call."""
    problem: str
    """What is wrong with it, without quoting a secret."""

    def describe(self) -> str:
        """The argument and its problem."""
        return f"{self.argument}: {self.problem}"


@attrs.frozen
class DecodeIssue:
    """One row, or one field of it, that could not be read beside the good ones.

    Holds the place and the kind of trouble, never a value.
    """

    path: str
    """Keys and positions to it: `data.2.start_time`."""
    problem: str
    """What is wrong: a rule or a type."""
    is_row_lost: bool = True
    """Whether the whole row is missing, or only this field of it became `None`."""
