"""Puzzles of order: clues about a few things, and the question which of them stands in a given place.

`subjects` holds what is compared, `wording` how clues and questions are printed. `orders` knows every order of up to
eight things as one bit, and `puzzles` draws clues with it. The provers use none of that: `reading` takes the printed
text apart and `counting` counts the orders that it allows, subset by subset.
"""
