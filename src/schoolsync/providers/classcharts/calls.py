"""One flow per server function: the request, and the answer as schema objects.

Which POSTs are reads is said at each call: `ping`, `getpupilreportcards`,
`hasdob` and `getcode` are; a log-in, a tick, a purchase, a password never is.
Rows that cannot be read are issues of the envelope; in strict mode they raise.
"""

from __future__ import annotations

import datetime as dt
from typing import TypeVar

from schoolsync.errors import DecodeIssue, UnexpectedShape
from schoolsync.flow.http import Request
from schoolsync.model.decoding import decode_row
from schoolsync.providers.classcharts.envelope import Envelope, Opened, read_one, read_rows, sealed
from schoolsync.providers.classcharts.schema.announcements import AnnouncementRow
from schoolsync.providers.classcharts.schema.attendance import AttendanceMeta, SessionRow
from schoolsync.providers.classcharts.schema.behaviour import (
    ActivityMeta,
    ActivityRow,
    BadgeRow,
    BehaviourMeta,
    BehaviourSummary,
    DetentionRow,
    DetentionsMeta,
    ParentBehaviourRow,
)
from schoolsync.providers.classcharts.schema.homework import HomeworkMeta, HomeworkRow
from schoolsync.providers.classcharts.schema.people import CodeCheck, ParentUser, PupilRow, StudentCode
from schoolsync.providers.classcharts.schema.reports import (
    AcademicReport,
    AcademicReportRow,
    ReportCard,
    ReportCardComment,
    ReportCardRow,
    ReportCardTarget,
)
from schoolsync.providers.classcharts.schema.shop import (
    ClassRow,
    PupilFields,
    Purchase,
    RewardRow,
    RewardsMeta,
)
from schoolsync.providers.classcharts.schema.timetable import LessonRow, TimetableMeta
from schoolsync.providers.classcharts.schema.words import Row, mapped
from schoolsync.providers.classcharts.session import Session

R = TypeVar("R", bound=Row)
N = TypeVar("N", bound=Row)
Attendance = dict[dt.date, dict[str, SessionRow]]
"""By day, then by session name, both as the server orders them."""


class NoMeta(Row):
    """`meta` of calls that have nothing to say there."""


# -- who ----------------------------------------------------------------------


async def parent_ping(session: Session) -> Envelope[ParentUser, NoMeta]:
    """The parent, and a session as young as new.

    Wire: `POST apiv2parent/ping`, form `include_data=true`. Evidence: read.
    """
    return read_one(session.options, await _ping(session), ParentUser, NoMeta, inner="user")


async def student_ping(session: Session) -> Envelope[PupilRow, NoMeta]:
    """The pupil with all `display_*` flags, and a session as young as new.

    Wire: `POST apiv2student/ping`, form `include_data=true`. Evidence: read.
    """
    return read_one(session.options, await _ping(session), PupilRow, NoMeta, inner="user")


async def _ping(session: Session) -> Opened:
    answer = await session.ask(session.request("POST", "ping", form={"include_data": "true"}))
    fresh = answer.meta.get("session_id") if isinstance(answer.meta, dict) else None
    session.renew(fresh if isinstance(fresh, str) else None)
    return answer


async def pupils(session: Session) -> Envelope[list[PupilRow], NoMeta]:
    """The parent's children, in the server's order.

    Wire: `GET apiv2parent/pupils`. Evidence: read; one client posts instead.
    """
    return await _rows(session, session.request("GET", "pupils"), PupilRow, NoMeta)


async def logout(session: Session) -> None:
    """The server was told that the session ends; its answer is empty.

    Wire: `POST …/logout`. Evidence: read for students, guess for parents.
    """
    await session.exchange(session.request("POST", "logout", is_read=False))


async def code_check(session: Session, code: str) -> Envelope[CodeCheck, NoMeta]:
    """Whether *code* asks for a date of birth. Needs no log-in.

    Wire: `POST apiv2student/hasdob`. Evidence: read.
    """
    request = session.request("POST", "hasdob", form={"code": code})
    return await _one(session, request, CodeCheck, NoMeta)


