"""From a provider's name to its service and clients, loaded on first use.

The built-in ones are a literal table of strings. Other packages add theirs
through the entry-point group `schoolsync.providers`: the entry point's name is
the provider's, and it leads to a `Provider` row. A broken one is reported by its
name when it is asked for; a built-in one cannot be replaced.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import EntryPoint, entry_points
from typing import Any

import attrs

from schoolsync.errors import UnknownName, UsageError

__all__ = ["GROUP", "Provider", "find", "load", "names"]

GROUP = "schoolsync.providers"
"""The entry-point group."""


@attrs.frozen
class Provider:
    """Where a provider's code is, as `module:name`."""

    service: str
    """A function `(options, **fields)` that gives the `Service` of an account; sends nothing."""
    client: str | None = None
    """A function `(**fields)` that gives a blocking client; the generic client if `None`."""
    async_client: str | None = None
    """The same for an async client."""


BUILT_IN: Mapping[str, Provider] = {
    "classcharts": Provider(
        service="schoolsync.providers.classcharts.service:account_service",
        client="schoolsync.client._sync.classcharts:connect",
        async_client="schoolsync.client._async.classcharts:connect_async",
    ),
    "pronote": Provider(
        service="schoolsync.providers.pronote.service:account_service",
        client="schoolsync.client._sync.pronote:connect",
        async_client="schoolsync.client._async.pronote:connect_async",
    ),
}
"""The providers of this package."""


def names() -> tuple[str, ...]:
    """All providers that can be asked for, sorted; other packages' are not loaded for it."""
    return tuple(sorted({*BUILT_IN, *_others()}))


def find(name: str) -> Provider:
    """The provider called *name*.

    Raises:
        UnknownName: There is none.
        UsageError: It is another package's, and that package is broken.
    """
    if name in BUILT_IN:
        return BUILT_IN[name]
    others = _others()
    if name not in others:
        raise UnknownName("provider", name, names())
    try:
        row = others[name].load()
    except Exception as error:
        raise UsageError(f"the provider {name!r} of another package cannot be loaded") from error
    if not isinstance(row, Provider):
        raise UsageError(f"the provider {name!r} of another package leads to no Provider row")
    return row


def load(reference: str) -> Any:
    """What *reference* (`module:name`) names; its module is imported now.

    Raises:
        UsageError: It names nothing that can be loaded.
    """
    try:
        return EntryPoint(name=reference, value=reference, group=GROUP).load()
    except Exception as error:
        raise UsageError(f"{reference!r}, named by a provider, cannot be loaded") from error


def _others() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP)}
