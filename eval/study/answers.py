"""What a study answers, in sentences that follow from its figures: none of them is fixed beforehand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from eval.evaluate import BASELINE
from eval.published import Row
from eval.report.figures import figure
from eval.resampling import Estimate
from eval.study.figures import (
    EXTREME,
    PROBING,
    Gap,
    apart,
    beside_chance,
    by_sign,
    elicitation_gap,
    gap,
    learned,
    mean,
    over_shifts,
    sign,
)
from eval.study.words import Measured, code, estimate, listed
from schemas import ShiftworksError

#: The published intervention that the pattern was stated for.
PUBLISHED_MAIN = "lora_fine_tuning"
#: Where an accuracy lies beside guessing, by `figures.beside_chance`.
CHANCES = {1: "above guessing", -1: "below guessing", 0: "not told apart from guessing"}


def pattern(measured: Measured, published: Mapping[str, Sequence[Row]]) -> Iterator[str]:
    """Do extreme shifts generalize and probing ones not?"""
    main = measured.main
    rows = measured.of(main)
    whole = elicitation_gap(rows, main)
    yield (
        "**Does the model show the GENIES pattern: extreme shifts generalize, probing ones do not?** "
        f"{_verdict(measured, whole)}"
    )
    for label in (EXTREME, PROBING):
        if (label, main) in measured.means:
            found = measured.means[label, main]
            yield (
                f"- By {code(main)}, mean generalization accuracy on the {found['shifts']} {label} shifts is "
                f"{estimate(found['generalization'])}, {CHANCES[beside_chance(found['generalization'])]}; mean "
                f"elicitation is {estimate(found['elicitation'])}."
            )
    yield f"- Its elicitation: {_gap(whole)}."
    able = [row for row in rows if learned(row)]
    yield (
        f"- It learns the source of {len([row for row in rows if beside_chance(row['source_accuracy']) > 0])} of the "
        f"{len(rows)} shifts (source accuracy above guessing), and of {len(able)} both the source and what the target "
        f"asks (capability above guessing). Over these: {_gap(elicitation_gap(able, f'{main} learned'))}."
    )
    above, below, neither = by_sign((name, _sign(elicitation_gap(measured.of(name), name))) for name in measured.real)
    yield (
        f"- Of {len(measured.real)} interventions that read the model, extreme lies above probing by {listed(above)}; "
        f"below by {listed(below)}; no difference is shown by {listed(neither)}."
    )
    kinds = {(row["source"], row["target"]): row["label"] for row in measured.shifts}
    known = [row for row in published.get(PUBLISHED_MAIN, ()) if (row.source, row.target) in kinds]
    if known:
        theirs = gap(((kinds[row.source, row.target], row.elicitation) for row in known), "published")
        yield f"- LLaMA-30B by LoRA on {len(known)} of these shifts, as published: {_gap(theirs)}."


def _verdict(measured: Measured, found: Gap) -> str:
    way = _sign(found)
    if way < 0:
        return "No: it is the other way round."
    if way == 0:
        return "Not shown: no difference of the two kinds of shift is told from chance."
    if beside_chance(measured.means[EXTREME, measured.main]["generalization"]) > 0:
        return "Yes."
    return "In part: extreme shifts lie above probing ones, but not above guessing."


def _sign(found: Gap) -> int:
    return sign(found.difference.low, found.difference.high) if found.difference else 0


def _gap(found: Gap) -> str:
    """What sets the labels apart, in words."""
    sizes = f"{len(found.extreme)} extreme and {len(found.probing)} probing shifts"
    if found.difference is None:
        return f"too few shifts to compare ({sizes})"
    value, way = found.difference, _sign(found)
    words = {1: "extreme above probing by", -1: "extreme below probing by", 0: "no difference shown,"}[way]
    if way < 0:
        value = Estimate(-value.value, -value.high, -value.low)
    means = f"means {figure(mean(found.extreme))} and {figure(mean(found.probing))} of {sizes}"
    return f"{words} {estimate(value)} ({means}; bootstrap over shifts)"


def tuning(measured: Measured) -> Iterator[str]:
    """What does tuning on the source add?"""
    main = measured.main
    yield "**What does tuning on the source add on the target?**"
    for label in (EXTREME, PROBING):
        if (label, main) in measured.means:
            found = measured.means[label, main]["differential_elicitation"]
            words = {1: "more than nothing", -1: "less than nothing", 0: "nothing that is told from chance"}
            yield (
                f"- Mean differential elicitation of {code(main)} on {label} shifts is {estimate(found)}: "
                f"{words[sign(found['low'], found['high'])]}."
            )
    if main == BASELINE or BASELINE not in measured.interventions:
        return
    signs = []
    for each in measured.result["comparisons"]:
        if {each["one"], each["other"]} == {main, BASELINE}:
            way = sign(each["difference"]["low"], each["difference"]["high"])
            signs.append((each["shift"], way if each["one"] == main else -way))
    above, below, neither = by_sign(signs)
    yield (
        f"- Pair by pair beside {code(BASELINE)}, {code(main)} ranks more right on {len(above)} shifts "
        f"({listed(above)}), fewer on {len(below)} ({listed(below)}), and no difference is shown on {len(neither)}."
    )


def cleaned(measured: Measured, released: Measured) -> Iterator[str]:
    """What do regenerated distributions change against the released ones?"""
    main = measured.main
    both = shared(measured, released)
    yield f"**What do the regenerated distributions change against the released ones?** {len(both)} shifts are in both."
    for name, words in (
        ("source_accuracy", "Source accuracy"),
        ("capability", "Capability"),
        ("generalization", "Generalization accuracy"),
        ("elicitation", "Elicitation"),
    ):
        found = [(shift, apart(measured.rows[shift, main][name], released.rows[shift, main][name])) for shift in both]
        above, below, neither = by_sign((shift, sign(each.low, each.high)) for shift, each in found)
        values = [each.value for _, each in found]
        average = over_shifts(values, "cleaned", name)
        on_average = f"{estimate(average)} (bootstrap over shifts)" if average else figure(mean(values))
        yield (
            f"- {words} of {code(main)}, ours less released: {on_average} on average; higher on "
            f"{len(above)} ({listed(above)}), lower on {len(below)} ({listed(below)}), no difference shown on "
            f"{len(neither)}."
        )


def shared(measured: Measured, released: Measured) -> list[str]:
    """The shifts that both results have, in our order.

    Raises:
        ShiftworksError: There is none, or the other result lacks the main intervention.
    """
    main = measured.main
    if main not in released.interventions:
        raise ShiftworksError(
            f"the released result has no figures of {main!r}; evaluate it with --interventions {main}"
        )
    both = [row["shift"] for row in measured.shifts if (row["shift"], main) in released.rows]
    if not both:
        raise ShiftworksError("the two results have no shift in common; evaluate the released data on shifts of ours")
    return both


def limits(measured: Measured) -> Iterator[str]:
    """What the figures cannot say."""
    main, settings = measured.main, measured.result["settings"]
    weak = [row["shift"] for row in measured.shifts if beside_chance(row["capability"]) <= 0]
    if weak:
        yield (
            f"- Capability is not told from guessing on {listed(weak)}: their elicitations divide by what may be "
            "nothing, and say nothing of generalization."
        )
    sources: dict[str, list[str]] = {}
    for name in measured.real:
        for row in measured.of(name):
            sources.setdefault(row["source"], []).extend([name] if beside_chance(row["source_accuracy"]) > 0 else [])
    never = [source for source, able in sources.items() if not able]
    poor = [source for source, able in sources.items() if able and main not in able]
    if never:
        yield f"- No intervention learns {listed(never)}: what follows from there is no generalization, good or bad."
    if poor:
        yield f"- {code(main)} does not learn {listed(poor)}, though some other intervention does."
    if cut := settings.get("cut_responses", {}).get(main):
        counts = ", ".join(f"{code(name)} {count:,}" for name, count in sorted(cut.items()))
        yield (
            f"- The model reads at most {settings['max_tokens']} tokens. So {code(main)} read these responses, or "
            f"their prompts, only in part: {counts}."
        )
    if settings.get("seeds", 1) == 1:
        yield "- Each source was tuned once: intervals hold what other test examples would change, not other seeds."
    yield (
        "- Intervals of means resample test groups: they say how well these shifts were measured. Only the differences "
        "of the two labels resample shifts, few as these are."
    )
    yield "- This page has many intervals; where nothing differs, one in twenty still leaves out 0 or guessing."