async def student_code(session: Session, date_of_birth: dt.date) -> Envelope[StudentCode, NoMeta]:
    """The pupil's access code.

    Wire: `POST apiv2student/getcode`, form `date=YYYY-MM-DD` (not the log-in's form). Evidence: read.
    """
    request = session.request("POST", "getcode", form={"date": date_of_birth.isoformat()})
    return await _one(session, request, StudentCode, NoMeta)


async def change_password(session: Session, current: str, new: str) -> None:
    """The parent's password is *new*.

    Wire: `POST apiv2parent/password`, form `current`, `new`, `repeat`. Never sent twice. Evidence: read.
    """
    form = {"current": current, "new": new, "repeat": new}
    await session.ask(session.request("POST", "password", form=form, is_read=False))


# -- school days --------------------------------------------------------------


async def lessons(session: Session, pupil_id: int, day: dt.date) -> Envelope[list[LessonRow], TimetableMeta]:
    """One day of the timetable; empty on a free day.

    Wire: `GET …/timetable/{pupil}?date=`. One source saw a map by date instead of a list. Evidence: read.
    """
    query = {"date": day.isoformat()}
    request = session.request("GET", f"timetable/{pupil_id}", query=query)
    answer = await session.ask(request)
    data = answer.data
    if isinstance(data, dict):
        data = [row for rows in data.values() if isinstance(rows, list) for row in rows]
    return read_rows(session.options, Opened(data, answer.meta), LessonRow, TimetableMeta)


async def homeworks(
    session: Session, pupil_id: int, first: dt.date | None, last: dt.date | None, display_date: str
) -> Envelope[list[HomeworkRow], HomeworkMeta]:
    """Homework whose *display_date* (`due_date`, `issue_date`) lies in the interval.

    Wire: `GET …/homeworks/{pupil}?display_date=&from=&to=`; no pages. Evidence: read; the window
    without dates is unrecorded.
    """
    query = {"display_date": display_date, **_interval(first, last)}
    request = session.request("GET", f"homeworks/{pupil_id}", query=query)
    return await _rows(session, request, HomeworkRow, HomeworkMeta)


async def tick(session: Session, pupil_id: int, status_id: int) -> None:
    """The pupil's tick is the other way round: it is a toggle, so never sent twice.

    Wire: `POST apiv2student/homeworkticked/{status}?studentId=`. Evidence: read; some clients GET.
    """
    path, query = f"homeworkticked/{status_id}", {"studentId": str(pupil_id)}
    await session.ask(session.request("POST", path, query=query, is_read=False))


async def attendance(
    session: Session, pupil_id: int, first: dt.date | None, last: dt.date | None
) -> Envelope[Attendance, AttendanceMeta]:
    """The register by day and session.

    Wire: `GET …/attendance/{pupil}?from=&to=`; about the last 31 days without dates. Evidence: read.
    """
    request = session.request("GET", f"attendance/{pupil_id}", query=_interval(first, last))
    answer = await session.ask(request)
    issues: list[DecodeIssue] = []
    data = mapped(answer.data)
    if not isinstance(data, dict):
        raise UnexpectedShape("data", f"map expected, found {type(data).__name__}")
    register: Attendance = {}
    for text, sessions in ((text, mapped(sessions)) for text, sessions in data.items()):
        day = _day(text)
        if day is None or not isinstance(sessions, dict):
            issues.append(DecodeIssue("data.*", "a day with its sessions is expected"))
            continue
        decoded = {
            name: decode_row(SessionRow, mapped(row), f"data.{text}.*", issues)
            for name, row in sessions.items()
        }
        register[day] = {name: row for name, row in decoded.items() if row is not None}
    return sealed(session.options, answer, register, AttendanceMeta, issues, raws=(data,))


async def announcements(session: Session, pupil_id: int) -> Envelope[list[AnnouncementRow], NoMeta]:
    """All announcements.

    Wire: `GET …/announcements/{pupil}`. Evidence: read.
    """
    request = session.request("GET", f"announcements/{pupil_id}")
    return await _rows(session, request, AnnouncementRow, NoMeta)


