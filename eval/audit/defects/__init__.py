"""Defects: what is broken in a distribution. To look for another one, add a function to a file of this folder.

Every check reads printed text and labels only, never a distribution's name, and says nothing where the text is not of
its kind.
"""

from eval.audit.defects.finding import Finding
from eval.audit.defects.registry import checks, defect, defects

__all__ = ["Finding", "checks", "defect", "defects"]
