"""What a client gives, as JSON types; and one script for clients of either kind."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import attrs
import pytest

from schoolsync.model import Subject
from tools.diary import Account, Diary, Patient, finished


@attrs.frozen
class Answer:
    """Something with data, and the text it came in."""

    data: Any
    source: bytes = b"{}"
    _kept: str = "private"


class Blocking:
    """A client that answers at once."""

    pupils = ("one",)

    @property
    def native(self) -> Blocking:
        """Itself."""
        return self

    def get(self, value: Any) -> Any:
        """*value*."""
        return value

    @contextmanager
    def open(self, file: str) -> Iterator[Iterator[bytes]]:
        """Bytes."""
        yield iter([file.encode("latin-1"), b"!"])


class Awaiting(Blocking):
    """One that is awaited."""

    async def get(self, value: Any) -> Any:
        """*value*."""
        await asyncio.sleep(0)
        return value


def told(*given: Any, client: Any = None) -> list[tuple[str, Any]]:
    """What a diary says of these answers."""

    async def script() -> Diary:
        diary, patient = Diary(), Patient(client or Blocking())
        for place, one in enumerate(given):
            assert await diary.note(f"step {place}", patient.native.get(one)) is one
        return diary

    return (asyncio.run(script()) if isinstance(client, Awaiting) else finished(script())).steps


@pytest.mark.parametrize("client", [Blocking(), Awaiting()])
def test_answers_are_kept_as_json_types(client: Any) -> None:
    """Records, lists, what has fields of its own; without what a cassette does not show."""
    person = {"email": "somebody@example.invalid", "phone": "+33", "name": "Somebody"}
    steps = told(Answer((Subject(name="ART"),)), [person], "https://x.test/a?key=1", client=client)
    assert [name for name, _ in steps] == ["step 0", "step 1", "step 2"]
    answer, people, address = [given for _, given in steps]
    assert answer["data"][0]["name"] == "ART"
    assert answer.keys() == {"data"}
    assert people == [{"name": "Somebody"}]
    assert address == "https://x.test/a"


def test_bytes_are_read_and_properties_stay() -> None:
    """Of a blocking client; the awaiting ones are heard in the conversations."""

    async def script() -> Diary:
        diary, patient = Diary(), Patient(Blocking())
        await diary.note("file", patient.bytes_of("é"))
        assert patient.pupils == ("one",)
        return diary

    assert finished(script()).steps == [("file", "é!")]


def test_a_script_that_really_waits_is_no_blocking_one() -> None:
    """It would never end."""

    async def script() -> Diary:
        await asyncio.sleep(0)
        return Diary()

    running = script()
    with pytest.raises(TypeError):
        finished(running)
    running.close()


def test_an_account_shows_no_secret() -> None:
    """Not even a stand-in."""
    assert "word" not in repr(Account(("user", "word"), "word"))
