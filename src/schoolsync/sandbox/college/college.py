"""A collège that does not exist, written down in the neutral model.

```python
college = make_college(today=date(2026, 3, 9))
louison = college.pupils[0]
college.lessons(louison, date(2026, 3, 9))     # what a correct client delivers
```

What you put into it comes out of a client. A comparison looks at every field of a
record except `key`, `mark_key`, `period_key`, `pupil_key`, `provider_id` and `raw`,
`ref` of an attachment, `id` of a subject, and `url` of a school; a parent's client
says `can_toggle=False` of all homework.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TypeAlias, TypeVar

import attrs

from schoolsync.model import (
    Absence,
    Announcement,
    BehaviourEvent,
    Discussion,
    Homework,
    Lesson,
    LessonContent,
    Mark,
    Menu,
    Period,
    Pupil,
    Record,
    Report,
    Resource,
    Sanction,
    School,
    SkillAssessment,
    SubjectAverage,
    by_due,
)
from schoolsync.sandbox.college.canteen import draw_menus
from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.college.evaluations import draw_evaluations
from schoolsync.sandbox.college.homework import draw_homeworks, ticked
from schoolsync.sandbox.college.lessons import LessonSheet, cancelled
from schoolsync.sandbox.college.markbook import MarkBook, Said
from schoolsync.sandbox.college.marks import draw_marks
from schoolsync.sandbox.college.messages import draw_discussions
from schoolsync.sandbox.college.news import draw_news
from schoolsync.sandbox.college.notebook import draw_contents
from schoolsync.sandbox.college.presence import draw_presence
from schoolsync.sandbox.college.reports import draw_reports
from schoolsync.sandbox.college.resources import StoredFile, draw_resources, stored_file
from schoolsync.sandbox.college.roll import (
    COLLEGE,
    TEACHERS,
    Account,
    Household,
    PupilFile,
    Teacher,
    draw_roll,
)
from schoolsync.sandbox.college.story import Story, tell_story
from schoolsync.sandbox.college.teaching import teachers_desk
from schoolsync.sandbox.college.timetable import draw_timetable
from schoolsync.sandbox.college.year import CollegeYear, Holiday

__all__ = ["SandboxCollege", "make_college"]

R = TypeVar("R", bound=Record)
Who: TypeAlias = Pupil | str
"""A pupil as a record, or by number."""
FORTNIGHT = dt.timedelta(days=13)


@attrs.define
class SandboxCollege:
    """Families, accounts, and a desk for each pupil. Readings are neutral records; changes are methods.

    Everything that is kept about a pupil is on their `desk`, which may be changed.
    """

    year: CollegeYear
    """The school year."""
    households: list[Household]
    """The families."""
    accounts: list[Account] = attrs.field(repr=False)
    """Everybody who signs in."""
    desks: dict[str, CollegeDesk]
    """Number of a pupil → what is kept about them."""
    story: Story = attrs.field(factory=Story)
    """What happens while the clock runs."""
    _told: int = attrs.field(default=0, init=False)

    # -- who ---------------------------------------------------------------

    @property
    def school(self) -> School:
        """The school, as a correct client delivers it but for its address."""
        return COLLEGE

    @property
    def pupils(self) -> tuple[Pupil, ...]:
        """All pupils, family by family."""
        return tuple(file.pupil for file in self.pupil_files)

    @property
    def pupil_files(self) -> tuple[PupilFile, ...]:
        """The same with what the office knows."""
        return tuple(desk.file for desk in self.desks.values())

    def account(self, login: str, kind: str | None) -> Account | None:
        """The account that signs in as *login* through the space for *kind*; `None` if there is none."""
        for one in self.accounts:
            is_same = login.lower() == one.login.lower() if one.ignores_case else login == one.login
            if is_same and one.kind == kind:
                return one
        return None

    def account_numbered(self, number: str) -> Account:
        """The account with that number.

        Raises:
            KeyError: There is none.
        """
        return {one.number: one for one in self.accounts}[number]

    def pupils_of(self, account: Account) -> tuple[Pupil, ...]:
        """The pupils whom *account* is about, in the college's order."""
        return tuple(self.desks[number].pupil for number in account.pupils)

    def desk(self, who: Who) -> CollegeDesk:
        """The desk of a pupil.

        Raises:
            KeyError: There is no such pupil.
        """
        return self.desks[(who.provider_id if isinstance(who, Pupil) else who) or ""]

    def desk_of(self, account: Account) -> CollegeDesk:
        """The desk that *account* sees unless it asks for another one; a teacher has one of their own.

        Raises:
            LookupError: It is about nobody.
        """
        if account.kind == "teacher":
            return teachers_desk(self.teacher(account.number), self.year, self.desks.values())
        return self.desks[account.pupils[0]]

    def teacher(self, number: str) -> Teacher:
        """The teacher with that number.

        Raises:
            KeyError: There is none.
        """
        return {one.number: one for one in TEACHERS}[number]

    # -- readings ----------------------------------------------------------

    def lessons(
        self, who: Who, first: dt.date, last: dt.date | None = None, *, has_all_rows: bool = False
    ) -> tuple[Lesson, ...]:
        """Lessons and breaks from *first* to *last*, both included, by start.

        Args:
            who: Whose.
            first: The first day.
            last: The last day; *first* unless given.
            has_all_rows: Whether to give every row that the server lists, and no break.
        """
        timetable = self.desk(who).timetable
        read = timetable.rows if has_all_rows else timetable.lessons
        return read(first, last or first)

    def homeworks(self, who: Who) -> tuple[Homework, ...]:
        """All homework by due date, as the pupil's own client delivers it."""
        return tuple(sorted((sheet.record for sheet in self.desk(who).homeworks), key=by_due))

    def contents(self, who: Who) -> tuple[LessonContent, ...]:
        """What was done in lessons, by start."""
        records = [record for sheet in self.desk(who).contents for record in sheet.records]
        return tuple(sorted(records, key=lambda record: record.start))

    def marks(self, who: Who, period: str | None = None) -> tuple[Mark, ...]:
        """The marks of *period*, called by name, or of the whole year; newest first."""
        book = self.desk(who).marks
        sheets = [sheet for sheet in book.sheets if period in (None, sheet.period)]
        return tuple(sorted((sheet.record for sheet in sheets), key=_given, reverse=True))

    def averages(self, who: Who, period: str) -> tuple[SubjectAverage, ...]:
        """Averages by subject in the college's order, then the overall one."""
        return self.desk(who).marks.averages(period)

    def periods(self, today: dt.date | None = None) -> tuple[Period, ...]:
        """Three terms, two semesters and the year, seen from *today* or the day of the opening."""
        return tuple(one.record for one in self.year.periods(today))

    def evaluations(self, who: Who) -> tuple[SkillAssessment, ...]:
        """Assessments of skills, newest first."""
        records = (sheet.record for sheet in self.desk(who).evaluations)
        return tuple(sorted(records, key=lambda one: one.day or dt.date.min, reverse=True))

    def reports(self, who: Who) -> tuple[Report, ...]:
        """Report cards, by period."""
        return tuple(sheet.record for sheet in self.desk(who).reports)

    def absences(self, who: Who) -> tuple[Absence, ...]:
        """Absences and late arrivals, newest first."""
        records = self._presence(who, Absence)
        return tuple(sorted(records, key=lambda one: (one.day, str(one.start)), reverse=True))

    def sanctions(self, who: Who) -> tuple[Sanction, ...]:
        """Punishments and measures, newest first."""
        records = self._presence(who, Sanction)
        return tuple(sorted(records, key=lambda one: one.given_on or dt.date.min, reverse=True))

    def behaviour_events(self, who: Who) -> tuple[BehaviourEvent, ...]:
        """Observations, newest first."""
        return tuple(sorted(self._presence(who, BehaviourEvent), key=lambda one: one.at, reverse=True))

    def _presence(self, who: Who, kind: type[R]) -> list[R]:
        records = (sheet.record for sheet in self.desk(who).presence)
        return [record for record in records if isinstance(record, kind)]

    def announcements(self, who: Who) -> tuple[Announcement, ...]:
        """Informations and surveys, newest first."""
        records = (sheet.record for sheet in self.desk(who).news)
        return tuple(sorted(records, key=lambda one: one.published_at, reverse=True))

    def discussions(self, who: Who) -> tuple[Discussion, ...]:
        """Threads of messages, in the college's order."""
        return tuple(sheet.record for sheet in self.desk(who).discussions)

    def menus(self, first: dt.date, last: dt.date | None = None) -> tuple[Menu, ...]:
        """What there is to eat from *first* to *last*, both included; by day and meal."""
        desk = next(iter(self.desks.values()))
        found = [sheet for sheet in desk.menus if first <= sheet.record.day <= (last or first)]
        return tuple(sheet.record for sheet in sorted(found, key=lambda one: (one.record.day, one.meal)))

    def resources(self, who: Who) -> tuple[Resource, ...]:
        """What teachers share, newest first."""
        records = (sheet.record for sheet in self.desk(who).resources)
        return tuple(sorted(records, key=lambda one: str(one.shared_at), reverse=True))

    @property
    def holidays(self) -> tuple[Holiday, ...]:
        """Holidays of the year, oldest first."""
        return self.year.holidays

    def teachers(self, who: Who) -> tuple[Teacher, ...]:
        """Who teaches a pupil in the week of the opening and the next one, in the college's order."""
        monday = self.year.calendar.monday
        sheets = self.desk(who).timetable.sheets(monday, monday + FORTNIGHT)
        named = {name for sheet in sheets for name in sheet.record.teachers}
        return tuple(one for one in TEACHERS if one.name in named)

    def stored(self, thing: str, code: str | None = None) -> StoredFile | None:
        """The file that a server speaks of; `None` if there is none.

        Args:
            thing: `file:` and its number in the store; `pupil:` or `mark:` and whose it is.
            code: Which of a mark's two papers: `DevoirSujet` or `DevoirCorrige`.
        """
        what, _, name = thing.partition(":")
        if what == "pupil" and name in self.desks:
            photo = self.desks[name].file.photo
            return StoredFile(f"photo-{name}", "photo.jpg", photo, "image/jpeg") if photo else None
        if what == "mark":
            return self._paper_of_mark(name, code)
        found = (stored_file(desk, name) for desk in self.desks.values()) if what == "file" else ()
        return next((one for one in found if one), None)

    def _paper_of_mark(self, key: str, code: str | None) -> StoredFile | None:
        for desk in self.desks.values():
            for sheet in desk.marks.sheets:
                if sheet.record.key == key:
                    return {"DevoirSujet": sheet.paper, "DevoirCorrige": sheet.correction}.get(code or "")
        return None

    # -- changes -----------------------------------------------------------

    def add_lesson(self, sheet: LessonSheet, who: Who) -> None:
        """*sheet* is in the timetable of a pupil."""
        self.desk(who).timetable.add(sheet)

    def replace_lesson(self, sheet: LessonSheet, new: Iterable[LessonSheet], who: Who) -> None:
        """*new* ones stand where *sheet* was.

        Raises:
            LookupError: *sheet* is not in the timetable.
        """
        self.desk(who).timetable.replace(sheet, *new)

    def cancel_lesson(self, sheet: LessonSheet, who: Who, words: str = "Cours annulé") -> None:
        """*sheet* does not take place, and the college says so in *words*.

        Raises:
            LookupError: *sheet* is not in the timetable.
        """
        self.replace_lesson(sheet, [cancelled(sheet, words)], who)

    def set_mark(self, key: str, said: Said, who: Who) -> Mark:
        """The mark *key* of a pupil is *said* from now on; it stays the same mark.

        Raises:
            KeyError: There is no such mark.
        """
        return self.desk(who).marks.set_value(key, said).record

    def tick_homework(self, key: str, who: Who, *, is_done: bool = True) -> None:
        """The homework *key* of a pupil is done, or not any more."""
        desk = self.desk(who)
        desk.homeworks = [
            ticked(sheet, is_done=is_done) if sheet.key == key else sheet for sheet in desk.homeworks
        ]

    def switch(self, tab: int, who: Who, *, is_on: bool) -> None:
        """The screen *tab* is open for a pupil, or not."""
        desk = self.desk(who)
        desk.file = attrs.evolve(desk.file, switches={**desk.file.switches, tab: is_on})

    def replace_account(self, account: Account) -> None:
        """The account with the same number is *account*."""
        self.accounts = [account if one.number == account.number else one for one in self.accounts]

    def catch_up(self, now: dt.datetime) -> None:
        """Everything that the story tells until *now* has happened, once."""
        happened = self.story.events_until(now)
        for event in happened[self._told :]:
            event.happen(self.desks[event.pupil])
        self._told = max(self._told, len(happened))


