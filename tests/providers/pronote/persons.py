"""Invented people of an invented collège, as `FonctionParametres` and `ParametresUtilisateur` say them."""

from __future__ import annotations

import copy
import json
from typing import Any, TypeVar

from schoolsync.model import Pupil
from schoolsync.providers.pronote.envelope import Answer, Page, read_page
from schoolsync.providers.pronote.mapping.mapped import Context
from schoolsync.providers.pronote.mapping.people import to_pupils
from schoolsync.providers.pronote.mapping.year import SchoolYear, to_school_year
from schoolsync.providers.pronote.schema.settings import SettingsPage, UserPage
from schoolsync.providers.pronote.schema.words import Row, unwrapped
from schoolsync.providers.pronote.session import Resource, Space
from tests.providers.pronote.wire import ROOT, options

__all__ = [
    "CHILD",
    "GENERAL",
    "LOUISON",
    "PARENT",
    "PARIS",
    "SISTER",
    "STUDENT",
    "TABS",
    "TEACHER",
    "bare",
    "changed",
    "context",
    "day",
    "element",
    "listed",
    "page",
    "pupil",
    "settings_page",
    "user_page",
    "year",
]

R = TypeVar("R", bound=Row)
PARIS = "Europe/Paris"


def day(text: str) -> dict[str, Any]:
    """A typed date."""
    return {"_T": 7, "V": text}


def element(**fields: Any) -> dict[str, Any]:
    """A typed element."""
    return {"_T": 24, "V": fields}


def listed(*rows: object) -> dict[str, Any]:
    """A typed list."""
    return {"_T": 24, "V": list(rows)}


def bare(said: Any) -> Any:
    """The same without its types, as some servers write it."""
    return json.loads(json.dumps(said), object_hook=unwrapped)


