"""`docs/upstream.md`: its commands run, its source is all it takes, its table is what the sources say."""

from __future__ import annotations

import re

from filling.hub.source import sources
from tests.filling.hub.conftest import Fetching
from tests.project import ROOT

PAGE = (ROOT / "docs/upstream.md").read_text(encoding="utf-8")
COMMANDS = re.search(r"<!-- commands -->\n\n((?: {4}.*\n)+)", PAGE)
SOURCE = re.search(r"<!-- source: (\S+) -->\n```python\n(.*?)```", PAGE, re.DOTALL)


def test_the_commands_of_the_page_run(fetching: Fetching) -> None:
    assert COMMANDS is not None
    lines = COMMANDS[1].split("\n")[:-1]
    assert len(lines) == 4
    for line in lines:
        done = fetching.project.shifts(*line.split()[1:])
        assert done.returncode == 0, done.stderr


def test_the_source_of_the_page_is_all_it_takes(fetching: Fetching) -> None:
    assert SOURCE is not None
    path, text = SOURCE.groups()
    fetching.project.write(path, text)
    rows = b'{"riddle": "What has keys?", "answers": ["a piano", "a shoe"], "right": 0}\n{"riddle": "Who?"}\n'
    fetching.hub.repos["somebody/riddles", "0123456789abcdef0123456789abcdef01234567"] = {"riddles.jsonl": rows}
    done = fetching.fetch("riddles")
    assert done.returncode == 0, done.stderr
    assert "riddles: 1 items of 2 rows; licence: CC0 1.0" in done.stdout
    validated = fetching.project.shifts("validate", "raw/upstream/riddles")
    assert validated.returncode == 0, validated.stderr


def test_the_table_names_every_source() -> None:
    rows = {cells[1].strip(" `"): cells for cells in (line.split("|") for line in PAGE.splitlines()) if len(cells) == 7}
    for name, source in sources().items():
        assert rows[name][2].strip() == source.repo
        assert source.licence.startswith(rows[name][3].strip().split(" (")[0])
        assert f"`{source.item}`" in rows[name][5]
    assert len(rows) == len(sources()) + 2
