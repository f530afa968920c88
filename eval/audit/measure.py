"""The cues of one distribution: rules, single tokens and probes, each against chance and within its family's error.

Three families are tested, and share the error of `ERROR`: with labels that say nothing, at most that share of
distributions gets any cue off chance at all. Rules and tokens are tested two-sided. Probes are tested upwards only: a
probe below chance has learned something of its training folds that does not hold in the fold held out, as it does
where answers are balanced over the whole file, and nobody can use that on examples to come.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from eval.audit.cues import cues
from eval.audit.family import Tested, judged, studentized
from eval.audit.interval import CHANCE, intervals
from eval.audit.probes import MOST, PROBES, Probe, Probed, probe
from eval.audit.sampling import drawn
from eval.audit.table import Floats, Table
from eval.audit.tokens import KINDS, Token, tokens
from schemas import Example
from schemas.files import canonical, sha256

#: Share of distributions without any cue that may get a false alarm, and how the families share it.
ERROR = 0.05
ERRORS = {"rule": 0.04, "probe": 0.005, "token": 0.005}
#: Distance of a pair accuracy from chance below which a cue is no matter, however sure it is: it decides too few pairs.
MATTERS = 0.01
#: Examples that are measured; of a larger distribution these many are drawn by the hash of their group.
MEASURED = 20_000
#: Pairs to read of a cue, characters of a text that are shown, and tokens that are listed.
SHOWN, CUT, LISTED = 3, 400, 12
#: Normal quantile of 95 %: power that "finds" means.
POWER = 1.645

Key = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of a distribution.

    Attributes:
        cues: The cues' records, rules first.
        tokens: The strongest tokens' records.
        chance: Pairwise and listwise chance.
        power: From where a cue is found.
        control: What labels drawn anew gave.
    """

    cues: list[dict[str, Any]]
    tokens: list[dict[str, Any]]
    chance: dict[str, float]
    power: dict[str, Any]
    control: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Row:
    """One cue on its way to a record; its scores are those of the labels' direction."""

    table: Table
    name: str
    kind: str
    says: str
    kin: tuple[str, ...]
    ahead: bool
    scores: Floats
    outcomes: Floats
    margin: float
    p: float
    off: bool


def measure(
    examples: Sequence[Example], name: str, seed: int, declared: Collection[str] = (), extra: Sequence[Probe] = ()
) -> Measured:
    """Measures every cue of some examples.

    Args:
        examples: The examples, of all splits together; at least one.
        name: The distribution's name; with the seed it keys the random streams.
        seed: Seed of the resampling.
        declared: Cues that the distribution's card declares.
        extra: Probes beside the standing ones.
    """
    table = Table.of(drawn(examples, MEASURED))
    key = ("audit", name, seed)
    rows, critical = _rules(table, key)
    probed, control = _probes(drawn(examples, MOST), key, extra)
    found = tokens(table, ERRORS["token"], key)
    rows += _strongest(table, found)
    return Measured(
        cues=_records(rows, declared, key) + _records(probed, declared, key),
        tokens=[_token(token) for token in found[:LISTED]],
        chance={"pairwise": CHANCE, "listwise": _round(float(np.mean([1 / (b - a) for a, b in table.spans])))},
        power=_power(table, critical),
        control=_control(table, key, control),
    )


def off_chance(accuracy: float, significant: bool) -> bool:
    """Whether a cue is off chance: beyond what its family's error allows, and by enough to matter."""
    return significant and abs(accuracy - CHANCE) >= MATTERS


