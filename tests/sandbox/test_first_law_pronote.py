"""The sandbox's first law for PRONOTE: what is put into the college comes out of the client, by field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import attrs
import pytest

from schoolsync.model import AttachmentKind, LessonStatus, Meal, Menu, Report
from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.college.lessons import changed, exempted, lesson_sheet, moved, replacing
from schoolsync.sandbox.college.resources import StoredFile, _files_in
from schoolsync.sandbox.pronote.generations import CURRENT, GENERATIONS, Generation
from tests.sandbox.pronote.law import LOUISON, READINGS, Client, World, differences, new_world

DOMINIQUE = ("parent", "dominique.factice", "mot de passe 100%")
NOE = ("student", "noe.factice", "lune+2")
ANA = ("teacher", "ana.modele", "craie blanche")
AUTUMN = dt.date(2026, 10, 20)
"""The clocks change within two weeks of it; within two weeks of the other worlds' day they do, too."""
FLAGS = tuple(product((False, True), repeat=2))
WAYS = [(generation, *FLAGS[number % 4]) for number, generation in enumerate(GENERATIONS)]
"""Every generation once, with every way of packing among them."""
OTHER_WAYS = [
    (generation, *flags)
    for generation, flags in product(GENERATIONS, FLAGS)
    if (generation, *flags) not in WAYS
]
SHORT = ("lessons", "marks", "announcements")
"""Readings of the longest answers, where the way they are packed is what matters."""


def _name(way: tuple[Generation, bool, bool]) -> str:
    generation, encrypts, compresses = way
    return f"{generation.label}{'-encrypted' * encrypts}{'-compressed' * compresses}"


def _world(way: tuple[Generation, bool, bool]) -> World:
    generation, encrypts, compresses = way
    return new_world(generation=generation, encrypts=encrypts, compresses=compresses)


# -- the law ------------------------------------------------------------------------


@pytest.mark.parametrize("way", WAYS, ids=_name)
def test_what_is_put_into_the_college_comes_out(way: tuple[Generation, bool, bool]) -> None:
    """Every reading of a pupil, around the change to summer time."""
    world = _world(way)
    assert list(differences(world, world.client(*LOUISON))) == []


@pytest.mark.parametrize("way", OTHER_WAYS, ids=_name)
def test_however_it_is_packed(way: tuple[Generation, bool, bool]) -> None:
    """The longest answers, in every other way to send them."""
    world = _world(way)
    assert list(differences(world, world.client(*LOUISON), SHORT)) == []


@pytest.mark.parametrize("generation", [GENERATIONS[0], CURRENT], ids=lambda one: one.label)
def test_every_child_comes_out(generation: Generation) -> None:
    """To their parent, who ticks nothing; what the college closes for one child is closed for that one."""
    world = new_world(generation=generation, encrypts=True)
    client = world.client(*DOMINIQUE)
    assert [pupil.name for pupil in client.pupils] == ["FACTICE Maë", "FACTICE Noé"]
    assert list(differences(world, client)) == []


def test_what_is_closed_for_a_pupil_is_closed() -> None:
    """Menus, resources and messages of the third one."""
    world = new_world()
    assert list(differences(world, world.client(*NOE))) == []


def test_the_change_to_winter_time() -> None:
    """Lessons on both sides of it have the times that the college says."""
    world = new_world(AUTUMN)
    client = world.client(*LOUISON)
    assert list(differences(world, client)) == []
    offsets = {one.start.utcoffset() for one in client.get_lessons(*world.fortnight)}
    assert offsets == {dt.timedelta(hours=1), dt.timedelta(hours=2)}


