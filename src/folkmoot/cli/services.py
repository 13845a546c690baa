"""``folkmoot services``: what is commissioned, what could be devolved, and who holds it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import click

from folkmoot.areas.names import name_areas
from folkmoot.cli.console import check_free, csv_text, print_json, table, write
from folkmoot.cli.inputs import (
    FILE,
    criteria_option,
    force_option,
    given_criteria,
    given_places,
    json_option,
    places_option,
)
from folkmoot.cli.service_lists import LISTS, rounding_sentence
from folkmoot.readers.area_plan import read_area_plan
from folkmoot.services.holders import SplitBlock
from folkmoot.services.present import PRESENT_COLUMNS, present_faults, present_rows
from folkmoot.services.register import Register, register
from folkmoot.services.tables import (
    FUNCTION_CATALOGUE_COLUMNS,
    FUNCTION_COLUMNS,
    JOINT_ARRANGEMENT_COLUMNS,
    PERIODS,
    SPLIT_BLOCK_COLUMNS,
    function_catalogue_rows,
    function_rows,
    joint_arrangement_rows,
    split_block_rows,
)
from folkmoot.transition.phases import phased_timetable
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import BlockCode
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places

PLAN = click.Path(path_type=Path)


@click.group()
def services() -> None:
    """Say what is commissioned, what could be devolved, and who holds it."""


@services.command("list")
@click.argument(
    "what",
    type=click.Choice(tuple(LISTS)),
    default="streams",
    metavar="[streams|functions|figures|abroad]",
)
@click.option("--to-check", is_flag=True, help="Only what nobody has compared with its source.")
@json_option
def list_command(what: str, *, to_check: bool, as_json: bool) -> None:
    """List streams with their programmes, functions, published figures, or examples abroad.

    Figures stand as they were published; notes come with --json. For example:

        folkmoot services list figures --to-check
    """
    listed = LISTS[what]()
    shown = [row for row in listed if not to_check or row["state"] == "to_check"]
    if as_json:
        print_json(shown)
        return
    header = [column for column in listed[0] if column != "note"]
    rows = [[row[column].replace("to_check", "to check") for column in header] for row in shown]
    click.echo(table(header, rows, text=len(header)))
    if what == "streams" and not to_check:
        click.echo("\n" + rounding_sentence())


@services.command("test")
@click.option(
    "--areas", "plan_path", type=PLAN, required=True, metavar="PLAN", help="The areas to test on."
)
@places_option
@criteria_option
@json_option
def devolution_test_command(
    *, plan_path: Path, package: Path | None, criteria_file: Path | None, as_json: bool
) -> None:
    """Test whether each function should be devolved, shared or kept at the centre.

    PLAN is a CSV file with the columns 'block' and 'area', or a plan folder. Where a fact is
    missing, every result that it could change is listed. For example:

        folkmoot services test --areas areas.csv
    """
    drawn = _drawn(plan_path, package, criteria_file)
    if as_json:
        print_json([_result(drawn, function) for function in sorted(drawn.results)])
        return
    rows = [
        (
            function,
            " or ".join(result.possible).replace("_", " "),
            result.decided_by or "?",
            result.reason,
        )
        for function, result in sorted(drawn.results.items())
    ]
    click.echo(table(("function", "result", "rule", "reason"), rows, text=4))


def _result(drawn: Register, function: str) -> Mapping[str, object]:
    """What the test says of one function, for machines."""
    result = next(one for code, one in drawn.results.items() if code == function)
    return {
        "function": function,
        "possible": result.possible,
        "decided_by": result.decided_by,
        "reason": result.reason,
        "needs": result.needs,
        "reach": None if result.reach is None else float(result.reach),
        "join": result.join,
        "short_areas": result.short_areas,
        "findings": [
            {
                "rule": one.rule,
                "fired": one.fired,
                "allows": one.allows,
                "inputs": one.inputs,
                "needs": one.needs,
            }
            for one in result.findings
        ],
    }


@services.command("register")
@click.option(
    "--areas", "plan_path", type=PLAN, required=True, metavar="PLAN", help="The areas of the plan."
)
@places_option
@criteria_option
@click.option("--block", metavar="CODE", help="Say who decides in one block, before and after.")
@click.option("--gaps", is_flag=True, help="List where nobody, or several bodies, act today.")
@click.option(
    "--out", type=FILE, metavar="FILE", help="Write function, block, period, commissioner."
)
@force_option
@json_option
def register_command(
    *,
    plan_path: Path,
    package: Path | None,
    criteria_file: Path | None,
    block: str | None,
    gaps: bool,
    out: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Say who is accountable for each function, before and after.

    PLAN is a CSV file with the columns 'block' and 'area', or a plan folder. For example:

        folkmoot services register --areas areas.csv --out functions.csv
    """
    if out is not None:
        check_free(out, force=force)
    drawn = _drawn(plan_path, package, criteria_file)
    if out is not None:
        write(out, csv_text(FUNCTION_COLUMNS, function_rows(drawn)), force=force)
    if block is not None:
        _print_block(drawn, BlockCode(block), as_json=as_json)
    elif gaps:
        _print_gaps(drawn, as_json=as_json)
    elif as_json:
        print_json(_summary(drawn))
    else:
        click.echo("\n".join(_lines(drawn)))


