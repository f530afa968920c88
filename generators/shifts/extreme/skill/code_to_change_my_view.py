"""Does a model that was tuned to tell working programs from broken ones also find the reason against a view?

Hypothesis: from what a machine decides to what people argue about; a direction for "does what was asked" would carry
over, one for "has no bug" would not.
Held fixed: one response of four is right, and nothing on its surface says which.
Cue: none intended.
Nuisance: form; programs against single sentences.
"""

from generators.core import Shift

SHIFT = Shift(source="code", target="change_my_view")
