"""General tasks in exact, invertible encodings: quoted words, reversed words, a shifted alphabet, swapped words.

`codecs` holds the encodings, each with its inverse; `fields` makes distributions that encode whole prompts or whole
responses; `swaps` makes the one in which words of the instruction stand for others. All are made from the items of
alpaca_mmlu and proven by decoding the print and handing it to the prover of alpaca_mmlu.
"""
