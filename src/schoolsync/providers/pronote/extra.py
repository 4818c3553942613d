"""What only PRONOTE says, in our words: who is signed in, the school year, teachers, personal data.

These are values, frozen like those of `schoolsync.model`: `repr` shows nothing of a person,
`to_dict` shows content. What is known before anybody signs in stands at the end.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import attrs

from schoolsync.model import Mark, Rows, SubjectAverage
from schoolsync.model.extras import FrozenMap
from schoolsync.model.record import Moment, Number, Value

__all__ = [
    "FoundSchool",
    "Holiday",
    "InstanceInfo",
    "InstanceSpace",
    "Level",
    "MarkBook",
    "Params",
    "PersonalData",
    "SecondFactor",
    "Slot",
    "SpaceKind",
    "TaughtSubject",
    "Teacher",
    "TeacherKind",
    "User",
    "UserKind",
]


class UserKind(StrEnum):
    """What an account is for."""

    STUDENT = "student"
    PARENT = "parent"
    TEACHER = "teacher"


class TeacherKind(StrEnum):
    """What a member of the team is."""

    TEACHER = "teacher"
    STAFF = "staff"
    OTHER = "other"
    """Of a kind that we do not know."""


class SecondFactor(StrEnum):
    """How logging in is secured."""

    NONE_CHOSEN = "none_chosen"
    """Nothing was chosen yet."""
    OFF = "off"
    MAIL = "mail"
    PIN = "pin"


class User(Value):
    """Who is signed in."""

    name: str
    """Full name as the school writes it: family name in capitals, then the given name."""
    first_name: str | None = None
    """Given name, where the full name shows which part it is."""
    last_name: str | None = None
    """Family name, likewise."""
    kind: UserKind
    """What the account is for."""
    pupils: tuple[str, ...] = ()
    """Full names of the pupils: the account's own, or a parent's children; none for a teacher."""
    class_names: tuple[str, ...] = ()
    """Classes of those pupils, each once."""
    schools: tuple[str, ...] = ()
    """Schools that the account belongs to; its children may attend several."""
    is_delegate: bool | None = None
    """Whether the user speaks for a class; `None`: not said."""
    tabs: tuple[int, ...] = ()
    """Numbers of the screens, and groups of screens, that the school opened, in its own order."""
    rights: FrozenMap = FrozenMap()
    """Yes and no of the school, in the server's words: `AvecDiscussion`."""


class Holiday(Value):
    """Holidays, or one public holiday."""

    name: str
    """The school's name for it."""
    first: dt.date
    """First day."""
    last: dt.date
    """Last day, included."""


class Slot(Value):
    """One place of the day's grid."""

    place: int
    """Its number, from 0."""
    start: dt.time
    """When it begins, on the school's clock."""
    end: dt.time | None = None
    """When it ends; `None`: not said."""


class Level(Value):
    """A level of acquisition that evaluations give."""

    label: str
    """`Très bonne maîtrise`."""
    abbreviation: str | None = None
    """`A+`."""
    colour: str | None = None
    """`#rrggbb`."""


class Params(Value):
    """The school year, as the server sets it up."""

    version: str
    """Version of the server: `2025.1.3`; empty when it is not said."""
    school: str
    """Name of the school; empty when it is not said."""
    year_label: str | None = None
    """`2025-2026`."""
    first_day: dt.date | None = None
    """First day of the year."""
    last_day: dt.date | None = None
    """Last day of the year, included."""
    first_monday: dt.date | None = None
    """Monday of week 1."""
    next_workday: dt.date | None = None
    """Today when the session began, or the next day with lessons."""
    workdays: tuple[int, ...] = ()
    """Days of the week with lessons; 1 is Monday."""
    places_per_day: int | None = None
    """Places of the grid in one day."""
    places_per_hour: int | None = None
    """Places of the grid in one hour."""
    slots: tuple[Slot, ...] = ()
    """The grid of a day, as far as the school names its times."""
    slot_names: tuple[str, ...] = ()
    """The school's names for the lessons of a day: `M1`, `S2`."""
    breaks: tuple[tuple[str, int], ...] = ()
    """Name of a break, and the place that follows it."""
    holidays: tuple[Holiday, ...] = ()
    """Holidays, in the server's order."""
    fortnights: tuple[tuple[str, tuple[int, ...]], ...] = ()
    """Name of a fortnight, and the numbers of its weeks; week 1 begins on `first_monday`."""
    scale: Number | None = None
    """Top of the scale of marks."""
    levels: tuple[Level, ...] = ()
    """Levels of acquisition."""
    has_canteen: bool | None = None
    """Whether there is a lunch break with a canteen; `None`: not said."""


