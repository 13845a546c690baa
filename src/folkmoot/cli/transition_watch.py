"""``folkmoot transition watch``: what the centre may act on, and the step that comes next."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from folkmoot.cli.console import check_free, csv_text, print_json, table, write
from folkmoot.cli.inputs import FILE, FOLDER, force_option, json_option
from folkmoot.transition.rules import shipped_rules
from folkmoot.transition.watch import (
    Framework,
    LadderStep,
    Trigger,
    check_step,
    next_step,
    reply_due,
    standing_steps,
    triggers,
)
from folkmoot.transition.watch_inputs import (
    FINDING_COLUMNS,
    FRAMEWORK_EXAMPLE,
    STEP_COLUMNS,
    read_framework,
    read_steps,
    read_watched,
)


@click.command("watch")
@click.argument("framework_toml", type=FILE, metavar="[FRAMEWORK]", required=False)
@click.option("--observed", type=FILE, metavar="FILE", help="What was found, as CSV.")
@click.option("--steps", "steps_csv", type=FILE, metavar="FILE", help="Steps taken, as CSV.")
@click.option(
    "--before", type=FILE, metavar="FILE", help="The framework before: does the burden rise?"
)
@click.option(
    "--templates", type=FOLDER, metavar="DIR", help="Write an example of each file into DIR."
)
@force_option
@json_option
def watch_command(
    *,
    framework_toml: Path | None,
    observed: Path | None,
    steps_csv: Path | None,
    before: Path | None,
    templates: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Show what the centre may act on in each area, and the step that comes next.

    FRAMEWORK is a TOML file of outcomes, entitlements and conditions: nothing else is watched,
    and no rank or average is a reason. For example:

        folkmoot transition watch framework.toml --observed observed.csv --steps steps.csv
    """
    if templates is not None:
        _write_templates(templates, force=force)
        click.echo(f"Wrote framework.toml, observed.csv and steps.csv into {templates}.", err=True)
    if framework_toml is None:
        if templates is None:
            raise click.UsageError("Name a FRAMEWORK, or --templates DIR to begin one.")
        return
    framework = read_framework(framework_toml)
    if before is not None:
        framework.check_follows(read_framework(before))
    taken = read_steps(steps_csv) if steps_csv is not None else ()
    for number, step in enumerate(taken):
        check_step(step, taken[:number])
    watched = read_watched(observed) if observed is not None else ()
    last = max((one.period for one in watched), default=0)
    fired = [
        triggers([one for one in watched if one.period <= period], framework)
        for period in range(1, last + 1)
    ]
    standing = standing_steps(taken, fired) if fired else taken
    now = fired[-1] if fired else ()
    if as_json:
        print_json(
            {
                "burden": framework.burden,
                "warnings": framework.warnings,
                "triggers": [_as_json(one, standing) for one in now],
                "ended": [[one.area, one.about, one.step] for one in taken if one not in standing],
            }
        )
    else:
        click.echo("\n".join(_lines(framework, now, taken, standing)))


def _write_templates(folder: Path, *, force: bool) -> None:
    finding = ("A01", 1, "condition", "accounts are audited", "")
    step = (
        *("A01", "accounts are audited", "watch", "the Devolution Unit", "no audit", "register"),
        *("2033-01-01", "2033-06-01", "", "", "", "no"),
    )
    texts = {
        "framework.toml": FRAMEWORK_EXAMPLE,
        "observed.csv": csv_text(FINDING_COLUMNS, [finding]),
        "steps.csv": csv_text(STEP_COLUMNS, [step]),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name in texts:
        check_free(folder / name, force=force)
    for name, text in texts.items():
        write(folder / name, text, force=force)


def _lines(
    framework: Framework,
    now: Sequence[Trigger],
    taken: Sequence[LadderStep],
    standing: Sequence[LadderStep],
) -> Iterator[str]:
    yield (
        f"Framework version {framework.version}: {len(framework.items)} items; each area fills "
        f"{framework.burden:,} cells a year."
    )
    yield from framework.warnings
    if not now:
        yield "\nNothing to act on: no trigger has fired."
    else:
        yield ""
        yield table(
            ("area", "about", "why", "next step"),
            [
                (one.area, one.about, one.reason, next_step(one, standing) or "none is left")
                for one in now
            ],
            text=4,
        )
    for step in standing:
        due = f"; a reply is due by {reply_due(step)}" if step.step == _steps()[1] else ""
        yield f"{step.area}, {step.about}: '{step.step}' stands, review on {step.review_on}{due}."
    for step in taken:
        if step not in standing:
            yield f"{step.area}, {step.about}: '{step.step}' has ended, since its trigger is clear."


def _as_json(one: Trigger, standing: Sequence[LadderStep]) -> dict[str, object]:
    return {
        "area": one.area,
        "kind": one.kind,
        "about": one.about,
        "reason": one.reason,
        "next_step": next_step(one, standing),
    }


def _steps() -> tuple[str, ...]:
    return shipped_rules().framework.steps
