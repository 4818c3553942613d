"""Announcements, pupil fields, the shop, access codes: what the office knows."""

from __future__ import annotations

from typing import Any

from schoolsync.sandbox.desk import Desk
from schoolsync.sandbox.office_papers import AnnouncementSheet, Consent, ShopItem
from tests.peers.expected.answers import answer, yes_no
from tests.peers.matchers import Addresses, Ending, Instant, Name, Opens, SomeText

__all__ = ["announcements", "pupil_fields", "rewards", "student_code"]


# -- announcements ----------------------------------------------------------------


def announcements(desk: Desk, addresses: Addresses) -> dict[str, Any]:
    """Everything that was announced, newest first."""
    sheets = sorted(desk.announcements, key=lambda one: one.record.published_at.timestamp(), reverse=True)
    return answer([_announcement(sheet, desk, addresses) for sheet in sheets])


def _announcement(sheet: AnnouncementSheet, desk: Desk, addresses: Addresses) -> dict[str, Any]:
    record, needs_consent = sheet.record, yes_no(sheet.needs_consent)
    return {
        "id": sheet.id,
        "title": Name(record.title),
        "description": sheet.markup,
        "school_name": Name(desk.pupil.school.name),
        "teacher_name": Name(record.author),
        "school_logo": Ending(desk.file.logo if sheet.has_logo else None),
        "sticky": yes_no(sheet.is_sticky),
        "state": sheet.state,
        "timestamp": Instant(record.published_at),
        "attachments": [{"filename": one.name, "url": Opens(one.body, addresses)} for one in sheet.files],
        "for_pupils": [Name(desk.pupil.first_name)],
        "comment_visibility": sheet.comments,
        "allow_comments": yes_no(sheet.comments != "none"),
        "allow_reactions": "no",
        "allow_consent": needs_consent,
        "priority_pinned": yes_no(sheet.is_priority),
        "requires_consent": needs_consent,
        "can_change_consent": sheet.can_change_consent,
        "consent": _consent(sheet.consent),
        "pupil_consents": [_pupil_consent(sheet, desk)] if sheet.needs_consent else [],
    }


def _consent(consent: Consent | None) -> dict[str, Any] | None:
    if consent is None:
        return None
    return {
        "consent_given": yes_no(consent.is_given),
        "comment": Name(consent.comment),
        "parent_name": Name(consent.parent_name),
    }


def _pupil_consent(sheet: AnnouncementSheet, desk: Desk) -> dict[str, Any]:
    pupil = desk.pupil
    return {
        "pupil": {
            "id": desk.file.id,
            "first_name": Name(pupil.first_name),
            "last_name": Name(pupil.last_name),
        },
        "can_change_consent": sheet.can_change_consent,
        "consent": _consent(sheet.consent),
    }


# -- fields, code -----------------------------------------------------------------


def pupil_fields(desk: Desk) -> dict[str, Any]:
    """What the school notes about a pupil."""
    fields = [
        {"id": one.id, "name": Name(one.name), "graphic": one.graphic, "value": Name(one.value)}
        for one in desk.fields
    ]
    return answer({"note": Name(desk.field_note), "fields": fields})


def student_code(desk: Desk) -> dict[str, Any]:
    """The code that a pupil signs in with."""
    return answer({"code": desk.file.access_code})


# -- shop -------------------------------------------------------------------------


def rewards(desk: Desk) -> dict[str, Any]:
    """What is for sale, and the points to spend."""
    return answer([_item(item, desk) for item in desk.shop], {"pupil_score_balance": desk.balance})


def _item(item: ShopItem, desk: Desk) -> dict[str, Any]:
    bought = desk.purchases.get(item.id, 0)
    is_there = item.stock is None or item.stock > 0
    is_allowed = not (item.once_per_pupil and bought)
    can_buy = is_there and is_allowed and item.price <= desk.balance
    return {
        "id": item.id,
        "name": Name(item.name),
        "description": Name(item.description),
        "photo": item.photo_url,
        "price": item.price,
        "stock_control": item.stock is not None,
        "stock": item.stock or 0,
        "can_purchase": can_buy,
        "unable_to_purchase_reason": "" if can_buy else SomeText(),
        "once_per_pupil": item.once_per_pupil,
        "purchased": bought > 0,
        "purchased_count": f"{bought}" if bought else 0,
        "price_balance_difference": item.price - desk.balance,
    }
