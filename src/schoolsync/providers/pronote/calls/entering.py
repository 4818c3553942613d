"""Coming, staying and going: the flows around signing in, in their order.

None of them says where it is called from, except the one that keeps a session alive: there is no screen
yet. The first one and those of the log-in are never sent twice.
"""

from __future__ import annotations

import attrs

from schoolsync.providers.pronote.envelope import Answer, Page, read_page
from schoolsync.providers.pronote.schema.entering import ChallengePage, CodePage, EntryPage
from schoolsync.providers.pronote.session import Session

__all__ = [
    "HOME_TAB",
    "App",
    "authenticate",
    "code",
    "identify",
    "logout",
    "navigate",
    "presence",
    "settings",
    "user",
]

HOME_TAB = 7
"""The screen that everybody has."""


@attrs.frozen
class App:
    """An installation of an app, as it tells who it is."""

    uuid: str = attrs.field(repr=False)
    """Its own; tokens are bound to it."""
    is_new: bool = False
    """Whether it comes with a code, for its first token; else it has a token."""


async def settings(session: Session) -> Answer:
    """What the server says of the school year; it knows the session's vector from now on.

    The answer is big; it is for others to keep, and to read as a `SettingsPage`.

    Costs: one request, never sent twice.
    Wire: `FonctionParametres`, the first call of every session. Evidence: recorded.
    """
    data = {"Uuid": session.announcement(), "identifiantNav": session.device}
    return await session.ask("FonctionParametres", data=data, is_read=False)


async def identify(
    session: Session, username: str, *, is_from_portal: bool = False, app: App | None = None
) -> Page[ChallengePage]:
    """The challenge for *username*. Servers give one for names that they do not know, too.

    Args:
        session: A session whose vector the server knows.
        username: The user name; after a portal, the one-time one of the start page.
        is_from_portal: Whether a portal vouches for it.
        app: What signs in with a code or a token, if it is no person with a password.

    Costs: one request, never sent twice.
    Wire: `Identification`. Evidence: read.
    """
    is_new = app is not None and app.is_new
    data = {
        "genreConnexion": 0,
        "genreEspace": session.space_number,
        "identifiant": username,
        "pourENT": is_from_portal,
        "enConnexionAuto": False,
        "demandeConnexionAuto": False,
        "demandeConnexionAppliMobile": is_new,
        "demandeConnexionAppliMobileJeton": is_new,
        "enConnexionAppliMobile": app is not None and not is_new,
        "uuidAppliMobile": app.uuid if app else "",
        "loginTokenSAV": "",
    }
    answer = await session.ask("Identification", data=data, is_read=False)
    return read_page(session.options, answer, ChallengePage)


async def authenticate(session: Session, answer: str) -> Page[EntryPage]:
    """What the server thinks of *answer*, the answer to its challenge. This is the log-in proper.

    What of it cannot be read is an issue in strict mode too: there may be a token beside it, and no other
    copy of that exists.

    Costs: one request, never sent twice.
    Wire: `Authentification`. Evidence: read.
    """
    data = {"connexion": 0, "challenge": answer, "espace": session.space_number}
    said = await session.ask("Authentification", data=data, is_read=False)
    return read_page(attrs.evolve(session.options, is_strict=False), said, EntryPage)


async def user(session: Session) -> Answer:
    """What the server says of the account: who it is, and which screens are open to it.

    The answer is big; it is for others to keep, and to read as a `UserPage`.

    Costs: one request.
    Wire: `ParametresUtilisateur`. Evidence: recorded.
    """
    return await session.ask("ParametresUtilisateur")


async def code(session: Session, pin: str) -> Page[CodePage]:
    """What an app needs to sign in for the first time, under *pin*: the content of a QR code.

    A code is good once, for ten minutes, and asking for one changes nothing.

    Costs: one request.
    Wire: `JetonAppliMobile`, tab 7. Evidence: read.
    """
    answer = await session.ask("JetonAppliMobile", tab=HOME_TAB, data={"code": pin})
    return read_page(session.options, answer, CodePage)


async def navigate(session: Session, tab: int = HOME_TAB) -> Answer:
    """The session is as young as new, on screen *tab*; the signature tells what is unread.

    Costs: one request.
    Wire: `Navigation`. Evidence: read.
    """
    return await session.ask("Navigation", tab=tab, data={"onglet": tab, "ongletPrec": tab})


async def presence(session: Session) -> Answer:
    """The session is as young as new, on a server before 2024.3.9; later ones refuse.

    Costs: one request.
    Wire: `Presence`. Evidence: read.
    """
    return await session.ask("Presence")


async def logout(session: Session) -> Answer:
    """The session is over at the school.

    Costs: one request, never sent twice.
    Wire: `SaisieDeconnexion`. Evidence: read.
    """
    return await session.ask("SaisieDeconnexion", is_read=False)
