"""What `ParametresUtilisateur` answers: who is signed in, the children, the screens and periods of each."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, TypeAlias

from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.college.roll import COLLEGE, Account
from schoolsync.sandbox.pronote.encode.people import (
    account_element,
    class_element,
    group_element,
    period_element,
    pupil_element,
    school_element,
    subject_element,
)
from schoolsync.sandbox.pronote.encode.words import element, listed, one, ranges, typed
from schoolsync.sandbox.pronote.ids import Ids

if TYPE_CHECKING:
    from schoolsync.sandbox.pronote.call import Call

__all__ = ["TEACHER_TABS", "encode_user", "open_tabs", "password_rules"]

Node: TypeAlias = "int | tuple[int, tuple[Node, ...]]"
"""A screen, or a group of them."""

TREE: tuple[Node, ...] = (
    7,
    16,
    (61, (89, 88, 99)),
    (5, (37, 60, 19)),
    (3, (198, 12, (217, (13, 41)))),
    (55, ((204, (201,)), 100)),
    (2, (131, 8, 9, 10, 11, 20)),
    (6, (49, 148)),
)
"""How the screens are grouped."""
TEACHER_TABS = frozenset({7, 16, 49})
"""The screens that a teacher may open."""
PERIOD_TABS = (12, 198, 13, 19, 41, 100, 99, 201)
"""The screens that are read by period."""
YEAR_TABS = frozenset({19})
"""Those of them that offer the whole year first."""
WHOLE_YEAR = {"G": 1, "L": "Année (Trois trimestres)"}
GRADING = 2
NOTIFYING_TABS = (131, 8)
LONGEST_WEEK = 62
UPLOAD_BYTES = 4_194_304
SITE = "https://college.example.test/"
REASONS = ("Maladie", "Rendez-vous médical", "Raison familiale")


def password_rules() -> dict[str, Any]:
    """What a password must have: letters and digits, 8 to 32 of them."""
    return {"min": 8, "max": 32, "regles": typed(26, "[0,1]")}


def open_tabs(account: Account, desks: Iterable[CollegeDesk]) -> frozenset[int]:
    """The screens that *account* may open for at least one of *desks*."""
    if account.kind == "teacher":
        return TEACHER_TABS
    return frozenset(tab for desk in desks for tab, is_open in desk.file.switches.items() if is_open)


def encode_user(call: Call) -> dict[str, Any]:
    """The user who is signed in."""
    account, ids = call.account, call.ids
    desks = [call.college.desk(number) for number in account.pupils]
    return {
        "ressource": _resource(call, desks),
        "listeInformationsEtablissements": [_school_card(ids)],
        "parametresUtilisateur": _preferences(),
        "autorisationsSession": {"fonctionnalites": {"gestionTwitter": False, "attestationEtendue": False}},
        "autorisations": _rights(account, desks),
        "reglesSaisieMDP": password_rules(),
        "autorisationKiosque": False,
        "listeOnglets": _tree(TREE, open_tabs(account, desks)),
        "listeOngletsInvisibles": [],
        "listeOngletsNotification": [*NOTIFYING_TABS],
        **(_parents_reasons(ids) if account.kind == "parent" else {}),
        **(_teachers_lists(call) if account.kind == "teacher" else {}),
    }


def _resource(call: Call, desks: list[CollegeDesk]) -> dict[str, Any]:
    account, ids = call.account, call.ids
    if account.kind == "student":
        return _pupil(call, desks[0])
    said = account_element(ids, account) | {
        "Etablissement": one(school_element(ids, COLLEGE.name)),
        "estDelegue": False,
        "estMembreCA": False,
        "estDirecteur": False,
    }
    if account.kind == "parent":
        children = [_pupil(call, desk) | {"listeSessions": listed([])} for desk in desks]
        said |= {
            "listeClassesDelegue": listed([]),
            "avecDiscussionResponsables": False,
            "listeRessources": children,
        }
    return said


def _pupil(call: Call, desk: CollegeDesk) -> dict[str, Any]:
    """A pupil: the user, or a child of theirs."""
    file, ids = desk.file, call.ids
    own_class = class_element(ids, file.class_name, None)
    past = [class_element(ids, name, None) | {"AvecNote": True} for name in file.past_classes]
    said = pupil_element(ids, file) | {
        "P": 1,
        "Etablissement": one(school_element(ids, COLLEGE.name)),
        "classeDEleve": own_class,
        "estClasseRattachementduJour": False,
        "listeClassesHistoriques": listed(
            [own_class | {"courant": True, "AvecNote": True, "AvecFiliere": False}, *past]
        ),
        "listeGroupes": listed(group_element(ids, name, None) for name in file.groups),
        "listeOngletsPourPiliers": listed([]),
        "listeOngletsPourPeriodes": listed(_periods(ids, desk, call.now.date())),
        "listeNumerosUtiles": listed([]),
        "estDelegue": file.is_delegate,
        "listeClassesDelegue": listed([own_class] if file.is_delegate else []),
        "estMembreCA": False,
        "estDirecteur": False,
    }
    return said | _photo(call, file.photo)


def _photo(call: Call, photo: bytes | None) -> dict[str, Any]:
    """Whether there is a portrait; newer servers send it along."""
    if photo is None:
        return {}
    said: dict[str, Any] = {"avecPhoto": True}
    if call.generation.has_natures:
        said["photoBase64"] = typed(25, len(call.files))
        call.files.append(base64.b64encode(photo).decode())
    return said


def _periods(ids: Ids, desk: CollegeDesk, today: dt.date) -> list[dict[str, Any]]:
    """The periods of each screen that is read by period, and the one that it shows first."""
    terms = [one for one in desk.year.periods(today) if one.is_graded]
    rows = [period_element(ids, term, GRADING, A=True, GenreNotation=1) for term in terms]
    current = next((term for term in terms if term.record.is_current), terms[-1])
    default = one(period_element(ids, current))
    return [
        {
            "G": tab,
            "listePeriodes": listed([WHOLE_YEAR, *rows] if tab in YEAR_TABS else rows),
            "periodeParDefaut": default,
        }
        for tab in PERIOD_TABS
        if desk.file.switches.get(tab)
    ]


def _tree(nodes: Iterable[Node], is_open: Collection[int]) -> list[dict[str, Any]]:
    """The screens that are open, grouped; a group without any is left out."""
    found: list[dict[str, Any]] = []
    for node in nodes:
        if isinstance(node, int):
            if node in is_open:
                found.append({"G": node})
        elif inner := _tree(node[1], is_open):
            found.append({"G": node[0], "Onglet": inner})
    return found


def _rights(account: Account, desks: list[CollegeDesk]) -> dict[str, Any]:
    """What the user may do."""
    has_messages = any(desk.file.switches.get(131) for desk in desks)
    said: dict[str, Any] = {
        "AvecDiscussion": has_messages,
        "AvecDiscussionPersonnels": has_messages,
        "AvecDiscussionProfesseurs": has_messages,
        "AvecDiscussionParents": False,
        "AvecDiscussionEleves": False,
        "AvecDiscussionAvancee": False,
        "discussionInterdit": False,
        "incidents": {},
        "intendance": {},
        "services": {},
        "tailleMaxRenduTafEleve": UPLOAD_BYTES,
        "tailleMaxDocJointEtablissement": UPLOAD_BYTES,
        "autoriserImpression": True,
        "cours": {
            "domaineConsultationEDT": typed(8, ranges(range(1, LONGEST_WEEK + 1))),
            "domaineModificationCours": typed(8, "[]"),
            "masquerPartiesDeClasse": False,
        },
        "compte": {"avecSaisieMotDePasse": True, "avecInformationsPersonnelles": True},
    }
    if account.kind == "parent":
        said["compte"] |= {
            "avecSaisieMotDePasseEleve": False,
            "avecSaisieInfosPersoCoordonnees": False,
            "avecSaisieInfosPersoAutorisations": False,
        }
    return said


def _preferences() -> dict[str, Any]:
    """How the user likes the pages."""
    return {
        "version": 1,
        "EDT": {
            "afficherCoursAnnules": True,
            "axeInverseEDT": False,
            "axeInversePlanningHebdo": False,
            "axeInversePlanningJour": False,
            "axeInversePlanningJour2": False,
            "nbJours": 5,
            "nbRessources": 1,
            "nbJoursEDT": 5,
            "nbSequences": 10,
        },
        "theme": {"theme": 0},
        "Communication": {"DiscussionNonLues": False},
    }


def _school_card(ids: Ids) -> dict[str, Any]:
    """The school with its address."""
    return school_element(ids, COLLEGE.name) | {
        "Coordonnees": {
            "Adresse1": "1 rue de l'Exemple",
            "Adresse2": "",
            "CodePostal": "00000",
            "LibellePostal": "",
            "LibelleVille": "Villefactice",
            "Province": "",
            "Pays": "France",
            "SiteInternet": SITE,
        },
        "avecInformations": True,
    }


def _parents_reasons(ids: Ids) -> dict[str, Any]:
    """What parents may choose from when they explain an absence."""
    return {
        "listeMotifsAbsences": listed(element(ids.of(86, f"reason:{name}"), name) for name in REASONS),
        "listeMotifsRetards": listed([]),
    }


def _teachers_lists(call: Call) -> dict[str, Any]:
    """What a teacher teaches, and to whom."""
    ids = call.ids
    teacher = call.college.teacher(call.account.number)
    classes = sorted({desk.file.class_name for desk in call.college.desks.values()})
    levels = sorted({desk.file.level for desk in call.college.desks.values()})
    return {
        "listeClasses": listed(class_element(ids, name) for name in classes),
        "listeMatieres": listed([subject_element(ids, teacher.subject)]),
        "listeNiveaux": listed(element(ids.of(75, f"level:{name}"), name) for name in levels),
        "listeSessions": listed([]),
        "domaineVerrou": typed(8, "[]"),
        "parametresUtilisateurBase": {},
    }
