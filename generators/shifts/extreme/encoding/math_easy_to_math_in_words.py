"""Does a model that checks sums in figures also check them in words?

Hypothesis: a preference for right solutions rests on what the numbers are, not on how they are written. GENIES changes
the encoding of texts, never that of numbers.
Held fixed: the problems, the worked solutions and their slips; every number of prompt and responses is spelled out.
Cue: none intended.
Nuisance: length of a number in words, shared by right and wrong results as far as digits are.
"""

from generators.core import Shift

SHIFT = Shift(source="math_easy", target="math_in_words")
