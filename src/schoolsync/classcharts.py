"""ClassCharts (UK): `from schoolsync import classcharts`.

```python
from schoolsync import classcharts

with classcharts.ParentClient(email, password) as family:
    for pupil in family.pupils:
        print(family.get_homeworks(pupil=pupil))
```

Names are loaded on first use, and no HTTP library before the first request.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from schoolsync.client._async.classcharts import AsyncParentClient, AsyncStudentClient
    from schoolsync.client._sync.classcharts import ParentClient, StudentClient

__all__ = ["AsyncParentClient", "AsyncStudentClient", "ParentClient", "StudentClient"]


def __getattr__(name: str) -> Any:
    """The public name, loaded now and kept."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    side = "_async" if name.startswith("Async") else "_sync"
    found = getattr(import_module(f"schoolsync.client.{side}.classcharts"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """All public names."""
    return __all__
