"""What families and the invented collège write to each other."""

from __future__ import annotations

import datetime as dt

from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.college.letters import (
    DRAFTS,
    TRASH,
    DiscussionSheet,
    Letter,
    discussion_sheet,
)
from schoolsync.sandbox.college.marks import past_day
from schoolsync.sandbox.college.resources import Link, document
from schoolsync.sandbox.college.roll import TEACHERS
from schoolsync.sandbox.college.staff import COUNSELLOR

__all__ = ["draw_discussions"]

MODELE, SPECIMEN = TEACHERS[:2]


def draw_discussions(desk: CollegeDesk) -> list[DiscussionSheet]:
    """Discussions of every kind for one pupil, one for another, none for the third."""
    if desk.file.number == "e1":
        return [_outing(desk), _badge(desk), _draft(desk), _thrown_away(desk)]
    return [_badge(desk)] if desk.file.number == "e2" else []


def _at(desk: CollegeDesk, back: int, clock: str) -> dt.datetime:
    """A time of day, *back* school days before today."""
    return dt.datetime.combine(past_day(desk.year, back), dt.time.fromisoformat(clock), desk.year.zone)


def _outing(desk: CollegeDesk) -> DiscussionSheet:
    """Begun by a teacher; the last word, with papers, is not read yet."""
    thanks = (
        '<div style="color:red"><p>Merci&nbsp;!</p><p>Le <b>plan</b> &amp; l\'adresse sont joints.</p>'
        '<script>alert("x")</script></div>'
    )
    return discussion_sheet(
        *(desk, 1, "Sortie de mardi", (MODELE,)),
        Letter("Il manque l'autorisation de sortie.", _at(desk, 3, "17:02"), MODELE),
        Letter("Voici l'autorisation <signée>.\nBonne journée.", _at(desk, 2, "08:40")),
        Letter(
            *(thanks, _at(desk, 2, "10:15:20"), MODELE),
            is_html=True,
            is_read=False,
            papers=(
                document("letter-1", "plan d'accès.pdf"),
                Link("Le musée", "https://musee.example.test/"),
            ),
        ),
    )


def _badge(desk: CollegeDesk) -> DiscussionSheet:
    """Begun by the family, and closed."""
    return discussion_sheet(
        *(desk, 2, "Carte de cantine perdue", (COUNSELLOR,)),
        Letter("Bonjour, la carte est perdue.", _at(desk, 9, "18:30")),
        Letter("Une autre vous attend à la vie scolaire.", _at(desk, 8, "09:05"), COUNSELLOR),
        is_closed=True,
    )


def _draft(desk: CollegeDesk) -> DiscussionSheet:
    """Not sent yet, and without a subject line."""
    return discussion_sheet(
        *(desk, 3, "", (SPECIMEN,)), Letter("Bonjour,", _at(desk, 1, "21:00")), labels=(DRAFTS,)
    )


def _thrown_away(desk: CollegeDesk) -> DiscussionSheet:
    """In the bin; two people of the school take part."""
    return discussion_sheet(
        *(desk, 4, "Objet trouvé & rendu", (COUNSELLOR, MODELE)),
        Letter("Une écharpe a été trouvée.", _at(desk, 30, "12:10"), COUNSELLOR),
        Letter("Elle est en salle B204.", _at(desk, 30, "12:40"), MODELE),
        labels=(TRASH,),
    )
