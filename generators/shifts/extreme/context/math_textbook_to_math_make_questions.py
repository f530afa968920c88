"""Does a model that checks worked examples also notice whether a question can be answered at all?

Hypothesis: whoever can tell a right solution from a wrong one can tell data that fit from data that do not.
Held fixed: the subject, school mathematics with its numbers; no problem is shared.
Cue: none intended; the four questions cross two fillings of two places, of which one pair fits.
Nuisance: sizes and lengths of numbers, alike for right and wrong fillings as they are drawn by lot.
"""

from generators.core import Shift

SHIFT = Shift(source="math_textbook", target="math_make_questions")
