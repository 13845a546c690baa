"""A devolution plan as the files of its folder: tables, outlines and the record.

In:        ``DevolutionPlan``.
Out:       texts by file name, the same bytes for the same plan.
Not here:  the report (``exhibits.report``); writing (``plan.folder``).
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from typing import Any

import numpy as np

from folkmoot.areas.conflicts import CONFLICT_COLUMNS, MISPLACED_COLUMNS, OPTION_COLUMNS
from folkmoot.areas.matches import crossed, matched
from folkmoot.funding.settlement_record import certificates, record
from folkmoot.funding.settlement_tables import (
    DETAIL_COLUMNS,
    SETTLEMENT_COLUMNS,
    STREAM_COLUMNS,
    detail_rows,
    settlement_rows,
    stream_rows,
)
from folkmoot.geography.outlines import area_outlines
from folkmoot.outcomes.alike import answers
from folkmoot.outcomes.division import country
from folkmoot.outcomes.tables import (
    NEED_COLUMNS,
    VARIATION_COLUMNS,
    need_rows,
    variation_rows,
)
from folkmoot.plan.devolution import DevolutionPlan
from folkmoot.services.deal_tables import (
    DEAL_COLUMNS,
    DEAL_SCORE_COLUMNS,
    deal_rows,
    deal_score_rows,
)
from folkmoot.services.deals import shipped_deals
from folkmoot.services.savings import ADMINISTRATION_COLUMNS, administration_rows
from folkmoot.services.tables import (
    COMMISSIONER_COLUMNS,
    FUNCTION_CATALOGUE_COLUMNS,
    FUNCTION_COLUMNS,
    JOINT_ARRANGEMENT_COLUMNS,
    MONEY_COLUMNS,
    SPLIT_BLOCK_COLUMNS,
    commissioner_rows,
    function_catalogue_rows,
    function_rows,
    joint_arrangement_rows,
    money_rows,
    split_block_rows,
)
from folkmoot.transition.elections import shipped_cycle
from folkmoot.transition.phases import late_words, shipped_phases
from folkmoot.transition.tables import (
    BODY_COLUMNS,
    GATE_COLUMNS,
    LEADER_COLUMNS,
    PORTFOLIO_COLUMNS,
    SETTLEMENT_START_COLUMNS,
    SUCCESSION_COLUMNS,
    TIMETABLE_COLUMNS,
    body_rows,
    gate_rows,
    leader_rows,
    planned_starts,
    portfolio_rows,
    settlement_start_rows,
    succession_rows,
    timetable_rows,
)
from folkmoot.transition.uncertainty import chance_words

Cell = str | int | float
Rows = Iterable[Sequence[Cell]]


def texts(plan: DevolutionPlan) -> dict[str, str]:
    """Every file of the plan's folder but the report, by name."""
    return {
        **{f"{name}.csv": as_csv(header, rows) for name, (header, rows) in _tables(plan).items()},
        "areas.geojson": as_json(_outlines(plan), indent=None),
        "plan.json": as_json(_record(plan)),
    }


def as_csv(header: Sequence[str], rows: Rows) -> str:
    """Rows under a header, with line feeds."""
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\n")
    table.writerow(header)
    table.writerows(rows)
    return text.getvalue()


def as_json(value: object, *, indent: int | None = 1) -> str:
    """JSON with sorted keys, so that equal values have equal bytes."""
    text = json.dumps(value, indent=indent, ensure_ascii=False, sort_keys=True, allow_nan=False)
    return text + "\n"


