"""Who somebody says they are, and with what they are going to prove it.

Wire: `Identification`. Evidence: read; that codes and tokens are for mobile pages alone is inferred, from
clients that use them nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

import attrs

__all__ = ["Claim", "Way", "read_claim"]

Way: TypeAlias = Literal["password", "portal", "code", "token", "nothing"]
"""What proves it: the account's password; what a page holds after the portal; what a QR code says; the
token of a telephone; or nothing that this page takes."""


@attrs.frozen(kw_only=True)
class Claim:
    """What somebody who wants to sign in says of themselves."""

    login: str = attrs.field(repr=False)
    """Who they are."""
    way: Way = "password"
    """How they prove it."""
    device: str = attrs.field(default="", repr=False)
    """Which telephone wants a token for the next time; empty: none does."""
    is_app: bool = False
    """Whether the mobile app asks: it is told the account's own login."""


def read_claim(data: Mapping[str, Any], *, is_mobile: bool) -> Claim:
    """What *data* claims.

    Args:
        data: The content of the call.
        is_mobile: Whether it comes from a page that is made for telephones.
    """
    login, device = data.get("identifiant"), data.get("uuidAppliMobile")
    has_token, asks = data.get("enConnexionAppliMobile"), data.get("demandeConnexionAppliMobile")
    is_app = is_mobile and bool(has_token or asks)
    return Claim(
        login=login if isinstance(login, str) else "",
        way=_way(data, is_mobile=is_mobile),
        device=device if is_app and isinstance(device, str) else "",
        is_app=is_app,
    )


def _way(data: Mapping[str, Any], *, is_mobile: bool) -> Way:
    if data.get("pourENT"):
        return "portal"
    if data.get("demandeConnexionAppliMobileJeton"):
        return "code" if is_mobile else "nothing"
    if data.get("enConnexionAppliMobile"):
        return "token" if is_mobile else "nothing"
    return "password"
