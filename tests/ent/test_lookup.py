"""Which portal a school has, told from addresses: weights, groups, departments, shapes, and no look-alike."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

import attrs
import pytest

from schoolsync.ent import directory
from schoolsync.ent.lookup import Match, hinted, match
from schoolsync.ent.portal import EDUCONNECT, State

SCHOOL = "https://0000001a.example.test/pronote/eleve.html"
SERVICE = "https:%2F%2F0000001A.example.test%2Fpronote%2Feleve.html"
EDU = f"https://{EDUCONNECT}/idp/profile/SAML2/Redirect/SSO?SAMLRequest=x"
SESSION = "0123456789abcdef0123456789abcdef"


def to(address: str) -> str:
    """Where the school leads: *address* with the school's service."""
    return f"https://{address}{'&' if '?' in address else '?'}service={SERVICE}"


def led(*addresses: str, rne: str | None = None) -> Match:
    """What is told by a school's redirects alone."""
    return match(cas_active=None, cas_url=None, chain=[SCHOOL, *addresses], rne=rne)


def told(cas_url: str, *addresses: str) -> Match:
    """What is told by its public information first."""
    return match(cas_active=True, cas_url=cas_url, chain=[SCHOOL, *addresses], rne=None)


# -- one host, one portal -----------------------------------------------------------------


# Where each school leads, and what it is; the addresses that PRONOTE's redirects show.
ENTRANCES = {
    "cas.agora06.fr/login": "agora06",
    "cas.ent.auvergnerhonealpes.fr/login": "auvergne-rhone-alpes",
    "cas.eclat-bfc.fr/login": "eclat-bfc",
    "cas.monbureaunumerique.fr/login": "monbureaunumerique-educonnect",
    "cas.moncollege.valdoise.fr/login": "ac-valdoise",
    "cas.ent27.fr/login": "eure-normandie",
    "enthdf.fr/cas/login": "hdf",
    "mon.lyceeconnecte.fr/cas/login": "lyceeconnecte",
    "ent.l-educdenormandie.fr/cas/login": "normandie",
    "www.moncollege-ent.essonne.fr/cas/login": "moncollege-essonne",
    "ent.iledefrance.fr/cas/login": "iledefrance",
    "auth.monlycee.net/cas/login/keycloak-idf": "iledefrance",
    "www.atrium-sud.fr/connexion/login": "atrium-sud",
    "ent.netocentre.fr/cas/login": "ac-orleans-tours",
    "auth.recia.fr/cas/login": "ac-orleans-tours",
    "www.toutatice.fr/casshib/shib/toutatice/login": "toutatice",
    "cas3.e-lyco.fr/access/login": "ac-nantes",
    "cas2.e-lyco.fr/access/login": "ac-nantes",
    "hubeduconnect.index-education.net/EduConnect/cas/login": "hubeduconnect",
    "college.entsomme.fr/cas/login": "somme",
}


@pytest.mark.parametrize(("address", "name"), ENTRANCES.items())
def test_the_first_redirect_tells_the_portal(address: str, name: str) -> None:
    """One name, whatever else is at that host: older ways, and other names of the same way."""
    found = led(to(address))
    assert (found.name, found.names, found.is_direct) == (name, (name,), False)
    assert found.families == ()


@pytest.mark.parametrize(("address", "name"), ENTRANCES.items())
def test_the_school_s_word_tells_it_too(address: str, name: str) -> None:
    """Without any redirect, and without a service."""
    found = match(cas_active=True, cas_url=f"https://{address}", chain=[], rne=None)
    assert (found.name, found.service, found.hops) == (name, None, ())
    assert found.evidence[0] == f"The school's information names {address}."


def test_every_portal_that_works_is_found_by_its_hosts() -> None:
    """Each host of each current row leads to a current row that goes the same way."""
    for row in directory.BUILT_IN:
        for host in (*row.all_hosts, *row.fronts) if row.state is State.CURRENT else ():
            ways = {directory.find(name).family for name in led(to(f"{host}/")).names}
            assert row.family in ways, (row.name, host)


def test_the_service_stays_as_it_was_written() -> None:
    """Half encoded and in upper case, byte for byte; the hops show host and path only."""
    found = led(to("enthdf.fr/cas/login"), f"https://enthdf.fr/auth/login;jsessionid={SESSION}?callback=x")
    assert found.service == SERVICE
    assert found.hops == (
        "0000001a.example.test/pronote/eleve.html",
        "enthdf.fr/cas/login",
        "enthdf.fr/auth/login",
    )


