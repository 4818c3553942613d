"""The families of the invented schools, with a desk for each pupil."""

from __future__ import annotations

import datetime as dt

from schoolsync.model import Attachment, AttachmentKind, Pupil, School
from schoolsync.sandbox.conduct import draw_activity, draw_awards, draw_detentions
from schoolsync.sandbox.desk import Desk
from schoolsync.sandbox.exercises import draw_homeworks
from schoolsync.sandbox.office import (
    draw_announcements,
    draw_cards,
    draw_fields,
    draw_reports,
    draw_shop,
)
from schoolsync.sandbox.people import FEATURES, Household, ParentAccount, PupilFile
from schoolsync.sandbox.register import draw_register, sessions_of
from schoolsync.sandbox.staff import ACADEMY_SETS, ACADEMY_TUTOR, CHOIR, COVER, JUNIOR_SETS
from schoolsync.sandbox.weekly import draw_week_plan
from schoolsync.sandbox.year import Calendar

__all__ = ["draw_families"]

ACADEMY = School(
    name="Northfield Example Academy", timezone="Europe/London", country="GB", provider="classcharts"
)
JUNIOR = School(
    name="Southbrook Example Junior School", timezone="Europe/London", country="GB", provider="classcharts"
)


def _pupil(number: int, first_name: str, last_name: str, school: School) -> Pupil:
    return Pupil(
        key=f"pupil-{number}",
        name=f"{first_name} {last_name}",
        first_name=first_name,
        last_name=last_name,
        school=school,
        photo=Attachment(name="photo", kind=AttachmentKind.FILE, ref=(f"pupil-{number}", 0)),
        provider_id=str(number),
    )


ALEX = PupilFile(
    _pupil(5000001, "Alex", "Example", ACADEMY),
    "ZZTEST0001",
    dt.date(2011, 3, 14),
    logo="logos/northfield.png",
)
SAM = PupilFile(
    _pupil(5000002, "Sam", "Example", JUNIOR),
    "ZZTEST0002",
    dt.date(2015, 11, 2),
    asks_birthday=False,
    attendance_type="instance",
)
BILLIE = PupilFile(_pupil(5000011, "Billie", "Placeholder", ACADEMY), "ZZTEST0011", dt.date(2011, 6, 30))
CHARLIE = PupilFile(_pupil(5000012, "Charlie", "Placeholder", ACADEMY), "ZZTEST0012", dt.date(2011, 6, 30))
DREW = PupilFile(
    _pupil(5000013, "Drew", "O'Placeholder", JUNIOR),
    "ZZTEST0013",
    dt.date(2016, 2, 29),
    features={
        **FEATURES,
        "rewards": False,
        "detentions": False,
        "attendance_percentage": False,
        "marks": False,
    },
)

EXAMPLES = Household(
    "Example",
    (
        ParentAccount(910001, "Robin Example", "robin@example.test", "s3cret&+", ("5000001", "5000002")),
        ParentAccount(910002, "Lee Example", "lee@example.test", "another s3cret", ("5000002", "5000001")),
    ),
    (ALEX, SAM),
)
PLACEHOLDERS = Household(
    "Placeholder",
    (
        ParentAccount(
            910011,
            "Pat Placeholder",
            "pat+school@example.test",
            "pässwörd 100%",
            ("5000011", "5000012", "5000013"),
            is_email_verified=False,
        ),
    ),
    (BILLIE, CHARLIE, DREW),
)
VACANTS = Household(
    "Vacant", (ParentAccount(910021, "Noa Vacant", "noa@example.test", "empty nest", ()),), ()
)


ACTIVITY_COUNTS = {ALEX.id: 125, SAM.id: 51, BILLIE.id: 50, CHARLIE.id: 1, DREW.id: 0}
"""How much happened to each: more than two pages, a page and one, a page, one, nothing."""
BALANCES = {ALEX.id: 25, SAM.id: 3, BILLIE.id: 120, CHARLIE.id: 0, DREW.id: 0}
"""Points to spend."""


def draw_families(seed: int, calendar: Calendar) -> tuple[list[Household], dict[str, Desk]]:
    """The families, and the desks of their pupils by number."""
    academy = draw_week_plan(seed, "academy", ACADEMY_SETS, tutor=ACADEMY_TUTOR, parallel=CHOIR, cover=COVER)
    plans = {ACADEMY.name: academy, JUNIOR.name: draw_week_plan(seed, "junior", JUNIOR_SETS)}
    shops = {ACADEMY.name: draw_shop(), JUNIOR.name: draw_shop()}
    households = [EXAMPLES, PLACEHOLDERS, VACANTS]
    desks: dict[str, Desk] = {}
    for file in (file for household in households for file in household.pupils):
        school = file.pupil.school.name
        desks[file.id] = _filled(Desk(file, plans[school], calendar, shop=shops[school]), seed)
    return households, desks


def _filled(desk: Desk, seed: int) -> Desk:
    """*desk* with everything that the school's switches allow."""
    file = desk.file
    desk.homeworks = draw_homeworks(file, desk.plan.sets, desk.calendar)
    desk.register = draw_register(desk)
    desk.sessions = sessions_of(desk)
    desk.fields = draw_fields()
    desk.balance = BALANCES[file.id]
    if file.features["detentions"]:
        desk.detentions = draw_detentions(desk)
    desk.activity = draw_activity(desk, ACTIVITY_COUNTS[file.id], seed)
    if ACTIVITY_COUNTS[file.id] > 1:
        desk.awards = draw_awards(desk)
        desk.announcements = draw_announcements(desk)
        desk.reports = draw_reports(desk)
        desk.cards = draw_cards(desk)
        desk.purchases = {5502: 3}
    return desk
