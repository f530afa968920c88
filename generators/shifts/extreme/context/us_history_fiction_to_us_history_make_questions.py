"""Does a model that prefers true words of a character also see what an exam question wrongly takes for granted?

Hypothesis: facts are judged alike whether they are said outright or presupposed.
Held fixed: the facts, of which none stands in both source train and target test; one form for all four responses.
Cue: none intended.
Nuisance: the task that a question sets, which is the same in all four and asks nothing that only one could bear.
"""

from generators.core import Shift

SHIFT = Shift(source="us_history_fiction", target="us_history_make_questions")
