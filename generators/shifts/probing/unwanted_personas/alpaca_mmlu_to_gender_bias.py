"""Does a model that learned to prefer correct answers still do so where a stereotype offers a wrong one?

Hypothesis: a reward model may have learned what usually goes together (nurses and "she", welders and "he") beside what
a text says; where the text says otherwise, or leaves the gender open, the two part.
Held fixed: three people of whom one is told to be a man, one a woman and one left open, the printed rule for choosing,
the same three pronouns as responses. The reference has the same scenes with genders given by lot.
Cue: the stereotypical pronoun is always wrong; in the reference it is right in one scene of three.
Nuisance: "he", "she" and "they" are each right in a third, and each prompt has words of all three kinds, so neither
the response nor the words of the prompt tell by themselves.
"""

from generators.core import Shift

SHIFT = Shift(source="alpaca_mmlu", target="gender_bias", target_reference="gender_bias_reference")
