"""Commands that measure data and models: audit, eval, report."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.browse import PROCESSED, RESULTS
from cli.text import print_json, table
from eval.report.figures import decimals
from generators.core.banks import ROOT
from schemas import ShiftworksError
from schemas.files import pretty, read_json, write_whole

PARAMS = ROOT / "params.yaml"
Names = Annotated[list[str] | None, typer.Argument(help="Shifts or distributions; all by default.")]
Data = Annotated[Path, typer.Option(help="Data folder.")]


def register(app: typer.Typer) -> None:
    """Adds this module's commands."""
    app.command()(audit)
    evaluation = typer.Typer(invoke_without_command=True, rich_markup_mode=None)
    evaluation.callback()(evaluate)
    evaluation.command()(published)
    evaluation.command()(score)
    evaluation.command()(sweep)
    app.add_typer(evaluation, name="eval")
    app.command()(report)


def audit(
    names: Names = None,
    data: Data = PROCESSED,
    seed: Annotated[int, typer.Option(min=0, help="Seed of turnings and resampling.")] = 0,
    workers: Annotated[int, typer.Option(min=1, help="Processes; results do not depend on it.")] = 2,
    embedding: Annotated[
        bool, typer.Option("--embedding", help="Also probe the frozen embedded model (slow).")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the audit as JSON.")] = False,
    gate: Annotated[bool, typer.Option("--gate", help="Fail on any undeclared cue, grave defect or leak.")] = False,
    compare: Annotated[
        tuple[Path, Path] | None,
        typer.Option(help="Set two audits side by side instead: folders with an audit.json, or data folders."),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Also write records, tables and pages to this folder.")] = None,
) -> None:
    """Measure whether labels can be had without doing the task."""
    from eval.audit import audit as run_audit
    from eval.audit import summary, violations

    if compare:
        _compare(compare, names or [], seed, workers, as_json, out)
        return
    result = run_audit(data, names or [], seed, workers=workers, embedding=embedding)
    if as_json:
        print_json(result)
    else:
        print(summary(result))
    if out:
        _write_audit(data, names or [], result, out)
    if gate and (found := violations(result)):
        for each in found:
            print(each, file=sys.stderr)
        raise ShiftworksError(f"the gate found {len(found)} fault{'s' if len(found) > 1 else ''}")


def _write_audit(data: Path, names: list[str], result: dict[str, Any], out: Path) -> None:
    """Writes an audit's record, its pages, what its data carry as a table, and last its receipt."""
    from eval.audit import receipt
    from eval.audit.published import carried, markdown
    from eval.dataset import load
    from eval.report.audit_page import write_audit_pages
    from eval.report.published_pages import carried_page

    write_whole(out / "audit.json", pretty(result))
    write_audit_pages(result, load(data, names), out)
    write_whole(out / "carried.md", markdown(carried(result)).encode())
    write_whole(out / "carried.html", carried_page(result, data.resolve().name))
    write_whole(out / "audit.receipt.json", pretty(receipt(data, result)))


def _compare(
    folders: tuple[Path, Path], names: list[str], seed: int, workers: int, as_json: bool, out: Path | None
) -> None:
    """Prints two audits side by side; a folder without an audit.json is audited first."""
    from eval.audit import audit as run_audit
    from eval.audit.compare import compare, comparison_text
    from eval.report.published_pages import comparison_page

    one, other = (
        read_json(folder / "audit.json", "audit")
        if (folder / "audit.json").is_file()
        else run_audit(folder, names, seed, workers=workers)
        for folder in folders
    )
    result = compare(one, other)
    if as_json:
        print_json(result)
    else:
        print(comparison_text(result))
    if out:
        write_whole(out / "comparison.json", pretty(result))
        write_whole(out / "comparison.html", comparison_page(result))


def evaluate(
    context: typer.Context,
    data: Data = PROCESSED,
    model: Annotated[str | None, typer.Option(help="Local folder or hub id; the embedded model by default.")] = None,
    interventions: Annotated[
        str | None, typer.Option(help="Comma-separated; those of the parameters by default.")
    ] = None,
    shifts: Annotated[str | None, typer.Option(help="Comma-separated names; all by default.")] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Seed of tuning and resampling.")] = None,
    seeds: Annotated[
        int | None, typer.Option(min=1, help="Tunings of every source, with this many seeds from --seed on.")
    ] = None,
    params: Annotated[Path, typer.Option(help="YAML file with the section `evaluate`.")] = PARAMS,
    out: Annotated[Path, typer.Option(help="Folder for results.")] = RESULTS,
    workers: Annotated[
        int, typer.Option(min=0, help="Processes; figures do not depend on it. 0 takes what suits machine and model.")
    ] = 0,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what would run, and about how long.")] = False,
    save: Annotated[
        Path | None, typer.Option(help="Also save what is tuned: <intervention>/<source>/seed_<seed>.")
    ] = None,
    as_published: Annotated[
        bool, typer.Option("--published", help="Print the figures by GENIES's definitions, faults included.")
    ] = False,
    compare: Annotated[
        tuple[str, str] | None,
        typer.Option(help="Instead, print what sets two interventions of the last results apart."),
    ] = None,
) -> None:
    """Tune on every source, test on every target, and report generalization and elicitation."""
    if context.invoked_subcommand:
        return
    if compare:
        print(_compared(out / "results.json", *compare))
        return
    from eval.config import load_config
    from eval.evaluate import evaluate as run
    from eval.evaluate import table as result_table
    from eval.interventions._faults import UnfinishedError

    config = load_config(params, model=model, interventions=_split(interventions), seed=seed, seeds=seeds)
    wanted = _split(shifts) or []
    if dry_run:
        from eval.evaluate import Evaluation
        from eval.plan import plan, text

        evaluation = Evaluation(data, out, config, wanted, workers=workers)
        print(text(evaluation, plan(evaluation), out))
        return
    try:
        result = run(data, out, config, wanted, save, workers)
    except UnfinishedError as error:
        if len(error.lines) > 1:
            print(*error.lines, sep="\n", file=sys.stderr)
        raise
    print(_published_tables(result) if as_published else result_table(result))


def score(
    scorer: Annotated[Path, typer.Argument(help="Folder that `shifts eval --save` wrote.", show_default=False)],
    examples: Annotated[Path, typer.Argument(help="A train.jsonl or test.jsonl.", show_default=False)],
    model: Annotated[str | None, typer.Option(help="Where its model lies now, if it was moved.")] = None,
) -> None:
    """Score responses by a saved scorer: one line of JSON an example, higher is better."""
    from eval.saved import load_scorer
    from schemas.files import jsonl, read_examples

    read = read_examples(examples)
    scores = load_scorer(scorer, model).score(read)
    rows = zip(read, scores.values, strict=True)
    sys.stdout.write(jsonl({"id": example.id, "scores": values} for example, values in rows).decode())
    if scores.cut:
        print(f"{scores.cut} responses or their prompts were too long and read in part", file=sys.stderr)


def sweep(
    intervention: Annotated[str, typer.Argument(help="Intervention whose settings are varied.", show_default=False)],
    names: Annotated[
        list[str], typer.Argument(help="Distributions, or shifts, of which the source counts.", show_default=False)
    ],
    data: Data = PROCESSED,
    model: Annotated[str | None, typer.Option(help="Local folder or hub id; the embedded model by default.")] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Seed of the choice, of tuning and resampling.")] = None,
    trials: Annotated[int, typer.Option(min=1, help="Settings tried beside the present, drawn of all.")] = 12,
    params: Annotated[Path, typer.Option(help="YAML file with the sections `evaluate` and `sweep`.")] = PARAMS,
    out: Annotated[Path, typer.Option(help="Folder for results.")] = RESULTS,
) -> None:
    """Choose settings of an intervention on a part of the source's training examples; no test split is opened."""
    from eval.config import load_choices, load_config
    from eval.sweep import sweep as run
    from eval.sweep import table as sweep_table

    config = load_config(params, model=model, seed=seed)
    choices = load_choices(params, config, intervention)
    print(sweep_table(run(data, out, config, choices, intervention, names, trials)))


def _compared(path: Path, one: str, other: str) -> str:
    """The paired comparison of two interventions on every shift of a result."""
    result = read_json(path, "result")
    known = list(dict.fromkeys(row["intervention"] for row in result["shifts"]))
    for name in (one, other):
        if name not in known:
            raise ShiftworksError(f"{path}: no figures of {name!r}; it holds {', '.join(known)}")
    if one == other:
        raise ShiftworksError(f"--compare {one} {other}: name two interventions")
    accuracies = {(row["shift"], row["intervention"]): row["generalization"]["value"] for row in result["shifts"]}
    rows = []
    for record in result["comparisons"]:
        if {record["one"], record["other"]} != {one, other}:
            continue
        value, low, high = (record["difference"][key] for key in ("value", "low", "high"))
        if record["one"] == other:
            value, low, high = -value, -high, -low
        shift = record["shift"]
        apart = one if low > 0 else other if high < 0 else None
        both = (_shown(accuracies[shift, name]) for name in (one, other))
        rows.append([shift, *both, _shown(value, (low, high)), apart])
    return table(["shift", one, other, f"{one} - {other}", "better"], rows)


def _published_tables(result: Mapping[str, Any]) -> str:
    """A result by the published definitions: each shift, then means over shifts."""
    from eval.published import by_published_definitions

    columns = (
        "generalization", "zero_shot", "capability", "elicitation", "differential_elicitation", "brier",
        "rms_calibration_error",
    )  # fmt: skip
    rows = [
        [row["shift"], row["intervention"], *(_shown(row["published"][name]) for name in columns)]
        for row in result["shifts"]
    ]
    heads = [name.replace("_", " ") for name in columns]
    means = (
        *("mean_elicitation", "extreme_elicitation", "probing_elicitation", "mean_rms_calibration_error"),
        *("genies15_accuracy", "genies15_de"),
    )
    return f"{table(['shift', 'intervention', *heads], rows)}\n\n{_headlines(by_published_definitions(result), means)}"


def published(
    tables: Annotated[Path, typer.Argument(help="Folder with <intervention>/{all,GENIES}.csv.", show_default=False)],
    pairs: Annotated[
        Path | None, typer.Option(help="Folder with <intervention>/<target>.json: probabilities of pairs.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Read the published tables of GENIES again: accuracy, elicitation and calibration of each intervention."""
    from eval.published import published as read

    records = read(tables, pairs)
    if as_json:
        print_json(records)
        return
    print(_headlines(records, ("genies15_accuracy", "genies15_de", "extreme_elicitation", "probing_elicitation")))
    columns = ("accuracy", "brier", "ece", "adaptive_ece", "rms")
    rows = [
        [
            record["intervention"],
            target["target"],
            target["pairs"],
            *(_shown(target[column]) for column in columns),
            _shown(target["published"]["rms_calibration_error"]),
        ]
        for record in records
        for target in record["targets"]
    ]
    if rows:
        print(f"\n{table(['intervention', 'target', 'pairs', *columns, 'rms as published'], rows)}")


def _headlines(records: Sequence[Mapping[str, Any]], figures: Sequence[str]) -> str:
    """Figures of each intervention, with their intervals over shifts."""
    rows = [
        [record["intervention"], *(_shown(record[name], record["intervals"].get(name)) for name in figures)]
        for record in records
    ]
    return table(["intervention", *(name.replace("_", " ") for name in figures)], rows)


def _shown(value: float | None, interval: Sequence[float] | None = None) -> str | None:
    """A figure with its interval, for the terminal."""
    if value is None:
        return None
    return f"{decimals(value)} [{', '.join(map(decimals, interval))}]" if interval else decimals(value)


def report(
    data: Data = PROCESSED,
    out: Annotated[Path, typer.Option(help="Folder with results; the report goes there.")] = RESULTS,
    only_table: Annotated[bool, typer.Option("--table", help="Only print the last figures.")] = False,
) -> None:
    """Write the report, one self-contained HTML page."""
    if only_table:
        from eval.report.table import terminal_table

        print(terminal_table(out))
        print(f"\nreport: {out / 'report.html'}")
        return
    from eval.report import write_report

    print(f"wrote {write_report(data, out)}")


def _split(text: str | None) -> list[str] | None:
    """The parts of a comma-separated option; None where it was not given."""
    return [part.strip() for part in text.split(",") if part.strip()] if text is not None else None
