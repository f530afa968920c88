"""The examples of a distribution, both splits together, with what several checks read off them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from eval.audit.defects.finding import Seen
from schemas import Example

#: A line that names a field of a prompt, such as `### Input:`.
MARKER = re.compile(r"^#{2,3} ?[^\n#]{1,40}$", re.MULTILINE)
#: What names a line and is no part of what it says.
LABEL = re.compile(r"^\s*\w+ \d+:")
#: A line counts as a part of a template where this share of prompts carries it.
FRAME = 0.05
#: Rules do not read longer texts: a longer one is no puzzle or program that they could decide.
LONG = 50_000

Field = tuple[str, str]


def plain(text: str) -> str:
    """A text without spacing that no reader sees; indentation is kept, as it carries meaning in programs."""
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    return "\n".join(lines) if len(lines) > 1 else " ".join(text.split())


class Pool:
    """Examples to look for defects in.

    Args:
        examples: All examples of the distribution.
    """

    def __init__(self, examples: Sequence[Example]) -> None:
        self.examples = tuple(examples)
        self.prompts = tuple(example.prompt for example in self.examples)

    def __len__(self) -> int:
        return len(self.examples)

    @cached_property
    def rights(self) -> tuple[str, ...]:
        """The right response of every example."""
        return tuple(example.responses[example.gold].text for example in self.examples)

    @cached_property
    def wrongs(self) -> tuple[tuple[str, ...], ...]:
        """The wrong responses of every example."""
        return tuple(tuple(r.text for r in example.responses if r.label == 0) for example in self.examples)

    def responses(self) -> Iterator[tuple[int, str]]:
        """Every response with the place of its example."""
        for place, example in enumerate(self.examples):
            for response in example.responses:
                yield place, response.text

    def often(self, count: int) -> bool:
        """Whether so many prompts are too many for chance: a part of the template, not of one example."""
        return count >= max(3, FRAME * len(self))

    @cached_property
    def lines(self) -> Counter[str]:
        """In how many prompts each line stands; lines of one prompt alone are left out."""
        seen: set[str] = set()
        counts: Counter[str] = Counter()
        for prompt in self.prompts:
            mine = set(prompt.splitlines())
            # Most lines of long prompts stand nowhere else; they are not counted, only remembered.
            counts.update(mine & seen)
            seen |= mine
        return Counter({line: count + 1 for line, count in counts.items()})

    @cached_property
    def fields(self) -> tuple[tuple[Field, ...], ...]:
        """The fields of every prompt: name and body, first the text before any marker under the name ''."""
        return tuple(tuple(self._split(prompt)) for prompt in self.prompts)

    def _split(self, prompt: str) -> Iterator[Field]:
        name, start = "", 0
        for match in MARKER.finditer(prompt):
            if len(self) < 3 or self.often(self.lines[match[0]]):
                yield name, prompt[start : match.start()]
                name, start = marker_name(match[0]), match.end()
        yield name, prompt[start:]

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """What every prompt asks for: its text up to and with the first field, without any input."""
        return tuple("\n".join(body for _, body in fields[:2])[:LONG] for fields in self.fields)

    @cached_property
    def bodies(self) -> tuple[str, ...]:
        """Every prompt without the lines of its template and without labels such as `Row 1:`."""
        frame = {line for line, count in self.lines.items() if self.often(count)}
        return tuple(
            "\n".join(LABEL.sub("", line) for line in prompt.splitlines() if line not in frame)
            for prompt in self.prompts
        )

    def seen(self, sentence: str, hits: Iterable[int], of: Iterable[int] | None = None, unit: str = "examples") -> Seen:
        """What a check saw, from the places of the examples with a hit, one place for every hit.

        Args:
            sentence: See `Seen`.
            hits: The places.
            of: The places of those that could have it; every example once where not given.
            unit: What is counted.
        """
        return Seen(sentence, unit, Counter(hits), Counter(range(len(self)) if of is None else of))


def marker_name(line: str) -> str:
    """The name of the field that a marker opens, such as `input` for `### Input:`."""
    return line.strip("#: \t").casefold()
