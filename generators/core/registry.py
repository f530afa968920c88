"""Finding shifts and distributions by their files; nothing central is edited when one is added.

A shift is a file `generators/shifts/<label>/<category>/<name>.py` with a `SHIFT = Shift(...)` at its top level. A
distribution is a class or function under `@distribution(...)`, in a shift's file or in a family's. Both headers are
literals, so listing parses the files and imports none of them; a builder is imported only when something is built.
"""

from __future__ import annotations

import ast
import difflib
import importlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from generators.core.banks import ROOT
from generators.core.builders import Builder, Pictured, Question
from schemas import Example, ShiftEntry, ShiftworksError

PACKAGE = ROOT / "generators"
SHIFTS = PACKAGE / "shifts"
FAMILIES = PACKAGE / "families"
LABELS = ("extreme", "probing")

F = TypeVar("F", bound=Callable[[], Builder])


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift's header; every value is a literal.

    Attributes:
        source: Distribution that the reward model is tuned on.
        target: Distribution that it is tested on.
        target_reference: The target's skill without its cue; None where the target serves itself.
        version: Raised when what the shift means changes.
    """

    source: str
    target: str
    target_reference: str | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class Distribution:
    """A distribution's header; every value is a literal.

    Attributes:
        name: Its name, unique in the project.
        version: Raised whenever its bytes change.
        banks: Patterns of the banks that it reads, such as `facts/science/*`.
        cues: Declared cues (those that are the point), each with its reason.
        pool: Distributions of one pool draw the same items in the same order, so that a target and its reference
            coincide item by item; by default a distribution is alone in its pool.
    """

    name: str
    version: int = 1
    banks: tuple[str, ...] = ()
    cues: Mapping[str, str] = field(default_factory=dict)
    pool: str | None = None


def distribution(
    name: str,
    *,
    version: int = 1,
    banks: tuple[str, ...] = (),
    cues: Mapping[str, str] | None = None,
    pool: str | None = None,
) -> Callable[[F], F]:
    """Marks a class, or a function that returns a builder, as a distribution; its docstring is the construct.

    See `Distribution` for the arguments; all must be literals, since they are read without importing the file.
    """
    header = Distribution(name, version, banks, cues or {}, pool)

    def mark(make: F) -> F:
        setattr(make, "__distribution__", header)  # noqa: B010 - a class or function has no such field to type
        return make

    return mark


@dataclass(frozen=True, slots=True)
class FoundDistribution:
    """A distribution as its file declares it.

    Attributes:
        header: Its header.
        construct: Its docstring.
        path: The file.
        attribute: The class or function in that file.
    """

    header: Distribution
    construct: str
    path: Path
    attribute: str

    @property
    def module(self) -> str:
        """Dotted name of the file's module."""
        return ".".join(self.path.relative_to(ROOT).with_suffix("").parts)

    def builder(self) -> Builder:
        """The builder itself; imports its file."""
        made: Builder = getattr(importlib.import_module(self.module), self.attribute)()
        return made

    def picture(self, example: Example) -> str | None:
        """One of its examples as a drawing in SVG; None where its family draws none."""
        builder = self.builder()
        if not isinstance(builder, Pictured):
            return None
        texts = tuple(response.text for response in example.responses)
        return builder.picture(Question(example.prompt, texts, example.meta))


@dataclass(frozen=True, slots=True)
class FoundShift:
    """A shift as its file declares it: the manifest entry, the docstring and the file."""

    entry: ShiftEntry
    docstring: str
    path: Path


def _literal(node: ast.expr, path: Path) -> Any:
    """A literal value of a header."""
    try:
        return ast.literal_eval(node)
    except ValueError:
        raise ShiftworksError(
            f"{path}:{node.lineno}: expected a literal in the header, found {ast.unparse(node)!r}; "
            "headers are read without running the file"
        ) from None


def _header(call: ast.Call, make: Callable[..., Any], path: Path) -> Any:
    """The header object that a literal call stands for."""
    args = [_literal(arg, path) for arg in call.args]
    named = {keyword.arg: _literal(keyword.value, path) for keyword in call.keywords if keyword.arg}
    try:
        return make(*args, **named)
    except TypeError as error:
        raise ShiftworksError(f"{path}:{call.lineno}: {error}") from None


