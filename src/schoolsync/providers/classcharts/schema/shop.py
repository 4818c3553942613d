"""Rewards, pupil fields and classes."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator

from schoolsync.providers.classcharts.schema.words import Count, Flag, Row, Strings, listed

__all__ = ["ClassRow", "FieldRow", "PupilFields", "Purchase", "RewardRow", "RewardsMeta"]


class RewardRow(Row):
    """Something to be had for points.

    Wire: `GET apiv2student/rewards/{pupil}`.
    """

    id: int
    name: str | None = None
    description: str | None = None
    photo: str | None = None
    price: Count = None
    """Points."""
    stock_control: Flag = None
    """Whether `stock` means anything."""
    stock: Count = None
    can_purchase: Flag = None
    unable_to_purchase_reason: str | None = None
    """Empty when it can be had."""
    once_per_pupil: Flag = None
    purchased: Flag = None
    purchased_count: Count = None
    """A text when above 0."""
    price_balance_difference: Count = None


class RewardsMeta(Row):
    """The pupil's balance."""

    pupil_score_balance: Count = None
    """Points, maybe negative."""


class Purchase(Row):
    """What a purchase answers.

    Wire: `POST apiv2student/purchase/{item}`.
    """

    single_purchase: Flag = None
    order_id: Count = None
    balance: Count = None
    """Points left."""


class FieldRow(Row):
    """One field that the school shows about a pupil."""

    id: Count = None
    name: str | None = None
    graphic: str | None = None
    """An icon's name, a colour or an address."""
    value: str | None = None
    """As shown."""


class PupilFields(Row):
    """What the school shows about a pupil.

    Wire: `GET …/customfields/{pupil}`.
    """

    note: str | None = None
    fields: Annotated[tuple[FieldRow, ...], BeforeValidator(listed)] = ()


class ClassRow(Row):
    """A class of the pupil.

    Wire: `GET …/classes/{pupil}`.
    """

    id: int
    name: str | None = None
    room: str | None = None
    subject: str | None = None
    teacher: str | None = None
    teachers: Strings = ()
