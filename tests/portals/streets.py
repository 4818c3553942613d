"""Streets: a school, the portal before it, and a witness who sees everything that passes between them.

```python
street = Street(directory.find("agora06"))
told = street.enter()                       # signed in, looked at, left again
assert told.name == "EXAMPLE Louison"
assert street.witness.places == {"POST educonnect.education.gouv.fr/idp/…", …}
```

Every row of the directory has one, rows of tomorrow too: what is tested for all rows asks `LIVE`, `VISITS`
and `DEAD`, and names no portal. The clients are the real ones, the town is the sandbox's.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Coroutine, Iterable, Mapping
from functools import cache
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import attrs
import trio

from schoolsync import pronote
from schoolsync.ent import directory
from schoolsync.ent.portal import EDUCONNECT, Portal, Profile, State
from schoolsync.errors import SchoolSyncError
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.mount import Mount
from schoolsync.sandbox.portals.fake import Fake
from schoolsync.sandbox.portals.people import PEOPLE, Person
from schoolsync.sandbox.portals.town import Town, make_town
from schoolsync.sandbox.pronote import PronoteServer
from tests.client.worlds import Awaited, _stepped
from tests.portals.witness import Passed, Witness
from tests.sandbox.college.fresh import fresh_college

__all__ = [
    "ACCOUNTS",
    "DEAD",
    "EVIL",
    "LIVE",
    "MAKES",
    "MAKES_OF_EDUCONNECT",
    "SOME",
    "TODAY",
    "VISITS",
    "WHO",
    "Street",
    "Told",
    "Walked",
    "called",
    "make_of",
    "of_one_town",
    "run",
    "walked",
]

T = TypeVar("T")
TODAY: Final = dt.date(2026, 11, 23)
EVIL: Final = "elsewhere.example"
"""A host that belongs to nobody."""

# -- rows -----------------------------------------------------------------------------------

LIVE: Final = tuple(row for row in directory.portals() if row.state is not State.DEAD)
"""Every row that can be chosen."""
DEAD: Final = tuple(row for row in directory.portals() if row.state is State.DEAD)
"""Every row that is over."""
VISITS: Final = tuple((row, profile) for row in LIVE for profile in sorted(row.admits))
"""Every way in: a row, and as whom."""


def make_of(row: Portal) -> str:
    """What *row* has in common with others: the family, and which of its ways."""
    kind = type(row.family).__name__
    return f"{kind}.authn" if getattr(row.family, "authn", False) else kind


MAKES: Final[Mapping[str, Portal]] = {
    make_of(row): row for row in sorted(LIVE, key=lambda row: (len(row.admits), row.state is State.CURRENT))
}
"""One row of each make: of those that take the most, one that works today if there is any."""
SOME: Final = (
    "ApereoCasForm",
    "KeycloakMonLycee",
    "KosmosEduConnect",
    "OpenEntEduConnect.authn",
    "Toutatice",
)
"""A few makes that differ most, for what hardly depends on the portal."""
MAKES_OF_EDUCONNECT: Final = {make: row for make, row in MAKES.items() if row.family.uses_educonnect}
"""Those whose password is EduConnect's."""


def called(row: Portal | tuple[Portal, Profile]) -> str:
    """How a test of *row* is named."""
    return row.name if isinstance(row, Portal) else f"{row[0].name}-{row[1]}"


# -- people -----------------------------------------------------------------------------------

WHO: Final[Mapping[Profile, Person]] = {
    Profile.PUPIL: PEOPLE[0],
    Profile.PARENT: PEOPLE[1],
    Profile.STAFF: PEOPLE[3],
}
"""Who comes as whom."""
ACCOUNTS: Final = {Profile.PUPIL: "student", Profile.PARENT: "parent", Profile.STAFF: "teacher"}
"""What their account is called."""


@attrs.frozen
class Told:
    """What a client knows that is signed in."""

    name: str
    """Who."""
    kind: str
    """What the account is for."""
    pupils: tuple[str, ...]
    """Whose it is about."""

    @classmethod
    def by(cls, client: Any) -> Told:
        """What *client* says; no I/O."""
        return cls(client.user.name, client.user.kind, tuple(pupil.name for pupil in client.pupils))


# -- a street -------------------------------------------------------------------------------------


def _clock() -> HandClock:
    return HandClock(dt.datetime.combine(TODAY, dt.time(9), ZoneInfo("Europe/Paris")))


def _town(street: Street) -> Town:
    hosts = {*street.row.all_hosts, *street.row.fronts}
    return make_town(clock=street.clock, college=fresh_college(TODAY), hosts=hosts)


