"""Discussions: reading them, and writing, answering, throwing away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from schoolsync.sandbox.college.letters import (
    TRASH,
    DiscussionSheet,
    Letter,
    discussion_sheet,
    labelled,
    marked,
    shut,
    with_letter,
)
from schoolsync.sandbox.college.punishments import Giver
from schoolsync.sandbox.college.roll import TEACHERS, Teacher
from schoolsync.sandbox.college.staff import OFFICE
from schoolsync.sandbox.pronote.call import Call, Complaint, Reading, bare
from schoolsync.sandbox.pronote.encode.givers import giver_element
from schoolsync.sandbox.pronote.encode.messages import (
    encode_colleague,
    encode_list,
    encode_messages,
    encode_teacher,
)
from schoolsync.sandbox.pronote.encode.people import STAFF, TEACHER, account_element, pupil_element
from schoolsync.sandbox.pronote.encode.words import listed
from schoolsync.sandbox.pronote.things import expired, thing_called

__all__ = ["READINGS", "discussions", "messages", "participants", "recipients", "save_message"]

ROLES = {"student": "Eleve", "parent": "Parent"}
HTML = 21
Change: TypeAlias = Callable[[DiscussionSheet, Call], DiscussionSheet | None]
"""What becomes of a discussion; nothing is left of it where there is none."""


# -- readings -------------------------------------------------------------------------


def discussions(call: Call) -> Mapping[str, Any]:
    """The pupil's discussions; only those with something unread where `avecLu` is false."""
    has_read = call.data.get("avecLu", True)
    shown = [sheet for sheet in call.desk.discussions if has_read or sheet.record.unread]
    return encode_list(call.ids, shown, call.now)


def messages(call: Call) -> Mapping[str, Any]:
    """The messages of one discussion, all or the last `nbMessagesVus`; they may be marked as read.

    What is said to be answered is the `message` that is named, else the last one. Evidence: inferred, from
    a client that names the one it answers.

    Raises:
        Trouble: It is none of this session (22).
    """
    sheet, *_ = _possessed(call)
    said = {"nbMarquerLu": sheet.record.unread if call.data.get("marquerCommeLu") else 0}
    if call.data.get("marquerCommeLu"):
        sheet = _put(call, sheet, marked(sheet, is_read=True))
    wanted = call.data.get("nbMessagesVus") or 0
    shown = sheet.messages[-wanted:] if wanted > 0 else sheet.messages
    role, named = ROLES.get(call.account.kind, ""), call.data.get("message")
    answered = thing_called(call, named, "message") if named else None
    return said | encode_messages(call.ids, sheet, shown, call.now, role=role, answered=answered)


def participants(call: Call) -> Mapping[str, Any]:
    """Who takes part in a discussion; unless that is asked for, only who got one message.

    Raises:
        Trouble: The message is none of this session (22).
    """
    key = thing_called(call, call.data.get("message"), "message")
    sheet = _holding(call, key)
    is_about_all = bool(call.data.get("estPublicParticipant"))
    author = next(one.letter.author for one in sheet.messages if one.record.key == key)
    others = [giver_element(call.ids, one) for one in sheet.others if is_about_all or one != author]
    family = [_me(call)] if is_about_all or author else []
    return {"listeDest": listed([*family, *others])}


def _me(call: Call) -> dict[str, Any]:
    if call.account.kind == "student":
        return pupil_element(call.ids, call.desk.file)
    return account_element(call.ids, call.account)


def recipients(call: Call) -> Mapping[str, Any]:
    """To whom the family may write, of the kind that `onglet.G` names: teachers or the office."""
    kind = (bare(call.data.get("onglet")) or {}).get("G")
    rows: Iterable[dict[str, Any]] = ()
    if kind == TEACHER:
        rows = [encode_teacher(call.ids, one) for one in call.college.teachers(call.desk.file.number)]
    elif kind == STAFF:
        rows = [encode_colleague(call.ids, one) for one in OFFICE]
    return {"listeRessourcesPourCommunication": listed(rows)}


