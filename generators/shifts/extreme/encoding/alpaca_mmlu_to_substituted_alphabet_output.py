"""Does a preference for correct answers carry over to answers in a simple cipher?

Hypothesis: what separates right from wrong is the content, which a model that can undo the cipher still reads.
Held fixed: the items of the source and the way they are asked; all four responses comply with the wished cipher.
Cue: none intended.
Nuisance: length, position and single words of the responses; all are enciphered alike.
"""

from generators.core import Shift

SHIFT = Shift(source="alpaca_mmlu", target="substituted_alphabet_output")
