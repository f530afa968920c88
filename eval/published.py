"""The published figures of GENIES, read again from its tables and pairs, and ours by its definitions.

A folder holds `<intervention>/GENIES.csv`, the 15 shifts of the benchmark, and `<intervention>/all.csv`, every shift as
listed; another may hold `<intervention>/<target>.json` with the probability of each pair. Averages are plain means over
shifts, as published; a shift that is listed twice counts once. Which label and category a published shift has is taken
from the published list (`raw/banks/genies/shifts.jsonl`), and so is which of our own shifts are of the benchmark.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from eval.calibration import calibration, published_rms
from eval.resampling import LIMITS, Floats
from generators.core import load_bank
from generators.core.streams import digest
from schemas import ShiftworksError
from schemas.files import read_bytes
from schemas.validation import validate

#: The 15 shifts of the benchmark, and all of them.
BENCHMARK, ALL = "GENIES.csv", "all.csv"
BANK = "genies/shifts"
SOURCE, TARGET = "source", "target"
ACCURACY, BASELINE_ACCURACY = "generalization_accuracy", "baseline_accuracy"
CAPABILITY = "target_tuned_capability"
CALIBRATION = "RMS_calibration_error"
#: Bootstrap samples of the shifts.
RESAMPLES = 2000


@dataclass(frozen=True, slots=True)
class Row:
    """One shift as published.

    Attributes:
        source: What the model was tuned on.
        target: Where it was tested.
        accuracy: Share of the target's pairs ranked right.
        baseline: The same without tuning.
        capability: The same of the best intervention tuned on the reference.
        rms: The published calibration error; None where there is none.
    """

    source: str
    target: str
    accuracy: float
    baseline: float
    capability: float
    rms: float | None

    @property
    def elicitation(self) -> float:
        """Accuracy / capability."""
        return self.accuracy / self.capability

    @property
    def differential(self) -> float:
        """What tuning adds to the accuracy / capability."""
        return (self.accuracy - self.baseline) / self.capability


def published(tables: Path, pairs: Path | None = None) -> list[dict[str, Any]]:
    """The headline figures of every intervention of a folder, sorted by name.

    Args:
        tables: Folder with `<intervention>/{all,GENIES}.csv`; where one of the two is absent its figures are null.
        pairs: Folder with `<intervention>/<target>.json`, the probabilities of pairs.

    Returns:
        One record of kind `published_result` an intervention.

    Raises:
        ShiftworksError: A folder holds no table, or a table or file is broken.
    """
    names = {path.parent.name for path in tables.glob("*/*.csv") if path.name in (BENCHMARK, ALL)}
    if not names:
        raise ShiftworksError(f"{tables}: no <intervention>/{ALL} or {BENCHMARK}; name the folder that holds them")
    if pairs and not any(pairs.glob("*/*.json")):
        raise ShiftworksError(f"{pairs}: no <intervention>/<target>.json; name the folder that holds them")
    records = [_record(name, tables / name, pairs / name if pairs else None) for name in sorted(names)]
    for record in records:
        validate(record, "published_result", f"the figures of {record['intervention']}")
    return records


def benchmark_rows(tables: Path) -> dict[str, list[Row]]:
    """The rows of the benchmark's fifteen shifts of every intervention of a folder, sorted by name.

    Args:
        tables: Folder with `<intervention>/GENIES.csv`.

    Raises:
        ShiftworksError: The folder holds no such table, or one is broken.
    """
    found = {path.parent.name: _rows(path) for path in sorted(tables.glob(f"*/{BENCHMARK}"))}
    if not found:
        raise ShiftworksError(f"{tables}: no <intervention>/{BENCHMARK}; name the folder that holds them")
    return found


def by_published_definitions(result: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The headline figures of our own result by the published definitions, ties and calibration included.

    Labels and categories are those of the result. Figures over the benchmark are null unless all of its shifts are
    there, since a mean over some of them is no figure to set beside the published one.

    Args:
        result: A record of kind `result`.

    Returns:
        One record of kind `published_result` an intervention, in the order of the result.
    """
    kinds = {(row["source"], row["target"]): row for row in result["shifts"]}
    rows: dict[str, list[Row]] = {}
    for row in result["shifts"]:
        made = row["published"]
        figures = (made["generalization"], made["zero_shot"], made["capability"], made["rms_calibration_error"])
        rows.setdefault(row["intervention"], []).append(Row(row["source"], row["target"], *figures))
    benchmark = {pair for pair, shift in _published_list().items() if shift["benchmark"]}
    return [_summary(name, _whole(own, benchmark), own, kinds) for name, own in rows.items()]


def as_published(probabilities: Sequence[float] | Floats) -> dict[str, float | None]:
    """Accuracy, Brier score and calibration of pairs by the published definitions: a tie counts as right.

    Args:
        probabilities: For each pair, in the order of the file, the probability of the right response.

    Raises:
        ValueError: There is none, or one is no probability.
    """
    return {
        "accuracy": float(np.mean(np.asarray(probabilities) >= 0.5)),
        "brier": calibration(probabilities).brier,
        "rms_calibration_error": published_rms(probabilities),
    }


