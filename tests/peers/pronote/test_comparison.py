"""pronotepy reads the served sandbox, and what it says is what the school says.

Which attributes are compared is decided by what its classes declare, not by what we
thought of: a declared attribute without an expectation fails.
"""

from __future__ import annotations

import pytest
from pronotepy.exceptions import ParsingError, PronoteAPIError

from schoolsync.sandbox.pronote.generations import GENERATIONS, Generation
from tests.peers.comparison import Comparison
from tests.peers.declared import fields_of
from tests.peers.pronote.comparing import compare_everything
from tests.peers.pronote.departures import OTHER_TYPES
from tests.peers.pronote.readings import can_be_read
from tests.peers.pronote.scenes import BOTH, CLEAR, DOMINIQUE, LOUISON, MODES, Mode, Stage, Who
from tests.peers.tally import Tally

pytestmark = pytest.mark.peer

TOO_OLD, FOLLOWED = GENERATIONS[:3], GENERATIONS[3:]
"""pronotepy 2.15.7 follows servers since 2025."""


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.name)
def test_what_pronotepy_reads_is_what_the_school_says(stage: Stage, mode: Mode, tally: Tally) -> None:
    """Pupil, parent, every child: every declared attribute, and nothing left out."""
    scene, comparison = stage.play(mode), Comparison()
    read = compare_everything(comparison, scene, LOUISON, tally)
    read |= compare_everything(comparison, scene, DOMINIQUE, tally)
    known = can_be_read()
    assert read == known.keys(), "declared, but never read"
    declared = {name for shape in known.values() for name in fields_of(shape)}
    assert declared - comparison.compared == set(), "declared, but never compared"
    assert comparison.departures == OTHER_TYPES.keys(), "what comes is not what is declared"


@pytest.mark.parametrize("generation", FOLLOWED[:-1], ids=lambda one: one.label)
@pytest.mark.parametrize(("mode", "who"), [(CLEAR, LOUISON), (BOTH, DOMINIQUE)], ids=["clear", "both"])
def test_older_servers_are_read_as_well(stage: Stage, generation: Generation, mode: Mode, who: Who) -> None:
    """All of it, but for the news of servers that do not sort them by nature yet."""
    scene, comparison = stage.play(mode, generation), Comparison()
    compare_everything(comparison, scene, who)
    assert comparison.departures <= OTHER_TYPES.keys()
    if not generation.has_natures:
        with scene.client(who) as client, pytest.raises(ParsingError):
            client.information_and_surveys()


@pytest.mark.parametrize("generation", TOO_OLD, ids=lambda one: one.label)
def test_servers_before_2025_are_not_read(stage: Stage, generation: Generation) -> None:
    """It knows the newer names of the envelope only, and the server cannot make anything of them."""
    scene = stage.play(CLEAR, generation)
    with pytest.raises(PronoteAPIError, match="La page a expiré"), scene.client(LOUISON):
        pass
