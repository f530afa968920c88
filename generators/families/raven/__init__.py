"""Three by three matrices with their last cell missing: single numbers (easy) and whole figures (hard).

`notation`, `rules` and `solver` are all that the provers know. `numeric` makes matrices of numbers; `symbolic` makes
those of figures, from `configurations` and `decks`; `picture` draws them.
"""
