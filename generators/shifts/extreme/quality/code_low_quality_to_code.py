"""Does a model that tells badly broken programs from slightly broken ones also tell slightly broken from correct?

Hypothesis: quality is one direction; a model that learned it between bad and less bad extends it to good.
Held fixed: problems of the same bank (none shared between source train and target test), the same kinds of bug, the
same formatter over every program.
Cue: none intended.
Nuisance: program length and single tokens; every wrong program parses, halts and is formatted like the right one.
"""

from generators.core import Shift

SHIFT = Shift(source="code_low_quality", target="code")
