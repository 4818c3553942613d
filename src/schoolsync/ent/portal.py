"""The words of a portal: what it is, who comes, which door they want to go through, and how they arrive."""

from __future__ import annotations

import datetime as dt
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Final
from urllib.parse import urlsplit

import attrs

from schoolsync.errors import BadArgument, SchoolSyncError, plain_address
from schoolsync.flow.http import Cookies, Headers, Response
from schoolsync.flow.secret import Secret

if TYPE_CHECKING:
    from schoolsync.ent.border import Side
    from schoolsync.ent.trip import Trip

__all__ = [
    "EDUCONNECT",
    "EVERYBODY",
    "HOUSEHOLD",
    "Arrival",
    "Door",
    "Family",
    "Hop",
    "Portal",
    "Profile",
    "State",
    "Visitor",
    "portal_of",
]

EDUCONNECT: Final = "educonnect.education.gouv.fr"
"""Where most pupils and parents of France have their account."""
HOST: Final = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{1,5})?")
"""A host as it stands in a row: a whole name in lower case, with its port if that is not the usual one."""
NAME: Final = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")


class State(StrEnum):
    """Whether a portal still works, as far as its evidence says."""

    CURRENT = "current"
    """It works, or most probably does."""
    HISTORIC = "historic"
    """An older way, which may still work for some accounts."""
    DEAD = "dead"
    """It cannot work any more: its host is gone, or it wants what we refuse to do."""


class Profile(StrEnum):
    """As who somebody comes."""

    PUPIL = "pupil"
    PARENT = "parent"
    STAFF = "staff"


HOUSEHOLD: Final = frozenset((Profile.PUPIL, Profile.PARENT))
"""Those who have an account of EduConnect."""
EVERYBODY: Final = frozenset(Profile)
"""Those who may have an account of a portal itself."""


# -- who comes, and where to -------------------------------------------------------------


@attrs.frozen
class Visitor:
    """Who wants to get in."""

    username: str = attrs.field(repr=False)
    """As typed."""
    password: Secret
    """The portal's, or EduConnect's."""
    profile: Profile
    """As who they come."""


@attrs.frozen
class Door:
    """What a provider wants of a portal: to come back to it, signed in."""

    url: str = attrs.field(repr=plain_address)
    """The provider's own page; empty when only the portal is looked at."""
    entrance: str = attrs.field(repr=plain_address)
    """Where that page sent us, byte for byte, the service that it names included; empty: nowhere."""
    recognise: Callable[[Response], bool] = attrs.field(repr=False)
    """Whether an answer of the provider's host is the page behind the door. It raises what that host says
    instead: closed, suspended."""
    dress: Headers = attrs.field(default=(), repr=False)
    """The header lines that tell who asks."""

    @property
    def service(self) -> str:
        """The service of the entrance, still encoded, exactly as the provider's page wrote it; or empty."""
        pairs = (pair.partition("=") for pair in urlsplit(self.entrance).query.split("&"))
        return next((value for name, _, value in pairs if name == "service"), "")


@attrs.frozen
class Hop:
    """One exchange of a trip, in words that may be shown."""

    address: str
    """Scheme, host and path."""
    status: int
    """HTTP status."""
    sign: str = ""
    """What the answer was taken for: `redirect`, `saml request`, `log-in form`, …"""


@attrs.frozen
class Arrival:
    """The page behind the door."""

    page: Response = attrs.field(repr=False)
    """The provider's page, for a signed-in visitor; what it holds is good once."""
    cookies: Cookies
    """The provider's own, from before and from the way, and nobody else's."""
    hops: tuple[Hop, ...]
    """The way, in order."""
    passes: Mapping[Side, Cookies] = attrs.field(factory=dict)
    """What the portal and EduConnect set, each apart, by which they may know us again: for `enter_again`."""


