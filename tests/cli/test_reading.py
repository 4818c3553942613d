"""Every reading command: whose, which days, and in which form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from schoolsync.cli.lessons import LESSONS
from schoolsync.cli.marks import MARKS
from schoolsync.cli.program import READINGS
from schoolsync.cli.progress import Steps
from schoolsync.cli.reading import Group, gather
from schoolsync.errors import Availability, DecodeIssue
from schoolsync.model import Homework, Lesson, Pupil, Record, Rows, SubjectAverage, Value
from schoolsync.provider import Days
from schoolsync.sandbox.classcharts import ClassChartsServer
from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.portals.town import Town
from schoolsync.sandbox.pronote import PronoteServer
from schoolsync.sandbox.school import SandboxSchool
from tests.cli.terminal import PASSWORD, ROBIN, ROBIN_IN_FRANCE, Ended

TypeIn = Callable[..., Ended]
SwitchOff = Callable[[str, Pupil], None]
WEDNESDAY = dt.date(2026, 3, 11)
IN_BRITAIN = [one for one in READINGS if one.name not in {"contents", "averages", "evaluations", "menus"}]
IN_FRANCE = [one for one in READINGS if one.name != "badges"]
"""What each platform has."""
DAYS = ("--from", "2026-03-11", "--to", "2026-03-11")


@pytest.mark.parametrize("reading", IN_BRITAIN, ids=lambda reading: reading.name)
def test_every_reading_shows_both_children(type_in: TypeIn, reading: Any) -> None:
    """A table for each child, nothing on stderr."""
    ended = type_in(reading.name, *ROBIN)
    assert (ended.code, ended.err) == (0, "")
    alex, sam = ended.out.index("Alex Example"), ended.out.index("Sam Example")
    assert ended.out.count("\n", alex, sam) > 4
    assert ended.out.count("\n", sam) > 4


@pytest.mark.parametrize("reading", IN_FRANCE, ids=lambda reading: reading.name)
def test_every_reading_on_pronote(type_in: TypeIn, reading: Any) -> None:
    """A table, nothing on stderr; and the records read back from JSON."""
    ended = type_in(reading.name, *ROBIN_IN_FRANCE)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.count("\n", ended.out.index("EXAMPLE Louison")) > 4
    (group,) = type_in(reading.name, *ROBIN_IN_FRANCE, "--json").json
    assert (group["unavailable"], group["issues"]) == ({}, {})
    assert group[reading.name]
    for record in group[reading.name]:
        assert _kind(record["type"]).from_dict(record).to_dict() == record


@pytest.mark.parametrize(
    ("name", "account"),
    [
        ("badges", ROBIN_IN_FRANCE),
        *((one, ROBIN) for one in ("contents", "averages", "evaluations", "menus")),
    ],
)
def test_what_a_platform_does_not_have(type_in: TypeIn, name: str, account: tuple[str, ...]) -> None:
    """Exit code 5, and the reason in one line."""
    ended = type_in(name, *account)
    assert (ended.code, ended.out) == (5, "")
    assert "not available here (not_in_provider)" in ended.err


def test_a_week_of_pronote_is_one_request(type_in: TypeIn, pronote: PronoteServer) -> None:
    """It gives a week at once, and is not asked for days."""
    days = ("--from", "2026-03-09", "--to", "2026-03-18")
    (group,) = type_in("lessons", *ROBIN_IN_FRANCE, *days, "--json").json
    assert len({one["start"][:10] for one in group["lessons"]}) == 8
    assert [path for _, path in pronote.log].count("/pronote/appelfonction/PageEmploiDuTemps") == 2


def test_options_of_both_platforms(type_in: TypeIn, pronote: PronoteServer) -> None:
    """One line, exit code 2, and nobody was asked."""
    ended = type_in("lessons", *ROBIN_IN_FRANCE, "--email", "robin@example.test")
    assert (ended.code, ended.out) == (2, "")
    hint = "Say --provider classcharts, or take --email away."
    assert ended.err == f"schoolsync: --email: belongs to classcharts, and this is pronote. {hint}\n"
    assert pronote.log == []


@pytest.mark.parametrize("kind", ["student", "teacher"])
def test_pupils_and_teachers_of_pronote(type_in: TypeIn, college: SandboxCollege, kind: str) -> None:
    """Each through their own space."""
    user = next(one for one in college.accounts if one.kind == kind)
    words = ("--provider", "pronote", "--url", "https://college.example.test/pronote", "--account", kind)
    account = (*words, "--username", user.login, "--password-env", "SECRET")
    ended = type_in("lessons", *account, SECRET=user.password)
    assert (ended.code, ended.err) == (0, "")
    assert user.name in ended.out
    assert "MATHEMATIQUES" in ended.out


@pytest.mark.parametrize("reading", IN_BRITAIN, ids=lambda reading: reading.name)
def test_every_reading_as_json(type_in: TypeIn, reading: Any) -> None:
    """A list with a group for each child, whose records read back."""
    ended = type_in(reading.name, *ROBIN, "--json")
    assert (ended.code, ended.err) == (0, "")
    assert [group["pupil"]["name"] for group in ended.json] == ["Alex Example", "Sam Example"]
    for group in ended.json:
        assert set(group) == {"pupil", reading.name, "unavailable", "issues"}
        assert (group["unavailable"], group["issues"]) == ({}, {})
        for record in group[reading.name]:
            assert record["pupil_key"] == group["pupil"]["key"]
            assert _kind(record["type"]).from_dict(record).to_dict() == record


def _kind(name: str) -> type[Value]:
    kinds: list[type[Value]] = [*Record.__subclasses__(), SubjectAverage]
    return {kind.__name__: kind for kind in kinds}[name]


def test_json_says_what_the_school_has(type_in: TypeIn, school: SandboxSchool) -> None:
    """The lessons of the day are the school's own."""
    group = type_in("lessons", *ROBIN, *DAYS, "--pupil", "1", "--json").json[0]
    truth = school.lessons(school.pupils[0], WEDNESDAY)
    assert [Lesson.from_dict(one).start for one in group["lessons"]] == [one.start for one in truth]
    assert [one["teachers"] for one in group["lessons"]] == [[*one.teachers] for one in truth]