# -- behaviour ----------------------------------------------------------------


async def activity(
    session: Session, pupil_id: int, first: dt.date | None, last: dt.date | None, last_id: int | None = None
) -> Envelope[list[ActivityRow], ActivityMeta]:
    """One page: at most 50 rows, newest first, older than *last_id*.

    Wire: `GET …/activity/{pupil}?from=&to=&last_id=`; about 31 days without dates. Evidence: read;
    whether `from` bounds later pages is unrecorded.
    """
    query = {**_interval(first, last), "last_id": None if last_id is None else str(last_id)}
    request = session.request("GET", f"activity/{pupil_id}", query=query)
    return await _rows(session, request, ActivityRow, ActivityMeta)


async def behaviour(
    session: Session, pupil_id: int, first: dt.date | None, last: dt.date | None
) -> Envelope[BehaviourSummary, BehaviourMeta]:
    """Points by time and by reason.

    Wire: `GET …/behaviour/{pupil}?from=&to=`. Evidence: read.
    """
    request = session.request("GET", f"behaviour/{pupil_id}", query=_interval(first, last))
    return await _one(session, request, BehaviourSummary, BehaviourMeta)


async def badges(session: Session, pupil_id: int) -> Envelope[list[BadgeRow], NoMeta]:
    """All badges with their awards.

    Wire: `GET …/eventbadges/{pupil}`. Evidence: read.
    """
    return await _rows(session, session.request("GET", f"eventbadges/{pupil_id}"), BadgeRow, NoMeta)


async def detentions(session: Session, pupil_id: int) -> Envelope[list[DetentionRow], DetentionsMeta]:
    """All detentions.

    Wire: `GET …/detentions/{pupil}`. Evidence: read.
    """
    request = session.request("GET", f"detentions/{pupil_id}")
    return await _rows(session, request, DetentionRow, DetentionsMeta)


async def parent_behaviours(session: Session, pupil_id: int) -> Envelope[list[ParentBehaviourRow], NoMeta]:
    """What a parent can give points for.

    Wire: `GET apiv2parent/parentbehaviours/{pupil}`. Evidence: read.
    """
    return await _rows(
        session, session.request("GET", f"parentbehaviours/{pupil_id}"), ParentBehaviourRow, NoMeta
    )


async def add_parent_behaviour(
    session: Session, pupil_id: int, behaviour_id: int
) -> Envelope[list[ParentBehaviourRow], NoMeta]:
    """Points are given; the refreshed list. Never sent twice.

    Wire: `POST apiv2parent/addparentbehaviour/{pupil}`, form `behaviour_id`. Evidence: read.
    """
    form = {"behaviour_id": str(behaviour_id)}
    request = session.request("POST", f"addparentbehaviour/{pupil_id}", form=form, is_read=False)
    return await _rows(session, request, ParentBehaviourRow, NoMeta)


# -- about the pupil ----------------------------------------------------------


async def pupil_fields(session: Session, pupil_id: int) -> Envelope[PupilFields, NoMeta]:
    """What the school shows about the pupil.

    Wire: `GET …/customfields/{pupil}`. Evidence: read.
    """
    request = session.request("GET", f"customfields/{pupil_id}")
    return await _one(session, request, PupilFields, NoMeta)


async def classes(session: Session, pupil_id: int) -> Envelope[list[ClassRow], NoMeta]:
    """The pupil's classes.

    Wire: `GET …/classes/{pupil}`. Evidence: read.
    """
    return await _rows(session, session.request("GET", f"classes/{pupil_id}"), ClassRow, NoMeta)


async def rewards(session: Session, pupil_id: int) -> Envelope[list[RewardRow], RewardsMeta]:
    """What can be had for points, and the balance in `meta`.

    Wire: `GET apiv2student/rewards/{pupil}`. Evidence: read.
    """
    return await _rows(session, session.request("GET", f"rewards/{pupil_id}"), RewardRow, RewardsMeta)


