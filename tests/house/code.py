"""What ruff and the import contracts cannot say about a source file.

Each check takes the root of a checkout and returns complaints, `path:line: what`;
an empty list is a clean house.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

PACKAGE = "src/schoolsync/"
Definition = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef

# These touch the world; pyproject.toml names the same files for ruff (TID251).
WORLDLY = ("drivers/", "cli/", "server/", "sandbox/clock.py", "sandbox/mount.py", "sandbox/serve.py")
# These load names on first use, and may do that alone.
LAZY = ("__init__.py", "classcharts.py", "pronote.py", "registry.py")

BUILTINS = {"__import__", "breakpoint", "compile", "eval", "exec", "input", "open", "print"}
METHODS = {"read_bytes", "read_text", "write_bytes", "write_text"}
BANNED = {
    "builtins.open",
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "http.client",
    "importlib.import_module",
    "io.open",
    "os.environ",
    "os.getenv",
    "os.urandom",
    "time.monotonic",
    "time.perf_counter",
    "time.sleep",
    "time.time",
    "urllib.request",
}

FILE_LINES = 400
FUNCTION_LINES = 40
# A longer file or function stands here with its reason, as `path` or `path::name`.
LONG = {
    "src/schoolsync/ent/families.py": "a table: the settings of every make of portal, and who walks it",
    "src/schoolsync/errors.py": "the whole tree is read together, and most of it is a table of classes",
}
GENERATED = f"{PACKAGE}client/_sync/"


def sources(root: Path, *folders: str) -> Iterator[tuple[str, ast.Module]]:
    """Every Python file below the given folders: its path from the root, and its syntax tree."""
    for folder in folders:
        for path in sorted((root / folder).rglob("*.py")):
            yield path.relative_to(root).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def world_touched(root: Path) -> list[str]:
    """Calls and names in pure folders that open files, read clocks or hide an import."""
    return [
        f"{path}:{line}: {name}"
        for path, tree in sources(root, PACKAGE)
        if not path.removeprefix(PACKAGE).startswith(WORLDLY)
        for line, name in sorted(set(_worldly_names(tree)))
        if not (name == "importlib.import_module" and path.removeprefix(PACKAGE) in LAZY)
    ]


def _worldly_names(tree: ast.Module) -> Iterator[tuple[int, str]]:
    aliases = _aliases(tree)
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in BUILTINS:
                yield node.lineno, f"{name}()"
            case ast.Call(func=ast.Attribute(attr=name)) if name in METHODS:
                yield node.lineno, f".{name}()"
            case ast.Attribute() | ast.Name() if (name := _dotted(node, aliases)) in BANNED:
                yield node.lineno, name
            case ast.Import() | ast.ImportFrom():
                yield from ((node.lineno, name) for name in _imported(node).values() if name in BANNED)


def _imported(node: ast.Import | ast.ImportFrom) -> dict[str, str]:
    """The names that one statement binds, each with what it stands for."""
    if isinstance(node, ast.Import):
        return {a.asname or a.name: a.name for a in node.names}
    return {a.asname or a.name: f"{node.module}.{a.name}" for a in node.names}


def _aliases(tree: ast.Module) -> dict[str, str]:
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom))
    return {name: target for node in imports for name, target in _imported(node).items()}


def _dotted(node: ast.expr, aliases: dict[str, str]) -> str:
    """`dt.datetime.now` as `datetime.datetime.now`, by what the file imported; else an empty text."""
    if isinstance(node, ast.Name):
        return aliases.get(node.id, "")
    if isinstance(node, ast.Attribute) and (base := _dotted(node.value, aliases)):
        return f"{base}.{node.attr}"
    return ""


def undocumented(root: Path) -> list[str]:
    """Modules, public classes, functions, methods, model fields and tests without a docstring."""
    complaints = []
    for path, tree in sources(root, "examples", "src", "tests", "tools"):
        if not ast.get_docstring(tree):
            complaints.append(f"{path}:1: the module")
        complaints += [
            f"{path}:{node.lineno}: {node.name}"
            for node in _public(tree)
            if not ast.get_docstring(node) and not _speaks_elsewhere(node)
        ]
        if path.startswith(f"{PACKAGE}model/"):
            complaints += [f"{path}:{line}: {name}" for line, name in _bare_fields(tree)]
    return complaints


def _public(tree: ast.Module | ast.ClassDef) -> Iterator[Definition]:
    for node in tree.body:
        if isinstance(node, Definition) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public(node)


def _speaks_elsewhere(node: Definition) -> bool:
    """Overloads, overrides and setters are described where the name first stands."""
    words = {getattr(d, "attr", None) or getattr(d, "id", None) for d in node.decorator_list}
    return bool(words & {"overload", "override", "setter", "deleter"})


def _bare_fields(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Fields of public classes with no docstring on the next line."""
    for kind in (node for node in _public(tree) if isinstance(node, ast.ClassDef)):
        for field, after in pairwise([*kind.body, ast.Pass()]):
            if not isinstance(field, ast.AnnAssign) or not isinstance(field.target, ast.Name):
                continue
            described = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
            if not (described or field.target.id.startswith("_") or "ClassVar" in ast.dump(field.annotation)):
                yield field.lineno, f"{kind.name}.{field.target.id}"


def too_long(root: Path, allowed: dict[str, str] | None = None) -> list[str]:
    """Files and functions over their size (a function without its docstring), generated files apart."""
    allowed = LONG if allowed is None else allowed
    return [complaint for place, complaint in _long_places(root) if place not in allowed]


def needless_permissions(root: Path, allowed: dict[str, str]) -> list[str]:
    """Exemptions from the sizes that nothing needs any more."""
    return sorted(set(allowed) - {place for place, _ in _long_places(root)})


def _long_places(root: Path) -> Iterator[tuple[str, str]]:
    for path, tree in sources(root, "examples", "src", "tests", "tools"):
        if path.startswith(GENERATED):
            continue
        lines = len((root / path).read_text(encoding="utf-8").splitlines())
        if lines > FILE_LINES:
            yield path, f"{path}:1: {lines} lines, {FILE_LINES} allowed"
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = _length(node)
                if length > FUNCTION_LINES:
                    yield f"{path}::{node.name}", f"{path}:{node.lineno}: {node.name} has {length} lines"


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    docstring = (first.end_lineno or 0) - first.lineno + 1 if ast.get_docstring(node) else 0
    return (node.end_lineno or 0) - node.lineno + 1 - docstring
