"""Does a model that prefers true answers to questions about history also prefer true textbook pages?

Hypothesis: knowledge is judged alike whether a question asks for it or a text leads up to it.
Held fixed: the facts, of which none stands in both source train and target test; four of one kind to choose from.
Cue: none intended.
Nuisance: the openings of a textbook, which say of what time or subject it speaks; they suit all four continuations.
"""

from generators.core import Shift

SHIFT = Shift(source="us_history", target="us_history_textbook")
