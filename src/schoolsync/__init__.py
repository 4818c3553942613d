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
    from schoolsync import classcharts as classcharts
    from schoolsync import errors as errors
    from schoolsync import model as model
    from schoolsync.client._async.connect import connect_async as connect_async
    from schoolsync.client._async.school import AsyncSchoolClient as AsyncSchoolClient
    from schoolsync.client._sync.connect import connect as connect
    from schoolsync.client._sync.school import SchoolClient as SchoolClient
    from schoolsync.errors import AccountError as AccountError
    from schoolsync.errors import ActionRequired as ActionRequired
    from schoolsync.errors import AddressSuspended as AddressSuspended
    from schoolsync.errors import BadArgument as BadArgument
    from schoolsync.errors import ChallengeUnanswered as ChallengeUnanswered
    from schoolsync.errors import InstanceClosed as InstanceClosed
    from schoolsync.errors import Interrupted as Interrupted
    from schoolsync.errors import LoginHeld as LoginHeld
    from schoolsync.errors import LostOnTheWay as LostOnTheWay
    from schoolsync.errors import NetworkError as NetworkError
    from schoolsync.errors import ProfileRequired as ProfileRequired
    from schoolsync.errors import ProtocolError as ProtocolError
    from schoolsync.errors import RateLimited as RateLimited
    from schoolsync.errors import Refused as Refused
    from schoolsync.errors import SchoolSyncError as SchoolSyncError
    from schoolsync.errors import ServerError as ServerError
    from schoolsync.errors import SessionExpired as SessionExpired
    from schoolsync.errors import StaleReference as StaleReference
    from schoolsync.errors import TimedOut as TimedOut
    from schoolsync.errors import Unavailable as Unavailable
    from schoolsync.errors import Undecodable as Undecodable
    from schoolsync.errors import UnexpectedShape as UnexpectedShape
    from schoolsync.errors import UnknownName as UnknownName
    from schoolsync.errors import Unreachable as Unreachable
    from schoolsync.errors import Unsupported as Unsupported
    from schoolsync.errors import UsageError as UsageError
    from schoolsync.errors import WrongCredentials as WrongCredentials

__version__ = "0.1.0"

__all__ = [
    "AccountError",
    "ActionRequired",
    "AddressSuspended",
    "AsyncSchoolClient",
    "BadArgument",
    "ChallengeUnanswered",
    "InstanceClosed",
    "Interrupted",
    "LoginHeld",
    "LostOnTheWay",
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
]

_MODULES = frozenset(("classcharts", "errors", "model"))
_CLIENTS = {
    "AsyncSchoolClient": "schoolsync.client._async.school",
    "SchoolClient": "schoolsync.client._sync.school",
    "connect": "schoolsync.client._sync.connect",
    "connect_async": "schoolsync.client._async.connect",
}


def __getattr__(name: str) -> Any:
    """The public name, loaded now and kept."""
    if name not in __all__:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    if name in _MODULES:
        return import_module(f"{__name__}.{name}")
    found = getattr(import_module(_CLIENTS.get(name, "schoolsync.errors")), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """All public names."""
    return __all__
