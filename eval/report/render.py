"""Makes pages of templates: one environment for all, so that every page escapes and formats alike.

Plots are drawn by template macros as inline SVG whose places are percentages, so that they fit a phone as well as a
printed sheet and their text stays text; a page holds no script and forbids itself to load anything.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from eval.report.audit_view import STEPS, shade
from eval.report.figures import figure
from eval.report.shifts_view import PICTURES, flat
from eval.verdicts import CHANCE

TEMPLATES = Path(__file__).parent / "templates"
#: Characters of a token that are shown; a whole answer may be one.
TOKEN = 60


def page(template: str, **values: Any) -> bytes:
    """A page.

    Args:
        template: The template's file name.
        values: What the template names.
    """
    return _environment().get_template(template).render(**values).encode()


def glance(text: str) -> str:
    """The start of a text on one line, with its control characters shown and what is left out said."""
    left = len(text) - TOKEN
    shown = text[:TOKEN].replace("\n", "⏎").replace("\t", "⇥").translate(PICTURES)
    return f"{shown} … ({left:,} more characters)" if left > 0 else shown


@cache
def _environment() -> Environment:
    # Every value is escaped, whatever the template's ending; an unknown name in a template is a fault, never a blank.
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(figure=figure, flat=flat, glance=glance, count=lambda number: f"{number:,}", shade=shade)
    environment.globals.update(chance=CHANCE, steps=STEPS)
    return environment
