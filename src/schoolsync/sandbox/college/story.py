"""What happens at the invented collège while the clock runs.

The story is pure: `events_until(now)` says what has happened, and each event
changes the desk that it is about. A server tells it as far as its clock.
"""

from __future__ import annotations

import abc
import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs

from schoolsync.sandbox.college.homework import homework_sheet
from schoolsync.sandbox.college.lessons import LessonSheet, cancelled, in_room
from schoolsync.sandbox.college.markbook import Said, mark_sheet
from schoolsync.sandbox.college.news import NATURES
from schoolsync.sandbox.college.news_papers import AnswerKind, NewsQuestion, news_sheet
from schoolsync.sandbox.college.staff import COUNSELLOR

if TYPE_CHECKING:
    from schoolsync.sandbox.college.desk import CollegeDesk

__all__ = [
    "Event",
    "HomeworkGiven",
    "LessonCancelled",
    "MarkPublished",
    "NewsPublished",
    "RoomChanged",
    "Story",
    "tell_story",
]

FIRST_NUMBER = 9001
"""What the story brings is numbered from here, beyond everything that was drawn."""


@attrs.frozen(kw_only=True)
class Event(abc.ABC):
    """Something that happens at a moment."""

    at: dt.datetime
    """When, aware."""
    pupil: str
    """Number of the pupil to whom."""

    @abc.abstractmethod
    def happen(self, desk: CollegeDesk) -> None:
        """It has happened, as the pupil's *desk* shows."""


@attrs.frozen(kw_only=True)
class _LessonEvent(Event):
    """Something that happens to a lesson."""

    day: dt.date
    """On which day the lesson is."""
    order: int
    """Which of the lessons of that day that still take place as planned, from 0; beyond the last: none."""

    def happen(self, desk: CollegeDesk) -> None:
        """The lesson is not what it was."""
        planned = [one for one in desk.timetable.sheets_of(self.day) if one.record.status == "scheduled"]
        for sheet in planned[self.order : self.order + 1]:
            desk.timetable.replace(sheet, self._become(sheet))

    @abc.abstractmethod
    def _become(self, sheet: LessonSheet) -> LessonSheet:
        """What the lesson is from now on."""


@attrs.frozen(kw_only=True)
class LessonCancelled(_LessonEvent):
    """A lesson does not take place."""

    words: str = "Prof. absent"
    """What the college says."""

    def _become(self, sheet: LessonSheet) -> LessonSheet:
        return cancelled(sheet, self.words)


@attrs.frozen(kw_only=True)
class RoomChanged(_LessonEvent):
    """A lesson takes place elsewhere."""

    room: str
    """Where."""

    def _become(self, sheet: LessonSheet) -> LessonSheet:
        return in_room(sheet, self.room)


@attrs.frozen(kw_only=True)
class MarkPublished(Event):
    """A new mark."""

    number: int
    """Number of the mark."""
    said: Said
    """The mark as written."""
    title: str
    """What was marked."""

    def happen(self, desk: CollegeDesk) -> None:
        """There is one line more, in the first subject, and the averages count it."""
        service = desk.marks.services[0]
        day = self.at.astimezone(desk.year.zone).date()
        desk.marks.sheets.append(mark_sheet(desk, self.number, service, day, self.said, self.title))


@attrs.frozen(kw_only=True)
class HomeworkGiven(Event):
    """New homework."""

    number: int
    """Number of the homework."""
    subject: str
    """For which subject."""
    text: str
    """What is to be done."""
    due: dt.date
    """Until when."""

    def happen(self, desk: CollegeDesk) -> None:
        """There is one sheet more, not done yet."""
        given = self.at.astimezone(desk.year.zone).date()
        sheet = homework_sheet(desk, self.number, self.subject, given=given, due=self.due, text=self.text)
        desk.homeworks.append(sheet)


@attrs.frozen(kw_only=True)
class NewsPublished(Event):
    """A new piece of information."""

    number: int
    """Number of the information."""
    title: str
    """Heading."""
    text: str
    """What it says."""

    def happen(self, desk: CollegeDesk) -> None:
        """There is one more, unread."""
        question = NewsQuestion(AnswerKind.RECEIPT, f"<p>{self.text}</p>", is_expected=False)
        at = self.at.astimezone(desk.year.zone)
        desk.news.append(
            news_sheet(*(desk, self.number, self.title, at, question), author=COUNSELLOR, category=NATURES[0])
        )


@attrs.frozen
class Story:
    """Events in the order in which they happen."""

    events: tuple[Event, ...] = ()
    """By time."""

    def events_until(self, now: dt.datetime) -> tuple[Event, ...]:
        """What has happened at *now*, oldest first."""
        return tuple(event for event in self.events if event.at <= now)


def tell_story(desks: Mapping[str, CollegeDesk]) -> Story:
    """A school day in the life of the pupils, and the morning after it."""
    louison, mae, _ = desks.values()
    year = louison.year
    today, tomorrow, later = (year.calendar.school_day(offset) for offset in (0, 1, 3))

    def at(day: dt.date, clock: str) -> dt.datetime:
        return dt.datetime.combine(day, dt.time.fromisoformat(clock), year.zone)

    one, two = louison.file.number, mae.file.number
    events: list[Event] = [
        LessonCancelled(at=at(today, "08:20"), pupil=one, day=tomorrow, order=1),
        RoomChanged(at=at(today, "09:10"), pupil=two, day=tomorrow, order=0, room="Salle polyvalente"),
        MarkPublished(
            at=at(today, "10:40"), pupil=one, number=FIRST_NUMBER, said="16.5", title="Interrogation surprise"
        ),
        HomeworkGiven(
            at=at(today, "11:35"),
            pupil=one,
            number=FIRST_NUMBER,
            subject="FRANCAIS",
            text="Apporter un caillou.",
            due=later,
        ),
        NewsPublished(
            at=at(today, "12:05"),
            pupil=one,
            number=FIRST_NUMBER,
            title="Fermeture à midi",
            text="Le collège ferme demain à midi.",
        ),
        NewsPublished(
            at=at(today, "12:05"),
            pupil=two,
            number=FIRST_NUMBER,
            title="Fermeture à midi",
            text="Le collège ferme demain à midi.",
        ),
        LessonCancelled(at=at(tomorrow, "08:05"), pupil=two, day=tomorrow, order=0, words="Classe absente"),
    ]
    return Story(tuple(sorted(events, key=lambda event: event.at)))
