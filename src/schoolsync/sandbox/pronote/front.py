"""A portal in front of the pages, as the school has it: where it is, and what the pages are called there.

Wire: `service` is the page's whole address, the school's number in capitals, percent-encoded in part:
`https:%2F%2F0000001A.example.test%2Fpronote%2Feleve.html`. Evidence: read.
"""

from __future__ import annotations

import random
import re
from urllib.parse import quote, urlsplit

import attrs

from schoolsync.sandbox.portals.people import Tickets

__all__ = ["Arrived", "Front", "front"]

SCHOOL_NUMBER = re.compile(r"\d{7}[a-z]")


def _no_tickets() -> Tickets:
    """Those of a portal that lets nobody in."""
    return Tickets(random.Random("no tickets"))


@attrs.frozen
class Front:
    """A portal in front of one school.

    ```python
    common = Common(clock=clock)
    rules = Rules(portal=Front("https://cas.example.test/login", common.tickets))
    ```
    """

    address: str
    """Its log-in page, as the school has written it down: `https://cas.example.test/login`."""
    tickets: Tickets = attrs.field(factory=_no_tickets, repr=False)
    """What the portal tells schools."""
    root: str | None = attrs.field(default=None, kw_only=True)
    """Where the school says that it is, without page: `https://0000001a.example.test/pronote`; `None`:
    where it is called. To be given where the connection hides it: behind a proxy that does the TLS."""
    names_root: bool = attrs.field(default=False, kw_only=True)
    """Whether the school names its root to the portal instead of the page that was asked for."""

    def way(self, root: str, page: str) -> str:
        """The portal's address for somebody who asked for *page*; its encoding is as partial as the real one.

        Args:
            root: Where the school was called, without page.
            page: Name of the page.
        """
        service = quote(self.service(root, "" if self.names_root else page), safe=":")
        return f"{self.address}{'&' if '?' in self.address else '?'}service={service}"

    def service(self, root: str, page: str) -> str:
        """What *page* is called at the portal: its address, the school's number in capitals."""
        parts = urlsplit(self.root or root)
        label, dot, rest = parts.netloc.lower().partition(".")
        host = f"{label.upper() if SCHOOL_NUMBER.fullmatch(label) else label}{dot}{rest}"
        return f"{parts.scheme}://{host}{parts.path.rstrip('/')}/{page}"

    def take(self, ticket: str, root: str, page: str) -> str | None:
        """Whose *ticket* for *page* it is; `None` if it is none, of another service, or was taken before."""
        return self.tickets.take(ticket, self.service(root, page))


def front(given: Front | str | None) -> Front | None:
    """*given*; where it is only an address, a portal there that lets nobody in."""
    return Front(given) if isinstance(given, str) else given


@attrs.frozen
class Arrived:
    """Somebody whom the portal vouches for, on one opened page."""

    account: str
    """Number of their account."""
    handle: str = attrs.field(repr=False)
    """What they are called there, once: `e`."""
    secret: str = attrs.field(repr=False)
    """What proves it: `f`."""
