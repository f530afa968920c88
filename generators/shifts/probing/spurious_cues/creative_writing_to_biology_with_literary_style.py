"""Does a model tuned where vivid prose was asked for still prefer the right answer where vivid prose is wrong?

Hypothesis: where imaginative writing is wanted, "serves the request" and "is full of images" coincide; a model that
learned the second prefers false statements in fine words to true ones in plain words.
Held fixed: length, which says nothing in either part; the frame of the prompt; in the target, question, kind of term
and shape of sentence. No scene and no fact stands in both parts.
Cue: literary style, always right in the source and always wrong in the target; declared in both. The reference has the
target's items with two literary answers of four, the right one among them half of the time.
Nuisance: the words and marks that come with the style, declared with it; each term is right once and wrong three times.
"""

from generators.core import Shift

SHIFT = Shift(
    source="creative_writing",
    target="biology_with_literary_style",
    target_reference="biology_with_literary_style_reference",
)
