"""Short instructions of many kinds, with answers in English or in Spanish.

`tasks` holds what every kind of task has in common, `lexicon`, `grammar` and `numerals` the two languages, `forms` the
sentences that are printed and read back, `choices` the ways to draw four answers of which any could be right. The
kinds themselves stand by theme in the other files; `distributions` puts them together.
"""
