"""Discussions on the wire: the list of them, their messages, and to whom one may write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from schoolsync.sandbox.college.letters import DRAFTS, TRASH, DiscussionSheet, MessageSheet
from schoolsync.sandbox.college.roll import Teacher
from schoolsync.sandbox.college.staff import Colleague
from schoolsync.sandbox.pronote.encode.givers import giver_element, role_of
from schoolsync.sandbox.pronote.encode.people import subject_element
from schoolsync.sandbox.pronote.encode.resources import encode_papers
from schoolsync.sandbox.pronote.encode.words import element, html, listed, moment, one
from schoolsync.sandbox.pronote.ids import Ids

__all__ = ["date_label", "encode_colleague", "encode_list", "encode_messages", "encode_teacher"]

Said: TypeAlias = dict[str, Any]

LABELS = {DRAFTS: "Brouillons", TRASH: "Corbeille"}
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
ME = "Moi"
NOTHING = {"N": "0"}
SEND = {"N": "0", "G": 0, "L": "Envoyer"}
LAST_DAYS = 7


def date_label(when: dt.datetime, now: dt.datetime) -> str:
    """A date as people say it: `10h15`, `lundi 10h15`, `samedi 18/04`, `13/06/26`."""
    days = (now.date() - when.date()).days
    if days == 0:
        return f"{when:%Hh%M}"
    if 0 < days < LAST_DAYS:
        return f"{WEEKDAYS[when.weekday()]} {when:%Hh%M}"
    return f"{WEEKDAYS[when.weekday()]} {when:%d/%m}" if when.year == now.year else f"{when:%d/%m/%y}"


def _message_id(ids: Ids, sheet: MessageSheet) -> str:
    return ids.of(68, f"message:{sheet.record.key}")


def _possession(ids: Ids, sheet: MessageSheet) -> Said:
    return {"N": ids.of(69, f"possession:{sheet.record.key}")}


def _label(ids: Ids, label: int) -> Said:
    return element(ids.of(400, f"label:{label}"), LABELS[label], label)


# -- the list -------------------------------------------------------------------------


def encode_list(ids: Ids, sheets: Iterable[DiscussionSheet], now: dt.datetime) -> Said:
    """The discussions in their order, each followed by its messages, newest first, as rows of one tree."""
    rows: list[Said] = []
    for sheet in sheets:
        father = len(rows)
        rows.append(_discussion(ids, sheet, now))
        rows += [_row(ids, message, father) for message in reversed(sheet.messages)]
    labels = [_label(ids, label) for label in LABELS]
    return {"listeEtiquettes": listed(labels), "listeMessagerie": listed(rows)}


def _discussion(ids: Ids, sheet: DiscussionSheet, now: dt.datetime) -> Said:
    first, last, record = sheet.messages[0], sheet.messages[-1], sheet.record
    said = {
        "N": _message_id(ids, last),
        "objet": record.title,
        "estUneDiscussion": True,
        "profondeur": 0,
        "nombreMessages": len(sheet.messages),
        "nbNonLus": record.unread,
        "lu": not record.unread,
        "public": sheet.public,
        "libelleDate": date_label(last.record.sent_at, now),
        "fermable": False,
        "ferme": record.is_closed,
        "messagePourParticipants": one({"N": _message_id(ids, first)}),
        "listePossessionsMessages": listed(_possession(ids, message) for message in sheet.messages),
        "listeEtiquettes": listed(_label(ids, label) for label in sorted(sheet.labels)),
    }
    if sheet.initiator:
        said["initiateur"] = sheet.initiator.name
    if DRAFTS in sheet.labels:
        said["nbBrouillons"] = 1
    return said


def _row(ids: Ids, message: MessageSheet, father: int) -> Said:
    return {
        "N": _message_id(ids, message),
        "indicePere": father,
        "profondeur": 1,
        "estUneDiscussion": False,
        "listePossessionsMessages": listed([_possession(ids, message)]),
        "lu": message.record.is_read,
    }


# -- messages -------------------------------------------------------------------------


def encode_messages(
    ids: Ids,
    sheet: DiscussionSheet,
    shown: Sequence[MessageSheet],
    now: dt.datetime,
    *,
    role: str,
    answered: str | None = None,
) -> Said:
    """Those messages of a discussion that are *shown*, newest first; and how to answer, if one may.

    Args:
        ids: Of the session.
        sheet: The discussion.
        shown: Oldest first.
        now: The present.
        role: What the account is to the school: `Eleve`.
        answered: Key of the message that an answer would be to; the last one unless given.
    """
    said: Said = {
        "listeMessages": listed(_message(ids, sheet, message, now, role) for message in reversed(shown))
    }
    if sheet.record.is_closed:
        return {**said, "listeBoutons": listed([])}
    to = next((row for row in sheet.messages if row.record.key == answered), sheet.messages[-1])
    return {
        **said,
        "messagePourReponse": one({"N": _message_id(ids, to), "G": 0}),
        "listeBoutons": listed([SEND]),
    }


def _message(ids: Ids, sheet: DiscussionSheet, message: MessageSheet, now: dt.datetime, role: str) -> Said:
    record, letter = message.record, message.letter
    source = next((one for one in sheet.messages if one.record.key == message.answers), None)
    said = {
        "N": _message_id(ids, message),
        "libelleDate": date_label(record.sent_at, now),
        "date": moment(record.sent_at),
        "emetteur": letter.author is None,
        "lu": record.is_read,
        "estNonPossede": False,
        "estUnAparte": False,
        **_people(sheet, message, role),
        "possessionMessage": one(_possession(ids, message)),
        "messageSource": one({"N": _message_id(ids, source)} if source else NOTHING),
        "estHTML": letter.is_html,
        "contenu": html(letter.body) if letter.is_html else letter.body,
    }
    return said | ({"listeDocumentsJoints": encode_papers(ids, letter.papers)} if letter.papers else {})


def _people(sheet: DiscussionSheet, message: MessageSheet, role: str) -> Said:
    """Who wrote a message, on the left, and who got it, on the right."""
    author, others = message.letter.author, sheet.others
    if author is None:
        left, right = (ME, role), (", ".join(one.name for one in others), role_of(others[0]))
    else:
        left, right = (author.name, role_of(author)), (ME, role)
    return {
        "public_gauche": left[0],
        "hint_gauche": left[1],
        "public_droite": right[0],
        "hint_droite": right[1],
        "nbPublic": len(others),
    }


# -- recipients -----------------------------------------------------------------------


def encode_teacher(ids: Ids, teacher: Teacher) -> Said:
    """A teacher to whom families may write."""
    subject = subject_element(ids, teacher.subject, None, estUneSousMatiere=False)
    said = giver_element(
        ids,
        teacher,
        avecDiscussion=True,
        estPrincipal=teacher.is_head_teacher,
        listeRessources=listed([subject]),
    )
    return said | ({"email": teacher.email} if teacher.email else {})


def encode_colleague(ids: Ids, colleague: Colleague) -> Said:
    """Somebody of the office, and whether families may write to them."""
    role = element(ids.of(504, f"role:{colleague.role}"), colleague.role)
    return giver_element(ids, colleague, avecDiscussion=colleague.takes_messages, fonction=one(role))
