"""Totals of an interval: time followed and missed by subject, and how often what happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

import attrs

from schoolsync.providers.pronote.envelope import Page
from schoolsync.providers.pronote.mapping.mapped import Context, duration, mapped_rows, name
from schoolsync.providers.pronote.schema.kinds import Kind, read_kind
from schoolsync.providers.pronote.schema.presence import CountRow, PresencePage, SubjectTimeRow

__all__ = ["EventCount", "PresenceTotals", "SubjectTime", "to_totals"]


@attrs.frozen
class SubjectTime:
    """Time in one subject, or in a group of subjects; `None`: not said."""

    subject: str = attrs.field(repr=False)
    """Name of the subject, or of the group."""
    followed: dt.timedelta | None = attrs.field(default=None, repr=False)
    """Lessons that took place with the pupil."""
    missed: dt.timedelta | None = attrs.field(default=None, repr=False)
    """Lessons missed by absence."""
    excluded_from_lessons: dt.timedelta | None = attrs.field(default=None, repr=False)
    """Lessons missed by an exclusion from class."""
    excluded_from_school: dt.timedelta | None = attrs.field(default=None, repr=False)
    """Lessons missed by an exclusion from school."""
    in_infirmary: dt.timedelta | None = attrs.field(default=None, repr=False)
    """Time in the infirmary."""
    is_group: bool = False
    """Whether it is a group: its figures are those of its subjects together, not to be counted twice."""
    group: str | None = attrs.field(default=None, repr=False)
    """Name of the group that the subject belongs to."""


@attrs.frozen
class EventCount:
    """How often something happened; `None`: not said."""

    label: str = attrs.field(repr=False)
    """The server's word for it; empty where it has none."""
    kind: Kind | None = None
    """What it is."""
    total: int | None = attrs.field(default=None, repr=False)
    """How often; half days, of absences."""
    unjustified: int | None = attrs.field(default=None, repr=False)
    """How many of these without a reason that the school accepts."""
    duration: dt.timedelta | None = attrs.field(default=None, repr=False)
    """How long together."""


@attrs.frozen
class PresenceTotals:
    """All totals of one interval."""

    subjects: tuple[SubjectTime, ...] = attrs.field(default=(), repr=False)
    """In the server's order, groups before what belongs to them."""
    counts: tuple[EventCount, ...] = attrs.field(default=(), repr=False)
    """In the server's order."""

    @property
    def missed(self) -> dt.timedelta | None:
        """Time missed in all subjects, exclusions included; `None` if none of them says."""
        return _sum(self, lambda row: (row.missed, row.excluded_from_lessons, row.excluded_from_school))

    @property
    def followed(self) -> dt.timedelta | None:
        """Time followed in all subjects; `None` if none of them says."""
        return _sum(self, lambda row: (row.followed,))


def _sum(
    totals: PresenceTotals, of: Callable[[SubjectTime], tuple[dt.timedelta | None, ...]]
) -> dt.timedelta | None:
    said = [part for row in totals.subjects if not row.is_group for part in of(row) if part is not None]
    return sum(said, dt.timedelta()) if said else None


def to_totals(context: Context, page: Page[PresencePage]) -> PresenceTotals:
    """The totals beside the events, over the same days."""
    context.issues.extend(page.issues)
    data = page.data
    groups = {row.group: name(row.label) for row in data.subjects if row.group}
    subjects = mapped_rows(context, page, data.subjects, lambda row, _: [_subject(row, groups)], "Matieres")
    counted = partial(_count, context)
    counts = mapped_rows(context, page, data.counts, lambda row, _: [counted(row)], "listeRecapitulatifs")
    return PresenceTotals(tuple(subjects), tuple(counts))


def _subject(row: SubjectTimeRow, groups: dict[int, str | None]) -> SubjectTime:
    return SubjectTime(
        subject=name(row.label) or "",
        followed=_seconds(row.followed),
        missed=_seconds(row.missed),
        excluded_from_lessons=_seconds(row.excluded_from_lessons),
        excluded_from_school=_seconds(row.excluded_from_school),
        in_infirmary=_seconds(row.in_infirmary),
        is_group=bool(row.group),
        group=groups.get(row.in_group) if row.in_group else None,
    )


def _count(context: Context, row: CountRow) -> EventCount:
    return EventCount(
        label=name(row.label) or "",
        kind=read_kind(row.kind, context.year.version),
        total=row.total,
        unjustified=row.unjustified,
        duration=context.tried("NbrHeures", partial(duration, row.hours)),
    )


def _seconds(number: int | None) -> dt.timedelta | None:
    return None if number is None else dt.timedelta(seconds=number)
