"""What can be found out before anybody signs in: schools, what one tells, who stands before it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from schoolsync.ent import directory
from schoolsync.ent.families import KosmosForm
from schoolsync.ent.lookup import Match
from schoolsync.ent.portal import portal_of
from schoolsync.errors import (
    AddressSuspended,
    BadArgument,
    InstanceClosed,
    LostOnTheWay,
    RateLimited,
    SchoolSyncError,
    Unavailable,
    Unreachable,
)
from schoolsync.flow.http import Request, Response
from schoolsync.providers.pronote.discovery import find_cas, find_schools, instance, look_at_portal
from schoolsync.providers.pronote.session import Space
from schoolsync.sandbox.clock import HandClock
from schoolsync.testing.play import Answer, Script, play
from tests.providers.pronote.passing import CAS, ENTRANCE, FORM, PORTAL
from tests.providers.pronote.passing import html as shown
from tests.providers.pronote.wire import JSON, NOON, ROOT, Server, html

INFORMATION = f"{ROOT}/InfoMobileApp.json?id=0D264427-EEFC-4810-A9E9-346942A862A4"
PAGE = f"{ROOT}/eleve.html"
AGORA = "https://cas.agora06.fr/login?service=https:%2F%2F0000000A.example%2Fpronote%2Feleve.html"
EDUCONNECT = "https://educonnect.education.gouv.fr/idp/profile/SAML2/Redirect/SSO?SAMLRequest=x"
NOTHING = html("", 404)


def told(said: object) -> Response:
    """JSON."""
    return Response(200, JSON, url=INFORMATION, body=json.dumps(said).encode())


def with_portal(active: bool | None, url: str = "") -> Response:
    """What an instance tells about its portal."""
    return told({"nomEtab": "COLLEGE EXEMPLE", "CAS": {"actif": active, "casURL": url, "jetonCAS": "5E0C"}})


def to(target: str, *lines: tuple[str, str], status: int = 302) -> Callable[[Request], Response]:
    """A redirect."""
    return lambda request: Response(status, (("location", target), *lines), url=request.url)


def end(request: Request) -> Response:
    """A page that leads nowhere."""
    return shown(FORM, request.url)


def found(*answers: Answer, root: str = ROOT, space: Space = Space.STUDENT) -> tuple[Match, list[Request]]:
    """Which portal, and what was asked for it."""
    return play(find_cas(root, space, HandClock(NOON)), answers)


# -- the portal --------------------------------------------------------------------------------


def test_a_portal_is_known_by_its_host() -> None:
    """The information first, then the page without `login=true`, then whom that sends us to."""
    match, sent = found(with_portal(True, AGORA), to(AGORA), end)
    assert (match.name, match.is_direct) == ("agora06", False)
    assert [one.url for one in sent] == [INFORMATION, PAGE, AGORA]
    assert {one.method for one in sent} == {"GET"}
    assert match.service == "https:%2F%2F0000000A.example%2Fpronote%2Feleve.html"
    assert match.evidence
    assert [hop.partition("/")[0] for hop in match.hops] == ["0000000a.example", "cas.agora06.fr"]


def test_the_page_alone_is_enough() -> None:
    """Schools without the mobile app tell nothing."""
    for nothing in (NOTHING, html("<title>PRONOTE</title>"), html("", 503), told([])):
        match, _ = found(nothing, to(AGORA), end)
        assert match.name == "agora06"


def test_the_information_alone_is_enough() -> None:
    """Where the page says nothing of it."""
    match, sent = found(with_portal(True, AGORA), html("", 404))
    assert (match.name, len(sent)) == ("agora06", 2)


def test_a_school_without_a_portal_is_told_apart() -> None:
    """By both of its words, or by its page."""
    for information in (with_portal(False), NOTHING):
        match, _ = found(information, Server().page())
        assert (match.is_direct, match.name, match.names) == (True, None, ())


def test_the_way_is_followed_to_its_end_and_every_host_counts() -> None:
    """With the cookies that each of them set, and nobody else's."""
    first = to("/chooser?x=1", ("set-cookie", "KEY=portal; path=/"))
    match, sent = found(NOTHING, to(AGORA, ("set-cookie", "lb=1; path=/")), first, to(EDUCONNECT), end)
    assert match.name == "agora06"
    assert [one.url for one in sent[1:]] == [PAGE, AGORA, "https://cas.agora06.fr/chooser?x=1", EDUCONNECT]
    assert [dict(one.headers).get("cookie") for one in sent[1:]] == [None, None, "KEY=portal", None]


