"""Walks through portals, played: a script of addresses and answers, and a look at what was sent.

```python
told = entered(
    PORTAL, ("GET cas.example.test/login", page(FORM)), ("POST cas.example.test/login", home()), *DOOR
)
assert told.proof.fields["username"] == USERNAME

told = refused(
    PORTAL, ("GET cas.example.test/login", page(FORM)), ("POST cas.example.test/login", page(BAD))
)
assert isinstance(told.error, WrongCredentials) and told.proofs == 1

told = looked(PORTAL, ("GET cas.example.test/login", page(FORM)))
```

A step names method, host and path of the request that is expected next; another request, one too many or
one too few fails the test. Every walk is also held against what must hold for all: https only, the password
only in the body of a POST to a host that may have it, and neither it nor the user name in anything that
can be printed.
"""

from __future__ import annotations

import datetime as dt
import traceback
from collections.abc import Callable
from html import escape
from typing import Any, Final, TypeAlias, TypeVar
from urllib.parse import parse_qsl, quote, urlsplit

import attrs
import pytest

from schoolsync.ent.portal import Arrival, Door, Family, Portal, Profile, Visitor
from schoolsync.ent.walk import Sight, enter, look
from schoolsync.errors import SchoolSyncError
from schoolsync.flow.effects import Flow, Question
from schoolsync.flow.http import Headers, Request, Response
from schoolsync.flow.secret import Secret
from schoolsync.sandbox.clock import HandClock
from schoolsync.testing.play import Answer, Script

__all__ = [
    "DOOR",
    "EDU",
    "INSTANCE",
    "PASSWORD",
    "SCHOOL",
    "SERVICE",
    "START",
    "USERNAME",
    "Sent",
    "Step",
    "Walk",
    "door",
    "entered",
    "home",
    "looked",
    "moved",
    "page",
    "portal",
    "refused",
    "visitor",
    "write",
]

USERNAME: Final = "louison.example"
PASSWORD: Final = "Sésame & ouvre+toi=1%"
"""With everything that an encoding can get wrong."""
EDU: Final = "educonnect.education.gouv.fr"
SCHOOL: Final = "0000001a.example.test"
INSTANCE: Final = f"https://{SCHOOL}/pronote/eleve.html"
"""The page of the school that the door is."""
SERVICE: Final = "https:%2F%2F0000001A.example.test%2Fpronote%2Feleve.html"
"""The service as a school writes it: its own case, encoded in part."""
START: Final = "<body onload=\"try { Start ({h:'1',a:3,e:'00ab',f:'00cd'}) } catch (err) { }\"></body>"
NOT_IN: Final = "<body onload=\"try { Start ({h:'1',a:3}) } catch (err) { }\"></body>"

NOW: Final = dt.datetime(2026, 9, 7, 8, 0, tzinfo=dt.UTC)

T = TypeVar("T")
Step: TypeAlias = tuple[str, Answer]
"""The request that is expected, as `GET host/path`, and what it gets: an answer, an error, or a function."""


# -- answers --------------------------------------------------------------------------


def write(template: str, **values: str) -> str:
    """*template* with every `{{name}}` replaced by its value, escaped as HTML."""
    for name, value in values.items():
        template = template.replace("{{" + name + "}}", escape(value))
    assert "{{" not in template, template
    return template


def page(markup: str, status: int = 200, **cookies: str) -> Response:
    """A page, with *cookies* for the whole host."""
    headers = (("content-type", "text/html; charset=utf-8"), *_set(cookies))
    return Response(status, headers, body=markup.encode())


def moved(url: str, /, *, status: int = 302, **cookies: str) -> Response:
    """A redirect to *url*, with *cookies* for the whole host."""
    return Response(status, (("location", url), *_set(cookies)))


def home(**cookies: str) -> Response:
    """The portal's way back to the school with a ticket."""
    return Response(302, (("location", f"{INSTANCE}?ticket=ST-1-invented"), *_set(cookies)))


def _set(cookies: dict[str, str]) -> Headers:
    return tuple(("set-cookie", f"{name}={value}; Path=/; Secure") for name, value in cookies.items())


AT_SCHOOL: Final = f"GET {SCHOOL}/pronote/eleve.html"
DOOR: Final[tuple[Step, ...]] = (
    (AT_SCHOOL, moved("/pronote/eleve.html?identifiant=0123456789abcdef")),
    (AT_SCHOOL, page(START)),
)
"""What the school answers to the ticket: its start page, by way of a redirect."""


# -- who, where, through what ------------------------------------------------------------


def door(entrance: str = "", url: str = INSTANCE) -> Door:
    """The school's door. *entrance* is where it sent us: nowhere if not said."""
    return Door(url=url, entrance=entrance, recognise=lambda response: b"e:'" in response.body)


def visitor(profile: Profile = Profile.PUPIL) -> Visitor:
    """Somebody invented, who typed a space too many."""
    return Visitor(username=f" {USERNAME} ", password=Secret(PASSWORD), profile=profile)


def portal(family: Family, *, fronts: tuple[str, ...] = (), hosts: tuple[str, ...] = ()) -> Portal:
    """An invented portal of *family*."""
    return Portal(
        name="exemple",
        title="Exemple",
        family=family,
        fronts=fronts,
        hosts=hosts,
        evidence="Invented.",
        seen=dt.date(2026, 9, 1),
    )


# -- what was sent --------------------------------------------------------------------------