def changed(said: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A deep copy with some fields changed."""
    return copy.deepcopy(said) | fields


# -- who ----------------------------------------------------------------------

TABS: list[dict[str, Any]] = [
    {"G": 7},
    {"G": 16},
    {"G": 6, "Onglet": [{"G": 49}, {"G": 148}]},
    {"G": 61, "Onglet": [{"G": 89}, {"G": 88}, {"G": 99}]},
    {"G": 3, "Onglet": [{"G": 198}, {"G": 217, "Onglet": [{"G": 13}, {"G": 41}]}]},
    {"G": 55, "Onglet": [{"G": 204, "Onglet": [{"G": 201}]}]},
    {"G": 5, "Onglet": [{"G": 19}, {"G": 37}, {"G": 20}]},
    {"G": 2, "Onglet": [{"G": 8}, {"G": 131}, {"G": 9}, {"G": 10}]},
]
CHILD: dict[str, Any] = {
    "N": "46#Louison1",
    "G": 4,
    "L": "EXAMPLE Louison",
    "P": 3,
    "Etablissement": element(N="50#Et1", L="COLLEGE EXEMPLE"),
    "avecPhoto": True,
    "classeDEleve": {"N": "23#4B", "L": "4B"},
    "listeGroupes": listed({"N": "60#Gr1", "L": "4ALL-LV2"}),
    "listeOngletsPourPeriodes": listed(
        {
            "G": 198,
            "listePeriodes": listed({"N": "105#T1", "L": "Trimestre 1", "G": 2, "A": True}),
            "periodeParDefaut": element(N="105#T1", L="Trimestre 1"),
        }
    ),
}
SISTER: dict[str, Any] = changed(
    CHILD,
    N="46#Mae1",
    L="FACTICE Maë",
    P=7,
    Etablissement=element(N="50#Et2", L="ECOLE PLACEHOLDER"),
    avecPhoto=False,
    classeDEleve={"N": "23#6A", "L": "6A"},
    listeGroupes=listed(),
)
RIGHTS: dict[str, Any] = {
    "AvecDiscussion": True,
    "discussionInterdit": False,
    "tailleMaxRenduTafEleve": 4194304,
    "compte": {"avecSaisieMotDePasse": True},
}
STUDENT: dict[str, Any] = {
    "ressource": changed(CHILD, estDelegue=True),
    "listeInformationsEtablissements": listed({"N": "50#Et1", "L": "COLLEGE EXEMPLE"}),
    "autorisations": RIGHTS,
    "listeOnglets": TABS,
    "listeOngletsInvisibles": [],
}
PARENT: dict[str, Any] = changed(
    STUDENT,
    ressource={
        "N": "5#Parent1",
        "G": 5,
        "L": "Mme EXAMPLE Robin",
        "estDelegue": False,
        "listeRessources": [CHILD, SISTER],
    },
)
TEACHER: dict[str, Any] = changed(
    STUDENT,
    ressource={
        "N": "3#Ana1",
        "G": 3,
        "L": "MODELE Ana",
        "listeClasses": listed({"N": "23#4B", "L": "4B"}),
    },
)

# -- where --------------------------------------------------------------------

GENERAL: dict[str, Any] = {
    "versionPN": "2026.2.6",
    "NomEtablissement": "COLLEGE EXEMPLE",
    "AnneeScolaire": "2025-2026",
    "PremierLundi": day("01/09/2025"),
    "PremiereDate": day("01/09/2025"),
    "DerniereDate": day("04/07/2026"),
    "JourOuvre": day("09/03/2026"),
    "JoursOuvres": {"_T": 11, "V": "[1..5]"},
    "PlacesParJour": 4,
    "PlacesParHeure": 2,
    "PremiereHeure": day("30/12/1899 8:00:00"),
    "ListeHeures": listed(
        {"G": 0, "L": "08h30"},
        {"G": 1, "L": "09h00", "A": False},
        {"G": 2, "L": "09h25"},
        {"G": 3, "L": "M2"},
        {"G": 4, "L": "10h20"},
    ),
    "ListeHeuresFin": listed({"G": 0, "L": "09h00"}, {"G": 1, "L": "09h25"}, {"G": 4, "L": "24h00"}),
    "sequences": ["M1", "M2"],
    "DomainesFrequences": [
        {"_T": 8, "V": "[1..44]"},
        {"_T": 8, "V": "[1,3,5]"},
        {"_T": 8, "V": "[2,4]"},
    ],
    "LibellesFrequences": ["", "Q1", "Q2", ""],
    "BaremeNotation": {"_T": 10, "V": "20"},
    "ListeNiveauxDAcquisitions": listed(
        {"G": 0, "L": ""},
        {"G": 1, "L": "Très bonne maîtrise", "abbreviation": "A+", "couleur": "#00AA00"},
    ),
    "ListePeriodes": [
        {
            "N": "105#T1",
            "G": 1,
            "L": "Trimestre 1",
            "dateDebut": day("01/09/2025"),
            "dateFin": day("30/11/2025"),
        },
        {
            "N": "105#T2",
            "G": 1,
            "L": "Trimestre 2",
            "dateDebut": day("01/12/2025"),
            "dateFin": day("15/03/2026"),
        },
        {"N": "105#X", "G": 3, "L": "Année continue"},
    ],
    "listeJoursFeries": listed(
        {"N": "200#2", "L": "Armistice", "dateDebut": day("11/11/2025"), "dateFin": day("11/11/2025")},
        {
            "N": "200#1",
            "L": "Vacances d&#039;automne",
            "dateDebut": day("18/10/2025"),
            "dateFin": day("02/11/2025"),
        },
    ),
    "recreations": listed({"L": "Récréation du matin", "place": 2}, {"L": "nowhere"}),
    "activationDemiPension": True,
    "debutDemiPension": 2,
    "finDemiPension": 3,
}


def settings_page(**general: Any) -> SettingsPage:
    """`FonctionParametres` with some of `General` changed; a key of `None` is null."""
    said = {"General": changed(GENERAL, **general)}
    return SettingsPage.model_validate(bare(said))


def year(**general: Any) -> SchoolYear:
    """The school year."""
    return to_school_year(settings_page(**general))


def user_page(said: dict[str, Any] = STUDENT, **fields: Any) -> UserPage:
    """`ParametresUtilisateur` with some fields changed."""
    return UserPage.model_validate(bare(changed(said, **fields)))


def pupil(zone: str = PARIS) -> Pupil:
    """Louison."""
    ((found, _),) = to_pupils(user_page(), year(), root=ROOT, zone=zone, space=Space.STUDENT)
    return found


LOUISON = Resource("46#Louison1", "EXAMPLE Louison", 4)
"""Louison, as calls name the pupil."""


def context(zone: str = PARIS, *, version: str | None = None, **given: Any) -> Context:
    """What a mapping is told about Louison."""
    general = {} if version is None else {"versionPN": version}
    return Context(pupil(zone), year(**general), **given)


def page(function: str, kind: type[R], said: dict[str, Any], *, keep_raw: bool = False) -> Page[R]:
    """*said* as an answer to *function*, read by the schema."""
    source = json.dumps(said).encode()
    answer = Answer(function, bare(said), source=source)
    return read_page(options(keep_raw=keep_raw), answer, kind)