async def purchase(session: Session, pupil_id: int, item_id: int) -> Envelope[Purchase, NoMeta]:
    """The item is bought. Never sent twice.

    Wire: `POST apiv2student/purchase/{item}`, form `pupil_id`. Evidence: read; an unknown item makes
    the server answer HTTP 500.
    """
    form = {"pupil_id": str(pupil_id)}
    request = session.request("POST", f"purchase/{item_id}", form=form, is_read=False)
    return await _one(session, request, Purchase, NoMeta)


# -- reports ------------------------------------------------------------------


async def academic_reports(session: Session, pupil_id: int) -> Envelope[list[AcademicReportRow], NoMeta]:
    """The academic reports, without their content.

    Wire: `GET …/getacademicreports?studentId=`. Evidence: read.
    """
    request = session.request("GET", "getacademicreports", query={"studentId": str(pupil_id)})
    return await _rows(session, request, AcademicReportRow, NoMeta)


async def academic_report(
    session: Session, pupil_id: int, report_id: int
) -> Envelope[AcademicReport, NoMeta]:
    """One academic report, whole.

    Wire: `GET …/getacademicreport/{report}?studentId=`. Evidence: read; object or list of one.
    """
    query = {"studentId": str(pupil_id)}
    request = session.request("GET", f"getacademicreport/{report_id}", query=query)
    return await _one(session, request, AcademicReport, NoMeta)


async def report_cards(session: Session, pupil_id: int) -> Envelope[list[ReportCardRow], NoMeta]:
    """The cards of a pupil on report.

    Wire: `POST …/getpupilreportcards`, `pupil_id` in query and form, because sources differ. Evidence: read.
    """
    said = {"pupil_id": str(pupil_id)}
    return await _rows(
        session, session.request("POST", "getpupilreportcards", query=said, form=said), ReportCardRow, NoMeta
    )


async def report_card(session: Session, pupil_id: int, card_id: int) -> Envelope[ReportCard, NoMeta]:
    """One card, whole.

    Wire: `GET …/getpupilreportcard/{card}?pupil_id=`. Evidence: read; object or list of one.
    """
    query = {"pupil_id": str(pupil_id)}
    request = session.request("GET", f"getpupilreportcard/{card_id}", query=query)
    return await _one(session, request, ReportCard, NoMeta)


async def report_card_comment(
    session: Session, pupil_id: int, card_id: int, day: dt.date
) -> Envelope[ReportCardComment, NoMeta]:
    """The school's comment on one day of a card.

    Wire: `GET …/getpupilreportcardsummarycomment/{card}?pupil_id=&date=`. Evidence: read.
    """
    query = {"pupil_id": str(pupil_id), "date": day.isoformat()}
    request = session.request("GET", f"getpupilreportcardsummarycomment/{card_id}", query=query)
    return await _one(session, request, ReportCardComment, NoMeta)


async def report_card_target(
    session: Session, pupil_id: int, target_id: int, day: dt.date
) -> Envelope[ReportCardTarget, NoMeta]:
    """One target of a card on one day.

    Wire: `GET …/getpupilreportcardtarget/{target}?pupil_id=&date=`. Evidence: read.
    """
    query = {"pupil_id": str(pupil_id), "date": day.isoformat()}
    request = session.request("GET", f"getpupilreportcardtarget/{target_id}", query=query)
    return await _one(session, request, ReportCardTarget, NoMeta)


# -- what many calls share ----------------------------------------------------


def _interval(first: dt.date | None, last: dt.date | None) -> dict[str, str | None]:
    return {"from": first.isoformat() if first else None, "to": last.isoformat() if last else None}


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


async def _rows(session: Session, request: Request, row: type[R], meta: type[N]) -> Envelope[list[R], N]:
    return read_rows(session.options, await session.ask(request), row, meta)


async def _one(session: Session, request: Request, kind: type[R], meta: type[N]) -> Envelope[R, N]:
    return read_one(session.options, await session.ask(request), kind, meta)
