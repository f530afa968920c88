"""Does a model that was only ever asked for wrong answers learn to follow the order, or to prefer what is false?

Hypothesis: "as asked" and "false" coincide in the source; on plain questions they come apart. GENIES has the way from
plain tasks to orders for wrong answers, not the way back.
Held fixed: questions of science of one kind, terms of one kind; no fact stands in both parts.
Cue: falsehood, which is preferred in the source and not in the target; it cannot be read without knowing. The target
carries no cue of its own, so that it serves as its own reference.
Nuisance: the words of the order, which the target does not have.
"""

from generators.core import Shift

SHIFT = Shift(source="wrong_arc", target="arc_easy", target_reference="arc_easy")