# -- finding --------------------------------------------------------------------------


def _holding(call: Call, key: str) -> DiscussionSheet:
    """The discussion with the message *key*."""
    for sheet in call.desk.discussions:
        if any(message.record.key == key for message in sheet.messages):
            return sheet
    raise expired()


def _possessed(call: Call) -> list[DiscussionSheet]:
    """The discussions that `listePossessionsMessages` names, each once, in their order."""
    given = bare(call.data.get("listePossessionsMessages")) or ()
    keys = [thing_called(call, one, "possession") for one in given]
    found = {sheet.record.key: sheet for sheet in (_holding(call, key) for key in keys)}
    if not found:
        raise expired()
    return list(found.values())


def _put(call: Call, old: DiscussionSheet, new: DiscussionSheet | None) -> DiscussionSheet:
    """The desk has *new* instead of *old*."""
    place = call.desk.discussions.index(old)
    call.desk.discussions[place : place + 1] = [new] if new else []
    return new or old


# -- changes --------------------------------------------------------------------------


def save_message(call: Call) -> Mapping[str, Any]:
    """Nothing: there is a new discussion or message, or something became of discussions.

    Raises:
        Trouble: A message or person is none of this session (22).
        Complaint: It is not possible, or this server does not know how.
    """
    command = call.data.get("commande") or ""
    if not command:
        _write(call)
    elif command in COMMANDS:
        for sheet in _possessed(call):
            _put(call, sheet, COMMANDS[command](sheet, call))
    else:
        raise Complaint("Cette commande n'est pas disponible.")
    return {}


COMMANDS: Mapping[str, Change] = {
    "corbeille": lambda sheet, _: labelled(sheet, TRASH, is_on=True),
    "pourLu": lambda sheet, call: marked(sheet, is_read=bool(call.data.get("lu"))),
    "pourOuvrirFermer": lambda sheet, call: shut(sheet, is_closed=not call.data.get("ouvrir")),
    "restauration": lambda sheet, _: labelled(sheet, TRASH, is_on=False),
    "suppression": lambda _, __: None,
}
"""Name of a command → what it makes of each discussion."""


def _write(call: Call) -> None:
    given = call.data.get("contenu")
    is_html = isinstance(given, Mapping) and given.get("_T") == HTML
    letter = Letter(str(bare(given) or ""), call.now.replace(microsecond=0), is_html=is_html)
    if not letter.body:
        raise Complaint("Le message est vide.")
    answered = bare(call.data.get("messagePourReponse"))
    if answered:
        _reply(call, thing_called(call, answered, "message"), letter)
    else:
        _begin(call, letter)


def _reply(call: Call, key: str, letter: Letter) -> None:
    sheet = _holding(call, key)
    if sheet.record.is_closed:
        raise Complaint("Cette discussion est fermée.")
    _put(call, sheet, with_letter(call.desk, sheet, letter, key))


def _begin(call: Call, letter: Letter) -> None:
    others = tuple(_recipient(call, given) for given in bare(call.data.get("listeDestinataires")) or ())
    if not others:
        raise Complaint("Choisissez au moins un destinataire.")
    numbers = [int(sheet.record.key.rpartition("-")[2]) for sheet in call.desk.discussions]
    title = str(call.data.get("objet") or "")
    sheet = discussion_sheet(call.desk, max(numbers, default=0) + 1, title, others, letter)
    call.desk.discussions.insert(0, sheet)


def _recipient(call: Call, given: object) -> Giver:
    number = thing_called(call, given, "teacher", "staff")
    found = next((one for one in (*TEACHERS, *OFFICE) if one.number == number), None)
    if found is None or not (isinstance(found, Teacher) or found.takes_messages):
        raise Complaint("Ce destinataire n'accepte pas de message.")
    return found


READINGS: Mapping[str, Reading] = {
    "ListeMessagerie": discussions,
    "ListeMessages": messages,
    "ListeRessourcesPourCommunication": recipients,
    "SaisieMessage": save_message,
    "SaisiePublicMessage": participants,
}
"""Name of a function → what it does."""
