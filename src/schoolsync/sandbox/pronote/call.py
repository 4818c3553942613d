"""One function call by somebody who is signed in, with everything that answers it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.pronote.generations import Generation
from schoolsync.sandbox.pronote.ids import Ids

if TYPE_CHECKING:
    from schoolsync.sandbox.college.college import SandboxCollege
    from schoolsync.sandbox.college.roll import Account
    from schoolsync.sandbox.pronote.tokens import MobileTokens

__all__ = ["Call", "Complaint", "Reading", "Trouble", "bare"]


class Trouble(Exception):
    """The server answers with `Erreur` instead of a result."""

    def __init__(self, number: int, title: str, message: str = "") -> None:
        super().__init__(title)
        self.number = number
        self.title = title
        self.message = message


class Complaint(Exception):
    """The server does nothing, and says so in the signature of its answer."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@attrs.define(kw_only=True)
class Call:
    """A function call."""

    function: str
    """Its name: `PageEmploiDuTemps`."""
    tab: int | None
    """The screen on whose behalf it is made."""
    data: Mapping[str, Any] = attrs.field(repr=False)
    """What came with it, as sent."""
    account: Account
    """Who is signed in."""
    desk: CollegeDesk
    """Of the pupil whom it is about: the user, or the child that a parent named, else the first one."""
    college: SandboxCollege = attrs.field(repr=False)
    """The school, which may be changed."""
    generation: Generation
    """How this server talks."""
    ids: Ids = attrs.field(repr=False)
    """The ids of this session."""
    now: dt.datetime
    """The present, in the school's zone."""
    session: int = 0
    """Number of the session."""
    tokens: MobileTokens | None = attrs.field(default=None, repr=False)
    """What telephones sign in with; `None` where none can."""
    files: list[str] = attrs.field(factory=list, repr=False)
    """Gets files that go along, in base64."""
    report: dict[str, Any] = attrs.field(factory=dict, repr=False)
    """Gets what a function that saves has to say (`RapportSaisie`)."""

    def thing(self, element: object) -> str:
        """What the element `{N: …}` of this session stands for.

        Raises:
            Trouble: It is none of this session (22: the document or object has expired).
        """
        given = element.get("N") if isinstance(element, Mapping) else None
        found = self.ids.thing(given)
        if found is None:
            raise Trouble(22, "L'objet demandé n'existe plus")
        return found


Reading: TypeAlias = Callable[[Call], Mapping[str, Any]]
"""What a function answers: its content."""


def bare(said: Any) -> Any:
    """What a typed value holds; anything else as it is."""
    return said.get("V") if isinstance(said, Mapping) and "_T" in said else said
