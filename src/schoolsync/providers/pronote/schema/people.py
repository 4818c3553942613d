"""The team around a pupil, and what the school keeps about a person."""

from __future__ import annotations

from pydantic import Field

from schoolsync.providers.pronote.schema.words import Count, Element, Flag, Named, Row, Tuple

__all__ = [
    "CalendarRow",
    "CalendarsRow",
    "ContactRow",
    "PersonalPage",
    "SecurityRow",
    "TaughtRow",
    "TeamPage",
    "TeamRow",
]


class TaughtRow(Named):
    """A subject, or what a member of the staff does."""

    weekly: str | None = Field(None, alias="volumeHoraire")
    """`3h30`; empty for staff."""
    whole: Named | None = Field(None, alias="servicePere")
    """The subject that this one is a part of."""
    is_part: Flag = Field(None, alias="estUneSousMatiere")


class TeamRow(Element):
    """A member of the team. `kind`: 3 teacher, 34 staff."""

    subjects: Tuple[TaughtRow] = Field((), alias="matieres")
    is_head: Flag = Field(None, alias="estProfPrincipal")
    """Evidence: guess for this page; read for others."""
    is_former: Flag = Field(None, alias="estEnleve")


class TeamPage(Row):
    """Wire: `PageEquipePedagogique`."""

    members: Tuple[TeamRow] = Field((), alias="liste")


class ContactRow(Row):
    """Where somebody lives and how they are reached."""

    line_1: str | None = Field(None, alias="adresse1")
    line_2: str | None = Field(None, alias="adresse2")
    line_3: str | None = Field(None, alias="adresse3")
    line_4: str | None = Field(None, alias="adresse4")
    postcode: str | None = Field(None, alias="codePostal")
    city: str | None = Field(None, alias="ville")
    province: str | None = None
    country: str | None = Field(None, alias="pays")
    email: str | None = Field(None, alias="eMail")
    phone_country: str | None = Field(None, alias="indicatifTel")
    """`33`."""
    phone: str | None = Field(None, alias="telephonePortable")
    """Without the country's number."""
    national_id: str | None = Field(None, alias="numeroINE")


class SecurityRow(Row):
    """How logging in is secured. `mode`: 0 not chosen, 1 off, 2 mail, 3 PIN."""

    mode: Count = None


class CalendarRow(Row):
    """A calendar that may be subscribed to; both parts of its key are secrets."""

    label: str | None = Field(None, alias="L")
    key: str | None = Field(None, alias="paramICal")
    supplement: str | None = Field(None, alias="paramSuppl")
    """Newer servers."""


class CalendarsRow(Row):
    """The calendars."""

    calendars: Tuple[CalendarRow] = Field((), alias="liste")


class PersonalPage(Row):
    """Wire: `PageInfosPerso`."""

    contact: ContactRow | None = Field(None, alias="Informations")
    security: SecurityRow | None = Field(None, alias="securisation")
    exports: CalendarsRow | None = Field(None, alias="iCal")
    """Servers since 2024; older ones say their one key with the timetable."""
