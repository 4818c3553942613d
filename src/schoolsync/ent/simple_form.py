"""The way through a page with one form, and nothing else.

The form back with user name and password; the form again when they were wrong; any other page when they were
right, and then the school is entered.

Wire:
    docs/protocol/portals.md#families
Evidence:
    read; the only portal of the kind that is known is on plain http: refused before anything is sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schoolsync.ent.own_pages import go_on, to_fill_in
from schoolsync.ent.trip import Trip
from schoolsync.flow.forms import Form, Page

if TYPE_CHECKING:
    from schoolsync.ent.families import SimpleForm

__all__ = ["turn"]

NAMES = frozenset(("text", "email"))
"""Types of a field that takes a user name."""


async def turn(family: SimpleForm, trip: Trip) -> None:
    """One step from a page of the portal.

    Raises:
        SchoolSyncError: What the page says.
    """
    form = _log_in_form(trip.page, family.form)
    if form is None:
        await go_on(trip)
        return
    username = to_fill_in(trip)
    password = _password_of(form)
    await trip.submit(form, {_name_of(form, password): username, password: trip.password})


def _log_in_form(page: Page, called: str | None) -> Form | None:
    """The first form of *page* with a password in it, of that id if one is given."""
    forms = (form for form in page.forms if called is None or form.id == called)
    return next((form for form in forms if _password_of(form)), None)


def _password_of(form: Form) -> str:
    """What *form* calls the password; empty if it asks for none."""
    return next((field.name for field in form.passwords if field.name), "")


def _name_of(form: Form, password: str) -> str:
    """What *form* calls the user name: `username`, or the last text before the password."""
    before = form.names[: form.names.index(password)]
    texts = [field.name for field in form.fields if field.name in before and field.kind in NAMES]
    return "username" if "username" in form.names or not texts else texts[-1]
