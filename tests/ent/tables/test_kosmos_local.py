"""The rows of Kosmos with accounts of its own: host and code of each; which are current, and which before."""

from __future__ import annotations

import pytest

from schoolsync.ent.families import KosmosForm
from schoolsync.ent.portal import Portal, State
from schoolsync.ent.tables.kosmos_local import ROWS

CURRENT = {
    "ac-valdoise": ("cas.moncollege.valdoise.fr", "eleveparent"),
    "ljr-munich": ("cas.kosmoseducation.com", "MUNICH-SKO_parent_eleve"),
    "skolengo": ("cas.kosmoseducation.com", None),
}
BEFORE = {
    "ac-clermont-historic": ("cas.ent.auvergnerhonealpes.fr", "CLERMONT-ATS_parent_eleve"),
    "ac-grenoble-historic": ("cas.ent.auvergnerhonealpes.fr", "GRE-ATS_parent_eleve"),
    "ac-lyon-historic": ("cas.ent.auvergnerhonealpes.fr", "LYON-ATS_parent_eleve"),
    "ac-montpellier-local": ("cas.mon-ent-occitanie.fr", "CSES-ENT_parent_eleve"),
    "ac-toulouse-historic": ("cas.mon-ent-occitanie.fr", "TOULO-ENT_parent_eleve"),
    "ac-valdoise-historic": ("cas.moncollege.valdoise.fr", None),
    "agora06-historic": ("cas.agora06.fr", None),
    "arsene76-historic": ("cas.arsene76.fr", "ATS_parent_eleve"),
    "creuse-historic": ("cas.entcreuse.fr", "ATS_parent_eleve"),
    "cybercolleges42-historic": ("cas.cybercolleges42.fr", "ATS_parent_eleve"),
    "eure-normandie-historic": ("cas.ent27.fr", "ATS_parent_eleve"),
    "haute-garonne-historic": ("cas.ecollege.haute-garonne.fr", "ATS_parent_eleve"),
    "seine-saint-denis-historic": ("cas.webcollege.seinesaintdenis.fr", "ATS_parent_eleve"),
}


def test_these_are_all() -> None:
    """Each once."""
    assert sorted(row.name for row in ROWS) == sorted({**CURRENT, **BEFORE})


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_row_has_its_settings(row: Portal) -> None:
    """As they were seen, and its state."""
    host, code = {**CURRENT, **BEFORE}[row.name]
    assert row.family == KosmosForm(host=host, selection=code)
    assert row.state is (State.CURRENT if row.name in CURRENT else State.HISTORIC)
