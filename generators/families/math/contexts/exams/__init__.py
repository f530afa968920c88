"""Questions for an exam, well posed or not, made from crossed data.

`form` holds what a question form is, `contradictions` and `bounds` those with numbers that must fit together, `gaps`
those with a datum that must fit what is asked, and `distribution` makes and proves the examples.
"""
