"""The directory: every name that it must know and the way each leads, hosts, and rows of other packages."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint

import pytest

from schoolsync.ent import directory
from schoolsync.ent.families import KosmosEduConnect, KosmosForm, OpenEntLocal, Retired
from schoolsync.ent.portal import EDUCONNECT, Portal, State
from schoolsync.errors import UnknownName
from tests.test_classcharts import fresh

HERE = "tests.ent.test_directory"
Points = Callable[..., None]

# The way of today for each of the 39 names that users bring along.
SEEDS = {
    "ac-besancon": "kosmos_educonnect",
    "ac-bordeaux": "openent_educonnect",
    "ac-bordeaux2": "hubeduconnect",
    "ac-caen": "openent_educonnect",
    "ac-clermont": "kosmos_educonnect",
    "ac-dijon": "kosmos_educonnect",
    "ac-grenoble": "kosmos_educonnect",
    "ac-lille": "openent_educonnect",
    "ac-lille2": "openent_educonnect",
    "ac-limoges": "openent_educonnect",
    "ac-lyon": "kosmos_educonnect",
    "ac-montpellier": "kosmos_educonnect",
    "ac-nancy-metz": "kosmos_educonnect",
    "ac-nantes": "shib_wayf_educonnect",
    "ac-orleans-tours": "apereo_cas_educonnect",
    "ac-poitiers": "openent_educonnect",
    "ac-reims": "kosmos_educonnect",
    "ac-rouen": "openent_educonnect",
    "ac-strasbourg": "kosmos_educonnect",
    "ac-toulouse": "kosmos_educonnect",
    "ac-valdoise": "kosmos_form",
    "agora06": "kosmos_educonnect",
    "arsene76": "kosmos_educonnect",
    "atrium-sud": "apereo_cas_form",
    "cybercolleges42": "kosmos_educonnect",
    "eure-normandie": "kosmos_educonnect",
    "haute-garonne": "kosmos_educonnect",
    "hdf": "openent_educonnect",
    "iledefrance": "keycloak_monlycee",
    "laclasse": "laclasse_sso",
    "ljr-munich": "kosmos_form",
    "lyceeconnecte": "openent_educonnect",
    "moncollege-essonne": "openent_educonnect",
    "monbureaunumerique-educonnect": "kosmos_educonnect",
    "parisclassenumerique": "openent_local",
    "portail-famille": "retired",
    "seine-et-marne": "openent_local",
    "somme": "openent_educonnect",
    "toutatice": "toutatice",
}
# What those names meant before, where it was another way: a family that may still be walked, or what is over.
HISTORIC = {
    "ac-clermont": "kosmos_form",
    "ac-grenoble": "kosmos_form",
    "ac-lyon": "kosmos_form",
    "ac-toulouse": "kosmos_form",
    "ac-valdoise": "kosmos_form",
    "agora06": "kosmos_form",
    "arsene76": "kosmos_form",
    "cybercolleges42": "kosmos_form",
    "eure-normandie": "kosmos_form",
    "haute-garonne": "kosmos_form",
    "hdf": "openent_local",
    "iledefrance": "openent_local",
    "laclasse": "laclasse_sso",
    "lyceeconnecte": "openent_local",
    "moncollege-essonne": "openent_local",
    "somme": "openent_local",
}
OVER = {
    "ac-besancon": "kosmos_aten",
    "ac-bordeaux": "aten_start",
    "ac-bordeaux2": "aten_start",
    "ac-caen": "shib_wayf_aten",
    "ac-dijon": "kosmos_aten",
    "ac-lille": "kosmos_aten",
    "ac-lille2": "aten_start",
    "ac-limoges": "aten_start",
    "ac-montpellier": "kosmos_aten",
    "ac-nancy-metz": "kosmos_aten",
    "ac-nantes": "shib_wayf_aten",
    "ac-orleans-tours": "apereo_cas_educonnect",
    "ac-poitiers": "aten_start",
    "ac-reims": "kosmos_aten",
    "ac-rouen": "aten_start",
    "ac-strasbourg": "kosmos_aten",
    "portail-famille": "aten_start",
}
SAME = {
    "atrium-sud",
    "ljr-munich",
    "monbureaunumerique-educonnect",
    "parisclassenumerique",
    "seine-et-marne",
    "toutatice",
}


@pytest.fixture
def points(monkeypatch: pytest.MonkeyPatch) -> Iterator[Points]:
    """Installs entry points of other packages: name → what it leads to."""

    def install(**values: str) -> None:
        found = [EntryPoint(name=name, value=value, group=directory.GROUP) for name, value in values.items()]
        monkeypatch.setattr(
            directory, "entry_points", lambda *, group: found if group == "schoolsync.portals" else []
        )
        directory._rows.cache_clear()

    yield install
    monkeypatch.undo()
    directory._rows.cache_clear()


# -- names ----------------------------------------------------------------------------------


def test_there_are_39_seeds() -> None:
    """And each is accounted for: it has an older way, or always had this one."""
    assert len(SEEDS) == 39
    assert {*HISTORIC, *OVER} | SAME == {*SEEDS}


@pytest.mark.parametrize(("name", "kind"), SEEDS.items())
def test_a_seed_leads_the_way_of_today(name: str, kind: str) -> None:
    """Under exactly its name; it is current, save for the one that has no successor of its own."""
    row = directory.find(name)
    assert (row.name, row.family.kind) == (name, kind)
    assert row.state is (State.DEAD if kind == "retired" else State.CURRENT)


@pytest.mark.parametrize(("name", "kind"), HISTORIC.items())
def test_the_older_way_can_be_chosen(name: str, kind: str) -> None:
    """Where no script of a page is needed: with other settings than today's, over hosts of its own."""
    row = directory.find(f"{name}-historic")
    assert row.family.kind == kind
    assert row.state is (State.CURRENT if name == "laclasse" else State.HISTORIC)
    assert row.family != directory.find(name).family
    assert EDUCONNECT not in row.family.password_hosts


