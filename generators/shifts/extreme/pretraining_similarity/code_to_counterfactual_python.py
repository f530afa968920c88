"""Does judging Python programs carry over to a made-up dialect whose rules the prompt states?

Hypothesis: a model that reads what a program does can read it through a change of surface; one that matches familiar
text cannot.
Held fixed: problems of the same bank, one bug against none; right and wrong programs pass through the same dialect.
Cue: none intended.
Nuisance: dialect by label, since a dialect is applied alike to all programs of an example.
"""

from generators.core import Shift

SHIFT = Shift(source="code", target="counterfactual_python")
