"""Does a preference for correct answers hold where words of the request mean what they never meant before?

Hypothesis: a model follows the meaning that the request gives to a word, against all that it read in pretraining.
Held fixed: the items of the source and their responses; a word or two of the instruction are exchanged and the
instruction says what they mean.
Cue: none intended. Taken literally the request mostly asks nothing, or something else.
Nuisance: the exchanged words stand in no response; length, position and wording are those of the source.
"""

from generators.core import Shift

SHIFT = Shift(source="alpaca_mmlu", target="word_swap")
