"""News, discussions, menus, staff, as pronotepy shows what the school has."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from schoolsync.model import Dish
from schoolsync.sandbox.college.canteen import LABELS, MenuSheet
from schoolsync.sandbox.college.letters import DRAFTS, TRASH, DiscussionSheet, MessageSheet
from schoolsync.sandbox.college.news_papers import NewsSheet
from schoolsync.sandbox.college.punishments import Giver
from schoolsync.sandbox.college.roll import Teacher
from schoolsync.sandbox.college.staff import OFFICE, Colleague
from tests.peers.pronote.expected.about import About, attachment
from tests.peers.pronote.meanings import local, midnight, plain

__all__ = ["discussions", "menus", "news", "recipients", "staff"]

LABEL_WORDS = {DRAFTS: "Drafts", TRASH: "Trash"}
COURSES = {"first_meal": 0, "main_meal": 1, "side_meal": 2, "other_meal": 3, "dessert": 4, "cheese": 5}
LUNCH, DINNER = 0, 1
DAY, WEEK = dt.timedelta(days=1), dt.timedelta(weeks=1)

# -- news ---------------------------------------------------------------------------


def news(about: About) -> list[dict[str, Any]]:
    """Informations and surveys, newest first."""
    newest = sorted(about.desk.news, key=lambda sheet: sheet.record.published_at, reverse=True)
    return [_information(about, sheet) for sheet in newest]


def _information(about: About, sheet: NewsSheet) -> dict[str, Any]:
    record = sheet.record
    assert record.visible_from is not None
    assert record.visible_until is not None
    papers = [paper for question in sheet.questions for paper in question.papers]
    return {
        "id": about.known(f"news:{record.key}"),
        "author": record.author,
        "title": record.title,
        "read": record.is_read,
        "creation_date": local(record.published_at),
        "start_date": midnight(record.visible_from.date()),
        "end_date": midnight(record.visible_until.date()),
        "category": record.category,
        "survey": sheet.is_survey,
        "anonymous_response": sheet.is_anonymous,
        "template": False,
        "shared_template": False,
        "content": plain(sheet.questions[0].markup),
        "attachments": [attachment(about, paper) for paper in papers],
    }


# -- discussions --------------------------------------------------------------------


def discussions(about: About) -> list[dict[str, Any]]:
    """Discussions in the school's order, messages oldest first."""
    return [_discussion(about, sheet) for sheet in about.desk.discussions]


def _discussion(about: About, sheet: DiscussionSheet) -> dict[str, Any]:
    record = sheet.record
    return {
        "subject": record.title,
        "creator": sheet.initiator.name if sheet.initiator else None,
        "unread": record.unread,
        "closed": record.is_closed,
        "close": record.is_closed,
        "replyable": True,
        "labels": [LABEL_WORDS[label] for label in sorted(sheet.labels)],
        "date": local(sheet.messages[0].letter.sent_at),
        "messages": [_message(about, sheet, message) for message in sheet.messages],
        "participants": [about.account.name, *record.participants],
    }


def _message(about: About, sheet: DiscussionSheet, message: MessageSheet) -> dict[str, Any]:
    letter, record = message.letter, message.record
    source = next((one for one in sheet.messages if one.record.key == message.answers), None)
    others = [one.name for one in sheet.others if one != letter.author]
    return {
        "id": about.known(f"message:{record.key}"),
        "author": record.author,
        "seen": record.is_read,
        "created": local(letter.sent_at),
        "date": local(letter.sent_at),
        "content": _content(message),
        "replying_to": _content(source) if source else None,
        "recipients": [*([about.account.name] if letter.author else []), *others],
    }


def _content(message: MessageSheet) -> str:
    return plain(message.letter.body) if message.letter.is_html else message.letter.body


def recipients(about: About) -> list[dict[str, Any]]:
    """To whom one may write: teachers, then the office."""
    return [_recipient(about, one) for one in _people(about)]


def _recipient(about: About, one: Giver) -> dict[str, Any]:
    is_teacher = isinstance(one, Teacher)
    return {
        "id": about.of_giver(one),
        "name": one.name,
        "type": "teacher" if is_teacher else "staff",
        "email": one.email if isinstance(one, Teacher) else None,
        "functions": [one.subject if isinstance(one, Teacher) else one.role],
        "with_discussion": is_teacher or (isinstance(one, Colleague) and one.takes_messages),
    }


# -- the canteen --------------------------------------------------------------------


def menus(about: About, first: dt.date, last: dt.date) -> list[dict[str, Any]]:
    """The meals of some days, in order."""
    sheets = [sheet for sheet in about.desk.menus if first <= sheet.record.day <= last]
    return [_menu(about, sheet) for sheet in sorted(sheets, key=lambda one: (one.record.day, one.meal))]


def _menu(about: About, sheet: MenuSheet) -> dict[str, Any]:
    record = sheet.record
    courses = dict(zip(sheet.courses, record.courses, strict=True))
    return {
        "id": about.known(f"meal:{record.key}"),
        "name": record.name,
        "date": record.day,
        "is_lunch": sheet.meal == LUNCH,
        "is_dinner": sheet.meal == DINNER,
        **{
            name: [_food(about, dish) for dish in courses[number].dishes] if number in courses else None
            for name, number in COURSES.items()
        },
    }


def _food(about: About, dish: Dish) -> dict[str, Any]:
    labels = [
        {"id": about.known(f"food mark:{name}"), "name": name, "color": LABELS[name].upper()}
        for name in dish.labels
    ]
    return {"id": about.known(f"food:{dish.name}"), "name": dish.name, "labels": labels}


# -- who teaches --------------------------------------------------------------------


def staff(about: About) -> list[dict[str, Any]]:
    """Teachers with what they teach, then the office with what they do."""
    return [_member(about, one, place) for place, one in enumerate(_people(about), 1)]


def _people(about: About) -> tuple[Giver, ...]:
    return (*about.scene.college.teachers(about.desk.file.number), *OFFICE)


def _member(about: About, one: Giver, place: int) -> dict[str, Any]:
    is_teacher = isinstance(one, Teacher)
    what = one.subject if isinstance(one, Teacher) else one.role
    subject = {
        "id": about.known(f"{'subject' if is_teacher else 'role'}:{what}"),
        "name": what,
        "duration": _weekly(about).get(what) if is_teacher else None,
        "parent_subject_name": None,
        "parent_subject_id": None,
    }
    return {
        "id": about.of_giver(one),
        "name": one.name,
        "type": "teacher" if is_teacher else "staff",
        "num": place,
        "subjects": [subject],
    }


def _weekly(about: About) -> dict[str, dt.timedelta]:
    """Subject → how long it is taught in a week, over the fortnight that begins next week."""
    year = about.desk.year
    monday = year.calendar.monday + WEEK
    places: Counter[str] = Counter()
    for sheet in about.desk.timetable.sheets(monday, monday + 2 * WEEK - DAY):
        if sheet.record.subject:
            places[sheet.record.subject.name] += sheet.length
    return {name: count * dt.timedelta(minutes=30) / 2 for name, count in places.items()}
