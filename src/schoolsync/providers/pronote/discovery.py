"""Flows that find things out before anybody signs in: what a school has, and who stands before it.

No password is at hand here, so none can leave.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Final
from urllib.parse import urlsplit

import attrs

from schoolsync.ent import lookup, walk
from schoolsync.ent.portal import Door, Portal
from schoolsync.errors import (
    BadArgument,
    DecodeIssue,
    InstanceClosed,
    NetworkError,
    ProtocolError,
    SchoolSyncError,
    Unavailable,
)
from schoolsync.flow.effects import Clock, send
from schoolsync.flow.http import Request, Response, origin_of
from schoolsync.model import Rows
from schoolsync.provider import Options, rows
from schoolsync.providers.pronote.address import Space, page_url
from schoolsync.providers.pronote.calls import finding
from schoolsync.providers.pronote.extra import FoundSchool, InstanceInfo
from schoolsync.providers.pronote.login import PROFILES
from schoolsync.providers.pronote.mapping.finding import to_found_schools, to_instance
from schoolsync.providers.pronote.page import is_behind_portal, no_portal, portal_entrance
from schoolsync.providers.pronote.refusals import PROVIDER, page_refusal, status_refusal, told
from schoolsync.providers.pronote.session import Session
from schoolsync.providers.pronote.state import AGENT

__all__ = ["door_of", "find_cas", "find_schools", "instance", "look_at_portal"]

MOST_HOPS: Final = 15
"""Redirects that are followed to find out who stands before a school."""
MOVED: Final = frozenset((301, 302, 303, 307, 308))
SCHOOL_NUMBER: Final = re.compile(r"https?://(\d{7}[a-z])\.")
"""The national number of a school, where its host begins with it."""


def door_of(root: str, space: Space, entrance: str) -> Door:
    """The door of a school: its page, and where that sent us."""
    return Door(page_url(root, space.page, {}), entrance, is_behind_portal, AGENT)


# -- the instance ---------------------------------------------------------------------------


async def instance(root: str) -> InstanceInfo:
    """What the instance at *root* tells everybody about itself.

    Raises:
        Unavailable: It tells nothing, or there is none.
        InstanceClosed: It is closed, or broken for now.
        SchoolSyncError: See `calls.finding.information`.

    Costs: One request; one more when the school has moved for good.
    Wire: `InfoMobileApp.json`. Evidence: recorded.
    """
    return await told("instance", _instance(root))


async def _instance(root: str) -> InstanceInfo:
    issues: list[DecodeIssue] = []
    found = to_instance(await finding.information(root), issues)
    rows((), issues, operation="instance", provider=PROVIDER)
    return found


# -- schools around a place -------------------------------------------------------------------


async def find_schools(latitude: float, longitude: float) -> Rows[FoundSchool]:
    """Schools around a place, nearest first; empty where the vendor's directory knows none.

    Args:
        latitude: Degrees north, from -90 to 90.
        longitude: Degrees east, from -180 to 180.

    Raises:
        BadArgument: No such place; nothing was sent.
        SchoolSyncError: See `calls.finding.schools_around`.

    Costs: One request.
    Wire: `POST swie/geoloc.php`. Evidence: read.
    """
    here = _degrees("latitude", latitude, 90), _degrees("longitude", longitude, 180)
    return await told("find_schools", _schools(*here))


def _degrees(argument: str, given: object, most: int) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or not abs(given) <= most:
        raise BadArgument(argument, f"degrees from -{most} to {most} are expected, as a number")
    return float(given)


async def _schools(latitude: float, longitude: float) -> Rows[FoundSchool]:
    issues: list[DecodeIssue] = []
    around = await finding.schools_around(latitude, longitude, issues)
    found = to_found_schools(around, (latitude, longitude), issues)
    return rows(found, issues, operation="find_schools", provider=PROVIDER)


# -- who stands before a school -----------------------------------------------------------------


async def find_cas(root: str, space: Space, clock: Clock) -> lookup.Match:
    """Which portal stands before the instance at *root*, and how that is known.

    Asked are the school and whom it sends us to; addresses within addresses are hints, and not asked.

    Args:
        root: The instance.
        space: Whose page.
        clock: Time.

    Raises:
        AddressSuspended: The school says that this network address is suspended.
        InstanceClosed: It is closed, or broken for now.
        Unavailable: It has no page for this kind of account.
        NetworkError: It cannot be reached.

    Costs: Two requests, and one for each redirect; 15 at most of these.
    Wire: `InfoMobileApp.json`, then the page of the space without `login=true`. Evidence: read.
    """
    return await told("find_cas", _found(root, space, clock))


async def _found(root: str, space: Space, clock: Clock) -> lookup.Match:
    info: InstanceInfo | None = None
    with suppress(Unavailable, InstanceClosed, ProtocolError):  # not every school tells; its page does
        info = await _instance(root)
    session = Session(info.url if info else root, space, Options(clock=clock))
    response = await session.front()
    trouble = None if response.location else _trouble(response)
    if trouble is not None and not (info and info.cas_url):
        raise trouble
    number = SCHOOL_NUMBER.match(session.root)
    return lookup.match(
        cas_active=info.cas_active if info else None,
        cas_url=info.cas_url if info else None,
        chain=await _chain(session, response),
        rne=number[1].upper() if number else None,
    )


def _trouble(response: Response) -> SchoolSyncError | None:
    """What the school says instead of a page."""
    return page_refusal(response.text) or status_refusal(response)


async def _chain(session: Session, response: Response) -> list[str]:
    """Every address on the way that begins with *response*: it, and each redirect after it."""
    clock = session.options.clock
    chain, cookies = [page_url(session.root, session.space.page, {})], session.cookies
    for _ in range(MOST_HOPS):
        target = (response.location or "").partition("#")[0] if response.status in MOVED else ""
        if not target or target in chain:
            break
        chain.append(target)
        if not _may_be_asked(target, session.root):
            break
        headers = (*AGENT, *cookies.header(target, clock.now()))
        try:
            response = await send(Request("GET", target, headers, is_read=True))
        except NetworkError:
            break  # its address is known, and that is what was looked for
        response = response if response.url else attrs.evolve(response, url=target)
        cookies = cookies.after(response, clock.now())
    return chain


def _may_be_asked(url: str, root: str) -> bool:
    """Whether *url* is a plain https address, or one of the school itself."""
    try:
        parts = urlsplit(url)
        is_plain = parts.scheme == "https" and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return (is_plain and "@" not in parts.netloc and "\\" not in url) or origin_of(url) == origin_of(root)


# -- a look at a portal ---------------------------------------------------------------------------


async def look_at_portal(portal: Portal, space: Space, clock: Clock, root: str | None = None) -> walk.Sight:
    """The way through *portal* as far as its log-in form, without anybody's credentials.

    Args:
        portal: Which.
        space: As who to come.
        clock: Time.
        root: A school behind it, to begin where that leads; the portal alone if not given.

    Raises:
        Unavailable: The portal is over, or not for this kind of account; the school has none before it.
        SchoolSyncError: What the school says instead. (What the portal says is in the sight.)

    Costs: Two to eight requests.
    """
    return await told("look_at_portal", _look(portal, space, clock, root))


async def _look(portal: Portal, space: Space, clock: Clock, root: str | None) -> walk.Sight:
    profile = PROFILES[space]
    walk.check(portal, profile)
    door = Door("", "", is_behind_portal, AGENT)
    if root is not None:
        session = Session(root, space, Options(clock=clock))
        response = await session.front()
        entrance = portal_entrance(response)
        if entrance is None:
            raise no_portal(response)
        door = door_of(session.root, space, entrance)
    return await walk.look(portal, door, profile, clock)
