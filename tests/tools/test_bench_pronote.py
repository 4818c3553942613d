"""The bench of PRONOTE measures what it says it measures; its times are nobody's test, its weights are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from schoolsync.drivers import vault
from schoolsync.model import Lesson, LessonKind
from schoolsync.policy import Limits
from tools import bench_pronote as bench
from tools.measuring import served


@pytest.fixture(autouse=True, scope="module")
def ledger() -> Iterator[None]:
    """A ledger of its own, without a pace."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vault.KEEPER, "_ledger", vault.Keeper()._ledger)
        patch.setattr(vault.KEEPER, "limits", Limits(paces=()))
        yield


@pytest.fixture(scope="module")
def year() -> bench.Year:
    """A year of stored timetables."""
    return bench.Year.stored()


def test_we_never_make_more_requests_than_the_peer() -> None:
    """A log-in, a week, homework, and marks with averages in one; the peer comes to the end, too."""
    with served("tools.bench_pronote") as url:
        assert bench.Counted.of(url) == 5 + 1 + 1 + 1
        assert bench.peer_requests(url) >= 8


def test_a_year_is_decoded_as_a_reading_does_it(year: bench.Year) -> None:
    """The same records, key by key, as `get_lessons` gave."""
    found, read = year.decoded(), year.read()

    assert len(read) > 1000
    assert [one for one in found if bench.FIRST_DAY <= one.start.date() <= bench.LAST_DAY] == read


def test_the_peer_reads_the_same_rows(year: bench.Year) -> None:
    """One lesson for each row that we read, breaks aside."""
    ours = Counter(one.start.replace(tzinfo=None) for one in raw(year))
    theirs = Counter(one.start for one in year.read_by_peer())

    assert sum(theirs.values()) == sum(len(one["dataSec"]["data"]["ListeCours"]) for one in year.loaded())
    assert ours.keys() <= theirs.keys()


def raw(year: bench.Year) -> list[Lesson]:
    """Our lessons without the breaks between them."""
    return [one for one in year.decoded() if one.kind is not LessonKind.BREAK]


def test_a_signed_in_session_is_small() -> None:
    """At most 64 KB, the two big answers that it began with included."""
    assert 4 < bench.held_kilobytes() <= 64
