"""``folkmoot funding frontier``: what a larger floor costs in convergence."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import click

from folkmoot.cli.console import csv_text, print_json, progress_line, table, write_folder
from folkmoot.cli.inputs import FOLDER, Ratio, json_option, places_option, settlement_option
from folkmoot.cli.settlement_again import opened
from folkmoot.exhibits.floor_frontier import (
    floors_table,
    frontier_chart,
    frontier_table,
    in_per_cent,
    refusal,
    sentence,
)
from folkmoot.exhibits.publication import check_free
from folkmoot.exhibits.tables import Table
from folkmoot.funding.errors import CellError
from folkmoot.funding.formula_text import exact
from folkmoot.funding.frontier import Answer, Frontier, Paid, Unpaid, at_floor, frontier
from folkmoot.funding.settlement import Settlement
from folkmoot.funding.settlement_tables import decimal
from folkmoot.vocabulary.codes import AreaCode, StreamCode

ANSWER_COLUMNS = (
    *("stream", "year", "within", "floor", "area", "name", "distance"),
    *("above_floor", "above_area", "above_distance", "above_year", "above_short_pence", "label"),
)
FLOOR_COLUMNS = (
    *("stream", "floor", "year", "area", "name", "distance"),
    *("short_pence", "reason", "label"),
)
WITHIN = (Fraction(1, 200), Fraction(1, 100), Fraction(1, 50), Fraction(1, 20))
PLACES = 8
"""Decimals of a distance in the tables; JSON has it exact."""


@click.command("frontier")
@settlement_option
@click.option("--stream", "streams", multiple=True, help="A stream; may be repeated. Default: all.")
@click.option(
    "--within",
    type=Ratio(),
    multiple=True,
    default=[exact(one) for one in WITHIN],
    show_default=True,
    help="Distance from target that is near enough, as 1%; may be repeated.",
)
@click.option(
    "--floor",
    "floors",
    type=Ratio(),
    multiple=True,
    help="A floor to look at besides the settlement's own, as -1%; may be repeated.",
)
@click.option("--out", type=FOLDER, metavar="DIR", help="Write tables and charts to a new folder.")
@places_option
@json_option
def frontier_command(
    *,
    folder: Path,
    streams: Sequence[str],
    within: Sequence[Fraction],
    floors: Sequence[Fraction],
    out: Path | None,
    package: Path | None,
    as_json: bool,
) -> None:
    """Find the largest floor with which every area still nears its target.

    A floor keeps areas from falling fast, so others rise slowly. For each year and distance,
    finds the largest floor, the same in every year, that brings every area so near its target
    by that year and that the quantum pays; where there is none, says how near they come.
    Every floor is settled, in steps of 0.01%. For example:

        folkmoot funding frontier --settlement DIR --stream health --within 1% --floor -1%
    """
    if out is not None:
        check_free(out)
    again = opened(folder, package)
    settlement, names = again.settlement, again.names
    wanted = _streams(settlement, streams)
    near = tuple(dict.fromkeys(within))
    found: list[_Found] = []
    with progress_line() as progress:
        for number, code in enumerate(wanted):
            progress(f"Settling {code} with every floor", number / len(wanted))
            found.append(_found(settlement, code, floors))
    if out is not None:
        write_folder(out, _files(found, near, names))
    if as_json:
        print_json([_summary(one, near, names) for one in found])
    else:
        click.echo("\n".join(_lines(found, near, names)))


_Found = tuple[Frontier, Sequence[tuple[str, Paid | Unpaid]]]
"""A stream's frontier, and the floors that are looked at, by what they are called."""


def _streams(settlement: Settlement, asked: Sequence[str]) -> list[StreamCode]:
    known = [stream.code for stream in settlement.formula.streams]
    for code in asked:
        if code not in known:
            raise CellError("stream", code, known)
    return [code for code in known if not asked or code in asked]


def _found(settlement: Settlement, code: StreamCode, floors: Sequence[Fraction]) -> _Found:
    years = [one for one in settlement.stream_years if one.stream.code == code]
    own = {one.allocations.rule.floor for one in years}
    looked_at = dict.fromkeys((*(own if len(own) == 1 else ()), *floors))
    named = [(in_per_cent(floor), at_floor(years, settlement.areas, floor)) for floor in looked_at]
    return frontier(years, settlement.areas), named