def test_a_match_shows_no_query() -> None:
    """Neither in its sentences nor in its hops: tickets and codes travel there."""
    secret = "ST-factice"
    found = led(
        to(f"cas.new.example.test/login?ticket={secret}"), f"https://x.example.test/{SESSION}?code={secret}"
    )
    assert secret not in repr(found)
    assert SESSION not in repr(found)


# -- several names ----------------------------------------------------------------------------


def test_one_way_under_several_names_is_one() -> None:
    """The portal's own name stands for the academies', and the evidence names them all."""
    found = led(to("cas.monbureaunumerique.fr/login"))
    assert found.name == "monbureaunumerique-educonnect"
    assert (
        "monbureaunumerique-educonnect, ac-nancy-metz, ac-reims, ac-strasbourg: one way under several names."
        in found.evidence
    )


def test_two_ways_that_both_work_are_two_names() -> None:
    """Nothing but the visitor's account decides: there is no single name."""
    found = led(to("ent77.seine-et-marne.fr/cas/login"))
    assert found.names == ("seine-et-marne", "seine-et-marne-educonnect")
    assert found.name is None
    assert led(to("www.laclasse.com/sso/login")).names == ("laclasse", "laclasse-local")


@pytest.mark.parametrize(
    ("rne", "names"),
    [
        ("0310001A", ("ac-toulouse",)),
        ("0820001a", ("ac-toulouse",)),
        ("0340001A", ("ac-montpellier",)),
        ("0110001A", ("ac-montpellier",)),
        ("0750001A", ("ac-montpellier", "ac-toulouse")),
        (None, ("ac-montpellier", "ac-toulouse")),
        ("", ("ac-montpellier", "ac-toulouse")),
    ],
)
def test_the_department_tells_the_academies_of_occitanie_apart(rne: str | None, names: Sequence[str]) -> None:
    """They share a host and choose other accounts."""
    found = led(to("cas.mon-ent-occitanie.fr/login"), rne=rne)
    assert found.names == tuple(names)
    assert any("department" in sentence for sentence in found.evidence) is (len(names) == 1)


def test_a_department_decides_nothing_elsewhere() -> None:
    """A school of Toulouse with another portal has that portal."""
    assert led(to("cas.ecollege.haute-garonne.fr/login"), rne="0340001A").name == "haute-garonne"
    assert len(led(to("ent77.seine-et-marne.fr/cas/login"), rne="0310001A").names) == 2


def test_an_address_that_chooses_accounts_decides() -> None:
    """Where the school's own redirect names the choice."""
    assert led(to("cas.kosmoseducation.com/login")).names == ("skolengo", "ljr-munich")
    found = led(to("cas.kosmoseducation.com/login?selection=MUNICH-SKO_parent_eleve"))
    assert found.name == "ljr-munich"
    assert "The address chooses the accounts of ljr-munich." in found.evidence


# -- weights --------------------------------------------------------------------------------


def test_a_later_host_counts_less_than_the_first() -> None:
    """The portal that a portal leads to is not the school's."""
    found = led(to("cas.arsene76.fr/login"), "https://ent.l-educdenormandie.fr/welcome")
    assert found.name == "arsene76"


def test_a_later_host_counts_when_the_first_is_unknown() -> None:
    """So a new front does not hide the portal behind it."""
    found = led(to("cas.new.example.test/login"), "https://ent.l-educdenormandie.fr/cas/login")
    assert found.name == "normandie"


def test_a_host_that_is_only_mentioned_counts_least() -> None:
    """It is believed where nothing else speaks, and outweighed by any host that was met."""
    callback = quote(f"https://enthdf.fr/cas/login?service={SERVICE}", safe="")
    mentioned = f"https://front.example.test/?callback={callback}"
    assert led(mentioned).name == "hdf"
    assert led(mentioned, "https://cas.agora06.fr/login").name == "agora06"


def test_the_school_s_word_counts_as_much_as_its_redirect() -> None:
    """When they name two portals, both are told, the one that was met first; a host met later is not."""
    kosmos, atrium = "cas.agora06.fr/login", "www.atrium-sud.fr/connexion/login"
    later = "https://enthdf.fr/"
    assert told(f"https://{kosmos}", to(atrium), later).names == ("atrium-sud", "agora06")
    assert told(f"https://{atrium}", to(kosmos), later).names == ("agora06", "atrium-sud")


