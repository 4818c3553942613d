"""The invented school as a partner in conversation: services of its families, and what they cost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

import attrs

from schoolsync.drivers.sync import Driver
from schoolsync.drivers.vault import Keeper
from schoolsync.flow.effects import Credentials, Flow
from schoolsync.policy import Limits, Pace
from schoolsync.provider import Days, Options, Span
from schoolsync.providers.classcharts.login import ParentLogin, StudentLogin
from schoolsync.providers.classcharts.service import ClassCharts, service
from schoolsync.sandbox.classcharts import ClassChartsServer
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.mount import Mount
from schoolsync.sandbox.people import ParentAccount, PupilFile
from schoolsync.sandbox.school import SandboxSchool

T = TypeVar("T")
HOST = "www.classcharts.com"
TODAY = dt.date(2026, 11, 23)
WEEK = Days(TODAY, dt.date(2026, 11, 29))
EVER = Days(dt.date(2025, 9, 1), dt.date(2027, 8, 31))

Made = Callable[[ClassCharts, Any], Flow[Any]]
READINGS: dict[str, Made] = {
    "lessons": lambda service, pupil: service.lessons(WEEK, pupil=pupil),
    "homeworks": lambda service, pupil: service.homeworks(EVER, pupil=pupil),
    "marks": lambda service, pupil: service.marks(Span(EVER), pupil=pupil),
    "absences": lambda service, pupil: service.absences(Span(EVER), pupil=pupil),
    "announcements": lambda service, pupil: service.announcements(Days(), pupil=pupil),
    "badges": lambda service, pupil: service.badges(pupil=pupil),
    "sanctions": lambda service, pupil: service.sanctions(Span(EVER), pupil=pupil),
    "behaviour_events": lambda service, pupil: service.behaviour_events(Span(EVER), pupil=pupil),
}
"""The neutral readings, each over everything that the school has."""


def patient_keeper() -> Keeper:
    """A ledger of its own that allows many log-ins, and knows no other test's."""
    return Keeper(Limits(paces=(Pace(1000, dt.timedelta(hours=1)),)))


@attrs.define
class World:
    """A school, its server, and everything that a flow asked for beside requests."""

    school: SandboxSchool
    server: ClassChartsServer
    clock: HandClock
    slept: list[float] = attrs.field(factory=list)
    saved: list[Credentials] = attrs.field(factory=list)
    _driver: Driver | None = None

    def run(self, flow: Flow[T]) -> T:
        """What *flow* returns."""
        if self._driver is None:
            self._driver = Driver(
                http_client=Mount({HOST: self.server}),
                keeper=patient_keeper(),
                clock=self.clock,
                sleep=self.slept.append,
                on_credentials=self.saved.append,
            )
        return self._driver.run(flow)

    def cost(self, flow: Flow[T]) -> tuple[T, list[str]]:
        """What *flow* returns, and the requests that it took: method and first word below the API's base."""
        before = len(self.server.log)
        result = self.run(flow)
        return result, [f"{method} {_word(path)}" for method, path in self.server.log[before:]]

    def options(self, *, strict: bool = False, keep_raw: bool = False) -> Options:
        """The options of a client in this world."""
        return Options(clock=self.clock, is_strict=strict, keeps_raw=keep_raw)

    def parent(
        self, who: ParentAccount | None = None, *, signed_in: bool = True, **given: Any
    ) -> ClassCharts:
        """A parent's service; Robin's, with Alex and Sam, unless said otherwise."""
        who = who or self.school.parents[0]
        return self._made(ParentLogin(who.email, who.password), signed_in, given)

    def student(self, who: PupilFile | None = None, *, signed_in: bool = True, **given: Any) -> ClassCharts:
        """A student's service; Alex's unless said otherwise."""
        who = who or self.school.pupil_files[0]
        return self._made(StudentLogin(who.access_code, who.born_on), signed_in, given)

    def _made(self, login: ParentLogin | StudentLogin, signed_in: bool, given: dict[str, Any]) -> ClassCharts:
        made = service(login, self.options(**given))
        if signed_in:
            self.run(made.login())
        return made


def _word(path: str) -> str:
    words = path.strip("/").split("/")
    return words[1] if words[0].startswith("apiv2") else "/".join(words[-2:])
