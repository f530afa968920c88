"""Pictures of matrices: every printed figure is drawn once, in its place, and nothing says which candidate is right."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from cli.main import app
from generators.core import Question, Stream
from generators.core.builders import Pictured
from generators.families.raven.configurations import CONFIGURATIONS
from generators.families.raven.numeric import RavenEasy
from generators.families.raven.picture import picture
from generators.families.raven.rules import rows_of
from generators.families.raven.symbolic import RavenMatrices

SVG = "{http://www.w3.org/2000/svg}"


def drawing(svg: str) -> ElementTree.Element:
    """A picture as a tree of its shapes."""
    return ElementTree.fromstring(svg)  # noqa: S314 - our own picture


def questions() -> dict[str, Question]:
    """A question of every configuration, with the right candidate first."""
    builder = RavenMatrices()
    found: dict[str, Question] = {}
    for number in range(200):
        draft = builder.write(builder.draw(Stream("pictures", number)).data, Stream("written", number))
        found.setdefault(
            str(draft.meta["configuration"]), Question(draft.prompt, (draft.right, *draft.wrong), draft.meta)
        )
    return found


@pytest.mark.parametrize("configuration", CONFIGURATIONS)
def test_every_figure_is_drawn_once_in_its_cell(configuration: str) -> None:
    question = questions()[configuration]
    root = drawing(picture(question))
    printed = [*re.findall(r"\(([3-7]),", question.prompt), *re.findall(r"\(([3-7]),", " ".join(question.texts))]
    polygons = [len(str(one.get("points")).split()) for one in root.iter(f"{SVG}polygon")]
    circles = len(list(root.iter(f"{SVG}circle")))
    assert sorted(polygons + [7] * circles) == sorted(map(int, printed))
    frames = [one for one in root.iter(f"{SVG}rect") if one.get("fill") == "none"]
    assert len(frames) == 9 + len(question.texts)
    assert sorted(str(one.text) for one in root.iter(f"{SVG}text")) == ["?", "A", "B", "C", "D"]
    inside = [(float(str(one.get("x"))), float(str(one.get("y")))) for one in frames]
    for one in root.iter(f"{SVG}polygon"):
        points = [tuple(map(float, point.split(","))) for point in str(one.get("points")).split()]
        assert any(all(left <= x <= left + 120 and top <= y <= top + 120 for x, y in points) for left, top in inside)


def test_size_colour_and_angle_are_drawn() -> None:
    figures = ["(7,0.1,0,0)", "(7,0.6,90,0)", "(4,0.6,50,0)", "(4,0.6,50,100)", *["(7,0.1,0,0)"] * 4]
    question = Question(rows_of(figures), (), {"configuration": "center"})
    root = drawing(picture(question))
    small, large = list(root.iter(f"{SVG}circle"))[:2]
    assert float(str(small.get("r"))) < float(str(large.get("r"))) <= 60
    assert (small.get("fill"), large.get("fill")) == ("rgb(255,255,255)", "rgb(26,26,26)")
    straight, turned = (str(one.get("points")) for one in root.iter(f"{SVG}polygon"))
    assert straight != turned


def test_preview_draws_where_a_family_can(tmp_path: Path) -> None:
    assert isinstance(RavenMatrices(), Pictured)
    assert not isinstance(RavenEasy(), Pictured)
    file = tmp_path / "matrix.svg"
    done = CliRunner().invoke(app, ["preview", "raven_easy_to_raven_matrices", "-n", "1", "--picture", str(file)])
    assert done.exit_code == 0
    assert f"drew the first of these into {file}" in done.output
    assert drawing(file.read_text(encoding="utf-8")).tag == f"{SVG}svg"
    refused = CliRunner().invoke(app, ["preview", "raven_easy", "-n", "1", "--picture", str(tmp_path / "other.svg")])
    assert "raven_easy: its examples cannot be drawn; leave out --picture" in str(refused.exception or refused.output)
    assert not (tmp_path / "other.svg").exists()
