"""Who has an account at the portals, and what portals and EduConnect tell others about them."""

from __future__ import annotations

import base64
import datetime as dt
import random
from typing import Literal, TypeAlias

import attrs

from schoolsync.flow.effects import Clock

__all__ = ["PEOPLE", "Assertions", "Person", "Tickets", "Trouble"]

Trouble: TypeAlias = Literal[
    "none",
    "locked",
    "captcha",
    "birth_date",
    "code",
    "new_password",
    "activation",
    "reset",
    "unlinked",
    "two_schools",
    "two_profiles",
]
"""What stands between the right password and the portal.

`captcha`, `birth_date` and `code` are asked for by EduConnect; `reset` by portals of Edifice, whose password
it then is. `unlinked`: EduConnect knows them and no portal does. `two_schools` and `two_profiles` get in when
they have said which. Whoever does not ask for such a thing lets them in.
"""
ELSEWHERE = "inconnu.example"
"""The account of somebody whom the school does not know."""


@attrs.frozen(kw_only=True)
class Person:
    """An invented person with an account at EduConnect and, with the same words, at every portal."""

    username: str = attrs.field(repr=False)
    """What they type."""
    password: str = attrs.field(repr=False)
    """Not the one that they have at the school itself."""
    login: str = attrs.field(repr=False)
    """Their account at the school, which a ticket names."""
    kind: Literal["student", "parent", "teacher"]
    """What they are there. EduConnect has no teachers."""
    trouble: Trouble = "none"
    """What comes before they are let in."""
    birth_date: str = attrs.field(default="", repr=False)
    """`DD/MM/YYYY`, where it is asked for."""
    code: str = attrs.field(default="", repr=False)
    """The code of a second factor, where it is asked for."""


def _pupil(username: str, password: str, trouble: Trouble = "none", **more: str) -> Person:
    return _person(username, password, "louison.example", "student", trouble=trouble, **more)


def _person(
    username: str,
    password: str,
    login: str,
    kind: Literal["student", "parent", "teacher"],
    *,
    trouble: Trouble = "none",
    **more: str,
) -> Person:
    return Person(username=username, password=password, login=login, kind=kind, trouble=trouble, **more)


PEOPLE: tuple[Person, ...] = (
    _pupil("l.example", "Portail & Louison 1"),
    _person("r.example", "Portail+Robin=2", "robin.example", "parent"),
    _person("d.factice", "Portail%Dominique 3", "dominique.factice", "parent"),
    _person("a.modele", "Portail d'Ana 4", "ana.modele", "teacher"),
    _pupil("bloque.example", "Portail 5 bloque", "locked"),
    _pupil("image.example", "Portail 6 image", "captcha"),
    _pupil("naissance.example", "Portail 7 jour", "birth_date", birth_date="03/02/2011"),
    _pupil("code.example", "Portail 8 code", "code", code="246810"),
    _pupil("nouveau.example", "Portail 9 nouveau", "new_password"),
    _person("inconnu.example", "Portail 10 inconnu", ELSEWHERE, "student", trouble="unlinked"),
    _pupil("deux.example", "Portail 11 deux", "two_schools"),
    _pupil("profils.example", "Portail 12 profils", "two_profiles"),
    _pupil("activer.example", "Portail 13 activer", "activation"),
    _pupil("oubli.example", "Portail 14 oubli", "reset"),
)
"""Everybody: four who get in, and one for each trouble."""


@attrs.define
class Tickets:
    """Tickets that were given and not yet taken back: each for one service, good once and not for long."""

    _chance: random.Random = attrs.field(repr=False)
    _clock: Clock | None = None
    """`None`: time stands still."""
    lifetime: dt.timedelta = dt.timedelta(seconds=30)
    """How long one is good. Evidence: inferred (seconds)."""
    _given: dict[str, tuple[str, str, float]] = attrs.field(factory=dict, init=False, repr=False)

    def give(self, service: str, login: str) -> str:
        """A ticket that tells *service*, and nobody else, that this is *login*."""
        ticket = f"ST-{self._chance.randrange(1, 100_000)}-{self._chance.getrandbits(96):024x}"
        self._given[ticket] = (service, login, self._now() + self.lifetime.total_seconds())
        return ticket

    def take(self, ticket: str, service: str) -> str | None:
        """Whose *ticket* it is; `None` if it is of another service, was taken before, is too old, or none."""
        meant, login, end = self._given.pop(ticket, ("", None, 0.0))
        return login if meant == service and self._now() <= end else None

    def _now(self) -> float:
        return self._clock.monotonic() if self._clock else 0.0


@attrs.define
class Assertions:
    """Answers of EduConnect that no portal has taken yet: each for one portal, and good once."""

    _chance: random.Random = attrs.field(repr=False)
    _given: dict[str, tuple[str, Person]] = attrs.field(factory=dict, init=False, repr=False)

    def give(self, acs: str, person: Person) -> str:
        """The `SAMLResponse` that tells the portal which listens at *acs*, and nobody else, who this is."""
        number = f"{self._chance.getrandbits(160):040x}"
        markup = f'<samlp:Response ID="_{number}" Destination="{acs}"></samlp:Response>'
        said = base64.b64encode(markup.encode()).decode()
        self._given[said] = (acs, person)
        return said

    def take(self, said: str, acs: str) -> Person | None:
        """Of whom *said* speaks; `None` if it is for another portal, was taken before, or is none."""
        meant, person = self._given.pop(said, ("", None))
        return person if meant == acs else None
