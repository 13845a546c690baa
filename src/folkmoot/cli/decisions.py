"""``folkmoot funding virement``, ``outcome-share``, ``vesting``: what is decided afterwards.

Each reads a table of decisions, refuses it with every fault, and writes balanced entries in the
columns of ``ledger.csv``.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from folkmoot.cli.inputs import force_option, json_option, places_option, settlement_option
from folkmoot.cli.ledger_lines import decided_option, deliver, lines_of, opened_for, out_option
from folkmoot.cli.settlement_again import Opened
from folkmoot.funding.decision_tables import read_attainments, read_vesting, read_virements
from folkmoot.funding.settlement import Settlement
from folkmoot.funding.settlement_ledger import (
    Assessed,
    Vested,
    assess,
    present_holder,
    settlement_ledger,
)
from folkmoot.funding.virement import Virement, vire
from folkmoot.vocabulary.ledger import Ledger


@click.command("virement")
@settlement_option
@decided_option("--moves", "Moves: area, year, from_stream, to_stream, pence, decider, reason.")
@out_option
@places_option
@force_option
@json_option
def virement_command(
    *,
    folder: Path,
    decided: Path,
    out: Path | None,
    package: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Move money between the streams of a block grant, as balanced lines of the ledger.

    Entitlements and money that waits for outcomes stay where they are, and so does what the
    formula's 'virement_ratio' keeps in a stream, where it has one. Each move names who decided
    and why. For example:

        folkmoot funding virement --settlement DIR --moves moves.csv --out virements.csv
    """
    again = opened_for(folder, package, out, force=force)
    settlement = again.settlement
    moves = read_virements(decided, settlement)
    rows = list(_moved_rows(again, moves))
    header = ("area", "name", "year", "stream", "grant", "moved", "after")
    lines = lines_of(header, rows, text=4)
    deliver(settlement, vire(settlement, moves), rows, lines, out=out, force=force, as_json=as_json)


def _moved_rows(again: Opened, moves: Sequence[Virement]) -> Iterator[dict[str, str | int]]:
    """Each grant that is touched, before and after."""
    moved: dict[tuple[str, str, str], int] = {}
    for move in moves:
        for code, change in ((move.from_stream, -move.pence), (move.to_stream, move.pence)):
            key = (move.area, str(move.year), code)
            moved[key] = moved.get(key, 0) + change
    for (area, year, stream), pence in sorted(moved.items()):
        grant = again.settlement.pence(area, stream, year)
        yield {
            **again.named(area),
            "year": year,
            "stream": stream,
            "grant_pence": grant,
            "moved_pence": pence,
            "after_pence": grant + pence,
        }


@click.command("outcome-share")
@settlement_option
@decided_option("--attained", "Attainments: area, stream, year, measure, attained (0 to 1).")
@out_option
@places_option
@force_option
@json_option
def outcome_share_command(
    *,
    folder: Path,
    decided: Path,
    out: Path | None,
    package: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Release the money that waits for outcomes, in proportion to what was attained.

    The formula says how much of a grant waits ('outcome_share') and what each measure weighs
    ('outcome_weights'). A measure without a row is not yet assessed: its money waits. What was
    not earned stays in the stream, in its stability pot. For example:

        folkmoot funding outcome-share --settlement DIR --attained attained.csv --out released.csv
    """
    again = opened_for(folder, package, out, force=force)
    settlement = again.settlement
    found = assess(settlement, read_attainments(decided, settlement))
    ledger = Ledger.of(entry for one in found for entry in one.entries())
    rows = [_assessed_row(again, one) for one in found]
    header = ("area", "name", "stream", "year", "at risk", "released", "waits", "pot", "has now")
    nothing = ["No stream of the formula puts money at risk: see its 'outcome_share'."]
    lines = lines_of(header, rows, text=4) if rows else nothing
    deliver(settlement, ledger, rows, lines, out=out, force=force, as_json=as_json)


def _assessed_row(again: Opened, one: Assessed) -> dict[str, str | int]:
    return {
        **again.named(one.area),
        "stream": one.stream,
        "year": str(one.year),
        "at_risk_pence": one.share.at_risk,
        "released_pence": one.share.released,
        "pending_pence": one.share.pending,
        "stability_pot_pence": one.share.stability_pot,
        "allocation_pence": one.share.allocation,
    }


@click.command("vesting")
@settlement_option
@decided_option("--days", "Vesting days: area (empty for all), stream, vesting_day.")
@out_option
@places_option
@force_option
@json_option
def vesting_command(
    *,
    folder: Path,
    decided: Path,
    out: Path | None,
    package: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Split grants between each body and today's commissioner, where functions vest mid-way.

    Until its vesting day the money of an area stays with the present commissioner; the year in
    which the day falls is split by days. What has no row vested before. Writes the whole ledger.
    For example:

        folkmoot funding vesting --settlement DIR --days vesting.csv --out ledger.csv
    """
    again = opened_for(folder, package, out, force=force)
    settlement = again.settlement
    vested = read_vesting(decided, settlement)
    ledger = settlement_ledger(settlement, vested=vested)
    rows = list(_vested_rows(settlement, ledger, vested))
    lines = lines_of(("stream", "year", "shared", "bodies", "not yet vested"), rows, text=2)
    deliver(settlement, ledger, rows, lines, out=out, force=force, as_json=as_json)


def _vested_rows(
    settlement: Settlement, ledger: Ledger, vested: Vested
) -> Iterator[dict[str, str | int]]:
    """What bodies hold, and what has not vested, of each stream that a row names."""
    kept = ledger.sums("stream", "year", "to_holder")
    for one in settlement.stream_years:
        stream = one.stream.code
        if any(stream == named for _, named in vested):
            waits = kept.get((stream, one.year, present_holder(stream)), 0)
            yield {
                "stream": stream,
                "year": str(one.year),
                "quantum_pence": one.quantum.pence,
                "vested_pence": one.quantum.pence - waits,
                "not_vested_pence": waits,
            }