def _tables(plan: DevolutionPlan) -> dict[str, tuple[Sequence[str], Rows]]:
    blocks, borders = plan.places.blocks, plan.places.borders
    area_of = zip(plan.areas.blocks, plan.areas.area_of.tolist(), strict=True)
    return {
        "areas": (("block", "area"), ((block, plan.areas.areas[area]) for block, area in area_of)),
        "area_summary": (
            (
                *("area", "name", "population", "blocks", "area_km2", "cost", "matches", "crosses"),
                *("self_containment_supply", "self_containment_demand"),
            ),
            _area_summary(plan),
        ),
        "needs": (
            NEED_COLUMNS,
            (row for one in plan.understanding.profiles for row in need_rows(one)),
        ),
        "variation": (VARIATION_COLUMNS, variation_rows(plan.understanding.variation)),
        "area_geographies": (
            (
                *("area", "geography", "role", "code", "name", "people"),
                *("share_of_area", "share_of_geography", "relation"),
            ),
            (
                (
                    *(one.area, one.geography, one.role, one.code, one.name),
                    *(_figure(one.people, 3), _figure(one.share_of_area, 9)),
                    *(_figure(one.share_of_geography, 9), one.relation),
                )
                for one in plan.relations
            ),
        ),
        "blocks": (
            ("block", "name", "population", "area_km2", "lon", "lat"),
            zip(
                *(blocks.codes, blocks.names, blocks.population.tolist()),
                *(
                    map(_figure, column.tolist())
                    for column in (blocks.area_km2, blocks.lon, blocks.lat)
                ),
                strict=True,
            ),
        ),
        "borders": (
            ("code_a", "code_b", "kind"),
            (
                (blocks.codes[a], blocks.codes[b], kind)
                for (a, b), kind in zip(borders.pairs.tolist(), borders.kinds, strict=True)
            ),
        ),
        "scores": (("plan", "measure", "geography", "value"), _scores(plan)),
        "conflicts": (CONFLICT_COLUMNS, plan.conflicts.conflict_rows()),
        "functions": (FUNCTION_COLUMNS, function_rows(plan.register)),
        "function_catalogue": (FUNCTION_CATALOGUE_COLUMNS, function_catalogue_rows(plan.register)),
        "commissioners": (COMMISSIONER_COLUMNS, commissioner_rows(plan.register)),
        "joint_arrangements": (JOINT_ARRANGEMENT_COLUMNS, joint_arrangement_rows(plan.register)),
        "split_blocks": (SPLIT_BLOCK_COLUMNS, split_block_rows(plan.register)),
        "settlement": (SETTLEMENT_COLUMNS, settlement_rows(plan.settlement)),
        "settlement_detail": (DETAIL_COLUMNS, detail_rows(plan.settlement)),
        "streams": (STREAM_COLUMNS, stream_rows(plan.settlement)),
        "money_flow": (MONEY_COLUMNS, money_rows(plan.money, plan.catalogue)),
        "deals": (DEAL_COLUMNS, deal_rows(shipped_deals())),
        "deal_scores": (DEAL_SCORE_COLUMNS, deal_score_rows(shipped_deals())),
        "timetable": (TIMETABLE_COLUMNS, timetable_rows(plan.timetable)),
        "successions": (SUCCESSION_COLUMNS, succession_rows(plan.register, plan.timetable)),
        "bodies": (BODY_COLUMNS, body_rows(plan.proposed.bodies)),
        "leaders": (LEADER_COLUMNS, leader_rows(plan.proposed.leaders)),
        "portfolios": (PORTFOLIO_COLUMNS, portfolio_rows(plan.proposed.portfolios)),
        "settlement_starts": (
            SETTLEMENT_START_COLUMNS,
            settlement_start_rows(planned_starts(plan.timetable), shipped_cycle()),
        ),
        "administration": (ADMINISTRATION_COLUMNS, administration_rows(plan.administration)),
        "gates": (GATE_COLUMNS, gate_rows(plan.timetable)),
        "misplaced": (MISPLACED_COLUMNS, plan.conflicts.misplaced_rows()),
        "negotiation_options": (OPTION_COLUMNS, plan.conflicts.option_rows()),
    }


