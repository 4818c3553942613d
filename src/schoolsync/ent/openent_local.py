"""The way through OpenENT (Edifice, Neo, One) with accounts of its own.

1. The CAS, with the service, leads who is not signed in to `/auth/login`, or to a chooser that a script
   draws, perhaps on another host. No form needs to be read: the log-in is always the same.
2. `POST /auth/login` with `email`, `password` and `callBack`: the CAS again, service included. A redirect
   there, and on to the school with a ticket; without `callBack`, to the portal's front page.
3. When the password was wrong: HTTP 200, the same page, which now says so in its `ng-init`.

Other addresses under `/auth/` tell what must be done first. One of them has the password in it (a code to
reset a forgotten one, typed as if it were one): they are not asked for.

Wire:
    `GET /cas/login?service=…`, `POST /auth/login`; docs/protocol/portals.md#families
Evidence:
    read, in the portal's own source. What the sentence about a blocked account says in French is a guess.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from schoolsync.ent.own_pages import (
    WANTS_ACTIVATION,
    WANTS_RENEWAL,
    WANTS_TERMS,
    check,
    go_on,
    to_fill_in,
)
from schoolsync.ent.portal import Door
from schoolsync.ent.sentences import says
from schoolsync.ent.trip import Trip
from schoolsync.errors import (
    ActionRequired,
    Availability,
    InstanceClosed,
    RateLimited,
    SchoolSyncError,
    Unavailable,
)
from schoolsync.flow.forms import Page
from schoolsync.flow.secret import Secret

if TYPE_CHECKING:
    from schoolsync.ent.families import OpenEntLocal

__all__ = ["call_back", "error_of", "is_log_in", "signpost", "trouble", "wanted_first"]

LOG_IN: Final = frozenset(("/auth/login", "/auth/saml/wayf"))
"""Where it asks who one is, or how one would like to say it."""
OPENID: Final = "/auth/openid/"
WANTED_FIRST: Final = {
    "/auth/reset/": WANTS_RENEWAL,
    "/auth/activation": WANTS_ACTIVATION,
    "/auth/revalidate-terms": WANTS_TERMS,
    "/auth/validate-mail": "the portal wants an e-mail address to be confirmed",
    "/auth/validate-mfa": "the portal wants a code to be confirmed",
}
"""Beginnings of paths, and what they stand for."""
CONTROLLERS: Final = {
    "ActivationController": WANTS_ACTIVATION,
    "ResetController": WANTS_RENEWAL,
}
"""Scripts that draw a page at somebody else's address, and what that page is about."""
MESSAGE: Final = re.compile(r"\berror\s*=\s*(?:'([^']*)'|\"([^\"]*)\")")
FULL: Final = (
    *("nombre d'utilisateurs maximum", "instaure une logique de quota"),
    *("maximum number of users", "implemented a quota"),
)
BLOCKED: Final = ("auth.error.blocked", "bloqu", "blocked", "desactive", "désactivé")
BANNED: Final = ("auth.error.ban", "tentatives", "too many")
BROKEN: Final = ("auth.error.global",)
MOVED: Final = (
    "The portal lets people in by OpenID Connect now, which is another way: please report it."
    " pronote.find_cas(url) tells what is known of the school."
)


async def turn(family: OpenEntLocal, trip: Trip) -> None:
    """One step from a page of the portal.

    Raises:
        SchoolSyncError: What the page says.
    """
    page = trip.page
    said = trouble(page)
    if said is not None:
        raise said
    check(trip)
    if trip.is_in_front and trip.proofs:
        raise trip.lost()
    if trip.is_in_front or is_log_in(page):
        await _log_in(family, trip)
    else:
        await go_on(trip)


async def _log_in(family: OpenEntLocal, trip: Trip) -> None:
    username = to_fill_in(trip)
    form = trip.page.form(having="password")
    values: dict[str, str | Secret] = {**form.values()} if form else {}
    values |= {"email": username, "password": trip.password}
    back = call_back(trip.door)
    if back:
        values["callBack"] = back
    await trip.send_form(f"https://{family.host}/auth/login", values)


# -- what pages and addresses say -----------------------------------------------------------


def call_back(door: Door) -> str:
    """Where the portal goes on when somebody is signed in: its CAS, with the service; empty without one."""
    return f"/cas/login?service={door.service}" if door.service else ""


def is_log_in(page: Page) -> bool:
    """Whether *page* asks who one is. A script draws it, so that its place or its script's name must tell."""
    is_page = page.response.status == 200 and page.has("script, body > *")  # noqa: PLR2004 - HTTP's own number
    is_there = page.path in LOG_IN and is_page
    return is_there or _controller(page) == "LoginController" or page.has("login-form")


def signpost(url: str) -> SchoolSyncError | None:
    """What a redirect to *url* says by itself: another log-in, or something to do first."""
    if urlsplit(url).path.startswith(OPENID):
        return Unavailable(Availability.NOT_IN_PROVIDER, hint=MOVED)
    return wanted_first(url)


def wanted_first(url: str) -> SchoolSyncError | None:
    """What must be done before the portal lets anybody in, as far as the address of its page tells."""
    path = urlsplit(url).path
    what = next((what for start, what in WANTED_FIRST.items() if path.startswith(start)), None)
    return ActionRequired(what) if what else None


def trouble(page: Page) -> SchoolSyncError | None:
    """What *page* says instead of asking who one is, or beside it; `None` if nothing."""
    if says(page, FULL):
        return InstanceClosed(hint="The portal is full for the moment: try again in a few minutes.")
    what = CONTROLLERS.get(_controller(page))
    if what is not None:
        return ActionRequired(what)
    named = map(wanted_first, (page.url, *(form.action for form in page.forms)))
    return _refusal(error_of(page)) or next(filter(None, named), None)


def _refusal(said: str) -> SchoolSyncError | None:
    """What the error of a page means; `None` for a wrong password, and for what is not known."""
    if any(sign in said for sign in BLOCKED):
        return ActionRequired("the account is locked: the school can open it")
    if any(sign in said for sign in BANNED):
        return RateLimited(hint="Too many wrong passwords: the portal lets nobody try for a while.")
    if any(sign in said for sign in BROKEN):
        return InstanceClosed(hint="The portal says that it cannot let anybody in for now.")
    return None


def error_of(page: Page) -> str:
    """What the page's script is to show as its error, in lower case: a sentence, or its key; or empty."""
    told = MESSAGE.search(page.attribute("[ng-init]", "ng-init") or "")
    return (told[1] or told[2] or "").casefold() if told else ""


def _controller(page: Page) -> str:
    return page.attribute("[ng-controller]", "ng-controller") or ""
