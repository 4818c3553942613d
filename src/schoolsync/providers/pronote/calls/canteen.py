"""The canteen: the flow of its one server function."""

from __future__ import annotations

import datetime as dt

from schoolsync.providers.pronote.envelope import Page, read_page
from schoolsync.providers.pronote.schema.canteen import MenusPage
from schoolsync.providers.pronote.schema.words import encode_day
from schoolsync.providers.pronote.session import Resource, Session

__all__ = ["CANTEEN_TAB", "menus"]

CANTEEN_TAB = 10


async def menus(session: Session, about: Resource, day: dt.date) -> Page[MenusPage]:
    """What there is to eat in the week of *day*.

    Costs: one request. Wire: `PageMenus`, tab 10. Evidence: read.
    """
    data = {"date": encode_day(day)}
    answer = await session.ask("PageMenus", tab=CANTEEN_TAB, data=data, about=about)
    return read_page(session.options, answer, MenusPage)
