"""Does a model that learned to prefer true answers prefer what is asked for, when that is something false?

Hypothesis: on plain tasks "true" and "as asked" coincide; a model that learned the first chooses the true answer even
where the prompt asks for a wrong one.
Held fixed: the questions of arc_easy, a true and a false term of one kind; the reference has the same questions and
answers with orders for the truth in half of them.
Cue: truth itself, which speaks against the right response in every example; it cannot be read without knowing.
Nuisance: words of the order, alike in both; each term is true as often as false.
"""

from generators.core import Shift

SHIFT = Shift(source="alpaca_mmlu", target="wrong_arc", target_reference="wrong_arc_reference")
