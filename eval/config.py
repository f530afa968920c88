"""The settings of an evaluation: the section `evaluate` of a YAML file, typed and checked, and what each means.

Every setting has a default, so a file states only what it changes; a name or a type that is not known here is refused
rather than ignored, since a misspelt setting would otherwise be measured as its default.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, is_dataclass, replace
from itertools import product
from math import inf
from pathlib import Path
from typing import Any, ClassVar, get_args, get_origin, get_type_hints

import yaml

from schemas import ShiftworksError
from schemas.files import read_bytes
from schemas.validation import shorten

SECTION = "evaluate"
#: How exactly a model computes; the last two hold its weights in eight or four bits.
PRECISIONS = ("auto", "float32", "bfloat16", "int8", "nf4")
#: Numbers that mean something at zero.
MAY_BE_ZERO = ("seed", "warm_up", "dropout")
#: Section that says what a sweep tries.
SWEEP = "sweep"
#: Name that stands for the reward model which comes with this project's dependencies.
EMBEDDED = "embedded"


@dataclass(frozen=True, slots=True)
class TuningSettings:
    """How a reward model is tuned, whatever of it is.

    Attributes:
        epochs: Passes over the training examples.
        tokens: Tokens that tuning reads at most; sources of long texts get fewer passes, so that no tuning of the
            embedded model takes more than about half a minute on two cores.
        batch_size: Pairs a step.
        learning_rate: Peak rate of the weights that are tuned.
        head_learning_rate: Peak rate of the reward head.
        warm_up: Share of the steps over which the rate rises from zero.
        decay: Whether the rate falls to zero over the rest, or stays.
        gradient_norm: Gradients are scaled down to this norm.
    """

    name: ClassVar[str]
    epochs: int = 4
    tokens: int = 150_000
    batch_size: int = 8
    learning_rate: float = 5e-4
    head_learning_rate: float = 2.5e-3
    warm_up: float = 0.1
    decay: bool = True
    gradient_norm: float = 1.0


@dataclass(frozen=True, slots=True)
class LoraSettings(TuningSettings):
    """How LoRA tunes, beside what every tuning has.

    Attributes:
        rank: Rank of the update of each adapted matrix.
        alpha: Scale of the update; `alpha / rank` multiplies it.
        dropout: Share of an adapter's inputs that a step leaves out.
        matrices: Which are adapted: `all`, or `default`, those that peft names for the architecture.
        reading: How an encoder reads a prompt and a response: `apart`, each by itself, and the reward compares the two;
            or `joint`, in one sequence, as a causal model always does.
        full: Whether all of the model's own weights are tuned instead of adapters; a rate of a tenth suits that.
    """

    name: ClassVar[str] = "lora"
    rank: int = 8
    alpha: int = 16
    dropout: float = 0.0
    matrices: str = "all"
    reading: str = "apart"
    full: bool = False


@dataclass(frozen=True, slots=True)
class PromptTuningSettings(TuningSettings):
    """How a prompt is tuned, beside what every tuning has.

    Attributes:
        length: Vectors of the prompt; 10, as GENIES has it.
    """

    name: ClassVar[str] = "prompt_tuning"
    learning_rate: float = 1e-2
    length: int = 10


@dataclass(frozen=True, slots=True)
class FewShotSettings:
    """What few-shot rewards are shown.

    Attributes:
        shots: Demonstrations before every prompt; fewer where they do not fit.
    """

    shots: int = 4


@dataclass(frozen=True, slots=True)
class ProbeSettings:
    """How the probe is fitted.

    Attributes:
        penalties: Weights of the squared norm to choose from, on the held-out part of the source.
    """

    penalties: tuple[float, ...] = (0.001, 0.01, 0.1, 1.0)


@dataclass(frozen=True, slots=True)
class MmsSettings:
    """How mass mean shift chooses heads.

    Attributes:
        heads: How many are read; 16, as GENIES has it.
        penalty: Weight of the squared norm in the probes that rank them.
    """

    heads: int = 16
    penalty: float = 0.1


@dataclass(frozen=True, slots=True)
class LatGeniesSettings:
    """How GENIES's variant of LAT chooses layers.

    Attributes:
        layers: How many are read. GENIES reads 16 of 60; here about as large a share of six.
        penalty: Weight of the squared norm in the probes that rank them.
    """

    layers: int = 2
    penalty: float = 0.1


@dataclass(frozen=True, slots=True)
class CcsSettings:
    """How contrast-consistent search searches.

    Attributes:
        restarts: Starts, of which the one of least loss is kept.
        steps: Steps of the search at most.
        penalty: Weight of the squared norm.
    """

    restarts: int = 10
    steps: int = 200
    penalty: float = 0.01


@dataclass(frozen=True, slots=True)
class EvaluationConfig:
    """What is evaluated and how.

    Attributes:
        model: `embedded`, a local folder, or a name on the model hub.
        interventions: Those that a result reports, by the names of their files.
        capability: Those whose best counts as what the model can do; tuned and tested on the reference.
        seed: Seed of tuning, of the coin and of resampling.
        seeds: Tunings of every source, with the seeds `seed`, `seed + 1` and so on; figures are means over them.
        resamples: Bootstrap samples behind every interval.
        max_tokens: Tokens of the longest sequence that the model reads.
        threads: Processor threads of each worker; more than one pays for large models alone.
        precision: `float32`, `bfloat16`, or `auto`: bfloat16 where the processor has instructions for it. `int8` and
            `nf4` hold the weights in eight or four bits, on NVIDIA GPUs with bitsandbytes only.
        held_out: Share of a source's training groups by which representation methods choose layers and heads, and by
            which a sweep chooses settings.
        lora: How LoRA tunes.
        prompt_tuning: How a prompt is tuned.
        few_shot: What few-shot rewards are shown.
        probe: How the probe is fitted.
        mms: How mass mean shift chooses heads.
        lat_genies: How GENIES's variant of LAT chooses layers.
        ccs: How contrast-consistent search searches.
    """

    model: str = EMBEDDED
    interventions: tuple[str, ...] = (
        "lora",
        "zero_shot",
        "mms",
        "ccs",
        "oracle",
        "coin",
        "longest",
        "shortest",
        "most_similar",
        "agrees_with_user",
    )
    capability: tuple[str, ...] = ("lora", "zero_shot")
    seed: int = 0
    seeds: int = 1
    resamples: int = 2000
    max_tokens: int = 192
    threads: int = 1
    precision: str = "auto"
    held_out: float = 0.25
    lora: LoraSettings = field(default_factory=LoraSettings)
    prompt_tuning: PromptTuningSettings = field(default_factory=PromptTuningSettings)
    few_shot: FewShotSettings = field(default_factory=FewShotSettings)
    probe: ProbeSettings = field(default_factory=ProbeSettings)
    mms: MmsSettings = field(default_factory=MmsSettings)
    lat_genies: LatGeniesSettings = field(default_factory=LatGeniesSettings)
    ccs: CcsSettings = field(default_factory=CcsSettings)


def load_config(
    params: Path,
    *,
    model: str | None = None,
    interventions: Sequence[str] | None = None,
    seed: int | None = None,
    seeds: int | None = None,
) -> EvaluationConfig:
    """The settings of a file, overridden by those that are given.

    Args:
        params: YAML file; its section `evaluate` may state any of the settings.
        model: Overrides the model.
        interventions: Overrides the interventions.
        seed: Overrides the seed.
        seeds: Overrides the number of tunings of every source.

    Raises:
        ShiftworksError: The file is absent or not YAML, or a setting is unknown, ill-typed or out of range.
    """
    config: EvaluationConfig = _typed(EvaluationConfig, _section(params, SECTION), SECTION, params)
    if model is not None:
        config = replace(config, model=model)
    if interventions is not None:
        config = replace(config, interventions=tuple(interventions))
    if seed is not None:
        config = replace(config, seed=seed)
    if seeds is not None:
        config = replace(config, seeds=seeds)
    _check(config, params)
    return config


def config_of(section: object, path: Path) -> EvaluationConfig:
    """The settings of a section, as it was read from a file.

    Raises:
        ShiftworksError: A setting is unknown, ill-typed or out of range.
    """
    config: EvaluationConfig = _typed(EvaluationConfig, section, SECTION, path)
    _check(config, path)
    return config


def load_choices(params: Path, config: EvaluationConfig, name: str) -> list[tuple[dict[str, Any], EvaluationConfig]]:
    """What a sweep may try: all combinations of the values that a file's section `sweep` gives for an intervention.

    Args:
        params: YAML file; `sweep.<intervention>` states for some of its settings a list of values.
        config: The settings that are varied.
        name: The intervention.

    Returns:
        For each combination what it changes, and the settings with that changed.

    Raises:
        ShiftworksError: The file states nothing to try, or a setting is unknown, ill-typed or out of range.
    """
    where = f"{SWEEP}.{name}"
    section = getattr(config, name, None)
    if not is_dataclass(section) or isinstance(section, type):
        raise ShiftworksError(f"{name!r} has no settings of its own in {SECTION!r}, so there is nothing to sweep")
    choices = _mapping(_mapping(_section(params, SWEEP), SWEEP, params).get(name, {}), where, params)
    if not choices:
        raise ShiftworksError(
            f"{params}: {where}: nothing to try; state values, such as `{SWEEP}: {{lora: {{rank: [4, 8, 16]}}}}`"
        )
    for setting, values in choices.items():
        if not isinstance(values, list) or not values:
            raise ShiftworksError(f"{params}: {where}.{setting}: expected a list of values, found {shorten(values)}")
    present = {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(section).items()}
    made = []
    for values in product(*choices.values()):
        changes = dict(zip(map(str, choices), values, strict=True))
        varied: Any = {name: _typed(type(section), {**present, **changes}, where, params)}
        made.append((changes, replace(config, **varied)))
        _check(made[-1][1], params)
    return made


def _section(params: Path, name: str) -> Any:
    """A section of a YAML file; empty where it has none."""
    try:
        document = yaml.safe_load(read_bytes(params))
    except yaml.YAMLError as error:
        raise ShiftworksError(f"{params}: not valid YAML: {' '.join(str(error).split())}") from None
    if not isinstance(document, Mapping):
        raise ShiftworksError(f"{params}: expected sections such as `{SECTION}:`, found {shorten(document)}")
    return document.get(name, {})


def _mapping(value: Any, where: str, params: Path) -> Mapping[Any, Any]:
    if not isinstance(value, Mapping):
        raise ShiftworksError(f"{params}: {where}: expected settings by name, found {shorten(value)}")
    return value


def _typed(kind: Any, value: Any, where: str, params: Path) -> Any:
    """A YAML value as the type that a setting has."""
    if is_dataclass(kind) and isinstance(kind, type):
        if not isinstance(value, Mapping):
            raise ShiftworksError(f"{params}: {where}: expected settings by name, found {shorten(value)}")
        hints = {name: hint for name, hint in get_type_hints(kind).items() if get_origin(hint) is not ClassVar}
        value = _mapping(value, where, params)
        hints = get_type_hints(kind)
        if unknown := sorted(set(map(str, value)) - set(hints)):
            raise ShiftworksError(f"{params}: {where}: no setting {unknown[0]!r} (known: {', '.join(sorted(hints))})")
        return kind(**{str(key): _typed(hints[key], entry, f"{where}.{key}", params) for key, entry in value.items()})
    if get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise ShiftworksError(f"{params}: {where}: expected a list, found {shorten(value)}")
        return tuple(_typed(get_args(kind)[0], entry, f"{where}[{i}]", params) for i, entry in enumerate(value))
    if kind is float and type(value) is int:
        return float(value)
    # `type` rather than `isinstance`: true and false are no numbers here.
    if type(value) is not kind:
        raise ShiftworksError(f"{params}: {where}: expected a value of type {kind.__name__}, found {shorten(value)}")
    return value


def _check(config: EvaluationConfig, params: Path) -> None:
    """Refuses values that have the right type and no meaning."""
    _positive(config, SECTION, params)
    if config.precision not in PRECISIONS:
        raise ShiftworksError(
            f"{params}: {SECTION}.precision: expected one of {', '.join(PRECISIONS)}, found {config.precision!r}"
        )
    if not config.held_out < 1:
        raise ShiftworksError(f"{params}: {SECTION}.held_out: expected less than 1, found {config.held_out}")
    for where, share in (
        ("lora.warm_up", config.lora.warm_up),
        ("lora.dropout", config.lora.dropout),
        ("prompt_tuning.warm_up", config.prompt_tuning.warm_up),
    ):
        if not share < 1:
            raise ShiftworksError(f"{params}: {SECTION}.{where}: expected less than 1, found {share}")
    if config.lora.matrices not in ("all", "default"):
        raise ShiftworksError(
            f"{params}: {SECTION}.lora.matrices: expected all or default, found {config.lora.matrices!r}"
        )
    if config.lora.reading not in ("apart", "joint"):
        raise ShiftworksError(
            f"{params}: {SECTION}.lora.reading: expected apart or joint, found {config.lora.reading!r}"
        )
    for name in ("interventions", "capability"):
        if not getattr(config, name):
            raise ShiftworksError(f"{params}: {SECTION}.{name}: expected at least one intervention, found none")
        if twice := [each for each, times in Counter(getattr(config, name)).items() if times > 1]:
            raise ShiftworksError(f"{params}: {SECTION}.{name}: {twice[0]!r} stands there twice; name it once")


def _positive(settings: Any, where: str, params: Path) -> None:
    for entry in fields(settings):
        value = getattr(settings, entry.name)
        if is_dataclass(value):
            _positive(value, f"{where}.{entry.name}", params)
        elif entry.name == "penalties":
            if not value or not all(0 < penalty < inf for penalty in value):
                raise ShiftworksError(
                    f"{params}: {where}.{entry.name}: expected positive numbers, found {shorten(list(value))}"
                )
        elif isinstance(value, bool):
            continue
        elif isinstance(value, int | float) and not (0 < value < inf or (value == 0 and entry.name in MAY_BE_ZERO)):
            raise ShiftworksError(f"{params}: {where}.{entry.name}: expected a positive number, found {value}")
        elif isinstance(value, int) and value >= 2**63:
            raise ShiftworksError(f"{params}: {where}.{entry.name}: expected less than 2**63, found {value}")
        elif entry.name.endswith("learning_rate") and value > 1:
            raise ShiftworksError(f"{params}: {where}.{entry.name}: expected a rate of at most 1, found {value}")
