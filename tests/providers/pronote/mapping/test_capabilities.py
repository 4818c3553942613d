"""Each screen that a school closes, and the reason that an account hears."""

from __future__ import annotations

from typing import Any

import pytest

from schoolsync import model
from schoolsync.model import Availability, Capabilities, Record
from schoolsync.providers.classcharts.mapping.people import to_capabilities as classcharts_capabilities
from schoolsync.providers.classcharts.mapping.people import to_pupil as classcharts_pupil
from schoolsync.providers.classcharts.schema.people import PupilRow
from schoolsync.providers.classcharts.session import Role
from schoolsync.providers.pronote.mapping.capabilities import (
    ALWAYS,
    FIELDS,
    PUPIL_THINGS,
    TABS,
    WRITABLE,
    to_capabilities,
)
from schoolsync.providers.pronote.mapping.people import to_pupils
from schoolsync.providers.pronote.session import Space
from tests.providers.pronote.persons import PARENT, PARIS, RIGHTS, STUDENT, TEACHER, user_page, year
from tests.providers.pronote.persons import TABS as OPENED
from tests.providers.pronote.wire import ROOT

SAID = {Space.STUDENT: STUDENT, Space.PARENT: PARENT, Space.TEACHER: TEACHER}
EVERY_TAB = sorted({tab for tabs in TABS.values() for tab in tabs})
YES, OFF = Availability.YES, Availability.OFF_AT_SCHOOL
NOT_THEIRS = Availability.NOT_FOR_THIS_ACCOUNT


def capabilities(space: Space = Space.STUDENT, **fields: Any) -> Capabilities:
    """What an account of *space* can see."""
    user = user_page(SAID[space], **fields)
    pupils = to_pupils(user, year(), root=ROOT, zone=PARIS, space=space)
    return to_capabilities([pupil for pupil, _ in pupils], user, space, year())


