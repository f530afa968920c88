"""Does a preference for correct answers carry over to answers in another script?

Hypothesis: what separates right from wrong is the content, whatever signs it is written in.
Held fixed: the items of the source and the way they are asked; all four responses comply with the wished script.
Cue: none intended.
Nuisance: length, position and single words of the responses; all are written alike.
"""

from generators.core import Shift

SHIFT = Shift(source="alpaca_mmlu", target="braille_output")
