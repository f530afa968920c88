"""truthful_qa from TruthfulQA (Lin et al. 2022, arXiv 2109.07958), in the form with one true answer."""

from __future__ import annotations

from generators.core import distribution
from generators.families.facts import Asking
from generators.families.upstream.choices import Published


@distribution("truthful_qa", version=1, banks=("upstream/truthful_qa",), profile="upstream")
def truthful_qa() -> Asking:
    """Questions of TruthfulQA, on which many people hold something false: the true answer against three false ones.

    Of more than three false answers three are taken by lot; questions with fewer are left out. True answers often deny
    what false ones affirm, so that a denial is a cue; the embedded distribution of this name has none.
    """
    return Asking(Published("truthful_qa"))