def _area_summary(plan: DevolutionPlan) -> Iterator[Sequence[Cell]]:
    sizes = np.bincount(plan.areas.area_of)
    land = np.bincount(plan.areas.area_of, weights=plan.places.blocks.area_km2)
    for number, found in enumerate(plan.scores.areas):
        yield (
            *(found.area, plan.names[found.area], found.population, int(sizes[number])),
            *(_figure(float(land[number]), 3), _figure(found.cost, 12)),
            *(matched(plan.relations, found.area), crossed(plan.relations, found.area)),
            _figure(found.self_containment_supply, 9),
            _figure(found.self_containment_demand, 9),
        )


def _scores(plan: DevolutionPlan) -> Iterator[Sequence[Cell]]:
    judged = [("this plan", plan.scores)]
    judged += [(one.baseline.name, one.scores) for one in plan.baselines]
    for name, scores in judged:
        for measure, geography, value in scores.rows():
            yield name, measure, geography, _figure(value, 12)


def _figure(value: float | None, decimals: int = 6) -> Cell:
    """A figure as text with enough decimals and no trace of the machine; empty if unknown."""
    if value is None or np.isnan(value):
        return ""
    return repr(round(value, decimals) + 0.0)


def _outlines(plan: DevolutionPlan) -> dict[str, Any]:
    found = area_outlines(plan.areas, plan.places)
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {
                    "area": one.area,
                    "name": plan.names[one.area],
                    "population": one.population,
                },
                "geometry": found.get(one.area),
            }
            for one in plan.scores.areas
        ],
    }


def _timetable(plan: DevolutionPlan) -> dict[str, object]:
    """How long it takes on likely durations, and how sure that is."""
    limits, drawn = shipped_phases(), plan.durations
    ends = (limits.target_months, limits.limit_months)
    return {
        "likely_months": drawn.likely_months,
        "draws": drawn.draws,
        "seed": drawn.seed,
        "chance_by_months": {f"{months}": float(drawn.chance_by(months)) for months in ends},
        "sentence": chance_words(drawn, ends),
        "to_check": late_words(plan.timetable, limits.deadlines),
    }


def _record(plan: DevolutionPlan) -> dict[str, Any]:
    """What the plan was made from, with what, and what proves it."""
    criteria = plan.criteria
    return {
        "name": f"{plan.places.name}-{len(plan.areas.areas)}-areas",
        "title": f"{plan.places.title}: {len(plan.areas.areas)} commissioning areas",
        "version": version("folkmoot"),
        "seed": plan.seed,
        "inputs": dict(plan.inputs),
        "quanta": plan.settlement.quanta(),
        "certificates": certificates(plan.settlement),
        "settlement": record(plan.settlement),
        "modelled": list(plan.modelled),
        "timetable": _timetable(plan),
        "parameters": {
            "areas": criteria.areas,
            "atoms": list(criteria.atoms),
            "population": {"min": criteria.minimum_population, "max": criteria.maximum_population},
            "weights": {
                "inertia": criteria.inertia_weight,
                "need": criteria.need_weight,
                "flow": criteria.flow_weight,
            },
            "geographies": [
                {"name": one.name, "role": one.role, "weight": one.weight}
                for one in criteria.geographies
            ],
            "needs": [{"name": one.name, "weight": one.weight} for one in criteria.needs],
            "coterminosity_no_worse_than": criteria.coterminosity_no_worse_than,
            "formula": plan.formula.version,
        },
        "scores": {
            "objective": plan.scores.objective,
            "coterminosity": plan.scores.coterminosity,
            "inertia": plan.scores.inertia,
            "need": plan.scores.need,
            "self_containment": plan.scores.self_containment,
        },
        "bound": plan.design.bound,
        "gap": plan.design.gap,
        "is_proven": plan.design.proven,
        "bound_covers": plan.design.covers,
        "block_bound": plan.design.block_bound,
        "block_gap": plan.design.block_gap,
        "is_cut_short": plan.design.is_cut_short,
        "method": plan.design.method,
        "trail": list(plan.design.trail),
        "breaches": list(plan.breaches),
        "licence": plan.places.licence,
        "country": country(plan.places),
        "understanding": list(answers(plan.understanding.variation)),
        "attributions": list(plan.places.attributions),
    }