@pytest.mark.parametrize("generation", [GENERATIONS[0], CURRENT], ids=lambda one: one.label)
def test_a_teachers_timetable_comes_out(generation: Generation) -> None:
    """The lessons of all classes, each once."""
    world = new_world(generation=generation)
    client = world.client(*ANA)
    account = world.college.account("ana.modele", "teacher")
    assert account is not None
    told = world.college.desk_of(account).timetable.lessons(*world.fortnight, says_ends=world.says_ends)
    read = client.get_lessons(*world.fortnight)
    shown = ("start", "end", "teachers", "rooms", "groups", "kind", "status", "status_text", "colour")
    facts: Callable[[Any], list[Any]] = lambda one: [getattr(one, name) for name in shown]  # noqa: E731
    assert sorted(map(repr, map(facts, read))) == sorted(map(repr, map(facts, told)))
    assert {group for one in read for group in one.groups} > {"4B", "6A", "3C"}


@pytest.mark.parametrize("generation", [GENERATIONS[0], CURRENT], ids=lambda one: one.label)
def test_every_file_comes_out(generation: Generation) -> None:
    """With its bytes: homework, contents, resources, marks, news, messages, the portrait."""
    world = new_world(generation=generation, encrypts=True)
    client = world.client(*LOUISON)
    desk = world.college.desk("e1")
    marked = [file for sheet in desk.marks.sheets for file in (sheet.paper, sheet.correction) if file]
    lists = (desk.homeworks, desk.contents, desk.resources, desk.news, desk.discussions)
    kept = [*_files_in(lists), *marked]
    portrait = desk.file.photo
    assert portrait
    told = sorted([(one.name, one.content) for one in kept] + [("photo.jpg", portrait)])
    assert sorted(_downloaded(client)) == told
    assert len(told) > 10


