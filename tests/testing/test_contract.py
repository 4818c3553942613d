"""The contract suite, on both providers; and that it fails for a provider that breaks its word."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from schoolsync import connect, connect_async
from schoolsync.errors import Unavailable
from schoolsync.model import Availability, Rows
from schoolsync.sandbox.classcharts import ClassChartsServer
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.mount import Mount
from schoolsync.sandbox.pronote import PronoteServer
from schoolsync.sandbox.school import make_school
from schoolsync.testing.contract import READINGS, ProviderContract, Served
from tests.sandbox.college.fresh import fresh_college

MONDAY = dt.date(2026, 11, 23)
FRIDAY = dt.date(2026, 11, 27)


class TestClassCharts(ProviderContract):
    """A parent of two at the invented academy."""

    first, last = MONDAY, FRIDAY

    @pytest.fixture
    def school(self) -> Served:
        """The ClassCharts half of the sandbox, in process."""
        clock = HandClock(dt.datetime(2026, 11, 25, 9, tzinfo=ZoneInfo("Europe/London")))
        server = ClassChartsServer(make_school(today=clock.moment.date()), clock=clock, mode="tes")
        parent = server.school.parents[0]
        road = {"http_client": Mount({"www.classcharts.com": server}), "clock": clock}
        account = {"email": parent.email, "password": parent.password}
        return Served(
            connect=partial(connect, "classcharts", **account, **road),
            connect_async=partial(connect_async, "classcharts", **account, **road),
            connect_wrongly=partial(connect, "classcharts", email=parent.email, password="no", **road),
            requests=lambda: len(server.log),
            expire=server.sessions.end_all,
        )


class TestPronoteParent(ProviderContract):
    """A parent of two at the invented collège."""

    first, last = dt.date(2026, 3, 9), dt.date(2026, 3, 13)
    account, username, password = "parent", "dominique.factice", "mot de passe 100%"

    @pytest.fixture
    def school(self) -> Served:
        """The PRONOTE half of the sandbox, in process."""
        clock = HandClock(dt.datetime(2026, 3, 11, 9, tzinfo=ZoneInfo("Europe/Paris")))
        server = PronoteServer(fresh_college(clock.moment.date()), clock=clock)
        who = {"url": "https://0000000a.example.test/pronote/", "account": self.account}
        who |= {"username": self.username}
        road = {"http_client": Mount({"0000000a.example.test": server}), "clock": clock}
        return Served(
            connect=partial(connect, "pronote", **who, password=self.password, **road),
            connect_async=partial(connect_async, "pronote", **who, password=self.password, **road),
            connect_wrongly=partial(connect, "pronote", **who, password="no", **road),
            requests=lambda: len(server.log),
            expire=server.sessions.end_all,
        )


class TestPronotePupil(TestPronoteParent):
    """A pupil of it."""

    account, username, password = "student", "louison.example", "Sésame-42"


class Liar:
    """A client whose readings are changed on their way out."""

    def __init__(self, honest: Any, change: Callable[[Rows[Any]], Any]) -> None:
        self._honest, self._change = honest, change

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._honest, name)
        if not name.startswith("get_"):
            return found
        return lambda *args, **kwargs: self._change(found(*args, **kwargs))


def _told_backwards(rows: Rows[Any]) -> Rows[Any]:
    return Rows(reversed(rows))


def _told_as_one(rows: Rows[Any]) -> Rows[Any]:
    return Rows(row.model_copy(update={"key": rows[0].key}) for row in rows)


def _told_in_another_zone(rows: Rows[Any]) -> Rows[Any]:
    return Rows(row.model_copy(update={"start": row.start.astimezone(dt.UTC)}) for row in rows)


def _told_of_others(rows: Rows[Any]) -> Rows[Any]:
    return Rows(row.model_copy(update={"pupil_key": "pupil-somebody-else"}) for row in rows)


def _told_with_a_day_more(rows: Rows[Any]) -> Rows[Any]:
    later = dt.timedelta(days=7)
    return Rows(row.model_copy(update={"start": row.start + later, "end": row.end + later}) for row in rows)


def _refused(rows: Rows[Any]) -> Rows[Any]:
    raise Unavailable(Availability.OFF_AT_SCHOOL)


class TestTheSuiteNotices:
    """Each promise, broken on purpose."""

    @pytest.fixture
    def honest(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
        """A client that keeps its word."""
        ProviderContract().fresh_ledger.__wrapped__(ProviderContract(), monkeypatch)  # type: ignore[attr-defined]
        with TestClassCharts.school.__wrapped__(TestClassCharts()).connect() as client:  # type: ignore[attr-defined]
            yield client

    @pytest.mark.parametrize(
        ("test", "change"),
        [
            ("test_rows_stand_in_order", _told_backwards),
            ("test_records_say_whose_they_are", _told_as_one),
            ("test_records_say_whose_they_are", _told_of_others),
            ("test_a_reading_gives_rows_or_a_reason", _refused),
            ("test_a_reading_gives_rows_or_a_reason", list),
        ],
    )
    def test_a_broken_reading(self, honest: Any, test: str, change: Callable[[Rows[Any]], Any]) -> None:
        """Rows out of order, merged, somebody else's, withheld, or no `Rows` at all."""
        lessons = READINGS[0]
        getattr(TestClassCharts(), test)(honest, lessons)
        with pytest.raises(AssertionError):
            getattr(TestClassCharts(), test)(Liar(honest, change), lessons)

    @pytest.mark.parametrize(
        ("test", "change"),
        [
            ("test_times_are_the_schools", _told_in_another_zone),
            ("test_only_the_days_asked_for", _told_with_a_day_more),
        ],
    )
    def test_broken_times(self, honest: Any, test: str, change: Callable[[Rows[Any]], Any]) -> None:
        """Times of another zone, days that nobody asked for."""
        getattr(TestClassCharts(), test)(honest)
        with pytest.raises(AssertionError):
            getattr(TestClassCharts(), test)(Liar(honest, change))

    def test_keys_that_change(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A provider whose keys are those of a session."""
        ProviderContract().fresh_ledger.__wrapped__(ProviderContract(), monkeypatch)  # type: ignore[attr-defined]
        honest = TestClassCharts.school.__wrapped__(TestClassCharts())  # type: ignore[attr-defined]

        def forgetful(rows: Rows[Any]) -> Rows[Any]:
            return Rows(row.model_copy(update={"key": f"lesson-{secrets.token_hex(16)}"}) for row in rows)

        class Forgetful(Liar):
            def __enter__(self) -> Any:
                self._honest.__enter__()
                return self

            def __exit__(self, *error: object) -> None:
                self._honest.close()

        school = Served(
            connect=lambda: Forgetful(honest.connect(), forgetful),
            connect_async=honest.connect_async,
            requests=honest.requests,
        )
        with pytest.raises(AssertionError):
            TestClassCharts().test_a_second_session_tells_the_same(school, READINGS[0])
