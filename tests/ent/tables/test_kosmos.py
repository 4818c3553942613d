"""The rows of Kosmos with EduConnect: host and code of each, as the chooser of the portal wants them."""

from __future__ import annotations

import pytest

from schoolsync.ent.families import KosmosEduConnect
from schoolsync.ent.portal import Portal, State
from schoolsync.ent.tables.kosmos import ROWS

SETTINGS = {
    "ac-besancon": ("cas.eclat-bfc.fr", "EDU"),
    "ac-clermont": ("cas.ent.auvergnerhonealpes.fr", "EDU"),
    "ac-dijon": ("cas.eclat-bfc.fr", "EDU"),
    "ac-grenoble": ("cas.ent.auvergnerhonealpes.fr", "EDU"),
    "ac-lyon": ("cas.ent.auvergnerhonealpes.fr", "EDU"),
    "ac-montpellier": ("cas.mon-ent-occitanie.fr", "MONT-EDU_parent_eleve"),
    "ac-nancy-metz": ("cas.monbureaunumerique.fr", "EDU"),
    "ac-reims": ("cas.monbureaunumerique.fr", "EDU"),
    "ac-strasbourg": ("cas.monbureaunumerique.fr", "EDU"),
    "ac-toulouse": ("cas.mon-ent-occitanie.fr", "TOULO-EDU_parent_eleve"),
    "agora06": ("cas.agora06.fr", "EDU"),
    "arsene76": ("cas.arsene76.fr", "EDU_parent_eleve"),
    "auvergne-rhone-alpes": ("cas.ent.auvergnerhonealpes.fr", "EDU"),
    "creuse": ("cas.entcreuse.fr", "EDU"),
    "cybercolleges42": ("cas.cybercolleges42.fr", "EDU_parent_eleve"),
    "eclat-bfc": ("cas.eclat-bfc.fr", "EDU"),
    "eure-normandie": ("cas.ent27.fr", "EDU_parent_eleve"),
    "haute-garonne": ("cas.ecollege.haute-garonne.fr", "EDU_parent_eleve"),
    "monbureaunumerique-educonnect": ("cas.monbureaunumerique.fr", "EDU"),
    "seine-saint-denis": ("cas.webcollege.seinesaintdenis.fr", "EDU_parent_eleve"),
    "val-de-marne": ("cas.moncollege.valdemarne.fr", "EDU_parent_eleve"),
}


def test_these_are_all() -> None:
    """Each once, all current."""
    assert sorted(row.name for row in ROWS) == sorted(SETTINGS)
    assert {row.state for row in ROWS} == {State.CURRENT}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_row_has_its_settings(row: Portal) -> None:
    """As they were seen."""
    host, code = SETTINGS[row.name]
    assert row.family == KosmosEduConnect(host=host, selection=code)


def test_what_is_concluded_is_called_a_guess() -> None:
    """A portal of which nobody wrote down what came after, and a host from one list."""
    guesses = {row.name for row in ROWS if "Guess:" in row.evidence}
    assert guesses == {"ac-montpellier", "ac-toulouse", "eure-normandie"}
