"""Does a preference for correct answers, learned in English, carry over to answers in Spanish?

Hypothesis: what separates right from wrong is the content, which a model that knows both languages can read in either.
Held fixed: the kinds of task and the way they are asked (in English); only the language of the responses changes.
Cue: none intended.
Nuisance: length, position and single words of the responses; both languages are written from the same items.
"""

from generators.core import Shift

SHIFT = Shift(source="alpaca_mmlu", target="spanish_output")
