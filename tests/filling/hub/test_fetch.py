"""`shifts raw fetch` and `status` against a hub on loopback: what is written, and what is not done twice."""

from __future__ import annotations

import hashlib

import orjson
import pytest

from filling.hub.source import sources
from generators.core.banks import read_bank
from schemas.files import read_json
from tests.filling.hub.conftest import Fetching
from tests.project import digests


def test_every_source_becomes_a_valid_bank(fetching: Fetching) -> None:
    done = fetching.fetch()
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    for name, source in sources().items():
        bank = read_bank(fetching.folder(name) / "items.jsonl", name)
        record = read_json(fetching.folder(name) / "provenance.json", "provenance")
        assert bank.header["item"] == record["item"] == source.item
        assert bank.header["revision"] == record["revision"] == source.revision
        assert bank.header["licence"] == record["licence"]
        assert (bank.sha256, len(bank.items)) == (record["sha256"], record["items"])
        assert record["left_out"]
        files = fetching.hub.repos[source.repo, source.revision]
        del files["README.md"]
        assert {file["name"]: file["sha256"] for file in record["files"]} == {
            path: hashlib.sha256(data).hexdigest() for path, data in files.items()
        }
        if source.item != "rated_replies":
            assert record["rows"] == record["items"] + sum(record["left_out"].values())
    status = orjson.loads(fetching.project.shifts("raw", "status", "--json").stdout)
    assert {row["state"] for row in status} == {"there"}
    assert all(row["hashes_known"] and row["items"] and row["bytes"] for row in status)


def test_fetched_files_are_files_of_ours(fetching: Fetching) -> None:
    fetching.fetch("shp")
    validated = fetching.project.shifts("validate", "raw/upstream")
    assert validated.returncode == 0, validated.stderr
    path = fetching.folder("shp") / "items.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"score":4', b'"score":"4"', 1))
    assert (
        'items.jsonl:2: $.replies[1].score: expected a value of type integer, found "4"'
        in fetching.project.shifts("validate", "raw/upstream").stderr
    )


def test_what_is_there_is_not_asked_for_again(fetching: Fetching) -> None:
    assert "12 items of 13 rows" in fetching.fetch("mmlu").stdout
    asked = len(fetching.hub.requests)
    assert fetching.fetch("mmlu").stdout.startswith("mmlu: up to date")
    assert len(fetching.hub.requests) == asked


def test_the_same_files_give_the_same_bytes(fetching: Fetching) -> None:
    names = ["shp", "apps", "arc"]
    fetching.fetch(*names)
    first, bodies = digests(fetching.project.root / "raw/upstream"), len(fetching.hub.bodies())
    done = fetching.fetch("--force", *names)
    assert done.returncode == 0, done.stderr
    assert digests(fetching.project.root / "raw/upstream") == first
    # The files themselves lie in the client's cache.
    assert len(fetching.hub.bodies()) == bodies


def test_altered_items_are_seen_and_made_anew(fetching: Fetching) -> None:
    fetching.fetch("arc")
    path = fetching.folder("arc") / "items.jsonl"
    before = path.read_bytes()
    path.write_bytes(before.replace(b"ten", b"two", 1))
    status = orjson.loads(fetching.project.shifts("raw", "status", "--json").stdout)
    assert {row["name"]: row["state"] for row in status}["arc"] == "altered"
    assert fetching.fetch("arc").returncode == 0
    assert path.read_bytes() == before


def test_another_mapping_makes_items_outdated(fetching: Fetching) -> None:
    fetching.fetch("arc")
    module = fetching.project.root / "filling/hub/sources/arc.py"
    module.write_text(module.read_text().replace("version=1", "version=2").replace('"easy"', '"simple"'))
    assert "outdated" in fetching.project.shifts("raw", "status").stdout
    assert fetching.fetch("arc").returncode == 0
    assert b'"level":"simple"' in (fetching.folder("arc") / "items.jsonl").read_bytes()


@pytest.mark.parametrize("name", ["nope", "../arc", ""])
def test_an_unknown_name_is_refused_before_anything_is_asked(fetching: Fetching, name: str) -> None:
    refused = fetching.fetch("arc", name)
    assert refused.returncode == 1
    assert "there are: alpaca_cleaned, apps, arc" in refused.stderr
    assert not fetching.hub.requests
