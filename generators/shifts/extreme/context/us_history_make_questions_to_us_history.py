"""Does a model that prefers sound exam questions also prefer the true answer where such a question is asked?

Hypothesis: facts are judged alike whether they are presupposed or said outright.
Held fixed: the facts, of which none stands in both source train and target test; one form for all four responses.
Cue: none intended.
Nuisance: length, since a question says more than an answer; within an example all four say as much.
"""

from generators.core import Shift

SHIFT = Shift(source="us_history_make_questions", target="us_history")
