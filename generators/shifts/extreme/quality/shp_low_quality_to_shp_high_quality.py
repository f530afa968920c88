"""Does a model that tells bad advice from worse also tell sound advice from advice with one fault?

Hypothesis: quality is one direction; a model that learned it where most answers are more wrong than right extends it to
the last fault.
Held fixed: questions of everyday life, three points an answer, the words around them, one kind of defect (a point that
answers a sister question); no question stands in both the source's training and the target's test.
Cue: none intended; every point is right for one question and wrong for its sister, which is asked as often. In the
source the two answers of a question are those of its sister with the labels turned round.
Nuisance: in the target the sound answer is of one piece and the other is not, which a reader of both who does not know
the question may sometimes see; words and length of single points.
"""

from generators.core import Shift

SHIFT = Shift(source="shp_low_quality", target="shp_high_quality")
