"""What a provider must do to be one, as tests that anybody can run on theirs (with pytest).

```python
from schoolsync.testing.contract import ProviderContract

class TestMySchool(ProviderContract):
    first, last = date(2026, 3, 9), date(2026, 3, 13)

    @pytest.fixture
    def school(self):
        return Served(connect=..., connect_async=..., requests=...)
```

Point it at a server that you run yourself, such as a sandbox: the suite signs in many times. Each
test gets a log-in ledger of its own, so that no governor remembers the others.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any, ClassVar

import attrs
import pytest

from schoolsync.client._async import session as awaiting
from schoolsync.client._async.school import AsyncSchoolClient
from schoolsync.client._sync import session as blocking
from schoolsync.client._sync.school import SchoolClient
from schoolsync.drivers.vault import Keeper
from schoolsync.errors import (
    AccountError,
    Availability,
    BadArgument,
    LoginHeld,
    Unavailable,
    UnknownName,
    UsageError,
)
from schoolsync.model import (
    Absence,
    Announcement,
    Badge,
    BehaviourEvent,
    Homework,
    Lesson,
    Mark,
    Period,
    Pupil,
    Record,
    Rows,
    Sanction,
    SubjectAverage,
    by_due,
)

__all__ = ["READINGS", "ProviderContract", "Reading", "Served"]


@attrs.frozen(kw_only=True)
class Served:
    """An account at a server that you run, and how to reach it."""

    connect: Callable[..., SchoolClient]
    """Gives a new blocking client of the account, not signed in; takes the common options."""
    connect_async: Callable[..., AsyncSchoolClient]
    """The same for an async client."""
    requests: Callable[[], int]
    """How many requests the server has seen."""
    connect_wrongly: Callable[..., SchoolClient] | None = None
    """A client of the same account with a wrong secret; `None` if there is no such thing."""
    expire: Callable[[], None] | None = None
    """Makes the server forget every session; `None` if it cannot."""


@attrs.frozen
class Reading:
    """One of the readings that every school object has."""

    thing: str
    """As capabilities call it; the method is `get_` and this."""
    kind: type[Any]
    """What its rows are."""
    takes_days: bool = True
    """Whether `from_` and `to` are taken."""

    def read(self, school: Any, first: dt.date, last: dt.date, **more: Any) -> Any:
        """The rows (of an async client: something to await)."""
        days = (first, last) if self.takes_days else ()
        return getattr(school, f"get_{self.thing}")(*days, **more)


READINGS: Sequence[Reading] = (
    Reading("lessons", Lesson),
    Reading("homeworks", Homework),
    Reading("marks", Mark),
    Reading("averages", SubjectAverage),
    Reading("periods", Period, takes_days=False),
    Reading("absences", Absence),
    Reading("announcements", Announcement),
    Reading("badges", Badge, takes_days=False),
    Reading("sanctions", Sanction),
    Reading("behaviour_events", BehaviourEvent),
)
"""All of them."""

ORDERS: dict[type[Any], Callable[[Any], Any]] = {
    Lesson: lambda lesson: lesson.start.timestamp(),
    Homework: lambda homework: by_due(homework)[:2],
    Mark: lambda mark: -(mark.given_on or dt.date.min).toordinal(),
    Absence: lambda absence: -absence.day.toordinal(),
    Announcement: lambda announcement: -announcement.published_at.timestamp(),
    Badge: lambda badge: -badge.awarded_at.timestamp(),
    BehaviourEvent: lambda event: -event.at.timestamp(),
    SubjectAverage: lambda average: average.subject is None,
}
"""What each kind is sorted by, where every row says it."""
TOLERANT = frozenset((Availability.YES, Availability.UNKNOWN))
"""Answers of capabilities after which a reading may be tried."""
NOBODY = "Nobody by the Name of Nobody"


_each_reading = pytest.mark.parametrize("reading", READINGS, ids=lambda reading: reading.thing)


class ProviderContract:
    """The suite. Subclass it, name the subclass `Test…`, give it a fixture `school` and two days.

    What a provider cannot be asked (it has no wrong secret, no way to end sessions) is skipped where
    the field of `Served` is empty; everything else holds for everybody.
    """

    first: ClassVar[dt.date]
    """First of some days on which the account has something to read."""
    last: ClassVar[dt.date]
    """Last of them."""

    @pytest.fixture
    def anyio_backend(self) -> str:
        """The event loop of the async tests."""
        return "asyncio"

    @pytest.fixture(autouse=True)
    def fresh_ledger(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """No log-in of another test counts."""
        keeper = Keeper()
        for module in (blocking, awaiting):
            monkeypatch.setattr(module, "KEEPER", keeper)

    @pytest.fixture
    def client(self, school: Served) -> Iterator[SchoolClient]:
        """A client that is signed in, and closed afterwards."""
        with school.connect() as client:
            yield client

    # -- before anybody signs in --

    def test_nothing_is_sent_before_it_is_wanted(self, school: Served) -> None:
        """Making a client costs nothing, and what needs a log-in says so without one."""
        client = school.connect()
        for name in ("pupils", "school", "capabilities"):
            with pytest.raises(UsageError):
                getattr(client, name)
        assert isinstance(client.provider, str)
        assert school.requests() == 0
        client.close()
        assert school.requests() == 0, "closing a client that never signed in tells nobody"

    def test_the_first_reading_signs_in(self, school: Served) -> None:
        """Nobody needs to call `login`."""
        client = school.connect()
        reading = next(one for one in READINGS if one.thing == "lessons")
        reading.read(client, self.first, self.last)
        assert client.pupils
        client.close()

    @pytest.mark.parametrize("name", ["get_lessons", "get_homeworks", "get_marks", "get_announcements"])
    def test_senseless_days_are_refused_before_anything_is_sent(self, school: Served, name: str) -> None:
        """Backwards intervals and texts that are no date cost no request."""
        client = school.connect()
        for days in ((self.last + dt.timedelta(days=1), self.first), ("not a date", None)):
            with pytest.raises(BadArgument):
                getattr(client, name)(*days)
        assert school.requests() == 0

    # -- who --

    def test_pupils_and_their_school_are_known(self, client: SchoolClient) -> None:
        """Every pupil has a name, a key and a school in a zone; the first one is selected."""
        pupils = client.pupils
        assert pupils
        for pupil in pupils:
            assert isinstance(pupil, Pupil)
            assert pupil.name
            assert pupil.key.startswith("pupil-")
            assert pupil.school.provider == client.provider
            assert pupil.school.zone.key == pupil.school.timezone
        assert len({pupil.key for pupil in pupils}) == len(pupils)
        assert client.school == pupils[0].school

    def test_a_pupil_can_be_named_in_every_way(self, client: SchoolClient) -> None:
        """By record, key, name and position; somebody else is an error that names nobody."""
        for position, pupil in enumerate(client.pupils, 1):
            for wanted in (pupil, pupil.key, position):
                assert client.select_pupil(wanted) == pupil
        with pytest.raises(UnknownName):
            client.select_pupil(NOBODY)

    def test_keys_are_those_of_the_last_time(self, school: Served) -> None:
        """Another log-in gives equal keys to the same pupils."""
        with school.connect() as one:
            first = [pupil.key for pupil in one.pupils]
        with school.connect() as other:
            assert [pupil.key for pupil in other.pupils] == first

    # -- what can be read --

    @_each_reading
    def test_a_reading_gives_rows_or_a_reason(self, client: SchoolClient, reading: Reading) -> None:
        """What capabilities promise is what a reading does; "nothing" and "not there" never look alike."""
        for pupil in client.pupils:
            answer = client.capabilities.of(reading.thing, pupil=pupil)
            try:
                rows = reading.read(client, self.first, self.last, pupil=pupil)
            except Unavailable as error:
                assert answer is not Availability.YES, f"{reading.thing} was promised"
                assert answer is Availability.UNKNOWN or error.reason is answer
            else:
                assert answer in TOLERANT, f"{reading.thing} was said to be {answer}"
                assert isinstance(rows, Rows)
                assert all(isinstance(row, reading.kind) for row in rows)
                assert not rows.issues, f"unreadable: {rows.issues}"

    @_each_reading
    def test_records_say_whose_they_are(self, client: SchoolClient, reading: Reading) -> None:
        """Provider and pupil stand in each record, and a key of its own."""
        for pupil in client.pupils:
            records = [row for row in self._rows(client, reading, pupil) if isinstance(row, Record)]
            assert all(record.provider == client.provider for record in records)
            assert all(record.pupil_key == pupil.key for record in records)
            assert len({record.key for record in records}) == len(records), "twins have merged"

    @_each_reading
    def test_rows_stand_in_order(self, client: SchoolClient, reading: Reading) -> None:
        """The order is the documented one, whatever the server's was."""
        order = ORDERS.get(reading.kind)
        for pupil in client.pupils:
            rows = self._rows(client, reading, pupil)
            assert order is None or all(order(one) <= order(next_) for one, next_ in pairwise(rows))

    @_each_reading
    def test_a_second_session_tells_the_same(self, school: Served, reading: Reading) -> None:
        """Keys are equal for equal things, whatever ids the server draws for a session."""
        with school.connect() as client:
            first = [self._rows(client, reading, pupil) for pupil in client.pupils]
        with school.connect() as client:
            second = [self._rows(client, reading, pupil) for pupil in client.pupils]
        assert [[_name(row) for row in rows] for rows in second] == [
            [_name(row) for row in rows] for rows in first
        ]

    @_each_reading
    def test_rows_survive_json(self, client: SchoolClient, reading: Reading) -> None:
        """`to_dict` is JSON, and `from_dict` gives an equal row back."""
        for pupil in client.pupils:
            for row in self._rows(client, reading, pupil):
                told = json.loads(json.dumps(row.to_dict()))
                assert reading.kind.from_dict(told) == row

    @_each_reading
    def test_repr_shows_nothing_of_a_person(self, client: SchoolClient, reading: Reading) -> None:
        """No name stands in the `repr` or `str` of a record."""
        for pupil in client.pupils:
            for row in self._rows(client, reading, pupil):
                assert pupil.name not in f"{row!r}{row!s}"

    def test_only_the_days_asked_for(self, client: SchoolClient) -> None:
        """An interval of days holds for its first and its last day, and for no other."""
        for pupil in client.pupils:
            for lesson in self._rows(client, READINGS[0], pupil):
                assert self.first <= lesson.start.date() <= self.last
            for day in (self.first, self.last):
                alone = self._rows(client, READINGS[0], pupil, day, day)
                assert [one.key for one in alone] == [
                    one.key for one in self._rows(client, READINGS[0], pupil) if one.start.date() == day
                ]

    def test_times_are_the_schools(self, client: SchoolClient) -> None:
        """Moments are aware, and in the zone of the pupil's school."""
        for pupil in client.pupils:
            for lesson in self._rows(client, READINGS[0], pupil):
                assert lesson.start.tzinfo is pupil.school.zone
                assert lesson.start < lesson.end

    # -- the session --

    def test_a_wrong_secret_is_refused_once(self, school: Served) -> None:
        """The school's refusal is an error for a person; the same secret is not sent again."""
        if school.connect_wrongly is None:
            pytest.skip("the account has no secret that could be wrong")
        with pytest.raises(AccountError), school.connect_wrongly():
            raise AssertionError("a wrong secret must not sign in")
        before = school.requests()
        with pytest.raises(LoginHeld), school.connect_wrongly():
            raise AssertionError("a refused secret must not be tried again")
        assert school.requests() == before

    def test_a_session_that_ended_is_renewed_silently(self, school: Served) -> None:
        """The server's forgetting costs requests, never an error."""
        if school.expire is None:
            pytest.skip("the server cannot be made to forget")
        with school.connect() as client:
            before = [_name(row) for row in self._rows(client, READINGS[0], client.pupils[0])]
            school.expire()
            assert [_name(row) for row in self._rows(client, READINGS[0], client.pupils[0])] == before

    def test_after_logging_out_a_reading_signs_in_again(self, client: SchoolClient) -> None:
        """`logout` ends the session, not the client."""
        client.logout()
        assert isinstance(READINGS[0].read(client, self.first, self.last), Rows)

    def test_closing_never_raises(self, school: Served) -> None:
        """Not once, not twice, not after the session is gone."""
        client = school.connect()
        client.login()
        if school.expire is not None:
            school.expire()
        client.close()
        client.close()

    @pytest.mark.anyio
    async def test_the_async_client_tells_the_same(self, school: Served) -> None:
        """Both clients work on one provider unchanged."""
        with school.connect() as client:
            expected = {
                reading.thing: [_name(row) for row in self._rows(client, reading, client.pupils[0])]
                for reading in READINGS
            }
        async with school.connect_async() as awaited:
            for reading in READINGS:
                try:
                    rows = await reading.read(awaited, self.first, self.last)
                except Unavailable:
                    rows = []
                assert [_name(row) for row in rows] == expected[reading.thing]

    def _rows(
        self,
        client: SchoolClient,
        reading: Reading,
        pupil: Pupil,
        first: dt.date | None = None,
        last: dt.date | None = None,
    ) -> list[Any]:
        """The rows of *reading*; none where it is unavailable (another test looks at that)."""
        try:
            found = reading.read(client, first or self.first, last or self.last, pupil=pupil)
        except Unavailable:
            return []
        assert isinstance(found, Rows)
        return list(found)


def _name(row: Any) -> Any:
    """What tells a row from others, the same in every session."""
    if isinstance(row, SubjectAverage):
        return (row.subject and row.subject.name, row.pupil, row.class_, row.out_of, row.period_key)
    return row.key
