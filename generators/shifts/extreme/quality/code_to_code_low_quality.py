"""Does a model that tells right programs from wrong ones also tell few bugs from many?

Hypothesis: quality is one scale; a model that learned "passes or not" has nothing to go by where no program passes.
GENIES has the way from low to high quality, not the way back.
Held fixed: problems of one bank, programs of like size, bugs of the same kinds, four candidates.
Cue: none intended.
Nuisance: what is common in programs speaks for few bugs, as the card of the target says.
"""

from generators.core import Shift

SHIFT = Shift(source="code", target="code_low_quality")
