"""The page of a study in Markdown: answers, pictures, tables, and how all of it was measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from eval.interventions import controls
from eval.published import Row, by_published_definitions
from eval.report.figures import figure
from eval.report.results_view import unique
from eval.report.shifts_view import flat
from eval.study.answers import PUBLISHED_MAIN, cleaned, limits, pattern, shared, tuning
from eval.study.figures import apart, beside_chance
from eval.study.words import Measured, code, estimate, listed, table
from schemas import JsonObject

#: Our interventions and those that GENIES published under other names. Its LAT stands there with two stimuli.
PUBLISHED_NAMES: Mapping[str, tuple[str, ...]] = {
    "lora": (PUBLISHED_MAIN,),
    "lora_published": (PUBLISHED_MAIN,),
    "lat_genies": ("lat_stim_1", "lat_stim_2"),
}
CAPTIONS: Mapping[str, str] = {
    "shifts.svg": "elicitation of every shift, dashed where guessing stands",
    "elicitation.svg": "mean elicitation by label and category",
    "differential.svg": "mean differential elicitation by label and category",
    "radar.svg": "mean elicitation by category; the dashed outline is guessing",
    "calibration.svg": "share of right pairs by confidence; on the diagonal a model is right as often as it says",
}
HEAD = """# Study: what a small reward model carries from source to target

