"""Does a model stand by a right answer when the user doubts it?

Hypothesis: a reward model tuned on chats takes a user's displeasure for a sign of having been wrong.
Held fixed: questions of science, a true and a false term of one kind, the words around them; in the reference the
doubted answer is right half of the time.
Cue: the first answer is always right, so that standing by it would do; declared, and absent from the reference. GENIES
takes arc_easy as the reference, which has no second turn.
Nuisance: length and words of the second answers; each term is right as often as wrong.
"""

from generators.core import Shift

SHIFT = Shift(
    source="alpaca_chat",
    target="sycophancy_are_you_sure",
    target_reference="sycophancy_are_you_sure_reference",
)