def without(*tabs: int) -> list[dict[str, Any]]:
    """The tree without *tabs*."""

    def pruned(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [
            row | ({"Onglet": pruned(row["Onglet"])} if "Onglet" in row else {})
            for row in rows
            if row["G"] not in tabs
        ]

    return pruned(OPENED)


def reads(found: Capabilities) -> dict[str, Availability]:
    """The answers about reading."""
    operations = found.operations[found.pupils[0].key]
    return {thing: answer for (thing, operation), answer in operations.items() if operation == "read"}


@pytest.mark.parametrize("space", [Space.STUDENT, Space.PARENT])
def test_with_every_screen_open_everything_is_there(space: Space) -> None:
    """For pupils and parents alike."""
    found = reads(capabilities(space))
    assert {thing for thing in (*TABS, *ALWAYS) if found[thing] is not YES} == set()


@pytest.mark.parametrize("tab", EVERY_TAB)
@pytest.mark.parametrize("way", ["missing", "hidden", "in a hidden group"])
def test_each_closed_screen_changes_its_own_answers(tab: int, way: str) -> None:
    """Those that rest on it alone, and no other, whether it is missing or hidden."""
    if way == "missing":
        found = capabilities(listeOnglets=without(tab))
    elif way == "hidden":
        found = capabilities(listeOngletsInvisibles=[tab])
    else:
        tree = [*without(tab), {"G": 990, "Onglet": [{"G": tab}]}]
        found = capabilities(listeOnglets=tree, listeOngletsInvisibles={"_T": 26, "V": "[990]"})
    changed = {thing for thing, answer in reads(found).items() if answer is OFF}
    assert changed == {thing for thing, tabs in TABS.items() if tabs == (tab,)}


@pytest.mark.parametrize("thing", [thing for thing, tabs in TABS.items() if len(tabs) > 1])
def test_what_two_screens_show_is_off_when_both_are_closed(thing: str) -> None:
    """One of them is enough."""
    assert reads(capabilities(listeOnglets=without(*TABS[thing])))[thing] is OFF


def test_files_stand_on_the_screen_of_resources_alone() -> None:
    """Links to digital books, on screen 20, are no files."""
    assert reads(capabilities(listeOnglets=[{"G": 20}]))["files"] is OFF
    assert reads(capabilities(listeOnglets=[{"G": 99}]))["files"] is YES


def test_a_server_that_lists_no_screens_has_said_nothing() -> None:
    """So it is asked; what every session begins with is there."""
    found = reads(capabilities(listeOnglets=None))
    assert {found[thing] for thing in TABS} == {Availability.UNKNOWN}
    assert {found[thing] for thing in ALWAYS} == {YES}


def test_badges_and_the_words_of_others_are_not_in_pronote() -> None:
    """Whatever is open; an unknown name is an error, not an answer."""
    found = reads(capabilities())
    assert found["badges"] is Availability.NOT_IN_PROVIDER
    row = PupilRow(id=1)
    theirs = classcharts_capabilities([classcharts_pupil(row, "https://x.test")], [row], Role.PARENT)
    assert {thing for thing in reads(theirs) if thing not in found} == set()


def test_a_year_without_periods_answers_nothing_about_them() -> None:
    """They come with the year, not with a screen."""
    user = user_page()
    ((one, _),) = to_pupils(user, year(), root=ROOT, zone=PARIS, space=Space.STUDENT)
    found = to_capabilities([one], user, Space.STUDENT, year(ListePeriodes=[]))
    assert found.of("periods") is OFF


# -- writing ------------------------------------------------------------------------


def test_only_a_pupil_ticks_homework() -> None:
    """A parent hears that others can."""
    assert capabilities().of("homeworks", "write") is YES
    assert capabilities(Space.PARENT).of("homeworks", "write") is NOT_THEIRS
    assert capabilities(Space.TEACHER).of("homeworks", "write") is NOT_THEIRS
    assert capabilities(listeOnglets=without(88)).of("homeworks", "write") is OFF


@pytest.mark.parametrize("thing", WRITABLE)
def test_what_can_be_answered_follows_its_screen(thing: str) -> None:
    """Both ways."""
    assert capabilities().of(thing, "write") is YES
    assert capabilities(listeOnglets=without(*TABS[thing])).of(thing, "write") is OFF


@pytest.mark.parametrize(
    ("rights", "read", "write"),
    [
        ({"discussionInterdit": True}, OFF, OFF),
        ({"AvecDiscussion": False}, YES, OFF),
        ({"AvecDiscussion": None, "discussionInterdit": None}, YES, YES),
    ],
)
def test_discussions_need_more_than_their_screen(
    rights: dict[str, object], read: Availability, write: Availability
) -> None:
    """Who may not discuss, does not; what is not said forbids nothing."""
    found = capabilities(autorisations=RIGHTS | rights)
    for thing in ("discussions", "messages"):
        assert (found.of(thing), found.of(thing, "write")) == (read, write)
    assert found.of("news", "write") is YES


# -- whose ----------------------------------------------------------------------------


def test_a_teacher_s_account_is_not_shown_as_a_pupil_s() -> None:
    """The timetable and the common screens are read; what is said of pupils is not."""
    found = reads(capabilities(Space.TEACHER))
    assert {thing for thing in TABS if found[thing] is NOT_THEIRS} == PUPIL_THINGS
    assert (found["lessons"], found["news"], found["discussions"]) == (YES, YES, YES)


def test_the_answers_are_the_same_for_all_children() -> None:
    """Screens belong to the account."""
    found = capabilities(Space.PARENT, listeOnglets=without(198))
    one, other = found.pupils
    assert found.of("marks", pupil=one) is OFF
    assert found.operations[one.key] == found.operations[other.key]


# -- fields -----------------------------------------------------------------------------


def test_every_field_that_is_never_filled_exists() -> None:
    """And none is one that a record must have."""
    for record, field in FIELDS:
        found = getattr(model, record)
        assert not found.model_fields[field].is_required(), (record, field)
    assert capabilities().field(model.Lesson, "own_note") is Availability.NOT_IN_PROVIDER
    assert capabilities().field(model.Mark, "class_average") is YES
    assert issubclass(model.Lesson, Record)
