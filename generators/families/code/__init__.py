"""Python programs with planted bugs: the bank, its executor, the mutator, and the distributions made from them."""
