"""Compositions of dialects: which go together, the way there and back, and the judge of a text."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import cast

from generators.core import Stream
from generators.families.code.dialects.indices import INDICES
from generators.families.code.dialects.lines import BLOCKS, LINES
from generators.families.code.dialects.model import Breach, Dialect, Refused
from generators.families.code.dialects.notation import NOTATIONS
from generators.families.code.dialects.tokens import STATEMENTS, TOKENS
from generators.families.code.running import OutsideSubset, check_subset, parsed

#: All dialects by name, in the order in which they are composed.
DIALECTS: Mapping[str, Dialect] = {
    each.name: each for each in (*INDICES, *NOTATIONS, *STATEMENTS, *BLOCKS, *TOKENS, *LINES)
}
_PLACE = {name: place for place, name in enumerate(DIALECTS)}
_EXCEPT = " except "
#: Dialects on different subjects that do not go together, and why.
_CLASHES: Mapping[frozenset[str], str] = {
    frozenset({"operator_first", "operator_words"}): "no operator stands between two values any more",
    frozenset({"operator_first", "comparison_words"}): "no comparison stands between two values any more",
    frozenset({"end_blocks", "hyphen_indentation"}): "nothing is indented any more",
}


def dialect(name: str) -> Dialect:
    """A dialect by its name, such as `semicolons` or `semicolons except 4`.

    Raises:
        KeyError: There is no such dialect.
    """
    plain, excepting, line = name.partition(_EXCEPT)
    if plain not in DIALECTS or (excepting and not (DIALECTS[plain].by_line and line.isdecimal() and int(line))):
        raise KeyError(name)
    return DIALECTS[plain].excepting(int(line)) if excepting else DIALECTS[plain]


def clash(first: str, second: str) -> str:
    """Why two dialects cannot be composed; empty where they can."""
    one, other = (name.partition(_EXCEPT)[0] for name in (first, second))
    if DIALECTS[one].subject == DIALECTS[other].subject:
        return f"both are about {DIALECTS[one].subject}"
    return _CLASHES.get(frozenset({one, other}), "")


def allowed(names: Sequence[str]) -> bool:
    """Whether names are those of dialects that go together, in the order in which they are composed."""
    try:
        places = [_PLACE[name.partition(_EXCEPT)[0]] for name in names if dialect(name)]
    except KeyError:
        return False
    return places == sorted(set(places)) and not any(clash(*pair) for pair in combinations(names, 2))


@lru_cache(maxsize=1000)
def _fault(text: str) -> str:
    """Why a text is no program that dialects take; empty where it is one."""
    try:
        tree = parsed(text)
        check_subset(tree)
    except OutsideSubset as fault:
        return str(fault)
    if ast.unparse(tree) != text:
        return "a text that is not as ast.unparse prints it"
    return "a docstring, which may span lines" if ast.get_docstring(cast(ast.FunctionDef, tree.body[0])) else ""


def forward(text: str, names: Sequence[str]) -> str:
    """A Python program in a composition of dialects.

    Args:
        text: A program of the bank's subset, as `ast.unparse` prints it.
        names: Names of dialects, in the order of `DIALECTS`.

    Raises:
        Refused: The program lies outside the subset of a dialect, or of all.
    """
    fault = _fault(text)
    if fault:
        raise Refused(fault)
    for name in names:
        try:
            text = dialect(name).into(text)
        except (Refused, Breach) as fault:
            raise Refused(f"{name}: {fault}") from None
    return text


def back(text: str, names: Sequence[str]) -> str:
    """The Python program that `forward` made a text of; of any other text it makes something that means nothing.

    Raises:
        Breach: The text cannot be taken back.
    """
    for name in reversed(names):
        try:
            text = dialect(name).out_of(text)
        except (Refused, Breach) as fault:
            raise Breach(f"{name}: {fault}") from None
    return text


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says in a composition of dialects.

    Attributes:
        program: The Python program that it says; empty where it breaks the rules.
        breach: How it breaks them; empty where it does not.
    """

    program: str
    breach: str = ""


def obeys(text: str, names: Sequence[str]) -> Reading:
    """Whether a text follows the rules of its dialects to the letter, and the program that it says.

    It does if some program, taken into the dialects, is printed just so; as ways there and back are exact, it is the
    one that the way back gives.
    """
    try:
        program = back(text, names)
        printed = forward(program, names)
    except (Breach, Refused) as fault:
        return Reading("", str(fault))
    if printed == text:
        return Reading(program)
    pairs = zip(printed.split("\n"), text.split("\n"), strict=False)
    line = next((number for number, (one, other) in enumerate(pairs, 1) if one != other), 0)
    return Reading("", f"line {line} is not written by the rules" if line else "lines are missing or too many")


def composed(program: str, count: int, rng: Stream) -> list[str]:
    """Some dialects that go together, of which each changes a program in the company of the others.

    Args:
        program: The program.
        count: How many dialects; fewer where no more can be had.
        rng: Draws them.
    """
    names: list[str] = []
    for name in rng.shuffled(list(DIALECTS)):
        if len(names) < count and not any(clash(name, other) for other in names):
            more = sorted([*names, name], key=_PLACE.__getitem__)
            if telling(program, more):
                names = more
    return names


def telling(program: str, names: Sequence[str]) -> bool:
    """Whether a program can be taken into dialects, and would be another text without any one of them."""
    try:
        text = forward(program, names)
        return all(forward(program, [*names[:i], *names[i + 1 :]]) != text for i in range(len(names)))
    except Refused:
        return False
