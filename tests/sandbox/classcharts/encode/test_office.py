"""Announcements, fields and the shop on the wire."""

from __future__ import annotations

import datetime as dt

import pytest

from schoolsync.sandbox.classcharts.encode.office import (
    encode_announcement,
    encode_field,
    encode_home_reason,
    encode_item,
    why_not,
)
from schoolsync.sandbox.classcharts.links import Links
from schoolsync.sandbox.classcharts.shapes import Shapes
from schoolsync.sandbox.conduct import activity_row
from schoolsync.sandbox.office import HOME_REASONS
from schoolsync.sandbox.office_papers import PupilField, ShopItem
from schoolsync.sandbox.school import SandboxSchool

LINKS = Links("https://www.classcharts.com/apiv2parent/announcements/1", "secret", 0, dt.timedelta(minutes=5))


def test_an_announcement_that_asks(school: SandboxSchool) -> None:
    """Words for booleans but one; the pupil's number is a text in the consents."""
    desk = school.desk(5000001)
    said = encode_announcement(desk.announcements[0], desk, LINKS, Shapes())
    assert [said[name] for name in ("sticky", "priority_pinned", "requires_consent", "allow_consent")] == [
        *("yes", "no", "yes", "yes"),
    ]
    assert (said["can_change_consent"], said["consent"], said["state"]) == (True, None, "new")
    assert said["title"] == "Museum trip &amp; picnic"
    assert said["for_pupils"] == ["Alex"]
    assert said["school_logo"] == "https://www.classcharts.com/img/logos/northfield.png"
    (consent,) = said["pupil_consents"]
    assert consent["pupil"] == {"id": "5000001", "first_name": "Alex", "last_name": "Example"}
    assert [one["filename"] for one in said["attachments"]] == ["letter.pdf", "kit list.pdf"]


def test_an_answered_and_a_bare_announcement(school: SandboxSchool) -> None:
    """With the answer; with nothing at all."""
    desk = school.desk(5000001)
    rows = [encode_announcement(sheet, desk, LINKS, Shapes()) for sheet in desk.announcements]
    answer = {"consent_given": "no", "comment": "Dentist", "parent_name": "Robin Example"}
    assert rows[1]["consent"] == rows[1]["pupil_consents"][0]["consent"] == answer
    assert (rows[3]["description"], rows[3]["state"], rows[3]["pupil_consents"]) == (None, None, [])
    assert rows[2]["teacher_name"] is None


def test_a_file_of_an_announcement_may_be_named_otherwise(school: SandboxSchool) -> None:
    """One client saw another key."""
    desk = school.desk(5000001)
    said = encode_announcement(desk.announcements[0], desk, LINKS, Shapes(announcement_file_key="fileName"))
    assert {tuple(one) for one in said["attachments"]} == {("fileName", "url")}


def test_a_field() -> None:
    """Escaped, and null where the school left it empty."""
    assert encode_field(PupilField(1, "Locker", "17 & key", None)) == {
        "id": 1,
        "name": "Locker",
        "graphic": None,
        "value": "17 &amp; key",
    }
    assert encode_field(PupilField(1, "Bus", None, "fa-bus"))["value"] is None


@pytest.mark.parametrize(
    ("item", "bought", "reason"),
    [
        (ShopItem(1, "Pencil", "", "", 25), 0, ""),
        (ShopItem(1, "Pencil", "", "", 25, stock=1), 4, ""),
        (ShopItem(1, "Pencil", "", "", 26), 0, "Not enough points"),
        (ShopItem(1, "Pencil", "", "", 1, stock=0), 0, "Out of stock"),
        (ShopItem(1, "Pencil", "", "", 1, once_per_pupil=True), 1, "You have already purchased this item"),
        (ShopItem(1, "Pencil", "", "", 1, once_per_pupil=True), 0, ""),
    ],
)
def test_why_something_cannot_be_bought(
    school: SandboxSchool, item: ShopItem, bought: int, reason: str
) -> None:
    """With a balance of 25; the row says the same."""
    desk = school.desk(5000001)
    desk.purchases = {1: bought}
    assert why_not(item, desk) == reason
    row = encode_item(item, desk)
    assert (row["can_purchase"], row["unable_to_purchase_reason"]) == (not reason, reason)
    assert row["purchased_count"] == (str(bought) if bought else 0)
    assert row["price_balance_difference"] == item.price - 25
    assert row["stock_control"] is (item.stock is not None)


def test_points_from_home_are_counted_by_reason(school: SandboxSchool) -> None:
    """At the limit, and only for that reason."""
    at = dt.datetime(2026, 3, 9, 8, tzinfo=dt.UTC)
    given = [
        activity_row(school.pupils[0], 1, at, "x", home_reason_id=HOME_REASONS[0].id),
        activity_row(school.pupils[0], 2, at, "x", home_reason_id=HOME_REASONS[1].id),
    ]
    assert [encode_home_reason(reason, given)["is_daily_limit_reached"] for reason in HOME_REASONS] == [
        True,
        False,
    ]
