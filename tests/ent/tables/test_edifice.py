"""The rows of Edifice with EduConnect: who begins the way, and what EduConnect calls the portal."""

from __future__ import annotations

import pytest

from schoolsync.ent.families import OpenEntEduConnect
from schoolsync.ent.portal import Portal, State
from schoolsync.ent.tables.edifice import ROWS

# The portal begins the way itself.
AUTHN = {
    "ac-lille": "enthdf.fr",
    "ac-lille2": "enthdf.fr",
    "e-primo": "ent.e-primo.fr",
    "guadeloupe": "karukera.ac-guadeloupe.fr",
    "hdf": "enthdf.fr",
    "moncollege-essonne": "www.moncollege-ent.essonne.fr",
    "seine-et-marne-educonnect": "ent77.seine-et-marne.fr",
    "somme": "enthdf.fr",
    "vaucluse": "www.aucollege84.vaucluse.fr",
}
# EduConnect is told whom to answer, under a name of its own.
NAMED = {
    "bouches-du-rhone": ("www.eduprovence.fr", "urn:fi:ent:prod-cd13-edu:1.0"),
    "corse": ("ent.leia.corsica", "urn:fi:ent:prod-leia-edu:1.0"),
    "ent94": ("ent94.opendigitaleducation.com", "urn:fi:ent:prod-cd94-edu:1.0"),
    "mayotte": ("mayotte.edifice.io", "urn:fi:ent:prod-edifice-mayotte-edu:1.0"),
    "moselle-educonnect": ("ariane57.moselle-education.fr", "urn:fi:ent:prod-ent57-edu:1.0"),
    "var": ("moncollege-ent.var.fr", "urn:fi:ent:prod-cd83-edu:1.0"),
    "vosges": ("panda.vosges.fr", "urn:fi:ent:prod-vosges-edu:1.0"),
}
# EduConnect is told whom to answer, by the address of the portal's own description.
ADDRESSED = {
    "ac-bordeaux": "mon.lyceeconnecte.fr",
    "ac-caen": "ent.l-educdenormandie.fr",
    "ac-limoges": "mon.lyceeconnecte.fr",
    "ac-poitiers": "mon.lyceeconnecte.fr",
    "ac-rouen": "ent.l-educdenormandie.fr",
    "guyane": "wilapa-guyane.com",
    "lyceeconnecte": "mon.lyceeconnecte.fr",
    "martinique": "colibri.ac-martinique.fr",
    "normandie": "ent.l-educdenormandie.fr",
}
# The same, concluded from the others.
GUESSED = {
    "alpes-de-haute-provence": "ent04.fr",
    "charente": "mon-ent16.lacharente.fr",
    "hautes-alpes": "ent.colleges05.fr",
    "polynesie": "nati.pf",
}
SETTINGS = {
    **{name: OpenEntEduConnect(host=host, authn=True) for name, host in AUTHN.items()},
    **{name: OpenEntEduConnect(host=host, provider_id=entity) for name, (host, entity) in NAMED.items()},
    **{name: OpenEntEduConnect(host=host) for name, host in (ADDRESSED | GUESSED).items()},
}
FRONTS = {
    "ac-caen": ("connexion.l-educdenormandie.fr",),
    "hdf": ("connexion.enthdf.fr", "www.enthdf.fr"),
    "lyceeconnecte": ("jeunes.nouvelle-aquitaine.fr", "lyceeconnecte.fr", "auth.lyceeconnecte.fr"),
}


def test_these_are_all() -> None:
    """Each once, all current."""
    assert sorted(row.name for row in ROWS) == sorted(SETTINGS)
    assert {row.state for row in ROWS} == {State.CURRENT}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_row_has_its_settings(row: Portal) -> None:
    """As they were seen."""
    assert row.family == SETTINGS[row.name]


@pytest.mark.parametrize(("name", "fronts"), FRONTS.items())
def test_a_row_has_the_hosts_in_front(name: str, fronts: tuple[str, ...]) -> None:
    """Those that only lead to it."""
    assert next(row for row in ROWS if row.name == name).fronts == fronts


@pytest.mark.parametrize("name", GUESSED)
def test_what_is_concluded_is_called_a_guess(name: str) -> None:
    """In the evidence of the row."""
    assert "Guess:" in next(row for row in ROWS if row.name == name).evidence
