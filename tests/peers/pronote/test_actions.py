"""What pronotepy does, and what the school knows of it afterwards."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from pronotepy.exceptions import ChildNotFound, DiscussionClosed, PronoteAPIError

from schoolsync.sandbox.college.letters import TRASH
from tests.peers.comparison import Comparison
from tests.peers.pronote.comparing import compare
from tests.peers.pronote.expected import lessons, office
from tests.peers.pronote.expected.about import About
from tests.peers.pronote.readings import Reading
from tests.peers.pronote.scenes import DOMINIQUE, LOUISON, MAE, MODES, NOE, Mode, Scene, Stage

pytestmark = pytest.mark.peer


def _about(scene: Scene, client: Any) -> About:
    return About(scene, scene.account(LOUISON), scene.desks(LOUISON)[0], scene.things(client))


def _discussion(client: Any, subject: str) -> Any:
    return next(one for one in client.discussions() if one.subject == subject)


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.name)
def test_homework_is_ticked(stage: Stage, mode: Mode) -> None:
    """One piece more is done, and then it is not; the others are what they were."""
    scene = stage.play(mode)
    with scene.client(LOUISON) as client:
        about = _about(scene, client)
        first = about.desk.year.first_day
        before = [sheet.is_done for sheet in about.desk.homeworks]
        homework = next(one for one in client.homework(first) if not one.done)
        for is_done in (True, False):
            homework.set_done(is_done)
            assert homework.done is is_done
            assert sum(sheet.is_done for sheet in about.desk.homeworks) == sum(before) + is_done
            rows = lessons.homework(about, first)
            order = lessons.homework_order
            compare(Comparison(), LOUISON, client, [Reading("homework", rows, (first,), order)])
        assert [sheet.is_done for sheet in about.desk.homeworks] == before


def test_a_parent_ticks_nothing(stage: Stage) -> None:
    """The school refuses; pronotepy signs in again, sends it again, and it is of another session."""
    scene = stage.play()
    with scene.client(DOMINIQUE) as client:
        before = [sheet.is_done for sheet in scene.desks(DOMINIQUE)[0].homeworks]
        homework = client.homework(scene.today)[0]
        scene.requests()
        with pytest.raises(PronoteAPIError):
            homework.set_done(not homework.done)
        assert scene.requests().count("SaisieTAFFaitEleve") == 2
        assert [sheet.is_done for sheet in scene.desks(DOMINIQUE)[0].homeworks] == before


def test_news_are_read_and_unread(stage: Stage) -> None:
    """Those that were named, and no others."""
    scene = stage.play()
    with scene.client(LOUISON) as client:
        about = _about(scene, client)
        unread = [one.title for one in client.information_and_surveys(only_unread=True)]
        assert unread == [sheet["title"] for sheet in office.news(about) if not sheet["read"]]
        client.information_and_surveys(only_unread=True)[0].mark_as_read(True)
        assert [one.title for one in client.information_and_surveys(only_unread=True)] == unread[1:]
        compare(Comparison(), LOUISON, client, [Reading("information_and_surveys", office.news(about))])
        client.information_and_surveys()[0].mark_as_read(False)
        assert [one.title for one in client.information_and_surveys(only_unread=True)] == unread


def test_news_of_some_days(stage: Stage) -> None:
    """From the first one, included, to the last one, excluded; by the day from which they are shown."""
    scene = stage.play()
    with scene.client(LOUISON) as client:
        shown = [one["start_date"] for one in office.news(_about(scene, client))]
        first, last = shown[-2], shown[1]
        said = [one.start_date for one in client.information_and_surveys(first, last)]
        assert said == [day for day in shown if first <= day < last]
        assert 1 < len(said) < len(shown)


def test_a_letter_is_answered_and_begun(stage: Stage) -> None:
    """At the end of a discussion, after one of its messages, and to somebody new."""
    scene = stage.play()
    with scene.client(LOUISON) as client:
        _discussion(client, "Sortie de mardi").reply("Merci & à <mardi>.")
        scene.clock.advance(60)
        _discussion(client, "Sortie de mardi").messages[0].reply("Voici encore une page.")
        teacher = next(one for one in client.get_recipients() if one.name == "SPECIMEN P.")
        client.new_discussion("Un mot", "Bonjour\net au revoir", [teacher])
        desk = scene.desks(LOUISON)[0]
        texts = [[one.body_text for one in sheet.record.messages] for sheet in desk.discussions]
        assert texts[0] == ["Bonjour\net au revoir"]
        assert texts[1][-2:] == ["Merci & à <mardi>.", "Voici encore une page."]
        assert desk.discussions[1].messages[-1].answers == desk.discussions[1].messages[0].record.key
        assert desk.discussions[0].record.participants == ("SPECIMEN P.",)
        expected = office.discussions(_about(scene, client))
        compare(Comparison(), LOUISON, client, [Reading("discussions", expected)])


def test_a_closed_discussion_takes_no_answer(stage: Stage) -> None:
    """The peer sees that for itself, of a discussion without asking."""
    scene = stage.play()
    with scene.client(LOUISON) as client:
        closed = _discussion(client, "Carte de cantine perdue")
        with pytest.raises(DiscussionClosed):
            closed.messages[0].reply("Et la carte ?")
        scene.requests()
        with pytest.raises(DiscussionClosed):
            closed.reply("Et la carte ?")
        assert scene.requests() == []


def test_discussions_are_marked_and_thrown_away(stage: Stage) -> None:
    """Read, unread, in the bin."""
    scene = stage.play()
    with scene.client(LOUISON) as client:
        desk = scene.desks(LOUISON)[0]
        assert [one.subject for one in client.discussions(only_unread=True)] == ["Sortie de mardi"]
        for is_read, unread in ((True, 0), (False, 2)):
            _discussion(client, "Sortie de mardi").mark_as(is_read)
            assert (
                desk.discussions[0].record.unread == unread == _discussion(client, "Sortie de mardi").unread
            )
        _discussion(client, "Sortie de mardi").delete()
        assert desk.discussions[0].labels == {TRASH}
        assert _discussion(client, "Sortie de mardi").labels == ["Trash"]


def test_a_file_is_saved(stage: Stage, tmp_path: Path) -> None:
    """Byte for byte; behind an address of an old session there is a page instead, which is saved as well."""
    scene = stage.play()
    with scene.client(LOUISON) as client:
        homework = client.homework(scene.today - dt.timedelta(days=9))
        file = next(file for one in homework for file in one.files if file.type == 1)
        file.save(str(tmp_path / "saved"))
        stored = scene.college.stored("file:h1")
        assert stored is not None
        assert (file.name, (tmp_path / "saved").read_bytes()) == (stored.name, stored.content)
        scene.server.sessions.end_all()
        file.save(str(tmp_path / "late"))
        assert "La page a expiré" in (tmp_path / "late").read_text()


def test_a_child_is_selected_without_a_request(stage: Stage) -> None:
    """The first one is from the start; somebody else's cannot be."""
    scene = stage.play()
    with scene.client(DOMINIQUE) as client:
        scene.requests()
        teams = {}
        for name in (MAE, NOE):
            client.set_child(name)
            assert scene.requests() == []
            teams[name] = {one.name for one in client.get_teaching_staff()}
            scene.requests()
        assert "CROQUIS H." in teams[NOE] - teams[MAE]
        with pytest.raises(ChildNotFound):
            client.set_child("EXAMPLE Louison")
