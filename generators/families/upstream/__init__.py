"""Makers for the profile `upstream`: the same constructs as embedded ones, from published items.

What a source says is taken at its word and called sourced, but for programs, which are run.
"""