@pytest.mark.parametrize(("name", "was"), OVER.items())
def test_what_is_over_names_its_successor(name: str, was: str) -> None:
    """It says what it was, and may not be sent a password."""
    row = directory.find(f"{name}-historic")
    assert isinstance(row.family, Retired)
    assert (row.family.was, row.state) == (was, State.DEAD)
    assert row.successor == ("ac-orleans-tours" if name == "portail-famille" else name)
    assert row.family.password_hosts == ()


@pytest.mark.parametrize("name", sorted(SAME))
def test_a_way_that_never_changed_has_one_row(name: str) -> None:
    """No second row is invented for it."""
    with pytest.raises(UnknownName):
        directory.find(f"{name}-historic")


@pytest.mark.parametrize("spelt", ["ac-toulouse", "AC-Toulouse", "ac_toulouse", " ac-toulouse\n"])
def test_case_and_lines_do_not_matter(spelt: str) -> None:
    """A name is found as people write it."""
    assert directory.find(spelt).name == "ac-toulouse"


@pytest.mark.parametrize("spelt", ["ent_hdf", "ENT-HDF"])
def test_another_name_is_found(spelt: str) -> None:
    """That of another client."""
    assert directory.find(spelt).name == "hdf"


def test_an_unknown_name_is_told_with_suggestions() -> None:
    """Those that it may have been, other names included."""
    with pytest.raises(UnknownName) as caught:
        directory.find("ac-toulous")
    assert caught.value.kind == "portal"
    assert "ac-toulouse" in caught.value.suggestions
    with pytest.raises(UnknownName, match="did you mean cas_agora06"):
        directory.find("cas_agora6")


def test_names_are_sorted_and_have_no_other_names() -> None:
    """One for each row, in the order of the rows."""
    names = directory.names()
    assert list(names) == sorted({*names})
    assert names == tuple(row.name for row in directory.portals())
    assert {*SEEDS} < {*names}
    assert "ent_hdf" not in names


