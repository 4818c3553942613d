"""The way through Oze, ENC: a Keycloak form, and then the portal's own interface for programs.

1. The front page leads to `form#kc-form-login`. The user name ends in `@` and the portal's host.
2. The form back; `auth_form` on the page, or the form again, when the password was wrong.
3. On `api-{host}`: who we are (`/v1/users/me`), and our applications (`/v1/ozapps`). The one called `pronote`
   has an address; where there is none, `/v1/config/Pronote` has what it is made of.
4. That address, and then the school: where the portal leads to another of its pages than the one that is
   wanted, that one is entered afterwards.

Wire:
    docs/protocol/portals.md#families
Evidence:
    read. guess: that the form goes where it says; that `fonction=ELV` does for parents too; that HTTP 404 for
    PRONOTE's settings means a school without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, TypeGuard
from urllib.parse import quote, urlencode, urljoin, urlsplit

from schoolsync.ent.own_pages import FOUND_BY, check, go_on, to_fill_in, was_at
from schoolsync.ent.trip import Trip
from schoolsync.errors import (
    Availability,
    InstanceClosed,
    LostOnTheWay,
    RateLimited,
    Unavailable,
    WrongCredentials,
    plain_address,
)
from schoolsync.flow.forms import Form

if TYPE_CHECKING:
    from schoolsync.ent.families import Oze

__all__ = ["turn"]

OK: Final = 200
MISSING: Final = 404
TOO_MANY: Final = 429


async def turn(family: Oze, trip: Trip) -> None:
    """One step from a page of the portal's own.

    Raises:
        SchoolSyncError: What the page says.
    """
    page = trip.page
    form = page.form(called="kc-form-login", having="password")
    if form is not None:
        await _log_in(family, trip, form)
    elif trip.proofs and "auth_form" in page.response.text:
        trip.took_for("log-in form")
        raise WrongCredentials("user name or password")
    elif not trip.proofs or was_at(trip, "applications"):
        await go_on(trip)
    else:
        await _open_pronote(family, trip)


async def _log_in(family: Oze, trip: Trip, form: Form) -> None:
    """As `own_pages.log_in`; the user name says which portal it is of."""
    username, host = to_fill_in(trip), f"@{urlsplit(family.url).hostname}"
    whole = username if host in username else username + host
    await trip.submit(form, {"username": whole, "password": trip.password})


# -- the interface for programs ------------------------------------------------------------------


async def _open_pronote(family: Oze, trip: Trip) -> None:
    """PRONOTE, as the portal itself would open it."""
    check(trip)
    trip.took_for("signed in")
    me = await _asked(family, trip, "users/me")
    trip.took_for("account")
    profile = me.get("currentProfil") if _is_record(me) else None
    kind, school = _word(trip, profile, "codeProfil"), _word(trip, profile, "uai")
    context = urlencode({"ctx_profil": kind, "ctx_etab": school})
    applications = await _asked(family, trip, f"ozapps?{context}")
    trip.took_for("applications")
    if not isinstance(applications, list):
        raise _strange(trip)
    listed = next((one for one in applications if _is_record(one) and one.get("code") == "pronote"), None)
    if listed is not None and listed.get("externalRoute"):
        route = _word(trip, listed, "externalRoute")
    else:
        route = await _configured(family, trip, context, school)
    await trip.go(urljoin(family.url, route))
    if trip.is_at_door and trip.page.path != urlsplit(trip.door.url).path:
        trip.took_for("another page of the school")
        await trip.come_back()


async def _configured(family: Oze, trip: Trip, context: str, school: str) -> str:
    """The way to PRONOTE where the list of applications does not tell it."""
    config = await _asked(family, trip, f"config/Pronote?{context}")
    trip.took_for("settings of an application")
    way = quote(_word(trip, config, "autorisationId"), safe="")
    query = urlencode({"uai": school, "projet": _word(trip, config, "projet"), "fonction": "ELV"})
    return f"/cas/proxySSO/{way}?{query}"


async def _asked(family: Oze, trip: Trip, path: str) -> object:
    """What the interface answers.

    Raises:
        Unavailable: The portal has no PRONOTE for this account.
        InstanceClosed: It is broken.
        RateLimited: It asks for fewer requests.
        LostOnTheWay: The answer is no JSON.
    """
    await trip.go(f"https://api-{urlsplit(family.url).netloc.lower()}/v1/{path}")
    response = trip.page.response
    if response.status // 100 == 5:  # noqa: PLR2004 - HTTP's own border
        raise InstanceClosed(response.status)
    if response.status == TOO_MANY:
        raise RateLimited
    if response.status == MISSING and path.startswith("config/"):
        raise Unavailable(Availability.OFF_AT_SCHOOL, hint=FOUND_BY)
    if response.status != OK:
        raise _strange(trip)
    try:
        return response.json()
    except ValueError:
        raise _strange(trip) from None


def _is_record(value: object) -> TypeGuard[Mapping[str, object]]:
    return isinstance(value, Mapping)


def _word(trip: Trip, record: object, key: str) -> str:
    """What *record* says under *key*: a word, or a number.

    Raises:
        LostOnTheWay: It is no record, or says nothing of the kind.
    """
    value = record.get(key) if _is_record(record) else None
    if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
        raise _strange(trip)
    return str(value)


def _strange(trip: Trip) -> LostOnTheWay:
    return trip.lost(f"{plain_address(trip.page.url)} answered in another shape")
