"""One walk through a portal: the only place of `ent` that sends anything, and what it refuses to send.

Families say where to go; a trip goes there if it may. Every address, of a page, a form or a redirect, is
held against the portal's row at the moment of sending: scheme, host and port (`border`). A password leaves
for the hosts of the row that may have one, over https, in a form, and once (twice for the one generation of
EduConnect that asks twice); an assertion goes to whom it is meant for; cookies stay on their side: those of
EduConnect, of the portal and of the provider never meet. Nothing that a page says can lift it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NoReturn
from urllib.parse import urlencode, urlsplit

import attrs

from schoolsync.ent.border import Border, Side, place_of, tidy
from schoolsync.ent.discretion import Confided, discreet, holds, shown
from schoolsync.ent.portal import Door, Hop, Portal, Profile, Visitor
from schoolsync.errors import InstanceClosed, LostOnTheWay, NetworkError
from schoolsync.flow.effects import Clock, send
from schoolsync.flow.forms import Form, Page
from schoolsync.flow.http import Cookies, Headers, Request, Response
from schoolsync.flow.secret import Secret

__all__ = ["WHICH_PORTAL", "FormReached", "Trip"]

ASSISTANCE: Final = "assistance.phm.education.gouv.fr"
"""Where EduConnect sends whom it does not want to serve, before any form. It is not asked for anything."""
NOT_SERVED: Final = (
    "EduConnect shows this to addresses of data centres, VPNs and other countries, and when it is in trouble."
    " Try from a connection at home."
)
WHICH_PORTAL: Final = "Check cas=: pronote.find_cas(url) tells which portal a school has."
NO_WAY_BACK: Final = (
    "The portal may not know this school, or not this account there: open the school's PRONOTE from the"
    " portal in a browser once."
)
MOST_REDIRECTS: Final = 15
"""Redirects that one step may follow."""
MOST_EXCHANGES: Final = 40
"""Exchanges of a whole trip."""
MOST_SECONDS: Final = 300.0
"""How long all exchanges of a trip may take; a person who is asked may think longer."""
MOST_PROOFS: Final = 2
"""How often a password is ever sent, whatever a family says."""
MOST_BEGINS: Final = 2
"""How often a trip may begin at the portal's first page."""
ACCEPT: Final[Headers] = (
    ("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
    ("accept-language", "fr"),
)
KEEPS_BODY: Final = frozenset((307, 308))
REDIRECTS: Final = frozenset((301, 302, 303)) | KEEPS_BODY
Values = Mapping[str, str | Secret]
"""Fields of a form; a `Secret` among them makes it one that carries the password."""


class FormReached(Exception):
    """The log-in form was reached by a trip without a visitor, and nothing was filled in."""


@attrs.define(kw_only=True, repr=False)
class Trip:
    """One walk, as far as it has come."""

    portal: Portal
    """Through which portal."""
    door: Door
    """Where to."""
    visitor: Visitor | None
    """Who; `None`: nobody, the walk ends at the log-in form."""
    clock: Clock
    """Time."""
    profile: Profile = attrs.field(
        default=attrs.Factory(
            lambda trip: trip.visitor.profile if trip.visitor else Profile.PUPIL, takes_self=True
        )
    )
    """As who."""
    cookies: Cookies = attrs.field(factory=Cookies)
    """The provider's own, from before and from the way; `passes` are those of others."""
    hops: list[Hop] = attrs.field(factory=list)
    """The way so far."""
    proofs: int = 0
    """How often a password was sent."""
    most_proofs: int = attrs.field(default=1, validator=attrs.validators.in_(range(MOST_PROOFS + 1)))
    """How often it may be: once, or twice."""
    returns: int = 0
    """How often the walk came back to the door's entrance, and then to the door itself."""
    begins: int = 0
    """How often the walk began at the portal's first page."""
    proved_at: str = ""
    """Where the password was sent last: the whole address; empty before."""
    _page: Page | None = attrs.field(default=None, init=False)
    _seconds: float = attrs.field(default=0.0, init=False)
    _proofs_before: int = attrs.field(default=0, init=False)
    _confided: Confided = attrs.field(
        default=attrs.Factory(lambda trip: Confided(trip.visitor), takes_self=True), init=False
    )
    _jars: dict[Side, Cookies] = attrs.field(factory=dict, alias="jars")

    # -- where we are --

    @property
    def page(self) -> Page:
        """The page that the walk has come to."""
        if self._page is None:
            raise RuntimeError("the walk has not begun")
        return self._page

    @property
    def border(self) -> Border:
        """What may leave for where."""
        return Border(self.portal, self.door)

    @property
    def is_at_door(self) -> bool:
        """Whether the page is one of the provider's own host."""
        return self.border.is_door(self.page.url)

    @property
    def is_in_front(self) -> bool:
        """Whether the page is one of a host that only leads to the portal."""
        return self.border.side_of(self.page.url) is Side.FRONT

    @property
    def was_let_in(self) -> bool:
        """Whether a password was sent before the walk came back, or to the school, and none since."""
        return 0 < self.proofs == self._proofs_before

    def took_for(self, sign: str) -> None:
        """The page was taken for *sign*: the record of the way says so."""
        self.hops[-1] = attrs.evolve(self.hops[-1], sign=sign)

    def lost(self, what: str | None = None, *, hint: str | None = None) -> LostOnTheWay:
        """The error of a page that nobody expected: where, and what it looks like without any value.

        Args:
            what: What happened, if it is not the look of the page.
            hint: What the reader can do.
        """
        seen = what or f"{self._shown(self.page.url)} showed another page ({self.page.outline})"
        return LostOnTheWay(self.portal.name, discreet(seen, *self._confided.hidden), hint=hint)

    def not_served(self) -> InstanceClosed:
        """The error of an EduConnect that serves nobody, or not us."""
        return InstanceClosed(hint=NOT_SERVED if self.proofs else f"{NOT_SERVED} No password was sent.")

    def __repr__(self) -> str:
        """Through what, and how far."""
        return f"<Trip through {self.portal.name}, {len(self.hops)} hops, {self._page!r}>"

    # -- who we are --

    @property
    def username(self) -> str:
        """Who wants to get in.

        Raises:
            FormReached: Nobody does: the walk ends here.
        """
        return self._somebody().username.strip()

    @property
    def password(self) -> Secret:
        """Their password.

        Raises:
            FormReached: There is nobody: the walk ends here.
        """
        return self._somebody().password

    def _somebody(self) -> Visitor:
        if self.visitor is None:
            self.took_for("log-in form")
            raise FormReached
        return self.visitor

    # -- going --

    async def begin(self) -> None:
        """The portal's first page. It may be asked for once more, as long as no password was sent.

        Raises:
            LostOnTheWay: That was done before, or the password was sent.
        """
        self.begins += 1
        if self.begins > MOST_BEGINS or self.proofs:
            raise self.lost()
        entrance = self.portal.family.entrance(self.door, self.profile)
        self._listen([entrance])
        await self.go(entrance)

    async def go(self, url: str) -> None:
        """The page at *url*, redirects followed.

        Raises:
            LostOnTheWay: It, or a redirect, leads where this portal has no business.
            NetworkError: No answer came.
        """
        await self._arrive(Request("GET", url, is_read=True), {})

    async def submit(self, form: Form, values: Values | None = None, *, button: str = "") -> None:
        """The page that comes when *form* is sent as it stands, *values* written over what it holds.

        Args:
            form: Of `page`.
            values: What to fill in, or to add.
            button: The name of the button that is pressed, if pressing it is sent too.

        Raises:
            LostOnTheWay: The form leads where it must not.
        """
        filled = {**form.values(), **(form.button(button) if button else {}), **(values or {})}
        await self.send_form(form.action, filled, method=form.method)

    async def send_form(self, url: str, values: Values, *, method: str = "POST") -> None:
        """The page that comes when *values*, and nothing else, are sent to *url* as a form.

        Raises:
            LostOnTheWay: They must not go there.
        """
        plain = {
            name: value.reveal() if isinstance(value, Secret) else value for name, value in values.items()
        }
        if method.upper() == "GET":
            if any(isinstance(value, Secret) for value in values.values()):
                self._refuse(url, "would show the password in its address")
            bare = url.partition("#")[0].partition("?")[0]
            return await self._arrive(Request("GET", f"{bare}?{urlencode(plain)}", is_read=True), {})
        return await self._arrive(Request.form(tidy(url), plain), values)

    async def come_back(self) -> None:
        """The door's entrance once more, now that the portal knows us; the time after, the door itself.

        Raises:
            LostOnTheWay: Both were tried.
        """
        self.returns += 1
        self._proofs_before = self.proofs
        ways = [way for way in (self.door.entrance, self.door.url) if way]
        if self.returns > len(ways):
            raise self.lost("the portal let us in and does not lead back to the school", hint=NO_WAY_BACK)
        await self.go(ways[self.returns - 1])

    async def _arrive(self, request: Request, values: Values) -> None:
        for _ in range(MOST_REDIRECTS + 1):
            request = attrs.evolve(request, url=tidy(request.url))
            response = await self._exchange(request, values)
            target = response.location if response.status in REDIRECTS else None
            if target is None:
                self._page = Page(response)
                self._listen(_offers(self._page))
                return
            self.took_for("redirect")
            self._listen([target])
            self._heed(tidy(target))
            if response.status in KEEPS_BODY and request.method == "POST":
                if self._carries_password(request, values):
                    self._refuse(target, "is where a redirect would send the password on")
                request = attrs.evolve(request, url=target)
            else:
                request, values = Request("GET", target, is_read=True), {}
        self._stop(request.url, "too many redirects")

    def _heed(self, target: str) -> None:
        """Nothing, unless the address of a redirect says enough not to be asked for."""
        family = self.portal.family
        if family.uses_educonnect and urlsplit(target).hostname == ASSISTANCE:
            raise self.not_served()
        said = family.signpost(target) if self.border.side_of(target) is Side.PORTAL else None
        if said is not None:
            raise said

    async def _exchange(self, request: Request, values: Values) -> Response:
        if not self.hops:
            self._listen([self.door.url, self.door.entrance, self._confided.name])
        self._check(request, values)
        if self._carries_password(request, values):
            self.proofs += 1
            self.proved_at = request.url
        began = self.clock.monotonic()
        try:
            response = await send(attrs.evolve(request, headers=(*request.headers, *self._dress(request))))
        except NetworkError as error:
            error.address = self._shown(request.url)
            raise
        self._seconds += self.clock.monotonic() - began
        response = attrs.evolve(response, url=request.url)
        self._put(self._jar(request.url).after(response, self.clock.now()), request.url)
        if self.border.is_door(request.url):
            self._proofs_before = self.proofs
        self.hops.append(Hop(self._shown(request.url), response.status))
        return response

    def _dress(self, request: Request) -> Headers:
        own = {name for name, _ in self.door.dress}
        lines = (*self.door.dress, *(line for line in ACCEPT if line[0] not in own))
        cookies = self._jar(request.url).header(request.url, self.clock.now())
        if request.method != "POST" or self._page is None:
            return (*lines, *cookies)
        here = urlsplit(self._page.url)
        origin = f"{here.scheme}://{here.netloc.lower()}"
        return (*lines, ("origin", origin), ("referer", f"{origin}/"), *cookies)

    # -- cookies: one jar a side --

    @property
    def passes(self) -> Mapping[Side, Cookies]:
        """What the portal and EduConnect set, each apart."""
        return dict(self._jars)

    def _jar(self, url: str) -> Cookies:
        side = self._side_of_jar(url)
        return self.cookies if side is Side.DOOR else self._jars.get(side, Cookies())

    def _put(self, jar: Cookies, url: str) -> None:
        side = self._side_of_jar(url)
        if side is Side.DOOR:
            self.cookies = jar
        else:
            self._jars[side] = jar

    def _side_of_jar(self, url: str) -> Side:
        side = self.border.side_of(url)
        return side if side is Side.DOOR or side is Side.EDUCONNECT else Side.PORTAL

    # -- what may leave --

    def _check(self, request: Request, values: Values) -> None:
        """Nothing, when *request* may leave.

        Raises:
            LostOnTheWay: It may not. Nothing was sent.
        """
        if len(self.hops) >= MOST_EXCHANGES or self._seconds > MOST_SECONDS:
            self._stop(request.url, "the way has no end")
        objection = self.border.objection(request, values)
        if objection is None and self._carries_password(request, values):
            objection = self._objection_to_proof(request)
        if objection is not None:
            self._refuse(request.url, objection)

    def _objection_to_proof(self, request: Request) -> str | None:
        objection = self.border.objection_to_proof(request, self._confided.tell_tale)
        is_elsewhere = bool(self.proved_at) and place_of(request.url) != place_of(self.proved_at)
        if objection is None and (self.proofs >= self.most_proofs or is_elsewhere):
            objection = "asks for the password again"
        return objection

    def _carries_password(self, request: Request, values: Values) -> bool:
        is_marked = any(isinstance(value, Secret) for value in values.values())
        return is_marked or any(holds(what, self._confided.tell_tale) for what in (request.url, request.body))

    def _listen(self, texts: Iterable[str]) -> None:
        if not self.proofs:
            self._confided.listen(texts)

    def _shown(self, url: str) -> str:
        return shown(url, *self._confided.hidden)

    def _stop(self, url: str, why: str) -> NoReturn:
        raise LostOnTheWay(self.portal.name, f"{self._shown(url)}: {why}")

    def _refuse(self, url: str, why: str) -> NoReturn:
        is_ours = self.border.side_of(tidy(url)) is not None
        hint = "Nothing was sent there." if is_ours else f"Nothing was sent there. {WHICH_PORTAL}"
        raise LostOnTheWay(self.portal.name, f"{self._shown(url)} {why}", hint=hint)


def _offers(page: Page) -> Iterator[str]:
    """All of *page* that a walk may send, or go to."""
    yield from page.links()
    for form in page.forms:
        yield form.action
        yield from form.values().values()
