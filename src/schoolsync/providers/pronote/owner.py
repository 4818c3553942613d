"""Whose session it is, and what is known of them: asked without sending anything."""

from __future__ import annotations

import datetime as dt
from functools import partial

import attrs

from schoolsync.errors import Availability, BadArgument, Unavailable, UsageError
from schoolsync.flow.effects import Credentials
from schoolsync.model import Capabilities, Period, Pupil, find_pupil
from schoolsync.provider import PupilLike, Span
from schoolsync.providers.pronote.envelope import read_page
from schoolsync.providers.pronote.login import KnownLogin, Login, TokenLogin
from schoolsync.providers.pronote.mapping.known import Begun, Known, read_zone
from schoolsync.providers.pronote.mapping.mapped import PROVIDER, Context
from schoolsync.providers.pronote.mapping.periods import key_of_period
from schoolsync.providers.pronote.mapping.spans import spanned
from schoolsync.providers.pronote.mapping.year import SchoolYear, YearPeriod
from schoolsync.providers.pronote.schema.settings import SettingsPage, UserPage
from schoolsync.providers.pronote.session import Resource, Session, Space

__all__ = ["Owner"]


@attrs.define
class Owner:
    """Somebody who has an account, as far as the last session that could be used has told."""

    login: Login | None
    """Who; `None` for a session that somebody else has signed in to. A token is replaced by the next one."""
    session: Session
    """The conversation."""
    timezone: str | None = attrs.field(default=None, converter=read_zone)
    """IANA name of the school's zone, if the caller said it."""
    _begun: Begun | None = None
    _known: Known | None = None
    _found: KnownLogin | None = None

    @property
    def space(self) -> Space:
        """What kind of account it is."""
        return self.session.space

    @property
    def is_signed_in(self) -> bool:
        """Whether a session is open, as far as anybody knows here."""
        session = self.session
        if session.start is None or session.is_lost:
            return False
        return self.login is None or (self._begun is not None and self._begun.of is session.start)

    @property
    def known(self) -> Known:
        """What the last session that could be used has told.

        Raises:
            UsageError: Nobody has signed in yet.
        """
        if self._known is None:
            raise UsageError(
                "nobody has signed in yet: call login(), or read something first", provider=PROVIDER
            )
        return self._known

    @property
    def pupils(self) -> tuple[Pupil, ...]:
        """The pupils, in the server's order; a teacher's account has itself."""
        return self.known.pupils

    @property
    def capabilities(self) -> Capabilities:
        """What the account can see of each pupil."""
        return self.known.capabilities

    @property
    def year(self) -> SchoolYear:
        """The school year."""
        return self.known.begun.year

    @property
    def settings(self) -> SettingsPage:
        """All that `FonctionParametres` said; unfolded each time."""
        return read_page(self.session.options, self.known.begun.settings.unfolded(), SettingsPage).data

    @property
    def user(self) -> UserPage:
        """All that `ParametresUtilisateur` said; unfolded each time."""
        return read_page(self.session.options, self.known.user.unfolded(), UserPage).data

    @property
    def credentials(self) -> Credentials:
        """What the next log-in needs; a portal that was found out is named.

        Raises:
            UsageError: Somebody else has signed in, or gave the portal as an object.
        """
        if self.login is None:
            raise UsageError(
                "a session that was signed in to elsewhere has no credentials here", provider=PROVIDER
            )
        return self.written(self._found or self.login)

    def take_token(self) -> None:
        """The token that the server gave last is what signs in the next time; the one before it is dead."""
        given = self.session.next_token
        if given is not None and isinstance(self.login, TokenLogin):
            self.login = self.login.followed_by(given)

    def written(self, login: Login) -> Credentials:
        """What `connect` takes for *login*: at the school's present address, with its zone.

        Raises:
            UsageError: Its portal was given as an object.
        """
        said = login.credentials
        zone = {"timezone": self.timezone} if self.timezone else {}
        return attrs.evolve(said, fields={**said.fields, "url": self.session.root, **zone})

    def pupil(self, wanted: PupilLike | None) -> Pupil:
        """The pupil meant; the first one if nobody is named.

        Raises:
            UnknownName: No such pupil.
        """
        return self.pupils[0] if wanted is None else find_pupil(self.pupils, wanted)

    def resource(self, wanted: PupilLike | None) -> Resource:
        """How this session knows the pupil; another one after the next log-in."""
        return self.known.resources[self.pupil(wanted).key]

    def need(self, thing: str, wanted: PupilLike | None, operation: str = "read") -> None:
        """Nothing, when the account can do *operation* on *thing* of that pupil.

        Raises:
            Unavailable: It cannot, and why.
        """
        answer = self.capabilities.of(thing, operation, pupil=self.pupil(wanted))
        if answer not in {Availability.YES, Availability.UNKNOWN}:
            raise Unavailable(answer, provider=PROVIDER, operation=thing)

    def context(self, wanted: PupilLike | None) -> Context:
        """What the mappings need to know about that pupil."""
        options = self.session.options
        return Context(
            self.pupil(wanted),
            self.year,
            is_strict=options.is_strict,
            keeps_raw=options.keeps_raw,
            can_tick=self.space is Space.STUDENT,
        )

    def today(self, wanted: PupilLike | None) -> dt.date:
        """The date at the pupil's school."""
        return self.session.options.clock.now().astimezone(self.pupil(wanted).school.zone).date()

    def periods(self, span: Span, tab: int, wanted: PupilLike | None) -> tuple[YearPeriod, ...]:
        """The server's periods that *span* means on screen *tab*; see `mapping.spans.spanned`.

        Their ids are those of this session: call it anew in every function given to `read`.

        Raises:
            UnknownName: No such period.
        """
        pupil = self.pupil(wanted)
        return spanned(
            span,
            self.year,
            self.known.tabs.get(pupil.key, {}).get(tab),
            today=self.today(pupil),
            key_of=partial(key_of_period, pupil.school),
        )

    def period(self, meant: Period | str | None, tab: int, wanted: PupilLike | None) -> YearPeriod:
        """The one period that is meant on screen *tab*; the screen's present one if none is said.

        Raises:
            UnknownName: There is none, or (`BadArgument`) several are meant by it.
            Unavailable: The school year has no periods.
        """
        found = self.periods(Span(period=meant), tab, wanted)
        if not found:
            raise Unavailable(Availability.OFF_AT_SCHOOL, hint="The school year has no periods.")
        first, *others = found
        if others:
            raise BadArgument("period", "is several periods of this school: name one of them")
        return first
