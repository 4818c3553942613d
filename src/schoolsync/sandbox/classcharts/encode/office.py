"""Announcements, fields and the shop, as ClassCharts words them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from schoolsync.sandbox.classcharts.links import Links
from schoolsync.sandbox.classcharts.shapes import Shapes
from schoolsync.sandbox.classcharts.urls import PICTURES_PATH
from schoolsync.sandbox.classcharts.wire import escaped, utc_text, yes_no
from schoolsync.sandbox.desk import Desk
from schoolsync.sandbox.office_papers import AnnouncementSheet, Consent, HomeReason, PupilField, ShopItem
from schoolsync.sandbox.papers import ActivityRow

__all__ = ["encode_announcement", "encode_field", "encode_home_reason", "encode_item", "why_not"]


# -- announcements ------------------------------------------------------------------


def encode_announcement(sheet: AnnouncementSheet, desk: Desk, links: Links, shapes: Shapes) -> dict[str, Any]:
    """One announcement."""
    record, file = sheet.record, desk.file
    logo = f"{links.origin}{PICTURES_PATH}{file.logo}" if file.logo and sheet.has_logo else None
    return {
        "id": sheet.id,
        "title": escaped(record.title),
        "description": sheet.markup,
        "school_name": file.pupil.school.name,
        "teacher_name": escaped(record.author),
        "school_logo": logo,
        "sticky": yes_no(sheet.is_sticky),
        "state": sheet.state,
        "timestamp": utc_text(record.published_at),
        "attachments": [
            {shapes.announcement_file_key: one.name, "url": links.redirect(links.direct(file.id, one))}
            for one in sheet.files
        ],
        "for_pupils": list(record.audience),
        "comment_visibility": sheet.comments,
        "allow_comments": yes_no(sheet.comments != "none"),
        "allow_reactions": "no",
        "allow_consent": yes_no(sheet.needs_consent),
        "priority_pinned": yes_no(sheet.is_priority),
        "requires_consent": yes_no(sheet.needs_consent),
        "can_change_consent": sheet.can_change_consent,
        "consent": _encode_consent(sheet.consent),
        "pupil_consents": [_encode_pupil_consent(sheet, desk)] if sheet.needs_consent else [],
    }


def _encode_consent(consent: Consent | None) -> dict[str, Any] | None:
    if consent is None:
        return None
    return {
        "consent_given": yes_no(consent.is_given),
        "comment": escaped(consent.comment),
        "parent_name": consent.parent_name,
    }


def _encode_pupil_consent(sheet: AnnouncementSheet, desk: Desk) -> dict[str, Any]:
    pupil = desk.pupil
    return {
        "pupil": {"id": desk.file.id, "first_name": pupil.first_name, "last_name": pupil.last_name},
        "can_change_consent": sheet.can_change_consent,
        "consent": _encode_consent(sheet.consent),
    }


# -- fields -------------------------------------------------------------------------


def encode_field(field: PupilField) -> dict[str, Any]:
    """One field about a pupil."""
    return {
        "id": field.id,
        "name": escaped(field.name),
        "graphic": field.graphic,
        "value": escaped(field.value),
    }


# -- shop ---------------------------------------------------------------------------


def why_not(item: ShopItem, desk: Desk) -> str:
    """Why the pupil cannot buy *item*; empty when they can."""
    if item.stock == 0:
        return "Out of stock"
    if item.once_per_pupil and desk.purchases.get(item.id):
        return "You have already purchased this item"
    return "Not enough points" if item.price > desk.balance else ""


def encode_item(item: ShopItem, desk: Desk) -> dict[str, Any]:
    """One item of the shop; how many were bought is a text, and a number when none were."""
    bought, reason = desk.purchases.get(item.id, 0), why_not(item, desk)
    return {
        "id": item.id,
        "name": escaped(item.name),
        "description": escaped(item.description),
        "photo": item.photo_url,
        "price": item.price,
        "stock_control": item.stock is not None,
        "stock": item.stock or 0,
        "can_purchase": not reason,
        "unable_to_purchase_reason": reason,
        "once_per_pupil": item.once_per_pupil,
        "purchased": bought > 0,
        "purchased_count": str(bought) if bought else 0,
        "price_balance_difference": item.price - desk.balance,
    }


# -- points from home ---------------------------------------------------------------


def encode_home_reason(reason: HomeReason, given_today: Iterable[ActivityRow]) -> dict[str, Any]:
    """One reason for which a parent may give points."""
    count = sum(row.home_reason_id == reason.id for row in given_today)
    return {
        "id": reason.id,
        "name": escaped(reason.name),
        "icon_url": reason.icon_url,
        "is_daily_limit_reached": count >= reason.daily_limit,
    }
