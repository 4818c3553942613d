"""The team around a pupil, and what the school keeps about a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from schoolsync.providers.pronote import extra
from schoolsync.providers.pronote.envelope import Page
from schoolsync.providers.pronote.mapping.mapped import Context, duration, mapped_rows, name
from schoolsync.providers.pronote.schema.kinds import Kind, read_kind
from schoolsync.providers.pronote.schema.people import ContactRow, PersonalPage, TaughtRow, TeamPage, TeamRow

__all__ = ["to_personal_data", "to_teachers"]

ROLES: Mapping[Kind | None, extra.TeacherKind] = {
    Kind.TEACHER: extra.TeacherKind.TEACHER,
    Kind.STAFF: extra.TeacherKind.STAFF,
}
SECURITY: Mapping[int | None, extra.SecondFactor] = {
    0: extra.SecondFactor.NONE_CHOSEN,
    1: extra.SecondFactor.OFF,
    2: extra.SecondFactor.MAIL,
    3: extra.SecondFactor.PIN,
}


def to_teachers(context: Context, page: Page[TeamPage]) -> list[extra.Teacher]:
    """The team around a pupil, in the server's order; what nobody is called is left out.

    Losses: ids, which end with the session.
    """
    context.issues.extend(page.issues)
    return mapped_rows(context, page, page.data.members, partial(_teachers, context), "liste")


def _teachers(context: Context, row: TeamRow, _raw: Any) -> Iterator[extra.Teacher]:
    called = name(row.label)
    if called is None:
        raise ValueError("a teacher without a name")
    yield extra.Teacher(
        name=called,
        kind=ROLES.get(read_kind(row.kind, context.year.version), extra.TeacherKind.OTHER),
        subjects=tuple(_subjects(context, row)),
        is_head=row.is_head,
        is_former=row.is_former,
    )


def _subjects(context: Context, row: TeamRow) -> Iterator[extra.TaughtSubject]:
    for place, taught in enumerate(row.subjects):
        called = name(taught.label)
        if called:
            weekly = context.tried(f"matieres.{place}.volumeHoraire", partial(duration, taught.weekly))
            yield extra.TaughtSubject(name=called, weekly=weekly, parent=_whole(taught))


def _whole(row: TaughtRow) -> str | None:
    return name(row.whole.label) if row.whole else None


def to_personal_data(page: PersonalPage) -> extra.PersonalData:
    """What the school keeps about a person. Losses: keys of calendars, which are secrets."""
    row = page.contact or ContactRow.model_validate({})
    lines = map(name, (row.line_1, row.line_2, row.line_3, row.line_4))
    return extra.PersonalData(
        address=tuple(line for line in lines if line),
        postcode=name(row.postcode),
        city=name(row.city),
        province=name(row.province),
        country=name(row.country),
        email=name(row.email),
        phone=_phone(row),
        national_id=name(row.national_id),
        second_factor=SECURITY.get(page.security.mode) if page.security else None,
    )


def _phone(row: ContactRow) -> str | None:
    """The number with its country's in front, where that is said."""
    number, country = name(row.phone), name(row.phone_country)
    return f"+{country.lstrip('+')}{number}" if number and country else number