@attrs.frozen
class Sent:
    """One request, as the server reads it."""

    request: Request

    @property
    def method(self) -> str:
        """`GET` or `POST`."""
        return self.request.method

    @property
    def host(self) -> str:
        """The host that got it."""
        return urlsplit(self.request.url).netloc

    @property
    def path(self) -> str:
        """The path that was asked."""
        return urlsplit(self.request.url).path

    @property
    def query(self) -> str:
        """What stood behind the question mark, byte for byte."""
        return urlsplit(self.request.url).query

    @property
    def fields(self) -> dict[str, str]:
        """The form in its body."""
        return dict(parse_qsl(self.request.body.decode(), keep_blank_values=True))

    @property
    def cookies(self) -> str:
        """Its cookie line; empty without."""
        return dict(self.request.headers).get("cookie", "")

    @property
    def is_proof(self) -> bool:
        """Whether the password travelled in it."""
        return PASSWORD in self.fields.values()

    def __str__(self) -> str:
        """`GET host/path`, as a step names it."""
        return f"{self.method} {self.host}{self.path}"


@attrs.frozen
class Walk:
    """How a walk went."""

    sent: tuple[Sent, ...]
    """Requests, in order."""
    asked: tuple[Question, ...]
    """Questions, in order."""
    arrival: Arrival | None = None
    """Where it ended, if it did."""
    error: SchoolSyncError | None = None
    """What stopped it, if anything did."""
    sight: Sight | None = None
    """What it saw, if it only looked."""

    @property
    def proofs(self) -> int:
        """How many requests carried the password."""
        return sum(one.is_proof for one in self.sent)

    @property
    def proof(self) -> Sent:
        """The one request that carried the password."""
        (only,) = (one for one in self.sent if one.is_proof)
        return only

    @property
    def posts(self) -> tuple[Sent, ...]:
        """The forms that were sent, in order."""
        return tuple(one for one in self.sent if one.method == "POST")

    @property
    def signs(self) -> tuple[str, ...]:
        """What every page was taken for, in order, redirects left out; after an error, nothing."""
        ended = self.arrival or self.sight
        return tuple(hop.sign for hop in ended.hops if hop.sign != "redirect") if ended else ()


# -- walking ----------------------------------------------------------------------------------


def entered(
    portal: Portal,
    *steps: Step,
    profile: Profile = Profile.PUPIL,
    door: Door | None = None,
    replies: tuple[str, ...] = (),
) -> Walk:
    """A walk that arrived.

    Args:
        portal: Through what.
        steps: What is expected, and what it gets; `*DOOR` are the last ones.
        profile: As who.
        door: Where to; the school's, without an entrance, if not said.
        replies: What is answered to the walk's questions.
    """
    script = _script(steps, replies)
    arrival = _run(script, enter(portal, door or _DOOR, visitor(profile), HandClock(NOW)))
    assert isinstance(arrival, Arrival)
    walk = _walk(script, arrival=arrival)
    _keep_quiet(portal, walk, arrival.hops)
    return walk


def refused(
    portal: Portal,
    *steps: Step,
    profile: Profile = Profile.PUPIL,
    door: Door | None = None,
    replies: tuple[str, ...] = (),
) -> Walk:
    """A walk that ended with an error. See `entered`."""
    script = _script(steps, replies)
    with pytest.raises(SchoolSyncError) as caught:
        _run(script, enter(portal, door or _DOOR, visitor(profile), HandClock(NOW)))
    assert not script.answers, f"after {[str(Sent(one)) for one in script.sent]}: {caught.value!r}"
    walk = _walk(script, error=caught.value)
    _keep_quiet(portal, walk, "".join(traceback.format_exception(caught.value)))
    return walk


def looked(portal: Portal, *steps: Step, profile: Profile = Profile.PUPIL, door: Door | None = None) -> Walk:
    """A walk of nobody, as far as the log-in form; nothing was filled in. See `entered`."""
    script = _script(steps, ())
    sight = _run(script, look(portal, door or _DOOR, profile, HandClock(NOW)))
    assert isinstance(sight, Sight)
    walk = _walk(script, sight=sight)
    assert not walk.asked
    assert not walk.proofs
    return walk


_DOOR: Final = door()


def _script(steps: tuple[Step, ...], replies: tuple[str, ...]) -> Script:
    return Script([_expecting(expected, answer) for expected, answer in steps], list(replies))


def _expecting(expected: str, answer: Answer) -> Callable[[Request], Response]:
    def given(request: Request) -> Response:
        assert str(Sent(request)) == expected
        if isinstance(answer, Response):
            return answer
        if isinstance(answer, BaseException):
            raise answer
        return answer(request)

    return given


def _run(script: Script, flow: Flow[T]) -> T:
    result = script.run(flow)
    assert not script.answers, f"{len(script.answers)} answers were not asked for"
    return result


def _walk(script: Script, **outcome: Any) -> Walk:
    return Walk(tuple(map(Sent, script.sent)), tuple(script.asked), **outcome)


def _keep_quiet(portal: Portal, walk: Walk, shown: object) -> None:
    """What must hold for every walk, whatever it is about."""
    text = f"{shown}{walk.error!r}{walk.asked!r}"
    assert not [secret for secret in (PASSWORD, USERNAME, quote(PASSWORD), "ST-1-invented") if secret in text]
    for one in walk.sent:
        assert one.request.url.startswith("https://")
        assert PASSWORD not in dict(parse_qsl(one.query)).values()
        assert not one.is_proof or (one.method == "POST" and one.host in portal.family.password_hosts)