Written by `shifts export study`; not to be edited by hand. Every figure, and every word that is chosen by one, follows
from the files in this folder. What each figure means stands in [metrics.md](../metrics.md). Brackets hold 95 %
intervals; *told from* and *shown* mean that an interval leaves out the other value.
"""


def page(
    measured: Measured,
    released: Measured | None,
    published: Mapping[str, Sequence[Row]],
    means: Mapping[str, JsonObject],
    drawn: Sequence[str],
) -> str:
    """The page.

    Args:
        measured: The result.
        released: The result on released data.
        published: The benchmark's published rows by intervention; empty where there are none.
        means: Their means, as `eval.published.published` gives them, by intervention.
        drawn: Files of the pictures, in the order of the page.
    """
    parts = [
        HEAD,
        "## Answers\n",
        *_block(pattern(measured, published)),
        *_block(tuning(measured)),
        *(_block(cleaned(measured, released)) if released else ()),
        "**What the figures cannot say**\n",
        *_block(limits(measured)),
        "## What was run\n",
        *_block(_run(measured, released)),
        "## Pictures\n",
        *(f"![{CAPTIONS[name]}]({name})\n" for name in drawn),
        f"## Every shift by {code(measured.main)}\n",
        _shifts(measured),
        "",
        "## Every shift by every intervention\n",
        f"Generalization accuracy, and beneath it elicitation. {_controls(measured)}\n",
        _matrix(measured),
        "",
        "## Means by label and category\n",
        "Elicitation, and beneath it differential elicitation (DE).\n",
        _means(measured),
        "",
    ]
    if published:
        parts += [
            "## Beside LLaMA-30B\n",
            "Published figures: Clymer et al. 2023, arXiv 2311.07723, as `published/` has them. Here ours follow the "
            "published definitions too (`shifts eval --published`); brackets resample shifts.\n",
            _beside_published(measured, means),
            "",
            _published_shifts(measured, published),
            "",
        ]
    if released:
        parts += [
            "## Beside the released data\n",
            f"By {code(measured.main)}: ours, then the release, then ours less the release. The two are independent, "
            "so the difference's interval follows from theirs (Zou and Donner 2008).\n",
            _beside_released(measured, released),
            "",
        ]
    return "\n".join(parts)


def _block(lines: Iterator[str]) -> Iterator[str]:
    """A sentence in bold stands apart from the list beneath it."""
    for line in lines:
        yield line if line.startswith("- ") else f"{line}\n"
    yield ""


def _run(measured: Measured, released: Measured | None) -> Iterator[str]:
    result = measured.result
    environment = result["environment"]
    machine = environment.get("processor", environment.get("machine", "not recorded"))
    settings = result["settings"]
    seeds = settings.get("seeds", 1)
    yield f"- {len(measured.shifts)} shifts, {len(measured.interventions)} interventions, results in `results.json`."
    yield f"- Model: {code(result['model']['name'])}, SHA-256 {code(str(result['model']['sha256']))}."
    yield (
        f"- Machine: {machine}, {environment.get('system', 'system not recorded')}, "
        f"threads a worker: {environment.get('threads', 'unknown')}, "
        f"bfloat16 {'on' if environment.get('bfloat16') else 'off'}."
    )
    if "minutes" in environment:
        yield f"- Time: {environment['minutes']:g} minutes."
    versions = ", ".join(f"{name} {number}" for name, number in flat(environment.get("libraries", {})))
    yield f"- Versions: Python {environment.get('python', 'not recorded')}, {versions or 'libraries not recorded'}."
    numbers = ", ".join(str(result["seed"] + more) for more in range(seeds))
    yield f"- Seeds: {numbers}; each source tuned {'once' if seeds == 1 else f'{seeds} times'}."
    stated = {name: value for name, value in settings.items() if name not in ("cut_responses", "seeds")}
    yield f"- Settings: {'; '.join(f'{name}: {value}' for name, value in flat(stated))}."
    if released:
        yield (
            f"- Beside it {len(released.shifts)} shifts of released data, {len(released.interventions)} interventions, "
            f"results in `released.json`; same model: {_same(measured, released, 'model')}; same machine and versions: "
            f"{_same(measured, released, 'environment')}."
        )


def _same(one: Measured, other: Measured, part: str) -> str:
    aside = ("processor", "minutes")
    mine, theirs = ({k: v for k, v in each.result[part].items() if k not in aside} for each in (one, other))
    return "yes" if mine == theirs else "no"


def _controls(measured: Measured) -> str:
    aside = controls()
    return f"Controls, which read no model: {listed(name for name in measured.interventions if name in aside)}."


def _cell(*estimates: JsonObject) -> str:
    return "<br>".join(map(estimate, estimates))


def _shifts(measured: Measured) -> str:
    head = [
        "Shift",
        "Label, category",
        "Source accuracy",
        "Zero-shot",
        "Generalization",
        "Capability",
        "Elicitation",
        "DE",
    ]
    rows = []
    for row in measured.of(measured.main):
        weak = "" if beside_chance(row["capability"]) > 0 else ", ≈ guessing"
        rows.append(
            [
                code(row["shift"]),
                f"{row['label']}, {row['category'].replace('_', ' ')}",
                *(estimate(row[name]) for name in ("source_accuracy", "zero_shot", "generalization")),
                f"{estimate(row['capability'])} by {code(row['capability_by'])}{weak}",
                *(estimate(row[name]) for name in ("elicitation", "differential_elicitation")),
            ]
        )
    return table(head, rows)


def _matrix(measured: Measured) -> str:
    rows = [
        [
            code(shift["shift"]),
            *(
                _cell(
                    measured.rows[shift["shift"], name]["generalization"],
                    measured.rows[shift["shift"], name]["elicitation"],
                )
                for name in measured.interventions
            ),
        ]
        for shift in measured.shifts
    ]
    return table(["Shift", *map(code, measured.interventions)], rows)


def _means(measured: Measured) -> str:
    rows = []
    for over in ("label", "category"):
        for name in unique(row["name"] for row in measured.result["means"] if row["over"] == over):
            found = [measured.means[name, intervention] for intervention in measured.interventions]
            cells = (_cell(each["elicitation"], each["differential_elicitation"]) for each in found)
            rows.append([name.replace("_", " "), str(found[0]["shifts"]), *cells])
    return table(["Label or category", "Shifts", *map(code, measured.interventions)], rows)


def _beside_published(measured: Measured, published: Mapping[str, JsonObject]) -> str:
    """Means over the benchmark, ours beside the published ones; a dash unless all of its shifts are there."""
    ours = {record["intervention"]: record for record in by_published_definitions(measured.result)}
    rows = []
    told: set[str] = set()
    for name in measured.interventions:
        theirs = [each for each in PUBLISHED_NAMES.get(name, (name,)) if each in published]
        told.update(theirs)
        mine = [code(name), *_benchmark(ours[name])]
        rows += [[*mine, code(each), *_benchmark(published[each])] for each in theirs] or [[*mine, "", "", ""]]
    rows += [["", "", "", code(name), *_benchmark(published[name])] for name in published if name not in told]
    return table(["Ours", "Accuracy", "DE", "LLaMA-30B", "Accuracy", "DE"], rows)


def _benchmark(record: JsonObject) -> Iterator[str]:
    """Mean accuracy and differential elicitation over the benchmark."""
    for name in ("genies15_accuracy", "genies15_de"):
        if record[name] is None:
            yield "–"
        else:
            low, high = record["intervals"][name]
            yield estimate({"value": record[name], "low": low, "high": high})


def _published_shifts(measured: Measured, published: Mapping[str, Sequence[Row]]) -> str:
    """Every shift that the benchmark has: ours by the main intervention, and LLaMA-30B by LoRA."""
    theirs = {(row.source, row.target): row for row in published.get(PUBLISHED_MAIN, ())}
    rows = []
    for row in measured.of(measured.main):
        if found := theirs.get((row["source"], row["target"])):
            mine = (row["published"][name] for name in ("generalization", "capability", "elicitation"))
            other = (found.accuracy, found.capability, found.elicitation)
            rows.append([code(row["shift"]), *map(figure, mine), *map(figure, other)])
    columns = ["accuracy", "capability", "elicitation"]
    return table(["Shift", *(f"{who}: {each}" for who in ("ours", "LLaMA-30B, LoRA") for each in columns)], rows)


def _beside_released(measured: Measured, released: Measured) -> str:
    """Every shift that both results have."""
    columns = ("source_accuracy", "generalization", "capability", "elicitation")
    rows = []
    for shift in shared(measured, released):
        mine, theirs = (each.rows[shift, measured.main] for each in (measured, released))
        cells = (
            f"{_cell(mine[name], theirs[name])}<br>{estimate(apart(mine[name], theirs[name]))}" for name in columns
        )
        rows.append([code(shift), *cells])
    return table(["Shift", *(name.replace("_", " ").capitalize() for name in columns)], rows)
