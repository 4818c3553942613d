"""One agenda of a household: what several children have on, at schools of several zones.

```python
children = [PupilRecords(alex, lessons=…, homework=…), PupilRecords(louison, lessons=…)]
for day in agenda(children, zone=ZoneInfo("Europe/Paris")):
    for entry in day.entries:
        print(entry.start, entry.pupil.name, entry.record)
```

Days and times are those of the home. What has a time stands on the day on which it begins there: a first
lesson in Nouméa is the evening before in Paris. What has only a day, as most homework has, stands on the day
of that name, in whichever zone the school is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias

import attrs

from schoolsync.model import Announcement, Homework, Lesson, LessonKind, LessonStatus, Pupil

__all__ = ["AgendaDay", "Entry", "PupilDay", "PupilRecords", "agenda", "is_attended", "is_changed", "is_test"]

Entered: TypeAlias = Lesson | Homework | Announcement
DAY: Final = dt.timedelta(days=1)


@attrs.frozen(kw_only=True)
class PupilRecords:
    """What is known of one child."""

    pupil: Pupil = attrs.field(kw_only=False)
    """Whom it is about."""
    lessons: Sequence[Lesson] = ()
    """The timetable, in any order; breaks are left out of an agenda."""
    homework: Sequence[Homework] = ()
    """What is to be done."""
    announcements: Sequence[Announcement] = ()
    """News from the school."""


@attrs.frozen(kw_only=True)
class Entry:
    """One line of an agenda."""

    pupil: Pupil
    """Whom it is about."""
    record: Entered
    """The lesson, the homework or the announcement itself, in its school's zone."""
    day: dt.date
    """The day at home on which it stands."""
    start: dt.datetime | None = None
    """When it begins, is due or was published, in the home's zone; `None`: on the day, at no time."""
    end: dt.datetime | None = None
    """When it ends, in the home's zone; only lessons do."""

    @property
    def is_cancelled(self) -> bool:
        """Whether it is a lesson that does not take place for anybody."""
        return isinstance(self.record, Lesson) and self.record.status is LessonStatus.CANCELLED


@attrs.frozen(kw_only=True)
class PupilDay:
    """One day of one child at a glance."""

    pupil: Pupil
    """Whom it is about."""
    starts: dt.datetime | None = None
    """When the first lesson that the child attends begins, in the home's zone; `None`: there is none."""
    ends: dt.datetime | None = None
    """When the last one ends."""
    lessons: int = 0
    """How many lessons the child attends."""
    changes: tuple[Entry, ...] = ()
    """Lessons that are not as the timetable has them, cancelled ones and exemptions too."""
    tests: tuple[Entry, ...] = ()
    """Lessons for which a test is announced and that take place."""
    homework: tuple[Homework, ...] = ()
    """What is due."""
    announcements: tuple[Announcement, ...] = ()
    """What was published."""


@attrs.frozen(kw_only=True)
class AgendaDay:
    """One day at home."""

    day: dt.date
    """The day."""
    entries: tuple[Entry, ...] = ()
    """What has no time first, then by the instant at which it begins; children in the order given."""
    pupils: tuple[PupilDay, ...] = ()
    """A summary for each child, in the order given; an empty one too."""


def agenda(
    children: Iterable[PupilRecords],
    *,
    zone: dt.tzinfo,
    first: dt.date | None = None,
    last: dt.date | None = None,
) -> tuple[AgendaDay, ...]:
    """Every day from *first* to *last*, with what all children have on.

    Args:
        children: What is known of each child, in the order in which they are to be shown.
        zone: The home's zone.
        first: First day at home; that of the earliest entry if not given.
        last: Last day at home, included; that of the latest entry if not given.

    Returns:
        One for each day, empty ones too; none at all when there is no entry and a side is not given.
    """
    known = list(children)
    entries = [entry for one in known for entry in _entries(one, zone)]
    days = _days(entries, first, last)
    by_day: dict[dt.date, list[Entry]] = {day: [] for day in days}
    for entry in entries:
        if entry.day in by_day:
            by_day[entry.day].append(entry)
    pupils = [one.pupil for one in known]
    return tuple(_day(day, by_day[day], pupils) for day in days)


