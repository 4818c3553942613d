"""Everything that pronotepy can read, with what the school says to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import attrs
from pronotepy import clients

from schoolsync.model import LessonKind
from tests.peers.declared import TEXT, Shape
from tests.peers.matchers import SomeText
from tests.peers.pronote.declarations import documented, methods, shape_given, shape_of_text
from tests.peers.pronote.expected import lessons, marks, office, people
from tests.peers.pronote.expected.about import About
from tests.peers.pronote.meanings import Calendar, Printed, Week
from tests.peers.pronote.scenes import Who
from tests.peers.pronote.told import told

__all__ = ["ACTIONS", "INNER", "TOKENS", "Reading", "can_be_read", "of_account", "of_parent", "of_pupil"]

DAY, WEEK = dt.timedelta(days=1), dt.timedelta(weeks=1)
MENUS, MESSAGES = 10, 131
"""The screens that the college closes for some."""

ACTIONS = {"new_discussion", "set_child"}
"""Methods that do something; test_actions.py is about them."""
INNER = {"export_credentials", "get_week", "keep_alive", "post", "refresh", "session_check"}
"""Methods that the others are made of, or that speak of sessions; test_sessions.py is about them."""
TOKENS = {"qrcode_login", "request_qr_code_data", "token_login"}
"""Other ways to sign in; test_tokens.py is about them."""


@attrs.frozen
class Reading:
    """One thing that a client is asked, and its answer."""

    name: str
    """A method or attribute of the client: `lessons`."""
    expected: Any
    """What the school says."""
    arguments: tuple[Any, ...] = ()
    """What the method is given."""
    order: Callable[[Any], Any] | None = None
    """What the rows are sorted by, where they come in no order."""
    part: str | None = None
    """Which attribute of the answer is looked at; `None`: all of it."""

    def of(self, client: Any) -> Any:
        """What *client* says to it, as plain maps and lists."""
        found = getattr(client, self.name)
        found = found(*self.arguments) if callable(found) else found
        said = told(getattr(found, self.part) if self.part else found)
        return sorted(said, key=self.order) if self.order else said

    @property
    def shape(self) -> Shape:
        """What pronotepy declares of it."""
        return TEXT if self.part else can_be_read()[self.name]


@cache
def can_be_read() -> Mapping[str, Shape]:
    """Everything that a client for families has to say, with what is declared of it."""
    kind = clients.ParentClient
    written = {**documented(clients.ClientBase), **documented(kind)}
    found = {name: shape_of_text(text) for name, text in written.items()}
    found |= {
        name: shape_given(one.fget) for name in dir(kind) if isinstance(one := getattr(kind, name), property)
    }
    return found | {
        name: shape_given(function)
        for name, function in methods(kind).items()
        if name not in ACTIONS | INNER | TOKENS
    }


def of_account(about: About, who: Who, last_seen: dt.datetime) -> Iterator[Reading]:
    """What a client says of itself."""
    year = about.desk.year
    yield Reading("start_day", year.first_monday)
    yield Reading("week", Week(year.first_monday))
    yield Reading("logged_in", expected=True)
    yield Reading("username", who.login)
    yield Reading("password", who.password)
    yield Reading("pronote_url", f"{about.scene.url}/{who.page}")
    yield Reading("client_identifier", SomeText())
    yield Reading("last_connection", last_seen.replace(tzinfo=None))
    is_parent = who.role == "parent"
    yield Reading("info", people.guardian(about) if is_parent else people.pupil(about, about.desk))


def of_parent(about: About) -> Iterator[Reading]:
    """What only a parent reads."""
    desks = map(about.scene.college.desk, about.account.pupils)
    yield Reading("children", [people.pupil(about, desk) for desk in desks])


def of_pupil(about: About, *, has_natures: bool = True) -> Iterator[Reading]:
    """What is read about one pupil, but for screens that the college closes.

    Args:
        about: The pupil, and who reads.
        has_natures: Whether the server sends news as pronotepy knows them.
    """
    yield from _work(about)
    terms = about.desk.year.periods(about.scene.today)
    current = next(term.record.name for term in terms if term.is_graded and term.record.is_current)
    yield Reading("periods", [marks.period(about, term) for term in terms])
    yield Reading("current_period", current, part="name")
    if has_natures:
        yield Reading("information_and_surveys", office.news(about))
    yield Reading("get_teaching_staff", office.staff(about))
    if about.desk.file.switches[MESSAGES]:
        yield Reading("discussions", office.discussions(about))
        yield Reading("get_recipients", office.recipients(about))
    if about.desk.file.switches[MENUS]:
        yield from _menus(about)
    yield from _papers(about)


def _work(about: About) -> Iterator[Reading]:
    """The week's lessons with the notebook, and homework."""
    monday, year = about.desk.year.calendar.monday, about.desk.year
    week = lessons.lessons(about, monday, monday + 6 * DAY)
    yield Reading("lessons", week, (monday, monday + WEEK), order=lessons.lesson_order)
    everything = lessons.homework(about, year.first_day)
    yield Reading("homework", everything, (year.first_day,), order=lessons.homework_order)
    some = lessons.homework(about, about.scene.today, about.scene.today + 2 * DAY)
    days = (about.scene.today, about.scene.today + 2 * DAY)
    yield Reading("homework", some, days, order=lessons.homework_order)


def _menus(about: About) -> Iterator[Reading]:
    monday = about.desk.year.calendar.monday
    for first, last in ((monday, monday + 10 * DAY), (monday + DAY, None)):
        yield Reading("menus", office.menus(about, first, last or first), (first, last))


def _papers(about: About) -> Iterator[Reading]:
    """A printed timetable, and the calendar."""
    number, monday = about.desk.file.number, about.desk.year.calendar.monday
    print_ = Printed(f"print:16:0:{number}".encode(), about.scene)
    yield Reading("generate_timetable_pdf", print_, (monday,))
    listed = about.scene.college.lessons(number, monday - WEEK, monday + 3 * WEEK)
    rows = [lesson for lesson in listed if lesson.kind is not LessonKind.BREAK]
    yield Reading("export_ical", Calendar(rows, about.scene))
