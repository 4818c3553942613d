"""What may leave for where: pure decisions, which nothing that a page says can change.

An address is held against the portal's row by scheme, host and port, each of them exactly. Its hosts come
from the package, or from the caller, never from a page. `trip` asks here each time that it is about to send.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from ipaddress import ip_address
from typing import Final
from urllib.parse import parse_qsl, quote, urlsplit

import attrs

from schoolsync.ent.discretion import holds
from schoolsync.ent.portal import EDUCONNECT, Door, Portal
from schoolsync.flow.http import Request, origin_of

__all__ = ["Border", "Side", "place_of", "tidy"]

ODD: Final = re.compile(r'[\x00- "<>\\\x7f]')
"""Letters that not everybody reads alike in an address."""
UNSENT: Final = re.compile(r"[^!-~\x00-\x1f\x7f\ud800-\udfff]|[\"<>]")
"""Letters that an address may have on a page, and must not have on the way. Control characters and broken
letters are not among them: an address with such is refused."""


class Side(StrEnum):
    """Whose an address is."""

    DOOR = "door"
    """The provider's."""
    EDUCONNECT = "educonnect"
    """EduConnect's, which asks for the password."""
    PORTAL = "portal"
    """The portal's own."""
    FRONT = "front"
    """A host that only leads to the portal."""


@attrs.frozen
class Border:
    """What one portal and one door allow."""

    portal: Portal
    """Its row."""
    door: Door
    """Where the way is to end."""

    def side_of(self, url: str) -> Side | None:
        """Whose *url* is; `None`: it is nobody's that this way leads to, or no plain address."""
        place = place_of(url)
        if self.is_door(url):
            return Side.DOOR
        if place is None:
            return None
        if place == EDUCONNECT and self.portal.family.uses_educonnect:
            return Side.EDUCONNECT
        if _is_among(place, self.portal.all_hosts):
            return Side.PORTAL
        return Side.FRONT if _is_among(place, self.portal.fronts) else None

    def is_door(self, url: str) -> bool:
        """Whether *url* is of the provider's own host, and a ticket may travel there: https, or loopback."""
        if not self.door.url or not _is_plain(url) or not _is_plain(self.door.url):
            return False
        return _is_sealed(url) and origin_of(url) == origin_of(self.door.url)

    def objection(self, request: Request, names: Iterable[str]) -> str | None:
        """Why *request*, which carries fields of these *names*, must not leave; `None`: it may.

        An assertion goes to the portal alone. A question about an account goes to EduConnect, and in an
        address also between hosts of the portal, which may have a provider of identities of its own.
        """
        side, names = self.side_of(request.url), {*names}
        if side is None:
            is_odd = place_of(request.url) is None
            why_not = "is not reached over https, or is no plain address", "is not a place of this portal"
            return why_not[0] if is_odd else why_not[1]
        if request.method != "GET" and side in {Side.DOOR, Side.FRONT}:
            return "is only ever read"
        asked = {name for name, _ in parse_qsl(urlsplit(request.url).query, keep_blank_values=True)}
        if ("SAMLRequest" in names and side is not Side.EDUCONNECT) or (
            "SAMLRequest" in asked and side not in {Side.EDUCONNECT, Side.PORTAL}
        ):
            return "is not who may be asked about an account"
        if "SAMLResponse" in names | asked and side is not Side.PORTAL:
            return "is not who may be told about an account"
        return None

    def objection_to_proof(self, request: Request, secret: str) -> str | None:
        """Why *request* must not carry the password, *secret*; `None`: it may."""
        side, hosts = self.side_of(request.url), self.portal.family.password_hosts
        is_its_place = side in {Side.PORTAL, Side.EDUCONNECT} and _is_among(place_of(request.url), hosts)
        if request.method != "POST" or not is_its_place:
            return "is not a place for the password"
        return "would show the password in its address" if holds(request.url, secret) else None


# -- addresses ----------------------------------------------------------------------------


def tidy(url: str) -> str:
    """*url* as it is sent: without a fragment, and with what HTTP has no letters for encoded."""
    bare = url.partition("#")[0]
    return UNSENT.sub(lambda found: quote(found[0]), bare)


def place_of(url: str) -> str | None:
    """Host, and port if it is not the usual one, of a plain https address; `None` for any other."""
    if not _is_plain(url):
        return None
    scheme, host, port = origin_of(url)
    place = host if port == 443 else f"{host}:{port}"  # noqa: PLR2004 - the port of https
    return place if scheme == "https" else None


def _is_among(place: str | None, hosts: Iterable[str]) -> bool:
    return place in {host.removesuffix(":443") for host in hosts}


def _is_plain(url: str) -> bool:
    """Whether everybody who reads *url* sees the same host in it."""
    if not url.isascii() or ODD.search(url):
        return False
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0 and not {*parts.netloc} & {*"@%"}
    except ValueError:
        return False


def _is_sealed(url: str) -> bool:
    """Whether nobody on the way can read what goes to *url*: https, or this very computer."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme == "https" or (parts.scheme == "http" and host == "localhost"):
        return True
    try:
        return parts.scheme == "http" and ip_address(host).is_loopback
    except ValueError:
        return False
