"""The notebook of the class: one flow per thing that is read in it, or changed."""

from __future__ import annotations

from schoolsync.providers.pronote.envelope import Answer, Page, read_page
from schoolsync.providers.pronote.schema.notebook import ContentsPage, HomeworkPage
from schoolsync.providers.pronote.schema.words import encode_weeks
from schoolsync.providers.pronote.session import Resource, Session

__all__ = ["CONTENTS_TAB", "HOMEWORK_TAB", "contents", "entry", "homeworks", "tick"]

HOMEWORK_TAB = 88
CONTENTS_TAB = 89
CHANGED = 2
"""State of an element that is saved."""


async def homeworks(session: Session, about: Resource, first_week: int, last_week: int) -> Page[HomeworkPage]:
    """Homework due in the weeks from *first_week* to *last_week*.

    Costs: one request, however many weeks.
    Wire: `PageCahierDeTexte`, tab 88. Evidence: read.
    """
    data = {"domaine": encode_weeks(first_week, last_week)}
    answer = await session.ask("PageCahierDeTexte", tab=HOMEWORK_TAB, data=data, about=about)
    return read_page(session.options, answer, HomeworkPage)


async def contents(session: Session, about: Resource, first_week: int, last_week: int) -> Page[ContentsPage]:
    """What was done in the lessons of the weeks from *first_week* to *last_week*.

    Costs: one request, however many weeks.
    Wire: `PageCahierDeTexte`, tab 89. Evidence: read.
    """
    data = {"domaine": encode_weeks(first_week, last_week)}
    answer = await session.ask("PageCahierDeTexte", tab=CONTENTS_TAB, data=data, about=about)
    return read_page(session.options, answer, ContentsPage)


async def entry(
    session: Session, about: Resource, entry_id: str, *, with_homework: bool = False
) -> Page[ContentsPage]:
    """One entry of the notebook, as a page of one; with the homework given in it, if that is wanted.

    Costs: one request. Wire: `donneesContenusCDT`, tab 89. Evidence: read.
    """
    data = {"cahierDeTextes": {"N": entry_id}, **({"pourTAF": True} if with_homework else {})}
    answer = await session.ask("donneesContenusCDT", tab=CONTENTS_TAB, data=data, about=about)
    return read_page(session.options, answer, ContentsPage)


async def tick(session: Session, about: Resource, homework_id: str, done: bool) -> Answer:
    """The pupil's tick is set, or taken away. A write.

    Costs: one request. Wire: `SaisieTAFFaitEleve`, tab 88. Evidence: read.
    """
    data = {"listeTAF": [{"N": homework_id, "TAFFait": done, "E": CHANGED}]}
    return await session.ask("SaisieTAFFaitEleve", tab=HOMEWORK_TAB, data=data, about=about, is_read=False)