def test_hosts_that_an_address_only_mentions_are_not_asked() -> None:
    """They are hints."""
    mentioned = "https://connexion.nobody.example/?callback=https%3A%2F%2Fcas.agora06.fr%2Flogin"
    match, sent = found(NOTHING, to(mentioned), end)
    assert not [one for one in sent if one.url.startswith("https://cas.agora06.fr")]
    assert match.name == "agora06"


@pytest.mark.parametrize(
    "target",
    [
        "http://cas.agora06.fr/login",
        "https://user@cas.agora06.fr/login",
        "https://cas.agora06.fr:0/login",
        "ftp://cas.agora06.fr/",
        "https://[",
    ],
)
def test_only_plain_https_is_followed(target: str) -> None:
    """Where else a redirect leads is noted at most."""
    _, sent = found(NOTHING, to(target))
    assert len(sent) == 2


def test_a_way_without_an_end_is_left() -> None:
    """After 15 redirects, or when it comes back to where it was."""
    script = Script([NOTHING, to(AGORA), *[to(f"https://x{number}.example/") for number in range(40)]])
    match = script.run(find_cas(ROOT, Space.STUDENT, HandClock(NOON)))
    assert match.name == "agora06"
    assert len(script.sent) == 2 + 15
    _, sent = found(NOTHING, to(AGORA), to("https://other.example/#x"), to(AGORA))
    assert len(sent) == 4


def test_a_portal_that_does_not_answer_is_known_all_the_same() -> None:
    """Its address was what was looked for."""
    match, _ = found(NOTHING, to(AGORA), Unreachable(was_sent=False))
    assert match.name == "agora06"
    match, _ = found(NOTHING, to(AGORA), html("", 500))
    assert match.name == "agora06"


@pytest.mark.parametrize(
    ("answers", "leaf"),
    [
        ([html("Votre adresse IP est provisoirement suspendue")], AddressSuspended),
        ([html("Le site est momentanément indisponible")], RateLimited),
        ([html("Le site n'est pas disponible"), html("Le site n'est pas disponible")], InstanceClosed),
        ([NOTHING, html("Votre adresse IP est provisoirement suspendue")], AddressSuspended),
        ([NOTHING, html("", 404)], Unavailable),
        ([with_portal(True), html("", 404)], Unavailable),
        ([NOTHING, html("", 503)], InstanceClosed),
        ([Unreachable(was_sent=False)], Unreachable),
        ([NOTHING, Unreachable(was_sent=False)], Unreachable),
    ],
)
def test_a_school_that_does_not_answer_has_no_known_portal(
    answers: list[Answer], leaf: type[SchoolSyncError]
) -> None:
    """What it says is told, with what was being done; who suspends or slows us down is not asked again."""
    with pytest.raises(leaf) as caught:
        found(*answers)
    assert (caught.value.provider, caught.value.operation) == ("pronote", "find_cas")


def test_a_portal_that_nobody_knows_is_described() -> None:
    """By host, and by what it looks like."""
    match, _ = found(NOTHING, to("https://cas.nobody.example/connexion/login?service=x"), end)
    assert (match.name, match.names, match.is_direct) == (None, (), False)
    assert "cas.nobody.example" in " ".join(match.evidence)
    assert match.families == ("apereo_cas_form",)


@pytest.mark.parametrize(
    ("number", "name"), [("0341234a", "ac-montpellier"), ("0311234a", "ac-toulouse"), ("college", None)]
)
def test_the_number_of_a_school_tells_its_academy(number: str, name: str | None) -> None:
    """Where two of them share a portal."""
    root = f"https://{number}.index-education.net/pronote"
    match, _ = found(NOTHING, to("https://cas.mon-ent-occitanie.fr/login?service=x"), end, root=root)
    assert match.name == name
    assert {"ac-montpellier", "ac-toulouse"} & {*match.names}


def test_a_school_that_has_moved_is_asked_where_it_is() -> None:
    """Its own new address is no portal's."""
    new = "https://new.example/pronote"
    moved = to(f"{new}/InfoMobileApp.json", status=301)
    match, sent = found(moved, told({}), Server().page())
    assert match.is_direct
    assert sent[-1].url == f"{new}/eleve.html"
    match, sent = found(NOTHING, to(f"{new}/eleve.html", status=301), to(AGORA), end)
    assert match.name == "agora06"


def test_another_kind_of_page_may_have_another_portal() -> None:
    """The one that is meant is asked for."""
    _, sent = found(NOTHING, Server().page(), space=Space.PARENT)
    assert sent[1].url == f"{ROOT}/parent.html"


