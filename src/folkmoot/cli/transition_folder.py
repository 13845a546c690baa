"""``folkmoot transition check`` and ``contracts``: the tables of a transition."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import click

from folkmoot.areas.names import name_areas
from folkmoot.cli.console import check_free, csv_text, print_json, table, write
from folkmoot.cli.inputs import (
    DAY,
    FILE,
    FOLDER,
    criteria_option,
    force_option,
    given_criteria,
    given_places,
    json_option,
    places_option,
)
from folkmoot.readers.area_plan import read_area_plan
from folkmoot.readers.tables import Faults, read_table
from folkmoot.services.functions import shipped_functions
from folkmoot.services.register import Register, register
from folkmoot.transition.contracts import Disposed, dispose_all
from folkmoot.transition.errors import ContractError
from folkmoot.transition.folder import Known, TransitionFolder, read_transition
from folkmoot.transition.inputs import TABLES, read_contracts, template
from folkmoot.transition.phases import phased_timetable
from folkmoot.transition.receivers import Receivers
from folkmoot.transition.succession import today
from folkmoot.vocabulary.money import in_pounds, in_short
from folkmoot.vocabulary.places import Places

PLAN = click.Path(path_type=Path)
CONTRACT_COLUMNS = (
    *("contract", "disposition", "holder", "body", "year", "pence"),
    *("vests_on", "notice_due", "offered", "questions"),
)


@click.command("check")
@click.argument("folder", type=FOLDER, metavar="[FOLDER]", required=False)
@click.option(
    "--areas",
    "plan_path",
    type=PLAN,
    metavar="PLAN",
    help="The plan's areas: successions, contracts, staff and assets are checked so.",
)
@places_option
@criteria_option
@click.option("--whole", is_flag=True, help="The bodies must cover every block of the country.")
@click.option(
    "--cover-day",
    type=DAY,
    metavar="DAY",
    help="From when they must. Default: the day on which the last body begins.",
)
@click.option(
    "--templates", type=FOLDER, metavar="DIR", help="Write an example of each table into DIR."
)
@force_option
@json_option
def check_command(
    *,
    folder: Path | None,
    plan_path: Path | None,
    package: Path | None,
    criteria_file: Path | None,
    whole: bool,
    cover_day: datetime | None,
    templates: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Check the tables of a transition, each and together; every fault in one message.

    FOLDER holds any of bodies.csv, leaders.csv, portfolios.csv, successions.csv, tasks.csv,
    contracts.csv, staff.csv, assets.csv, assessments.csv, pilots.csv and elections.csv. For
    example:

        folkmoot transition check transition --areas build/plan
    """
    if templates is not None:
        _write_templates(templates, force=force)
        click.echo(f"Wrote {len(TABLES)} tables into {templates}, each with an example.", err=True)
    if folder is None:
        if templates is None:
            raise click.UsageError("Name a FOLDER to check, or --templates DIR to begin one.")
        return
    places = given_places(package)
    held, receivers = None, None
    if plan_path is not None:
        held, receivers = planned(plan_path, places, criteria_file)
    found = read_transition(
        folder,
        Known(
            blocks=places.blocks.codes,
            functions=frozenset(one.code for one in shipped_functions().functions),
            covers_all=whole,
            register=None if held is None else today(held),
            receivers=receivers,
            full_cover_day=cover_day.date() if cover_day else None,
        ),
    )
    if as_json:
        print_json({"files": found.files, **_counts(found)})
    else:
        click.echo("\n".join(_checked(found, has_plan=plan_path is not None)))