def _given(mark: Mark) -> dt.date:
    return mark.given_on or dt.date.min


def make_college(*, seed: int = 1, today: dt.date, has_story: bool = True) -> SandboxCollege:
    """The invented collège as it stands on the morning of *today*.

    Args:
        seed: Another one gives another timetable; the people stay.
        today: The current day; everything else is told from here.
        has_story: Whether things happen while the clock runs.
    """
    year = CollegeYear(today)
    households, accounts = draw_roll()
    menus = draw_menus(year)
    files = (file for household in households for file in household.children)
    desks = {file.number: _filled(file, year, seed) for file in files}
    for desk in desks.values():
        desk.menus = menus
    return SandboxCollege(year, households, accounts, desks, tell_story(desks) if has_story else Story())


def _filled(file: PupilFile, year: CollegeYear, seed: int) -> CollegeDesk:
    """The desk of a pupil, with everything that the college keeps."""
    desk = CollegeDesk(file, year, draw_timetable(file, year, seed), MarkBook())
    desk.homeworks = draw_homeworks(desk)
    desk.contents = draw_contents(desk)
    desk.resources = draw_resources(desk)
    desk.marks = draw_marks(desk)
    desk.evaluations = draw_evaluations(desk)
    desk.reports = draw_reports(desk)
    desk.presence = draw_presence(desk)
    desk.news = draw_news(desk)
    desk.discussions = draw_discussions(desk)
    return desk