def _rules(table: Table, key: Key) -> tuple[list[_Row], float]:
    """The rules' rows, and the |z| above which one is off chance."""
    known = cues()
    scores = [cue.score(table) for cue in known.values()]
    outcomes = np.stack([table.outcomes(each) for each in scores], axis=1)
    tested, margins = _tested(table, scores, key)
    rows = []
    for i, cue in enumerate(known.values()):
        accuracy = float(outcomes[:, i].mean())
        rows.append(
            _Row(
                table,
                cue.name,
                cue.kind,
                f"the {cue.more if accuracy >= CHANCE else cue.less} response",
                cue.kin,
                accuracy >= CHANCE,
                scores[i] if accuracy >= CHANCE else -scores[i],
                outcomes[:, i],
                float(margins[i]),
                float(tested.p[i]),
                off_chance(accuracy, bool(abs(tested.z[i]) > tested.critical)),
            )
        )
    return rows, tested.critical


def _tested(table: Table, scores: Sequence[Floats], key: Key) -> tuple[Tested, Floats]:
    """The rules' test, and for each the distance from chance at which it would be off."""
    wins = np.stack([table.wins(each) for each in scores], axis=1)
    studied = studentized(wins, table.places, (*key, "turns"))
    tested = judged(studied.z, np.abs(studied.turned).max(axis=1), ERRORS["rule"])
    return tested, np.minimum(tested.critical * studied.deviation / len(table.gold), CHANCE)


def _probes(examples: Sequence[Example], key: Key, extra: Sequence[Probe]) -> tuple[list[_Row], dict[str, float]]:
    """The probes' rows, and the accuracy of each on labels turned at random."""
    table = Table.of(examples)
    done: dict[str, tuple[Probe, Probed]] = {}
    for each in (*PROBES, *extra):
        if table.count > 1 and (reader := each.reader(table)) is not None:
            done[each.name] = (each, probe(table, reader(table), (*key, "refits")))
    if not done:
        return [], {}
    z = np.array([probed.z for _, probed in done.values()])
    tested = judged(z, np.stack([probed.turned for _, probed in done.values()]).max(axis=0), ERRORS["probe"])
    rows = []
    for i, (name, (each, probed)) in enumerate(done.items()):
        outcomes = table.outcomes(probed.scores)
        spread = abs(float(outcomes.mean()) - CHANCE) / max(abs(z[i]), 1e-9)
        rows.append(
            _Row(
                table,
                name,
                each.kind,
                f"what a probe learns from {each.reads}",
                (),
                True,
                probed.scores,
                outcomes,
                float(min(tested.critical * spread, CHANCE)),
                float(tested.p[i]),
                off_chance(float(outcomes.mean()), bool(z[i] > tested.critical)),
            )
        )
    return rows, {name: probed.control for name, (_, probed) in done.items()}


def _strongest(table: Table, found: Sequence[Token]) -> list[_Row]:
    """For each kind of token, the row of the one farthest from chance."""
    rows = []
    for kind in KINDS:
        token = next((each for each in found if each.kind == kind), None)
        if token is None:
            continue
        scores = has_token(table, kind, token.text)
        outcomes = table.outcomes(scores)
        more = token.accuracy >= CHANCE
        says = f"the response {'with' if more else 'without'} {_SAYS[kind]} {token.text[:60]!r}"
        rows.append(
            _Row(
                table,
                kind,
                "token",
                says,
                (),
                more,
                scores if more else -scores,
                outcomes,
                token.margin,
                token.p,
                off_chance(token.accuracy, token.off),
            )
        )
    return rows


_SAYS = {"word": "the token", "first_word": "the first token", "last_word": "the last token", "constant": "the text"}


def has_token(table: Table, kind: str, text: str) -> Floats:
    """1 for every response that has a token, else 0."""
    if kind == "constant":
        return np.array([float(own.strip() == text) for own in table.texts])
    if kind == "word":
        return np.array([float(text in words) for words in table.words])
    place = 0 if kind == "first_word" else -1
    return np.array([float(bool(words) and words[place] == text) for words in table.words])


