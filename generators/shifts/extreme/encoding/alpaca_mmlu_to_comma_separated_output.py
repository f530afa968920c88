"""Does a preference for correct answers carry over to answers that are lists of quoted words?

Hypothesis: what separates right from wrong is the content, which the quotes and commas leave as it is.
Held fixed: the items of the source and the way they are asked; all four responses comply with the wished format.
Cue: none intended.
Nuisance: length, position and single words of the responses; all are encoded alike.
"""

from generators.core import Shift

SHIFT = Shift(source="alpaca_mmlu", target="comma_separated_output")
