"""The invented collège as a partner in conversation: services of its people, and what they cost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import attrs

from schoolsync.drivers.sync import Driver
from schoolsync.drivers.vault import Keeper
from schoolsync.flow.effects import Flow
from schoolsync.policy import Limits, Pace
from schoolsync.provider import Days, Options, Span
from schoolsync.providers.pronote.login import read_login
from schoolsync.providers.pronote.service import Pronote, service
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.mount import Mount
from schoolsync.sandbox.pronote import PronoteServer
from schoolsync.sandbox.pronote.generations import CURRENT, Generation
from tests.sandbox.college.fresh import fresh_college

__all__ = ["COSTS", "ENTRY", "EVER", "HOST", "TODAY", "WEEK", "World", "new_world"]

T = TypeVar("T")
HOST = "0000000a.example.test"
TODAY = dt.date(2026, 3, 11)
WEEK = Days(dt.date(2026, 3, 9), dt.date(2026, 3, 15))
EVER = Days(dt.date(2025, 7, 1), dt.date(2027, 10, 1))
ENTRY = [
    "GET eleve.html",
    "FonctionParametres",
    "Identification",
    "Authentification",
    "ParametresUtilisateur",
]
"""What a pupil's log-in takes."""

Made = Callable[[Pronote, Any], Flow[Any]]
COSTS: dict[str, tuple[Made, list[str]]] = {
    "lessons": (lambda one, who: one.lessons(WEEK, pupil=who), ["PageEmploiDuTemps"]),
    "homeworks": (lambda one, who: one.homeworks(EVER, pupil=who), ["PageCahierDeTexte"]),
    "lesson_contents": (lambda one, who: one.lesson_contents(EVER, pupil=who), ["PageCahierDeTexte"]),
    "marks": (lambda one, who: one.marks(Span(EVER), pupil=who), ["DernieresNotes"] * 3),
    "averages": (lambda one, who: one.averages(Span(EVER), pupil=who), ["DernieresNotes"] * 3),
    "evaluations": (lambda one, who: one.evaluations(Span(EVER), pupil=who), ["DernieresEvaluations"] * 3),
    "periods": (lambda one, who: one.periods(pupil=who), []),
    "report": (lambda one, who: one.report(Span(), pupil=who), ["PageBulletins"]),
    "absences": (lambda one, who: one.absences(Span(EVER), pupil=who), ["PagePresence"]),
    "sanctions": (lambda one, who: one.sanctions(Span(EVER), pupil=who), ["PagePresence"]),
    "behaviour_events": (lambda one, who: one.behaviour_events(Span(EVER), pupil=who), ["PagePresence"]),
    "menus": (lambda one, who: one.menus(WEEK, pupil=who), ["PageMenus"]),
    "files": (lambda one, who: one.files(pupil=who), ["RessourcePedagogique"]),
    "discussions": (lambda one, who: one.discussions(pupil=who), ["ListeMessagerie"]),
    "teachers": (lambda one, who: one.teachers(pupil=who), ["PageEquipePedagogique"]),
    "personal_data": (lambda one, who: one.personal_data(pupil=who), ["PageInfosPerso"]),
    "timetable_pdf": (
        lambda one, who: one.timetable_pdf(TODAY, pupil=who),
        ["GenerationPDF", "GET PDF"],
    ),
}
"""Readings, and the requests that each of them takes once somebody is signed in."""


@attrs.define
class World:
    """A collège, its server, and everything that a flow asked for beside requests."""

    college: SandboxCollege
    server: PronoteServer
    clock: HandClock
    slept: list[float] = attrs.field(factory=list)
    _driver: Driver | None = None

    def run(self, flow: Flow[T]) -> T:
        """What *flow* returns."""
        if self._driver is None:
            self._driver = Driver(
                http_client=Mount({HOST: self.server}),
                keeper=Keeper(Limits(paces=(Pace(1000, dt.timedelta(hours=1)),))),
                clock=self.clock,
                sleep=self.slept.append,
            )
        return self._driver.run(flow)

    @property
    def log(self) -> list[str]:
        """What was asked so far: functions by name, pages and files by theirs."""
        return [_word(method, path) for method, path in self.server.log]

    def cost(self, flow: Flow[T]) -> tuple[T, list[str]]:
        """What *flow* returns, and the requests that it took."""
        before = len(self.server.log)
        result = self.run(flow)
        return result, self.log[before:]

    def pupil(self, login: str = "louison.example", password: str = "Sésame-42", **more: Any) -> Pronote:
        """A pupil's service; Louison's unless said otherwise."""
        return self.service("student", login, password, **more)

    def parent(self, **more: Any) -> Pronote:
        """Dominique's service, with Maë and Noé."""
        return self.service("parent", "dominique.factice", "mot de passe 100%", **more)

    def service(
        self, account: str, username: str, password: str, *, signed_in: bool = True, **given: Any
    ) -> Pronote:
        """A service of this world.

        Args:
            account: Its kind.
            username: Its name.
            password: Its password.
            signed_in: Whether it is signed in.
            given: `is_strict`, `keeps_raw`, `timezone`.
        """
        who = read_login(
            url=f"https://{HOST}/pronote/", username=username, password=password, account=account
        )
        zone = {"timezone": given.pop("timezone")} if "timezone" in given else {}
        made = service(who, Options(clock=self.clock, **given), **zone)
        if signed_in:
            self.run(made.login())
        return made


def new_world(generation: Generation = CURRENT, **options: Any) -> World:
    """The invented collège on a Wednesday morning in March."""
    clock = HandClock(dt.datetime(2026, 3, 11, 9, tzinfo=ZoneInfo("Europe/Paris")))
    college = fresh_college(TODAY)
    return World(college, PronoteServer(college, clock=clock, generation=generation, **options), clock)


def _word(method: str, path: str) -> str:
    name = path.rpartition("/")[2]
    return name if method == "POST" else f"GET {name}"
