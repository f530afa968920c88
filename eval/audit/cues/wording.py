"""Turns of phrase that give an answer away: negation, refusal, apology, hedging, repetition.

The phrases are the common English and Spanish ones; matching is by whole words in any case.
"""

from __future__ import annotations

import re

import numpy as np

from eval.audit.cues import cue
from eval.audit.table import Floats, Table

NEGATION = re.compile(
    r"\b(?:no|not|never|none|nothing|nobody|neither|nor|cannot|without|\w+n['’]t|nunca|ning[uú]n\w*|nada|sin|tampoco)\b",
    re.IGNORECASE,
)
REFUSAL = re.compile(
    r"\b(?:I\s+(?:can(?:no|['’])t|can\s+not|won['’]t|will\s+not|am\s+(?:not\s+able|unable)|must\s+decline|refuse)"
    r"|I['’]m\s+(?:not\s+able|unable)|as\s+an?\s+(?:AI|language\s+model)|against\s+my|unable\s+to|not\s+appropriate"
    r"|inappropriate|unethical|illegal|no\s+puedo|me\s+niego)\b",
    re.IGNORECASE,
)
APOLOGY = re.compile(
    r"\b(?:sorry|apolog\w+|regret|forgive|excuse\s+me|my\s+mistake|you(?:['’]re|\s+are)\s+right|lo\s+siento|perd[oó]n\w*"
    r"|disculp\w+)\b",
    re.IGNORECASE,
)
HEDGE = re.compile(
    r"\b(?:maybe|perhaps|might|may|could|possibly|probably|likely|seems?|I\s+think|I\s+believe|not\s+sure|depends?"
    r"|quiz[aá]s?|tal\s+vez|probablemente)\b",
    re.IGNORECASE,
)


@cue("negation", "more negating", "less negating")
def negation(table: Table) -> Floats:
    """Number of negations."""
    return _count(table, NEGATION)


@cue("refusal", "refusing", "unrefusing")
def refusal(table: Table) -> Floats:
    """Number of phrases that refuse."""
    return _count(table, REFUSAL)


@cue("apology", "more apologetic", "less apologetic")
def apology(table: Table) -> Floats:
    """Number of phrases that apologize or give in."""
    return _count(table, APOLOGY)


@cue("hedging", "more hedged", "less hedged")
def hedging(table: Table) -> Floats:
    """Number of phrases that hedge."""
    return _count(table, HEDGE)


@cue("least_repetition", "less repetitive", "more repetitive")
def least_repetition(table: Table) -> Floats:
    """Share of its tokens that are different ones."""
    return np.array([len(set(words)) / len(words) if words else np.nan for words in table.words])


def _count(table: Table, pattern: re.Pattern[str]) -> Floats:
    return np.array([len(pattern.findall(text)) for text in table.texts], dtype=np.float64)
