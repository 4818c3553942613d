"""Who belongs to the invented collège: households, pupils, teachers, and the accounts they sign in with.

Every name says that it is invented: Example, Factice, Modèle, Spécimen, Patron.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

import attrs

from schoolsync.model import Attachment, AttachmentKind, Pupil, School

__all__ = [
    "COLLEGE",
    "TABS",
    "TEACHERS",
    "Account",
    "AccountState",
    "Household",
    "PupilFile",
    "Teacher",
    "draw_roll",
    "teacher_called",
]

COLLEGE = School(
    name="COLLEGE EXEMPLE",
    timezone="Europe/Paris",
    country="FR",
    provider="pronote",
    url="https://college.example.test/pronote",
)
"""The school. Its `url` is where it stands when nobody serves it elsewhere."""

TABS: Mapping[int, bool] = {
    7: True,
    8: True,
    9: True,
    10: True,
    11: True,
    12: True,
    13: True,
    16: True,
    19: True,
    20: False,
    37: True,
    41: False,
    49: True,
    60: True,
    88: True,
    89: True,
    99: True,
    100: False,
    105: False,
    131: True,
    148: False,
    198: True,
    201: True,
}
"""Number of a screen → whether the college opens it to its families, unless a pupil's file says otherwise."""

AccountKind: TypeAlias = Literal["student", "parent", "teacher"]
AccountState: TypeAlias = Literal[
    "ok", "disabled", "blocked", "forbidden", "refused", "message", "new_password", "pin"
]
"""`new_password` and `pin` must be done first; `message`: the school has something to say instead."""


@attrs.frozen
class Teacher:
    """One member of staff."""

    number: str
    """Number in the college's list."""
    last_name: str
    """Family name, in capitals."""
    first_name: str
    """Given name."""
    subject: str
    """What they teach, as the college writes it."""
    email: str | None = None
    """Where to write, if the college says."""
    is_head_teacher: bool = False
    """Whether they are the head teacher of the pupils' classes."""

    @property
    def name(self) -> str:
        """As lessons show it: `MODELE A.`."""
        return f"{self.last_name} {self.first_name[0]}."

    @property
    def full_name(self) -> str:
        """As lists of people show it: `MODELE Ana`."""
        return f"{self.last_name} {self.first_name}"


TEACHERS = (
    Teacher("t1", "MODELE", "Ana", "MATHEMATIQUES", "ana.modele@college.example.test", is_head_teacher=True),
    Teacher("t2", "SPECIMEN", "Paul", "ANGLAIS LV1"),
    Teacher("t3", "PATRON", "Inès", "HISTOIRE-GEOGRAPHIE"),
    Teacher("t4", "GABARIT", "Jules", "FRANCAIS"),
    Teacher("t5", "EBAUCHE", "Lina", "SCIENCES VIE & TERRE"),
    Teacher("t6", "ESQUISSE", "Omar", "ARTS PLASTIQUES"),
    Teacher("t7", "PROTOTYPE", "Zoé", "ED.PHYSIQUE & SPORT."),
    Teacher("t8", "CROQUIS", "Hugo", "ESPAGNOL LV2"),
)
"""Everybody who teaches."""


def teacher_called(name: str | None) -> Teacher | None:
    """The teacher whom the college writes as *name*, short or in full; or `None`."""
    return next((one for one in TEACHERS if name in (one.name, one.full_name)), None)


@attrs.frozen
class PupilFile:
    """One pupil, and what the college's office knows beside the neutral record."""

    pupil: Pupil
    """The record that a correct client delivers; its `provider_id` is the college's number."""
    level: str
    """`4EME`: decides what is taught."""
    groups: tuple[str, ...] = ()
    """Names of the groups in which the pupil is taught beside the class."""
    past_classes: tuple[str, ...] = ()
    """Classes of the years before."""
    photo: bytes | None = attrs.field(default=None, repr=False)
    """The portrait, if the college shares one."""
    switches: Mapping[int, bool] = attrs.field(factory=lambda: dict(TABS))
    """Number of a screen → whether it is open for this pupil."""
    is_delegate: bool = False
    """Whether the class chose the pupil to speak for it."""

    @property
    def number(self) -> str:
        """The college's number for the pupil: `e1`."""
        return self.pupil.provider_id or ""

    @property
    def class_name(self) -> str:
        """The pupil's class: `4B`."""
        return self.pupil.class_name or ""


