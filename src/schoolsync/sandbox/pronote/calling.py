"""Function calls: whose they are, whether they may be made, and what comes of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import attrs

from schoolsync.flow.http import Request, Response
from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.college.roll import Account
from schoolsync.sandbox.pronote.call import Call, Complaint, Trouble
from schoolsync.sandbox.pronote.crypto import Garbled
from schoolsync.sandbox.pronote.encode.user import open_tabs
from schoolsync.sandbox.pronote.functions import ANY_TAB, FIRST_FUNCTIONS, FUNCTIONS, Function
from schoolsync.sandbox.pronote.generations import Generation
from schoolsync.sandbox.pronote.greeting import Greeting
from schoolsync.sandbox.pronote.page import MISSING
from schoolsync.sandbox.pronote.securing import Securing
from schoolsync.sandbox.pronote.sessions import Rules, Session, Sessions
from schoolsync.sandbox.pronote.wire import (
    Asked,
    Envelope,
    Payload,
    Said,
    access_denied,
    complained,
    envelope,
    expired,
    read_envelope,
    refusal,
)

__all__ = ["Address", "Calling", "Wait"]

NEWS_TAB, MESSAGES_TAB = 8, 131
SECURE = "SecurisationCompteDoubleAuth"
LEAVE = "SaisieDeconnexion"
INSUFFICIENT = "Vos droits sont insuffisants pour effectuer cette opération"
LOOKED_AFTER = "Le serveur est en mode exclusif : la saisie est impossible."


@attrs.frozen
class Address:
    """Where a call was sent."""

    space: str
    """The space, as it stands in the address."""
    session: str
    """The session."""
    order: str = attrs.field(repr=False)
    """The order number, encrypted."""


@attrs.frozen
class Wait:
    """How long a function keeps people waiting."""

    times: int
    """How often it must be asked again."""
    seconds: float = 0.5
    """After how long."""

    @property
    def said(self) -> dict[str, Any]:
        """What stands instead of the answer."""
        shape = {"repeterRequete": True, "sansBlocageInterface": False, "deserialisation": False}
        return {"ParametresAtt": {"delai": self.seconds, **shape}}


@attrs.define(kw_only=True)
class Calling:
    """The part of the server that answers function calls."""

    college: SandboxCollege = attrs.field(repr=False)
    """The school behind it; calls change it."""
    generation: Generation
    """How it talks."""
    payload: Payload
    """How it packs what is secured."""
    rules: Rules
    """How it behaves."""
    sessions: Sessions = attrs.field(repr=False)
    """Who has opened a page."""
    greeting: Greeting = attrs.field(repr=False)
    """What answers before somebody has signed in."""
    waits: dict[str, Wait] = attrs.field(factory=dict)
    """Name of a function → how long it keeps people waiting from now on."""

    def answer(self, request: Request, address: Address, *, now: float, at: dt.datetime) -> Response:
        """What the call in *request* is answered.

        Args:
            request: The call.
            address: Where it was sent.
            now: Seconds of the clock.
            at: The present, in the school's zone.
        """
        try:
            session = self._session(request, address, now)
            return self._answered(session, request, address, now=now, at=at)
        except Trouble as trouble:
            return refusal(trouble)

    def _answered(
        self, session: Session, request: Request, address: Address, *, now: float, at: dt.datetime
    ) -> Response:
        """The answer; the same one once more to who sends the same bytes once more."""
        sent = request.url.encode() + b"\n" + request.body
        session.last_seen = now
        if session.last_answer is None or session.last_request != sent:
            asked = read_envelope(request.body, self.generation)
            self._take_order(session, asked, address)
            session.last_request, session.last_answer = sent, self._done(session, asked, now, at)
        return session.last_answer

    # -- whose it is ---------------------------------------------------------------

    def _session(self, request: Request, address: Address, now: float) -> Session:
        number = int(address.session) if address.session.isascii() and address.session.isdigit() else None
        session = self.sessions.find(number, now)
        cookies = next((value for name, value in request.headers if name == "cookie"), "")
        has_cookie = session is not None and session.cookie in cookies
        if (
            session is None
            or str(session.space) != address.space
            or not (has_cookie or not self.rules.wants_cookie)
        ):
            raise expired(self.rules.expired_code)
        return session

    def _take_order(self, session: Session, asked: Envelope, address: Address) -> None:
        """The order number is used up.

        Raises:
            Trouble: It is not the next one, or stands differently in the address (14).
        """
        if asked.session != session.number:
            raise expired(self.rules.expired_code)
        try:
            told = session.cipher.open(asked.order)
        except Garbled:
            raise expired(14) from None
        if told != str(session.order).encode() or asked.order.lower() != address.order.lower():
            raise expired(14)
        session.order += 2

    def _done(self, session: Session, asked: Envelope, now: float, at: dt.datetime) -> Response:
        """The answer; a refusal is one too, and has used up its order number."""
        try:
            opened = self.payload.open(asked.secured, session.cipher)
            if asked.function in FIRST_FUNCTIONS:
                said, cipher = self.greeting.answer(session, asked.function, opened.data, now=now, at=at)
            else:
                said, cipher = self._say(session, asked.function, opened, at), None
        except Trouble as trouble:
            return refusal(trouble)
        answer = envelope(
            self.payload,
            asked.function,
            session.number,
            session.order - 1,
            said=said,
            cipher=session.cipher,
        )
        session.cipher = cipher or session.cipher
        return answer

    # -- afterwards -------------------------------------------------------------------

    def _say(self, session: Session, name: str, asked: Asked, at: dt.datetime) -> Said:
        function = FUNCTIONS.get(name)
        if function is None and name not in {SECURE, LEAVE}:
            raise Trouble(self.rules.unknown_code, MISSING, MISSING)
        if name == LEAVE:
            self.sessions.end(session.number)
            return Said()
        account = self._account(session)
        if function is None:
            return Said(Securing(session, account, self.greeting.door).step(asked.data))
        if session.unsettled:
            if name == "ParametresUtilisateur":
                return complained(Complaint(INSUFFICIENT))
            raise access_denied()
        return self._waited(name, asked) or self._called(session, account, name, function, asked, at)

    def _account(self, session: Session) -> Account:
        if session.account is None:
            no = self.rules.stranger_code
            raise access_denied() if no == 3 else expired(no)  # noqa: PLR2004 - the protocol's own number
        return self.college.account_numbered(session.account)

    def _waited(self, name: str, asked: Asked) -> Said | None:
        wait = self.waits.get(name)
        if wait is None:
            return None
        left = wait.times - asked.is_repeated
        if left <= 0:
            del self.waits[name]
            return None
        self.waits[name] = attrs.evolve(wait, times=left)
        return Said(wait=wait.said)

    def _called(
        self,
        session: Session,
        account: Account,
        name: str,
        function: Function,
        asked: Asked,
        at: dt.datetime,
    ) -> Said:
        desk = self._desk(session, account, asked)
        self._check_tab(function, asked.tab, account, desk)
        if function.is_write and self.rules.is_read_only:
            return _unsaved()
        call = Call(
            function=name,
            tab=asked.tab,
            data=asked.data,
            account=account,
            desk=desk,
            college=self.college,
            generation=self.generation,
            ids=session.ids,
            session=session.number,
            tokens=self.greeting.door.tokens,
            now=at,
        )
        try:
            data = function.act(call)
        except Complaint as complaint:
            return complained(complaint)
        return Said(data, self._beside(account), call.report if function.is_write else {}, tuple(call.files))

    def _desk(self, session: Session, account: Account, asked: Asked) -> CollegeDesk:
        """Whose desk a call is about: the child that a parent names, else the first one.

        Raises:
            Trouble: The child is somebody else's (3), or none of this session (22).
        """
        member = asked.signature.get("membre")
        if member is None:
            return self.college.desk_of(account)
        named = member.get("N") if isinstance(member, Mapping) else None
        thing = session.ids.thing(named)
        if thing is None:
            raise Trouble(22, "L'objet demandé n'existe plus", "L'objet demandé n'existe plus.")
        for number in account.pupils:
            if thing == f"pupil:{number}":
                return self.college.desk(number)
        raise access_denied()

    def _check_tab(self, function: Function, tab: int | None, account: Account, desk: CollegeDesk) -> None:
        if not function.tabs:
            return
        is_any = function.tabs == ANY_TAB
        desks = [self.college.desk(number) for number in account.pupils] if is_any else [desk]
        if tab not in open_tabs(account, desks) or not (is_any or tab in function.tabs):
            raise access_denied()

    def _beside(self, account: Account) -> dict[str, Any]:
        """What the server says beside every answer: how much is unread, and whether it is looked after."""
        desks = [self.college.desk(number) for number in account.pupils]
        tabs = open_tabs(account, desks)
        counts = {
            MESSAGES_TAB: sum(one.record.unread or 0 for desk in desks for one in desk.discussions),
            NEWS_TAB: sum(not one.record.is_read for desk in desks for one in desk.news),
        }
        return {
            "ModeExclusif": self.rules.is_read_only,
            "notificationsCommunication": [
                {"onglet": tab, "nb": count} for tab, count in counts.items() if tab in tabs
            ],
        }


def _unsaved() -> Said:
    """Nothing was saved."""
    report = {
        "_erreurSaisie_": True,
        "_messagesErreur_": [LOOKED_AFTER],
        "titre_Messages_Erreur": "Saisie impossible",
    }
    return Said(signature={"ModeExclusif": True}, report=report)