@pytest.mark.parametrize("pupil", ["Sam", "sam example", "2", "5000002"])
def test_one_child(type_in: TypeIn, pupil: str) -> None:
    """By name, by position, by the school's number."""
    ended = type_in("badges", *ROBIN, "--pupil", pupil)
    assert "Sam Example" in ended.out
    assert "Alex Example" not in ended.out


def test_an_unknown_child_is_named_by_nobody(type_in: TypeIn) -> None:
    """The answer says what would be understood, and no child's name."""
    ended = type_in("badges", *ROBIN, "--pupil", "Zoe")
    assert (ended.code, ended.out) == (2, "")
    hint = "--pupil takes a name or a number from 1 to 2."
    assert ended.err == f"schoolsync: unknown pupil. {hint}\n"


def test_a_pupils_own_account(type_in: TypeIn) -> None:
    """Code and date of birth."""
    ended = type_in("homework", "--code", "ZZTEST0001", "--date-of-birth", "14/03/2011")
    assert ended.code == 0
    assert "Alex Example" in ended.out
    assert "A poster in one colour" in ended.out


def test_days_reach_the_school(type_in: TypeIn) -> None:
    """From the first to the last, both included."""
    days = ("--from", "2026-03-11", "--to", "2026-03-13")
    homework = type_in("homework", *ROBIN, *days, "--pupil", "1", "--json").json[0]["homework"]
    assert {Homework.from_dict(one).due for one in homework} == {WEDNESDAY, dt.date(2026, 3, 13)}
    badges = type_in("badges", *ROBIN, "--from", "2026-03-05", "--pupil", "1", "--json").json[0]["badges"]
    assert [one["awarded_at"][:10] for one in badges] == ["2026-03-09"]


@pytest.mark.parametrize("days", [("--from", "2026-02-30"), ("--from", "2026-03-12", "--to", "2026-03-11")])
def test_bad_days_are_noticed_before_anything_is_sent(
    type_in: TypeIn, server: ClassChartsServer, days: tuple[str, ...]
) -> None:
    """One line, exit code 2, and the school was not asked."""
    ended = type_in("absences", *ROBIN, *days)
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert server.log == []


