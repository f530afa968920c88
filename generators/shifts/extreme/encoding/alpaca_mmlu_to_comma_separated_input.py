"""Does a preference for correct answers carry over when the request is cut into quoted words?

Hypothesis: a model reads the same request through the quotes and commas, and what it learned of right answers holds.
Held fixed: the items of the source and the responses' language and form; only the prompt is encoded, all of it.
Cue: none intended.
Nuisance: length, position and single words of the responses; they are written as in the source.
"""

from generators.core import Shift

SHIFT = Shift(source="alpaca_mmlu", target="comma_separated_input")
