"""Where pronotepy's functions for portals do what ours must not, or cannot do what ours can, and why.

Anything else fails. `test_departures.py` shows that each is still so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

__all__ = [
    "ADDRESS_AS_TYPED",
    "CALLED_DIRECTLY",
    "FOLLOWED",
    "OTHER_ROWS",
    "OVER_HTTP",
    "REPLAYED",
    "STOPPED",
    "TWICE",
    "Other",
]

# -- by function --

CALLED_DIRECTLY: Final[Mapping[str, str]] = {
    "ac_rennes": (
        "pronotepy's client hands every function `pronote_url=`, and this one does not take it: `TypeError`"
    ),
}
"""What no client of pronotepy can be given → why."""

OVER_HTTP: Final[Mapping[str, str]] = {
    "extranet_colleges_somme": "its only address is plain http; there is no way of ours to take it",
}
"""What sends a password without encryption → why."""

ADDRESS_AS_TYPED: Final[Mapping[str, str]] = {
    "bordeaux": (
        "it names the address as the person typed it to the gateway instead of the one that the school's"
        " page sends along: in small letters it is another service, and the school refuses its ticket"
    ),
}
"""What depends on how an address is written → why."""

# -- by make --

FOLLOWED: Final = ("G2021", "G2022")
"""The forms of EduConnect that pronotepy fills in."""

STOPPED: Final[Mapping[str, str]] = {
    "G2025": "it posts its own three fields and never the form's `csrf_token`: 400",
    "G2026": "the first page is not the form: what is posted to it has no token, and a password: 400",
}
"""The forms of EduConnect at which it stops → why."""

REPLAYED: Final[Mapping[str, str]] = {
    "_open_ent_ng_edu": (
        "whatever went wrong at EduConnect, user name and password of EduConnect are posted to the portal"
    ),
}
"""Makes that tell one party's password to another → how."""

TWICE: Final = (
    "a page after the password without an answer for the portal is taken for the second form of 2022: the"
    " password is posted again, also where it was refused"
)
"""Why a wrong password reaches EduConnect twice."""


# -- by row --


@attrs.frozen
class Other:
    """A name that has another meaning in our directory."""

    row: str
    """Our row under that name."""
    same: str | None
    """Our row that goes the function's way; `None`: the same, moved to another host."""
    why: str
    """What it means."""


OTHER_ROWS: Final[Mapping[str, Other]] = {
    "ac_orleans_tours": Other("ac-orleans-tours", None, "the log-in moved; the former host is kept beside"),
    "ac_poitiers": Other(
        "ac-poitiers", "ac-poitiers-gateway", "the academy's schools are on the region's portal now"
    ),
    "ile_de_france": Other(
        "iledefrance", "iledefrance-historic", "accounts of the portal itself ended in September 2024"
    ),
}
"""Function → what stands under its name."""
