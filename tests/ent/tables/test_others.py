"""The rows that are one of a kind: settings, and the hosts beside them."""

from __future__ import annotations

import pytest

from schoolsync.ent.families import (
    ApereoCasEduConnect,
    ApereoCasForm,
    HubEduConnect,
    KeycloakMonLycee,
    LaclasseEduConnect,
    LaclasseSso,
    Oze,
    SamlDiscoveryEduConnect,
    ShibWayfEduConnect,
    Toutatice,
)
from schoolsync.ent.portal import EDUCONNECT, Portal, State
from schoolsync.ent.tables.others import ROWS

SETTINGS = {
    "ac-bordeaux2": HubEduConnect(host="hubeduconnect.index-education.net"),
    "ac-nantes": ShibWayfEduConnect(
        host="cas3.e-lyco.fr", cas_path="access/login", origin=f"https://{EDUCONNECT}/idp"
    ),
    "ac-orleans-tours": ApereoCasEduConnect(
        login_url="https://auth.recia.fr/cas/login", idp_id="parentEleveEN-IdP"
    ),
    "ac-poitiers-gateway": SamlDiscoveryEduConnect(
        start_url="https://sp-ts.ac-poitiers.fr/dispatcher/index2.php"
    ),
    "ac-reunion": SamlDiscoveryEduConnect(
        start_url=f"https://sso.ac-reunion.fr/saml/discovery/?idp_ident=https://{EDUCONNECT}/idp"
    ),
    "atrium-sud": ApereoCasForm(login_url="https://www.atrium-sud.fr/connexion/login", form="fm1"),
    "hauts-de-seine": Oze(url="https://enc.hauts-de-seine.fr/"),
    "hubeduconnect": HubEduConnect(host="hubeduconnect.index-education.net"),
    "iledefrance": KeycloakMonLycee(entry_url="https://psn.monlycee.net/", auth_host="auth.monlycee.net"),
    "laclasse": LaclasseEduConnect(educonnect_url="https://www.laclasse.com/sso/educonnect"),
    "laclasse-local": LaclasseSso(login_url="https://www.laclasse.com/sso/login"),
    "toutatice": Toutatice(
        start_url="https://www.toutatice.fr/portail/auth/MonEspace",
        wayf_action="https://www.toutatice.fr/wayf/Ctrl",
        saml_idp="educonnect",
    ),
}
HOSTS = {
    "ac-nantes": ("cas3.e-lyco.fr", "cas2.e-lyco.fr"),
    "ac-orleans-tours": ("auth.recia.fr", "ent.netocentre.fr", "lycees.netocentre.fr"),
    "iledefrance": ("psn.monlycee.net", "auth.monlycee.net", "ent.monlycee.net", "ent.iledefrance.fr"),
    "toutatice": ("www.toutatice.fr",),
}


def test_these_are_all() -> None:
    """Each once; all current but the one that was switched off."""
    assert sorted(row.name for row in ROWS) == sorted(SETTINGS)
    assert [row.name for row in ROWS if row.state is not State.CURRENT] == ["hauts-de-seine"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_row_has_its_settings(row: Portal) -> None:
    """As they were seen."""
    assert row.family == SETTINGS[row.name]


@pytest.mark.parametrize(("name", "hosts"), HOSTS.items())
def test_a_row_has_its_hosts(name: str, hosts: tuple[str, ...]) -> None:
    """Those of the way, and those beside it."""
    assert next(row for row in ROWS if row.name == name).all_hosts == hosts
