"""`schoolsync announcements`."""

from __future__ import annotations

import datetime as dt

from schoolsync.cli.announcements import ANNOUNCEMENTS, WANTED
from schoolsync.cli.render import Look
from schoolsync.model import Announcement, Response
from schoolsync.sandbox.school import SandboxSchool
from tests.cli.test_render import shown

TODAY = dt.date(2026, 3, 11)


def drawn(*announcements: Announcement, brief: bool = False) -> str:
    """On paper."""
    return shown(ANNOUNCEMENTS.draw(announcements, Look(TODAY, 100, is_brief=brief)), 100)


def test_every_answer_that_is_wanted_has_words() -> None:
    """None is left out."""
    assert set(WANTED) == set(Response)


def test_news_that_want_something(school: SandboxSchool) -> None:
    """Title, state and what to do; then the text, author and files."""
    text = drawn(*school.announcements(school.pupils[0]))
    assert "Museum trip & picnic · new · pinned · your consent is asked" in text
    assert "we go to a museum that does not exist." in text
    assert "from Mr K Sample · with letter.pdf, kit list.pdf" in text


def test_quiet_news_say_no_more_than_there_is(school: SandboxSchool) -> None:
    """A title alone is a line alone; unread is only said where the school says it."""
    plain = school.announcements(school.pupils[0])[-1].model_copy(
        update={"body_text": "", "author": None, "is_read": None}
    )
    assert drawn(plain).splitlines()[2].split("  ")[-1] == plain.title
    assert len(drawn(plain).splitlines()) == 3
    assert "Announcement" in drawn(plain.model_copy(update={"title": None})).splitlines()[2]


def test_a_brief_look_leaves_the_facts_out(school: SandboxSchool) -> None:
    """Author and files, but not what is asked."""
    text = drawn(*school.announcements(school.pupils[0]), brief=True)
    assert "your consent is asked" in text
    assert "letter.pdf" not in text
