"""What the API tells: one function for each reading."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TypeVar

from schoolsync.sandbox.classcharts.call import Call, Said
from schoolsync.sandbox.classcharts.encode import activity as activity_words
from schoolsync.sandbox.classcharts.encode import conduct as conduct_words
from schoolsync.sandbox.classcharts.encode import homework as homework_words
from schoolsync.sandbox.classcharts.encode import lessons as lesson_words
from schoolsync.sandbox.classcharts.encode import office as office_words
from schoolsync.sandbox.classcharts.encode import people as people_words
from schoolsync.sandbox.classcharts.encode import reports as report_words
from schoolsync.sandbox.classcharts.wire import Refusal, as_map
from schoolsync.sandbox.office import HOME_REASONS
from schoolsync.sandbox.papers import ActivityRow, HomeworkSheet

__all__ = ["FEATURE_OF", "READINGS", "Reading", "home_reasons"]

T = TypeVar("T")
Reading = Callable[[Call], Said]
DISPLAY_DATES = {"issue_date", "due_date"}
YEAR = dt.timedelta(days=364)


# -- who --------------------------------------------------------------------------


def pupils(call: Call) -> Said:
    """The parent's children."""
    desks = [call.school.desk(number) for number in call.own_pupils]
    days = [call.moment.astimezone(desk.file.zone).date() for desk in desks]
    return [
        people_words.encode_pupil(desk, day, call.shapes, call.links.origin)
        for desk, day in zip(desks, days, strict=True)
    ], {}


def custom_fields(call: Call) -> Said:
    """What the school notes about the pupil."""
    desk = call.desk
    return {
        "note": desk.field_note,
        "fields": [office_words.encode_field(field) for field in desk.fields],
    }, {}


def classes(call: Call) -> Said:
    """The pupil's classes."""
    return [lesson_words.encode_class(group) for group in call.desk.teaching_sets()], {}


# -- work -------------------------------------------------------------------------


def homeworks(call: Call) -> Said:
    """Homework from `from` to `to`, by the date that `display_date` names; the school year unless said."""
    desk, asked = call.desk, call.fields.get("display_date")
    display = asked if asked in DISPLAY_DATES else "issue_date"
    first = call.day("from") or desk.calendar.year_start
    last = call.day("to") or desk.calendar.year_start + YEAR

    def date_of(sheet: HomeworkSheet) -> dt.date:
        return (sheet.record.due if display == "due_date" else sheet.record.assigned_on) or first

    shown = sorted((sheet for sheet in desk.homeworks if first <= date_of(sheet) <= last), key=date_of)
    rows = [homework_words.encode_homework(one, desk.file, call.links, call.shapes) for one in shown]
    meta = homework_words.encode_homework_meta(desk.homeworks, (first, last), display, desk.file, call.today)
    return rows, meta


def timetable(call: Call) -> Said:
    """The lessons of one day; today unless said."""
    desk, day = call.desk, call.day("date") or call.today
    rows = [lesson_words.encode_lesson(lesson, call.shapes) for lesson in desk.lessons(day)]
    meta = lesson_words.encode_timetable_meta(desk, day)
    return ({day.isoformat(): rows} if call.shapes.timetable_by_date and rows else rows), meta


# -- conduct ----------------------------------------------------------------------


def activity(call: Call) -> Said:
    """One page of what happened, newest first."""
    desk, (first, last) = call.desk, call.window()
    asked = call.fields.get("last_id", "")
    bound = None if call.rules.ignores_from else first
    page = activity_words.page_of(desk.activity, bound, last, int(asked) if asked.isdigit() else None)
    meta = {
        **activity_words.encode_window(desk.file, first, last),
        "last_id": page[-1].id if page else False,
        "step_size": activity_words.step_of(first, last),
        "detention_alias_uc": "Detention",
    }
    return [activity_words.encode_activity(row, desk.file) for row in page], meta


def behaviour(call: Call) -> Said:
    """Points by time and by reason."""
    desk, (first, last) = call.desk, call.window()
    meta = {
        **activity_words.encode_window(desk.file, first, last),
        "step_size": activity_words.step_of(first, last),
    }
    return activity_words.encode_summary(desk.activity, first, last, call.shapes), meta


def badges(call: Call) -> Said:
    """The pupil's badges."""
    return conduct_words.encode_badges(call.desk.awards, call.shapes), {}


def detentions(call: Call) -> Said:
    """The pupil's detentions."""
    desk = call.desk
    rows = [conduct_words.encode_detention(slip, desk.file) for slip in desk.detentions]
    return rows, {"detention_alias_plural": "detentions"}


