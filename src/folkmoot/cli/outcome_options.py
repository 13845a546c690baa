"""``folkmoot outcomes options``: what is worth its cost, and how sure that is."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from folkmoot.cli.console import (
    check_free,
    check_ours,
    csv_text,
    print_json,
    table,
    write,
    write_folder,
)
from folkmoot.cli.inputs import FILE, FOLDER, force_option, json_option, seed_option
from folkmoot.exhibits.options_chart import MADE_UP_SAID, net_in_words, options_chart
from folkmoot.outcomes import evidence_table as of_evidence
from folkmoot.outcomes import options as of_options
from folkmoot.outcomes import unit_values as of_values
from folkmoot.outcomes.best_option import Comparison, compare_options
from folkmoot.outcomes.worth import (
    ACCOUNTS,
    LABELS,
    Account,
    Pence,
    Spread,
    Worth,
    discount_rate,
    weigh,
)
from folkmoot.parameters.reader import packaged_text
from folkmoot.services.functions import shipped_functions
from folkmoot.services.prevention import OPTION_COLUMNS as PREVENTION_COLUMNS
from folkmoot.vocabulary.money import in_short
from folkmoot.vocabulary.source import MADE_UP

TABLES = {
    "evidence.csv": of_evidence.EXAMPLE,
    "values.csv": of_values.EXAMPLE,
    "options.csv": of_options.EXAMPLE,
}
WORTH_COLUMNS = (
    *("option", "account", "evidence_strength", "people", "value_pence", "value_lower"),
    *("value_upper", "cost_pence", "cost_lower", "cost_upper", "net_pence", "net_lower"),
    *("net_upper", "ratio", "ratio_lower", "ratio_upper", "payback_year", "payback_earliest"),
    *("payback_latest", "rank", "chance_best", "not_known", "price_year"),
)
FLOW_COLUMNS = ("option", "outcome", "kind", "falls_to", "year", "pence")


@click.command("options")
@click.argument("folder", type=FOLDER, required=False)
@click.option("--rate", type=click.FloatRange(min=0), help="Discount rate. Default: as published.")
@click.option("--draws", type=click.IntRange(min=100), help="Default: as parameters say.")
@seed_option
@click.option("--csv", "csv_path", type=FILE, metavar="FILE.csv", help="Every option and account.")
@click.option("--flows", type=FILE, metavar="FILE.csv", help="Value by outcome, receiver and year.")
@click.option("--prevention", type=FILE, metavar="FILE.csv", help="For services prevention.")
@click.option("--out", type=FILE, metavar="FILE.svg", help="Draw the net values.")
@click.option("--template", type=FOLDER, metavar="FOLDER", help="Write made-up tables to fill in.")
@force_option
@json_option
def options_command(
    *,
    folder: Path | None,
    rate: float | None,
    draws: int | None,
    seed: int,
    csv_path: Path | None,
    flows: Path | None,
    prevention: Path | None,
    out: Path | None,
    template: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Weigh options: cost and benefit, and the chance that each is best.

    FOLDER holds evidence.csv, values.csv and options.csv. Fiscal value stands by itself; all
    value together is another account. For example:

        folkmoot outcomes options --template weigh

        folkmoot outcomes options weigh --out options.svg
    """
    if (folder is None) == (template is None):
        raise click.UsageError("Name a FOLDER, or write one with --template.")
    if template is not None:
        _write_tables(template, force=force)
        return
    for path in filter(None, (csv_path, flows, prevention, out)):
        check_free(path, force=force)
    worths = _weighed(Path(str(folder)), rate=rate, draws=draws, seed=seed)
    found = [compare_options(worths, account=one) for one in ACCOUNTS]
    if csv_path is not None:
        rows = [row for one in found for row in _worth_rows(one)]
        write(csv_path, csv_text(WORTH_COLUMNS, rows), force=force)
    if flows is not None:
        write(flows, csv_text(FLOW_COLUMNS, _flow_rows(worths)), force=force)
    if prevention is not None:
        text = csv_text(PREVENTION_COLUMNS, _prevention_rows(worths))
        write(prevention, text, force=force)
    if out is not None:
        write(out, options_chart(found) + "\n", force=force)
    if as_json:
        print_json(_summary(found, worths, rate))
    else:
        click.echo("\n".join(_lines(found, worths, rate)))


def _write_tables(template: Path, *, force: bool) -> None:
    check_ours(template, TABLES, force=force)
    write_folder(template, {name: packaged_text(example) for name, example in TABLES.items()})
    click.echo(f"Written to {template}: {', '.join(TABLES)}, made up, to fill in.")


def _weighed(
    folder: Path, *, rate: float | None, draws: int | None, seed: int
) -> tuple[Worth, ...]:
    functions = tuple(one.code for one in shipped_functions().functions)
    evidence = of_evidence.read_evidence(folder / "evidence.csv")
    values = of_values.read_values(folder / "values.csv", functions)
    options = of_options.read_options(
        folder / "options.csv", evidence=evidence, values=values, functions=functions
    )
    return weigh(options, seed=seed, draws=draws, rate=rate)


def _worth_rows(found: Comparison) -> Iterator[tuple[object, ...]]:
    for ranked in found.options:
        one = ranked.worth
        account = one.accounts.get(found.account)
        yield (
            *(one.option.name, found.account, one.strength(found.account), round(one.people.value)),
            *_figures(account),
            *(ranked.rank, ranked.chance, "; ".join(one.missing), one.price_year),
        )
    yield ("none of them", found.account, *[None] * 18, found.chance_of_none, "", "")