def _record(name: str, folder: Path, pairs: Path | None) -> dict[str, Any]:
    return {
        **_summary(name, _rows(folder / BENCHMARK), _rows(folder / ALL), _published_list()),
        "targets": [_target(path) for path in sorted(pairs.glob("*.json"))] if pairs else [],
    }


def _published_list() -> dict[tuple[str, str], Mapping[str, Any]]:
    """The published shifts by source and target."""
    return {(shift["source"], shift["target"]): shift for shift in load_bank(BANK).items}


def _whole(rows: Sequence[Row], wanted: Set[tuple[str, str]]) -> list[Row]:
    """The rows that are wanted; none unless all are there."""
    found = [row for row in rows if (row.source, row.target) in wanted]
    return found if len(found) == len(wanted) else []


def _summary(
    name: str, benchmark: Sequence[Row], listed: Sequence[Row], kinds: Mapping[tuple[str, str], Mapping[str, Any]]
) -> dict[str, Any]:
    """Plain means over shifts; `kinds` holds label and category of a shift by its source and target."""
    once = list({(row.source, row.target): row for row in reversed(listed)}.values())[::-1]
    labelled: dict[str, list[float]] = {"extreme": [], "probing": []}
    categories: dict[str, list[float]] = {}
    unknown = []
    for row in once:
        shift = kinds.get((row.source, row.target))
        if shift is None:
            unknown.append(f"{row.source}_to_{row.target}")
            continue
        labelled[shift["label"]].append(row.elicitation)
        categories.setdefault(shift["category"], []).append(row.elicitation)
    figures: dict[str, list[float]] = {
        "genies15_accuracy": [row.accuracy for row in benchmark],
        "genies15_de": [row.differential for row in benchmark],
        "genies15_capability": [row.capability for row in benchmark],
        "genies15_elicitation": [row.elicitation for row in benchmark],
        "extreme_elicitation": labelled["extreme"],
        "probing_elicitation": labelled["probing"],
        "mean_elicitation": [row.elicitation for row in once],
        "mean_rms_calibration_error": [row.rms for row in once if row.rms is not None],
    }
    return {
        "intervention": name,
        **{figure: _mean(values) for figure, values in figures.items()},
        "intervals": {figure: _interval(values, name, figure) for figure, values in figures.items() if values},
        "categories": {category: _mean(values) for category, values in sorted(categories.items())},
        "shifts": {
            "genies15": len(benchmark),
            "listed": len(listed),
            "unique": len(once),
            **{label: len(values) for label, values in labelled.items()},
            "unknown": unknown,
        },
        "targets": [],
    }


def _mean(values: Sequence[float]) -> float | None:
    return math.fsum(values) / len(values) if values else None


def _interval(values: Sequence[float], *key: str) -> list[float]:
    """The 95 % interval of a mean over shifts, which are resampled."""
    rng = np.random.Generator(np.random.PCG64(int.from_bytes(digest("published", *key))))
    means = np.asarray(values)[rng.integers(0, len(values), size=(RESAMPLES, len(values)))].mean(axis=1)
    return [float(limit) for limit in np.percentile(means, LIMITS)]


def _rows(path: Path) -> list[Row]:
    """The rows of a table; none where it is absent."""
    if not path.is_file():
        return []
    try:
        lines = list(csv.DictReader(read_bytes(path).decode("utf-8-sig").splitlines()))
    except (UnicodeDecodeError, csv.Error) as error:
        raise ShiftworksError(f"{path}: no table of comma-separated values ({error})") from None
    if not lines:
        raise ShiftworksError(f"{path}: the table has no row")
    return [_row(path, number, line) for number, line in enumerate(lines, 2)]


def _row(path: Path, number: int, line: Mapping[str, str | None]) -> Row:
    def name(column: str) -> str:
        value = (line.get(column) or "").strip()
        if not value:
            raise ShiftworksError(f"{path}:{number}: the column {column!r} is absent or empty")
        return value

    def share(column: str) -> float:
        try:
            value = float(name(column))
        except ValueError:
            value = math.nan
        if not 0 <= value <= 1:
            raise ShiftworksError(f"{path}:{number}: {column} is {line[column]!r}, not a share between 0 and 1")
        return value

    capability = share(CAPABILITY)
    if capability == 0:
        raise ShiftworksError(f"{path}:{number}: {CAPABILITY} is 0, so nothing can be divided by it")
    rms = share(CALIBRATION) if (line.get(CALIBRATION) or "").strip() else None
    return Row(name(SOURCE), name(TARGET), share(ACCURACY), share(BASELINE_ACCURACY), capability, rms)


def _target(path: Path) -> dict[str, Any]:
    """Accuracy and calibration of one file of pairs, as published and as they should be."""
    try:
        record = orjson.loads(read_bytes(path))
        values = [float(value) for value in record["eval_probabilities"]]
        made = calibration(values)
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        raise ShiftworksError(f"{path}: no list `eval_probabilities` of probabilities ({error})") from None
    return {
        "target": path.stem,
        "pairs": len(values),
        "published": as_published(values),
        "accuracy": sum(1.0 if value > 0.5 else 0.5 if value == 0.5 else 0.0 for value in values) / len(values),
        **asdict(made),
    }
