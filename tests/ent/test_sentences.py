"""What pages say: how it is read, and that the lists keep what is said of them."""

from __future__ import annotations

import pytest

from schoolsync.ent import sentences
from schoolsync.ent.sentences import UNLINKED, is_locked, says
from schoolsync.flow.forms import Page
from tests.ent.walking import page

LISTS = [name for name in sentences.__all__ if name.isupper()]


def read(markup: str) -> Page:
    """A page with that on it."""
    return Page(page(markup))


def test_sentences_are_found_as_people_read_them() -> None:
    """Case, accents, folded spaces and the shape of an apostrophe do not count; scripts do not speak."""
    shown = read("<p>L’accès\n est   PERTURBÉ</p><script>compte bloqué</script>")
    assert says(shown, ("l'acces est perturbe",))
    assert not says(shown, ("compte bloque",))


@pytest.mark.parametrize("name", LISTS)
def test_sentences_are_written_as_they_are_read(name: str) -> None:
    """Small and without accents, else they would never be found; and none of them twice."""
    written = getattr(sentences, name)
    assert [one for one in written if not says(read(f"<p>Bonjour, {one} !</p>"), (one,))] == []
    assert len({*written}) == len(written)


@pytest.mark.parametrize("name", [name for name in LISTS if name.endswith("_NAMED")])
def test_educonnect_understands_what_portals_say(name: str) -> None:
    """And less than that: parts of a sentence, which on a portal would be a menu."""
    strict = {*getattr(sentences, name.removesuffix("_NAMED"))}
    assert strict < {*getattr(sentences, name)}
    menu = read("<p>Changer de mot de passe. Activation de votre compte. Code reçu.</p>")
    assert says(menu, getattr(sentences, name))
    assert not says(menu, [*strict])


def test_an_error_panel_speaks_before_the_rest() -> None:
    """If it says anything at all."""
    panel = read('<p>Votre compte est bloqué</p><p class="error">Erreur</p>')
    empty = read('<p>Votre compte est bloqué</p><p class="error"> </p>')
    assert not is_locked(panel, ".error")
    assert is_locked(empty, ".error")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Votre compte est bloqué.", True),
        ("Trop de tentatives", True),
        ("Si votre compte est bloqué, appelez-nous.", False),
        ("Compte bloqué ?", False),
        ("Mot de passe incorrect", False),
    ],
)
def test_a_locked_account(text: str, expected: bool) -> None:
    """Is one that the page calls so, not one that it only supposes."""
    assert is_locked(read(f"<p>{text}</p>")) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aucun compte ne correspond à votre identité.", True),
        ("Votre compte EduConnect n'est rattaché à aucun compte de ce portail", True),
        ("No account found.", True),
        ("Bienvenue", False),
        ("Aucun compte rendu de conseil pour le moment", False),
    ],
)
def test_a_portal_that_does_not_know_an_account(text: str, expected: bool) -> None:
    """Says so in words that are guessed; the first page of somebody whom it knows says other things."""
    assert says(read(f"<p>{text}</p>"), UNLINKED) is expected
