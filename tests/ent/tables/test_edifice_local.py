"""The rows of Edifice with accounts of its own: the host of each; which are current, and which before."""

from __future__ import annotations

import pytest

from schoolsync.ent.families import OpenEntLocal
from schoolsync.ent.portal import Portal, State
from schoolsync.ent.tables import edifice
from schoolsync.ent.tables.edifice_local import ROWS

CURRENT = {
    "e-primo-local": "ent.e-primo.fr",
    "mayotte-local": "mayotte.edifice.io",
    "moselle": "ariane57.moselle-education.fr",
    "parisclassenumerique": "ent.parisclassenumerique.fr",
    "seine-et-marne": "ent77.seine-et-marne.fr",
    "yvelines": "ent.ecollege78.fr",
}
BEFORE = {
    "guadeloupe-historic": "neoconnect.opendigitaleducation.com",
    "hdf-historic": "enthdf.fr",
    "iledefrance-historic": "ent.iledefrance.fr",
    "lyceeconnecte-historic": "mon.lyceeconnecte.fr",
    "mayotte-historic": "mayotte.opendigitaleducation.com",
    "moncollege-essonne-historic": "www.moncollege-ent.essonne.fr",
    "somme-historic": "college.entsomme.fr",
}


def test_these_are_all() -> None:
    """Each once."""
    assert sorted(row.name for row in ROWS) == sorted({**CURRENT, **BEFORE})


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_row_has_its_settings(row: Portal) -> None:
    """As they were seen, and its state."""
    assert row.family == OpenEntLocal(host={**CURRENT, **BEFORE}[row.name])
    assert row.state is (State.CURRENT if row.name in CURRENT else State.HISTORIC)


def test_two_ways_through_one_portal_have_the_same_front() -> None:
    """Whoever comes by the host in front may have either account."""
    by_educonnect = {row.all_hosts[0]: row.fronts for row in edifice.ROWS if not row.name.startswith("ac-")}
    shared = [row for row in ROWS if by_educonnect.get(row.all_hosts[0])]
    assert {row.name for row in shared} == {"seine-et-marne", "hdf-historic", "lyceeconnecte-historic"}
    assert all({*row.fronts} <= {*by_educonnect[row.all_hosts[0]]} for row in shared)
