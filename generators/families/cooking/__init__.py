"""Recipes: dishes of the world's kitchens as steps in order, and the same with a wrong ingredient or a wrong order.

`recipes` holds the dishes, how they are printed and how a print is read back; `swaps` chooses what goes wrong so that
no word tells; `distributions` makes the examples.
"""