# -- families -----------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Family(ABC):
    """The way through portals of one make, and its settings for one of them.

    Subclasses of other packages are as good as ours: give the settings as fields, and the three methods.
    """

    kind: ClassVar[str] = "family"
    """What this make of portal is called."""
    profiles: ClassVar[frozenset[Profile]] = HOUSEHOLD
    """Who can come this way."""
    uses_educonnect: ClassVar[bool] = False
    """Whether EduConnect asks for the password, instead of the portal itself."""
    is_entered_from_school: ClassVar[bool] = True
    """Whether schools lead to a host of the portal. Else the portal is entered first and the school after it,
    and where schools lead is not known."""

    @property
    @abstractmethod
    def hosts(self) -> tuple[str, ...]:
        """The portal's hosts that the way leads over, the first one being the portal's own."""

    @property
    def password_hosts(self) -> tuple[str, ...]:
        """The only hosts that are ever sent a password."""
        return (EDUCONNECT,) if self.uses_educonnect else self.hosts

    @abstractmethod
    def entrance(self, door: Door, profile: Profile) -> str:
        """The address that the way begins at; without a service when the door has none."""

    def signpost(self, url: str) -> SchoolSyncError | None:
        """What a redirect to *url*, an address of the portal's own, says by itself; `None`: it is followed.

        For addresses that are told by their path and better left alone: the page of a password that must be
        changed, another log-in.
        """
        return None

    @abstractmethod
    async def turn(self, trip: Trip) -> None:
        """One step onwards from `trip.page`, which is a page of the portal's own.

        Pages of EduConnect, forms that carry SAML, and the provider's own pages are walked by others.

        Raises:
            SchoolSyncError: What the page says; `trip.lost()` if nothing that is known.
        """


# -- rows -----------------------------------------------------------------------------------


def _profiles(profiles: Iterable[Profile]) -> frozenset[Profile]:
    return frozenset(profiles)


def _words(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(words)


@attrs.frozen(kw_only=True)
class Portal:
    """One portal, as the directory knows it.

    Raises:
        BadArgument: A name, a host or an evidence that is none.
    """

    name: str
    """How it is asked for: `ac-toulouse`."""
    title: str
    """What people call it."""
    family: Family
    """The way through it."""
    admits: frozenset[Profile] = attrs.field(
        default=attrs.Factory(lambda self: self.family.profiles, takes_self=True), converter=_profiles
    )
    """As who one can come; everybody whom its family takes, if nothing else is said."""
    region: str = ""
    """Which region, department or country it is for."""
    aliases: tuple[str, ...] = attrs.field(default=(), converter=_words)
    """Other names, those of other clients included."""
    hosts: tuple[str, ...] = attrs.field(default=(), converter=_words)
    """Hosts of its own beside those that its family leads over."""
    fronts: tuple[str, ...] = attrs.field(default=(), converter=_words)
    """Hosts that only lead to it: they show that it is meant, and are never sent anything but plain reads."""
    state: State = State.CURRENT
    """Whether it still works."""
    evidence: str
    """How we know."""
    seen: dt.date
    """When the evidence is from; the first day of a month or year where no day is known."""
    successor: str | None = None
    """The name to use instead of a dead one."""

    def __attrs_post_init__(self) -> None:
        """Refuse rows that cannot be meant, before anybody trusts them."""
        for name in (self.name, *self.aliases):
            if not NAME.fullmatch(name):
                raise BadArgument(
                    "portal", f"{name!r} is no name of a portal: small letters, digits, - and _"
                )
        for host in (*self.all_hosts, *self.fronts):
            if not HOST.fullmatch(host):
                raise BadArgument("portal", f"{host!r} is no host: a whole name without a scheme, no *")
        if not self.evidence.strip():
            raise BadArgument("portal", f"{self.name!r} does not say how it is known")
        if not {*self.family.password_hosts} <= {*self.all_hosts, EDUCONNECT}:
            raise BadArgument("portal", f"{self.name!r} would send a password to a host that is not its own")

    @property
    def all_hosts(self) -> tuple[str, ...]:
        """Every host that belongs to it."""
        return tuple(dict.fromkeys((*self.family.hosts, *self.hosts)))


def portal_of(family: Family, *, seen: dt.date = dt.date.min) -> Portal:
    """A portal that nobody has written a row for: *family* with the caller's own settings.

    Args:
        family: The way, and its settings.
        seen: When somebody saw that it works; the first day of all if nobody says.
    """
    return Portal(
        name="own",
        title="the portal given by the caller",
        family=family,
        evidence="Given by the caller.",
        seen=seen,
    )
