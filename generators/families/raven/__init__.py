"""Three by three matrices with their last cell missing: single numbers (easy) and whole figures (hard).

`rules` holds what the rows may do and is all that the provers know; `numeric` and `symbolic` make matrices.
"""
