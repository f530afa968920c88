"""Does a model that knows single facts of science still choose rightly where two must be known at once?

Hypothesis: what is learned on easy questions is knowing, not taking the term that sounds nearest to the question.
Held fixed: the facts, the kinds of terms, four answers; a hard question joins two easy ones of one kind.
Cue: none intended.
Nuisance: each term stands right as often as wrong in either place; right and wrong halves are crossed, so that no
answer is the odd one out.
"""

from generators.core import Shift

SHIFT = Shift(source="arc_easy", target="arc_hard")