def test_educonnect_counts_nothing() -> None:
    """All portals lead there; nor is a school direct that leads there."""
    assert led(to("cas.agora06.fr/login"), EDU).name == "agora06"
    alone = led(EDU)
    assert (alone.names, alone.is_direct) == ((), False)
    assert EDUCONNECT not in " ".join(alone.evidence)


def test_the_school_itself_is_no_portal() -> None:
    """Nor what it calls itself at the portal, which may be another host than the one that was asked."""
    moved = f"https://cas.new.example.test/login?service={quote('https://cas.agora06.fr/pronote/', safe='')}"
    assert led(moved).names == ()
    redirected = "https://0000001a.example.test/pronote/mobile.eleve.html?service=x"
    assert led(redirected, to("cas.agora06.fr/login")).service == SERVICE


# -- older ways, and what is over -------------------------------------------------------------


def test_an_older_way_is_named_only_where_there_is_no_other() -> None:
    """And the evidence warns."""
    found = led(to("enc.hauts-de-seine.fr/cas/login"))
    assert found.name == "hauts-de-seine"
    assert "hauts-de-seine is an older way, which may not work any more." in found.evidence
    assert not any("older" in sentence for sentence in led(to("cas.agora06.fr/login")).evidence)


def test_an_older_way_loses_against_a_later_host_that_works() -> None:
    """However much weight its own host has."""
    found = led(to("mayotte.opendigitaleducation.com/cas/login"), "https://mayotte.edifice.io/cas/login")
    assert found.names == ("mayotte", "mayotte-local")


def test_what_is_over_is_told_with_its_successor() -> None:
    """It is no name that can be used."""
    found = led(to("fip.itslearning.com/SP/bn/login"))
    assert (found.names, found.is_direct) == ((), False)
    assert (
        "fip.itslearning.com belonged to ac-caen-historic, which is over; ac-caen replaces it."
        in found.evidence
    )
    assert "No portal that works is known at fip.itslearning.com." in found.evidence


def test_what_is_over_never_wins() -> None:
    """A later host that works does; and at a host that still works nothing is said to be over."""
    found = led(to("nero.l-educdenormandie.fr/c/portal"), "https://ent.l-educdenormandie.fr/cas/login")
    assert found.name == "normandie"
    assert any("ac-rouen-historic" in sentence for sentence in found.evidence)
    assert not any("over" in sentence for sentence in led(to("ent.netocentre.fr/cas/login")).evidence)


def test_a_plain_http_portal_is_told_to_be_over() -> None:
    """Nothing is sent there; its address is enough."""
    found = led("http://www.colleges.cg80.fr/identification/identification.php")
    assert any("somme replaces it" in sentence for sentence in found.evidence)


# -- no portal --------------------------------------------------------------------------------


def test_a_school_that_leads_nowhere_lets_people_in_itself() -> None:
    """Its page is the end of the way, on its own host."""
    found = led("https://0000001A.example.test/pronote/eleve.html?fd=1")
    assert (found.is_direct, found.names) == (True, ())
    assert found.evidence == ("The school's page leads nowhere else.",)


def test_a_school_that_says_so_lets_people_in_itself() -> None:
    """Whether its page was asked or not, and whatever address is left over in its settings."""
    for chain in ([], [SCHOOL]):
        found = match(cas_active=False, cas_url="https://cas.agora06.fr/login", chain=chain, rne=None)
        assert (found.is_direct, found.names) == (True, ())


def test_a_page_that_leads_to_a_portal_is_believed() -> None:
    """Even against the school's information."""
    found = match(cas_active=False, cas_url=None, chain=[SCHOOL, to("cas.agora06.fr/login")], rne=None)
    assert (found.is_direct, found.name) == (False, "agora06")
    assert "its page leads to one" in found.evidence[0]
    unknown = match(cas_active=False, cas_url=None, chain=[SCHOOL, to("x.example.test/login")], rne=None)
    assert (unknown.is_direct, unknown.names) == (False, ())


def test_a_school_with_a_portal_that_it_does_not_name() -> None:
    """It is not direct, and no portal is made up."""
    found = match(cas_active=True, cas_url=None, chain=[SCHOOL], rne=None)
    assert (found.is_direct, found.names) == (False, ())
    assert found.evidence == ("The school's information says that a portal lets people in, and not which.",)


def test_nothing_asked_is_nothing_known() -> None:
    """Neither direct nor a portal."""
    assert match(cas_active=None, cas_url=None, chain=[], rne=None) == Match()


