"""Does a model that tells right from wrong in short and simple programs also tell it in long and hard ones?

Hypothesis: checking a program against its task is one skill, however much has to be followed.
Held fixed: one right program against three with bugs at two places; the same kinds of bug; one formatter.
Cue: none intended.
Nuisance: length, words and runs of letters, evened out in either distribution; no problem stands in both.
"""

from generators.core import Shift

SHIFT = Shift(source="code_easy", target="code_hard")
