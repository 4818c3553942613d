"""The block that carries SAML: forms which a page's script would send on by itself.

The assertion is carried as it is, never read: who may be given it is decided in `trip`.
"""

from __future__ import annotations

from schoolsync.ent.trip import Trip
from schoolsync.flow.forms import Form, Page

__all__ = ["carry", "saml_form"]

CARRIED = ("SAMLRequest", "SAMLResponse", "RelayState", "TARGET")
"""The only fields that are carried."""


def saml_form(page: Page) -> Form | None:
    """The form of *page* that carries SAML; `None` if there is none. An answer goes before a question.

    A form that asks for a password is none, though it may keep the question that led to it.
    """
    answers, questions = (
        [form for form in page.forms if name in form.values() and not form.passwords]
        for name in ("SAMLResponse", "SAMLRequest")
    )
    return next(iter(answers + questions), None)


async def carry(trip: Trip, form: Form) -> None:
    """What *form* carries is with whom it is addressed to.

    Raises:
        LostOnTheWay: It is addressed to somebody whom it is not meant for.
    """
    values = form.values()
    trip.took_for("saml answer" if "SAMLResponse" in values else "saml request")
    await trip.send_form(form.action, {name: values[name] for name in CARRIED if name in values})
