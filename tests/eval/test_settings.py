"""`params.yaml` states every setting, with the defaults of the code, and each is explained where it is defined."""

from __future__ import annotations

import inspect
import re
from dataclasses import asdict, fields, is_dataclass
from typing import Any

import pytest
import yaml

from cli import make, measure
from eval import config
from eval.config import EvaluationConfig, load_choices, load_config
from tests.project import ROOT

PARAMS = ROOT / "params.yaml"
STATED: dict[str, Any] = yaml.safe_load(PARAMS.read_text(encoding="utf-8"))
SECTIONS = sorted(
    (kind for _, kind in inspect.getmembers(config, inspect.isclass) if is_dataclass(kind)),
    key=lambda kind: kind.__name__,
)


def names(section: Any) -> Any:
    """The names of settings, section by section."""
    return {name: names(value) for name, value in section.items()} if isinstance(section, dict) else None


def test_the_file_states_every_setting_with_its_default() -> None:
    assert names(STATED["evaluate"]) == names(asdict(EvaluationConfig()))
    assert load_config(PARAMS) == EvaluationConfig()


@pytest.mark.parametrize("section", SECTIONS, ids=lambda kind: kind.__name__)
def test_every_setting_is_explained_where_it_is_defined(section: Any) -> None:
    told = "\n".join(inspect.cleandoc(kind.__doc__ or "") for kind in reversed(section.__mro__) if is_dataclass(kind))
    explained = re.findall(r"^ {4}(\w+): \S", told, re.MULTILINE)
    assert explained == [field.name for field in fields(section)]


@pytest.mark.parametrize(("section", "command"), [("build", make.build), ("audit", measure.audit)])
def test_other_sections_state_the_defaults_of_their_commands(section: str, command: Any) -> None:
    defaults = {name: parameter.default for name, parameter in inspect.signature(command).parameters.items()}
    assert STATED[section] == {name: defaults[name] for name in STATED[section]}


@pytest.mark.parametrize("intervention", sorted(STATED["sweep"]))
def test_what_a_sweep_tries_is_sound_and_holds_the_present_settings(intervention: str) -> None:
    present = load_config(PARAMS)
    choices = [varied for _, varied in load_choices(PARAMS, present, intervention)]
    assert present in choices
    assert len(choices) == len(set(map(repr, choices))) > 1
