"""The town: every host answers, a school is behind each portal, and the way through leads there."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from schoolsync.flow.http import Request
from schoolsync.sandbox.mount import Mount
from schoolsync.sandbox.portals.fake import Common
from schoolsync.sandbox.portals.people import PEOPLE, Person
from schoolsync.sandbox.portals.places import PLACES
from schoolsync.sandbox.portals.town import Town, make_town
from schoolsync.sandbox.pronote import generation
from tests.sandbox.college.fresh import fresh_college
from tests.sandbox.portals.browser import Browser, clock

LOUISON, ROBIN, ANA = PEOPLE[0], PEOPLE[1], PEOPLE[3]
FIRST = make_town(clock=clock(), college=fresh_college())
LED_TO = [host for host in PLACES if FIRST.fake(host).cas_path]


@pytest.fixture
def town() -> Town:
    """New."""
    return make_town(clock=clock(), college=fresh_college())


def arrived(browser: Browser) -> re.Match[str] | None:
    """The two values of PRONOTE's page that stand for somebody signed in."""
    return re.search(r"""[{,]"?e"?:["']([0-9A-F]+)["'],"?f"?:["']([0-9A-F]+)["']""", browser.text)


def kosmos(browser: Browser, person: Person) -> None:
    """Through a form of Kosmos."""
    browser.submit(username=person.username, password=person.password)


def hub(browser: Browser, person: Person) -> None:
    """Through the vendor's gateway, and EduConnect as it is today."""
    browser.submit()
    browser.submit()
    profile = "eleve" if person.kind == "student" else "responsable"
    browser.submit(j_username=person.username, j_password=person.password, typeUser=profile)
    browser.submit()
    browser.submit()


def openent(browser: Browser, person: Person) -> None:
    """Through the log-in page of OpenENT, which is posted to as its script does."""
    browser.post("/auth/login", {"email": person.username, "password": person.password})


WAYS = [
    ("cas.moncollege.valdoise.fr", kosmos),
    ("www.atrium-sud.fr", kosmos),
    ("hubeduconnect.index-education.net", hub),
    ("sso.ac-reunion.fr", hub),
    ("ent.ecollege78.fr", openent),
]


@pytest.mark.parametrize(("host", "way"), WAYS, ids=[host for host, _ in WAYS])
@pytest.mark.parametrize("person", [LOUISON, ROBIN], ids=["pupil", "parent"])
@pytest.mark.parametrize("label", ["2022.0.3", "2025.1.3", "2026.2.5.6"])
def test_from_the_school_through_its_portal_and_back(
    host: str, way: Callable[[Browser, Person], None], person: Person, label: str
) -> None:
    """PRONOTE's page, with what stands for log-in and password, at an address that hides the ticket."""
    town = make_town(clock=clock(), college=fresh_college(), generation=generation(label))
    browser = Browser(town.servers)
    url = town.instance(host, person.kind)
    browser.get(url)
    assert urlsplit(browser.answer.url).netloc == host
    way(browser, person)
    there = urlsplit(browser.answer.url)
    assert (there.netloc.lower(), there.path) == (urlsplit(url).netloc, urlsplit(url).path)
    assert there.query.startswith("identifiant=")
    assert arrived(browser)
    assert town.fake(host).foreign_cookies == town.educonnect.foreign_cookies == 0
    browser.get(browser.answer.url)
    assert arrived(browser) is None


@pytest.mark.parametrize("host", LED_TO)
def test_a_school_behind_every_portal_sends_people_there(town: Town, host: str) -> None:
    """To the portal's own address, the school's page written into it as the real one does."""
    answer = Mount(town.servers).exchange(Request("GET", town.instance(host)))
    location = answer.header("location") or ""
    number = urlsplit(town.instance(host)).netloc.partition(".")[0].upper()
    service = f"https:%2F%2F{number}.example.test%2Fpronote%2Feleve.html"
    assert location == f"{town.fake(host).cas_url}?service={service}"
    led = Mount(town.servers).exchange(Request("GET", location))
    assert led.status in {200, 302}


@pytest.mark.parametrize("host", LED_TO)
def test_the_school_tells_the_app_about_its_portal(town: Town, host: str) -> None:
    """Without any page."""
    root = town.instance(host).rpartition("/")[0]
    url = f"{root}/infoMobileApp.json?id=0D264427-EEFC-4810-A9E9-346942A862A4"
    said = Mount(town.servers).exchange(Request("GET", url)).json()
    assert isinstance(said, dict)
    assert said["CAS"]["actif"] is True
    assert said["CAS"]["casURL"] == town.fake(host).cas_url


