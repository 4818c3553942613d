"""PRONOTE (France): `from schoolsync import pronote`.

```python
from schoolsync import pronote

with pronote.login(url, username, password, account="parent") as family:
    for pupil in family.pupils:
        print(family.get_marks(pupil=pupil))

family = pronote.login(url, username, password, account="parent", cas="ac-toulouse")   # through a portal
print(pronote.find_cas(url).name)                                                      # which one?

credentials = family.issue_token()                                    # to keep instead of the password
family = pronote.login_token(credentials, on_credentials=keep)        # next time; `keep` gets the next token
```

Names are loaded on first use, and no HTTP library before the first request.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from schoolsync.client._async.pronote import AsyncPronoteClient as AsyncClient
    from schoolsync.client._async.pronote import login_async, login_token_async
    from schoolsync.client._async.pronote_finding import (
        find_cas_async,
        find_schools_async,
        instance_async,
        look_at_portal_async,
    )
    from schoolsync.client._async.pronote_session import (
        AsyncOpenSession,
        from_session_async,
        open_session_async,
    )
    from schoolsync.client._sync.pronote import PronoteClient as Client
    from schoolsync.client._sync.pronote import login, login_token
    from schoolsync.client._sync.pronote_finding import (
        cas_names,
        find_cas,
        find_schools,
        instance,
        look_at_portal,
    )
    from schoolsync.client._sync.pronote_session import OpenSession, from_session, open_session

__all__ = [
    "AsyncClient",
    "AsyncOpenSession",
    "Client",
    "OpenSession",
    "cas_names",
    "find_cas",
    "find_cas_async",
    "find_schools",
    "find_schools_async",
    "from_session",
    "from_session_async",
    "instance",
    "instance_async",
    "login",
    "login_async",
    "login_token",
    "login_token_async",
    "look_at_portal",
    "look_at_portal_async",
    "open_session",
    "open_session_async",
]

_HOMES = {
    "AsyncClient": "_async.pronote:AsyncPronoteClient",
    "AsyncOpenSession": "_async.pronote_session:AsyncOpenSession",
    "Client": "_sync.pronote:PronoteClient",
    "OpenSession": "_sync.pronote_session:OpenSession",
    "cas_names": "_sync.pronote_finding:cas_names",
    "find_cas": "_sync.pronote_finding:find_cas",
    "find_cas_async": "_async.pronote_finding:find_cas_async",
    "find_schools": "_sync.pronote_finding:find_schools",
    "find_schools_async": "_async.pronote_finding:find_schools_async",
    "from_session": "_sync.pronote_session:from_session",
    "from_session_async": "_async.pronote_session:from_session_async",
    "instance": "_sync.pronote_finding:instance",
    "instance_async": "_async.pronote_finding:instance_async",
    "login": "_sync.pronote:login",
    "login_async": "_async.pronote:login_async",
    "login_token": "_sync.pronote:login_token",
    "login_token_async": "_async.pronote:login_token_async",
    "look_at_portal": "_sync.pronote_finding:look_at_portal",
    "look_at_portal_async": "_async.pronote_finding:look_at_portal_async",
    "open_session": "_sync.pronote_session:open_session",
    "open_session_async": "_async.pronote_session:open_session_async",
}


def __getattr__(name: str) -> Any:
    """The public name, loaded now and kept."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, _, called = _HOMES[name].partition(":")
    found = getattr(import_module(f"schoolsync.client.{module}"), called)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """All public names."""
    return __all__
