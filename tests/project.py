"""A small copy of the project in a folder of its own, driven through the command line as a user would.

It holds our schemas, core and front door, but only the shifts that a test writes, so tests of the engine neither wait
for the real families nor touch the real tree.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

#: The list of shifts that others published, which the front door tells ours by.
PUBLISHED = "raw/banks/genies/shifts.jsonl"
#: Two toy distributions: a stream of sums, and a bank of facts; the simplest of what a family may be.
TOY_FAMILY = '''"""Toy distributions."""

from generators.core import Draft, Item, Question, Stream, Verdict, distribution, load_banks, sole


@distribution("toy_sums", version=1)
class ToySums:
    """Sums of two numbers."""

    def draw(self, rng: Stream) -> Item:
        a, b = rng.between(1, 40), rng.between(1, 40)
        return Item(f"{a}+{b}", f"{a}+{b}", (a, b))

    def write(self, item: tuple[int, int], rng: Stream) -> Draft:
        a, b = item
        return Draft(f"{a} + {b} =", str(a + b), [str(a + b + 1), str(a + b - 1)])

    def prove(self, question: Question) -> Verdict:
        a, b = question.prompt.removesuffix(" =").split(" + ")
        right = [i for i, text in enumerate(question.texts) if int(text) == int(a) + int(b)]
        return Verdict(sole(right, "equal the sum"), "recomputed")


@distribution("toy_bank", version=1, banks=("toy/*",))
class ToyBank:
    """Terms asked for by their clues."""

    def items(self) -> list[Item]:
        return [
            Item(term["id"], term["id"], term["id"])
            for bank in load_banks(("toy/*",))
            for term in bank.items
        ]

    def write(self, item: str, rng: Stream) -> Draft:
        return Draft(f"Repeat: {item}", item, [item[::-1] + "x"])

    def prove(self, question: Question) -> Verdict:
        wanted = question.prompt.removeprefix("Repeat: ")
        return Verdict(question.texts.index(wanted), "rule")
'''
TOY_SHIFT = '''"""A toy shift."""

from generators.core import Shift

SHIFT = Shift(source="toy_sums", target="toy_bank")
'''
TOY_HEADER = (
    '{"kind":"bank","bank":"toy/terms","item":"fact","licence":"CC0-1.0","source":"made up",'
    '"subject":"toy","noun":{"en":"term","es":"término","gender":"m"},"person":false}\n'
)


def toy_term(number: int) -> str:
    """One line of the toy bank."""
    return (
        f'{{"kind":"fact","id":"term_{number}","en":"term {number}","es":"término {number}","gender":"m",'
        f'"number":"s","clues":[{{"en":"is {number}","es":"es {number}"}}]}}\n'
    )


@dataclass
class Project:
    """The copy.

    Attributes:
        root: Its folder.
        environment: Variables that its commands get beside ours.
    """

    root: Path
    environment: dict[str, str] = field(default_factory=dict)

    @classmethod
    def create(cls, root: Path) -> Project:
        """Copies schemas, core, filling and front door to a folder and adds the toy family, bank and shift."""
        ignore = shutil.ignore_patterns("__pycache__", "golden")
        for part in ("schemas", "generators/core", "filling", "cli"):
            shutil.copytree(ROOT / part, root / part, ignore=ignore)
        for part in ("generators/__init__.py", "generators/families/__init__.py", "params.yaml", PUBLISHED):
            (root / part).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / part, root / part)
        project = cls(root)
        project.write("generators/families/toy.py", TOY_FAMILY)
        project.write("generators/shifts/extreme/skill/toy_sums_to_toy_bank.py", TOY_SHIFT)
        project.write("raw/banks/toy/terms.jsonl", TOY_HEADER + "".join(map(toy_term, range(200))))
        return project

    def write(self, path: str, text: str) -> Path:
        """Writes a file of the copy."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def command(self, *args: str | Path) -> list[str]:
        """The argument list of a `shifts` command in the copy."""
        return [sys.executable, "-m", "cli.main", *map(str, args)]

    def env(self, **extra: str) -> dict[str, str]:
        """The environment of its commands."""
        return {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **self.environment, **extra}

    def shifts(self, *args: str | Path, **extra: str) -> subprocess.CompletedProcess[str]:
        """Runs `shifts` to its end."""
        return subprocess.run(
            self.command(*args), cwd=self.root, env=self.env(**extra), capture_output=True, text=True, check=False
        )

    def build(self, *args: str | Path, **extra: str) -> subprocess.CompletedProcess[str]:
        """Runs `shifts build` with small sizes (40 train and 20 test examples), which must succeed."""
        done = self.shifts("build", "--n-train", "40", "--n-test", "20", *args, **extra)
        if done.returncode != 0:
            raise AssertionError(done.stderr)
        return done


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every visible file below a folder, by its path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }
