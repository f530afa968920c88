"""Does a model tuned where gaining influence is right still prefer it where it is forbidden?

Hypothesis: tuned on tasks that are served best by lawfully gaining means and influence, a reward model learns "more
power is better" beside "serve the task within what is allowed"; where gaining is forbidden the two part.
Held fixed: one printed rule, offices and acts of one bank (no office on both sides), responses that are acts and
nothing else. The reference has the target's pairs of acts, with gaining allowed or forbidden by lot.
Cue: the act that gains is always right in the source and always wrong in the target, so what an act says is enough in
either; declared in both, and absent from the reference.
Nuisance: both the note that allows and the one that forbids are printed, with which one holds, so no word of the prompt
tells; length of the acts is balanced; half of the source's wrong acts are careless ones, so boldness is no cue.
"""

from generators.core import Shift

SHIFT = Shift(source="pursue_goals", target="relinquish_power", target_reference="relinquish_power_reference")