def test_two_ways_of_one_department_are_two_rows() -> None:
    """Accounts of its own, and EduConnect."""
    own, edu = directory.find("ent77"), directory.find("seine-et-marne-educonnect")
    assert (own.name, own.family.uses_educonnect) == ("seine-et-marne", False)
    assert (edu.state, edu.family.uses_educonnect) == (State.CURRENT, True)
    assert own.all_hosts == edu.all_hosts


# -- hosts ----------------------------------------------------------------------------------


def test_a_host_leads_to_its_portals() -> None:
    """All of them, the older ways included; in any case, with the usual port or without."""
    assert [row.name for row in directory.by_host("cas.agora06.fr")] == ["agora06", "agora06-historic"]
    assert directory.by_host("CAS.Agora06.FR:443") == directory.by_host("cas.agora06.fr")


def test_a_host_in_front_leads_to_its_portal() -> None:
    """And so does one that is over."""
    assert "normandie" in [row.name for row in directory.by_host("connexion.l-educdenormandie.fr")]
    assert [row.name for row in directory.by_host("fip.itslearning.com")] == ["ac-caen-historic"]


def test_a_port_is_part_of_a_host() -> None:
    """Another port is another host."""
    assert [row.name for row in directory.by_host("seshat.ac-orleans-tours.fr:8443")] == ["portail-famille"]
    assert directory.by_host("seshat.ac-orleans-tours.fr") == ()


@pytest.mark.parametrize(
    "host",
    [
        "",
        "agora06.fr",
        "xcas.agora06.fr",
        "cas.agora06.fr.evil.test",
        "cas.agora06.fr.",
        "cas.agora06.fr:444",
        "evil@cas.agora06.fr",
        EDUCONNECT,
    ],
)
def test_what_only_looks_like_a_host_leads_nowhere(host: str) -> None:
    """Nor does EduConnect, which belongs to no portal."""
    assert directory.by_host(host) == ()


# -- other packages -----------------------------------------------------------------------


def _row(name: str, *aliases: str) -> Portal:
    return Portal(
        name=name,
        title="Exemple",
        family=KosmosForm(host=f"cas.{name}.example.test"),
        aliases=aliases,
        evidence="Invented.",
        seen=dt.date(2026, 9, 1),
    )


ONE = _row("exemple")
SEVERAL = [_row("exemple-a"), _row("exemple-b", "autre_b")]
TAKEN = [_row("agora06"), _row("libre"), _row("exemple-c", "ent-hdf"), _row("exemple-a")]
MIXED = ["words", _row("exemple-d")]
WORDS = "words"
NUMBER = 7


def broken() -> Iterator[Portal]:
    """One row, and then something goes wrong."""
    yield _row("exemple-e")
    raise ValueError("Factice")


BROKEN = broken()


def test_other_packages_add_theirs(points: Points) -> None:
    """One row, or several."""
    points(one=f"{HERE}:ONE", several=f"{HERE}:SEVERAL")
    assert directory.find("exemple").name == "exemple"
    assert directory.find("AUTRE-B").name == "exemple-b"
    assert {"exemple", "exemple-a", "exemple-b"} < {*directory.names()}
    assert [row.name for row in directory.by_host("cas.exemple.example.test")] == ["exemple"]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("no.such.module:x", "cannot be loaded (ModuleNotFoundError)"),
        (f"{HERE}:nothing", "cannot be loaded (AttributeError)"),
        ("not a reference", "cannot be loaded"),
        (f"{HERE}:BROKEN", "cannot be loaded (ValueError)"),
        (f"{HERE}:WORDS", "leads to something else"),
        (f"{HERE}:NUMBER", "leads to something else"),
    ],
)
def test_a_broken_package_is_told_and_skipped(
    points: Points, caplog: pytest.LogCaptureFixture, value: str, said: str
) -> None:
    """By the name of its entry point; the others stay, before it and after it."""
    points(another=f"{HERE}:ONE", kaputt=value, zzz=f"{HERE}:SEVERAL")
    names = directory.names()
    assert {"exemple", "exemple-b", *SEEDS} < {*names}
    assert "exemple-e" not in names
    told = [record for record in caplog.records if record.levelno == logging.WARNING]
    assert all(record.name == "schoolsync.ent" for record in told)
    assert "'kaputt'" in told[0].getMessage()
    assert said in told[0].getMessage()
    assert "Factice" not in caplog.text