class TaughtSubject(Value):
    """What a member of the team does for a class."""

    name: str
    """Subject, or function: `CPE`."""
    weekly: dt.timedelta | None = None
    """Hours a week; `None`: not said."""
    parent: str | None = None
    """The subject that this one is a part of."""


class Teacher(Value):
    """A member of the team around a pupil."""

    name: str
    """As the school writes it."""
    kind: TeacherKind
    """What they are."""
    subjects: tuple[TaughtSubject, ...] = ()
    """What they teach, or do, in the server's order."""
    is_head: bool | None = None
    """Whether they are the class's head teacher; `None`: not said."""
    is_former: bool | None = None
    """Whether they have left; `None`: not said."""


class PersonalData(Value):
    """What the school keeps about a pupil, or about the user."""

    address: tuple[str, ...] = ()
    """Lines of the address, without the empty ones."""
    postcode: str | None = None
    """`75000`."""
    city: str | None = None
    """Town."""
    province: str | None = None
    """Province, where the country has them."""
    country: str | None = None
    """Country, as text."""
    email: str | None = None
    """Mail address."""
    phone: str | None = None
    """Mobile number, with its country's number in front: `+33600000000`."""
    national_id: str | None = None
    """The pupil's number in national education (INE)."""
    second_factor: SecondFactor | None = None
    """How logging in is secured; `None`: not said."""


@attrs.frozen
class MarkBook:
    """Marks and averages that came in one answer."""

    marks: Rows[Mark]
    """As `get_marks` gives them."""
    averages: Rows[SubjectAverage]
    """As `get_averages` gives them."""


# -- before anybody signs in -------------------------------------------------------------


class SpaceKind(StrEnum):
    """For whom pages of an instance are."""

    STUDENT = "student"
    PARENT = "parent"
    TEACHER = "teacher"
    SCHOOL_LIFE = "school_life"
    """The office that looks after pupils outside lessons."""
    ADMINISTRATION = "administration"
    ASSISTANT = "assistant"
    """Adults who accompany a pupil."""
    TUTOR = "tutor"
    COMPANY = "company"
    """Where pupils do internships."""
    ACADEMY = "academy"
    """Inspectors."""
    ENROLMENT = "enrolment"


class InstanceSpace(Value):
    """Pages of an instance for one kind of people."""

    name: str
    """As the school calls it: `Espace Élèves`."""
    url: str
    """The page of the mobile app."""
    kind: SpaceKind | None = None
    """For whom; `None`: a page that we do not know."""


class InstanceInfo(Value):
    """What a school's PRONOTE tells everybody about itself."""

    name: str
    """Name of the school; empty when it is not said."""
    url: str
    """Where it is, without page: somewhere else than asked when it has moved for good."""
    version: str
    """Version of the server: `2025.2.6`; empty when it is not said."""
    spaces: tuple[InstanceSpace, ...] = ()
    """Its kinds of pages, in the server's order."""
    cas_active: bool | None = None
    """Whether people come in through a portal; `None`: not said."""
    cas_url: str | None = None
    """The portal's log-in page; `None`: not said."""
    date: Moment | None = None
    """When it was told, by the server's clock; `None`: not said. Evidence: inferred."""


class FoundSchool(Value):
    """A school on PRONOTE, as the vendor's directory knows it."""

    name: str
    """Name of the school; empty when it is not said."""
    url: str
    """Its PRONOTE, as every `url=` here takes it."""
    latitude: float
    """Degrees north."""
    longitude: float
    """Degrees east."""
    postcode: str | None = None
    """`75000`; `None`: not said."""
    distance_km: float
    """From the place that was asked about, along the sphere."""
