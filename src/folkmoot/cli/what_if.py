"""``folkmoot funding what-if``: every allocation before and after, and who gains and loses."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import click

from folkmoot.cli.console import check_free, csv_text, print_json, table, write
from folkmoot.cli.inputs import (
    FILE,
    force_option,
    json_option,
    places_option,
    ratio,
    settlement_option,
)
from folkmoot.cli.settlement_again import opened
from folkmoot.funding.errors import CellError, InfeasibleError
from folkmoot.funding.formula import Formula
from folkmoot.funding.formula_parameters import (
    Parameter,
    Value,
    Values,
    full_names,
    parameters,
    with_values,
    written,
)
from folkmoot.funding.formula_text import exact
from folkmoot.funding.what_if import Change, WhatIf, what_if
from folkmoot.vocabulary.codes import AreaCode
from folkmoot.vocabulary.money import in_pounds, in_short
from folkmoot.vocabulary.periods import FinancialYear

COLUMNS = (
    *("area", "name", "stream", "year"),
    *("before_pence", "after_pence", "change_pence", "label"),
)
Names = Mapping[AreaCode, str]
"""What people call each area."""
SHOWN = 5
"""Costliest floors named, where floors promise too much."""


class Setting(click.ParamType[tuple[str, Value]]):
    """A value by name: ``eta=0.15``, ``floor=-1%``, ``need_data.health=yearly``."""

    name = "NAME=VALUE"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, Value]:
        """Take a setting apart, a number exactly."""
        name, _, text = (part.strip() for part in value.partition("="))
        if not name or not text:
            self.fail(
                f"'{value}' is not a name and a value, such as eta=0.15, floor=-1% or "
                "theta.young=1/8.",
                param,
                ctx,
            )
        try:
            return name, ratio(text)
        except (ValueError, ZeroDivisionError):
            return name, text


@click.command("what-if")
@settlement_option
@click.option(
    "--set", "settings", type=Setting(), multiple=True, help="A value to change; may be repeated."
)
@click.option("--keep-baselines", is_flag=True, help="Open from the settlement's own baselines.")
@click.option("--year", help="Year whose areas are shown, as 2026-27. Default: the last.")
@click.option("--out", type=FILE, metavar="FILE.csv", help="Write every area, stream and year.")
@places_option
@force_option
@json_option
def what_if_command(
    *,
    folder: Path,
    settings: Sequence[tuple[str, Value]],
    keep_baselines: bool,
    year: str | None,
    out: Path | None,
    package: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Change the formula, and see who would gain and who would lose.

    Nothing in DIR is changed. Without --set, lists what can be set, with its value and
    plausible range: eta, floor, ceiling, growth.STREAM, theta.PROFILE.COMPONENT,
    population_basis and so on. Weights that are not named keep their proportions. Where no
    settlement would fit, says why in figures. For example:

        folkmoot funding what-if --settlement DIR --set eta=0.15 --set floor=-1%
    """
    if out is not None:
        check_free(out, force=force)
    found = opened(folder, package)
    formula = found.settlement.formula
    if not settings:
        _list(parameters(formula), as_json=as_json)
        return
    shown = _year(year, formula.years)
    values = dict(settings)
    changed = with_values(formula, values)
    answer = what_if(found.desk, found.settlement, changed, keep_baselines=keep_baselines)
    if out is not None:
        rows = (_row(one, found.names) for one in answer.changes())
        write(out, csv_text(COLUMNS, rows), force=force)
    notes = list(_notes(formula, values))
    if as_json:
        print_json(_summary(answer, values, notes, found.names))
    else:
        click.echo("\n".join(_lines(answer, shown, notes, found.names)))


def _year(asked: str | None, years: Sequence[FinancialYear]) -> FinancialYear:
    if asked is None:
        return years[-1]
    year = FinancialYear.parse(asked)
    if year not in years:
        raise CellError("year", asked, [str(one) for one in years])
    return year


def _list(known: dict[str, Parameter], *, as_json: bool) -> None:
    listed = [one for one in known.values() if not one.year]
    if as_json:
        print_json({one.name: _record(one) for one in listed})
        return
    rows = [
        (
            one.name,
            written(one.value),
            f"{exact(one.plausible[0])} to {exact(one.plausible[1])}" if one.plausible else "–",
            one.title,
        )
        for one in listed
    ]
    click.echo(table(("name", "value", "plausible", "what it is"), rows, text=4))
    click.echo(
        "\nSet one with --set NAME=VALUE. A bound may be set for one year: bounds.floor.2027-28."
        "\nThe end of a name will do where it fits no other: floor, growth, theta.young."
    )


def _record(one: Parameter) -> dict[str, object]:
    return {
        "title": one.title,
        "value": None if one.value is None else written(one.value),
        "plausible": [exact(value) for value in one.plausible] if one.plausible else None,
    }


