"""The laws of a build, shown on toy distributions through the command line."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import orjson
import pytest

from tests.project import Project, digests, toy_term


def test_bytes_do_not_depend_on_workers_order_or_hash_seed(project: Project, tmp_path: Path) -> None:
    one, two, three = tmp_path / "one", tmp_path / "two", tmp_path / "three"
    project.build("--workers", "1", "--out", one, PYTHONHASHSEED="1")
    project.build("--workers", "2", "--out", two, PYTHONHASHSEED="2")
    project.build("toy_sums", "--workers", "1", "--out", three, PYTHONHASHSEED="3")
    project.build("toy_bank", "--workers", "2", "--out", three, PYTHONHASHSEED="4")
    assert digests(one) == digests(two) == digests(three)
    assert set(digests(one)) == {
        "shifts.json",
        *(f"{name}/{file}" for name in ("toy_bank", "toy_sums") for file in ("card.json", "test.jsonl", "train.jsonl")),
    }


def test_another_seed_gives_other_examples(project: Project, tmp_path: Path) -> None:
    project.build("--out", tmp_path / "a")
    project.build("--out", tmp_path / "b", "--seed", "1")
    ours, theirs = digests(tmp_path / "a"), digests(tmp_path / "b")
    assert all(ours[file] != theirs[file] for file in ours if file.endswith(".jsonl"))


def test_asking_for_more_keeps_the_earlier_examples(project: Project, tmp_path: Path) -> None:
    project.build("--out", tmp_path / "few")
    project.build("--out", tmp_path / "many", "--n-train", "80", "--n-test", "45")
    for file in ("toy_sums/train.jsonl", "toy_sums/test.jsonl", "toy_bank/train.jsonl", "toy_bank/test.jsonl"):
        few, many = (tmp_path / "few" / file).read_bytes(), (tmp_path / "many" / file).read_bytes()
        assert many.startswith(few)
        assert len(many) > len(few)


def test_groups_do_not_straddle_splits_and_items_are_distinct(project: Project, tmp_path: Path) -> None:
    project.build("--out", tmp_path / "data")
    for name in ("toy_sums", "toy_bank"):
        train, test = (
            [
                orjson.loads(line)["meta"]["group"]
                for line in (tmp_path / "data" / name / file).read_bytes().splitlines()
            ]
            for file in ("train.jsonl", "test.jsonl")
        )
        assert len(train) == len(set(train)) == 40
        assert len(test) == len(set(test)) == 20
        assert not set(train) & set(test)


def test_position_of_the_right_response_is_spread(project: Project, tmp_path: Path) -> None:
    project.build("toy_sums", "--n-train", "300", "--out", tmp_path / "data")
    lines = (tmp_path / "data/toy_sums/train.jsonl").read_bytes().splitlines()
    places = [[r["label"] for r in orjson.loads(line)["responses"]].index(1) for line in lines]
    # Binomial(300, 1/3): five standard deviations are 41.
    assert all(abs(places.count(place) - 100) < 41 for place in range(3))


def test_what_is_up_to_date_is_skipped_and_what_changed_is_not(project: Project) -> None:
    assert "built 2 distributions" in project.build().stdout
    assert "built 0 distributions" in project.build().stdout
    bank = project.root / "raw/banks/toy/terms.jsonl"
    bank.write_text(bank.read_text() + toy_term(500))
    assert "built 1 distributions" in project.build().stdout
    (project.root / "processed/toy_sums/test.jsonl").write_bytes(b"")
    assert "built 1 distributions" in project.build().stdout


def test_bytes_change_only_with_a_version(project: Project) -> None:
    family = project.root / "generators/families/toy.py"
    project.build("--n-train", "60", "--n-test", "30")
    before = digests(project.root / "processed")
    family.write_text(family.read_text().replace("{a} + {b} =", "{a} + {b}  =").replace('" =")', '"  =")'))
    refused = project.shifts("build", "--n-train", "60", "--n-test", "30")
    assert refused.returncode == 1
    assert "toy_sums version 1 gives other bytes than the committed digest" in refused.stderr
    assert digests(project.root / "processed") == before
    family.write_text(family.read_text().replace('"toy_sums", version=1', '"toy_sums", version=2'))
    project.build("--n-train", "60", "--n-test", "30")
    assert digests(project.root / "processed")["toy_sums/train.jsonl"] != before["toy_sums/train.jsonl"]


def test_a_label_that_the_prover_rejects_stops_the_build(project: Project) -> None:
    family = project.root / "generators/families/toy.py"
    family.write_text(family.read_text().replace("str(a + b), [str(a + b + 1)", "str(a + b + 1), [str(a + b)"))
    refused = project.shifts("build", "toy_sums", "--n-train", "5", "--n-test", "5", "--workers", "2")
    assert refused.returncode == 1
    assert "toy_sums train candidate 0" in refused.stderr
    assert "the prover finds" in refused.stderr
    assert not (project.root / "processed/toy_sums").exists()


def test_a_space_of_items_that_is_too_small_is_named(project: Project) -> None:
    refused = project.shifts("build", "toy_bank", "--n-train", "1000")
    assert refused.returncode == 1
    assert "distinct items, 1000 were asked for" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize("after", range(0, 13, 2))
def test_a_killed_build_leaves_nothing_half_and_goes_on(project: Project, tmp_path: Path, after: int) -> None:
    """The build is killed after its `after`-th rename: every moment at which the folder's visible content changes."""
    out, whole = tmp_path / "out", tmp_path / "whole"
    project.build("--workers", "1", "--out", whole)
    killer = project.write(
        "killer.py",
        "import os, pathlib, signal, sys\n"
        "left = int(sys.argv.pop(1))\n"
        "for name in ('rename', 'replace'):\n"
        "    def counted(self, target, real=getattr(pathlib.Path, name)):\n"
        "        global left\n"
        "        if left == 0:\n"
        "            os.kill(os.getpid(), signal.SIGKILL)\n"
        "        left -= 1\n"
        "        return real(self, target)\n"
        "    setattr(pathlib.Path, name, counted)\n"
        "from cli.main import main\n"
        "main()\n",
    )
    command = project.command("build", "--n-train", "40", "--n-test", "20", "--workers", "1", "--out", out)
    command[1:3] = [str(killer), str(after)]
    killed = subprocess.run(command, cwd=project.root, env=project.env(), capture_output=True, check=False)
    seen = digests(out)
    assert killed.returncode in (0, -signal.SIGKILL)
    assert all(digests(whole)[file] == value for file, value in seen.items())
    project.build("--workers", "1", "--out", out)
    assert digests(out) == digests(whole)
    assert not (out / ".staging").exists()


