"""Printed rules of a made-up dialect of Python against the program that is labelled right: does it follow them?"""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from eval.audit.defects.finding import Seen
from eval.audit.defects.pool import LONG, Pool
from eval.audit.defects.registry import defect

#: Strings and comments: what stands in them is no code.
NO_CODE = re.compile(
    r'"""[\s\S]*?"""|' + r"'''[\s\S]*?'''" + r'|"(?:\\.|[^"\\\n])*"|' + r"'(?:\\.|[^'\\\n])*'|`[^`\n]*`|#[^\n]*"
)
#: Rules that move lines or letters about; in their company no other rule can be read off a program.
MOVES = re.compile(
    r"\blines? (?:has|have) been (?:reversed|swapped)|\breverse order\b|\bfrom its last character\b",
    re.IGNORECASE,
)
#: A rule with an exception is not read.
EXCEPTION = re.compile(r"\bBut line \d+\b")
INNER_HYPHEN = re.compile(
    r"^-*(?:def|class|return|for|while|if|elif|import|from|raise|yield|with|print)-\w", re.IGNORECASE | re.MULTILINE
)
#: A condition that `if` opens where a line begins, and one that `else` opens; a swap leaves none of the first alone.
IF = re.compile(r"^[ \t]*(?:el)?if\b[ \t]*[^\s:;]", re.IGNORECASE | re.MULTILINE)
ELSE = re.compile(r"^[ \t]*else\b[ \t]*[^\s:;]", re.IGNORECASE | re.MULTILINE)
ANY_IF = re.compile(r"\bif\b[ \t]+[^\s:;]", re.IGNORECASE)
ANY_ELSE = re.compile(r"\belse\b[ \t]+[^\s:;]", re.IGNORECASE)

QUOTED = re.compile(r"""'[^'\n]*'|"[^"\n]*\"""")
BARE_NUMBER = re.compile(r"(?<![\w.])\d")
#: Loops whose variable runs from 0 on; round brackets are those of another rule in some programs.
TURNED = str.maketrans(")", "(")
FROM_ZERO = re.compile(r"\bfor (\w+) in range\((?:len\([^(]*\(|\w+)\(", re.IGNORECASE)
#: Words of Python and what they are from right to left.
MIRRORED = {word: word[::-1] for word in ("def", "return", "print", "else", "import")}

#: Whether a program follows a rule, given the rule's line; None where that cannot be told.
Follows = Callable[[str, str], bool | None]


def _hyphens(program: str, rule: str) -> bool | None:  # noqa: ARG001 - every rule has the same arguments
    if re.search(r"^[ \t]+\S", program, re.MULTILINE):
        return False
    return not INNER_HYPHEN.search(program) if re.search(r"^-", program, re.MULTILINE) else None


def _swapped_if(program: str, rule: str) -> bool | None:  # noqa: ARG001
    # Where hyphens stand for spaces, `if-x` is read as `if x`.
    code = _code(program).replace("-", " ")
    if ELSE.search(code):
        return True
    # Within a line, `a if b else c` reads the same way with and without the swap.
    return False if IF.search(code) or (ANY_IF.search(code) and not ANY_ELSE.search(code)) else None


def _swapped_brackets(program: str, rule: str) -> bool | None:  # noqa: ARG001
    first = re.search(r"[()]", _code(program))
    return first[0] == ")" if first else None


def _capitals(program: str, rule: str) -> bool | None:
    # `and` joins the words of the list; it is one of them only where it is marked as code.
    named = {word for word in re.findall(r"\w+", rule) if keyword.iskeyword(word)} - {"and", "or", "is", "not", "with"}
    code = set(re.findall(r"[^\W\d]\w*", _code(program)))
    if code & named:
        return False
    return True if code & {word.capitalize() for word in named} else None


def _copies(program: str, rule: str) -> bool | None:  # noqa: ARG001
    """Every third line counts with or without copies and empty lines; a copy of the very last line may be missing."""
    lines = program.strip("\n").split("\n")
    full = [line for line in lines if line.strip("- \t")]
    if len(full) < 4:
        return None
    ways = ((some, every) for some in (lines, full) for every in (3, 4))
    return any(all(some[i] == some[i - 1] for i in range(3, len(some), every)) for some, every in ways)


def _quotes(program: str, rule: str) -> bool | None:  # noqa: ARG001
    rest = QUOTED.sub(" ", re.sub(r"`[^`\n]*`|#[^\n]*", " ", program))
    if BARE_NUMBER.search(rest):
        return False
    return True if any(part[1:-1].isdecimal() for part in QUOTED.findall(program)) else None


