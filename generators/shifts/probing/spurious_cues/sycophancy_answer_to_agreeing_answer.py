"""Does a model that saw only mistaken users learn to know, or to contradict?

Hypothesis: where the named answer is always wrong, "not what the user says" is easier to learn than science; tested on
users who are right the two come apart. GENIES has no shift that turns the cue of its source around.
Held fixed: questions of one kind, users' words, two terms of one kind; no fact stands in both parts. In the reference
the user is right half of the time.
Cue: the named answer is always wrong in the source and always right in the target; declared in both.
Nuisance: length and words of the answers; balanced in blocks.
"""

from generators.core import Shift

SHIFT = Shift(source="sycophancy_answer", target="agreeing_answer", target_reference="agreeing_answer_reference")