def _is_call(node: ast.AST | None, name: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name


def _parse(path: Path) -> ast.Module:
    try:
        return ast.parse(path.read_text(encoding="utf-8"))
    except SyntaxError as error:
        raise ShiftworksError(f"{path}:{error.lineno}: not valid Python: {error.msg}") from None


def _distributions_of(tree: ast.Module, path: Path) -> Iterable[FoundDistribution]:
    for node in tree.body:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef):
            continue
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Call) and _is_call(decorator, "distribution"):
                header = _header(decorator, Distribution, path)
                construct = ast.get_docstring(node)
                if not construct:
                    raise ShiftworksError(f"{path}:{node.lineno}: {header.name} has no docstring; say what it measures")
                yield FoundDistribution(header, construct, path, node.name)


def _shift_of(tree: ast.Module, path: Path) -> FoundShift:
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and _is_call(node.value, "Shift"):
            header: Shift = _header(node.value, Shift, path)
            docstring = ast.get_docstring(tree)
            if not docstring:
                raise ShiftworksError(f"{path}:1: the shift has no docstring; say what it asks")
            label, category = path.relative_to(SHIFTS).parts[:2]
            entry = ShiftEntry(
                path.stem, label, category, header.source, header.target, header.target_reference, header.version
            )
            return FoundShift(entry, docstring, path)
    raise ShiftworksError(f"{path}: expected a line SHIFT = Shift(source=..., target=...), found none")


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py") if path.name != "__init__.py")


@cache
def _scan() -> tuple[dict[str, FoundShift], dict[str, FoundDistribution]]:
    shifts: dict[str, FoundShift] = {}
    distributions: dict[str, FoundDistribution] = {}
    for path in [*_files(SHIFTS), *_files(FAMILIES)]:
        in_shifts = path.is_relative_to(SHIFTS)
        if not in_shifts and "@distribution(" not in path.read_text(encoding="utf-8"):
            continue
        tree = _parse(path)
        if in_shifts:
            parts = path.relative_to(SHIFTS).parts
            if len(parts) != 3 or parts[0] not in LABELS:
                raise ShiftworksError(
                    f"{path}: expected {SHIFTS}/<{'|'.join(LABELS)}>/<category>/<shift>.py; move the file there"
                )
            found = _shift_of(tree, path)
            if found.entry.name in shifts:
                other = shifts[found.entry.name].path
                raise ShiftworksError(f"{path}: shift {found.entry.name!r} also stands in {other}; rename one")
            shifts[found.entry.name] = found
        for made in _distributions_of(tree, path):
            if made.header.name in distributions:
                other = distributions[made.header.name].path
                raise ShiftworksError(f"{path}: distribution {made.header.name!r} also stands in {other}; rename one")
            distributions[made.header.name] = made
    for found in shifts.values():
        for part in found.entry.parts:
            if part not in distributions:
                raise ShiftworksError(f"{found.path}: no distribution named {part!r}{_hint(part, distributions)}")
    return dict(sorted(shifts.items())), dict(sorted(distributions.items()))


def _hint(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def shifts() -> dict[str, FoundShift]:
    """All shifts by name, sorted.

    Raises:
        ShiftworksError: A file's header is broken; the message names file and line.
    """
    return _scan()[0]


def distributions() -> dict[str, FoundDistribution]:
    """All distributions by name, sorted; raises like `shifts`."""
    return _scan()[1]


def find_shift(name: str) -> FoundShift:
    """One shift by name.

    Raises:
        ShiftworksError: There is none; the message offers the closest name.
    """
    if name not in shifts():
        raise ShiftworksError(f"no shift named {name!r}{_hint(name, shifts())}; `shifts list` names all")
    return shifts()[name]


def find_distribution(name: str) -> FoundDistribution:
    """One distribution by name; raises like `find_shift`."""
    if name not in distributions():
        raise ShiftworksError(
            f"no distribution named {name!r}{_hint(name, distributions())}; `shifts list --distributions` names all"
        )
    return distributions()[name]


def resolve(names: Iterable[str]) -> list[FoundDistribution]:
    """The distributions that names of shifts or distributions stand for, each once, sorted; all where none is named.

    Raises:
        ShiftworksError: A name is neither.
    """
    wanted: set[str] = set()
    for name in names:
        if name in distributions():
            wanted.add(name)
        elif name in shifts():
            wanted.update(shifts()[name].entry.parts)
        else:
            known = [*shifts(), *distributions()]
            raise ShiftworksError(
                f"no shift or distribution named {name!r}{_hint(name, known)}; `shifts list` names all"
            )
    return [found for name, found in distributions().items() if not wanted or name in wanted]
