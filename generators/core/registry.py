"""Finding shifts and distributions by their files; nothing central is edited when one is added.

A shift is a file `generators/shifts/<label>/<category>/<name>.py` with a `SHIFT = Shift(...)` at its top level. A
distribution is a class or function under `@distribution(...)`, in a shift's file or in a family's. Both headers are
literals, so listing parses the files and imports none of them; a builder is imported only when something is built.

A distribution may be declared once more with `profile="upstream"`: the same construct, made from published items.
"""

from __future__ import annotations

import ast
import difflib
import importlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from generators.core.banks import ROOT, bank_names, grown_path
from generators.core.builders import Builder, Pictured, Question
from generators.core.profiles import Profile
from schemas import Example, ShiftEntry, ShiftworksError

PACKAGE = ROOT / "generators"
SHIFTS = PACKAGE / "shifts"
FAMILIES = PACKAGE / "families"
LABELS = ("extreme", "probing")
#: Profiles that a distribution may have a maker for.
MAKERS = (Profile.EMBEDDED, Profile.UPSTREAM)

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
        profile: `embedded`, or `upstream` for the maker that the profile of that name takes instead.
    """

    name: str
    version: int = 1
    banks: tuple[str, ...] = ()
    cues: Mapping[str, str] = field(default_factory=dict)
    pool: str | None = None
    profile: str = "embedded"


def distribution(
    name: str,
    *,
    version: int = 1,
    banks: tuple[str, ...] = (),
    cues: Mapping[str, str] | None = None,
    pool: str | None = None,
    profile: str = "embedded",
) -> Callable[[F], F]:
    """Marks a class, or a function that returns a builder, as a distribution; its docstring is the construct.

    See `Distribution` for the arguments; all must be literals, since they are read without importing the file.
    """
    header = Distribution(name, version, banks, cues or {}, pool, profile)

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
        profile: What its items are taken from; `embedded` also under another profile that has nothing for it.
    """

    header: Distribution
    construct: str
    path: Path
    attribute: str
    profile: Profile = Profile.EMBEDDED

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
                if header.profile not in MAKERS:
                    raise ShiftworksError(
                        f"{path}:{node.lineno}: {header.name} is for the profile {header.profile!r}, "
                        f"which takes no makers of its own; say one of {', '.join(MAKERS)}"
                    )
                yield FoundDistribution(header, construct, path, node.name, Profile(header.profile))


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
def _scan() -> tuple[dict[str, FoundShift], Mapping[Profile, dict[str, FoundDistribution]]]:
    shifts: dict[str, FoundShift] = {}
    makers: dict[Profile, dict[str, FoundDistribution]] = {profile: {} for profile in MAKERS}
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
            known = makers[made.profile]
            if made.header.name in known:
                other = known[made.header.name].path
                raise ShiftworksError(f"{path}: distribution {made.header.name!r} also stands in {other}; rename one")
            known[made.header.name] = made
    distributions = makers[Profile.EMBEDDED]
    for name, made in makers[Profile.UPSTREAM].items():
        if name not in distributions:
            raise ShiftworksError(f"{made.path}: no distribution named {name!r} to make from upstream items")
    for found in shifts.values():
        for part in found.entry.parts:
            if part not in distributions:
                raise ShiftworksError(f"{found.path}: no distribution named {part!r}{_hint(part, distributions)}")
    return dict(sorted(shifts.items())), {profile: dict(sorted(found.items())) for profile, found in makers.items()}


def _hint(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def shifts() -> dict[str, FoundShift]:
    """All shifts by name, sorted.

    Raises:
        ShiftworksError: A file's header is broken; the message names file and line.
    """
    return _scan()[0]


@cache
def distributions(profile: Profile = Profile.EMBEDDED) -> dict[str, FoundDistribution]:
    """All distributions by name, sorted, as a profile makes them; raises like `shifts`."""
    makers = _scan()[1]
    found = makers[Profile.EMBEDDED]
    if profile is Profile.UPSTREAM:
        return {**found, **makers[profile]}
    if profile is Profile.GROWN:
        return {name: replace(each, profile=profile) if _has_grown(each) else each for name, each in found.items()}
    return found


def _has_grown(found: FoundDistribution) -> bool:
    """Whether anything was grown for a bank of a distribution."""
    return any(grown_path(name).is_file() for pattern in found.header.banks for name in bank_names(pattern))


def find_shift(name: str) -> FoundShift:
    """One shift by name.

    Raises:
        ShiftworksError: There is none; the message offers the closest name.
    """
    if name not in shifts():
        raise ShiftworksError(f"no shift named {name!r}{_hint(name, shifts())}; `shifts list` names all")
    return shifts()[name]


def find_distribution(name: str, profile: Profile = Profile.EMBEDDED) -> FoundDistribution:
    """One distribution by name, as a profile makes it; raises like `find_shift`."""
    if name not in distributions():
        raise ShiftworksError(
            f"no distribution named {name!r}{_hint(name, distributions())}; `shifts list --distributions` names all"
        )
    return distributions(profile)[name]


def resolve(names: Iterable[str], profile: Profile = Profile.EMBEDDED) -> list[FoundDistribution]:
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
    return [found for name, found in distributions(profile).items() if not wanted or name in wanted]
