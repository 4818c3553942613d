"""What can be found out before anybody signs in to PRONOTE: schools, what one has, which portal it has."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypedDict, TypeVar, Unpack

from schoolsync.drivers.aio import AsyncDriver
from schoolsync.drivers.clock import SYSTEM_CLOCK
from schoolsync.drivers.http import AsyncHttpClient
from schoolsync.drivers.road import plain_hosts
from schoolsync.ent import directory
from schoolsync.ent.lookup import Match
from schoolsync.ent.portal import Family, Portal
from schoolsync.ent.walk import Sight
from schoolsync.flow.effects import Clock, Flow
from schoolsync.model import Rows
from schoolsync.providers.pronote import discovery
from schoolsync.providers.pronote.address import read_root
from schoolsync.providers.pronote.extra import FoundSchool, InstanceInfo
from schoolsync.providers.pronote.login import read_portal, read_space

__all__ = [
    "AsyncFindingOptions",
    "cas_names",
    "find_cas_async",
    "find_schools_async",
    "instance_async",
    "look_at_portal_async",
]

T = TypeVar("T")


class AsyncFindingOptions(TypedDict, total=False):
    """What every function here takes."""

    http_client: AsyncHttpClient | None
    """An HTTP client of httpx or httpx2, or an object with `exchange`; it is never closed."""
    timeout: float
    """Seconds that one read may take; 30 if not given."""
    deadline: float
    """Seconds that one whole exchange may take; 120 if not given."""
    clock: Clock | None
    """Time; the system's if not given."""


def cas_names() -> tuple[str, ...]:
    """The names of all portals that `cas=` takes, sorted. No I/O.

    Some are of portals that are over: they are refused, and the error names what replaces them.
    """
    return directory.names()


async def find_cas_async(
    url: str,
    *,
    account: str = "student",
    allow_http: bool = False,
    **options: Unpack[AsyncFindingOptions],
) -> Match:
    """Which portal stands before a school's PRONOTE: its `name` for `cas=`, or what is known instead.

    No user name and no password is needed: the school's redirects are followed, and the hosts on the way
    are compared with those of the portals that are known.

    Args:
        url: The school's PRONOTE, with or without a page.
        account: Whose page: `"student"`, `"parent"` or `"teacher"`.
        allow_http: Whether the school may be reached without TLS; nobody else ever is.
        options: See `AsyncFindingOptions`.

    Raises:
        BadArgument: Something that cannot be meant; nothing was sent.
        UnknownName: No such kind of account.
        AddressSuspended: The school says that this network address is suspended.
        InstanceClosed: The school is closed, or broken for now.
        Unavailable: The school has no such page.
        NetworkError: It cannot be reached.

    Costs:
        Two requests, and one for each redirect, 15 at most of these.
    """
    root, space = read_root(url, allow_http=allow_http), read_space(account)
    return await _answered(
        lambda clock: discovery.find_cas(root, space, clock), options, hosts=_plain(root, allow_http)
    )


async def find_schools_async(
    latitude: float, longitude: float, **options: Unpack[AsyncFindingOptions]
) -> Rows[FoundSchool]:
    """Schools on PRONOTE around a place, nearest first; empty where the vendor's directory knows none.

    Args:
        latitude: Degrees north.
        longitude: Degrees east.
        options: See `AsyncFindingOptions`.

    Raises:
        BadArgument: No such place; nothing was sent.
        NetworkError: The directory cannot be reached.
        ServerError: It is broken for now, or asks for fewer requests.

    Costs:
        One request.
    """
    return await _answered(lambda _: discovery.find_schools(latitude, longitude), options)


async def instance_async(
    url: str, *, allow_http: bool = False, **options: Unpack[AsyncFindingOptions]
) -> InstanceInfo:
    """What a school's PRONOTE tells everybody about itself: its name, version, pages, portal.

    Args:
        url: The school's PRONOTE, with or without a page.
        allow_http: Whether it may be reached without TLS.
        options: See `AsyncFindingOptions`.

    Raises:
        BadArgument: No such address; nothing was sent.
        Unavailable: It tells nothing, or there is none.
        InstanceClosed: It is closed, or broken for now.
        NetworkError: It cannot be reached.

    Costs:
        One request; one more when the school has moved for good.
    """
    root = read_root(url, allow_http=allow_http)
    return await _answered(lambda _: discovery.instance(root), options, hosts=_plain(root, allow_http))


async def look_at_portal_async(
    portal: str | Portal | Family,
    *,
    url: str | None = None,
    account: str = "student",
    allow_http: bool = False,
    **options: Unpack[AsyncFindingOptions],
) -> Sight:
    """The way through a portal as far as its log-in form, without anybody's credentials.

    Args:
        portal: A name, a `Portal`, or a `Family` with its settings.
        url: The PRONOTE of a school behind it, to begin where that leads; the portal alone if not given.
        account: As who to come: `"student"`, `"parent"` or `"teacher"`.
        allow_http: Whether the school may be reached without TLS; the portal never is.
        options: See `AsyncFindingOptions`.

    Raises:
        UnknownName: No such portal, or no such kind of account; nothing was sent.
        Unavailable: The portal is over, or not for this kind of account; the school sends nobody to one.
        SchoolSyncError: What the school says. What the portal shows is told by the sight's `trouble`.

    Costs:
        Two to eight requests.
    """
    meant, space = read_portal(portal), read_space(account)
    root = None if url is None else read_root(url, allow_http=allow_http)
    hosts = frozenset[str]() if root is None else _plain(root, allow_http)
    return await _answered(
        lambda clock: discovery.look_at_portal(meant, space, clock, root), options, hosts=hosts
    )


def _plain(root: str, allow_http: bool) -> frozenset[str]:
    return plain_hosts(root, allow_http=allow_http)


async def _answered(
    make: Callable[[Clock], Flow[T]],
    options: AsyncFindingOptions,
    *,
    hosts: frozenset[str] = frozenset(),
) -> T:
    """What the flow of *make* returns; connections of our own are closed again."""
    for name in options.keys() - AsyncFindingOptions.__annotations__.keys():
        raise TypeError(f"unexpected keyword argument {name!r}")
    clock = options.get("clock") or SYSTEM_CLOCK
    driver = AsyncDriver(
        http_client=options.get("http_client"),
        timeout=options.get("timeout", 30.0),
        deadline=options.get("deadline", 120.0),
        clock=clock,
        plain_hosts=hosts,
    )
    try:
        return await driver.run(make(clock))
    finally:
        await driver.aclose()
