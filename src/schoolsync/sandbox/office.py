"""What the office of the invented schools writes: announcements, reports, cards, fields, the shop."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import attrs

from schoolsync.model import (
    Announcement,
    Attachment,
    AttachmentKind,
    Identity,
    Pupil,
    Question,
    Report,
    ReportLine,
    Response,
    Subject,
)
from schoolsync.sandbox.desk import Desk
from schoolsync.sandbox.exercises import PDF
from schoolsync.sandbox.office_papers import (
    AcademicReport,
    AnnouncementSheet,
    CardComment,
    CardMark,
    CardTarget,
    Consent,
    HomeReason,
    PupilField,
    ReportCard,
    ShopItem,
)
from schoolsync.sandbox.papers import StoredFile, named

__all__ = [
    "HOME_REASONS",
    "announcement_sheet",
    "draw_announcements",
    "draw_cards",
    "draw_fields",
    "draw_reports",
    "draw_shop",
]

READ = {"viewed": True, "new": False}
HOME_REASONS = (
    HomeReason(4101, "Read at home", "https://www.classcharts.com/img/icons/book.png"),
    HomeReason(4102, "Helped with dinner", "https://www.classcharts.com/img/icons/pan.png", 2, 2),
)
"""What parents may give points for."""


# -- announcements ------------------------------------------------------------------


def announcement_sheet(
    pupil: Pupil,
    number: int,
    at: dt.datetime,
    title: str,
    *,
    markup: str | None = None,
    state: str | None = "new",
    author: str | None = None,
    **more: Any,
) -> AnnouncementSheet:
    """An announcement whose neutral record says the same as its other fields.

    Args:
        pupil: For whom.
        number: Number of the announcement.
        at: When it is published.
        title: Heading.
        markup: The text as typed.
        state: `new`, `viewed` or nothing.
        author: Who wrote it.
        more: Fields of `AnnouncementSheet`; `clean_html` and `text` of the record.
    """
    html, text = more.pop("clean_html", markup), more.pop("text", markup or "")
    identity = named("announcement", number, pupil, provider_id=number, identity=Identity.NATIVE)
    sheet = AnnouncementSheet(_blank(identity, at), number, markup, state=state, **more)
    record = Announcement(
        **{
            **identity,
            "extras": {
                "classcharts.sticky": sheet.is_sticky,
                "classcharts.priority_pinned": sheet.is_priority,
            },
        },
        title=title,
        body_html=html or None,
        body_text=text,
        author=author,
        published_at=at.astimezone(pupil.school.zone).replace(microsecond=0),
        is_read=READ.get(state or ""),
        is_pinned=sheet.is_sticky or sheet.is_priority,
        response=Response.CONSENT if sheet.needs_consent else Response.NONE,
        questions=_questions(sheet),
        attachments=tuple(
            Attachment(name=file.name, kind=AttachmentKind.FILE, ref=(identity["key"], index))
            for index, file in enumerate(sheet.files)
        ),
        audience=(pupil.first_name,) if pupil.first_name else (),
    )
    return attrs.evolve(sheet, record=record)


def _blank(identity: dict[str, Any], at: dt.datetime) -> Announcement:
    return Announcement(**identity, body_text="", published_at=at)


def _questions(sheet: AnnouncementSheet) -> tuple[Question, ...]:
    if not sheet.needs_consent:
        return ()
    answers = () if sheet.consent is None else ("yes" if sheet.consent.is_given else "no",)
    can_answer = sheet.can_change_consent
    return (Question(text="consent", choices=("yes", "no"), answers=answers, can_answer=can_answer),)


TRIP: dict[str, Any] = {
    "title": "Museum trip & picnic",
    "markup": '<p>Dear parents,</p><p>we go to a museum that <a href="https://www.example.test/trip">'
    "does not exist</a>.</p>",
    "clean_html": '<p>Dear parents,</p><p>we go to a museum that <a href="https://www.example.test/trip"'
    ' rel="noopener noreferrer">does not exist</a>.</p>',
    "text": "Dear parents,\n\nwe go to a museum that does not exist.",
    "author": "Mr K Sample",
    "is_sticky": True,
    "needs_consent": True,
    "comments": "private",
    "has_logo": True,
}
PHOTOGRAPH: dict[str, Any] = {
    "title": "School photograph",
    "markup": "Smile on Friday.",
    "state": "viewed",
    "author": "Ms D Sample",
    "needs_consent": True,
    "can_change_consent": False,
    "consent": Consent(False, "Robin Example", "Dentist"),
}
SNOW: dict[str, Any] = {
    "title": "Snow plan",
    "markup": "No snow is planned.",
    "state": "viewed",
    "is_priority": True,
    "comments": "public",
}
GLOVE: dict[str, Any] = {"title": "Lost: one glove", "state": None, "author": "Miss U O'Dummy"}
ANNOUNCED = ((45, -1, TRIP), (40, -4, PHOTOGRAPH), (38, -7, SNOW), (31, -30, GLOVE))
"""Number, school day counted from today, and the announcement."""


def draw_announcements(desk: Desk) -> list[AnnouncementSheet]:
    """Pinned with consent and files; answered; pinned as urgent; without text or state."""
    base = 120_000 + int(desk.file.id) % 100 * 100
    names = enumerate(("letter.pdf", "kit list.pdf"), base * 10 + 1)
    letters = tuple(StoredFile(number, name, PDF) for number, name in names)
    sheets = []
    for number, offset, said in ANNOUNCED:
        at = dt.datetime.combine(desk.calendar.school_day(offset), dt.time(7, 30), desk.file.zone)
        files = letters if said is TRIP else ()
        sheets.append(announcement_sheet(desk.pupil, base + number, at, **said, files=files))
    return sheets


# -- reports and cards --------------------------------------------------------------


def draw_reports(desk: Desk) -> list[AcademicReport]:
    """Two reports: one with grades of every kind, one without any."""
    calendar, sets = desk.calendar, desk.plan.sets
    first, last = calendar.school_day(-60), calendar.school_day(-20)
    lines = (
        ReportLine(
            subject=Subject(name=sets[0].subject),
            teachers=(sets[0].teacher,),
            grades=(("Effort", "A"), ("Target", "6"), ("Test", "17/20")),
            comments=("Working well.",),
        ),
        ReportLine(
            subject=Subject(name=sets[1].subject),
            teachers=(sets[1].teacher,),
            grades=(("Effort", "B"), ("Target", "")),
            comments=("Ask more <often>.",),
        ),
    )
    base = int(desk.file.id) % 100 * 100
    empty = Report(
        **named("report", base + 22, desk.pupil, provider_id=base + 22, identity=Identity.NATIVE),
        title="Current report",
        start=calendar.school_day(-19),
        end=calendar.school_day(20),
    )
    full = Report(
        **named("report", base + 21, desk.pupil, provider_id=base + 21, identity=Identity.NATIVE),
        title="Last report",
        start=first,
        end=last,
        lines=lines,
        attendance_percentage=Decimal("95.2"),
    )
    return [
        AcademicReport(full, base + 21, overall_percentage="96", lesson_percentages=("98", None)),
        AcademicReport(empty, base + 22),
    ]


def draw_cards(desk: Desk) -> list[ReportCard]:
    """One card, carried this week."""
    monday = desk.calendar.monday
    days = [monday + dt.timedelta(days=index) for index in range(5)]
    at = dt.datetime.combine(monday, dt.time(9), desk.file.zone)
    base = int(desk.file.id) % 100 * 100
    teacher = desk.plan.sets[0].teacher
    marks = (
        CardMark(base + 1, "P1", is_met=True, at=at, teacher=teacher),
        CardMark(base + 2, "P2", is_met=False, comment="Three minutes late", at=at, teacher=teacher),
        CardMark(base + 3, "P3"),
    )
    return [
        ReportCard(
            base + 9,
            days[0],
            days[-1],
            "Punctuality",
            "Signed each lesson",
            targets=(
                CardTarget(base + 17, "Arrive on time", {days[0]: marks}),
                CardTarget(base + 18, "Bring a pen"),
            ),
            comments=(CardComment(base + 1, "Thank you", at + dt.timedelta(hours=9)),),
            summaries={days[0]: ("Better today", teacher, at + dt.timedelta(hours=6))},
        )
    ]


# -- fields and shop ----------------------------------------------------------------


def draw_fields() -> list[PupilField]:
    """What the school notes about each pupil."""
    return [
        PupilField(8101, "House", "Oak", "fa-home"),
        PupilField(8102, "Locker", "17 & key", "#f0ad4e"),
        PupilField(8103, "Bus", None, None),
    ]


def draw_shop() -> list[ShopItem]:
    """What one school sells."""
    photos = "https://www.classcharts.com/img/rewards/"
    return [
        ShopItem(5501, "Canteen pass", "Skip the queue once", f"{photos}pass.png", 40, stock=12),
        ShopItem(5502, "Pencil", "It writes", f"{photos}pencil.png", 5, stock=2),
        ShopItem(5503, "Choose the music", "One lunch break", f"{photos}music.png", 10, once_per_pupil=True),
        ShopItem(5504, "Sold out sticker", "There were many", f"{photos}sticker.png", 1, stock=0),
    ]