def test_a_wrong_password(type_in: TypeIn) -> None:
    """Exit code 3, one line, and the password is not in it."""
    ended = type_in("badges", *ROBIN, SECRET="wrong horse")
    assert (ended.code, ended.out, ended.err.count("\n")) == (3, "", 1)
    assert "refused this log-in" in ended.err
    assert "wrong horse" not in ended.err


def test_what_the_school_switched_off_for_one_child(
    type_in: TypeIn, school: SandboxSchool, switch_off: SwitchOff
) -> None:
    """The others are still shown; as JSON it is null, with the reason, and never an empty list."""
    switch_off("badges", school.pupils[0])
    ended = type_in("badges", *ROBIN)
    assert ended.code == 0
    assert "The school has switched this off." in ended.out
    assert "Star reader" in ended.out
    first, second = type_in("badges", *ROBIN, "--json").json
    assert (first["badges"], first["unavailable"]) == (None, {"badges": "off_at_school"})
    assert second["badges"]


def test_what_the_school_switched_off_for_everybody(
    type_in: TypeIn, school: SandboxSchool, switch_off: SwitchOff
) -> None:
    """Nothing to show is exit code 5."""
    for pupil in school.pupils:
        switch_off("badges", pupil)
    ended = type_in("badges", *ROBIN, "--json")
    assert (ended.code, ended.out) == (5, "")
    assert ended.err == "schoolsync: classcharts badges: This is not available here (off_at_school).\n"


def test_nothing_is_said_in_words(type_in: TypeIn) -> None:
    """An empty list is an answer, with exit code 0."""
    ended = type_in("homework", *ROBIN, "--from", "2030-01-01", "--pupil", "1")
    assert ended.code == 0
    assert "No homework." in ended.out


class Scripted:
    """A client that reads nothing but what a test says."""

    provider = "classcharts"

    def get_lessons(self, from_: object, to: object, *, pupil: object) -> Rows[Lesson]:
        """No row, and one lost."""
        return Rows([], [DecodeIssue(f"data.{from_}", "date_type")])


def test_gathering_counts_steps_and_keeps_issues(school: SandboxSchool) -> None:
    """A step for each request; the issues of all parts."""
    steps = Steps()
    days = Days(WEDNESDAY, WEDNESDAY + dt.timedelta(days=1))
    groups = gather(Scripted(), school.pupils[:2], {LESSONS: days}, steps)  # type: ignore[arg-type]
    assert (steps.done, steps.total) == (4, 4)
    assert [issue.path for issue in groups[0].answers[0].issues] == ["data.2026-03-11", "data.2026-03-12"]
    issue = {"path": "data.2026-03-11", "problem": "date_type", "is_row_lost": True}
    assert groups[0].to_dict()["issues"]["lessons"][0] == issue


def test_a_group_tells_nothing_from_not_there(school: SandboxSchool) -> None:
    """`[]` and `null`."""
    steps = Steps()
    (group,) = gather(Scripted(), school.pupils[:1], {LESSONS: Days(WEDNESDAY, WEDNESDAY)}, steps)  # type: ignore[arg-type]
    assert group.to_dict()["lessons"] == []
    answer = attrs.evolve(group.answers[0], reading=MARKS, unavailable=Availability.NOT_IN_PROVIDER)
    told = Group(group.pupil, [answer]).to_dict()
    assert (told["marks"], told["unavailable"]) == (None, {"marks": "not_in_provider"})


def test_the_password_is_no_option(type_in: TypeIn) -> None:
    """A secret in a command would be in the shell's history."""
    ended = type_in("badges", "--email", "robin@example.test", "--password", PASSWORD)
    assert (ended.code, ended.out) == (2, "")
    assert PASSWORD not in ended.err


def test_through_a_portal(type_in_town: Callable[..., Ended], town: Town) -> None:
    """By its name, or found out; the password is the portal's."""
    url = town.instance("cas.agora06.fr")
    who = ("--provider", "pronote", "--url", url, "--username", "l.example", "--password-env", "PORTAL")
    for cas in ("agora06", "auto"):
        ended = type_in_town("lessons", *who, "--cas", cas, "--json", PORTAL="Portail & Louison 1")
        (group,) = ended.json
        assert group["pupil"]["name"] == "EXAMPLE Louison"
        assert group["lessons"]
