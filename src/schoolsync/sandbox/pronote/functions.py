"""Every function of the server by name: what it does, from which screens, and whether it changes anything."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from schoolsync.sandbox.pronote.call import Reading
from schoolsync.sandbox.pronote.readings import (
    agenda,
    canteen,
    entering,
    homework,
    marks,
    messages,
    news,
    people,
    presence,
    printing,
    reports,
    resources,
    timetable,
)

__all__ = ["ANY_TAB", "FIRST_FUNCTIONS", "FUNCTIONS", "Function"]

ANY_TAB = frozenset({-1})
"""A function that may be called from every screen."""
NO_TAB: frozenset[int] = frozenset()
FIRST_FUNCTIONS = ("FonctionParametres", "Identification", "Authentification")
"""What may be called before somebody has signed in; the server answers them itself."""


@attrs.frozen
class Function:
    """One function."""

    act: Reading
    """What it does."""
    tabs: frozenset[int]
    """The screens on whose behalf it may be called; empty: on behalf of none."""
    is_write: bool = False
    """Whether it changes anything, and so answers with a report."""


TABS: Mapping[str, frozenset[int]] = {
    "DernieresEvaluations": frozenset({201}),
    "DernieresNotes": frozenset({198}),
    "GenerationPDF": frozenset({12, 13, 16}),
    "JetonAppliMobile": frozenset({7}),
    "ListeMessagerie": frozenset({131}),
    "ListeMessages": frozenset({131}),
    "ListeRessourcesPourCommunication": frozenset({131}),
    "Navigation": ANY_TAB,
    "PageActualites": frozenset({8}),
    "PageAgenda": frozenset({9}),
    "PageBulletins": frozenset({13, 41}),
    "PageCahierDeTexte": frozenset({88, 89}),
    "PageEmploiDuTemps": frozenset({16, 60}),
    "PageEmploiDuTemps_DomainePresence": frozenset({16, 60}),
    "PageEquipePedagogique": frozenset({37}),
    "PageInfosPerso": frozenset({16, 49}),
    "PageMenus": frozenset({10}),
    "PagePresence": frozenset({19}),
    "PageReleve": frozenset({12}),
    "ParametresUtilisateur": NO_TAB,
    "Presence": NO_TAB,
    "RessourcePedagogique": frozenset({99}),
    "SaisieActualites": frozenset({8}),
    "SaisieMessage": frozenset({131}),
    "SaisiePublicMessage": frozenset({131}),
    "SaisieTAFFaitEleve": frozenset({88}),
    "donneesContenusCDT": frozenset({16, 88, 89}),
}
"""Name of a function → the screens that it belongs to. Evidence: read."""

READINGS: Mapping[str, Reading] = {
    **agenda.READINGS,
    **canteen.READINGS,
    **entering.READINGS,
    **homework.READINGS,
    **marks.READINGS,
    **messages.READINGS,
    **news.READINGS,
    **people.READINGS,
    **presence.READINGS,
    **printing.READINGS,
    **reports.READINGS,
    **resources.READINGS,
    **timetable.READINGS,
}

FUNCTIONS: Mapping[str, Function] = {
    name: Function(act, TABS[name], name.startswith("Saisie")) for name, act in READINGS.items()
}
"""Name of a function → the function; those that the server answers itself are not among them."""