def test_a_school_without_tls_is_asked_there_and_nobody_else_is() -> None:
    """Its redirect to itself is followed; a portal is always https."""
    root = "http://0000000a.example/pronote"
    on = lambda request: Response(302, (("location", "/pronote/x.html"),), url=request.url)  # noqa: E731
    match, sent = found(NOTHING, on, to(AGORA), end, root=root)
    assert match.name == "agora06"
    assert [one.url.partition(":")[0] for one in sent] == ["http", "http", "http", "https"]


# -- the instance and the directory of schools ------------------------------------------------------


def test_an_instance_tells_about_itself() -> None:
    """One request; the token for one use is dropped."""
    info, (request,) = play(instance(ROOT), [with_portal(True, AGORA)])
    assert (info.name, info.cas_url, request.url) == ("COLLEGE EXEMPLE", AGORA, INFORMATION)
    assert "5E0C" not in str(info.to_dict())
    with pytest.raises(Unavailable) as caught:
        play(instance(ROOT), [NOTHING])
    assert caught.value.operation == "instance"


def test_what_an_instance_says_badly_is_told_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """Places only."""
    play(instance(ROOT), [told({"nomEtab": "COLLEGE EXEMPLE", "date": "hier", "version": "x"})])
    assert "InfoMobileApp.date" in caplog.text
    assert "hier" not in caplog.text


def test_schools_are_found_around_a_place() -> None:
    """A list with its issues; a whole number is a place too."""
    row = {
        "url": "https://0000000A.example/pronote",
        "nomEtab": "B",
        "lat": "48.85",
        "long": "2.35",
        "cp": "",
    }
    rows, _ = play(find_schools(48, 2.35), [told([row, {"nomEtab": "x"}, row | {"nomEtab": "A"}])])
    assert [one.name for one in rows] == ["A", "B"]
    assert {issue.path.rpartition(".")[0] for issue in rows.issues} == {"geoLoc.1"}
    assert play(find_schools(0, 0), [told({})])[0] == []


@pytest.mark.parametrize(
    ("here", "argument"),
    [
        ((91, 0), "latitude"),
        ((-90.1, 0), "latitude"),
        ((float("nan"), 0), "latitude"),
        (("48.85", 0), "latitude"),
        ((True, 0), "latitude"),
        ((None, 0), "latitude"),
        ((0, 181), "longitude"),
        ((0, float("-inf")), "longitude"),
    ],
)
def test_a_place_that_is_none_is_refused_before_anything_is_sent(here: Any, argument: str) -> None:
    """Degrees, as numbers."""
    with pytest.raises(BadArgument) as caught:
        play(find_schools(*here))
    assert caught.value.argument == argument


# -- a look at a portal -----------------------------------------------------------------------------


def test_a_portal_is_looked_at_as_far_as_its_form() -> None:
    """Alone, or from a school behind it; nothing is filled in."""
    sight, sent = play(look_at_portal(PORTAL, Space.STUDENT, HandClock(NOON)), [end])
    assert (sight.trouble, sight.hops[-1].sign) == (None, "log-in form")
    assert [one.url for one in sent] == [f"https://{CAS}/login"]
    sight, sent = play(look_at_portal(PORTAL, Space.STUDENT, HandClock(NOON), ROOT), [to(ENTRANCE), end])
    assert sight.trouble is None
    assert [one.url for one in sent] == [PAGE, ENTRANCE]


def test_what_looks_different_is_told() -> None:
    """The last hop is where."""
    flow = look_at_portal(PORTAL, Space.STUDENT, HandClock(NOON))
    sight, _ = play(flow, [lambda request: shown("<h1>Bienvenue</h1>", request.url)])
    assert isinstance(sight.trouble, LostOnTheWay)
    assert sight.hops[-1].address == f"https://{CAS}/login"


def test_a_portal_that_cannot_be_looked_at() -> None:
    """It is over, not for that kind of account, or the school behind it sends nobody anywhere."""
    dead = next(row for row in directory.portals() if row.state == "dead")
    clock = HandClock(NOON)
    for root in (None, ROOT):
        with pytest.raises(Unavailable):
            play(look_at_portal(dead, Space.STUDENT, clock, root))
        with pytest.raises(Unavailable):
            play(look_at_portal(directory.find("agora06"), Space.TEACHER, clock, root))
    own = portal_of(KosmosForm(host="cas.nobody.example"))
    with pytest.raises(Unavailable, match="cas=") as caught:
        play(look_at_portal(own, Space.STUDENT, clock, ROOT), [Server().page()])
    assert caught.value.operation == "look_at_portal"
    with pytest.raises(InstanceClosed):
        play(look_at_portal(own, Space.STUDENT, clock, ROOT), [html("", 503)])
