"""Problems of the cognitive reflection test, whose wrong answer is the one that comes to mind first.

The three forms go back to Frederick (2005), Journal of Economic Perspectives 19, 25-42: two prices (`prices`), machines
at work (`machines`), something that doubles (`doubling`). Each file holds a distribution with the lure, its reference
(the same algebra, the wrong answer no shortcut), and a prover that solves the printed text. In each form half of the
problems are put the other way round, so that the lure is the larger number in one half and the smaller in the other:
the two numbers are dealt first, such that either can be the right one, and which it is goes by lot.
"""
