"""What an account can see and do, from the screens that the school opened for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from schoolsync.model import Availability, Capabilities, Pupil
from schoolsync.providers.pronote.mapping.year import SchoolYear
from schoolsync.providers.pronote.schema.settings import UserPage
from schoolsync.providers.pronote.session import Space

__all__ = ["ALWAYS", "FIELDS", "TABS", "to_capabilities"]

TABS: Mapping[str, tuple[int, ...]] = {
    "absences": (19,),
    "agenda": (9,),
    "announcements": (8,),
    "averages": (198,),
    "behaviour_events": (19,),
    "discussions": (131,),
    "evaluations": (201,),
    "files": (99,),
    "home": (7,),
    "homeworks": (88,),
    "ical": (16, 49),
    "lesson_contents": (89,),
    "lessons": (16,),
    "mark_book": (198,),
    "marks": (198,),
    "menus": (10,),
    "messages": (131,),
    "news": (8,),
    "personal_data": (49,),
    "presence_totals": (19,),
    "report": (13,),
    "resources": (99,),
    "sanctions": (19,),
    "teachers": (37,),
    "timetable_pdf": (16,),
}
"""What we read, and the screens of which one is enough for it."""
PUPIL_THINGS = frozenset(
    "absences averages behaviour_events evaluations files homeworks lesson_contents mark_book marks"
    " presence_totals report resources sanctions teachers".split()
)
"""What is said of a pupil: a teacher's screens show it in other ways, which are not read."""
WRITABLE = ("announcements", "discussions", "messages", "news")
"""What an account may answer."""
ALWAYS = ("holidays", "params", "periods", "user")
"""What every session begins with."""
ABSENT = (
    "academic_reports",
    "activity",
    "attendance",
    "badges",
    "behaviour",
    "classes",
    "detentions",
    "parent_behaviours",
    "pupil_fields",
    "report_cards",
    "rewards",
)
"""What PRONOTE does not have, or not under this name."""
UNWRITTEN = ("parent_behaviours", "rewards")
"""What an account of another provider can add to or spend."""

NEVER_FILLED: Mapping[str, str] = {
    "Absence": "session_label half_days code lesson_key",
    "Announcement": "is_pinned",
    "Attachment": "media_type size",
    "BehaviourEvent": "points",
    "Homework": "title kind teacher mark_key",
    "Lesson": "own_note period_label",
    "Report": "attendance_percentage",
    "ReportLine": "grades",
    "Resource": "description_html description_text",
    "Sanction": "location",
}
FIELDS: Mapping[tuple[str, str], Availability] = {
    (record, field): Availability.NOT_IN_PROVIDER
    for record, fields in NEVER_FILLED.items()
    for field in fields.split()
}
"""Fields of neutral records that PRONOTE never fills."""
FORBIDDEN, MESSAGING = "discussionInterdit", "AvecDiscussion"
"""Rights of the account over discussions."""


def to_capabilities(pupils: Sequence[Pupil], user: UserPage, space: Space, year: SchoolYear) -> Capabilities:
    """What this account can see of each pupil.

    The school opens screens for accounts, not for pupils: the answers are the same for all
    children of a parent. A server that lists no screen at all has said nothing: `unknown`.

    Args:
        pupils: The account's pupils.
        user: What the server says of the account.
        space: Who signed in.
        year: The school year; a year without periods has no answer about them.
    """
    answers = _operations(user, space, year)
    return Capabilities(
        pupils=tuple(pupils), operations={pupil.key: answers for pupil in pupils}, fields=FIELDS
    )


def _operations(user: UserPage, space: Space, year: SchoolYear) -> dict[tuple[str, str], Availability]:
    opened = frozenset(user.open_tabs)
    answers = {(thing, "read"): _opened(tabs, opened, user) for thing, tabs in TABS.items()}
    answers.update({(thing, "read"): Availability.YES for thing in ALWAYS})
    answers.update({(thing, "read"): Availability.NOT_IN_PROVIDER for thing in ABSENT})
    answers.update({(thing, "write"): Availability.NOT_IN_PROVIDER for thing in UNWRITTEN})
    if not year.periods:
        answers["periods", "read"] = Availability.OFF_AT_SCHOOL
    if user.rights.get(FORBIDDEN) is True:
        answers["discussions", "read"] = answers["messages", "read"] = Availability.OFF_AT_SCHOOL
    if space is Space.TEACHER:
        answers.update({(thing, "read"): Availability.NOT_FOR_THIS_ACCOUNT for thing in PUPIL_THINGS})
    answers.update(_writes(answers, user, space))
    return answers


def _writes(
    reads: Mapping[tuple[str, str], Availability], user: UserPage, space: Space
) -> dict[tuple[str, str], Availability]:
    answers = {(thing, "write"): reads[thing, "read"] for thing in WRITABLE}
    if user.rights.get(MESSAGING) is False:
        answers["discussions", "write"] = answers["messages", "write"] = Availability.OFF_AT_SCHOOL
    is_pupil = space is Space.STUDENT
    answers["homeworks", "write"] = (
        reads["homeworks", "read"] if is_pupil else Availability.NOT_FOR_THIS_ACCOUNT
    )
    return answers


def _opened(tabs: Sequence[int], opened: frozenset[int], user: UserPage) -> Availability:
    if not user.tabs:
        return Availability.UNKNOWN
    return Availability.YES if opened.intersection(tabs) else Availability.OFF_AT_SCHOOL