def _drawn(plan_path: Path, package: Path | None, criteria_file: Path | None) -> Register:
    """The register of a plan that a command names."""
    places = given_places(package)
    criteria = given_criteria(criteria_file, places)
    return drawn_register(read_area_plan(plan_path, places), places, criteria)


def drawn_register(plan: AreaPlan, places: Places, criteria: Criteria) -> Register:
    """The register of an area plan, with the vesting days of its own timetable."""
    return register(
        plan,
        places,
        criteria,
        vesting=phased_timetable(plan).vesting_days(),
        names=name_areas(plan, places, criteria),
    )


def _print_block(drawn: Register, block: BlockCode, *, as_json: bool) -> None:
    """Who decides here, for every function."""
    days = {period: drawn.day(period) for period in PERIODS}
    header = ("function", *(f"{period} ({day})" for period, day in days.items()))
    rows = [
        (
            function.name,
            *(
                drawn.commissioners[drawn.who_commissions(function.code, block, day)].name
                for day in days.values()
            ),
        )
        for function in drawn.functions
    ]
    if as_json:
        print_json([dict(zip(("function", *PERIODS), row, strict=True)) for row in rows])
    else:
        click.echo(table(header, rows, text=3))


def _print_gaps(drawn: Register, *, as_json: bool) -> None:
    """Where a function has no local body today, or more than one."""
    if as_json:
        print_json(_records(PRESENT_COLUMNS, present_rows(drawn)))
        return
    faults = present_faults(drawn)
    if not faults:
        click.echo("Today every function has one local body everywhere, as far as it has any.")
        return
    rows = [
        (
            *(one.kind, _few(one.functions, "functions"), _few(one.blocks, "blocks")),
            "; ".join(drawn.commissioners[body].name for body in one.bodies),
            f"{one.residents:,}",
        )
        for one in faults
    ]
    click.echo(table(("", "functions", "where", "who acts there", "residents"), rows, text=4))
    click.echo(
        "\nA gap: no local body, so another stands in. An overlap: the first is named as "
        "accountable; residents are those of the others."
    )


def _few(codes: Sequence[str], what: str) -> str:
    """Up to three by name, more by their number; --json has them all."""
    return ", ".join(codes) if len(codes) <= 3 else f"{len(codes):,} {what}"


def _summary(drawn: Register) -> Mapping[str, object]:
    """A register for machines: one row a function, and what is shared or split."""
    return {
        "bodies_per_resident": {one: float(drawn.bodies_per_resident(one)) for one in PERIODS},
        "functions": _records(FUNCTION_CATALOGUE_COLUMNS, function_catalogue_rows(drawn)),
        "joint_arrangements": _records(JOINT_ARRANGEMENT_COLUMNS, joint_arrangement_rows(drawn)),
        "split_blocks": _records(SPLIT_BLOCK_COLUMNS, split_block_rows(drawn)),
        "blocks_without": drawn.bodiless,
    }


def _records(header: Sequence[str], rows: Iterable[Sequence[object]]) -> list[dict[str, object]]:
    return [dict(zip(header, row, strict=True)) for row in rows]


def _lines(drawn: Register) -> Iterator[str]:
    before, after = (float(drawn.bodies_per_resident(period)) for period in PERIODS)
    yield f"A resident answers to {before:.1f} bodies today, and to {after:.1f} after."
    yield ""
    holdings = {period: drawn.holdings(period) for period in PERIODS}
    yield table(
        ("function", "bodies before", "after", "shared by areas"),
        [
            (
                function.code,
                *(f"{len(set(holdings[period][function.code])):,}" for period in PERIODS),
                f"{sum(one.function == function.code for one in drawn.arrangements) or '·'}",
            )
            for function in drawn.functions
        ],
    )
    yield ""
    yield from _today(drawn)


def _today(drawn: Register) -> Iterator[str]:
    """Gaps and overlaps of today."""
    for kind, blocks in drawn.bodiless.items():
        if blocks:
            named = kind.replace("-", " ")
            yield f"No {named} today in {len(blocks):,} blocks: another body stands in."
    for kind in dict.fromkeys(split.kind for split in drawn.splits):
        found = [split for split in drawn.splits if split.kind == kind]
        yield f"Split today between several bodies, {kind.replace('-', ' ')}, the largest named:"
        yield from (f"  {_split(drawn, split)}" for split in found)


def _split(drawn: Register, split: SplitBlock) -> str:
    parts = (f"{drawn.commissioners[body].name} {share:.0%}" for body, share in split.shares)
    return f"{split.block}: {'; '.join(parts)}"
