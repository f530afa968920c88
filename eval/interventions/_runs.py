"""Tuning and scoring with a memory: what was scored once is not scored again.

Scores are kept as one file each, named by the hash of everything that they depend on: the bytes of model and data,
intervention, settings, seed, our code and the libraries' versions. A file is written whole, so an interruption loses
at most the scoring in hand; what was made from anything else has another name and is never found. A file holds the hash
of its own scores too: one that was cut or changed is made again.
"""

from __future__ import annotations

import math
import os
import platform
import sys
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import replace
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from eval.config import EvaluationConfig
from eval.dataset import Dataset
from eval.interventions import Scorer, Scores, find
from eval.interventions._faults import Failure, memory_errors
from eval.models.files import ModelFiles, find_model
from eval.saved import save_scorer, saved
from schemas import DiskError, Example, ShiftworksError, Split
from schemas.files import canonical, pretty, read_bytes, sha256, write_whole

if TYPE_CHECKING:
    from eval.models.backbone import Backbone

#: Libraries whose version may change a score.
LIBRARIES = ("torch", "transformers", "peft", "tokenizers", "numpy", "scipy")
#: Folders of our code that decide a score.
CODE = (Path(__file__).parent, Path(__file__).parents[1] / "models")


class Runs:
    """Interventions over a data folder, with the scores that they have made so far.

    Args:
        dataset: The data.
        folder: Where scores are kept.
        config: The evaluation's settings.
        names: The interventions, each once.
        save: Where scorers that were tuned are saved, in `<intervention>/<source>/seed_<seed>`; None saves none.

    Attributes:
        failures: The scorings that could not be made.

    Raises:
        ShiftworksError: There is no such intervention, or the model is absent or unsound.
    """

    def __init__(
        self, dataset: Dataset, folder: Path, config: EvaluationConfig, names: Sequence[str], save: Path | None = None
    ) -> None:
        # Threads that wait for each other must not burn the processor that the others work on. Said here, since torch
        # reads it at import, and already the name of kept scores asks torch what this machine can do.
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        self.dataset, self.folder, self.config, self.save = dataset, folder, config, save
        self.interventions = {name: find(name, config, lambda: self.backbone) for name in names}
        reads = any(intervention.reads_model for intervention in self.interventions.values())
        self.model: ModelFiles | None = find_model(config.model) if reads else None
        self.digest = cache(lambda name, split: self.dataset[name].digest(split))
        self.failures: list[Failure] = []

    def configure(self, config: EvaluationConfig) -> None:
        """From now on with other settings of interventions; model, threads and precision must be the same."""
        self.config = config
        self.interventions = {name: find(name, config, lambda: self.backbone) for name in self.interventions}

    @property
    def backbone(self) -> Backbone:
        """The model, loaded when it is first needed."""
        if isinstance(self._loaded, ShiftworksError):
            raise self._loaded
        return self._loaded

    @cached_property
    def _loaded(self) -> Backbone | ShiftworksError:
        """The model, or why it cannot be loaded: that is not tried again for every intervention."""
        try:
            return self._load()
        except ShiftworksError as error:
            return ShiftworksError(str(error))

    def _load(self) -> Backbone:
        if self.model is None:
            raise ValueError("no intervention of this evaluation reads a model")
        try:
            import torch

            from eval.models.backbone import load_backbone
            from eval.models.store import Store
        except ModuleNotFoundError as error:
            raise ShiftworksError(
                f"evaluations need {error.name}; install it with: pip install 'shiftworks[eval]'"
            ) from None
        torch.set_num_threads(self.config.threads)
        depends = {
            "model": self.model.fingerprint,
            "threads": self.config.threads,
            "bfloat16": self.bfloat16,
            "code": _code_hash(),
            "libraries": libraries(),
        }
        store = Store(self.folder / "activations", depends)
        return load_backbone(self.model, self.config.max_tokens, self.config.precision, store)

    @cached_property
    def bfloat16(self) -> bool:
        """Whether the model multiplies in bfloat16; on another machine `auto` may choose differently."""
        from eval.models.backbone import uses_bfloat16

        return uses_bfloat16(self.config.precision)

    def at(self, seed: int) -> Runs:
        """The same runs with another seed of tuning; data, model and what was scored are shared."""
        other = copy(self)
        other.config = replace(self.config, seed=seed)
        return other

    def score(self, name: str, source: str | None, tests: Sequence[str]) -> Iterator[tuple[str, Scores]]:
        """The scores of some test splits by one intervention, tuned once if any of them is not known yet.

        What fails is put down in `failures` and left out, and the others are scored all the same.

        Args:
            name: The intervention.
            source: Distribution that it is tuned on; None for an intervention that learns nothing.
            tests: Distributions whose test examples are scored.

        Raises:
            DiskError: Scores cannot be kept, so that all further work would be lost.
        """
        fitted = self._fitted(name, source) if self._unsaved(name, source) else None
        for test in tests:
            try:
                depends = self.depends(name, source, test)
                scores = self._kept(depends, test)
                if scores is None or isinstance(fitted, ShiftworksError):
                    # First, since broken data are no reason to tune.
                    examples = self._examples(test, "test")
                    fitted = fitted or self._fitted(name, source)
                    scores = self._scored(name, fitted, examples)
                    write_whole(self._path(depends), pretty(_record(depends, scores)))
            except DiskError:
                raise
            except ShiftworksError as error:
                self.failures.append(Failure(name, source, test, str(error)))
            else:
                yield test, scores

    def _fitted(self, name: str, source: str | None) -> Scorer | ShiftworksError:
        """A scorer, or why there is none: what failed once is not tried again for the next test."""
        try:
            with memory_errors(name, self.config):
                return self._made(name, source)
        except DiskError:
            raise
        except ShiftworksError as error:
            # A new one, since the first holds on to all that its tuning had in memory.
            return ShiftworksError(str(error))

    def _scored(self, name: str, fitted: Scorer | ShiftworksError, examples: Sequence[Example]) -> Scores:
        if isinstance(fitted, ShiftworksError):
            raise fitted
        with memory_errors(name, self.config):
            scores = fitted.score(examples)
        if not _finite(scores.values):
            raise ShiftworksError(
                "a score is no number or not finite; the model is broken, or evaluate.precision is too coarse for it: "
                "set it to float32"
            )
        return scores

    def _folder(self, name: str, source: str | None) -> Path | None:
        """Where a scorer is saved, if it is."""
        return self.save / name / source / f"seed_{self.config.seed}" if self.save and source else None

    def _unsaved(self, name: str, source: str | None) -> bool:
        """Whether a scorer must be made to be saved, though all its scores may be known."""
        folder = self._folder(name, source)
        return folder is not None and saved(folder, self.made_from(name, source)) is None

    def _made(self, name: str, source: str | None) -> Scorer:
        """A scorer: the saved one if there is one, else a new one, which is saved if scorers are."""
        intervention, folder, depends = (
            self.interventions[name],
            self._folder(name, source),
            self.made_from(name, source),
        )
        if folder and (kept := saved(folder, depends)):
            return intervention.restore(kept)
        scorer = intervention.fit(self._examples(source, "train") if source else (), self.config.seed)
        if folder:
            save_scorer(folder, scorer, name, source, self.config, self.model, depends)
        return scorer

    def known(self, name: str, source: str | None, test: str) -> bool:
        """Whether the scores of a test split are kept from before."""
        return self._kept(self.depends(name, source, test), test) is not None

    def depends(self, name: str, source: str | None, test: str) -> dict[str, Any]:
        """Everything that some scores depend on."""
        return {**self.made_from(name, source), "test": self.digest(test, "test")}

    def made_from(self, name: str, source: str | None) -> dict[str, Any]:
        """Everything that a scorer depends on."""
        intervention = self.interventions[name]
        return {
            "intervention": name,
            "settings": intervention.settings,
            "seed": self.config.seed,
            "threads": self.config.threads,
            "bfloat16": self.bfloat16 if intervention.reads_model else None,
            "model": self.model.fingerprint if self.model and intervention.reads_model else None,
            "source": self.digest(source, "train") if source else None,
            "code": _code_hash(),
            "libraries": libraries(),
        }

    def _path(self, depends: dict[str, Any]) -> Path:
        return self.folder / f"{sha256(canonical(depends))}.json"

    def _kept(self, depends: dict[str, Any], test: str) -> Scores | None:
        """Scores that were kept; None if there are none, or if the file is not what would have been written."""
        path = self._path(depends)
        if not path.is_file():
            return None
        sizes = [len(example.responses) for example in self.dataset[test].test]
        try:
            record = orjson.loads(read_bytes(path))
            scores = Scores(record["values"], record["cut"])
            if record == _record(depends, scores) and [len(row) for row in scores.values] == sizes:
                return scores
        except (orjson.JSONDecodeError, KeyError, TypeError):
            pass
        return None

    def _examples(self, distribution: str, split: Split) -> Sequence[Example]:
        found = self.dataset[distribution]
        examples = found.train if split == "train" else found.test
        if not examples:
            raise ShiftworksError(f"{found.folder / split}.jsonl: no example to evaluate; build more of them")
        return examples


def _record(depends: dict[str, Any], scores: Scores) -> dict[str, Any]:
    """Scores as they are kept."""
    record = {"depends": depends, "values": scores.values, "cut": scores.cut}
    return {**record, "sha256": sha256(canonical(record))}


def _finite(values: Sequence[Sequence[float]]) -> bool:
    """Whether all scores are numbers; raises TypeError where one is none at all."""
    return all(math.isfinite(score) for row in values for score in row)


@cache
def _code_hash() -> str:
    return sha256(
        canonical(
            {f"{folder.name}/{path.name}": sha256(read_bytes(path)) for folder in CODE for path in folder.glob("*.py")}
        )
    )


@cache
def libraries() -> dict[str, str]:
    """The installed version of every library that may change a score."""
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "absent"
    return found


def environment(runs: Runs) -> dict[str, Any]:
    """What figures were measured with, beside data, model and settings."""
    return {
        "python": platform.python_version(),
        "system": sys.platform,
        "machine": platform.machine(),
        "threads": runs.config.threads,
        "bfloat16": runs.bfloat16 if runs.model else None,
        "libraries": libraries(),
    }
