"""What a value that pronotepy gives must mean, where the school says the meaning and not the text."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

import attrs

from schoolsync.model import Lesson, LessonStatus
from tests.peers.matchers import Addresses, Matcher
from tests.peers.pronote.told import Failed

__all__ = ["Calendar", "Fails", "Holds", "Known", "Points", "Printed", "Week", "local", "midnight", "plain"]

WEEK = dt.timedelta(weeks=1)
EVENT = re.compile(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", re.DOTALL)


def local(moment: dt.datetime) -> dt.datetime:
    """*moment* on the school's clock, without its zone. Give it in the school's zone."""
    return moment.replace(tzinfo=None)


def midnight(day: dt.date) -> dt.datetime:
    """The beginning of *day*, without a zone."""
    return dt.datetime.combine(day, dt.time())


def plain(markup: str) -> str:
    """*markup* without its tags: what is between them stays, whatever it is; nothing takes their place."""
    return html.unescape("".join(piece.rpartition(">")[2] for piece in markup.split("<")))


@attrs.frozen
class Known(Matcher):
    """An id: what its session gave it for."""

    thing: str
    """`lesson:` and its key."""
    things: Callable[[object], str | None] = attrs.field(repr=False)
    """What the ids of the session stand for."""

    def fits(self, said: Any) -> bool:
        """The id of that, and of this session."""
        return self.things(said) == self.thing


@attrs.frozen
class Points(Matcher):
    """A number, written as a text with a decimal comma or point."""

    figure: Decimal | None
    """The number."""
    nothing: str | None = None
    """What stands where there is none."""

    def fits(self, said: Any) -> bool:
        """The same number, however many zeros are written."""
        if self.figure is None:
            return bool(said == self.nothing)
        return isinstance(said, str) and Decimal(said.replace(",", ".")) == self.figure


@attrs.frozen
class Fails(Matcher):
    """Nothing: the peer does not understand the answer."""

    error: str
    """Name of its error."""

    def fits(self, said: Any) -> bool:
        """Exactly that error."""
        return bool(said == Failed(self.error))


@attrs.frozen
class Holds(Matcher):
    """A map with more in it than is said here."""

    fields: Mapping[str, Any]
    """Some of it: plain values and matchers."""

    def fits(self, said: Any) -> bool:
        """All of these, each as expected."""
        return all(
            value.fits(said.get(key)) if isinstance(value, Matcher) else said.get(key) == value
            for key, value in self.fields.items()
        )


@attrs.frozen
class Week(Matcher):
    """The number of the present week in the world outside, which knows no scene."""

    first_monday: dt.date
    """The Monday of week 1."""

    def fits(self, said: Any) -> bool:
        """This week; or that of an hour ago, if the week has just begun."""
        now = dt.datetime.now().astimezone()
        days = (now.date(), (now - dt.timedelta(hours=1)).date())
        return said in {1 + int((day - self.first_monday) / WEEK) for day in days}


@attrs.frozen
class Printed(Matcher):
    """An address that leads to a printed page."""

    words: bytes
    """Something that is on it."""
    addresses: Addresses = attrs.field(repr=False)
    """Knows what is where."""

    def fits(self, said: Any) -> bool:
        """A PDF with these words."""
        body = self.addresses.fetch(said)
        return body.startswith(b"%PDF") and self.words in body


@attrs.frozen
class Calendar(Matcher):
    """An address that leads to a calendar."""

    lessons: Iterable[Lesson] = attrs.field(repr=False)
    """What is in it."""
    addresses: Addresses = attrs.field(repr=False)
    """Knows what is where."""

    def fits(self, said: Any) -> bool:
        """These lessons and no others, at their times; it says which do not take place."""
        text = self.addresses.fetch(said).decode()
        return sorted(map(_event, EVENT.findall(text))) == sorted(map(_expected_event, self.lessons))


def _event(text: str) -> tuple[str, ...]:
    said = dict(line.split(":", 1) for line in text.splitlines())
    return said["UID"], said["DTSTART"], said["DTEND"], said.get("STATUS", "")


def _expected_event(lesson: Lesson) -> tuple[str, ...]:
    start, end = (f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}" for moment in (lesson.start, lesson.end))
    return lesson.key, start, end, "CANCELLED" if lesson.status is LessonStatus.CANCELLED else ""
