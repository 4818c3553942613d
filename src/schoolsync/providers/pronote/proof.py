"""A challenge and the answer to it: how a password, a portal's word or a token is proven without being sent.

A refused proof is final. What is tried once more is what comes before it: a server whose generation was
mistaken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

import attrs

from schoolsync.errors import (
    AddressSuspended,
    NetworkError,
    RateLimited,
    SchoolSyncError,
    SessionExpired,
    UnexpectedShape,
    WrongCredentials,
)
from schoolsync.flow.effects import Flow, Knock, Outcome, permit, report
from schoolsync.model.decoding import refuse_issues
from schoolsync.providers.pronote.calls import entering
from schoolsync.providers.pronote.crypto import answer_challenge, read_key
from schoolsync.providers.pronote.envelope import Answer, Page, read_page
from schoolsync.providers.pronote.refusals import access_refusal, step_refusal
from schoolsync.providers.pronote.schema.entering import ChallengePage, EntryPage
from schoolsync.providers.pronote.schema.settings import SettingsPage
from schoolsync.providers.pronote.schema.words import Version
from schoolsync.providers.pronote.session import Reach, Session

__all__ = ["Identify", "Introduced", "SignedIn", "counted", "introduced", "outcome_of", "proven"]

PRESENT: Final[Version] = (9999,)
"""A server that does not say its version counts as the newest one."""

Identify: TypeAlias = Callable[[], Flow[Page[ChallengePage]]]
Introduced: TypeAlias = tuple[Answer, Page[SettingsPage], ChallengePage]


@attrs.frozen
class SignedIn:
    """What a log-in tells."""

    settings: Answer = attrs.field(repr=False)
    """`FonctionParametres`, as it came."""
    page: Page[SettingsPage] = attrs.field(repr=False)
    """The same, read."""
    label: str | None = attrs.field(repr=False)
    """Who it is, as the server writes it."""
    username: str | None = attrs.field(default=None, repr=False)
    """The account's own user name, if the server says it."""


async def counted(
    session: Session, knock: Knock, private: Iterable[str], make: Callable[[], Flow[SignedIn]]
) -> SignedIn:
    """*session* is open, and signed in to by the flow of *make*; the governor knows of it.

    Args:
        session: Forgets what it knew before, once the governor has agreed.
        knock: How the governor knows the log-in.
        private: What no error may quote.
        make: Makes the log-in.

    Raises:
        LoginHeld: The governor held it back; the session is as it was.
        SchoolSyncError: See *make*.
    """
    await permit(knock)
    session.forget()
    session.private.secrets.update(private)
    try:
        entered = await make()
    except SchoolSyncError as error:
        outcome = outcome_of(error, has_left=session.start is not None)
        session.forget()
        if outcome is not None:
            await report(knock, outcome)
        raise
    await report(knock, Outcome.ACCEPTED)
    return entered


async def introduced(session: Session, identify: Identify, reach: Reach | None = None) -> Introduced:
    """The server's settings and its challenge, in a session whose vector it understood.

    A server that understood the vector wrongly may notice only now: then it is told in the other way.
    """
    try:
        return await _challenged(session, identify, reach)
    except SessionExpired:
        pass
    return await _challenged(session, identify, reach, other_key=True)


async def _challenged(
    session: Session, identify: Identify, reach: Reach | None, *, other_key: bool = False
) -> Introduced:
    settings = await session.begin(lambda: entering.settings(session), reach=reach, other_key=other_key)
    page = read_page(session.options, settings, SettingsPage)
    session.learn(page.data)
    return settings, page, (await identify()).data


async def proven(
    session: Session, challenge: ChallengePage, key: bytes, wrong: Callable[[], SchoolSyncError]
) -> str | None:
    """Who it is, as the server writes it; *session* goes on under the server's new key.

    A token for the next log-in is taken first of all, whatever else the answer says.

    Raises:
        SchoolSyncError: Why the school does not let the account in; *wrong* if it does not take the key.
    """
    answer = answer_challenge(challenge.challenge, key, session.iv, session.version or PRESENT)
    if answer is None:
        raise wrong()
    page = await entering.authenticate(session, answer)
    session.take_token(page.data.token)
    if session.options.is_strict:
        refuse_issues(page.issues)
    return _let_in(session, page.data, key, wrong)


def _let_in(
    session: Session, said: EntryPage, key: bytes, wrong: Callable[[], SchoolSyncError]
) -> str | None:
    trouble = access_refusal(said, session.private)
    if trouble is not None:
        raise wrong() if isinstance(trouble, WrongCredentials) else trouble
    if not said.key:
        raise UnexpectedShape("Authentification.cle", "missing")
    material = read_key(said.key, key, session.iv)
    trouble = step_refusal(said)
    if trouble is not None:
        raise trouble
    session.switch_key(material)
    return said.label


def outcome_of(error: SchoolSyncError, *, has_left: bool) -> Outcome | None:
    """What the governor must know of *error*; `None`: nothing more than that it was tried."""
    if isinstance(error, NetworkError):
        return Outcome.UNSENT if error.was_sent is False and not has_left else None
    outcomes = (
        (WrongCredentials, Outcome.REFUSED),
        (AddressSuspended, Outcome.SUSPENDED),
        (RateLimited, Outcome.RATE_LIMITED),
    )
    return next((outcome for kind, outcome in outcomes if isinstance(error, kind)), None)
