"""What our own exchanges must not leave behind in the program around us.

HTTP libraries print cookies and addresses with tickets at DEBUG, and put every
`Set-Cookie` into the client's jar. Both are prevented here while, and only while,
`OURS` is set: the host's own logs stay whole, and its own cookies keep working.
"""

from __future__ import annotations

import logging
import re
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final

from schoolsync.errors import plain_address

if TYPE_CHECKING:
    from http.cookiejar import CookieJar

__all__ = ["OURS", "keep_out", "quieten"]

OURS: Final[ContextVar[bool]] = ContextVar("schoolsync_exchange", default=False)
"""Whether the code that runs now performs an exchange of ours."""


# -- logs -----------------------------------------------------------------------

_FAMILIES: Final = ("httpx", "httpx2", "httpcore", "httpcore2", "hpack")
_LOGGERS: Final = (
    *_FAMILIES,
    *(f"{core}.{part}" for core in ("httpcore", "httpcore2") for part in ("connection", "http11", "http2")),
    *(f"{core}.{part}" for core in ("httpcore", "httpcore2") for part in ("proxy", "socks")),
    "hpack.hpack",
    "hpack.table",
    "http.cookiejar",
)
_EVENT: Final = re.compile(r"[\w.]+")
_SUMMARY_FIELDS: Final = 5


class _Redaction(logging.Filter):
    """Leaves of each record what happened, not what was said; never drops one."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true."""
        if OURS.get():
            record.msg, record.args = _redacted(record), ()
            record.exc_info = record.exc_text = record.stack_info = None
        return True


_REDACTION: Final = _Redaction()
_counted: Final = [0]
"""How many loggers there were when all had their filter: they never become fewer."""


def _redacted(record: logging.LogRecord) -> str:
    """Method, address without query, and status where httpx sums up; else the name of the event."""
    if isinstance(record.args, tuple) and len(record.args) == _SUMMARY_FIELDS:
        method, url, version, status, _ = record.args
        return f'HTTP Request: {method} {plain_address(str(url))} "{version} {status}"'
    event = _EVENT.match(str(record.msg))
    return f"{event[0]} (the rest is not logged)" if event else "(not logged)"


def quieten() -> None:
    """The libraries' loggers say nothing private about our exchanges any more.

    Filters do not inherit, so every logger has its own, and those made meanwhile get one too.
    """
    known = logging.root.manager.loggerDict
    if _counted[0] == len(known):
        return
    children = (name for name in list(known) if name.partition(".")[0] in _FAMILIES)
    for name in {*_LOGGERS, *children}:
        logging.getLogger(name).addFilter(_REDACTION)
    _counted[0] = len(known)


# -- cookies --------------------------------------------------------------------


class _Reserved:
    """A jar's own policy, which inside our exchanges knows no kind of cookie.

    A jar that is asked to read an answer looks at these two switches first and goes no
    further: nothing is stored, replaced or deleted, not even for a moment. Removing
    afterwards could not promise that, with several sessions on one client.
    """

    @property
    def netscape(self) -> bool:
        """Whether cookies as everybody sends them are kept."""
        return not OURS.get() and self._said("netscape")

    @netscape.setter
    def netscape(self, value: bool) -> None:
        vars(self)["netscape"] = value

    @property
    def rfc2965(self) -> bool:
        """Whether cookies of the other, forgotten kind are kept."""
        return not OURS.get() and self._said("rfc2965")

    @rfc2965.setter
    def rfc2965(self, value: bool) -> None:
        vars(self)["rfc2965"] = value

    def _said(self, switch: str) -> bool:
        """What the policy itself says, on the object or on its class."""
        said = vars(self)[switch] if switch in vars(self) else getattr(super(), switch)
        return bool(said)


def keep_out(jar: CookieJar) -> None:
    """No cookie of ours gets into *jar*, and everything else about it is as before.

    The policy that stands in shares its state with the old one, so that later changes to
    either count.
    """
    policy: Any = vars(jar)["_policy"]  # a jar has `set_policy`, and nothing to ask with
    if isinstance(policy, _Reserved):
        return
    kind = type(policy)
    reserved: Any = object.__new__(type(f"Reserved{kind.__name__}", (_Reserved, kind), {}))
    reserved.__dict__ = policy.__dict__
    jar.set_policy(reserved)
