"""What teachers share: the flow of its one server function."""

from __future__ import annotations

from schoolsync.providers.pronote.envelope import Page, read_page
from schoolsync.providers.pronote.schema.resources import ResourcesPage
from schoolsync.providers.pronote.session import Resource, Session

__all__ = ["RESOURCES_TAB", "resources"]

RESOURCES_TAB = 99


async def resources(session: Session, about: Resource) -> Page[ResourcesPage]:
    """The documents and sites that teachers share.

    Costs: one request. Wire: `RessourcePedagogique`, tab 99. Evidence: read.
    """
    data = {"avecRessourcesPronote": True, "avecRessourcesEditeur": False}
    answer = await session.ask("RessourcePedagogique", tab=RESOURCES_TAB, data=data, about=about)
    return read_page(session.options, answer, ResourcesPage)
