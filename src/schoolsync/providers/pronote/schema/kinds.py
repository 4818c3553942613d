"""Numbers for kinds of things, which servers of different years count differently."""

from __future__ import annotations

from enum import IntEnum

from schoolsync.providers.pronote.schema.words import Version

__all__ = ["Kind", "kind_number", "read_kind"]

SHIFTED_SINCE: Version = (2025, 1, 3)
"""From here on every kind above 57 counts one less: the quiz editor, 57, is gone. Evidence: read."""
QUIZ_EDITOR = 57


class Kind(IntEnum):
    """Kinds of resources, as servers since 2025.1.3 count them. Evidence: read in the web client."""

    CLASS = 1
    GROUP = 2
    TEACHER = 3
    PUPIL = 4
    GUARDIAN = 5
    PERIOD = 11
    SERVICE = 12
    ABSENCE = 13
    DELAY = 14
    EXCLUSION = 15
    SUBJECT = 16
    ROOM = 17
    INFIRMARY = 21
    MISSED_MEAL = 22
    EVALUATION = 29
    STAFF = 34
    PUNISHMENT = 41
    SANCTION = 42
    BOARDING_ABSENCE = 44
    OBSERVATION = 45
    PUPIL_OBSERVATION = 46
    DOCUMENT = 48
    PUNISHMENT_SCHEDULE = 52
    CLASS_PART = 57
    MARKED_WORK = 59
    MESSAGE = 67
    MESSAGE_POSSESSION = 68
    MEASURE = 71
    INCIDENT = 73
    MATERIAL = 79
    COURSE_LABEL = 93
    SITE = 94
    BOARDING_DELAY = 121


def read_kind(number: int | None, version: Version) -> Kind | None:
    """What *number* means to a server of *version*; `None` for a kind that we do not know.

    A server whose version is not known counts as a present one.
    """
    if number is None:
        return None
    is_old = bool(version) and version < SHIFTED_SINCE
    if is_old and number >= QUIZ_EDITOR:
        number = number - 1 if number > QUIZ_EDITOR else 0
    try:
        return Kind(number)
    except ValueError:
        return None


def kind_number(kind: Kind, version: Version) -> int:
    """The number that a server of *version* has for *kind*."""
    is_old = bool(version) and version < SHIFTED_SINCE
    return kind + 1 if is_old and kind >= QUIZ_EDITOR else int(kind)
