"""Does a model that puts three things in order also find its way among five to eight?

Hypothesis: drawing one conclusion from several comparisons is one skill, whatever their number; a model that has only
learned to count wins and losses does well on three things and falls to chance here.
Held fixed: subjects, names and symbols, the listing, the question, a single name as response.
Cue: none intended.
Nuisance: how often and how early a thing is named, wins less losses, clues on its place; levelled in the target.
"""

from generators.core import Shift

SHIFT = Shift(source="ranking_logic_easy", target="ranking_logic_hard")
