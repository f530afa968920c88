"""Does a model that finds a fact among four lines find it among forty, far from the question?

Hypothesis: reading is one skill at any distance; GENIES has no prompt in which what matters is far away.
Held fixed: the form of the lines, two people crossed with two things, the question, the four places to choose from.
Cue: none intended.
Nuisance: where a place stands in the note; the right one and the wrong ones stand among the same first lines.
"""

from generators.core import Shift

SHIFT = Shift(source="short_note", target="long_note")