def _figures(account: Account | None) -> tuple[object, ...]:
    if account is None:
        return (None,) * 15
    return (
        *(cell for one in (account.value, account.cost, account.net) for cell in _three(one)),
        *((None,) * 3 if account.ratio is None else _three(account.ratio)),
        *account.payback,
    )


def _three(one: Pence | Spread) -> tuple[float | None, ...]:
    return one.value, one.lower, one.upper


def _flow_rows(worths: Sequence[Worth]) -> Iterator[tuple[object, ...]]:
    for one in worths:
        for flow in one.flows:
            for year, pence in enumerate(flow.pence, 1):
                yield one.option.name, flow.outcome, flow.kind, flow.falls_to, year, pence


def _prevention_rows(worths: Sequence[Worth]) -> Iterator[tuple[object, ...]]:
    """Costs and fiscal values in whole pounds, as ``folkmoot services prevention`` reads them."""
    for one in worths:
        if one.cost is None:
            continue
        option, told = one.option, ("folkmoot outcomes options", _state(one))
        head = (option.name, option.first.need)
        yield *head, "cost", option.paid_by, 1, round(one.cost.value / 100), *told
        for flow in one.flows:
            for year, pence in enumerate(flow.pence, 1):
                if flow.kind == "fiscal" and pence:
                    side, pounds = "value" if pence > 0 else "cost", round(abs(pence) / 100)
                    yield *head, side, flow.falls_to, year, pounds, *told


def _state(one: Worth) -> str:
    return MADE_UP if one.option.is_made_up else "computed"


def _lines(
    found: Sequence[Comparison], worths: Sequence[Worth], rate: float | None
) -> Iterator[str]:
    if any(one.option.is_made_up for one in worths):
        yield MADE_UP_SAID
        yield ""
    for one in found:
        yield f"By {LABELS[one.account]}:"
        yield table(
            ("option", "evidence", "reached", "cost", "net value", "for each £1", "paid back",
             "best"),
            [*_option_rows(one), ("None of them", "", "", "", "£0", "", "",
                                  _chance(one.chance_of_none))],
            text=2,
        )  # fmt: skip
        yield ""
    for worth in worths:
        for said in worth.missing:
            yield f"{worth.option.name}: {said}."
    yield from dict.fromkeys(said for worth in worths for said in _notes(worth))
    yield (
        f"Ranges hold nine draws of ten. Discounted at {_rate(rate):.1%} a year, the first year "
        f"not; prices of {next((one.price_year for one in worths if one.price_year), 'no year')}."
    )


def _option_rows(found: Comparison) -> Iterator[tuple[str, ...]]:
    for ranked in found.options:
        one = ranked.worth
        account = one.accounts.get(found.account)
        yield (
            one.option.name,
            f"{one.strength(found.account)} of 5",
            f"{one.people.value:,.0f}",
            "not known" if one.cost is None else in_short(one.cost.value),
            net_in_words(ranked, found),
            "–" if account is None else _ratio(account),
            "–" if account is None else _payback(account),
            _chance(ranked.chance),
        )


def _ratio(account: Account) -> str:
    one = account.ratio
    if one is None:
        return "no cost"
    if one.lower is None or one.upper is None:
        return f"£{one.value:.2f}"
    return f"£{one.value:.2f} ({one.lower:.2f} to {one.upper:.2f})"


def _payback(account: Account) -> str:
    central, early, late = ("never" if year is None else f"year {year}" for year in account.payback)
    if account.value.lower is None or early == late:
        return central
    return f"{central} ({early} to {late})"


def _chance(chance: float | None) -> str:
    return "–" if chance is None else f"{chance:.0%}"


def _notes(one: Worth) -> Iterator[str]:
    """What a reader must know of the evidence that an option rests on."""
    for use in one.option.uses:
        evidence = use.evidence
        yield (
            f"{evidence.code}: strength {evidence.strength_in_words}; {evidence.country}, "
            f"{evidence.published}; {evidence.state.replace('_', ' ')}."
        )
        if evidence.strength >= 3 and use.deadweight:
            yield (
                f"{evidence.code} was found beside a group that was alike, which takes deadweight "
                f"off already; another {use.deadweight:.0%} is taken off here."
            )


def _rate(rate: float | None) -> float:
    return discount_rate() if rate is None else rate


def _summary(
    found: Sequence[Comparison], worths: Sequence[Worth], rate: float | None
) -> dict[str, object]:
    return {
        "is_made_up": any(one.option.is_made_up for one in worths),
        "discount_rate": _rate(rate),
        "accounts": {
            one.account: {
                "label": LABELS[one.account],
                "options": [dict(zip(WORTH_COLUMNS, row, strict=True)) for row in _worth_rows(one)],
            }
            for one in found
        },
        "changes": [
            {
                "option": worth.option.name,
                "evidence": change.evidence.code,
                "strength": change.evidence.strength,
                "outcome": change.evidence.outcome,
                "amount": change.amount,
            }
            for worth in worths
            for change in worth.changes
        ],
        "flows": [dict(zip(FLOW_COLUMNS, row, strict=True)) for row in _flow_rows(worths)],
    }