@click.command("contracts")
@click.argument("contracts_csv", type=FILE, metavar="[FILE]", required=False)
@click.option("--areas", "plan_path", type=PLAN, metavar="PLAN", help="The plan's areas.")
@places_option
@criteria_option
@click.option("--out", type=FILE, metavar="FILE", help="Write every part by year as CSV.")
@click.option(
    "--template", "template_path", type=FILE, metavar="FILE", help="Write a table to fill in."
)
@force_option
@json_option
def contracts_command(
    *,
    contracts_csv: Path | None,
    plan_path: Path | None,
    package: Path | None,
    criteria_file: Path | None,
    out: Path | None,
    template_path: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Say what becomes of each contract: who holds it, who bears how much, who is told when.

    FILE is a CSV file; --template writes one with an example. For example:

        folkmoot transition contracts contracts.csv --areas build/plan --out parts.csv
    """
    for path in filter(None, (out, template_path)):
        check_free(path, force=force)
    if template_path is not None:
        header, example = template("contracts")
        write(template_path, csv_text(header, [example]), force=force)
        click.echo(f"Written to {template_path}, with an example.", err=True)
    if contracts_csv is None and template_path is not None:
        return
    if contracts_csv is None or plan_path is None:
        raise click.UsageError("Name a FILE of contracts, and the plan with --areas PLAN.")
    _, receivers = planned(plan_path, given_places(package), criteria_file)
    faults = Faults()
    rows = read_table(contracts_csv, faults)
    read = read_contracts(rows) if rows is not None else ()
    if faults.found:
        raise ContractError(str(contracts_csv), faults.found)
    told = dispose_all([one.value for one in read], receivers)
    if out is not None:
        write(out, csv_text(CONTRACT_COLUMNS, _part_rows(told)), force=force)
    if as_json:
        header = CONTRACT_COLUMNS
        print_json([dict(zip(header, row, strict=True)) for row in _part_rows(told)])
    else:
        click.echo("\n".join(_disposed(told)))


def planned(
    plan_path: Path, places: Places, criteria_file: Path | None
) -> tuple[Register, Receivers]:
    """The register of a plan, functions vesting as its timetable says; and who receives what."""
    criteria = given_criteria(criteria_file, places)
    plan = read_area_plan(plan_path, places)
    names = name_areas(plan, places, criteria)
    vesting = phased_timetable(plan, names=names).vesting_days()
    held = register(plan, places, criteria, names=names, vesting=vesting)
    return held, Receivers.of(held, plan)


def _write_templates(folder: Path, *, force: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    paths = {name: folder / f"{name}.csv" for name in TABLES}
    for path in paths.values():
        check_free(path, force=force)
    for name, path in paths.items():
        header, example = template(name)
        write(path, csv_text(header, [example]), force=force)


def _counts(found: TransitionFolder) -> dict[str, int]:
    return {name: len(getattr(found, name)) for name in TABLES}


def _checked(found: TransitionFolder, *, has_plan: bool) -> Iterator[str]:
    yield f"No fault in {', '.join(found.files)}."
    yield table(
        ("table", "rows"),
        [(name, f"{n}") for name, n in _counts(found).items() if f"{name}.csv" in found.files],
    )
    if not has_plan:
        yield "Name --areas PLAN to try successions, contracts, staff and assets on a plan, too."


def _part_rows(told: Sequence[Disposed]) -> Iterator[tuple[object, ...]]:
    """One row a contract, body and year."""
    for one in told:
        for part in one.parts:
            for year, pence in sorted(part.pence.items()):
                yield (
                    *(one.contract.code, one.disposition, one.holder or "", part.body),
                    *(str(year), pence, _day(one.vests_on), _day(one.notice_due)),
                    *("yes" if one.is_offered else "no", " ".join(one.questions)),
                )


def _disposed(told: Sequence[Disposed]) -> Iterator[str]:
    if not told:
        yield "There is no contract in the file: give each a row."
        return
    yield table(
        ("contract", "what becomes of it", "holder", "tell the provider by", "still to pay"),
        [
            (
                one.contract.code,
                one.disposition + (", then offered anew" if one.is_offered else ""),
                one.holder or "–",
                _day(one.notice_due) or "–",
                in_short(one.contract.pence),
            )
            for one in told
        ],
        text=4,
    )
    for one in told:
        if len(one.parts) > 1:
            parts = (f"{part.body} {in_pounds(part.total)}" for part in one.parts)
            yield f"\n{one.contract.code}: {'; '.join(parts)}"
        yield from (f"  {one.contract.code}: {question}" for question in one.questions)
    yield f"\n{len(told)} contracts, {in_pounds(sum(one.contract.pence for one in told))} in all."
    yield "Whether and how staff and contracts pass by law is to check with each instrument."


def _day(day: object) -> str:
    return f"{day}" if day else ""