@attrs.frozen
class Account:
    """Somebody who signs in."""

    number: str
    """Number in the college's list: `p1`; a pupil's is that of their file."""
    kind: AccountKind
    """Through which space."""
    name: str
    """As the college writes it: `EXAMPLE Robin`."""
    login: str = attrs.field(repr=False)
    """What they sign in with."""
    password: str = attrs.field(repr=False)
    """The present password."""
    pupils: tuple[str, ...] = ()
    """Numbers of the pupils whom it concerns: the children, or the pupil; in the college's order."""
    state: AccountState = "ok"
    """What the server says once the password was right."""
    pin: str | None = attrs.field(default=None, repr=False)
    """The PIN that is asked for, if there is one."""
    ignores_case: bool = False
    """Whether the login is compared without regard to case."""
    ignores_password_case: bool = False
    """Whether the password is."""


@attrs.frozen
class Household:
    """People who live together."""

    name: str
    """Family name."""
    parents: tuple[Account, ...]
    """Accounts of the parents."""
    children: tuple[PupilFile, ...]
    """Those of their children who go to this college."""
    accounts: tuple[Account, ...] = ()
    """The children's own accounts."""


# A JPEG of one grey pixel begins like any other; nobody looks further than its first and last bytes.
PORTRAIT = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")


def _pupil(number: str, last_name: str, first_name: str, class_name: str, *, has_photo: bool) -> Pupil:
    photo = Attachment(name="photo.jpg", kind=AttachmentKind.FILE, ref=(f"pupil-{number}", 0))
    return Pupil(
        key=f"pupil-{number}",
        name=f"{last_name} {first_name}",
        first_name=first_name,
        last_name=last_name,
        class_name=class_name,
        school=COLLEGE,
        photo=photo if has_photo else None,
        provider_id=number,
    )


def _own(file: PupilFile, login: str, password: str) -> Account:
    """The account of a pupil."""
    return Account(file.number, "student", file.pupil.name, login, password, (file.number,))


LOUISON = PupilFile(
    _pupil("e1", "EXAMPLE", "Louison", "4B", has_photo=True),
    "4EME",
    groups=("4ESP-LV2", "4B GR.1"),
    past_classes=("5A",),
    photo=PORTRAIT,
    is_delegate=True,
)
MAE = PupilFile(_pupil("e2", "FACTICE", "Maë", "6A", has_photo=True), "6EME", photo=PORTRAIT + b"2")
NOE = PupilFile(
    _pupil("e3", "FACTICE", "Noé", "3C", has_photo=False),
    "3EME",
    groups=("3ESP-LV2",),
    past_classes=("4C", "5C"),
    switches={**TABS, 10: False, 99: False, 131: False},
)
"""For him the college closes the menus, the resources and the messages."""

EXAMPLES = Household(
    "EXAMPLE",
    (
        Account(
            "p1",
            "parent",
            "EXAMPLE Robin",
            "robin.example",
            "s3cret&+",
            (LOUISON.number,),
            ignores_case=True,
        ),
    ),
    (LOUISON,),
    (_own(LOUISON, "louison.example", "Sésame-42"),),
)
FACTICES = Household(
    "FACTICE",
    (
        Account(
            "p2",
            "parent",
            "FACTICE Dominique",
            "dominique.factice",
            "mot de passe 100%",
            (MAE.number, NOE.number),
        ),
    ),
    (MAE, NOE),
    (
        attrs.evolve(_own(MAE, "mae.factice", "girafe bleue"), ignores_case=True, ignores_password_case=True),
        _own(NOE, "noe.factice", "lune+2"),
    ),
)

OTHERS = (
    Account("t1", "teacher", "MODELE Ana", "ana.modele", "craie blanche"),
    Account("x1", "student", "EXAMPLE Louison", "ferme.example", "porte close", ("e1",), state="disabled"),
    Account(
        "x2", "student", "EXAMPLE Louison", "neuf.example", "provisoire-1", ("e1",), state="new_password"
    ),
    Account(
        "x3", "student", "EXAMPLE Louison", "code.example", "coffre-fort", ("e1",), state="pin", pin="1234"
    ),
    Account("x4", "student", "EXAMPLE Louison", "bloque.example", "mur gris", ("e1",), state="blocked"),
    Account("x5", "student", "EXAMPLE Louison", "ailleurs.example", "autre rive", ("e1",), state="forbidden"),
    Account(
        "x6", "student", "EXAMPLE Louison", "dehors.example", "dehors il pleut", ("e1",), state="refused"
    ),
    Account("x7", "parent", "EXAMPLE Robin", "mot.example", "billet doux", ("e1",), state="message"),
    Account("x8", "parent", "FACTICE Noa", "vide.example", "nid vide"),
)
"""The teacher's account, and those in which signing in leads elsewhere."""


def draw_roll() -> tuple[list[Household], list[Account]]:
    """The families, and every account: parents and children by family, then all others."""
    households = [EXAMPLES, FACTICES]
    accounts = [one for house in households for one in (*house.parents, *house.accounts)]
    return households, [*accounts, *OTHERS]
