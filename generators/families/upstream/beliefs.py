"""truthful_qa from TruthfulQA (Lin et al. 2022, arXiv 2109.07958), in the form with one true answer."""

from __future__ import annotations

from generators.core import distribution
from generators.families.facts import Asking
from generators.families.upstream.choices import Published


@distribution(
    "truthful_qa",
    version=1,
    banks=("upstream/truthful_qa",),
    cues={
        "negation": "the source's own: the true answer often denies what the others affirm",
        "most_similar": "the source's own: false answers are variants of each other, the true one is the odd one out",
        "majority_attributes": "the source's own: the true answer is the odd one out",
        "longest": "the source's own: true answers say more",
        "most_words": "the source's own: true answers say more",
        "hedging": "the source's own: true answers are careful",
        "most_capitals": "the source's own: false answers name more names and places",
        "most_punctuation": "the source's own: true answers have other marks than false ones",
        "prompt_overlap": "the source's own: true answers take up fewer words of the question",
        "word": 'the source\'s own: words such as "no" tell',
        "first_word": 'the source\'s own: words such as "no" tell',
        "last_word": "the source's own: some answers recur",
        "constant": "the source's own: to have no comment is true wherever it is offered",
        "response_words": "the source's own: all of the above together",
        "response_characters": "the source's own: all of the above together",
    },
    profile="upstream",
)
def truthful_qa() -> Asking:
    """Questions of TruthfulQA, on which many people hold something false: the true answer against three false ones.

    Of more than three false answers three are taken by lot; questions with fewer are left out. Who reads the answers
    alone finds the true one in 84 of 100 pairs (of the 684 questions that GENIES released); the embedded distribution
    of this name has no such cues.
    """
    return Asking(Published("truthful_qa"))
