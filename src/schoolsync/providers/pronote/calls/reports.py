"""Report cards and transcripts: one flow per server function."""

from __future__ import annotations

from schoolsync.providers.pronote.calls.periods import AskedPeriod, encode_period
from schoolsync.providers.pronote.envelope import Page, read_page
from schoolsync.providers.pronote.schema.reports import ReportPage, TranscriptPage
from schoolsync.providers.pronote.session import Resource, Session

__all__ = ["CLASS_REPORT_TAB", "REPORT_TAB", "TRANSCRIPT_TAB", "report", "transcript"]

REPORT_TAB = 13
CLASS_REPORT_TAB = 41
TRANSCRIPT_TAB = 12


async def report(
    session: Session, about: Resource, period: AskedPeriod, *, of_class: bool = False
) -> Page[ReportPage]:
    """The report card of *period*: the pupil's, or that of the class.

    Costs: one request.
    Wire: `PageBulletins`, tab 13; tab 41 for a class. Evidence: read.
    """
    data = {"classe": {}, "eleve": {}, "periode": encode_period(period)}
    tab = CLASS_REPORT_TAB if of_class else REPORT_TAB
    answer = await session.ask("PageBulletins", tab=tab, data=data, about=about)
    return read_page(session.options, answer, ReportPage)


async def transcript(session: Session, about: Resource, period: AskedPeriod) -> Page[TranscriptPage]:
    """The marks of *period* as the school prints them; what is inside the lines stays as it was sent.

    Costs: one request.
    Wire: `PageReleve`, tab 12. Evidence: read; that the pupil's id may be sent for the pupil's own
    page is inferred.
    """
    data = {"eleve": {"N": about.id}, "periode": encode_period(period)}
    answer = await session.ask("PageReleve", tab=TRANSCRIPT_TAB, data=data, about=about)
    return read_page(session.options, answer, TranscriptPage)