# -- new hosts --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("addresses", "families"),
    [
        (["cas.new.example.test/login"], ("kosmos_educonnect", "kosmos_form")),
        (["portal.example.test/delegate/redirect/EDU"], ("kosmos_educonnect", "kosmos_form")),
        (
            ["new.example.test/cas/login", "new.example.test/auth/login?callback=x"],
            ("openent_educonnect", "openent_local"),
        ),
        (["new.example.test/connexion/login"], ("apereo_cas_form",)),
        (["new.example.test/cas/login?idpId=x"], ("apereo_cas_educonnect",)),
        (
            ["new.example.test/cas/login"],
            ("openent_educonnect", "openent_local", "apereo_cas_educonnect", "apereo_cas_form"),
        ),
        (["new.example.test/sso/login"], ("laclasse_sso",)),
        (["new.example.test/casshib/shib/x/login"], ("toutatice",)),
        (["new.example.test/EduConnect/cas/login"], ("hubeduconnect",)),
        (["new.example.test/access/login"], ("shib_wayf_educonnect",)),
        (["new.example.test/shibcas/login"], ("shib_wayf_educonnect",)),
        (["new.example.test/cas", "ds.example.test/discovery/WAYF"], ("shib_wayf_educonnect",)),
        (["new.example.test/cas/login/keycloak-x"], ("keycloak_monlycee",)),
        (["new.example.test/welcome"], ()),
    ],
)
def test_a_new_host_is_told_by_the_shape_of_its_addresses(
    addresses: list[str], families: Sequence[str]
) -> None:
    """A guess: no name is given, so nothing can be sent there unasked."""
    first, *later = addresses
    found = led(to(first), *(f"https://{address}" for address in later))
    assert (found.names, found.families, found.is_direct) == ((), tuple(families), False)
    assert any("a guess" in sentence for sentence in found.evidence) is bool(families)


def test_a_known_host_has_no_shape() -> None:
    """The row says what it is."""
    assert led(to("cas.agora06.fr/login")).families == ()


@pytest.mark.parametrize(
    "address",
    [
        "https://cas.agora06.fr.evil.example.test/login",
        "https://cas.agora06.fr@evil.example.test/login",
        "https://cas.agora06.fr:444/login",
        "https://cas.agora06.fr./login",
        "https://evil.example.test/cas.agora06.fr/login",
        "https://xcas.agora06.fr/login",
        "//cas.agora06.fr/login",
        "ftp://cas.agora06.fr/login",
        "https://[cas.agora06.fr/login",
        "https://cas.agora06.fr:port/login",
    ],
)
def test_a_look_alike_is_no_portal(address: str) -> None:
    """The whole host counts, and its port."""
    assert led(f"{address}?service={SERVICE}").names == ()
    assert match(cas_active=True, cas_url=address, chain=[], rne=None).names == ()


def test_upper_case_and_the_usual_port_are_the_same_host() -> None:
    """As for any browser."""
    assert led(to("CAS.Agora06.fr:443/login")).name == "agora06"


# -- hints ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["callback", "callBack", "service", "TARGET", "RelayState", "redirect_uri"])
def test_addresses_are_unwrapped_from_a_query(name: str) -> None:
    """From those parts that carry one; none of them is asked."""
    inner = quote("https://Enthdf.fr/cas/login", safe="")
    assert hinted(f"https://front.example.test/?x=1&{name}={inner}") == ("enthdf.fr",)


def test_only_those_parts_and_only_addresses_count() -> None:
    """A relative one has no host."""
    assert hinted("https://front.example.test/?next=https%3A%2F%2Fenthdf.fr%2F") == ()
    assert hinted("https://front.example.test/?callback=%2Fcas%2Flogin&RelayState=e1s1&service=") == ()
    assert hinted("https://[broken") == ()


def test_addresses_within_addresses_are_unwrapped() -> None:
    """The outer ones first; not for ever."""
    address = "https://h0.example.test/"
    for count in range(1, 9):
        address = f"https://h{count}.example.test/?callback={quote(address, safe='')}"
    assert hinted(address) == tuple(f"h{count}.example.test" for count in (7, 6, 5, 4, 3))


# -- the record ---------------------------------------------------------------------------------


def test_a_match_is_frozen() -> None:
    """It can be kept, compared and put in a set."""
    found = led(to("cas.agora06.fr/login"))
    assert {found, led(to("cas.agora06.fr/login"))} == {found}
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        found.names = ()  # type: ignore[misc]
