"""Whatever may stand between the right password and the school, at every make of portal, asked and unasked.

What a make asks for beside the password, or refuses in spite of it, is in `MET`; everybody else is let in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, get_args

import attrs
import pytest

from schoolsync.ent.portal import EDUCONNECT, Profile
from schoolsync.errors import (
    ActionRequired,
    ChallengeUnanswered,
    SchoolSyncError,
    Unavailable,
    WrongCredentials,
)
from schoolsync.flow.effects import Question
from schoolsync.sandbox.portals.people import PEOPLE, Person, Trouble
from tests.portals.streets import MAKES, MAKES_OF_EDUCONNECT, Street, run

WHO: Final[Mapping[str, Person]] = {one.trouble: one for one in PEOPLE if one.trouble != "none"}


@attrs.frozen
class Met:
    """What somebody meets."""

    error: type[SchoolSyncError]
    """What it ends in when nobody is there to ask."""
    says: str
    """Something that the error says."""
    answer: str = ""
    """What the person must say; empty: they are not asked."""
    choices: tuple[str, ...] = ()
    """What there is to choose from."""


def wants(what: str) -> Met:
    """Something that must be done first."""
    return Met(ActionRequired, what)


SCHOOLS = ("Lycée Modèle", "Collège Exemple")
NOT_IN = Met(WrongCredentials, "user name or password")
AT_EDUCONNECT: Final[Mapping[str, Met]] = {
    "locked": wants("locked by EduConnect"),
    "captcha": Met(ChallengeUnanswered, "captcha"),
    "birth_date": Met(ChallengeUnanswered, "birth_date", "03/02/2011"),
    "code": Met(ChallengeUnanswered, "second_factor", "246810"),
    "new_password": wants("EduConnect wants a new password"),
    "activation": wants("EduConnect wants the account to be activated"),
    "unlinked": wants("the portal does not know this EduConnect account"),
}
AT_PORTALS: Final[Mapping[str, Met]] = {
    "locked": wants("the account is locked"),
    "new_password": wants("the portal wants a new password"),
    "unlinked": NOT_IN,
}
TWO = Met(ChallengeUnanswered, "account", SCHOOLS[1], SCHOOLS)
MET: Final[Mapping[str, Mapping[str, Met]]] = {
    **dict.fromkeys(MAKES_OF_EDUCONNECT, AT_EDUCONNECT),
    "OpenEntEduConnect": {**AT_EDUCONNECT, "two_schools": TWO},
    "OpenEntEduConnect.authn": {**AT_EDUCONNECT, "two_schools": TWO},
    "ApereoCasEduConnect": {**AT_EDUCONNECT, "two_profiles": TWO},
    "HubEduConnect": {**AT_EDUCONNECT, "unlinked": Met(Unavailable, "PRONOTE has no such page for it")},
    "KosmosForm": AT_PORTALS,
    "ApereoCasForm": AT_PORTALS,
    "LaclasseSso": AT_PORTALS,
    "KeycloakMonLycee": {**AT_PORTALS, "code": AT_EDUCONNECT["code"]},
    "OpenEntLocal": {
        **AT_PORTALS,
        "activation": wants("the account is not activated yet"),
        "reset": wants("the portal wants a new password"),
    },
    "Oze": {"locked": NOT_IN, "unlinked": NOT_IN},
}
"""Make → trouble → what it is there."""
TROUBLES = [one for one in get_args(Trouble) if one != "none"]
CASES = [(make, trouble) for make in sorted(MAKES) for trouble in TROUBLES if trouble in MET.get(make, {})]
ASKED = [(make, trouble) for make, trouble in CASES if MET[make][trouble].answer]


def test_every_make_is_told_of() -> None:
    """A make of tomorrow wants its line here; and everybody in trouble was sent everywhere."""
    assert MET.keys() == MAKES.keys()
    assert {*WHO} == {*TROUBLES}


def asker(asked: list[Question], *answers: str | None) -> dict[str, Any]:
    """Options with somebody who answers, one answer after the other."""
    left = [*answers]

    def answer(question: Question) -> str | None:
        asked.append(question)
        return left.pop(0) if left else None

    return {"on_challenge": answer}


@pytest.mark.parametrize(("make", "trouble"), CASES)
def test_nobody_is_there_to_ask(make: str, trouble: str) -> None:
    """The password is sent once; the error says what is the matter, and of a right one never "wrong"."""
    street, met = Street(MAKES[make]), MET[make][trouble]
    error = street.failed(Profile.PUPIL, who=WHO[trouble])
    assert type(error) is met.error, repr(error)
    assert met.says in str(error)
    check_told_once(street, WHO[trouble])


@pytest.mark.parametrize("make", sorted(MAKES))
def test_whoever_does_not_ask_lets_in(make: str) -> None:
    """Trouble of elsewhere is no trouble here."""
    for trouble in [one for one in TROUBLES if one not in MET[make]][:3]:
        street = Street(MAKES[make])
        assert street.enter(Profile.PUPIL, who=WHO[trouble]).name == "EXAMPLE Louison"
        check_told_once(street, WHO[trouble])


def check_told_once(street: Street, who: Person) -> None:
    """The password went to one place, once; user name and password to no other."""
    assert len(street.witness.holding(who.password)) == 1
    assert street.proofs == {street.asker.host: 1}
    assert {one.host for one in street.witness.holding(who.username)} <= {*street.row.family.password_hosts}
    assert street.foreign_cookies == 0


@pytest.mark.parametrize(("make", "trouble"), [case for case in CASES if case not in ASKED])
def test_somebody_is_there_but_is_not_asked(make: str, trouble: str) -> None:
    """Only what nobody else can know is asked for: never what a picture shows, nor for a new password."""
    street, asked = Street(MAKES[make]), list[Question]()
    error = street.failed(Profile.PUPIL, who=WHO[trouble], **asker(asked, "an answer"))
    assert type(error) is MET[make][trouble].error
    assert asked == []


@pytest.mark.parametrize("world", ["sync", "asyncio"])
@pytest.mark.parametrize(("make", "trouble"), ASKED)
def test_somebody_answers(make: str, trouble: str, world: str) -> None:
    """Once, with a question that says what it is about; the answer goes to whoever asked, and to no other."""
    street, met = Street(MAKES[make]), MET[make][trouble]
    asked: list[Question] = []
    options = asker(asked, f" {met.answer} ")
    assert street.enter(Profile.PUPIL, who=WHO[trouble], world=world, **options).name == "EXAMPLE Louison"
    (question,) = asked
    assert (question.kind, question.choices) == (met.says, met.choices)
    assert question.text.endswith("?")
    check_told_once(street, WHO[trouble])
    if trouble == "code":
        assert {one.host for one in street.witness.holding(met.answer)} == {street.asker.host}


@pytest.mark.parametrize(("make", "trouble"), ASKED)
@pytest.mark.parametrize("answer", ["31/12/1999", "no such thing", None])
def test_somebody_answers_wrongly(make: str, trouble: str, answer: str | None) -> None:
    """That is no wrong password, and is asked no second time."""
    street, met = Street(MAKES[make]), MET[make][trouble]
    asked: list[Question] = []
    error = street.failed(Profile.PUPIL, who=WHO[trouble], **asker(asked, answer, met.answer))
    assert isinstance(error, ChallengeUnanswered), repr(error)
    assert error.kind == met.says
    assert len(asked) == 1
    check_told_once(street, WHO[trouble])


@pytest.mark.parametrize(("make", "trouble"), [case for case in ASKED if MET[case[0]][case[1]].choices])
def test_the_other_account(make: str, trouble: str) -> None:
    """Whoever chooses the account that this school does not know is not let in, and that is no loop."""
    street = Street(MAKES[make])
    asked: list[Question] = []
    error = street.failed(Profile.PUPIL, who=WHO[trouble], **asker(asked, SCHOOLS[0], SCHOOLS[0]))
    assert isinstance(error, SchoolSyncError)
    assert not isinstance(error, WrongCredentials)
    assert len(asked) == 1
    check_told_once(street, WHO[trouble])


def test_after_three_wrong_passwords_a_picture_must_be_read() -> None:
    """The right password does not help then; it is not said to be wrong either."""
    street = Street(MAKES["KosmosEduConnect"])
    for word in ("un", "deux"):
        assert isinstance(street.failed(password=f"Portail & {word}"), WrongCredentials)
    error = street.failed(password="Portail & trois")
    assert isinstance(error, ChallengeUnanswered)
    assert error.kind == "captcha"
    street.clock.advance(3600)
    error = street.failed()
    assert isinstance(error, ChallengeUnanswered)
    assert street.proofs == {EDUCONNECT: 4}


def test_an_answer_is_not_kept() -> None:
    """A renewal that needs the password again asks again, and for what is asked anew."""
    street = Street(MAKES["KosmosEduConnect"])
    asked: list[Question] = []
    who = WHO["code"]

    async def body() -> None:
        client = await street.log_in(profile=Profile.PUPIL, who=who, **asker(asked, who.code, who.code))
        street.school.sessions.end_all()
        street.fake._members.clear()
        street.town.educonnect._browsers.clear()
        await client.get_menus("2026-11-23", "2026-11-29")
        await client.aclose()

    run("sync", body)
    assert [question.kind for question in asked] == ["second_factor", "second_factor"]
    assert street.proofs == {EDUCONNECT: 2}
