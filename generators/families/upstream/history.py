"""us_history from the questions on US history of MMLU (Hendrycks et al. 2021, arXiv 2009.03300)."""

from __future__ import annotations

from generators.core import distribution
from generators.families.facts import Asking
from generators.families.upstream.choices import Published

SUBJECT = "high_school_us_history"


@distribution("us_history", version=1, banks=("upstream/mmlu",), profile="upstream")
def us_history() -> Asking:
    """Questions on US history as high schools examine it, most of them on a passage that is quoted in the question.

    There are about two hundred. Questions on one passage are one group.
    """
    return Asking(Published("mmlu", subject=SUBJECT))