def attendance(call: Call) -> Said:
    """The register between `from` and `to`."""
    desk, (first, last) = call.desk, call.window()
    shown = [mark for mark in desk.register if first <= mark.day <= last]
    meta = conduct_words.encode_register_meta(desk, shown, first, last)
    return as_map(conduct_words.encode_register(shown)), meta


# -- office -----------------------------------------------------------------------


def announcements(call: Call) -> Said:
    """Everything that was announced, newest first."""
    desk = call.desk
    newest_first = sorted(
        desk.announcements, key=lambda one: one.record.published_at.timestamp(), reverse=True
    )
    return [
        office_words.encode_announcement(sheet, desk, call.links, call.shapes) for sheet in newest_first
    ], {}


def rewards(call: Call) -> Said:
    """The shop, and the pupil's balance."""
    desk = call.desk
    rows = [office_words.encode_item(item, desk) for item in desk.shop]
    return rows, {"pupil_score_balance": desk.balance}


def home_reasons(call: Call) -> Said:
    """What a parent may give points for."""
    given = [row for row in call.desk.activity if _is_from_home_today(row, call)]
    return [office_words.encode_home_reason(reason, given) for reason in HOME_REASONS], {}


def _is_from_home_today(row: ActivityRow, call: Call) -> bool:
    return row.home_reason_id is not None and row.record.at.date() == call.today


# -- reports ----------------------------------------------------------------------


def academic_reports(call: Call) -> Said:
    """The academic reports, oldest first."""
    return [report_words.encode_report_row(report) for report in call.desk.reports], {}


def academic_report(call: Call) -> Said:
    """One academic report."""
    for report in call.desk.reports:
        if report.id == call.number:
            return _one(report_words.encode_report(report), call), {}
    raise Refusal("Report not found")


def report_cards(call: Call) -> Said:
    """The cards, oldest first."""
    return [report_words.encode_card_row(card) for card in call.desk.cards], {}


def report_card(call: Call) -> Said:
    """One card."""
    for card in call.desk.cards:
        if card.id == call.number:
            return _one(report_words.encode_card(card), call), {"forbidden_days_of_week": [0, 6]}
    raise Refusal("Report card not found")


def summary_comment(call: Call) -> Said:
    """What the school wrote on a card about one day; today unless said."""
    for card in call.desk.cards:
        comment = report_words.encode_summary_comment(card, call.day("date") or call.today)
        if card.id == call.number:
            return (_one(comment, call) if comment else []), {}
    raise Refusal("Report card not found")


def card_target(call: Call) -> Said:
    """How one target went on one day; today unless said."""
    for card in call.desk.cards:
        for target in card.targets:
            if target.id == call.number:
                return report_words.encode_target(target, card, call.day("date") or call.today), {}
    raise Refusal("Target not found")


def _one(said: T, call: Call) -> T | list[T]:
    """A single thing, alone or in a list: sources disagree."""
    return [said] if call.shapes.reports_as_list else said


READINGS: Mapping[str, Reading] = {
    "activity": activity,
    "announcements": announcements,
    "attendance": attendance,
    "behaviour": behaviour,
    "classes": classes,
    "customfields": custom_fields,
    "detentions": detentions,
    "eventbadges": badges,
    "getacademicreport": academic_report,
    "getacademicreports": academic_reports,
    "getpupilreportcard": report_card,
    "getpupilreportcards": report_cards,
    "getpupilreportcardsummarycomment": summary_comment,
    "getpupilreportcardtarget": card_target,
    "homeworks": homeworks,
    "parentbehaviours": home_reasons,
    "pupils": pupils,
    "rewards": rewards,
    "timetable": timetable,
}
"""Function of the API → who answers it."""

FEATURE_OF: Mapping[str, str] = {
    "addconcern": "concerns",
    "addparentbehaviour": "parent_behaviours",
    "deleteparentbehaviour": "parent_behaviours",
    "homeworkticked": "homework",
    "markhomeworkasseen": "homework",
    "purchase": "rewards",
    "activity": "activity",
    "announcements": "announcements",
    "attendance": "attendance",
    "behaviour": "behaviour",
    "classes": "classes",
    "customfields": "custom_fields",
    "detentions": "detentions",
    "eventbadges": "badges",
    "getacademicreport": "academic_reports",
    "getacademicreports": "academic_reports",
    "getpupilreportcard": "report_cards",
    "getpupilreportcards": "report_cards",
    "getpupilreportcardsummarycomment": "report_cards",
    "getpupilreportcardtarget": "report_cards",
    "homeworks": "homework",
    "parentbehaviours": "parent_behaviours",
    "rewards": "rewards",
    "timetable": "timetable",
}
"""Function of the API → the feature that a school may switch off."""
