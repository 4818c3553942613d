"""The way through Toutatice of Brittany: a chooser, EduConnect, and an exchange of sessions in XML.

1. The school's redirect, or the portal's own page, leads to the chooser: a form with `_saml_idp`.
2. EduConnect, and back to the portal, which redirects to a page that loads on by a script. Its address holds
   `conversation` and `sessionid`.
3. We ask `/idp/Authn/RemoteUser` with both, as that script would. XML: the next `conversation`, and
   `uidInSession`.
4. We ask it again with these. The session is open, and redirects lead on.

The XML is read by the parser for pages, which knows no declarations and expands no entity; an answer that
declares any is not read at all. `erreurFonctionnelle`: the account is not known here. `erreurTechnique`: the
portal is out of order.

Wire:
    docs/protocol/portals.md#families
Evidence:
    read; steps 2 to 4 have not been confirmed since 2023.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from schoolsync.ent.own_pages import go_on, is_again, unknown_account
from schoolsync.ent.trip import Trip
from schoolsync.errors import InstanceClosed
from schoolsync.flow.forms import Form, Page

if TYPE_CHECKING:
    from schoolsync.ent.families import Toutatice

__all__ = ["turn"]

REMOTE_USER: Final = "/idp/Authn/RemoteUser"
"""Where sessions are exchanged."""
XML: Final = frozenset(("text/xml", "application/xml"))
DECLARED: Final = re.compile(r"<!\s*(doctype|entity)", re.IGNORECASE)
IDENTIFIER: Final = re.compile(r"\S{1,200}")


async def turn(family: Toutatice, trip: Trip) -> None:
    """One step from a page of the portal, or from an answer of its exchange of sessions.

    Raises:
        SchoolSyncError: What the page says.
    """
    page = trip.page
    chooser = _chooser(page, family.saml_idp)
    said = dict(parse_qsl(urlsplit(page.url).query))
    if chooser is not None:
        await _choose(family, trip, chooser)
    elif _is_exchange(page, said):
        await _exchange(family, trip, said)
    elif said.get("conversation") and said.get("sessionid"):
        trip.took_for("loader")
        asked = {"conversation": said["conversation"], "redirectToLoaderRemoteUser": "0"}
        await _ask(family, trip, asked, said["sessionid"])
    else:
        await go_on(trip)


# -- where from -----------------------------------------------------------------------------


def _chooser(page: Page, saml_idp: str) -> Form | None:
    """The form of the chooser; the one for *saml_idp* where each source of accounts has its own."""
    forms = [form for form in page.forms if "_saml_idp" in form.names]
    ours = (form for form in forms if form.values().get("_saml_idp") == saml_idp)
    return next(ours, forms[0] if forms else None)


async def _choose(family: Toutatice, trip: Trip, form: Form) -> None:
    if trip.proofs or is_again(trip, "chooser"):
        raise trip.lost("the portal asks again where the account is from")
    trip.took_for("chooser")
    await trip.send_form(family.wayf_action, form.values() | {"_saml_idp": family.saml_idp})


# -- the exchange of sessions ---------------------------------------------------------------


def _is_exchange(page: Page, said: Mapping[str, str]) -> bool:
    return page.response.media_type in XML or "redirectToLoaderRemoteUser" in said


async def _exchange(family: Toutatice, trip: Trip, said: Mapping[str, str]) -> None:
    page = trip.page
    trip.took_for("exchange")
    if DECLARED.search(page.response.text):
        raise trip.lost("the exchange of sessions declares what is not read")
    if page.has("erreurfonctionnelle"):
        raise unknown_account(trip)
    if page.has("erreurtechnique"):
        raise InstanceClosed(hint="The portal says that it is out of order. Try again later.")
    conversation, uid = _text(page, "conversation"), _text(page, "uidinsession")
    if not (conversation and uid and said.get("sessionid")) or "uidInSession" in said:
        raise trip.lost("the exchange of sessions has another shape")
    await _ask(family, trip, {"conversation": conversation, "uidInSession": uid}, said["sessionid"])


async def _ask(family: Toutatice, trip: Trip, values: Mapping[str, str], session: str) -> None:
    query = urlencode({**values, "sessionid": session})
    await trip.go(f"{urljoin(family.start_url, REMOTE_USER)}?{query}")


def _text(page: Page, tag: str) -> str:
    """What stands in the element called *tag*, if that may be an identifier; else nothing."""
    text = page.text(tag)
    return text if IDENTIFIER.fullmatch(text) and not page.has(f"{tag} *") else ""