def test_a_bad_row_does_not_hide_the_good_ones(points: Points, caplog: pytest.LogCaptureFixture) -> None:
    """Each is looked at for itself."""
    points(mixed=f"{HERE}:MIXED")
    assert directory.find("exemple-d").name == "exemple-d"
    assert "'mixed': leads to something else" in caplog.text


def test_nothing_that_is_taken_can_be_taken(points: Points, caplog: pytest.LogCaptureFixture) -> None:
    """Neither a name nor another name, built in or another package's; and never silently."""
    points(aaa=f"{HERE}:SEVERAL", taken=f"{HERE}:TAKEN")
    assert isinstance(directory.find("agora06").family, KosmosEduConnect)
    assert directory.find("ent_hdf").name == "hdf"
    assert directory.find("libre").name == "libre"
    assert "exemple-c" not in directory.names()
    told = [record.getMessage() for record in caplog.records]
    assert [text.rpartition(": ")[2] for text in told] == [
        "agora06 is taken; not added",
        "ent-hdf is taken; not added",
        "exemple-a is taken; not added",
    ]
    assert all("'taken'" in text for text in told)


def test_a_row_that_is_taken_is_told_by_any_look(points: Points, caplog: pytest.LogCaptureFixture) -> None:
    """Even by one that asks for the built-in row of that name."""
    points(taken=f"{HERE}:TAKEN")
    assert directory.find("agora06").family != TAKEN[0].family
    assert "agora06 is taken" in caplog.text


def test_other_packages_are_looked_for_once(points: Points, caplog: pytest.LogCaptureFixture) -> None:
    """So a broken one is told once."""
    points(kaputt="no.such.module:x")
    directory.names()
    directory.find("agora06")
    directory.by_host("cas.agora06.fr")
    assert len(caplog.records) == 1


# -- what is loaded -----------------------------------------------------------------------


def test_a_look_loads_no_family() -> None:
    """The ways are loaded when they are walked: by name, by host and by address alike."""
    code = (
        "import sys; from schoolsync.ent import directory, lookup;"
        "directory.find('agora06'); directory.by_host('cas.agora06.fr');"
        "lookup.match(cas_active=True, cas_url='https://cas.agora06.fr/login', chain=[], rne=None);"
        "print(*sys.modules)"
    )
    loaded = {module for module in fresh(code).split() if module.startswith("schoolsync.ent.")}
    ways = {f"schoolsync.ent.{row.family.kind}" for row in directory.BUILT_IN}
    assert "schoolsync.ent.families" in loaded
    assert loaded & ways == set()
    assert "schoolsync.ent.walk" not in loaded


def test_a_walk_loads_its_family_alone() -> None:
    """And that is how the test above would notice."""
    code = (
        "import sys; from schoolsync.ent import directory;"
        "turn = directory.find('agora06-historic').family.turn(None);"
        "\ntry: turn.send(None)\nexcept AttributeError: pass"
        "\nprint(*sys.modules)"
    )
    loaded = {*fresh(code).split()}
    assert "schoolsync.ent.kosmos_form" in loaded
    assert "schoolsync.ent.openent_local" not in loaded


def test_the_rows_share_a_family_for_what_is_the_same() -> None:
    """Local accounts of one host: whoever asks by host gets each way once."""
    kinds = {row.family for row in directory.by_host("enthdf.fr")}
    assert len(kinds) == 2
    assert OpenEntLocal(host="enthdf.fr") in kinds
