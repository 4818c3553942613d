"""A town: every portal under its own name, EduConnect, the directory of schools, and a school behind each.

```python
town = make_town(clock=clock)
url = town.instance("cas.agora06.fr")
mount = Mount(town.servers)
client = pronote.login(url, "l.example", "Portail & Louison 1", cas="agora06", http_client=mount)
```

All schools are the same invented collège, each at a host of its own with a portal of its own in front.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping
from typing import Any, Final, cast
from zoneinfo import ZoneInfo

import attrs

from schoolsync.flow.effects import Clock
from schoolsync.sandbox.college.college import SandboxCollege, make_college
from schoolsync.sandbox.mount import Server
from schoolsync.sandbox.portals.apereo import ApereoCasEduConnect, ApereoCasForm
from schoolsync.sandbox.portals.educonnect import Assistance, EduConnect
from schoolsync.sandbox.portals.fake import Common, Fake
from schoolsync.sandbox.portals.hubeduconnect import HubEduConnect, SamlDiscovery
from schoolsync.sandbox.portals.keycloak import KeycloakMonLycee
from schoolsync.sandbox.portals.kosmos import Kosmos
from schoolsync.sandbox.portals.laclasse import Laclasse
from schoolsync.sandbox.portals.openent import OpenEnt, OpenEntFront
from schoolsync.sandbox.portals.oze import Oze
from schoolsync.sandbox.portals.people import PEOPLE, Person
from schoolsync.sandbox.portals.places import PLACES
from schoolsync.sandbox.portals.saml import EDUCONNECT
from schoolsync.sandbox.portals.schools import Geolocation, ListedSchool
from schoolsync.sandbox.portals.shib_wayf import ShibWayf
from schoolsync.sandbox.portals.simple import Simple
from schoolsync.sandbox.portals.toutatice import Toutatice
from schoolsync.sandbox.pronote import CURRENT, Front, Generation, PronoteServer, Rules
from schoolsync.sandbox.pronote.page import SPACES

__all__ = ["FAKES", "Town", "make_town"]

FAKES: Final[Mapping[str, type[Fake]]] = {
    "apereo_cas_educonnect": ApereoCasEduConnect,
    "apereo_cas_form": ApereoCasForm,
    "assistance": Assistance,
    "educonnect": EduConnect,
    "geolocation": Geolocation,
    "hubeduconnect": HubEduConnect,
    "keycloak_monlycee": KeycloakMonLycee,
    "kosmos_educonnect": Kosmos,
    "kosmos_form": Kosmos,
    "laclasse_sso": Laclasse,
    "openent_educonnect": OpenEnt,
    "openent_front": OpenEntFront,
    "openent_local": OpenEnt,
    "oze": Oze,
    "saml_discovery_educonnect": SamlDiscovery,
    "shib_wayf_educonnect": ShibWayf,
    "simple_form": Simple,
    "toutatice": Toutatice,
}
"""Make of portal, or other party → what shows it."""

PATH, DOMAIN = "/pronote", "example.test"
DIRECTORY: Final = "www.index-education.com"
EVERYWHERE: Final = frozenset(("assistance", "educonnect", "geolocation"))
"""Parties that no town is without."""
CENTRE: Final = (46.5, 2.5)
STEP: Final = 0.02
"""Degrees between one school and the next one to the north of it: a bit more than two kilometres."""


@attrs.frozen(kw_only=True)
class Town:
    """Every host, and the collège behind all of them."""

    common: Common = attrs.field(repr=False)
    """Time, people, tickets."""
    college: SandboxCollege = attrs.field(repr=False)
    """What every PRONOTE of the town shows."""
    fakes: Mapping[str, Fake] = attrs.field(repr=False)
    """Host → the portal, or the other party, that it shows."""
    schools: Mapping[str, PronoteServer] = attrs.field(repr=False)
    """Host → the PRONOTE there."""
    homes: Mapping[str | None, str] = attrs.field(repr=False)
    """A portal's first host → the host of the school behind it; `None`: of the one that has no portal."""

    @property
    def servers(self) -> Mapping[str, Server]:
        """Everybody, by host, for `Mount` and `serve_hosts`."""
        return {**self.fakes, **self.schools}

    def fake(self, host: str) -> Fake:
        """The portal, or the other party, that *host* shows.

        Raises:
            KeyError: None is there.
        """
        return self.fakes[host]

    @property
    def educonnect(self) -> EduConnect:
        """Where most people have their account."""
        return cast("EduConnect", self.fakes[EDUCONNECT])

    @property
    def directory(self) -> Geolocation:
        """Where schools are looked up by place."""
        return cast("Geolocation", self.fakes[DIRECTORY])

    def instance(self, host: str | None = None, kind: str = "student") -> str:
        """The address of a PRONOTE behind the portal at *host*: one of its pages.

        Args:
            host: Any host of the portal; `None`: the school that has no portal.
            kind: Whose page: `student`, `parent` or `teacher`.

        Raises:
            KeyError: No school is behind that host, or nobody is of that kind.
        """
        pages = {space.kind: space.page for space in SPACES if not space.is_mobile}
        return f"https://{self._home(host)}{PATH}/{pages[kind]}"

    def school(self, host: str | None = None) -> PronoteServer:
        """That PRONOTE itself: to look at, and to make things go wrong.

        Raises:
            KeyError: No school is behind that host.
        """
        return self.schools[self._home(host)]

    def _home(self, portal: str | None) -> str:
        return self.homes[None if portal is None else self.fakes[portal].host]