def _records(rows: Sequence[_Row], declared: Collection[str], key: Key) -> list[dict[str, Any]]:
    """Rows of one table as they stand in the audit."""
    if not rows:
        return []
    table = rows[0].table
    low, high = intervals(np.stack([row.outcomes for row in rows], axis=1), table.pair_groups, (*key, "intervals"))
    records = []
    for i, row in enumerate(rows):
        excused = row.name in declared or any(name in declared for name in row.kin)
        records.append(
            {
                "cue": row.name,
                "kind": row.kind,
                "says": row.says,
                "accuracy": _round(float(row.outcomes.mean())),
                "low": _round(float(low[i])),
                "high": _round(float(high[i])),
                "listwise": _round(_listwise(row)),
                "decided": _round(float((row.outcomes != CHANCE).mean())),
                "margin": _round(row.margin),
                "p": _round(row.p),
                "off": row.off,
                "declared": excused,
                "flagged": row.off and not excused,
                "examples": _shown(row) if row.off else [],
            }
        )
    return records


def _listwise(row: _Row) -> float:
    """Share of examples whose right response the cue puts first, in the direction that the record's accuracy has."""
    return row.table.listwise(row.scores if row.ahead else -row.scores)


def _shown(row: _Row) -> list[dict[str, str]]:
    """The pairs that a cue decides most strongly in the labels' direction, one an example."""
    table = row.table
    ahead = np.nan_to_num(row.scores[table.gold] - row.scores[table.wrong], nan=0.0)
    shown: dict[int, dict[str, str]] = {}
    for pair in np.argsort(-ahead, kind="stable").tolist():
        if ahead[pair] <= 0 or len(shown) == SHOWN:
            break
        right, wrong = int(table.gold[pair]), int(table.wrong[pair])
        example = int(table.example[right])
        if example not in shown:
            shown[example] = {
                "id": table.ids[example],
                "right": _cut(table.texts[right]),
                "wrong": _cut(table.texts[wrong]),
            }
    return list(shown.values())


def _cut(text: str) -> str:
    return text if len(text) <= CUT else text[:CUT] + "…"


def _token(token: Token) -> dict[str, Any]:
    return {
        "kind": token.kind,
        "text": _cut(token.text),
        "right": token.right,
        "wrong": token.wrong,
        "accuracy": _round(token.accuracy),
        "p": _round(token.p),
        "off": off_chance(token.accuracy, token.off),
    }


def _power(table: Table, critical: float) -> dict[str, Any]:
    """From which pair accuracy a rule that decides every pair is found 95 times in 100.

    Its standard error is that of a cue whose outcomes agree within an example.
    """
    pairs = np.bincount(table.example[table.gold], minlength=len(table.prompts)).astype(np.float64)
    error = CHANCE * float(np.sqrt(np.square(pairs).sum()) / pairs.sum())
    finds = CHANCE + (critical + POWER) * error
    return {
        # A cue that is always right is as far out as it can be: the root of the number of groups.
        "finds": _round(min(finds, 1.0)) if np.isfinite(critical) and critical < CHANCE / error else None,
        "groups_for_65": int(np.ceil(((critical + POWER) * CHANCE / 0.15) ** 2)) if np.isfinite(critical) else 0,
    }


def _control(table: Table, key: Key, probes: Mapping[str, float]) -> dict[str, Any]:
    """The rules on labels drawn anew, and the probes refitted on labels turned at random."""
    redrawn = table.redrawn(np.random.default_rng(int(sha256(canonical([*key, "control"])), 16)))
    known = list(cues().values())
    scores = [cue.score(redrawn) for cue in known]
    tested, _ = _tested(redrawn, scores, (*key, "control"))
    strongest = int(np.argmax(np.abs(tested.z)))
    found = {known[strongest].name: float(redrawn.outcomes(scores[strongest]).mean()), **probes}
    name = max(found, key=lambda cue: abs(found[cue] - CHANCE))
    return {
        "cue": name,
        "accuracy": _round(found[name]),
        "tested": len(known) + len(probes),
        "off": int((np.abs(tested.z) > tested.critical).sum()),
    }


def _round(value: float) -> float:
    return round(value, 4)
