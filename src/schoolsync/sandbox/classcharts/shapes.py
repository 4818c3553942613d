"""Knobs: the ways in which the real server was seen, or is said, to differ from itself."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import attrs

__all__ = ["Mode", "Rules", "Shapes"]

Mode = Literal["lenient", "tes"]
"""`lenient`: the session id is enough. `tes`: the log-in's cookie is wanted too, as since April 2026."""


@attrs.frozen(kw_only=True)
class Shapes:
    """How answers are worded."""

    file_keys: tuple[str, ...] = ("file_name", "filename")
    """Keys under which a homework file's name stands."""
    announcement_file_key: str = "filename"
    """The same for files of announcements; `fileName` was seen."""
    counts_as_list: bool = False
    """Whether `other_*_count` is a list of maps instead of one map."""
    reports_as_list: bool = False
    """Whether a single report, card or comment comes in a list."""
    badges_wrapped: bool = True
    """Whether an award's content stands inside `pupil_event`."""
    timetable_by_date: bool = False
    """Whether a timetable is a map of dates instead of a list."""
    success_as_bool: bool = False
    """Whether `success` is `true` everywhere, not only for report cards."""
    has_newer_fields: bool = True
    """Whether keys are there that older servers did not send."""
    negatives_signed: bool = False
    """Whether the behaviour summary gives negative points a sign."""
    due_with_time: bool = False
    """Whether `due_date` of homework carries a time."""


@attrs.frozen(kw_only=True)
class Rules:
    """How the server behaves."""

    require_ping: bool = False
    """Whether data is empty until the first ping after a log-in."""
    strict_ping: bool = False
    """Whether an expired id may no longer ping."""
    requires_captcha: bool = False
    """Whether every log-in is refused for want of a solved captcha."""
    ignores_from: bool = False
    """Whether `from` is ignored by the activity listing."""
    refuses_switched_off: bool = False
    """Whether a feature that is off is refused; else it is empty."""
    id_life: dt.timedelta = dt.timedelta(seconds=180)
    """How long a session id is good."""
    grace: dt.timedelta = dt.timedelta(seconds=60)
    """How long an id is still good, at least, after a newer one was given."""
    cookie_life: dt.timedelta = dt.timedelta(hours=2)
    """How long a log-in is good; every ping begins it anew."""
    link_life: dt.timedelta = dt.timedelta(minutes=5)
    """How long the address of a file is good."""
    expired_status: int = 200
    """HTTP status of an answer to a dead session: 200 or 401."""
    expired_flag: int = 1
    """What `expired` says in it; an older server said 0."""