def _lines(
    found: Sequence[_Found], within: Sequence[Fraction], names: Mapping[AreaCode, str]
) -> Iterator[str]:
    for one, floors in found:
        yield from _shown(frontier_table(one, within))
        yield ""
        if floors:
            yield from _shown(floors_table(one, floors, within))
            yield from (
                f"  {name}: {refusal(floor)}."
                for name, floor in floors
                if isinstance(floor, Unpaid)
            )
            yield ""
        last = one.years[-1]
        yield from (f"  {sentence(one.largest(last, near), names)}" for near in within)
        yield f"  {one.label}."
        yield ""
    yield "  The floor is the same in every year, and the quantum pays it in every year."


def _shown(one: Table) -> Iterator[str]:
    yield f"{one.caption}:"
    yield table([column.heading for column in one.columns], one.rows)


def _files(
    found: Sequence[_Found], within: Sequence[Fraction], names: Mapping[AreaCode, str]
) -> dict[str, str]:
    return {
        "frontier.csv": csv_text(
            ANSWER_COLUMNS,
            (
                _answer_row(one, one.largest(year, near), names)
                for one, _ in found
                for year in one.years
                for near in within
            ),
        ),
        "floors.csv": csv_text(
            FLOOR_COLUMNS, (row for one, _ in found for row in _floor_rows(one, names))
        ),
        **{
            f"frontier-{one.stream}.svg": frontier_chart(
                one, within, title=f"What a floor costs in convergence: {one.stream}"
            )
            + "\n"
            for one, _ in found
        },
    }


def _answer_row(
    one: Frontier, answer: Answer, names: Mapping[AreaCode, str]
) -> tuple[str | int, ...]:
    far, above, next_far = answer.furthest, answer.above, answer.above_furthest
    short = above if isinstance(above, Unpaid) else None
    return (
        one.stream,
        str(answer.year),
        exact(answer.within),
        "none" if answer.best is None else exact(answer.best.floor),
        far.area if far else "",
        names[far.area] if far else "",
        decimal(far.distance, PLACES) if far else "",
        "" if above is None else exact(above.floor),
        next_far.area if next_far else "",
        decimal(next_far.distance, PLACES) if next_far else "",
        str(short.year) if short else "",
        short.pence if short else "",
        one.label,
    )


def _floor_rows(one: Frontier, names: Mapping[AreaCode, str]) -> Iterator[tuple[str | int, ...]]:
    """Every floor that was settled: what proves the answers."""
    for tried in one.tried:
        floor = exact(tried.floor)
        if isinstance(tried, Unpaid):
            told = (str(tried.year), "", "", "", tried.pence, tried.reason)
            yield one.stream, floor, *told, one.label
            continue
        for year, far in zip(one.years, tried.furthest, strict=True):
            distance = decimal(far.distance, PLACES)
            yield (
                *(one.stream, floor, str(year), far.area, names[far.area], distance),
                *("", "", one.label),
            )


def _summary(
    found: _Found, within: Sequence[Fraction], names: Mapping[AreaCode, str]
) -> dict[str, object]:
    one, floors = found
    return {
        "stream": one.stream,
        "floors_settled": len(one.tried),
        "answers": [
            {
                **dict(
                    zip(ANSWER_COLUMNS[1:-1], _answer_row(one, answer, names)[1:-1], strict=True)
                ),
                "exact_distance": str(answer.furthest.distance) if answer.furthest else None,
                "nearest_floor": exact(answer.nearest.floor) if answer.nearest else None,
                "sentence": sentence(answer, names),
            }
            for year in one.years
            for near in within
            for answer in [one.largest(year, near)]
        ],
        "floors": [_floor_record(one, floor, within) for _, floor in floors],
        "label": one.label,
    }


def _floor_record(
    one: Frontier, floor: Paid | Unpaid, within: Sequence[Fraction]
) -> dict[str, object]:
    if isinstance(floor, Unpaid):
        return {
            "floor": exact(floor.floor),
            "is_paid": False,
            "year": str(floor.year),
            "short_pence": floor.pence,
            "reason": floor.reason,
        }
    reached = {exact(near): floor.first_within(near) for near in within}
    return {
        "floor": exact(floor.floor),
        "is_paid": True,
        "furthest": {
            str(year): {"area": far.area, "distance": decimal(far.distance, PLACES)}
            for year, far in zip(one.years, floor.furthest, strict=True)
        },
        "all_within_from": {
            near: None if at is None else str(one.years[at]) for near, at in reached.items()
        },
    }
