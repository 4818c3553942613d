"""Your own timetable, homework and marks, from the platform of your school. Unofficial.

```python
import schoolsync

with schoolsync.connect("classcharts", email=email, password=password) as school:
    for lesson in school.get_lessons():
        print(lesson.start, lesson.subject.name if lesson.subject else "")
```

Names are loaded on first use: importing this module does no work.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from schoolsync import classcharts, errors, model, pronote
    from schoolsync.client._async.connect import connect_async
    from schoolsync.client._async.school import AsyncSchoolClient
    from schoolsync.client._sync.connect import connect
    from schoolsync.client._sync.school import SchoolClient
    from schoolsync.drivers.vault import FileStore, MemoryStore
    from schoolsync.errors import (
        AccountError,
        ActionRequired,
        AddressSuspended,
        BadArgument,
        ChallengeUnanswered,
        InstanceClosed,
        Interrupted,
        LoginHeld,
        LostOnTheWay,
        NetworkError,
        ProfileRequired,
        ProtocolError,
        RateLimited,
        Refused,
        SchoolSyncError,
        ServerError,
        SessionExpired,
        StaleReference,
        TimedOut,
        Unavailable,
        Undecodable,
        UnexpectedShape,
        UnknownName,
        Unreachable,
        Unsupported,
        UsageError,
        WrongCredentials,
    )

__version__ = "0.1.0"

__all__ = [
    "AccountError",
    "ActionRequired",
    "AddressSuspended",
    "AsyncSchoolClient",
    "BadArgument",
    "ChallengeUnanswered",
    "FileStore",
    "InstanceClosed",
    "Interrupted",
    "LoginHeld",
    "LostOnTheWay",
    "MemoryStore",
    "NetworkError",
    "ProfileRequired",
    "ProtocolError",
    "RateLimited",
    "Refused",
    "SchoolClient",
    "SchoolSyncError",
    "ServerError",
    "SessionExpired",
    "StaleReference",
    "TimedOut",
    "Unavailable",
    "Undecodable",
    "UnexpectedShape",
    "UnknownName",
    "Unreachable",
    "Unsupported",
    "UsageError",
    "WrongCredentials",
    "__version__",
    "classcharts",
    "connect",
    "connect_async",
    "errors",
    "model",
    "pronote",
]

_MODULES = frozenset(("classcharts", "errors", "model", "pronote"))
_HOMES = {
    "AsyncSchoolClient": "schoolsync.client._async.school",
    "FileStore": "schoolsync.drivers.vault",
    "MemoryStore": "schoolsync.drivers.vault",
    "SchoolClient": "schoolsync.client._sync.school",
    "connect": "schoolsync.client._sync.connect",
    "connect_async": "schoolsync.client._async.connect",
}


def __getattr__(name: str) -> Any:
    """The public name, loaded now and kept."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name in _MODULES:
        return import_module(f"{__name__}.{name}")
    found = getattr(import_module(_HOMES.get(name, "schoolsync.errors")), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """All public names."""
    return __all__
