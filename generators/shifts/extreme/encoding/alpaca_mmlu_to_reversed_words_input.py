"""Does a preference for correct answers carry over when every word of the request is spelled backwards?

Hypothesis: a model that can undo the spelling knows what is asked, and what it learned of right answers holds.
Held fixed: the items of the source and the responses' language and form; only the prompt is encoded, all of it.
Cue: none intended.
Nuisance: length, position and single words of the responses; they are written as in the source.
"""

from generators.core import Shift

SHIFT = Shift(source="alpaca_mmlu", target="reversed_words_input")