def test_no_worker_outlives_a_killed_build(project: Project, tmp_path: Path) -> None:
    """Workers inherit standard output; it is at its end when the last of them is gone."""
    command = project.command("build", "toy_sums", "--out", tmp_path / "out", "--workers", "2", "--n-train", "5000")
    family = project.root / "generators/families/toy.py"
    family.write_text(
        family.read_text().replace(
            "a, b = rng.between(1, 40)", "print('at work', flush=True); a, b = rng.between(1, 10**9)"
        )
    )
    with subprocess.Popen(command, cwd=project.root, env=project.env(), stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None
        assert "at work" in started.stdout.readline()
        started.kill()
        started.communicate(timeout=60)


def test_two_builds_of_one_folder_do_not_mix(project: Project, tmp_path: Path) -> None:
    import fcntl

    out = tmp_path / "out"
    out.mkdir()
    handle = os.open(out / ".lock", os.O_CREAT | os.O_RDWR)
    fcntl.flock(handle, fcntl.LOCK_EX)
    refused = project.shifts("build", "--out", out)
    os.close(handle)
    assert refused.returncode == 1
    assert "another build is writing here" in refused.stderr


def test_a_full_disk_ends_in_one_line_and_changes_nothing(project: Project, tmp_path: Path) -> None:
    """A file size limit stands in for a full disk: the write fails in its middle, as it would there."""
    out = tmp_path / "out"
    project.build("--out", out)
    before = digests(out)
    limited = [
        "/bin/bash", "-c", 'trap "" XFSZ; ulimit -f 4; exec "$@"', "bash",
        *project.command("build", "--n-train", "100", "--n-test", "20", "--out", out, "--workers", "1"),
    ]  # fmt: skip
    refused = subprocess.run(limited, cwd=project.root, env=project.env(), capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert len(refused.stderr.strip().splitlines()) == 1
    assert "File too large" in refused.stderr
    assert digests(out) == before


def test_a_folder_that_cannot_be_written_is_named(project: Project, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    refused = project.shifts("build", "--out", blocked / "data")
    assert refused.returncode == 1
    assert str(blocked) in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_fault_in_a_builder_is_named_with_its_line(project: Project) -> None:
    family = project.root / "generators/families/toy.py"
    family.write_text(family.read_text().replace("a, b = rng.between(1, 40), rng.between(1, 40)", "a, b = 1 // 0, 1"))
    for workers in ("1", "2"):
        refused = project.shifts("build", "toy_sums", "--workers", workers)
        assert refused.returncode == 1
        assert "toy_sums train candidate 0" in refused.stderr
        assert "toy.py:11 in draw: ZeroDivisionError" in refused.stderr
        assert len(refused.stderr.strip().splitlines()) == 1
