"""Every reading of PRONOTE: in the server's words, and in ours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import attrs

from schoolsync.model import Rows

__all__ = ["READINGS", "Reading"]

DAY = dt.date(2026, 3, 11)
WEEK = (dt.date(2026, 3, 9), dt.date(2026, 3, 15))
FROM, TO = dt.date(2025, 9, 1), dt.date(2026, 7, 4)
NUMBER = 28
"""Of the week."""
Call = Callable[[Any], Any]


@attrs.frozen
class Reading:
    """One reading."""

    name: str
    function: str
    """Of the server."""
    native: Call
    """In the server's words: a page."""
    ours: tuple[Call, ...] = ()
    """The neutral readings that go through it."""
    generation: str = "2026.2.5.6"

    def __str__(self) -> str:
        return self.name


def first_thread(client: Any) -> Any:
    """The ids that the first thread lists."""
    (row, *_) = [row for row in client.native.get_discussions().data.rows if row.is_thread]
    return [one.id or "" for one in row.possessions]


def whole_book(client: Any) -> Rows[Any]:
    """Marks and averages, which are read together."""
    book = client.get_mark_book()
    return Rows([*book.marks, *book.averages], [*book.marks.issues, *book.averages.issues])


READINGS = (
    Reading(
        "lessons",
        "PageEmploiDuTemps",
        lambda c: c.native.get_lessons(NUMBER),
        (lambda c: c.get_lessons(*WEEK, raw_view=True), lambda c: c.get_lessons(*WEEK)),
    ),
    Reading(
        "homeworks",
        "PageCahierDeTexte",
        lambda c: c.native.get_homeworks(1, 44),
        (lambda c: c.get_homeworks(FROM, TO),),
    ),
    Reading(
        "contents",
        "PageCahierDeTexte",
        lambda c: c.native.get_lesson_contents(1, 44),
        (lambda c: c.get_lesson_contents(FROM, TO),),
    ),
    Reading("menus", "PageMenus", lambda c: c.native.get_menus(DAY), (lambda c: c.get_menus(*WEEK),)),
    Reading("files", "RessourcePedagogique", lambda c: c.native.get_files(), (lambda c: c.get_files(),)),
    Reading(
        "marks",
        "DernieresNotes",
        lambda c: c.native.get_marks(),
        (whole_book,),
    ),
    Reading(
        "evaluations",
        "DernieresEvaluations",
        lambda c: c.native.get_evaluations(),
        (lambda c: c.get_evaluations(),),
    ),
    Reading("report", "PageBulletins", lambda c: c.native.get_report(), (lambda c: c.get_report(),)),
    Reading("transcript", "PageReleve", lambda c: c.native.get_transcript()),
    Reading(
        "presence",
        "PagePresence",
        lambda c: c.native.get_presence(FROM, DAY),
        (
            lambda c: c.get_absences(FROM, DAY),
            lambda c: c.get_sanctions(FROM, DAY),
            lambda c: c.get_behaviour_events(FROM, DAY),
            lambda c: c.get_presence_totals(FROM, DAY),
        ),
    ),
    Reading("news", "PageActualites", lambda c: c.native.get_news(), (lambda c: c.get_announcements(),)),
    Reading(
        "news with their questions",
        "PageActualites",
        lambda c: c.native.get_news(),
        (lambda c: c.get_announcements(),),
        generation="2025.1.3",
    ),
    Reading(
        "discussions",
        "ListeMessagerie",
        lambda c: c.native.get_discussions(),
        (lambda c: c.get_discussions(),),
    ),
    Reading(
        "messages",
        "ListeMessages",
        lambda c: c.native.get_messages(first_thread(c)),
        (lambda c: c.get_messages(c.get_discussions()[0]),),
    ),
    Reading(
        "teachers",
        "PageEquipePedagogique",
        lambda c: c.native.get_teachers(),
        (lambda c: c.get_teachers(),),
    ),
    Reading(
        "personal data",
        "PageInfosPerso",
        lambda c: c.native.get_personal_data(),
        (lambda c: c.get_personal_data(),),
    ),
    Reading("agenda", "PageAgenda", lambda c: c.native.get_agenda(NUMBER)),
)
