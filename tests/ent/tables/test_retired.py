"""The rows that are over: what each was, where, and what to use instead."""

from __future__ import annotations

import pytest

from schoolsync.ent.families import Retired
from schoolsync.ent.portal import Portal, Profile, State
from schoolsync.ent.tables.retired import ROWS
from schoolsync.ent.walk import check
from schoolsync.errors import Availability, Unavailable
from tests.ent import walking

# What it was, its hosts, and the name to use instead.
SETTINGS = {
    "ac-besancon-historic": ("kosmos_aten", "teleservices.ac-besancon.fr", "ac-besancon"),
    "ac-bordeaux-historic": ("aten_start", "bv.ac-bordeaux.fr", "ac-bordeaux"),
    "ac-bordeaux2-argos": (
        "shib_wayf_educonnect",
        "ent2d.ac-bordeaux.fr ds.ac-bordeaux.fr",
        "ac-bordeaux2",
    ),
    "ac-bordeaux2-historic": ("aten_start", "idp-fim-ts.ac-bordeaux.fr", "ac-bordeaux2"),
    "ac-caen-historic": ("shib_wayf_aten", "teleservices.ac-caen.fr fip.itslearning.com", "ac-caen"),
    "ac-dijon-historic": ("kosmos_aten", "teleservices.ac-dijon.fr", "ac-dijon"),
    "ac-lille-historic": ("kosmos_aten", "cas.savoirsnumeriques62.fr teleservices.ac-lille.fr", "ac-lille"),
    "ac-lille2-historic": ("aten_start", "teleservices.ac-lille.fr teleservices.ac-amiens.fr", "ac-lille2"),
    "ac-limoges-historic": ("aten_start", "teleservices.ac-limoges.fr", "ac-limoges"),
    "ac-montpellier-historic": ("kosmos_aten", "famille.ac-montpellier.fr", "ac-montpellier"),
    "ac-nancy-metz-historic": ("kosmos_aten", "teleservices.ac-nancy-metz.fr", "ac-nancy-metz"),
    "ac-nantes-historic": ("shib_wayf_aten", "ats-idp.ac-nantes.fr", "ac-nantes"),
    "ac-orleans-tours-historic": ("apereo_cas_educonnect", "ent.netocentre.fr", "ac-orleans-tours"),
    "ac-poitiers-historic": ("aten_start", "teleservices.ac-poitiers.fr", "ac-poitiers"),
    "ac-reims-historic": ("kosmos_aten", "services-familles.ac-reims.fr", "ac-reims"),
    "ac-reunion-historic": ("apereo_cas_form", "portail.college-jeandesme.re:8443", "ac-reunion"),
    "ac-rouen-historic": ("aten_start", "nero.l-educdenormandie.fr sso-ent.ac-rouen.fr", "ac-rouen"),
    "ac-strasbourg-historic": ("kosmos_aten", "teleservices.ac-strasbourg.fr", "ac-strasbourg"),
    "corse-historic": ("itslearning", "cas.itslearning.com", "corse"),
    "extranet-colleges-somme": ("simple_form", "www.colleges.cg80.fr", "somme"),
    "portail-famille": (
        "aten_start",
        "seshat.ac-orleans-tours.fr:8443 portail-famille.ac-orleans-tours.fr",
        "ac-orleans-tours",
    ),
    "yvelines-historic": ("oze", "ozecollege.yvelines.fr", "yvelines"),
}


def test_these_are_all() -> None:
    """Each once, all dead."""
    assert sorted(row.name for row in ROWS) == sorted(SETTINGS)
    assert {row.state for row in ROWS} == {State.DEAD}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_row_says_what_it_was(row: Portal) -> None:
    """Where, and what replaces it."""
    was, hosts, successor = SETTINGS[row.name]
    assert isinstance(row.family, Retired)
    assert (row.family.was, " ".join(row.all_hosts), row.successor) == (was, hosts, successor)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_nobody_comes_in(row: Portal) -> None:
    """Everybody is told what to use instead, and there is nowhere that a password could go."""
    for profile in Profile:
        with pytest.raises(Unavailable) as caught:
            check(row, profile)
        assert caught.value.reason is Availability.NOT_IN_PROVIDER
        assert repr(row.successor) in str(caught.value)
    assert row.family.password_hosts == ()
    assert row.family.entrance(walking.door("https://school.example.test/"), Profile.PUPIL) == ""
