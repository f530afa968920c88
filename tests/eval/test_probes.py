"""Probes and tokens: they find what only learning finds, never score what they were fitted on, and know chance."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import Ridge

from eval.audit.embedding import embedding_probe
from eval.audit.family import TURNS
from eval.audit.probes import PROBES, RIDGE, _ridge, probe, transfer
from eval.audit.table import Table
from eval.audit.tokens import tokens
from generators.core import Stream
from generators.core.streams import digest
from tests.eval.tables import example

GOOD, BAD = ("apt", "brisk", "crisp", "deft"), ("awry", "bleak", "crude", "dull")
FILL = ("river", "stone", "cloud", "field", "lamp", "road", "tower", "window")


def lexicon(count: int, share: tuple[int, int], seed: int = 0, good: tuple[str, ...] = GOOD) -> Table:
    """Pairs of short texts; in so many of them the right one has a word of one list and the wrong one of another."""
    made = []
    for n in range(count):
        rng = Stream("lexicon", seed, n)
        straight = rng.chance(*share)
        words = (rng.choice(good), rng.choice(BAD))
        right, wrong = words if straight else words[::-1]
        texts = [f"{rng.choice(FILL)} {word} {rng.choice(FILL)}" for word in (right, wrong)]
        gold = rng.below(2)
        made.append(example(n, f"question {n}", texts if gold == 0 else texts[::-1], gold))
    return Table.of(made)


def accuracy(table: Table, name: str = "response_words") -> tuple[float, float]:
    [chosen] = [each for each in PROBES if each.name == name]
    if (reader := chosen.reader(table)) is None:
        return 0.5, 0.0
    probed = probe(table, reader(table), ("test",))
    return float(table.outcomes(probed.scores).mean()), probed.z


@pytest.mark.parametrize("name", ["response_words", "response_characters"])
def test_a_lexicon_is_learned(name: str) -> None:
    right, z = accuracy(lexicon(200, (9, 10)), name)
    assert right > 0.85
    assert z > 5


def test_labels_that_say_nothing_teach_nothing() -> None:
    found = [accuracy(lexicon(200, (1, 2), seed)) for seed in range(12)]
    assert 0.45 < np.mean([right for right, _ in found]) < 0.55
    assert sum(z > 3 for _, z in found) == 0


def test_refits_scatter_as_the_real_fit_would() -> None:
    table = lexicon(150, (1, 2))
    [words] = [each for each in PROBES if each.name == "response_words"]
    reader = words.reader(table)
    assert reader is not None
    probed = probe(table, reader(table), ("test",))
    assert probed.turned.shape == (TURNS,)
    # The better of two ways to learn: were they independent, its mean would be .56 and its deviation .83.
    assert 0 < float(probed.turned.mean()) < 0.56
    assert 0.83 < float(probed.turned.std()) < 1.01


def test_a_ridge_that_leaves_out_a_fold_is_one_fitted_without_it() -> None:
    rng = np.random.default_rng(0)
    features = rng.normal(size=(60, 9)).astype(np.float32)
    vectors = features[::2] - features[1::2]
    targets = np.where(rng.random((30, 4)) < 0.5, 1, -1).astype(np.float32)
    fold = np.arange(30) % 7
    way = _ridge(vectors, features, targets, fold)
    penalty = RIDGE * float(np.mean(np.square(vectors).sum(axis=1)))
    for held_out in range(7):
        rows, weights = way(held_out)
        seen = fold != held_out
        # By scikit-learn, in the primal and without the examples left out.
        plain = Ridge(alpha=penalty, fit_intercept=False).fit(vectors[seen], targets[seen])
        assert np.allclose(rows @ weights, features @ plain.coef_.T, atol=1e-4)


def test_a_group_is_never_scored_by_what_it_taught() -> None:
    # Every right text is its group's own, twice; only a model that saw the group could know it.
    made = []
    for n in range(120):
        own, other = (digest(kind, n // 2).hex()[:12] for kind in ("own", "other"))
        gold = Stream("group", n).below(2)
        made.append(example(n, f"q{n}", [own, other] if gold == 0 else [other, own], gold, f"g{n // 2}"))
    table = Table.of(made)
    right, _ = accuracy(table, "response_characters")
    assert 0.35 < right < 0.65


def test_the_place_of_the_right_answer_can_stand_in_the_prompt() -> None:
    made = []
    for n in range(160):
        gold = Stream("place", n).below(2)
        made.append(example(n, f"case {n} {'early' if gold == 0 else 'late'}", [f"x{n}", f"y{n}"], gold))
    right, z = accuracy(Table.of(made), "prompt_place")
    assert right > 0.9
    assert z > 5


def test_standing_answers_can_be_told_by_the_prompt() -> None:
    made = []
    for n in range(160):
        rng = Stream("answer", n)
        yes = rng.chance(1, 2)
        texts = rng.shuffled(["yes", "no"])
        made.append(
            example(n, f"is it {'sunny' if yes else 'rainy'}, number {n}", texts, texts.index("yes" if yes else "no"))
        )
    assert accuracy(Table.of(made), "prompt_answer")[0] > 0.9


def test_a_probe_carries_over_or_turns_round() -> None:
    source, target, reversed_target = lexicon(200, (19, 20)), lexicon(100, (19, 20), 1), lexicon(100, (1, 20), 2)
    [words] = [each for each in PROBES if each.name == "response_words"]
    reader = words.reader(source)
    assert reader is not None
    assert target.outcomes(transfer(source, reader, target)).mean() > 0.9
    assert reversed_target.outcomes(transfer(source, reader, reversed_target)).mean() < 0.1


def test_the_frozen_model_s_states_tell_what_words_alone_do_not() -> None:
    # No word comes twice, so only what words mean carries over.
    kind = [
        "lamb",
        "kitten",
        "puppy",
        "foal",
        "calf",
        "duckling",
        "cub",
        "fawn",
        "piglet",
        "gosling",
        "chick",
        "hen",
        "goat",
        "sheep",
        "horse",
    ]
    tool = [
        "hammer",
        "wrench",
        "pliers",
        "chisel",
        "saw",
        "drill",
        "screwdriver",
        "spanner",
        "axe",
        "shovel",
        "rake",
        "hoe",
        "file",
        "clamp",
        "vise",
    ]
    made = [
        example(n, f"q{n}", [one, other] if n % 2 else [other, one], 0 if n % 2 else 1)
        for n, (one, other) in enumerate(zip(kind, tool, strict=True))
    ]
    table = Table.of(made)
    reader = embedding_probe().reader(table)
    assert reader is not None
    probed = probe(table, reader(table), ("test",))
    assert table.outcomes(probed.scores).mean() > 0.85
    assert accuracy(table)[0] < 0.6


def test_a_telling_token_is_found_with_its_counts() -> None:
    made = []
    for n in range(120):
        rng = Stream("token", n)
        texts = [f"{rng.choice(FILL)} {rng.choice(FILL)} {n}" for _ in range(2)]
        gold = rng.below(2)
        if n < 40:
            texts[gold] += " indeed"
        made.append(example(n, f"q{n}", texts, gold))
    found = [token for token in tokens(Table.of(made), 0.01, ("test",)) if token.off]
    words = {(token.kind, token.text): token for token in found}
    assert set(words) == {("word", "indeed"), ("last_word", "indeed")}
    assert (words["word", "indeed"].right, words["word", "indeed"].wrong) == (40, 0)
    assert words["word", "indeed"].accuracy == pytest.approx(0.5 + 20 / 120)


def test_a_constant_answer_is_a_token() -> None:
    made = []
    for n in range(80):
        texts = Stream("constant", n).shuffled(["It depends on it.", f"It is number {n}."])
        made.append(example(n, f"q{n}", texts, texts.index("It depends on it.")))
    found = {(token.kind, token.text) for token in tokens(Table.of(made), 0.01, ("test",)) if token.off}
    assert ("constant", "It depends on it.") in found


def test_tokens_of_clean_text_are_at_chance() -> None:
    alarms = sum(
        any(token.off for token in tokens(lexicon(150, (1, 2), seed), 0.01, ("test", seed))) for seed in range(40)
    )
    assert alarms <= 3
