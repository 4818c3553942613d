"""The way through a portal, as far as it is common to all families.

After every answer it is asked what the page *is*, never which step this was: that is what lets a walk
survive a portal that adds a page, or leaves one out.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Final
from urllib.parse import unquote

import attrs

from schoolsync.ent import educonnect
from schoolsync.ent.border import Side, tidy
from schoolsync.ent.discretion import shown
from schoolsync.ent.portal import EDUCONNECT, Arrival, Door, Hop, Portal, Profile, State, Visitor
from schoolsync.ent.saml import carry, saml_form
from schoolsync.ent.trip import WHICH_PORTAL, FormReached, Trip
from schoolsync.errors import (
    Availability,
    BadArgument,
    InstanceClosed,
    LostOnTheWay,
    RateLimited,
    SchoolSyncError,
    Unavailable,
    WrongCredentials,
)
from schoolsync.flow.effects import Clock
from schoolsync.flow.forms import Page
from schoolsync.flow.http import Cookies

__all__ = ["Sight", "check", "enter", "enter_again", "look"]

MOST_TURNS: Final = 25
"""Pages that a walk may act upon."""
TOO_MANY: Final = 429
OLD_LOGIN: Final = "ct_logon_vk.jsp"
"""The page of a log-in that works by a script of its own, as its path ends."""
OTHER_HOST: Final = (
    "Nothing was sent. The ticket of a portal is for the school alone: give the address that the school's"
    " PRONOTE has now."
)
ASKED_AGAIN: Final = (
    "The password may be right: the portal took it, led on, and forgot. Sign in to the school from the portal"
    " in a browser once."
)
SCRIPTED: Final = (
    "This log-in page encrypts the password in a script of its own, which is never run here."
    " Accounts of that kind have been replaced by EduConnect: pronote.find_cas(url) tells the way."
)


def check(portal: Portal, profile: Profile) -> None:
    """Nothing, when *portal* can be tried at all.

    Raises:
        Unavailable: It is dead, with the one to use instead; or others come that way, not this profile.
    """
    if portal.state is State.DEAD:
        instead = f" Use {portal.successor!r} instead." if portal.successor else ""
        raise Unavailable(
            Availability.NOT_IN_PROVIDER, hint=f"The portal {portal.name!r} does not work any more.{instead}"
        )
    if profile not in portal.admits:
        who = " and ".join(sorted(portal.admits))
        hint = f"The portal {portal.name!r} lets in {who} only: their password would go to the wrong place."
        raise Unavailable(Availability.NOT_FOR_THIS_ACCOUNT, hint=hint)


async def enter(
    portal: Portal, door: Door, visitor: Visitor, clock: Clock, *, cookies: Cookies | None = None
) -> Arrival:
    """The page behind *door*, for *visitor*, who came through *portal*.

    Args:
        portal: Which.
        door: Where to, and how to tell.
        visitor: Who.
        clock: Time.
        cookies: Of the provider's own host, from before.

    Raises:
        WrongCredentials: The portal refused. Final: nothing was tried a second time.
        AccountError: Something that the person must do, or did not answer.
        Unavailable: The portal is dead, not for this account, or does not serve this school.
        InstanceClosed: It is closed or broken for now.
        RateLimited: It asks for fewer requests.
        LostOnTheWay: It showed a page that is not known, or led where it has no business.
        NetworkError: No answer came. Whether the password had left by then is not said.
        BadArgument: The door is not reached over https.

    Costs:
        Six to twenty requests; one of them carries the password, two in one generation of EduConnect.
    """
    check(portal, visitor.profile)
    trip = Trip(portal=portal, door=door, visitor=visitor, clock=clock, cookies=cookies or Cookies())
    _check_door(trip)
    await trip.begin()
    for _ in range(MOST_TURNS):
        if await _has_arrived(trip):
            return Arrival(trip.page.response, trip.cookies, tuple(trip.hops), trip.passes)
    raise trip.lost("the way has no end")


async def enter_again(
    portal: Portal,
    door: Door,
    profile: Profile,
    clock: Clock,
    *,
    passes: Mapping[Side, Cookies],
    cookies: Cookies | None = None,
) -> Arrival | None:
    """The page behind *door*, for somebody whom *portal* still knows; `None` if it asks who it is.

    No password is at hand, so none leaves. The way begins where the door sent us, whatever the family.

    Args:
        portal: Which.
        door: Where to, and how to tell.
        profile: As who somebody comes.
        clock: Time.
        passes: Of an arrival before.
        cookies: Of the provider's own host, from before.

    Raises:
        SchoolSyncError: As `enter`; a way that ends at a log-in form, or is not known, is no error here.

    Costs:
        Two or three requests; up to ten where it leads over EduConnect again.
    """
    check(portal, profile)
    trip = Trip(
        portal=portal,
        door=door,
        visitor=None,
        clock=clock,
        profile=profile,
        cookies=cookies or Cookies(),
        jars={**passes},
    )
    with suppress(FormReached, LostOnTheWay):
        _check_door(trip)
        await trip.come_back()
        for _ in range(MOST_TURNS):
            if await _has_arrived(trip):
                return Arrival(trip.page.response, trip.cookies, tuple(trip.hops), trip.passes)
    return None


@attrs.frozen
class Sight:
    """What a look at a portal showed."""

    hops: tuple[Hop, ...]
    """The way, in order, with what each answer was taken for."""
    trouble: SchoolSyncError | None = None
    """What stood in the way; `None`: the log-in form was reached."""


async def look(portal: Portal, door: Door, profile: Profile, clock: Clock) -> Sight:
    """The way through *portal* as far as the log-in form, without anybody's credentials.

    Raises:
        Unavailable: The portal is dead, or not for that profile.
        BadArgument: The door is not reached over https.
        LostOnTheWay: The school's page wants the portal to answer another host.
    """
    check(portal, profile)
    trip = Trip(portal=portal, door=door, visitor=None, clock=clock, profile=profile)
    _check_door(trip)
    try:
        await trip.begin()
        for _ in range(MOST_TURNS):
            if await _has_arrived(trip):
                break
        trouble: SchoolSyncError = trip.lost("no log-in form on the way")
    except FormReached:
        return Sight(tuple(trip.hops))
    except SchoolSyncError as error:
        trouble = error
    return Sight(tuple(trip.hops), trouble)


def _check_door(trip: Trip) -> None:
    """Nothing, when the door leads to this portal, and a ticket for it stays with it.

    A ticket and the service it is for are a log-in.
    """
    door = trip.door
    if door.url and not trip.border.is_door(door.url):
        raise BadArgument("url", "a portal's ticket travels over https only")
    service = tidy(unquote(door.service))
    if door.url and service and not trip.border.is_door(service):
        what = f"the school's page wants the portal to answer {shown(service)}"
        raise LostOnTheWay(trip.portal.name, what, hint=OTHER_HOST)
    if door.entrance and trip.portal.family.is_entered_from_school and not trip.border.side_of(door.entrance):
        what = f"the school leads to {shown(door.entrance)}, which is not a place of this portal"
        raise LostOnTheWay(trip.portal.name, what, hint=f"Nothing was sent there. {WHICH_PORTAL}")


async def _has_arrived(trip: Trip) -> bool:
    """Whether the page is the one behind the door; else one step was made from it."""
    if trip.is_at_door:
        return await _at_door(trip)
    _check_served(trip)
    form = saml_form(trip.page)
    if form is not None:
        await carry(trip, form)
    else:
        await _turn(trip)
    return False


def _check_served(trip: Trip) -> None:
    """Nothing, when the page is more than bad news."""
    page = trip.page
    if page.host == EDUCONNECT and educonnect.is_not_serving(page):
        trip.took_for("not serving")
        raise trip.not_served()
    if page.response.status // 100 == 5:  # noqa: PLR2004 - HTTP's own border
        raise InstanceClosed(page.response.status)
    if page.response.status == TOO_MANY:
        raise RateLimited


def _is_scripted(page: Page) -> bool:
    """Whether *page* asks for a password that its script would encrypt."""
    has_script = page.has("#user") and page.has("#password") and "creerCookie" in page.response.text
    return page.host != EDUCONNECT and (has_script or page.path.endswith(OLD_LOGIN))


async def _turn(trip: Trip) -> None:
    """One step from a page of EduConnect, or of the portal's own.

    A log-in form after the portal had led on is no refusal of the password, whatever it looks like.
    """
    if _is_scripted(trip.page):
        trip.took_for("scripted log-in form")
        raise Unavailable(Availability.NOT_IN_PROVIDER, hint=SCRIPTED)
    try:
        if trip.page.host == EDUCONNECT:
            await educonnect.turn(trip)
        else:
            await trip.portal.family.turn(trip)
    except WrongCredentials:
        if not trip.was_let_in:
            raise
        what = "the portal led on after the password, and then asked for it again"
        raise trip.lost(what, hint=ASKED_AGAIN) from None


async def _at_door(trip: Trip) -> bool:
    if trip.door.recognise(trip.page.response):
        trip.took_for("arrived")
        return True
    trip.took_for("not let in")
    await trip.come_back()
    return False