def make_town(
    *,
    clock: Clock,
    seed: int = 1,
    college: SandboxCollege | None = None,
    generation: Generation = CURRENT,
    people: tuple[Person, ...] = PEOPLE,
    hosts: Collection[str] | None = None,
) -> Town:
    """A town in which everything works.

    Args:
        clock: Everybody's time.
        seed: Another one gives other tokens, and another collège if none is given.
        college: The collège behind every portal; drawn for today if not given.
        generation: How its PRONOTE talks.
        people: Who has an account at the portals.
        hosts: Which portals there are, by any of their hosts; every one if not given.
    """
    common = Common(clock=clock, chance=random.Random(f"{seed} portals"), people=people)
    today = clock.now().astimezone(ZoneInfo("Europe/Paris")).date()
    fakes = _fakes(common, hosts)
    led_to = (None, *(host for host in PLACES if host in fakes and fakes[host].cas_path))
    homes = {portal: f"{number:07d}a.{DOMAIN}" for number, portal in enumerate(led_to)}
    common.schools |= {*homes.values()}
    town = Town(
        common=common,
        college=college or make_college(seed=seed, today=today),
        fakes=fakes,
        schools={},
        homes=homes,
    )
    return attrs.evolve(town, schools=_schools(town, generation, seed))


def _fakes(common: Common, hosts: Collection[str] | None) -> dict[str, Fake]:
    """Every portal that is wanted, by all of its hosts."""
    found: dict[str, Fake] = {}
    for host, place in PLACES.items():
        if hosts is not None and place.family not in EVERYWHERE and not {host, *place.also} & {*hosts}:
            continue
        settings: dict[str, Any] = dict(place.settings)
        fake = FAKES[place.family](host=host, common=common, **settings)
        found |= dict.fromkeys((host, *place.also), fake)
    return found


def _schools(town: Town, generation: Generation, seed: int) -> dict[str, PronoteServer]:
    """A PRONOTE at every host that is to have one; the directory lists them, and portals know their own."""
    found = {}
    for number, (portal, host) in enumerate(town.homes.items()):
        fake = town.fakes[portal] if portal else None
        root = f"https://{host}{PATH}"
        front = Front(fake.cas_url, town.common.tickets, root=root) if fake else None
        found[host] = PronoteServer(
            town.college,
            clock=town.common.clock,
            generation=generation,
            seed=seed,
            rules=Rules(portal=front),
        )
        town.directory.schools.append(_listed(town, host, number))
        if isinstance(fake, Oze) and front:
            fake.service = front.service(root, "eleve.html")
    return found


def _listed(town: Town, host: str, number: int) -> ListedSchool:
    """The school at *host*, in a row from the middle of the country to the north."""
    name, _, domain = host.partition(".")
    return ListedSchool(
        name=town.college.school.name,
        url=f"https://{name.upper()}.{domain}{PATH}",
        latitude=round(CENTRE[0] + number * STEP, 4),
        longitude=CENTRE[1],
        postcode="00000",
    )
