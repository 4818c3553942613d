"""Marks, averages and assessments of skills: one flow per server function."""

from __future__ import annotations

from schoolsync.providers.pronote.calls.periods import AskedPeriod, encode_period
from schoolsync.providers.pronote.envelope import Page, read_page
from schoolsync.providers.pronote.schema.evaluations import EvaluationsPage
from schoolsync.providers.pronote.schema.marks import MarksPage
from schoolsync.providers.pronote.session import Resource, Session

__all__ = ["EVALUATIONS_TAB", "MARKS_TAB", "evaluations", "marks"]

MARKS_TAB = 198
EVALUATIONS_TAB = 201


async def marks(session: Session, about: Resource, period: AskedPeriod) -> Page[MarksPage]:
    """The marks of *period*, its averages by subject and the overall one.

    Costs: one request for all of it.
    Wire: `DernieresNotes`, tab 198; this function alone spells `Periode` with a capital. Evidence: read.
    """
    data = {"Periode": encode_period(period)}
    answer = await session.ask("DernieresNotes", tab=MARKS_TAB, data=data, about=about)
    return read_page(session.options, answer, MarksPage)


async def evaluations(session: Session, about: Resource, period: AskedPeriod) -> Page[EvaluationsPage]:
    """The assessments of skills of *period*.

    Costs: one request.
    Wire: `DernieresEvaluations`, tab 201. Evidence: read.
    """
    data = {"periode": encode_period(period)}
    answer = await session.ask("DernieresEvaluations", tab=EVALUATIONS_TAB, data=data, about=about)
    return read_page(session.options, answer, EvaluationsPage)
