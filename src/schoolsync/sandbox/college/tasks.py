"""What is set for homework at the invented collège: a line of every kind."""

from __future__ import annotations

from typing import Any

import attrs

from schoolsync.sandbox.college.resources import Link, LinkKind, document

__all__ = ["Task", "tasks"]


@attrs.frozen
class Task:
    """One line of the plan."""

    given: int
    """School day on which it is given, counted from today."""
    due: int
    """School day on which it is due."""
    subject: str
    """For which subject."""
    sheet: dict[str, Any]
    """Further arguments of `homework.homework_sheet`."""


EXERCISE = "<div>Exercices&nbsp;3 et&nbsp;4 p.&nbsp;27&nbsp;: montrer que 2&nbsp;&lt;&nbsp;3.</div>"
PAGE = '<div><a href="https://manuel.example.test/p/27" {}>La page</a></div>'
READING = "Lire le chapitre 3 &amp; dire qui raconte.<br{}>Deux phrases suffisent&nbsp;!</p>"
HARM = '<script>no()</script><img src="x" onerror="no()">'


def _exercise() -> dict[str, Any]:
    """Everything that a teacher can fill in."""
    manual = Link("Manuel en ligne", "https://manuel.example.test/p/12?page=27&copy=1")
    return {
        "markup": EXERCISE + PAGE.format('target="_blank"'),
        "html": EXERCISE + PAGE.format('rel="noopener noreferrer"'),
        "text": "Exercices 3 et 4 p. 27 : montrer que 2 < 3.\nLa page",
        "has_format": False,
        "difficulty": 2,
        "minutes": 20,
        "submission": 2,
        "papers": (document("h1", "exercice n° 3.pdf"), manual),
        "themes": ("Fractions", "Nombres relatifs"),
    }


def _hostile() -> dict[str, Any]:
    """With things in it that no browser should be shown."""
    return {
        "markup": f'<p onclick="no()" style="color: red">{READING.format("/")}{HARM}',
        "html": f"<p>{READING.format('')}",
        "text": "Lire le chapitre 3 & dire qui raconte.\nDeux phrases suffisent !",
        "is_done": True,
        "minutes": 45,
    }


def tasks() -> tuple[Task, ...]:
    """Everything that was set, in no order; two lines are twins but for their text."""
    sources = attrs.evolve(document("h2", "sources & documents.pdf"), is_in_cloud=True)
    kiosk = Link("Manuel de sciences", "https://kiosque.example.test/manuel/4", LinkKind.KIOSK)
    call = Link("Visio avec la classe", "https://visio.example.test/r/7", LinkKind.VIDEO)
    essay = {"text": "Deux sources, cinq phrases.", "submission": 1, "difficulty": 3, "papers": (sources,)}
    return (
        Task(-2, 2, "MATHEMATIQUES", _exercise()),
        Task(-3, 1, "FRANCAIS", _hostile()),
        Task(
            -6, -1, "HISTOIRE-GEOGRAPHIE", {"text": "Apprendre la carte.", "submission": 0, "is_done": True}
        ),
        Task(-4, 0, "HISTOIRE-GEOGRAPHIE", essay),
        Task(-1, 3, "SCIENCES VIE & TERRE", {"text": "Lire le manuel.", "submission": 3, "papers": (kiosk,)}),
        Task(-1, 2, "ANGLAIS LV1", {"text": "Read the poem aloud.", "submission": 4, "difficulty": 1}),
        Task(0, 5, "ANGLAIS LV1", {"text": "Meet the exchange class.", "papers": (call,), "minutes": 60}),
        Task(-1, 4, "ARTS PLASTIQUES", {"text": "Apporter une boîte vide.", "submission": 9}),
        Task(-1, 1, "MATHEMATIQUES", {"text": "Revoir la leçon.", "minutes": 15}),
        Task(-1, 1, "MATHEMATIQUES", {"text": "Apporter la calculatrice.", "is_done": True}),
        Task(-9, -4, "ED.PHYSIQUE & SPORT.", {}),
        Task(0, 12, "FRANCAIS", {"text": "Finir le roman.", "minutes": 180, "difficulty": 1}),
        Task(-30, -24, "MATHEMATIQUES", {"text": "Page 12", "is_done": True}),
    )
