"""Flows that let me in: by a password that is proven without being sent, by a token, or through a portal.

A refused log-in is final until the password changes. What is tried once more is what comes before any
proof: a server whose generation was mistaken.
"""

from __future__ import annotations

from schoolsync.providers.pronote.calls import entering
from schoolsync.providers.pronote.crypto import login_key
from schoolsync.providers.pronote.envelope import Page
from schoolsync.providers.pronote.login import KnownLogin, PasswordLogin, TokenLogin
from schoolsync.providers.pronote.proof import SignedIn, counted, introduced, proven
from schoolsync.providers.pronote.refusals import wrong_password
from schoolsync.providers.pronote.schema.entering import ChallengePage
from schoolsync.providers.pronote.session import Session
from schoolsync.providers.pronote.token import by_token

__all__ = ["SignedIn", "sign_in"]


async def sign_in(session: Session, login: KnownLogin, *, anew: bool = True) -> SignedIn:
    """*session* is open, and signed in to.

    Args:
        session: Forgets what it knew before, once the governor has agreed; the device stays.
        login: Who.
        anew: Whether to come as somebody whom no portal knows. Otherwise a portal that let this session in
            before is asked first whether it still knows us: then no password leaves.

    Raises:
        WrongCredentials: The school or the portal refused, or the challenge fits no such password. Final.
        LoginHeld: The governor held it back; the session is as it was.
        AccountError: Something that the person must do.
        ServerError: The school or the portal could not, or did not want to.
        LostOnTheWay: The portal showed a page that is not known.

    Costs:
        Four requests. Two or three more after a server was mistaken for one of another generation, at
        most once each for the names of its fields and for its vector. Through a portal, six to twenty
        more; when it still knows us, about three.

    Wire: the page, `FonctionParametres`, `Identification`, `Authentification`. Evidence: read.
    """
    if isinstance(login, PasswordLogin):
        return await _by_password(session, login)
    if isinstance(login, TokenLogin):
        return await by_token(session, login)
    # Only who comes through a portal waits until portals are loaded.
    from schoolsync.providers.pronote.passage import by_portal

    return await by_portal(session, login, anew=anew)


async def _by_password(session: Session, login: PasswordLogin) -> SignedIn:
    return await counted(session, login.knock, login.private, lambda: _proven_password(session, login))


async def _proven_password(session: Session, login: PasswordLogin) -> SignedIn:
    async def identify() -> Page[ChallengePage]:
        return await entering.identify(session, login.username.strip())

    settings, page, challenge = await introduced(session, identify)
    key = login_key(
        login.username,
        login.password.reveal(),
        alea=challenge.alea,
        login_mode=challenge.login_mode,
        password_mode=challenge.password_mode,
    )
    return SignedIn(settings, page, await proven(session, challenge, key, wrong_password))
