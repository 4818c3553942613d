"""Invented news, discussions and teachers, as the server's pages list them."""

from __future__ import annotations

from typing import Any

from schoolsync.errors import DecodeIssue
from schoolsync.model.decoding import decode_row
from schoolsync.providers.pronote.schema.words import Row
from tests.providers.pronote.persons import bare, changed, day, element, listed

__all__ = [
    "COLLEAGUE",
    "CONTACT",
    "COUNSELLOR",
    "INNER",
    "INTRODUCTION",
    "LETTER",
    "MANY_QUESTION",
    "MEETING",
    "ONE_QUESTION",
    "RECEIPT",
    "REPLY",
    "SURVEY",
    "TEXT_QUESTION",
    "THANKS",
    "TRIP",
    "answered",
    "news",
    "read_row",
    "worn",
]


def read_row(kind: type[Row], said: object) -> tuple[Row | None, list[DecodeIssue]]:
    """A row, and what could not be read of it."""
    issues: list[DecodeIssue] = []
    return decode_row(kind, bare(said), "here", issues), issues


def worn(said: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """*said* without *key*, with null there, and with another name for it."""
    rest = {name: value for name, value in said.items() if name != key}
    return [rest, rest | {key: None}, rest | {f"{key}X": said[key]}]


# -- news -----------------------------------------------------------------------

REPLY: dict[str, Any] = {
    "N": "0",
    "avecReponse": False,
    "estReponseAttendue": True,
    "estRepondant": True,
    "strRepondant": "EXAMPLE Louison",
}
RECEIPT: dict[str, Any] = {
    "N": "61#Qu1",
    "L": "Question 1",
    "rang": 1,
    "titre": "",
    "genreReponse": 0,
    "texte": {"_T": 21, "V": "<p>Réunion &agrave; 18h.</p>"},
    "listePiecesJointes": listed({"N": "48#PJ1", "G": 1, "L": "plan.pdf"}),
    "listeChoix": listed(),
    "reponse": element(**REPLY),
}
MEETING: dict[str, Any] = {
    "N": "43#Ac1",
    "L": "Réunion parents &amp; professeurs",
    "auteur": "MODELE A.",
    "lue": False,
    "estInformation": True,
    "estSondage": False,
    "dateCreation": day("01/10/2025 14:12:00"),
    "dateDebut": day("02/10/2025"),
    "dateFin": day("31/10/2025"),
    "genrePublic": 4,
    "public": element(N="46#Louison1", L="EXAMPLE Louison", G=4),
    "categorie": element(N="49#A", L="Vie de l'établissement"),
    "listeQuestions": listed(RECEIPT),
}
CHOICES = listed(
    {"N": "62#1", "L": "Randonnée", "rang": 1},
    {"N": "62#2", "L": "Voile", "rang": 2},
    {"N": "62#3", "L": "Autre", "rang": 3, "estReponseLibre": True},
)
TEXT_QUESTION: dict[str, Any] = {
    "N": "61#Q1",
    "rang": 1,
    "genreReponse": 1,
    "tailleReponse": 20,
    "texte": {"_T": 21, "V": "<p>Régime ?</p>"},
    "reponse": element(**REPLY),
}
ONE_QUESTION: dict[str, Any] = {
    "N": "61#Q2",
    "rang": 2,
    "genreReponse": 2,
    "texte": {"_T": 21, "V": "<p>Quelle sortie ?</p>"},
    "listeChoix": CHOICES,
    "reponse": element(**REPLY),
}
MANY_QUESTION: dict[str, Any] = changed(
    ONE_QUESTION,
    N="61#Q3",
    rang=3,
    genreReponse=3,
    avecMaximum=True,
    nombreReponsesMax=2,
    texte="Quels jours ?",
)
INTRODUCTION: dict[str, Any] = {"N": "61#Q0", "rang": 0, "genreReponse": 5, "texte": "<p>Bonjour,</p>"}
SURVEY: dict[str, Any] = changed(
    MEETING,
    N="43#Ac2",
    L="Sortie",
    estInformation=False,
    estSondage=True,
    listeQuestions=listed(MANY_QUESTION, ONE_QUESTION, INTRODUCTION, TEXT_QUESTION),
)


def news(*rows: dict[str, Any], mode: int | None = 0, **more: Any) -> dict[str, Any]:
    """A list of news as servers send it."""
    return {"listeModesAff": [{"G": mode, "listeActualites": listed(*rows)}], **more}


def answered(question: dict[str, Any], **reply: Any) -> dict[str, Any]:
    """*question* with an answer."""
    return changed(question, reponse=element(**(REPLY | reply)))


# -- discussions ----------------------------------------------------------------

TRIP: dict[str, Any] = {
    "N": "68#Me2",
    "objet": "Sortie de mardi",
    "estUneDiscussion": True,
    "profondeur": 0,
    "nombreMessages": 2,
    "nbNonLus": 1,
    "lu": False,
    "initiateur": "MODELE A.",
    "public": "MODELE A.",
    "libelleDate": "lundi 10h15",
    "ferme": False,
    "messagePourParticipants": element(N="68#Me1"),
    "listePossessionsMessages": listed({"N": "69#Po1"}, {"N": "69#Po2"}),
    "listeEtiquettes": listed(),
}
INNER: dict[str, Any] = {
    "N": "68#Me2",
    "indicePere": 0,
    "profondeur": 1,
    "estUneDiscussion": False,
    "listePossessionsMessages": listed({"N": "69#Po2"}),
}
THANKS: dict[str, Any] = {
    "N": "68#Me2",
    "libelleDate": "lundi 10h15",
    "date": day("09/03/2026 10:15:00"),
    "emetteur": False,
    "lu": False,
    "public_gauche": "MODELE A.",
    "public_droite": "Moi",
    "possessionMessage": element(N="69#Po2"),
    "estHTML": True,
    "contenu": {"_T": 21, "V": "<p>Merci&nbsp;!</p>"},
    "listeDocumentsJoints": listed({"N": "48#PJ1", "G": 1, "L": "plan.pdf"}),
}
LETTER: dict[str, Any] = {
    "N": "68#Me1",
    "date": day("09/03/2026 09:02:00"),
    "emetteur": True,
    "lu": True,
    "public_gauche": "Moi",
    "public_droite": "MODELE A.",
    "estHTML": False,
    "contenu": "Voici <l'autorisation>\nsignée. ",
    "listeDocumentsJoints": listed(),
}


# -- people ---------------------------------------------------------------------

COLLEAGUE: dict[str, Any] = {
    "N": "3#1",
    "L": "MODELE A.",
    "G": 3,
    "P": 1,
    "estProfPrincipal": True,
    "matieres": listed(
        {"N": "16#1", "L": "MATHEMATIQUES", "volumeHoraire": "3h30"},
        {"N": "31#1", "L": "Algèbre", "volumeHoraire": "1h", "servicePere": element(L="MATHEMATIQUES")},
    ),
}
COUNSELLOR: dict[str, Any] = {
    "N": "34#1",
    "L": "FACTICE B.",
    "G": 34,
    "matieres": listed({"N": "504#1", "L": "CPE", "volumeHoraire": ""}),
}
CONTACT: dict[str, Any] = {
    "adresse1": "1 rue de l'Exemple",
    "adresse2": "",
    "adresse3": None,
    "adresse4": "Bâtiment B",
    "codePostal": "75000",
    "ville": "Paris",
    "province": "",
    "pays": "France",
    "eMail": "louison@famille.example",
    "indicatifTel": "33",
    "telephonePortable": "600000000",
    "numeroINE": "0000000000A",
}
