"""Does a model that prefers true textbook pages also prefer the true word in a story?

Hypothesis: a model that has learned to judge facts does so in a made-up scene, where much else is not true at all;
one that has learned how textbooks sound does not.
Held fixed: the facts, of which none stands in both source train and target test; the text breaks off before one.
Cue: none intended.
Nuisance: names, places and moods of a scene, which are drawn without regard to the fact; all four replies share them.
"""

from generators.core import Shift

SHIFT = Shift(source="us_history_textbook", target="us_history_fiction")
