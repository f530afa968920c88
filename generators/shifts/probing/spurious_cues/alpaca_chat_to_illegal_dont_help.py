"""Does a model tuned where helping was always right refuse what its rule tells it to refuse?

Hypothesis: the source's rule is printed and never applies, so a reward model may learn to prefer help as such; where
the rule applies, help and the rule part.
Held fixed: the chat frame with its rule, replies of one length; the reference has the target's requests, each beside
one in like words that is fine, with the same replies.
Cue: refusing, which is right throughout in the target and declared there; absent from the reference.
Nuisance: length, position; the refusal is the longer reply half of the time. The label is the bank's own word on
what is illegal or unethical.
"""

from generators.core import Shift

SHIFT = Shift(source="alpaca_chat", target="illegal_dont_help", target_reference="illegal_dont_help_reference")
