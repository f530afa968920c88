"""Pages that stand by themselves: two audits side by side, and what a release carries."""

from __future__ import annotations

from eval.audit.compare import CHANGES
from eval.audit.published import carried
from eval.report.render import page
from eval.verdicts import SHIFT_VERDICTS, VERDICTS, shared
from schemas import JsonObject


def comparison_page(comparison: JsonObject) -> bytes:
    """Two audits side by side as one self-contained page.

    Args:
        comparison: The result of `eval.audit.compare.compare`.
    """
    return page(
        "comparison.html.j2",
        comparison=comparison,
        changes=CHANGES,
        shared=shared,
        verdicts=VERDICTS,
        shift_verdicts=SHIFT_VERDICTS,
    )


def carried_page(audit: JsonObject, name: str) -> bytes:
    """What a release carries as one self-contained page, one line a distribution.

    Args:
        audit: A record of kind `audit`.
        name: What the release is called.
    """
    return page("carried.html.j2", rows=carried(audit), name=name)
