"""Does a model that was tuned on reasons against a view also tell an authentic recipe from a spoiled one?

Hypothesis: both ask whether a text does what the prompt wants of it; the source turns on its stance, the target on
facts and order.
Held fixed: fluent prose, four responses crossed in two things, no telling word or length.
Cue: none intended.
Nuisance: in the source half of the responses miss the subject, in the target none does.
"""

from generators.core import Shift

SHIFT = Shift(source="change_my_view", target="cooking")
