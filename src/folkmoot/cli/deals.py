"""``folkmoot services deals``: what each deal devolves, and how far."""

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

import click

from folkmoot.cli.console import check_free, csv_text, print_json, table, write
from folkmoot.cli.inputs import FILE, force_option, json_option
from folkmoot.exhibits.deals import deals_chart
from folkmoot.services.deal_tables import (
    DEAL_SCORE_COLUMNS,
    NOT_RECONCILED,
    deal_score_rows,
    degrees_in_words,
    in_words,
    weighed_by,
)
from folkmoot.services.deals import CONTROLS, Deal, Deals, read_deals, scored, shipped_deals
from folkmoot.services.errors import NotRegisteredError
from folkmoot.vocabulary.money import in_pounds


@click.command("deals")
@click.option("--deal", "code", metavar="NAME", help="One deal, with the evidence of each score.")
@click.option("--scores", type=FILE, metavar="FILE.csv", help="Lay your own scores over these.")
@click.option(
    "--deals", "deals_file", type=FILE, metavar="FILE.toml", help="Deals of your own instead."
)
@click.option("--out", type=FILE, metavar="FILE.svg", help="Draw how far each function goes.")
@click.option("--csv", "csv_path", type=FILE, metavar="FILE.csv", help="Write every score.")
@force_option
@json_option
def deals_command(
    *,
    code: str | None,
    scores: Path | None,
    deals_file: Path | None,
    out: Path | None,
    csv_path: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Say how far each deal devolves: consultation, delegation or devolution.

    Four controls over each function are scored from 0, the centre decides, to 4, the area does.
    What nobody has scored is unknown, and gives an interval. For example:

        folkmoot services deals --deal greater-manchester
    """
    for path in filter(None, (out, csv_path)):
        check_free(path, force=force)
    found = shipped_deals() if deals_file is None else read_deals(deals_file)
    if scores is not None:
        found = scored(found, scores)
    one = None if code is None else _named(found, code)
    if out is not None:
        write(out, deals_chart(found) + "\n", force=force)
    if csv_path is not None:
        write(csv_path, csv_text(DEAL_SCORE_COLUMNS, deal_score_rows(found)), force=force)
    if as_json:
        print_json(_summary(found) if one is None else _deal(one))
    else:
        click.echo("\n".join(_lines(found) if one is None else _deal_lines(one)))


def _named(deals: Deals, word: str) -> Deal:
    """The deal of a code or name, however it is written."""
    names = {code.casefold(): deal for code, deal in deals.deals.items()}
    names |= {deal.name.casefold(): deal for deal in deals.deals.values()}
    if word.casefold() in names:
        return names[word.casefold()]
    near = get_close_matches(word.casefold(), names, n=1)
    advice = f"Did you mean '{near[0]}'?" if near else f"Known: {', '.join(deals.deals)}."
    raise NotRegisteredError("deal", word, advice)


def _lines(deals: Deals) -> Iterator[str]:
    yield table(
        ("deal", "agreed", "leader", "investment fund", "reach", "state"),
        [
            (
                deal.name,
                deal.agreed,
                deal.leader,
                deal.fund_text,
                in_words(deal.reach),
                _state(deal),
            )
            for deal in deals.deals.values()
        ],
        text=6,
    )
    yield ""
    yield table(
        ("deal", "function", *CONTROLS, "reach", "weakest", "class"),
        [
            (deal.name, *row)
            for deal in deals.deals.values()
            for row in (_function_row(deal, n) for n in range(len(deal.functions)))
        ],
        text=2,
    )
    if deals.total is not None and deals.not_reconciled is not None:
        yield ""
        yield (
            f"Known funds make {in_pounds(deals.known_pence)} of the printed "
            f"'{deals.total.published_text}'; {NOT_RECONCILED}: {in_pounds(deals.not_reconciled)} "
            "(to check)."
        )
    yield "? unknown; * to check. A blank stands for every score from 0 to 4."


def _state(deal: Deal) -> str:
    told = deal.state.replace("_", " ")
    return f"{told}; for comparison" if deal.is_reference else told


def _function_row(deal: Deal, number: int) -> tuple[str, ...]:
    one = deal.functions[number]
    told = []
    for control in CONTROLS:
        score = one.scores.get(control)
        mark = "*" if control in one.to_check else ""
        told.append("?" if score is None else f"{score.value}{mark}")
    return (one.name, *told, in_words(one.reach), in_words(one.weakest), degrees_in_words(one))


def _deal_lines(deal: Deal) -> Iterator[str]:
    yield f"{deal.name}, agreed {deal.agreed} ({_state(deal)}). Leader: {deal.leader}."
    yield f"Investment fund: {deal.fund_text}. Source: {deal.source}."
    if deal.note:
        yield deal.note
    yield f"Reach: {in_words(deal.reach)}, by {weighed_by(deal)}."
    for one in deal.functions:
        yield ""
        money = "" if one.amount is None else f", {one.amount.published_text} a year"
        yield (
            f"{one.name}{money}: reach {in_words(one.reach)}, weakest {in_words(one.weakest)}, "
            f"{degrees_in_words(one)}"
        )
        rows = []
        for control in CONTROLS:
            score = one.scores.get(control)
            rows.append(
                (control, "?", "unknown", "", "")
                if score is None
                else (
                    control,
                    f"{score.value}",
                    score.state.replace("_", " "),
                    score.evidence,
                    score.source,
                )
            )
        yield table(("control", "score", "state", "evidence", "source"), rows, text=5)


def _summary(deals: Deals) -> dict[str, object]:
    return {
        "deals": [_deal(deal) for deal in deals.deals.values()],
        "known_funds_pence": deals.known_pence,
        "printed_funds_pence": None if deals.total is None else deals.total.pence,
        "not_reconciled_pence": deals.not_reconciled,
    }


def _deal(deal: Deal) -> dict[str, object]:
    reach = deal.reach
    return {
        "deal": deal.code,
        "name": deal.name,
        "agreed": deal.agreed,
        "leader": deal.leader,
        "fund": deal.fund_text,
        "fund_pence": deal.fund_pence,
        "is_reference": deal.is_reference,
        "state": deal.state,
        "source": str(deal.source),
        "reach": None if reach is None else [float(reach.least or 0), float(reach.most or 0)],
        "weighted_by": weighed_by(deal),
        "functions": [
            {
                "function": one.function,
                "scores": {control: one.scores.get(control) for control in CONTROLS},
                "reach": [float(one.reach.least or 0), float(one.reach.most or 0)],
                "weakest": [int(one.weakest.least or 0), int(one.weakest.most or 0)],
                "classes": one.degrees,
            }
            for one in deal.functions
        ],
    }
