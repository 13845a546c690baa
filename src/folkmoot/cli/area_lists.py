"""What ``folkmoot areas`` prints for people: scores, comparisons, negotiations."""

from collections.abc import Iterator, Mapping, Sequence
from textwrap import fill

from folkmoot.areas.conflicts import Conflicts, Negotiation
from folkmoot.areas.rules import BrokenRule
from folkmoot.cli.console import table
from folkmoot.geography.scorecard import Scores
from folkmoot.parameters.names import listed
from folkmoot.vocabulary.codes import AreaCode
from folkmoot.vocabulary.criteria import Criteria

WIDTH = 92
"""Characters of a line of prose."""


def score_lines(scores: Scores, criteria: Criteria) -> Iterator[str]:
    """What a plan costs, term by term, and how it fits each geography."""
    people = [area.population for area in scores.areas]
    yield f"{len(people)} areas of {min(people):,} to {max(people):,} people"
    yield ""
    yield "What F is the sum of; lower is better"
    yield ""
    yield _cost_table(scores, criteria)
    yield ""
    yield "How the areas fit each geography"
    yield ""
    yield _fit_table(scores)
    yield ""
    if scores.self_containment is not None:
        yield f"  {scores.self_containment:.1%} of commuters work in the area they live in"
    yield f"  {scores.cut_border_km:,.0f} km of border between areas"
    if scores.polsby_popper is not None:
        yield f"  {scores.polsby_popper:.3f} mean Polsby–Popper compactness (1 is a circle)"


def _cost_table(scores: Scores, criteria: Criteria) -> str:
    rows: list[tuple[str, str, str, str, str]] = [
        (
            f"  {fit.criterion.name}",
            fit.criterion.role,
            _ratio(fit.cost, fit.criterion.weight),
            f"{fit.criterion.weight:g}",
            f"{fit.cost:.6f}",
        )
        for fit in scores.geographies
    ]
    leaving = None if scores.self_containment is None else 1 - scores.self_containment
    rows = [("coterminosity", "", "", "", f"{scores.coterminosity:.6f}"), *rows]
    for name, measure, weight, cost in (
        ("inertia", scores.inertia, criteria.inertia_weight, scores.costs[-3]),
        ("unlike need", scores.need, criteria.need_weight, scores.costs[-2]),
        ("travel out of the area", leaving, criteria.flow_weight, scores.costs[-1]),
    ):
        shown = "–" if measure is None else f"{measure:.6f}"
        rows.append((name, "", shown, f"{weight:g}", f"{cost:.6f}"))
    rows.append(("F", "", "", "", f"{scores.objective:.6f}"))
    return table(("term", "role", "measure", "weight", "part of F"), rows, text=2)


def _ratio(cost: float, weight: float) -> str:
    return f"{cost / weight:.6f}" if weight else "–"


def _fit_table(scores: Scores) -> str:
    return table(
        ("geography", "V-measure", "its areas kept whole", "areas within one", "people misplaced"),
        [
            (
                fit.criterion.name,
                f"{fit.agreement.v_measure:.3f}",
                f"{fit.agreement.nested_share:.1%}",
                f"{fit.areas_within_share:.1%}",
                f"{fit.agreement.misplaced_people:,.0f}",
            )
            for fit in scores.geographies
        ],
    )


def rule_lines(broken: Sequence[BrokenRule], criteria: Criteria) -> Iterator[str]:
    """Rules that the plan breaks, or that it breaks none."""
    if not broken:
        least, most = criteria.minimum_population, criteria.maximum_population
        yield f"Every area is connected and has {least:,} to {most:,} people."
        return
    yield "Rules that are broken"
    yield ""
    for rule in broken:
        apart = f": {listed(rule.cut_off, most=5)} cut off" if rule.cut_off else ""
        yield f"  {rule.area}  {rule.words}{apart}"


def area_table(scores: Scores, names: Mapping[AreaCode, str]) -> str:
    """A line an area: people, cost, self-containment."""

    def share(value: float | None) -> str:
        return "–" if value is None else f"{value:.1%}"

    return table(
        ("area", "name", "people", "part of F", "residents work here", "workers live here"),
        [
            (
                area.area,
                names[area.area],
                f"{area.population:,}",
                f"{area.cost:.6f}",
                share(area.self_containment_supply),
                share(area.self_containment_demand),
            )
            for area in scores.areas
        ],
        text=2,
    )


def conflict_lines(
    found: Conflicts, criteria: Criteria, names: Mapping[AreaCode, str]
) -> Iterator[str]:
    """The negotiations, and how many blocks are misplaced by each geography."""
    if found.note:
        yield found.note
    elif not found.negotiations:
        yield "Health and economy pull every block to the same area: nothing to negotiate."
    else:
        yield (
            f"{len(found.negotiations)} negotiations over {found.blocks} blocks with "
            f"{found.people:,} people. Prices are with everything else held, then with the rest "
            "of the plan drawn anew."
        )
    for negotiation in found.negotiations:
        yield ""
        yield from _negotiation_lines(negotiation, names)
    yield ""
    yield "Blocks outside the area that holds most people of theirs, each counted whole"
    yield ""
    yield table(
        ("geography", "blocks", "people"),
        [
            (wanted.name, f"{len(people):,}", f"{sum(people):,}")
            for wanted in criteria.geographies
            for people in [[one.people for one in found.misplaced if one.geography == wanted.name]]
        ],
    )


def _negotiation_lines(negotiation: Negotiation, names: Mapping[AreaCode, str]) -> Iterator[str]:
    concerned = "; ".join(names[area] for area in negotiation.areas)
    yield f"{negotiation.code}  {concerned}: {negotiation.people:,} people"
    for option in negotiation.options:
        yield fill(
            option.sentence,
            width=WIDTH,
            initial_indent=" " * 5,
            subsequent_indent=" " * 7,
            break_on_hyphens=False,
        )


def score_record(scores: Scores) -> dict[str, object]:
    """Scores for machines: a measure a row, as in a plan's scores.csv, and a record an area."""
    columns = ("measure", "geography", "value")
    return {
        "scores": [dict(zip(columns, row, strict=True)) for row in scores.rows()],
        "terms": scores.terms,
        "areas": scores.areas,
    }


def comparison_table(judged: Mapping[str, Scores]) -> str:
    """Plans side by side, by the same criteria."""

    def leaving(scores: Scores) -> str:
        return "–" if scores.self_containment is None else f"{1 - scores.self_containment:.4f}"

    return table(
        (
            "plan",
            "areas",
            "F",
            "coterminosity",
            "inertia",
            "unlike need",
            "travel out",
            "people out of bounds",
        ),
        [
            (
                title,
                f"{len(scores.areas)}",
                f"{scores.objective:.6f}",
                f"{scores.coterminosity:.6f}",
                f"{scores.inertia:.4f}",
                f"{scores.need:.4f}",
                leaving(scores),
                f"{scores.people_out_of_bounds:,}",
            )
            for title, scores in judged.items()
        ],
    )
