"""What stands where: tests beside modules, folders as ARCHITECTURE.md draws them, names that resolve."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

# One line of the drawing: a name with its slash or suffix, in parentheses while it is still to come.
_DRAWN = re.compile(r"^([├└]── )?(\()?([\w./]+)", re.MULTILINE)
_PACKAGE = "src/schoolsync/"
_BY_FOLDER = {"cli", "encode", "mapping", "schema"}
_NOT_MIRRORED = {"__init__", "__main__"}


def unmirrored(root: Path) -> list[str]:
    """Modules without their test module.

    The rule: `src/schoolsync/a/b.py` is tested by `tests/a/test_b.py`, and
    `tools/b.py` by `tests/tools/test_b.py`. Three exceptions:

    - `__init__` and `__main__` hold no logic of their own;
    - `client/_async/b.py` is tested by `tests/client/test_b.py`, and that test
      answers for the generated `client/_sync/b.py` too;
    - the many files of `schema`, `mapping`, `encode` or `cli` may be tested as a
      whole, by `test_schema.py` and so on, beside where the folder's tests would be.
    """
    return [
        f"{module.relative_to(root)}: no {places[0].relative_to(root)}"
        for module, places in _mirrors(root)
        if not any(place.exists() for place in places)
    ]


def _mirrors(root: Path) -> Iterator[tuple[Path, list[Path]]]:
    package, tests = root / "src/schoolsync", root / "tests"
    for module in sorted(package.rglob("*.py")):
        folder = module.parent.relative_to(package)
        if module.stem in _NOT_MIRRORED or folder.name == "_sync":
            continue
        if folder.name == "_async":
            folder = folder.parent
        places = [tests / folder / f"test_{module.stem}.py"]
        if folder.name in _BY_FOLDER:
            places.append(tests / folder.parent / f"test_{folder.name}.py")
        yield module, places
    for module in sorted((root / "tools").glob("*.py")):
        yield module, [tests / "tools" / f"test_{module.stem}.py"]


def misdrawn(root: Path) -> list[str]:
    """Where the drawing in ARCHITECTURE.md and the checkout tell different stories."""
    built, to_come = _drawn((root / "ARCHITECTURE.md").read_text(encoding="utf-8"))
    there = _standing(root)
    return [
        *(f"{name}: drawn, but not there" for name in sorted(built - there)),
        *(f"{name}: there, but not drawn" for name in sorted(there - built - to_come)),
        *(f"{name}: there, so its parentheses come off" for name in sorted(there & to_come)),
    ]


def _drawn(text: str) -> tuple[set[str], set[str]]:
    """The names in the first fenced drawing: built, and to come."""
    built: set[str] = set()
    to_come: set[str] = set()
    for branch, parenthesis, name in _DRAWN.findall(text.split("```")[1]):
        (to_come if parenthesis else built).add(f"{_PACKAGE}{name}" if branch else name)
    return built, to_come


def _standing(root: Path) -> set[str]:
    """The folders at the root, and what lies directly in the package (`__main__` draws itself)."""
    folders = {f"{path.name}/" for path in root.iterdir() if _is_ours(path)}
    package = {
        f"{_PACKAGE}{path.name}{'/' * path.is_dir()}"
        for path in (root / _PACKAGE).iterdir()
        if _is_ours(path) or (path.suffix == ".py" and path.stem != "__main__")
    }
    return (folders - {"src/"}) | package | {_PACKAGE}


def _is_ours(path: Path) -> bool:
    """Whether it is a folder that git would keep: not a cache, and not empty."""
    hidden = path.name[0] in "._" and path.name != ".ci"
    return not hidden and any(file.is_file() and file.suffix != ".pyc" for file in path.rglob("*"))


def bad_exports(module: ModuleType) -> list[str]:
    """Names in `__all__` out of order, or that the module does not have."""
    names = list(module.__all__)
    complaints = [f"{name}: does not resolve" for name in names if not hasattr(module, name)]
    if names != sorted(set(names)):
        complaints.append(f"{module.__name__}.__all__: not sorted, or something twice")
    return complaints
