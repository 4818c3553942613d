"""What the API does: renewal, ticks, purchases, passwords, points from parents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from schoolsync.sandbox.classcharts.call import Call, Said
from schoolsync.sandbox.classcharts.encode.office import why_not
from schoolsync.sandbox.classcharts.encode.people import encode_parent, encode_user
from schoolsync.sandbox.classcharts.readings import home_reasons
from schoolsync.sandbox.classcharts.wire import Crash, Refusal
from schoolsync.sandbox.conduct import activity_row
from schoolsync.sandbox.exercises import restated
from schoolsync.sandbox.office import HOME_REASONS

__all__ = ["ACTIONS", "Action"]

Action = Callable[[Call], Said]
VERSION = "28.7.1"
SHORTEST_PASSWORD = 8
FIRST_ORDER = 440_017


def ping(call: Call) -> Said:
    """Who is signed in; with `include_data` a new session id, without it a longer life of the old one."""
    call.log_in.has_pinged = True
    meta = {"version": VERSION}
    if call.fields.get("include_data") == "false":
        call.sessions.extend(call.log_in, call.session_id, call.age)
    else:
        meta["session_id"] = call.sessions.issue(call.log_in, call.age, presented=call.session_id)
    if call.is_parent:
        return {"user": encode_parent(call.parent)}, meta
    return {"user": encode_user(call.desk, call.today, call.shapes, call.links.origin)}, meta


def tick(call: Call) -> Said:
    """The other state of the pupil's tick; the answer does not say which."""
    desk, number = call.desk, call.number
    sheet = next((one for one in desk.homeworks if one.status_id == number), None)
    if sheet is None or not sheet.allows_tick:
        raise Refusal("You cannot mark this homework as completed")
    ticked = restated(attrs.evolve(sheet, is_ticked=not sheet.is_ticked))
    desk.homeworks[desk.homeworks.index(sheet)] = ticked
    return [], {}


def see(call: Call) -> Said:
    """The homework was seen now; the number is that of the homework or of the pupil's sheet."""
    desk, number = call.desk, call.number
    for index, sheet in enumerate(desk.homeworks):
        if str(number) in {str(sheet.status_id), sheet.record.provider_id}:
            first = sheet.first_seen or call.moment
            desk.homeworks[index] = attrs.evolve(sheet, first_seen=first, last_seen=call.moment)
            return [], {}
    raise Refusal("Homework not found")


def purchase(call: Call) -> Said:
    """An item of the shop is the pupil's, and the points are gone.

    Raises:
        Crash: There is no such item; the real server breaks down over it.
    """
    desk, number = call.desk, call.number
    index = next((index for index, item in enumerate(desk.shop) if item.id == number), None)
    if index is None:
        raise Crash
    item = desk.shop[index]
    reason = why_not(item, desk)
    if reason:
        raise Refusal(reason)
    desk.balance -= item.price
    desk.purchases[number] = desk.purchases.get(number, 0) + 1
    if item.stock is not None:
        desk.shop[index] = attrs.evolve(item, stock=item.stock - 1)
    said = {
        "single_purchase": "yes" if item.once_per_pupil else "no",
        "order_id": FIRST_ORDER + sum(sum(one.purchases.values()) for one in call.school.desks.values()),
        "balance": desk.balance,
    }
    return said, {}


def access_code(call: Call) -> Said:
    """The pupil's code, for who knows the date of birth; only `YYYY-MM-DD` is understood."""
    file = call.desk.file
    if call.fields.get("date") != file.born_on.isoformat():
        raise Refusal("The date you have provided is incorrect")
    return {"code": file.access_code}, {}


def concern(call: Call) -> Said:
    """The school knows what worries the pupil."""
    text = call.fields.get("text", "").strip()
    if not text:
        raise Refusal("Invalid request")
    call.desk.concerns.append(text)
    return {}, {}


def password(call: Call) -> Said:
    """The parent's password is another one."""
    current, new = call.fields.get("current"), call.fields.get("new", "")
    if current != call.parent.password:
        raise Refusal("The current password you have provided is incorrect")
    if new != call.fields.get("repeat"):
        raise Refusal("The passwords you have provided do not match")
    if len(new) < SHORTEST_PASSWORD:
        raise Refusal(f"The new password must be at least {SHORTEST_PASSWORD} characters")
    call.school.replace_parent(attrs.evolve(call.parent, password=new))
    return [], {}


def give_points(call: Call) -> Said:
    """The pupil has a point from home, until the day's limit; the list of reasons is answered."""
    desk, reason_id = call.desk, call.fields.get("behaviour_id", "")
    reason = next((one for one in HOME_REASONS if str(one.id) == reason_id), None)
    if reason is None:
        raise Refusal("Invalid request")
    rows, _ = home_reasons(call)
    if any(row["id"] == reason.id and row["is_daily_limit_reached"] for row in rows):
        raise Refusal("You have reached the daily limit awarding this behaviour", meta=None)
    number = (
        max((row.id for row in desk.activity), default=880_000_000 + int(desk.file.id) % 100 * 10_000) + 1
    )
    more: dict[str, Any] = {"can_delete": True, "home_reason_id": reason.id}
    at: dt.datetime = call.moment
    row = activity_row(
        desk.pupil, number, at, reason.name, points=reason.points, teacher=call.parent.name, **more
    )
    desk.activity.append(row)
    desk.balance += reason.points
    return home_reasons(call)


def take_points_back(call: Call) -> Said:
    """A point from home is gone: the row of that number, or the latest one given for that reason."""
    desk, wanted = call.desk, call.fields.get("behaviour_id", "")
    fitting = [
        row for row in desk.activity if row.can_delete and wanted in {str(row.id), str(row.home_reason_id)}
    ]
    if not fitting:
        raise Refusal("Invalid request")
    last = max(fitting, key=lambda row: row.id)
    desk.activity.remove(last)
    desk.balance -= last.record.points or 0
    return [], {}


ACTIONS: Mapping[str, Action] = {
    "addconcern": concern,
    "addparentbehaviour": give_points,
    "deleteparentbehaviour": take_points_back,
    "getcode": access_code,
    "homeworkticked": tick,
    "markhomeworkasseen": see,
    "password": password,
    "ping": ping,
    "purchase": purchase,
}
"""Function of the API → who does it."""
