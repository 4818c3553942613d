"""What a value on the wire must mean, where the school says the meaning and not the bytes."""

from __future__ import annotations

import abc
import datetime as dt
import html
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final, Protocol

import attrs

__all__ = [
    "ABSENT",
    "Addresses",
    "Beginning",
    "DayFrom",
    "Ending",
    "Instant",
    "LeadsTo",
    "Markup",
    "Matcher",
    "Name",
    "Opens",
    "Same",
    "Share",
    "SomeNumber",
    "SomeText",
    "Wall",
    "WallUntil",
]


class Absent:
    """The field is not there."""

    def __repr__(self) -> str:
        """For messages."""
        return "nothing at all"


ABSENT: Final = Absent()
"""Stands where a field must be missing."""


class Addresses(Protocol):
    """What is behind addresses, for whoever asked last."""

    def fetch(self, url: str) -> bytes:
        """What is at *url*, at the end of its redirects; nothing if it is refused."""
        ...

    def target(self, url: str) -> str | None:
        """Where *url* redirects to, if it does."""
        ...


class Matcher(abc.ABC):
    """What a value must mean."""

    @abc.abstractmethod
    def fits(self, said: Any) -> bool:
        """Whether *said* means it; anything that cannot be read raises a `ValueError` or `TypeError`."""


@attrs.frozen
class Name(Matcher):
    """A name, written with or without character references; `None` is `None`."""

    text: str | None
    """The name."""

    def fits(self, said: Any) -> bool:
        """The same name."""
        return said is None if self.text is None else html.unescape(said) == self.text


@attrs.frozen
class Markup(Matcher):
    """A text in which lines end with `<br>`; nothing is an empty text."""

    text: str | None
    """What a person reads."""

    def fits(self, said: Any) -> bool:
        """The same text."""
        return html.unescape(said.replace("<br>", "\n")) == (self.text or "")


@attrs.frozen
class Beginning(Matcher):
    """The first words of a text, or all of it."""

    text: str | None
    """The whole text."""

    def fits(self, said: Any) -> bool:
        """A beginning, which is empty only when the text is."""
        read = html.unescape(said.replace("<br>", "\n"))
        return (self.text or "").startswith(read) and bool(read) == bool(self.text)


@attrs.frozen
class Instant(Matcher):
    """A moment, written in ISO 8601 with any offset; `None` is `None`."""

    moment: dt.datetime | None
    """The moment."""

    def fits(self, said: Any) -> bool:
        """The same moment, and an offset is written."""
        if said is None or self.moment is None:
            return said is self.moment
        read = dt.datetime.fromisoformat(said)
        return read.tzinfo is not None and read.astimezone(dt.UTC) == self.moment.astimezone(dt.UTC)


@attrs.frozen
class Wall(Matcher):
    """A moment as the school's clock on the wall shows it: `2026-03-05 11:42:10`."""

    moment: dt.datetime
    """The moment, in the school's zone."""

    def fits(self, said: Any) -> bool:
        """The same reading of the clock."""
        return dt.datetime.strptime(said, "%Y-%m-%d %H:%M:%S") == self.moment.replace(tzinfo=None)  # noqa: DTZ007


@attrs.frozen
class WallUntil(Matcher):
    """A moment within the minute before another, on the same clock."""

    moment: dt.datetime
    """The other moment, in the school's zone."""

    def fits(self, said: Any) -> bool:
        """Not later, and not a minute earlier."""
        read = dt.datetime.strptime(said, "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007
        return dt.timedelta() <= self.moment.replace(tzinfo=None) - read < dt.timedelta(minutes=1)


@attrs.frozen
class DayFrom(Matcher):
    """A day, not before another."""

    day: dt.date
    """The other day."""

    def fits(self, said: Any) -> bool:
        """That day or a later one."""
        return dt.date.fromisoformat(said) >= self.day


@attrs.frozen
class Opens(Matcher):
    """An address that leads to a file."""

    body: bytes = attrs.field(repr=False)
    """What is in the file."""
    addresses: Addresses = attrs.field(repr=False)
    """Knows what is where."""

    def fits(self, said: Any) -> bool:
        """Exactly those bytes."""
        return self.addresses.fetch(said) == self.body


@attrs.frozen
class LeadsTo(Matcher):
    """An address that leads to another one."""

    url: str | None
    """The other one."""
    addresses: Addresses = attrs.field(repr=False)
    """Knows what leads where."""

    def fits(self, said: Any) -> bool:
        """Not that address itself, but a redirect to it."""
        return said != self.url and self.addresses.target(said) == self.url


@attrs.frozen
class Ending(Matcher):
    """An address whose end is known; `None` is `None`."""

    text: str | None
    """The end."""

    def fits(self, said: Any) -> bool:
        """An address with that end."""
        if self.text is None:
            return said is None
        return bool(said.startswith("http") and said.endswith(f"/{self.text}"))


@attrs.frozen
class SomeText(Matcher):
    """A text that the school does not decide, but not an empty one."""

    def fits(self, said: Any) -> bool:
        """Any text."""
        return isinstance(said, str) and bool(said)


@attrs.frozen
class SomeNumber(Matcher):
    """A number that the school does not decide."""

    def fits(self, said: Any) -> bool:
        """Any positive whole number."""
        return type(said) is int and said > 0


@attrs.frozen
class Share(Matcher):
    """A part of a whole, written in per cent as a text."""

    share: Fraction
    """Between 0 and 1."""

    def fits(self, said: Any) -> bool:
        """The same, to one decimal place."""
        return isinstance(said, str) and abs(Fraction(said) - 100 * self.share) <= Fraction(1, 20)


@attrs.frozen
class Same(Matcher):
    """A whole map, where the peer declares something else."""

    fields: Mapping[str, Any]
    """All of it."""

    def fits(self, said: Any) -> bool:
        """Exactly that."""
        return bool(said == self.fields)