def _one_indexed(program: str, rule: str) -> bool | None:  # noqa: ARG001
    """A variable that runs from 0 on is no position as it is; other positions are not read."""
    loops = set(FROM_ZERO.findall(_code(program).replace("-", " ").translate(TURNED)))
    used = {name for name in loops if re.search(rf"[\w\])]\[{name}\]", program)}
    shifted = {name for name in loops if re.search(rf"[\w\])]\[{name} ?\+ ?1\]", program)}
    return False if used else (True if shifted else None)


def _upturned(program: str, rule: str) -> bool | None:  # noqa: ARG001
    lines = [line for line in program.split("\n") if line.strip()]
    first, last = (
        bool(re.match(r"(?:def|class|from|import)\b", line, re.IGNORECASE)) for line in (lines[0], lines[-1])
    )
    return last if first != last else None


def _mirrored(program: str, rule: str) -> bool | None:  # noqa: ARG001
    words = set(re.findall(r"\w+", _code(program).casefold()))
    upright, turned = words & MIRRORED.keys(), words & set(MIRRORED.values())
    return None if bool(upright) == bool(turned) else bool(turned)


def _without(old: str, new: str) -> Follows:
    """That one thing was replaced by another everywhere."""
    gone, there = re.compile(old), re.compile(new)

    def follows(program: str, rule: str) -> bool | None:  # noqa: ARG001
        code = _code(program)
        return False if gone.search(code) else (True if there.search(code) else None)

    return follows


def _code(program: str) -> str:
    """A program without its strings and comments."""
    return NO_CODE.sub(" ", program)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a dialect.

    Attributes:
        what: Its words in a finding.
        says: Finds the line that prints it.
        follows: Whether a program follows it.
        moves: Whether it moves lines or letters about.
    """

    what: str
    says: re.Pattern[str]
    follows: Follows
    moves: bool = False


def _rule(what: str, says: str, follows: Follows, *, moves: bool = False) -> Rule:
    return Rule(what, re.compile(says, re.IGNORECASE), follows, moves)


RULES = (
    _rule(
        "swap `if` and `else`", r"\bif means else\b|`if` and `else` have traded|\bif and else are swapped", _swapped_if
    ),
    _rule("put hyphens for indentation, and only there", r"\bindent\w*\b.*\bhyphens?\b", _hyphens),
    _rule(
        "swap round brackets", r"\bparenthes[ei]s are swapped|\bround brackets face the other way", _swapped_brackets
    ),
    _rule("capitalise keywords", r"\bare capitali[sz]ed\b|\bbegin with a capital letter\b", _capitals),
    _rule(
        "replace `return` with `yield`",
        r"\breturn is replaced (?:with|by) yield\b|`yield` is written instead",
        _without(r"\breturn\b", r"\byield\b"),
    ),
    _rule(
        "replace colons with semicolons",
        r"\bcolons are replaced (?:with|by) semicolons\b|\bsemicolon stands wherever python has a colon",
        _without(":", ";"),
    ),
    _rule(
        "replace commas with periods",
        r"\bcommas are replaced (?:with|by) periods\b|\bperiod stands wherever python has a comma",
        _without(",", r"\."),
    ),
    _rule(
        "write every third line twice",
        r"\bevery third line must be duplicated|\bevery third line, counted from the top, is written twice",
        _copies,
    ),
    _rule(
        "put numbers in quotes, and whole",
        r"\bnumbers must be written with quotes|\bnumber is written between single quotes",
        _quotes,
    ),
    _rule(
        "count positions from one",
        r"\blists are one-indexed|\bpositions count from one\b",
        _one_indexed,
    ),
    _rule(
        "put the lines in reverse order",
        r"\bfirst line is now the last line\b|\bbegins with its last line\b",
        _upturned,
        moves=True,
    ),
    _rule(
        "spell every line from its end",
        r"\bevery line has been reversed\b|\bfrom its last character\b",
        _mirrored,
        moves=True,
    ),
)


@defect("program_breaks_dialect", grave=True)
def program_breaks_dialect(pool: Pool) -> Iterator[Seen]:
    """The right program does not follow a rule of the dialect that its prompt prints."""
    moves = {
        place: len(MOVES.findall(prompt))
        for place, prompt in enumerate(pool.prompts)
        if len(prompt) <= LONG and "Python" in prompt and not EXCEPTION.search(prompt)
    }
    for rule in RULES:
        of, hits = [], []
        for place in (place for place, count in moves.items() if count == rule.moves):
            prompt = pool.prompts[place]
            said = rule.says.search(prompt)
            if not said:
                continue
            line = prompt[prompt.rfind("\n", 0, said.start()) + 1 :].partition("\n")[0]
            follows = rule.follows(pool.rights[place][:LONG], line)
            if follows is not None:
                of.append(place)
                if not follows:
                    hits.append(place)
        yield pool.seen(
            f"The right program breaks the printed rule to {rule.what} in {{count}} of {{of}} examples.", hits, of
        )