@attrs.define
class Street:
    """One portal, a school behind it, and a client's road to both."""

    row: Portal
    clock: HandClock = attrs.field(factory=_clock)
    town: Town = attrs.field(default=attrs.Factory(_town, takes_self=True))
    witness: Witness = attrs.field(
        default=attrs.Factory(lambda self: Witness(Mount(self.town.servers)), takes_self=True)
    )

    @property
    def fake(self) -> Fake:
        """What shows the portal."""
        return self.town.fake(self.row.family.hosts[0])

    @property
    def school(self) -> PronoteServer:
        """The PRONOTE behind it."""
        return self.town.school(self.row.family.hosts[0])

    @property
    def asker(self) -> Fake:
        """Who asks for the password."""
        return self.town.educonnect if self.row.family.uses_educonnect else self.fake

    @property
    def first(self) -> Profile:
        """As whom one comes if it does not matter."""
        return Profile.PUPIL if Profile.PUPIL in self.row.admits else min(self.row.admits)

    def url(self, profile: Profile = Profile.PUPIL) -> str:
        """The school's page for *profile*."""
        kind = {"pupil": "student", "parent": "parent", "staff": "teacher"}[profile]
        return self.town.instance(self.row.family.hosts[0], kind)

    @property
    def school_host(self) -> str:
        """The school's."""
        return urlsplit(self.url()).netloc.lower()

    @property
    def allowed(self) -> set[str]:
        """Whom a client may send anything to."""
        others = {EDUCONNECT} if self.row.family.uses_educonnect else set()
        return {*self.row.all_hosts, *self.row.fronts, self.school_host, *others}

    @property
    def proofs(self) -> dict[str, int]:
        """Host → how many requests brought a password there; nobody else is in it."""
        fakes = {fake.host: fake for fake in self.town.fakes.values()}
        return {host: fake.proofs for host, fake in fakes.items() if fake.proofs}

    @property
    def foreign_cookies(self) -> int:
        """Cookies that arrived where they do not belong."""
        fakes = {fake.host: fake for fake in self.town.fakes.values()}
        return sum(fake.foreign_cookies for fake in fakes.values())

    # -- clients --

    def given(self, profile: Profile, **options: Any) -> dict[str, Any]:
        """What a client is made of: who comes as *profile*, unless *options* say otherwise."""
        who = options.pop("who", WHO[profile])
        whole = {
            "url": self.url(profile),
            "username": who.username,
            "password": who.password,
            "cas": self.row.name,
            "account": ACCOUNTS[profile],
            "http_client": self.witness,
            "clock": self.clock,
        }
        return whole | options

    async def log_in(self, world: str = "sync", profile: Profile | None = None, **options: Any) -> Any:
        """A client of *world* that is signed in, and awaits whatever the world is."""
        given = self.given(self.first if profile is None else profile, **options)
        if world == "sync":
            return Awaited(pronote.login(**given))
        return await pronote.login_async(**given)

    def enter(self, profile: Profile | None = None, *, world: str = "sync", **options: Any) -> Told:
        """Signed in, looked at, and left again."""

        async def body() -> Told:
            client = await self.log_in(world, profile, **options)
            told = Told.by(client)
            await client.aclose()
            return told

        return run(world, body)

    def failed(
        self, profile: Profile | None = None, *, world: str = "sync", **options: Any
    ) -> SchoolSyncError:
        """The error that a log-in ends in.

        Raises:
            AssertionError: It does not.
        """
        try:
            self.enter(profile, world=world, **options)
        except SchoolSyncError as error:
            return error
        raise AssertionError("somebody was let in")


def of_one_town(rows: Iterable[Portal]) -> list[Street]:
    """Streets of one town that has every portal: each with a school of its own, and one clock for all."""
    clock = _clock()
    town = make_town(clock=clock, college=fresh_college(TODAY))
    return [Street(row, clock, town) for row in rows]


@attrs.frozen
class Walked:
    """One trip, over."""

    told: Told
    """Who was let in."""
    seen: tuple[Passed, ...]
    """Everything that left, in order."""
    way: tuple[Passed, ...]
    """The same, until somebody had arrived."""
    proofs: Mapping[str, int]
    """Host → how many requests brought a password there."""
    foreign_cookies: int
    """Cookies that arrived where they do not belong."""


@cache
def walked(name: str, profile: Profile | None = None) -> Walked:
    """A trip through the portal called *name*, made once for all tests that only look at it."""
    street = Street(directory.find(name))
    told = street.enter(profile)
    seen = street.witness
    return Walked(told, tuple(seen.seen), tuple(seen.way), street.proofs, street.foreign_cookies)


def run(world: str, body: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """What *body* returns in that world: `"sync"`, `"asyncio"` or `"trio"`."""
    if world == "trio":
        found: T = trio.run(body)
        return found
    return asyncio.run(body()) if world == "asyncio" else _stepped(body())
