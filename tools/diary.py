"""What a client gives in a conversation, step by step, and what such a conversation is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import attrs

from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.mount import Server

__all__ = ["Account", "Conversation", "Diary", "Patient", "Script", "finished"]

UNTOLD = frozenset(("email", "national_id", "phone", "pusher_channel_name"))
"""Keys that a diary leaves out, as the redaction does; addresses lose their query for the same reason."""


@attrs.frozen
class Account:
    """Who signs in, and the secrets that are typed later on."""

    log_in: tuple[str, ...] = attrs.field(repr=False)
    """What the client is made with."""
    typed: str = attrs.field(default="", repr=False)
    """A parent's next password; a student's date of birth in ISO form."""


@attrs.define
class Diary:
    """What the client gave, step by step, as JSON types; without what a cassette does not show."""

    steps: list[tuple[str, Any]] = attrs.field(factory=list)

    async def note(self, name: str, answer: Awaitable[Any]) -> Any:
        """*answer*, which stands under *name* from now on."""
        given = await answer
        self.steps.append((name, _plain(given)))
        return given


def _plain(given: Any) -> Any:
    if attrs.has(type(given)):
        given = _public(given)
    elif hasattr(given, "to_dict"):
        given = given.to_dict()
    elif hasattr(given, "model_dump"):
        given = given.model_dump(mode="json")
    if isinstance(given, Mapping):
        return {str(key): _plain(value) for key, value in given.items() if key not in UNTOLD}
    if isinstance(given, list | tuple):
        return [_plain(value) for value in given]
    is_address = isinstance(given, str) and given.startswith("https://")
    return given.partition("?")[0] if is_address else given


UNREAD = frozenset(("raw", "source"))
"""Fields that hold an answer as it came, down to its spaces."""


def _public(given: Any) -> dict[str, Any]:
    """What stands in the fields of *given*; ClassCharts' envelopes have properties beside them."""
    fields = [field.name for field in attrs.fields(type(given)) if not field.name.startswith("_")]
    names = ("data", "meta", "issues") if hasattr(given, "meta") else fields
    return {name: getattr(given, name) for name in names if name not in UNREAD}


Script = Callable[[Any, HandClock, Account], Awaitable[Diary]]
"""A client that is signed in and awaited, its clock, who it is: what it gave."""


@attrs.frozen(kw_only=True)
class Conversation:
    """A client and the sandbox talking, from the log-in to the log-out, the same way every time."""

    name: str
    """Of its cassette: `classcharts/parent`."""
    host: str
    """Under which the sandbox answers."""
    account: Account
    """Who signs in."""
    new_clock: Callable[[], HandClock]
    """The time at which it begins."""
    new_server: Callable[[HandClock], Server]
    """The sandbox."""
    new_client: Callable[..., Any] = attrs.field(repr=False)
    """Gives a client, not signed in: takes the account, whether it is awaited, the client's options."""
    script: Script
    """What is said."""

    def __str__(self) -> str:
        return self.name


@attrs.frozen
class Patient:
    """A client of either kind whose methods are awaited, so that one script serves all worlds."""

    client: Any = attrs.field(repr=False)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.client, name)
        if name == "native":
            return Patient(found)
        return self._awaited(found) if callable(found) else found

    def _awaited(self, method: Callable[..., Any]) -> Callable[..., Awaitable[Any]]:
        async def call(*args: Any, **options: Any) -> Any:
            given = method(*args, **options)
            return await given if hasattr(given, "__await__") else given

        return call

    async def bytes_of(self, file: Any) -> str:
        """The bytes of *file*, as far as they are Latin."""
        opened = self.client.open(file)
        if hasattr(opened, "__aenter__"):
            async with opened as chunks:
                pieces = [chunk async for chunk in chunks]
        else:
            with opened as chunks:
                pieces = list(chunks)
        return b"".join(pieces).decode("latin-1")


def finished(script: Awaitable[Diary]) -> Diary:
    """What *script* of a blocking client gives: there is nothing to wait for."""
    try:
        next(iter(script.__await__()))
    except StopIteration as ended:
        diary: Diary = ended.value
        return diary
    raise TypeError(script)
