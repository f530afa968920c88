"""Bugs that people make, planted in right programs: kinds of edit, and which edits of a program are bugs."""

# Imported for their kinds, which register themselves.
from generators.families.code.bugs import calls, operators, statements, values

__all__ = ["calls", "operators", "statements", "values"]
