"""Pupils and their schools, and the signed-in user."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from schoolsync.derive import keys
from schoolsync.errors import DecodeIssue
from schoolsync.model import Attachment, AttachmentKind, FrozenMap, Pupil, School
from schoolsync.providers.pronote import extra
from schoolsync.providers.pronote.mapping.mapped import PROVIDER, name
from schoolsync.providers.pronote.mapping.year import SchoolYear
from schoolsync.providers.pronote.schema.kinds import Kind
from schoolsync.providers.pronote.schema.settings import ChildRow, UserPage
from schoolsync.providers.pronote.session import Resource, Space

__all__ = ["host_of", "split_name", "to_pupils", "to_user"]

COUNTRY = "FR"
PHOTO = "photo.jpg"
TITLES = frozenset(("M.", "M", "MM.", "Mme", "Mme.", "Mlle", "Mlle."))
"""What stands before the name of a grown-up. Evidence: recorded (a guardian)."""
KINDS: Mapping[Space, Kind] = {
    Space.STUDENT: Kind.PUPIL,
    Space.PARENT: Kind.PUPIL,
    Space.TEACHER: Kind.TEACHER,
}
"""What a space's subjects of readings are."""
WAY = "ParametresUtilisateur.ressource"


def host_of(root: str) -> str:
    """The host of *root* in lower case, without port: what keys are made of."""
    return urlsplit(root).hostname or ""


def split_name(called: str) -> tuple[str | None, str | None]:
    """Given name and family name out of `EXAMPLE Louison`.

    The leading words in capitals are the family name, the rest is the given name; two `None` for a
    text that is not of this form (`MODELE A.`, one word). A grown-up's title belongs to neither.
    Evidence: recorded.
    """
    words = called.split()
    if words and words[0] in TITLES:
        del words[0]
    count = next((place for place, word in enumerate(words) if not word.isupper()), len(words))
    if not 0 < count < len(words):
        return None, None
    return " ".join(words[count:]), " ".join(words[:count])


# -- pupils -------------------------------------------------------------------


def to_pupils(
    user: UserPage,
    year: SchoolYear,
    *,
    root: str,
    zone: str,
    space: Space,
    issues: list[DecodeIssue] | None = None,
) -> tuple[tuple[Pupil, Resource], ...]:
    """The pupils of an account in the server's order, each with how calls name them.

    A pupil's account has itself, a parent's the children. A teacher's account has no pupil; the
    teacher stands in as the one whom readings are about, so that a timetable can be asked for.

    The key comes from host, school, name and class, because the server's ids end with the session.
    Children whom all of these call alike are numbered by content, so that none merges: by their
    groups, then by the server's own position. The first of them keeps the key it would have alone.

    Args:
        user: What the server says of the account.
        year: The school year; names the school where the pupil's row does not.
        root: The instance, without page.
        zone: IANA name of the school's zone.
        space: Who signed in.
        issues: Gets an entry for each child whom the server gives no id; such a child is left out.
    """
    lost = [] if issues is None else issues
    rows = _subjects(user, space, lost)
    numbered = keys.number_twins(
        rows, lambda row: (_school_name(row, year), name(row.label), _class_name(row)), _content
    )
    return tuple((_pupil(row, ordinal, year, root, zone), _resource(row, space)) for row, ordinal in numbered)


def _subjects(user: UserPage, space: Space, issues: list[DecodeIssue]) -> list[ChildRow]:
    """The rows of those whom readings are about."""
    listed: Iterable[tuple[str, ChildRow]] = [("N", user.user)]
    if space is Space.PARENT:
        listed = [(f"listeRessources.{place}.N", row) for place, row in enumerate(user.user.children)]
    rows: list[ChildRow] = []
    for path, row in listed:
        if row.id:
            rows.append(row)
        else:
            issues.append(DecodeIssue(f"{WAY}.{path}", "missing"))
    return rows


def _content(row: ChildRow) -> keys.Parts:
    """What tells two children of one name in one class apart; steadier than the server's ids."""
    return (tuple(sorted(group.label for group in row.groups)), row.position)


def _pupil(row: ChildRow, ordinal: int, year: SchoolYear, root: str, zone: str) -> Pupil:
    called = name(row.label) or ""
    school = School(name=_school_name(row, year), timezone=zone, country=COUNTRY, provider=PROVIDER, url=root)
    who = (PROVIDER, host_of(root), school.name, called, _class_name(row))
    key = keys.derived("pupil", *who, ordinal) if ordinal else keys.pupil(*who)
    given, family = split_name(called)
    photo = Attachment(name=PHOTO, kind=AttachmentKind.FILE, ref=(key, 0)) if row.has_photo else None
    return Pupil(
        key=key,
        name=called,
        first_name=given,
        last_name=family,
        class_name=_class_name(row),
        school=school,
        photo=photo,
        provider_id=row.id,
    )


def _resource(row: ChildRow, space: Space) -> Resource:
    kind = KINDS[space] if row.kind is None else row.kind
    return Resource(row.id or "", row.label, int(kind))


def _school_name(row: ChildRow, year: SchoolYear) -> str:
    """The pupil's own school; the instance's where the row names none, as a teacher's does."""
    return (name(row.school.label) if row.school else None) or name(year.school) or ""


def _class_name(row: ChildRow) -> str | None:
    return name(row.class_.label) if row.class_ else None


# -- the user -----------------------------------------------------------------


def to_user(user: UserPage, space: Space) -> extra.User:
    """Who is signed in. Losses: contact details (see `personal_data`), settings of the web pages."""
    called = name(user.user.label) or ""
    given, family = split_name(called)
    own = user.user.children if space is Space.PARENT else (user.user,)
    return extra.User(
        name=called,
        first_name=given,
        last_name=family,
        kind=extra.UserKind(space.value),
        pupils=tuple(_names(row.label for row in own)) if space is not Space.TEACHER else (),
        class_names=tuple(_names(row.class_.label for row in own if row.class_)),
        schools=_schools(user),
        is_delegate=user.user.is_delegate,
        tabs=user.open_tabs,
        rights=FrozenMap({right: fact for right, fact in user.rights.items() if isinstance(fact, bool)}),
    )


def _schools(user: UserPage) -> tuple[str, ...]:
    rows = (user.user, *user.user.children)
    said = (*(row.label for row in user.schools), *(row.school.label for row in rows if row.school))
    return tuple(_names(said))


def _names(labels: Iterable[str]) -> dict[str, None]:
    """The names, each once, in order."""
    return dict.fromkeys(called for called in map(name, labels) if called)
