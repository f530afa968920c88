"""Does a model that saw right answers in bold learn to know, or to like bold type?

Hypothesis: form is easier to learn than science; where it turns around, what was learned shows. GENIES has cues of
length and tone, none that is form alone and turns around between source and target.
Held fixed: questions of one kind, two terms of one kind, one in bold and one underlined; no fact stands in both
parts. In the reference either of the two is in bold, by lot.
Cue: bold type, always right in the source and always wrong in the target; declared in both.
Nuisance: words of the terms, each right as often as wrong.
"""

from generators.core import Shift

SHIFT = Shift(source="bold_is_right", target="bold_is_wrong", target_reference="bold_is_either")