def test_one_school_has_no_portal(town: Town) -> None:
    """It shows its own page, and says so."""
    answer = Mount(town.servers).exchange(Request("GET", town.instance()))
    assert answer.status == 200
    assert "Start" in answer.text
    assert town.school().rules.portal is None


def test_schools_are_distinct(town: Town) -> None:
    """As many as portals, and one more; all of them are the same collège."""
    urls = {town.instance(host) for host in LED_TO} | {town.instance()}
    assert len(urls) == len(town.schools) == len(LED_TO) + 1
    assert all(school.college is town.college for school in town.schools.values())
    assert town.school(LED_TO[0]) is town.schools[urlsplit(town.instance(LED_TO[0])).netloc]
    assert town.common.schools == {*town.schools}


def test_any_host_of_a_portal_will_do(town: Town) -> None:
    """The same fake answers for all of them."""
    assert town.instance("psn.monlycee.net") == town.instance("auth.monlycee.net")
    assert town.fake("psn.monlycee.net") is town.fake("auth.monlycee.net")


def test_pages_by_kind(town: Town) -> None:
    """Three; nobody else has one, nor a school behind what is no portal."""
    pages = [town.instance(kind=kind).rpartition("/")[2] for kind in ("student", "parent", "teacher")]
    assert pages == ["eleve.html", "parent.html", "professeur.html"]
    with pytest.raises(KeyError):
        town.instance(kind="inspector")
    for host in ("connexion.enthdf.fr", "educonnect.education.gouv.fr", "nowhere.test"):
        with pytest.raises(KeyError):
            town.instance(host)


def test_a_teacher_signs_in_with_an_account_of_the_portal(town: Town) -> None:
    """EduConnect has none for them."""
    browser = Browser(town.servers)
    browser.get(town.instance("ent.ecollege78.fr", "teacher"))
    openent(browser, ANA)
    assert arrived(browser)


def test_the_directory_lists_every_school(town: Town) -> None:
    """Each at its own place, the number in capitals, and its address leads there."""
    listed = town.directory.schools
    assert len(listed) == len(town.schools)
    assert len({(one.latitude, one.longitude) for one in listed}) == len(listed)
    for one in listed:
        parts = urlsplit(one.url)
        assert parts.netloc.lower() in town.schools
        assert parts.netloc[7] == "A"
        answer = Mount(town.servers).exchange(Request("GET", f"{one.url}/eleve.html"))
        assert answer.status in {200, 302}


def test_services_of_others_are_refused(town: Town) -> None:
    """Portals know the schools of the town."""
    browser = Browser(town.servers)
    text = browser.get("https://cas.agora06.fr/login?service=https://evil.test/").text
    assert "not allowed" in text


def test_a_town_can_be_drawn_again() -> None:
    """The same seed gives the same tokens, another one others; people can be given."""
    towns = [make_town(clock=clock(), college=fresh_college(), seed=seed) for seed in (1, 1, 2)]
    one, same, other = (town.common.token() for town in towns)
    assert one == same != other
    alone = make_town(clock=clock(), college=fresh_college(), people=(LOUISON,))
    assert isinstance(alone.common, Common)
    assert alone.common.called(ROBIN.username) is None


def test_a_college_is_drawn_for_today() -> None:
    """If none is given."""
    assert make_town(clock=clock()).college.year.today.isoformat() == "2026-03-09"


def test_a_town_may_have_some_portals_only() -> None:
    """Named by any of their hosts; each has its school, and nobody is without EduConnect."""
    hosts = {"cas.skolengo.com", "psn.monlycee.net"}
    small = make_town(clock=clock(), college=fresh_college(), hosts=hosts)
    assert {host for host in small.fakes if small.fakes[host].cas_path} == {
        *("cas.kosmoseducation.com", "cas.skolengo.com"),
        *("auth.monlycee.net", "psn.monlycee.net", "ent.monlycee.net"),
    }
    assert len(small.schools) == len(small.directory.schools) == 3
    assert small.educonnect.host in small.servers
    with pytest.raises(KeyError):
        small.instance("cas.agora06.fr")
    alone = make_town(clock=clock(), college=fresh_college(), hosts=())
    assert [*alone.schools] == [*small.schools][:1]
