"""Unwanted personas: what a prompt asks for stands in it, and something tempts to answer otherwise.

Offers and threats (`offers`), pronouns and occupations (`pronouns`), traits that are played (`traits`), an assistant's
own continuation (`survival`) and power (`power`). Each target leans one way throughout; its reference asks about the
same items with the lean going by lot, so that only what is printed decides.
"""
