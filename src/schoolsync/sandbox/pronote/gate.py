"""Between a page and the portal in front of it: sent there, come back with a ticket, let in once.

Wire: a page answers 302 to `{portal}?service={page}`; the portal sends people back to `{page}?ticket=…`; a
right ticket is answered 302 to `{page}?identifiant=…`, and that page, once, holds the `e` and `f` that
stand for login and password.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

import attrs

from schoolsync.flow.http import Response
from schoolsync.sandbox.pronote import page
from schoolsync.sandbox.pronote.crypto import drawn_text
from schoolsync.sandbox.pronote.front import Arrived, Front

if TYPE_CHECKING:
    from schoolsync.sandbox.college.college import SandboxCollege

__all__ = ["Gate", "is_passed_by"]

APP_DELEGATION = "A6ABB224-12DD-4E31-AD3E-8A39A1C2C335"
"""What the mobile app sends as `bydlg`, so that nobody stands between it and the school."""
NO_ENTRY = "Accès refusé : votre authentification n'a pas été reconnue"
NO_RIGHT = "Vous n'êtes pas autorisé à accéder à cet espace"
Query: TypeAlias = Mapping[str, str]
"""What came with an address: decoded, the last one of a name."""


def is_passed_by(query: Query) -> bool:
    """Whether somebody who asks for a page with *query* wants PRONOTE's own log-in. Evidence: read."""
    return query.get("login", "").lower() == "true" or query.get("bydlg", "").upper() == APP_DELEGATION


@attrs.define(kw_only=True)
class Gate:
    """Where people come back from the portal, and who has not opened their page yet."""

    college: SandboxCollege = attrs.field(repr=False)
    """Whose accounts they are."""
    base_path: str
    """Where the pages stand on their host."""
    chance: random.Random = attrs.field(repr=False)
    """What is good once is drawn from it."""
    _logins: dict[str, str] = attrs.field(factory=dict, init=False, repr=False)

    def meet(self, front: Front, url: str, space: page.Space, query: Query) -> Response | Arrived | None:
        """Whoever may open the page of *space*, or what they get instead; `None`: the page, for nobody.

        A page is not shown at all to somebody who has no account for it. Evidence: read.

        Args:
            front: The portal.
            url: What was asked for.
            space: Whose page it is.
            query: What came with it.
        """
        parts = urlsplit(url)
        root = f"{parts.scheme}://{parts.netloc}{self.base_path}"
        if "identifiant" in query:
            return self._arrived(query["identifiant"], space)
        if "ticket" not in query:
            return Response(302, (("location", front.way(root, space.page)),))
        login = front.take(query["ticket"], root, space.page)
        return page.notice(NO_ENTRY, status=403) if login is None else self._admitted(login, space)

    def _admitted(self, login: str, space: page.Space) -> Response:
        """The way to the page, once; from the root, which is nobody's, to that of the account.

        Evidence: guess, for the root.
        """
        name = drawn_text(self.chance)
        self._logins[name] = login
        own = (one.page for one in page.SPACES if not one.is_mobile and self.college.account(login, one.kind))
        called = space.page if space.kind else next(own, space.page)
        return Response(302, (("location", f"{self.base_path}/{called}?identifiant={name}"),))

    def _arrived(self, name: str, space: page.Space) -> Response | Arrived | None:
        login = self._logins.pop(name, None)
        if login is None:
            return None
        account = self.college.account(login, space.kind)
        if account is None:
            return page.notice(NO_RIGHT)
        return Arrived(account.number, drawn_text(self.chance, 16), drawn_text(self.chance))
