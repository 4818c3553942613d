"""A school that does not exist, written down in the neutral model.

```python
school = make_school(today=date(2026, 3, 9))
alex = school.pupils[0]
school.lessons(alex, date(2026, 3, 9))     # what a correct client delivers
```

What you put into it comes out of a client. A comparison looks at every field of
a record except `key`, `mark_key`, `pupil_key` and `raw`, `ref` of an attachment,
and `url` of a school; a parent's client says `can_toggle=False` of all homework.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from schoolsync.model import (
    Absence,
    Announcement,
    Badge,
    BehaviourEvent,
    Homework,
    Lesson,
    Mark,
    Pupil,
    Sanction,
    by_due,
)
from schoolsync.sandbox.desk import Desk
from schoolsync.sandbox.families import draw_families
from schoolsync.sandbox.grades import homework_mark, report_marks
from schoolsync.sandbox.people import Household, ParentAccount, PupilFile
from schoolsync.sandbox.story import Story, tell_story
from schoolsync.sandbox.year import Calendar

__all__ = ["SandboxSchool", "make_school"]

Who = Pupil | str | int
"""A pupil as a record, or by number."""


@attrs.define
class SandboxSchool:
    """Families, and a desk for each pupil. Readings are neutral records; changes are methods.

    Everything that is kept about a pupil is on their `desk`, whose lists may be changed.
    """

    calendar: Calendar
    """The school year."""
    households: list[Household]
    """The families."""
    desks: dict[str, Desk]
    """Number of a pupil → what is kept about them."""
    story: Story = attrs.field(factory=Story)
    """What happens while the clock runs."""
    _told: int = attrs.field(default=0, init=False)

    # -- who ---------------------------------------------------------------

    @property
    def pupils(self) -> tuple[Pupil, ...]:
        """All pupils, family by family."""
        return tuple(file.pupil for file in self.pupil_files)

    @property
    def pupil_files(self) -> tuple[PupilFile, ...]:
        """The same with what the office knows: access codes, dates of birth."""
        return tuple(desk.file for desk in self.desks.values())

    @property
    def parents(self) -> tuple[ParentAccount, ...]:
        """All parents, family by family."""
        return tuple(parent for household in self.households for parent in household.parents)

    def pupils_of(self, parent: ParentAccount) -> tuple[Pupil, ...]:
        """The children of *parent*, in the school's order."""
        return tuple(self.desks[number].pupil for number in parent.pupil_ids)

    def desk(self, pupil: Who) -> Desk:
        """The desk of *pupil*.

        Raises:
            KeyError: There is no such pupil.
        """
        number = pupil.provider_id if isinstance(pupil, Pupil) else str(pupil)
        return self.desks[number or ""]

    # -- readings ----------------------------------------------------------

    def days(self, first: dt.date, last: dt.date) -> Iterator[dt.date]:
        """The school days from *first* to *last*, both included."""
        return self.calendar.school_days(first, last)

    def lessons(self, pupil: Who, day: dt.date) -> tuple[Lesson, ...]:
        """Lessons and breaks of one day by start; empty outside school days."""
        return self.desk(pupil).lessons(day)

    def homeworks(self, pupil: Who) -> tuple[Homework, ...]:
        """All homework by due date, as the pupil's own client delivers it."""
        return tuple(sorted((sheet.record for sheet in self.desk(pupil).homeworks), key=by_due))

    def marks(self, pupil: Who) -> tuple[Mark, ...]:
        """All marks: those of homework by due date, then those of academic reports."""
        desk = self.desk(pupil)
        sheets = sorted(desk.homeworks, key=lambda sheet: by_due(sheet.record))
        marks = [mark for sheet in sheets if (mark := homework_mark(sheet, desk.pupil))]
        return (*marks, *(mark for report in desk.reports for mark in report_marks(report, desk.pupil)))

    def absences(self, pupil: Who) -> tuple[Absence, ...]:
        """Absences and late arrivals, newest day first, by session within a day."""
        desk = self.desk(pupil)
        found = [mark.record for mark in desk.register if mark.record]
        order = {session: place for place, session in enumerate(desk.sessions)}
        return tuple(sorted(found, key=lambda one: (-one.day.toordinal(), order[one.session_label or ""])))

    def behaviour_events(self, pupil: Who) -> tuple[BehaviourEvent, ...]:
        """Behaviour events, newest first."""
        rows = [row for row in self.desk(pupil).activity if row.type == "behaviour"]
        newest_first = sorted(rows, key=lambda row: (row.record.at.timestamp(), row.id), reverse=True)
        return tuple(row.record for row in newest_first)

    def badges(self, pupil: Who) -> tuple[Badge, ...]:
        """Awards of badges, newest first."""
        awards = (award.record for award in self.desk(pupil).awards)
        return tuple(sorted(awards, key=lambda badge: badge.awarded_at.timestamp(), reverse=True))

    def announcements(self, pupil: Who) -> tuple[Announcement, ...]:
        """Announcements, newest first."""
        sheets = (sheet.record for sheet in self.desk(pupil).announcements)
        return tuple(sorted(sheets, key=lambda one: one.published_at.timestamp(), reverse=True))

    def sanctions(self, pupil: Who) -> tuple[Sanction, ...]:
        """Detentions, in the order in which they were written."""
        return tuple(slip.record for slip in self.desk(pupil).detentions)

    # -- changes -----------------------------------------------------------

    def add_lesson(self, lesson: Lesson, pupil: Who) -> None:
        """*lesson* is in the timetable of *pupil*."""
        desk, day = self.desk(pupil), lesson.start.date()
        desk.set_lessons(day, (*desk.lessons(day), lesson))

    def replace_lesson(self, lesson: Lesson, new: Lesson, pupil: Who) -> None:
        """*new* stands where *lesson* was, on the same day or another one.

        Raises:
            LookupError: *lesson* is not in the timetable.
        """
        self.cancel_lesson(lesson, pupil)
        self.add_lesson(new, pupil)

    def cancel_lesson(self, lesson: Lesson, pupil: Who) -> None:
        """*lesson* is not listed any more.

        Raises:
            LookupError: It was not.
        """
        desk, day = self.desk(pupil), lesson.start.date()
        before = desk.lessons(day)
        kept = tuple(one for one in before if one.key != lesson.key)
        if len(kept) == len(before):
            raise LookupError(lesson.key)
        desk.set_lessons(day, kept)

    def replace_parent(self, parent: ParentAccount) -> None:
        """The account with the same number is *parent*."""
        self.households = [
            attrs.evolve(
                household,
                parents=tuple(parent if one.id == parent.id else one for one in household.parents),
            )
            for household in self.households
        ]

    def switch(self, feature: str, pupil: Who, *, is_on: bool) -> None:
        """*feature*, a name of `people.FEATURES`, is on or off for *pupil*.

        Raises:
            KeyError: There is no such feature.
        """
        desk = self.desk(pupil)
        if feature not in desk.file.features:
            raise KeyError(feature)
        desk.file = attrs.evolve(desk.file, features={**desk.file.features, feature: is_on})

    def catch_up(self, now: dt.datetime) -> None:
        """Everything that the story tells until *now* has happened, once."""
        happened = self.story.events_until(now)
        for event in happened[self._told :]:
            event.happen(self.desks[event.pupil_id])
        self._told = max(self._told, len(happened))


def make_school(*, seed: int = 1, today: dt.date, has_story: bool = True) -> SandboxSchool:
    """The invented school as it stands on the morning of *today*.

    Args:
        seed: Another one gives another timetable and other activity; the people stay.
        today: The current day; everything else is told from here.
        has_story: Whether things happen while the clock runs.
    """
    calendar = Calendar(today)
    households, desks = draw_families(seed, calendar)
    return SandboxSchool(calendar, households, desks, tell_story(desks) if has_story else Story())