def _downloaded(client: Client) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every file in the listings of *client*."""
    ever = ("2020-01-01", "2030-01-01")
    threads = client.get_discussions()
    records: list[Any] = [
        *client.get_homeworks(*ever),
        *client.get_lesson_contents(*ever),
        *client.get_files(),
        *client.get_marks(*ever),
        *client.get_announcements(),
        *(letter for thread in threads for letter in client.get_messages(thread)),
    ]
    photo = client.pupils[0].photo
    assert photo
    files = [photo, *(file for one in records for file in one.attachments)]
    for file in files:
        if file.kind is AttachmentKind.FILE:
            with client.open(file) as chunks:
                yield file.name, b"".join(chunks)


def test_a_file_of_another_pupil_has_bytes_of_its_own() -> None:
    """No two files of the college are alike, or the comparison would see less."""
    files: list[StoredFile] = [
        *_files_in([new_world().college.desk("e1").homeworks, new_world().college.desk("e1").resources])
    ]
    assert len({one.content for one in files}) == len({one.number for one in files}) > 3


# -- what a test puts in --------------------------------------------------------------


def _lessons_change(college: SandboxCollege, today: dt.date) -> None:
    """One is cancelled, one replaced, one moved, one exempted, one new, one with words of its own."""
    desk = college.desk("e1")
    timetable, day = desk.timetable, desk.year.calendar.school_day(1)
    first, second, third, fourth, *_ = [one for one in timetable.sheets_of(day) if not one.is_cancelled]
    college.cancel_lesson(first, "e1", "Prof. absent")
    college.replace_lesson(second, [replacing(second, "ANGLAIS LV1", "SPECIMEN P.", "Salle 12")], "e1")
    college.replace_lesson(third, [moved(third, desk.year, desk.year.calendar.school_day(2), 15)], "e1")
    college.replace_lesson(fourth, [exempted(fourth, from_home=True)], "e1")
    extra = lesson_sheet(desk.pupil, desk.year, day, 15, rank=300, subject="FRANCAIS", classes=("4B",))
    college.add_lesson(changed(extra, "Sortie & cinéma", LessonStatus.UNKNOWN), "e1")


def _marks_change(college: SandboxCollege, today: dt.date) -> None:
    """Every code, points, none yet: each on a mark of its own."""
    keys = [sheet.record.key for sheet in college.desk("e1").marks.sheets]
    for key, said in zip(keys, ("|1", "|2", "|4", "|6", "|8|20", "7.25", "", "??", "|-1"), strict=False):
        college.set_mark(key, said, "e1")


def _ticks_change(college: SandboxCollege, today: dt.date) -> None:
    """What was done is not, and the other way round."""
    for sheet in college.desk("e1").homeworks:
        college.tick_homework(sheet.key, "e1", is_done=not sheet.is_done)


@pytest.mark.parametrize("change", [_lessons_change, _marks_change, _ticks_change])
@pytest.mark.parametrize("generation", [GENERATIONS[0], CURRENT], ids=lambda one: one.label)
def test_a_change_comes_out(generation: Generation, change: Callable[..., None]) -> None:
    """Made after the client signed in, and seen by it."""
    world = new_world(generation=generation)
    client = world.client(*LOUISON)
    only = [name for name in READINGS if name not in {"files", "menus", "teachers", "discussions"}]
    before = _told(world)
    change(world.college, world.fortnight[0])
    assert _told(world) != before
    assert list(differences(world, client, only)) == []


def _told(world: World) -> str:
    college = world.college
    told = college.lessons("e1", *world.fortnight), college.marks("e1"), college.homeworks("e1")
    return "".join(one.model_dump_json() for records in told for one in records)


def test_the_story_comes_out_while_the_clock_runs() -> None:
    """Hour by hour, to somebody who stays signed in."""
    world = new_world(hour=8)
    client = world.client(*LOUISON)
    only = ("lessons", "homeworks", "marks", "averages", "announcements")
    seen = []
    for _ in range(6):
        assert list(differences(world, client, only)) == []
        seen.append(_told(world))
        world.server.clock.advance(dt.timedelta(hours=1))  # type: ignore[attr-defined]
    assert len(set(seen)) > 3, "something happened in most hours"


# -- that it can be broken ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("reading", "kept", "update"),
    [
        ("homeworks", "homeworks", {"description_text": "Other"}),
        ("homeworks", "homeworks", {"expected": dt.timedelta(hours=9)}),
        ("announcements", "news", {"visible_until": None}),
        ("files", "resources", {"category": "other"}),
        ("evaluations", "evaluations", {"teacher": "Nobody"}),
        ("reports", "reports", {"comments": ("Other",)}),
        ("discussions", "discussions", {"participants": ()}),
        ("menus", "menus", {"meal": Meal.OTHER}),
    ],
)
def test_a_difference_is_seen(reading: str, kept: str, update: dict[str, Any]) -> None:
    """A field of one record that the wire does not say: the comparison names the reading."""
    world = new_world()
    client = world.client(*LOUISON)
    sheets = getattr(world.college.desk("e1"), kept)
    told = list(differences(world, client, [reading]))
    place = next(place for place, one in enumerate(sheets) if _is_shown(one.record, *world.fortnight))
    other = sheets[place].record.model_copy(update=update)
    sheets[place] = attrs.evolve(sheets[place], record=other)
    assert told == []
    assert {line.split(" [")[0] for line in differences(world, client, [reading])} == {
        f"{reading}: lost",
        f"{reading}: invented",
    }


def _is_shown(record: Any, first: dt.date, last: dt.date) -> bool:
    """Whether a comparison meets it: menus by days, report cards when they are published."""
    if isinstance(record, Menu):
        return first <= record.day <= last
    return not isinstance(record, Report) or bool(record.is_published)


def test_a_lesson_that_replaces_none_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """References are compared by what they lead to."""
    world = new_world()
    client = world.client(*LOUISON)
    honest = client.get_lessons

    def forgetful(*days: Any, **more: Any) -> list[Any]:
        return [one.model_copy(update={"replaces_key": None}) for one in honest(*days, **more)]

    monkeypatch.setattr(client, "get_lessons", forgetful)
    assert any(line.startswith("rows: lost") for line in differences(world, client, ["rows"]))
