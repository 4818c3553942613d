"""The mark book of the invented collège: marks as teachers wrote them, and the averages they make."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

import attrs

from schoolsync.model import Mark, MarkStatus, Subject, SubjectAverage
from schoolsync.sandbox.college.averages import SCALE, mean, subject_average
from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.college.resources import StoredFile, attachments
from schoolsync.sandbox.college.subjects import subject_called
from schoolsync.sandbox.papers import named

__all__ = ["CODES", "ClassFigures", "MarkBook", "MarkSheet", "Said", "Service", "mark_sheet"]

CODES = {
    "1": MarkStatus.ABSENT,
    "2": MarkStatus.EXEMPT,
    "3": MarkStatus.NOT_GRADED,
    "4": MarkStatus.UNFIT,
    "5": MarkStatus.NOT_SUBMITTED,
    "6": MarkStatus.ABSENT_ZERO,
    "7": MarkStatus.NOT_SUBMITTED_ZERO,
    "8": MarkStatus.COMMENDED,
}
"""What a teacher may write instead of points, by the number that follows the bar."""

Said: TypeAlias = Decimal | int | str
"""A mark as it is written: points (`15.5`), a code (`|1`, `|8|20`), or nothing yet (the empty text)."""
ClassFigures: TypeAlias = tuple[Decimal, Decimal, Decimal]
"""Average, lowest and highest of the class."""


@attrs.frozen
class Service:
    """A subject as one class is taught and marked in it."""

    name: str
    """`MATHEMATIQUES`."""
    coefficient: Decimal = Decimal(1)
    """Its weight in the overall average."""
    is_in_groups: bool = False
    """Whether it is taught in groups that mix classes."""
    shows_class: bool = True
    """Whether families see the figures of the class."""

    @property
    def subject(self) -> Subject:
        """As a correct client delivers it."""
        return subject_called(self.name)


@attrs.frozen
class MarkSheet:
    """One line of the mark book."""

    record: Mark
    """As a correct client delivers it."""
    service: Service
    """For what it counts."""
    period: str
    """Name of the period in which it counts."""
    said: str
    """As written: `15.5`, `|1`, nothing."""
    paper: StoredFile | None = None
    """What had to be done."""
    correction: StoredFile | None = None
    """How it should have been done."""


@attrs.define
class MarkBook:
    """All marks of one pupil."""

    services: tuple[Service, ...] = ()
    """In what the pupil is marked, in the school's order."""
    sheets: list[MarkSheet] = attrs.field(factory=list)
    """In no order."""
    shows_overall: bool = True
    """Whether families see the average over all subjects."""

    # -- readings ------------------------------------------------------------------

    def sheets_of(self, period: str) -> list[MarkSheet]:
        """The lines that count in *period*, newest first."""
        found = [sheet for sheet in self.sheets if sheet.period == period]
        return sorted(found, key=lambda sheet: sheet.record.given_on or dt.date.min, reverse=True)

    def services_of(self, period: str) -> list[Service]:
        """The subjects that have a line in *period*, in the school's order."""
        marked = {sheet.service.name for sheet in self.sheets_of(period)}
        return [service for service in self.services if service.name in marked]

    def average(self, service: Service, period: str) -> SubjectAverage:
        """The averages in one subject, whatever of them there is."""
        records = [sheet.record for sheet in self.sheets_of(period) if sheet.service.name == service.name]
        return SubjectAverage(
            subject=service.subject,
            pupil=subject_average(records),
            class_=subject_average(records, lambda mark: mark.class_average),
            min=subject_average(records, lambda mark: mark.class_min),
            max=subject_average(records, lambda mark: mark.class_max),
            out_of=SCALE,
            period_key=records[0].period_key if records else None,
        )

    def overall(self, period: str) -> SubjectAverage | None:
        """The average over all subjects; `None` if there is none, or families do not see it."""
        services = self.services_of(period)
        lines = [(self.average(service, period), service.coefficient) for service in services]
        pupil = mean((line.pupil, weight) for line, weight in lines)
        class_ = mean((line.class_, weight) for line, weight in lines)
        if not self.shows_overall or (pupil is None and class_ is None):
            return None
        key = lines[0][0].period_key
        return SubjectAverage(pupil=pupil, class_=class_, out_of=SCALE, period_key=key)

    def averages(self, period: str) -> tuple[SubjectAverage, ...]:
        """Averages by subject, in the school's order, then the overall one: those with a figure."""
        lines = [self.average(service, period) for service in self.services_of(period)]
        told = [line for line in lines if (line.pupil, line.class_, line.min, line.max) != (None,) * 4]
        overall = self.overall(period)
        return (*told, *((overall,) if overall else ()))

    # -- changes -------------------------------------------------------------------

    def set_value(self, key: str, said: Said) -> MarkSheet:
        """The mark *key* is *said* from now on; it stays the same mark. Its new line.

        Raises:
            KeyError: There is no such mark.
        """
        for position, sheet in enumerate(self.sheets):
            if sheet.record.key == key:
                self.sheets[position] = _corrected(sheet, said)
                return self.sheets[position]
        raise KeyError(key)


def mark_sheet(
    desk: CollegeDesk,
    number: int,
    service: Service,
    given_on: dt.date,
    said: Said,
    title: str = "",
    *,
    class_figures: ClassFigures | None = None,
    paper: StoredFile | None = None,
    correction: StoredFile | None = None,
    **more: Any,
) -> MarkSheet:
    """A line whose neutral record says the same as its other fields.

    Args:
        desk: Whose mark it is.
        number: Tells the pupil's marks apart.
        service: For what.
        given_on: When; decides the period.
        said: The mark as written.
        title: What was marked.
        class_figures: How the class did; left out where families do not see it.
        paper: What had to be done.
        correction: How it should have been done.
        more: Fields of `Mark`; otherwise it counts once, on a scale of 20, for what it is.

    Raises:
        LookupError: *given_on* lies outside the school year.
    """
    identity = named("mark", number, desk.pupil)
    period = desk.year.term_of(given_on).record
    average, lowest, highest = (service.shows_class and class_figures) or (None, None, None)
    files = [file for file in (paper, correction) if file]
    record = Mark(
        **{
            **identity,
            "out_of": SCALE,
            "default_out_of": SCALE,
            "coefficient": Decimal(1),
            "is_bonus": False,
            "is_optional": False,
            "is_rescaled": False,
            **_read(said),
            **more,
        },
        class_average=average,
        class_min=lowest,
        class_max=highest,
        title=title,
        given_on=given_on,
        subject=service.subject,
        period_key=period.key,
        attachments=attachments(identity["key"], files),
    )
    return MarkSheet(record, service, period.name, str(said), paper, correction)


def _read(said: Said) -> dict[str, Any]:
    """Status and value of a mark as written."""
    if said == "":
        return {"status": MarkStatus.PENDING, "value": None}
    if isinstance(said, str) and said.startswith("|"):
        return {"status": CODES.get(said.split("|")[1], MarkStatus.UNKNOWN), "value": None}
    try:
        return {"status": MarkStatus.GRADED, "value": Decimal(said)}
    except InvalidOperation:
        return {"status": MarkStatus.UNKNOWN, "value": None}


def _corrected(sheet: MarkSheet, said: Said) -> MarkSheet:
    """*sheet* with another mark; the class's extremes move where the new one lies beyond them."""
    record, update = sheet.record, _read(said)
    value = update["value"]
    if value is not None and record.class_min is not None and record.class_max is not None:
        update |= {"class_min": min(record.class_min, value), "class_max": max(record.class_max, value)}
    return attrs.evolve(sheet, record=record.model_copy(update=update), said=str(said))
