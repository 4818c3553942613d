"""The notebook of the invented collège: what was done in lessons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import cycle
from typing import TYPE_CHECKING, Any

import attrs

from schoolsync.model import LessonContent, LessonKind
from schoolsync.sandbox.college.lessons import LessonSheet
from schoolsync.sandbox.college.resources import Link, Paper, attachments, document
from schoolsync.sandbox.papers import named

if TYPE_CHECKING:
    from schoolsync.sandbox.college.desk import CollegeDesk

__all__ = ["CATEGORIES", "ContentEntry", "ContentSheet", "content_sheet", "draw_contents"]

PROGRAMME = ("Calculer avec des fractions", "Chercher, modéliser")
DAYS_BACK = 8
"""How many school days of lessons have a page."""

CATEGORIES = {1: "Cours", 2: "Correction", 3: "Devoir sur table", 6: "Travaux pratiques"}
"""What was done, as the server counts it."""


@attrs.frozen(kw_only=True)
class ContentEntry:
    """One thing that was done in a lesson."""

    record: LessonContent
    """As a correct client delivers it."""
    markup: str = ""
    """The description as the teacher typed it, as HTML."""
    category: int | None = None
    """Number of `CATEGORIES`; `None`: not said."""
    papers: tuple[Paper, ...] = ()
    """Files and links, one for each attachment."""
    themes: tuple[str, ...] = ()
    """What it is about, where the school uses themes."""


@attrs.frozen(kw_only=True)
class ContentSheet:
    """What the notebook says of one lesson."""

    key: str
    """Of the page in the notebook."""
    lesson: LessonSheet
    """The lesson."""
    entries: tuple[ContentEntry, ...]
    """What was done, in order."""
    programme: tuple[str, ...] = ()
    """Which parts of the programme were worked at."""

    @property
    def records(self) -> tuple[LessonContent, ...]:
        """What a correct client delivers of it."""
        return tuple(entry.record for entry in self.entries)


def content_sheet(
    desk: CollegeDesk, lesson: LessonSheet, entries: Sequence[dict[str, Any]], **more: Any
) -> ContentSheet:
    """A page whose neutral records say the same as its other fields.

    Args:
        desk: Of the pupil.
        lesson: The lesson.
        entries: For each thing that was done: `title`, `text`, `html`, and fields of `ContentEntry`.
        more: Fields of `ContentSheet`.
    """
    number = lesson.key.partition("-")[2]
    made = tuple(_entry(desk, lesson, f"{number}-{place}", **entry) for place, entry in enumerate(entries))
    return ContentSheet(key=f"notebook-{number}", lesson=lesson, entries=made, **more)


def _entry(
    desk: CollegeDesk,
    lesson: LessonSheet,
    number: str,
    *,
    title: str | None = None,
    text: str = "",
    html: str | None = None,
    **more: Any,
) -> ContentEntry:
    identity = named("content", number, desk.pupil)
    shown = html or (f"<p>{text}</p>" if text else None)
    category = more.get("category")
    record = LessonContent(
        **identity,
        start=lesson.record.start,
        subject=lesson.record.subject,
        title=title,
        description_html=shown,
        description_text=text,
        category=None if category is None else CATEGORIES[category],
        teachers=lesson.record.teachers,
        attachments=attachments(identity["key"], more.get("papers", ())),
    )
    more.setdefault("markup", shown or "")
    return ContentEntry(record=record, **more)


def _lessons_done() -> tuple[tuple[dict[str, Any], ...], ...]:
    """What was done in one lesson after the other, again and again."""
    recap = {
        "title": "Fractions : rappels",
        "markup": '<p style="margin: 0">Addition &amp; soustraction.</p><script>no()</script>',
        "html": "<p>Addition &amp; soustraction.</p>",
        "text": "Addition & soustraction.",
        "category": 1,
        "papers": (document("c1", "leçon n° 5.pdf"), Link("Vidéo", "https://video.example.test/v?id=5&t=1")),
        "themes": ("Fractions",),
    }
    return (
        (recap, {"title": "Correction des exercices", "category": 2}),
        ({"title": "Un chapitre commencé", "text": "Jusqu'au deuxième titre.", "category": 1},),
        ({"text": "Sans titre ni catégorie."},),
        ({"title": "Contrôle", "category": 3},),
        ({"title": "Au microscope", "category": 6, "papers": (document("c2", "protocole.pdf"),)},),
    )


def draw_contents(desk: CollegeDesk) -> list[ContentSheet]:
    """A page of the notebook for every second lesson that took place, from last week until yesterday."""
    first, last = (desk.year.calendar.school_day(back) for back in (-DAYS_BACK, -1))
    done = _lessons_done()
    return [
        content_sheet(desk, lesson, entries, programme=() if number % len(done) else PROGRAMME)
        for number, (lesson, entries) in enumerate(zip([*_taught(desk, first, last)][::2], cycle(done)))
    ]


def _taught(desk: CollegeDesk, first: dt.date, last: dt.date) -> Iterator[LessonSheet]:
    for sheet in desk.timetable.sheets(first, last):
        if sheet.record.kind is LessonKind.LESSON and not sheet.is_cancelled:
            yield sheet
