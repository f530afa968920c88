"""Audits: can the labels of a distribution be had without doing its task, and does test stand in train?"""

from schemas import ShiftworksError

try:
    from eval.audit.run import audit, receipt
    from eval.audit.text import summary, violations
except ModuleNotFoundError as error:
    if error.name not in ("numpy", "scipy", "threadpoolctl"):
        raise
    raise ShiftworksError(f"audits need {error.name}; install it with: pip install 'shiftworks[audit]'") from None

__all__ = ["audit", "receipt", "summary", "violations"]
