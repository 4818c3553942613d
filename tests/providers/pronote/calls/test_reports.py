"""Report cards and transcripts: what is asked."""

from __future__ import annotations

import pytest

from schoolsync.providers.pronote.calls.reports import report, transcript
from schoolsync.providers.pronote.session import Resource
from schoolsync.testing.play import play
from tests.providers.pronote.reading import T1
from tests.providers.pronote.wire import answered, called, signed_in

PUPIL = Resource("46#al1", "EXAMPLE Louison", 4)
PERIOD = {"N": "11#t1", "L": "Trimestre 1", "G": 2}


@pytest.mark.parametrize(("of_class", "tab"), [(False, 13), (True, 41)])
def test_a_report_card_of_the_pupil_or_of_the_class(of_class: bool, tab: int) -> None:
    """The same function on another screen."""
    flow = report(signed_in(), PUPIL, T1, of_class=of_class)
    page, (request,) = play(flow, [answered("PageBulletins", {"Message": "Bientôt"})])
    assert called(request).tab == tab
    assert called(request).data == {"classe": {}, "eleve": {}, "periode": PERIOD}
    assert (page.data.is_published, page.data.message) == (False, "Bientôt")


def test_a_transcript() -> None:
    """Of one pupil."""
    flow = transcript(signed_in(), PUPIL, T1)
    page, (request,) = play(flow, [answered("PageReleve", {"ListeServices": [{"L": "ARTS"}]})])
    assert called(request).tab == 12
    assert called(request).data == {"eleve": {"N": "46#al1"}, "periode": PERIOD}
    assert page.data.is_published
