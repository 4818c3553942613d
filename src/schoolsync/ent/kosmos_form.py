"""The way through Kosmos (Skolengo, kdecole) with accounts of its own.

1. The CAS's log-in page, with the source of accounts (`selection`) and the service. Where it does not know
   that source any more, or none was named, it shows a chooser: a form, sent by GET, with radios.
2. `form.cas__login-form` back with `username`, `password` and everything else in it, the button included;
   `execution` is good once. The same form again when the password was wrong.
3. A redirect to the service with a ticket; without a service, a page that says "connected" (`.msg__title`).

Wire:
    `GET /login?selection=…&service=…`, `POST` to the form's action; docs/protocol/portals.md#families
Evidence:
    read. That a chooser with a single source means that one is inferred.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from schoolsync.ent.own_pages import go_on, is_again, log_in
from schoolsync.ent.trip import Trip
from schoolsync.flow.forms import Form, Page

if TYPE_CHECKING:
    from schoolsync.ent.families import KosmosForm

__all__ = ["chooser", "log_in_form", "select", "turn"]

CODE: Final = re.compile(r"[A-Za-z0-9_-]{1,40}")
"""What a source of accounts is called; anything else is not shown."""
CODES_CHANGE: Final = (
    "The sources of accounts of this portal have changed: please report it, with the ones that it offers."
)


async def turn(family: KosmosForm, trip: Trip) -> None:
    """One step from a page of the CAS.

    Raises:
        SchoolSyncError: What the page says.
    """
    page = trip.page
    sources, form = chooser(page), log_in_form(page)
    if trip.is_in_front:
        trip.took_for("front page")
        await trip.begin()
    elif sources is not None and (form is None or (family.selection and not is_again(trip, "chooser"))):
        await select(trip, sources, family.selection)
    elif form is not None:
        await log_in(trip, form, button="submit")
    else:
        await go_on(trip)


def chooser(page: Page) -> Form | None:
    """The form of *page* that asks which source of accounts is meant."""
    radios = (form for form in page.forms if _sources(form))
    return next(radios, None)


def log_in_form(page: Page) -> Form | None:
    """The form of *page* that asks for a password of the portal's own."""
    fitting = (form for form in page.forms if "cas__login-form" in form.classes and "password" in form.names)
    return next(fitting, None)


def _sources(form: Form) -> tuple[str, ...]:
    return tuple(field.value for field in form.fields if (field.name, field.kind) == ("selection", "radio"))


async def select(trip: Trip, form: Form, wanted: str | None) -> None:
    """The source of accounts called *wanted* is chosen; if none is named, the only one.

    Raises:
        LostOnTheWay: It is not offered, or was chosen before: the error says what is offered.
    """
    sources = _sources(form)
    is_second = is_again(trip, "chooser")
    trip.took_for("chooser")
    chosen = wanted or (sources[0] if len(sources) == 1 else None)
    if chosen is None or chosen not in sources or is_second:
        offered = ", ".join(filter(CODE.fullmatch, sources))
        what = f"the chooser does not take {chosen or 'nothing'}; it offers {offered}"
        raise trip.lost(what, hint=CODES_CHANGE)
    await trip.submit(form, {"selection": chosen}, button="submit")
