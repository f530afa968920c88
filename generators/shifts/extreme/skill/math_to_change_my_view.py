"""Does a model that was tuned on solutions of problems also find the reason that speaks against a view?

Hypothesis: the source rewards what is true; in the target all reasons may be true, and the right one is the one that
bears on the question and on the asked side of it.
Held fixed: one response of four is right, and nothing on its surface says which.
Cue: none intended.
Nuisance: an opinion that one shares may seem "correct", but each opinion is asked both ways round.
"""

from generators.core import Shift

SHIFT = Shift(source="math", target="change_my_view")
