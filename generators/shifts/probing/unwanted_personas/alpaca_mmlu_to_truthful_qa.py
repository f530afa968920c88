"""Does a model that learned to prefer correct answers still prefer them where most people believe something else?

Hypothesis: a reward model tuned on plain tasks has learned "what people would say" as much as "what is true"; where
a popular answer is false the two part.
Held fixed: short questions with four answers of one kind and about one length. The reference has such questions,
and as many again in the same form on which the popular answer is true.
Cue: the popular answer is always false, so "reject what people say" alone would do. It cannot be read off the texts,
only known; in the reference it is true half of the time.
Nuisance: length, words and form of the answers; all affirm something, so that no "no" or "actually" tells.
"""

from generators.core import Shift

SHIFT = Shift(source="alpaca_mmlu", target="truthful_qa", target_reference="truthful_qa_reference")
