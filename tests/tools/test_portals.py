"""The page of portals says what the rows say, and the names of other clients lead where they say."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import attrs
import pronotepy.ent
import pytest

from schoolsync.ent import directory
from schoolsync.ent.portal import State
from tools.portals import PAGE, PRONOTE_API, PRONOTEPY, REMOVED, main

THEIRS = {
    name: value for name, value in vars(pronotepy.ent).items() if callable(value) and not name.startswith("_")
}
# Names that lead over other hosts here than there, and why.
MOVED = {
    "ac_orleans_tours": "the log-in moved, and its former host is kept beside",
    "ac_poitiers": "the portal of the region has that name here",
    "ile_de_france": "the way that pronotepy knows stopped",
}


def rows(text: str) -> dict[str, list[str]]:
    """The rows of all tables, by their first cell."""
    lines = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in text.splitlines()
        if line.startswith("| `")
    ]
    return {cells[0].split("`")[1]: cells for cells in lines}


@pytest.fixture(scope="module")
def page() -> dict[str, list[str]]:
    """The tables of the committed page."""
    return rows(PAGE.read_text(encoding="utf-8"))


def test_the_page_is_fresh(capsys: pytest.CaptureFixture[str]) -> None:
    """What stands in the repository is what the rows say now."""
    assert main(["--check"]) == 0, capsys.readouterr().out


def test_a_stale_page_is_noticed_and_mended(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With `--check` it is named and left alone; without, it is written."""
    page = tmp_path / "somewhere" / "portals.md"
    assert main(["--check"], page) == 1
    assert not page.exists()
    assert main([], page) == 0
    assert main(["--check"], page) == 0
    page.write_text(page.read_text(encoding="utf-8").replace("historic", "current"), encoding="utf-8")
    capsys.readouterr()
    assert main(["--check"], page) == 1
    assert capsys.readouterr().out == f"{page}: stale; run `make generate`\n"


def test_every_row_stands_on_the_page(page: dict[str, list[str]]) -> None:
    """With its state, its hosts, its date and its whole evidence."""
    for row in directory.BUILT_IN:
        cells = page[row.name]
        assert cells[4].startswith(row.state)
        assert all(f"`{host}`" in cells[5] for host in (*row.all_hosts, *row.fronts))
        assert cells[6:] == [row.seen.isoformat(), row.evidence]


def test_the_page_tells_what_a_row_is(page: dict[str, list[str]]) -> None:
    """One of each state, whose accounts they are, and what a dead one was."""
    assert page["agora06"][2:6] == ["`kosmos_educonnect`", "EduConnect", "current", "`cas.agora06.fr`"]
    assert page["agora06-historic"][2:5] == ["`kosmos_form`", "its own", "historic"]
    assert page["ac-caen-historic"][2:5] == ["`shib_wayf_aten`", "", "dead: use `ac-caen`"]
    assert "from `connexion.enthdf.fr`" in page["hdf"][5]
    assert "(also `leia`)" in page["corse"][1]


def test_the_page_stands_by_region() -> None:
    """Every region once, in the order of the alphabet, accents aside."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    titles = [line.removeprefix("## ") for line in lines if line.startswith("## ")][:-1]
    assert {*titles} == {row.region for row in directory.BUILT_IN}
    assert len({*titles}) == len(titles)
    assert titles.index("Île-de-France") == titles.index("Hauts-de-France") + 1


def test_the_page_counts_its_rows() -> None:
    """By state."""
    built = directory.BUILT_IN
    dead = sum(row.state is State.DEAD for row in built)
    text = PAGE.read_text(encoding="utf-8")
    assert f"{len(built)} rows: " in text
    assert f", {dead} dead." in text


def test_a_row_of_another_package_does_not_show(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The page is the same wherever it is written."""
    row = attrs.evolve(directory.find("agora06"), name="exemple", aliases=())
    rows = {**directory._rows(), "exemple": row}
    monkeypatch.setattr(directory, "_rows", lambda: rows)
    assert "exemple" in directory.names()
    assert main(["--check"]) == 0, capsys.readouterr().out


# -- the names of other clients ----------------------------------------------------------------


def test_the_names_of_pronote_api_are_names_here() -> None:
    """All 39, under exactly the same name."""
    assert len(PRONOTE_API) == 39
    assert {*PRONOTE_API} <= {*directory.names()}


def test_the_names_of_pronotepy_are_all_there() -> None:
    """Those that it exports now, and those of before."""
    assert {*PRONOTEPY} == {*THEIRS}
    assert {*REMOVED} & {*THEIRS} == set()


@pytest.mark.parametrize("name", sorted({*PRONOTEPY, *REMOVED}))
def test_a_name_of_pronotepy_is_told(page: dict[str, list[str]], name: str) -> None:
    """Its row is there, and the page says which."""
    row = directory.find(name)
    assert page[name][1:] == [f"`{row.name}`", row.state]


@pytest.mark.parametrize("name", sorted({*PRONOTEPY} - {*MOVED}))
def test_a_name_of_pronotepy_leads_to_the_same_host(name: str) -> None:
    """And asks for the same accounts."""
    told = getattr(THEIRS[name], "keywords", {})
    row = directory.find(name)
    theirs = told.get("url") or told.get("domain")
    if theirs:
        assert urlsplit(theirs).netloc == row.all_hosts[0]
        chosen = theirs.partition("selection=")[2].partition("&")[0]
        assert getattr(row.family, "selection", None) == (chosen or None)
    way = getattr(THEIRS[name], "func", THEIRS[name]).__name__
    is_local = way in {"_cas", "_open_ent_ng", "_simple_auth"}
    assert row.family.uses_educonnect is (not is_local)


def test_what_leads_elsewhere_is_told() -> None:
    """The page names the exceptions, and they are exceptions."""
    introduced = PAGE.read_text(encoding="utf-8").partition("## Names of other clients")[2]
    assert directory.find("ac_poitiers").all_hosts[0] == "mon.lyceeconnecte.fr"
    assert "`ac-poitiers-gateway`" in introduced
    assert directory.find("ac-poitiers-gateway").all_hosts[0] == "sp-ts.ac-poitiers.fr"
    for name in ("ac_grenoble", "ac_lyon", "ile_de_france"):
        assert f"`{name}`" in introduced.partition("| pronotepy")[0]
    assert "ent.netocentre.fr" in directory.find("ac_orleans_tours").all_hosts
