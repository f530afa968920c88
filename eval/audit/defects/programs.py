"""Broken programs: comments that give the wrong ones away, wrong ones that do not parse, or that are the right one."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator

from eval.audit.defects.finding import Seen
from eval.audit.defects.pool import LONG, Pool, plain
from eval.audit.defects.registry import defect

#: How lines of Python begin; a text with one is taken for a program where most right responses have one.
SIGNS = re.compile(r"^[ \t]*(?:def |class |import |from \w+ import |for .+:|while .+:|if .+:|return\b|print\()", re.M)
FENCE = re.compile(r"^```\w*[ \t]*\n?|\n?```[ \t]*$")
COMMENT = re.compile(r"(?:^|[\s;:,)\]}])#([^\n]*)", re.M)
#: A prompt that makes rules about brackets.
BRACKETS = re.compile(r"\bbrackets (?:of its own|that change nothing)\b")
#: What a comment says that owns up to a fault.
CONFESSION = re.compile(
    r"\b(?:bugs?|buggy|incorrect|incorrectly|wrong|wrongly|mistakes?|errors?|missing|typos?)\b", re.IGNORECASE
)
#: The share of right responses that must be programs, and must parse, for these checks to speak.
MOST = 0.8
#: A confession counts where it is so many times as common in wrong programs as in right ones.
TIMES = 5


def _code(text: str) -> str:
    """A program without the fence around it."""
    return FENCE.sub("", text.strip("\n")) if "```" in text else text.strip("\n")


def _tree(text: str) -> ast.Module | None:
    """The syntax tree of a program; None where it does not parse."""
    try:
        with warnings.catch_warnings():
            # Odd programs make Python warn of them, which is not our user's concern.
            warnings.simplefilter("ignore")
            return ast.parse(_code(text))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _broken(text: str) -> bool:
    return len(text) <= LONG and _tree(text) is None


def _programs(pool: Pool) -> bool:
    """Whether the right responses are programs."""
    return len(pool) > 0 and sum(bool(SIGNS.search(text[:LONG])) for text in pool.rights) >= MOST * len(pool)


@defect("confessing_comment", grave=True)
def confessing_comment(pool: Pool) -> Iterator[Seen]:
    """Comments such as `# Bug` that stand in wrong programs and not in right ones."""
    if not _programs(pool):
        return
    of = [place for place, texts in enumerate(pool.wrongs) for _ in texts]
    hits = [place for place, texts in enumerate(pool.wrongs) for text in texts if _confesses(text)]
    right = sum(_confesses(text) for text in pool.rights)
    if len(hits) * len(pool) > TIMES * right * len(of):
        sentence = (
            f"{{count}} of {{of}} wrong programs have a comment that owns up to a fault; of the right ones {right}."
        )
        yield pool.seen(sentence, hits, of, "wrong responses")


def _confesses(program: str) -> bool:
    return any(map(CONFESSION.search, COMMENT.findall(program[:LONG])))


@defect("program_does_not_parse", grave=True)
def program_does_not_parse(pool: Pool) -> Iterator[Seen]:
    """Programs that no Python reads, where the right ones are Python."""
    if not _programs(pool):
        return
    right = [place for place, text in enumerate(pool.rights) if _broken(text)]
    if len(right) > (1 - MOST) * len(pool):
        return
    of = [place for place, texts in enumerate(pool.wrongs) for _ in texts]
    wrong = [place for place, texts in enumerate(pool.wrongs) for text in texts if _broken(text)]
    yield pool.seen("{count} of {of} wrong programs do not parse.", wrong, of, "wrong responses")
    yield pool.seen("{count} of {of} right programs do not parse.", right, unit="right responses")


@defect("fenced_program", grave=True)
def fenced_program(pool: Pool) -> Iterator[Seen]:
    """Wrong programs in a fence of backticks, where the right ones have none."""
    if not _programs(pool) or any("```" in text for text in pool.rights):
        return
    of = [place for place, texts in enumerate(pool.wrongs) for _ in texts]
    hits = [place for place, texts in enumerate(pool.wrongs) for text in texts if "```" in text]
    yield pool.seen("{count} of {of} wrong programs stand in a fence, and no right one.", hits, of, "wrong responses")


@defect("same_program", grave=True)
def same_program(pool: Pool) -> Iterator[Seen]:
    """Wrong programs that are the right one but for spacing and comments."""
    if not _programs(pool):
        return
    of, hits = [], []
    for place, (right, wrongs) in enumerate(zip(pool.rights, pool.wrongs, strict=True)):
        # Where brackets are what is asked for, they are more than spacing.
        brackets = bool(BRACKETS.search(pool.prompts[place]))
        for wrong in wrongs:
            of.append(place)
            if _same(right, wrong) and not (brackets and right.count("(") != wrong.count("(")):
                hits.append(place)
    yield pool.seen(
        "{count} of {of} wrong programs are the right one but for spacing or comments.", hits, of, "wrong responses"
    )


def _same(right: str, wrong: str) -> bool:
    """Whether two programs have the same tree, or, where they do not parse, the same lines."""
    if max(len(right), len(wrong)) > LONG:
        return right == wrong
    if plain(right) == plain(wrong):
        return True
    # Trees are slow to compare; programs that differ in more than spacing and comments differ in their signs.
    if _signs(right) != _signs(wrong):
        return False
    one, other = _tree(right), _tree(wrong)
    return one is not None and other is not None and ast.dump(one) == ast.dump(other)


def _signs(program: str) -> str:
    """A program without spacing, quotes and brackets, and without what looks like a comment."""
    return re.sub(r"""#[^\n]*|[\s"'()]+""", "", program)