def _notes(formula: Formula, values: Values) -> Iterator[str]:
    known = parameters(formula)
    for name, value in full_names(values, formula).items():
        plausible = known[name].plausible
        if plausible and not known[name].is_plausible(value):
            least, most = map(exact, plausible)
            yield f"{name} = {written(value)} lies outside its plausible range, {least} to {most}"


def _row(change: Change, names: Names) -> tuple[str | int, ...]:
    return (
        change.area,
        names[change.area],
        change.stream,
        str(change.year),
        change.before,
        change.after,
        change.pence,
        change.label,
    )


def _lines(
    answer: WhatIf, year: FinancialYear, notes: Sequence[str], names: Names
) -> Iterator[str]:
    yield f"Formula {answer.after.formula.version}."
    changes = list(answer.changes())
    moved = [one for one in changes if one.pence]
    for error in answer.infeasible:
        yield ""
        yield from _infeasible(error, names)
    if moved:
        yield ""
        yield table(
            ("stream", "year", "gain", "lose", "moved", "greatest gain", "greatest loss"),
            _by_year(moved),
            text=2,
        )
    for stream in dict.fromkeys(one.stream for one in moved):
        of_stream = [one for one in moved if (one.stream, one.year) == (stream, year)]
        if of_stream:
            yield ""
            yield f"{stream}, {year}, greatest gain first:"
            header = ("area", "name", "before", "after", "change", "")
            yield table(header, (_cells(one, names) for one in _sorted(of_stream)), text=2)
    yield ""
    if answer.unchanged:
        yield f"  No change in: {', '.join(answer.unchanged)}."
    if not moved and not answer.infeasible:
        yield "  No grant moves."
    yield from _waiting_lines(answer, year)
    labels = dict.fromkeys(one.label for one in moved if one.label)
    yield from (f"  {label}." for label in (*labels, *notes))


def _waiting_lines(answer: WhatIf, year: FinancialYear) -> Iterator[str]:
    for stream, (before, after) in answer.waiting(year).items():
        if before != after:
            yield (
                f"  {stream}, {year}: {in_short(after)} waits for outcomes, {in_short(before)} now."
            )


def _infeasible(error: InfeasibleError, names: Names) -> Iterator[str]:
    yield f"No settlement fits {error.stream} in {error.year}. {error.answer.sentence()}"
    rows = [
        (one.area, names[AreaCode(one.area)], in_pounds(round(one.over_target)))
        for one in error.answer.costliest[:SHOWN]
        if one.over_target
    ]
    if rows:
        yield table(("costliest floors", "name", "over target"), rows, text=2)


def _by_year(moved: Sequence[Change]) -> Iterator[tuple[str, ...]]:
    for key in dict.fromkeys((one.stream, one.year) for one in moved):
        of_year = _sorted([one for one in moved if (one.stream, one.year) == key])
        gains = [one for one in of_year if one.pence > 0]
        yield (
            key[0],
            str(key[1]),
            str(len(gains)),
            str(len(of_year) - len(gains)),
            in_short(sum(one.pence for one in gains)),
            f"{of_year[0].area} {in_short(of_year[0].pence)}",
            f"{of_year[-1].area} {in_short(of_year[-1].pence)}",
        )


def _sorted(changes: Sequence[Change]) -> list[Change]:
    return sorted(changes, key=lambda one: (-one.pence, one.area))


def _cells(one: Change, names: Names) -> tuple[str, ...]:
    ratio = f"{one.pence / one.before:+.2%}" if one.before else "from nothing"
    pence = map(in_pounds, (one.before, one.after, one.pence))
    return one.area, names[one.area], *pence, ratio


def _summary(
    answer: WhatIf, values: Values, notes: Sequence[str], names: Names
) -> dict[str, object]:
    return {
        "formula": answer.after.formula.version,
        "set": {name: written(value) for name, value in values.items()},
        "is_feasible": not answer.infeasible,
        "infeasible": [
            {
                "stream": error.stream,
                "year": error.year,
                "kind": error.answer.kind,
                "pence": error.answer.pence,
                "largest_uniform_floor": _exact(error.answer.largest_uniform_floor),
                "costliest": [
                    {"area": one.area, "over_target_pence": round(one.over_target)}
                    for one in error.answer.costliest
                    if one.over_target
                ],
                "sentence": error.answer.sentence(),
            }
            for error in answer.infeasible
        ],
        "unchanged_streams": answer.unchanged,
        "waiting": {
            str(year): {
                stream: {"before_pence": before, "after_pence": after}
                for stream, (before, after) in answer.waiting(year).items()
            }
            for year in answer.before.formula.years
        },
        "changes": [
            dict(zip(COLUMNS, _row(one, names), strict=True))
            for one in _sorted(list(answer.changes()))
        ],
        "notes": notes,
    }


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else exact(value)
