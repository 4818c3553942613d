"""The way through an academy's gateway that leads to EduConnect at once: La Réunion, Poitiers.

1. The gateway's page, which is told nothing of the school: a form that carries a request to EduConnect (La
   Réunion), or a redirect there (Poitiers).
2. EduConnect, and back to the gateway, which shows a page of its own to whom it let in.
3. The school is entered, and finds the way to the gateway and back.

Wire:
    docs/protocol/portals.md#families
Evidence:
    read. What it says of an account that it does not know is a guess.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schoolsync.ent.own_pages import check_known, go_on
from schoolsync.ent.trip import Trip

if TYPE_CHECKING:
    from schoolsync.ent.families import SamlDiscoveryEduConnect

__all__ = ["turn"]


async def turn(_family: SamlDiscoveryEduConnect, trip: Trip) -> None:
    """One step from a page of the gateway.

    Raises:
        SchoolSyncError: What the page says.
    """
    check_known(trip)
    await go_on(trip)
