"""Somebody who is signed in and asks, without the protocol in between."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import attrs

from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.college.roll import Account
from schoolsync.sandbox.pronote.call import Call
from schoolsync.sandbox.pronote.encode.people import class_element, pupil_element
from schoolsync.sandbox.pronote.functions import READINGS
from schoolsync.sandbox.pronote.generations import CURRENT, Generation
from schoolsync.sandbox.pronote.ids import Ids

WEDNESDAY_NOON = dt.datetime(2026, 3, 11, 12, tzinfo=ZoneInfo("Europe/Paris"))


@attrs.define
class Asker:
    """A session of one account."""

    college: SandboxCollege
    number: str = "e1"
    generation: Generation = CURRENT
    ids: Ids = attrs.field(factory=lambda: Ids(b"a session"))
    now: dt.datetime = WEDNESDAY_NOON

    @property
    def account(self) -> Account:
        """Who asks."""
        return self.college.account_numbered(self.number)

    @property
    def desk(self) -> CollegeDesk:
        """The desk that this account sees unless it asks for another one."""
        return self.college.desk_of(self.account)

    def call(self, function: str = "", *, tab: int | None = None, **data: Any) -> Call:
        """A call, about the first pupil."""
        return Call(
            function=function,
            tab=tab,
            data=data,
            account=self.account,
            desk=self.desk,
            college=self.college,
            generation=self.generation,
            ids=self.ids,
            now=self.now,
        )

    def ask(self, function: str, *, tab: int | None = None, **data: Any) -> Any:
        """The answer, its typed values taken out of their wrappings."""
        return unwrapped(READINGS[function](self.call(function, tab=tab, **data)))

    def pupil(self, number: str) -> dict[str, Any]:
        """A pupil as this session names them."""
        return pupil_element(self.ids, self.college.desks[number].file)

    def group(self, name: str) -> dict[str, Any]:
        """A class as this session names it."""
        return class_element(self.ids, name)


def unwrapped(said: Any) -> Any:
    """*said* without types."""
    if isinstance(said, dict):
        return unwrapped(said["V"]) if "_T" in said else {key: unwrapped(said[key]) for key in said}
    return [unwrapped(one) for one in said] if isinstance(said, list) else said


def day(when: dt.date) -> dict[str, Any]:
    """A day as clients send it, without padding and with a time."""
    return {"_T": 7, "V": f"{when.day}/{when.month}/{when.year} 0:0:0"}


def weeks(said: str) -> dict[str, Any]:
    """A set of weeks as clients send it."""
    return {"_T": 8, "V": said}