def is_attended(lesson: Lesson) -> bool:
    """Whether the pupil has it: neither cancelled nor given away, and not exempted unless it is online."""
    if lesson.kind is LessonKind.BREAK or lesson.status is LessonStatus.CANCELLED or lesson.replaced_by_key:
        return False
    return not lesson.is_exempted or lesson.status is LessonStatus.ONLINE


def is_changed(lesson: Lesson) -> bool:
    """Whether it is not as the timetable has it: any news of it, or an exemption."""
    return lesson.status is not LessonStatus.SCHEDULED or bool(lesson.is_exempted)


def is_test(lesson: Lesson) -> bool:
    """Whether a test is announced in it."""
    return bool(lesson.is_test) or lesson.kind is LessonKind.EXAM


def _entries(one: PupilRecords, zone: dt.tzinfo) -> Iterator[Entry]:
    """Everything about one child, in no order."""
    for lesson in one.lessons:
        if lesson.kind is not LessonKind.BREAK:
            yield _entry(one.pupil, lesson, zone, lesson.start, lesson.end)
    for homework in one.homework:
        yield _entry(one.pupil, homework, zone, homework.due)
    for news in one.announcements:
        yield _entry(one.pupil, news, zone, news.published_at)


def _entry(
    pupil: Pupil, record: Entered, zone: dt.tzinfo, when: dt.date, end: dt.datetime | None = None
) -> Entry:
    """The line of *record*, at the home's time."""
    if not isinstance(when, dt.datetime):
        return Entry(pupil=pupil, record=record, day=when)
    start = when.astimezone(zone)
    return Entry(
        pupil=pupil, record=record, day=start.date(), start=start, end=end.astimezone(zone) if end else None
    )


def _days(entries: Sequence[Entry], first: dt.date | None, last: dt.date | None) -> list[dt.date]:
    """Every day from *first* to *last*, or from the first entry to the last one."""
    days = [entry.day for entry in entries]
    first, last = first or min(days, default=None), last or max(days, default=None)
    if first is None or last is None:
        return []
    return [first + DAY * number for number in range((last - first).days + 1)]


def _day(day: dt.date, entries: Sequence[Entry], pupils: Sequence[Pupil]) -> AgendaDay:
    places = {pupil.key: place for place, pupil in enumerate(pupils)}
    # Within one zone Python compares what the clock shows, and the clock shows one hour twice a year.
    ordered = sorted(
        entries,
        key=lambda one: (
            one.start is not None,
            one.start.timestamp() if one.start else 0.0,
            one.end.timestamp() if one.end else 0.0,
            places[one.pupil.key],
        ),
    )
    return AgendaDay(
        day=day, entries=tuple(ordered), pupils=tuple(_pupil_day(pupil, ordered) for pupil in pupils)
    )


def _pupil_day(pupil: Pupil, entries: Sequence[Entry]) -> PupilDay:
    """The day of *pupil*; *entries* in order, of everybody."""
    own = [entry for entry in entries if entry.pupil.key == pupil.key]
    taught = [(entry, entry.record) for entry in own if isinstance(entry.record, Lesson)]
    attended = [entry for entry, lesson in taught if is_attended(lesson)]
    ends = [entry.end for entry in attended if entry.end]
    return PupilDay(
        pupil=pupil,
        starts=attended[0].start if attended else None,
        ends=max(ends, key=dt.datetime.timestamp, default=None),
        lessons=len(attended),
        changes=tuple(entry for entry, lesson in taught if is_changed(lesson)),
        tests=tuple(entry for entry, lesson in taught if is_test(lesson) and not entry.is_cancelled),
        homework=tuple(entry.record for entry in own if isinstance(entry.record, Homework)),
        announcements=tuple(entry.record for entry in own if isinstance(entry.record, Announcement)),
    )
