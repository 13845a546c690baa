"""The areas themselves: a map, and a table beside it."""

from folkmoot.areas.matches import crossed
from folkmoot.exhibits.maps import Line, MapArea, area_map
from folkmoot.exhibits.sections import Section, figure, folded, table
from folkmoot.exhibits.tables import Table
from folkmoot.geography.outlines import area_outlines, inner_borders
from folkmoot.parameters.names import naming
from folkmoot.plan.devolution import DevolutionPlan
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode
from folkmoot.vocabulary.money import in_short


def number(area: AreaCode) -> str:
    """The number of an area, as a map shows it: 7 for A07."""
    return area.lstrip("A").lstrip("0") or area


def areas(plan: DevolutionPlan) -> Section:
    """Where the areas are, and what each holds."""
    return Section(
        anchor="areas",
        title="The areas",
        parts=(
            figure(_map(plan), _caption(plan)),
            table(_area_table(plan)),
            folded("Which block is in which area", _block_table(plan)),
        ),
    )


def _map(plan: DevolutionPlan) -> str:
    outlines = area_outlines(plan.areas, plan.places)
    shown = [
        MapArea(
            code=one.area,
            name=f"{number(one.area)} {plan.names[one.area]}",
            label=number(one.area),
            note=f"{one.population:,} people",
            outline=outlines[one.area],
        )
        for one in plan.scores.areas
        if one.area in outlines
    ]
    if not shown:
        return ""
    return area_map(
        shown,
        title="The areas of the plan",
        description="Each area has a number; the table below gives its name, people and grant.",
        lines=_health_lines(plan),
        identity="areas",
    )


def _health_lines(plan: DevolutionPlan) -> tuple[Line, ...]:
    """Borders of the health geography, to show where the plan follows them."""
    health = plan.criteria.by_role("health")
    if not health:
        return ()
    geography = plan.places.geographies[health[0].name]
    boards = geography.dominant(len(plan.places.blocks))
    held = AreaPlan.labelled(plan.places.blocks.codes, boards)
    borders = inner_borders(held, plan.places)
    return () if borders is None else (Line(outline=borders, width=1.0, dashes="3 2.5"),)


def _caption(plan: DevolutionPlan) -> str:
    health = plan.criteria.by_role("health")
    dashed = (
        f" Dashed lines are today's {naming().noun(health[0].name)} boundaries: where one runs "
        "through an area, the plan joins parts of two; where an edge has none, it divides one."
        if health and plan.places.outlines
        else ""
    )
    return f"The {len(plan.areas.areas)} areas; colours only tell neighbours apart.{dashed}"


def _area_table(plan: DevolutionPlan) -> Table:
    year = plan.year
    grants = plan.settlement.grants(year)
    rows = []
    for one in plan.scores.areas:
        pence = sum(grants[one.area].values())
        rows.append(
            (
                f"{number(one.area)} {plan.names[one.area]}",
                f"{one.population:,}",
                _share(one.self_containment_supply),
                _equals(plan, one.area),
                _first(crossed(plan.relations, one.area)),
                in_short(pence),
                f"£{pence / 100 / one.population:,.0f}" if one.population else "–",
            )
        )
    total = plan.settlement.total(year)
    return Table.of(
        "Every area, with what it equals and what it crosses",
        (
            "Area",
            "People>",
            "Work where they live>",
            "Equals",
            "Crosses",
            f"Grant {year}>",
            "A head>",
        ),
        rows,
        total=(
            "All",
            f"{plan.places.population:,}",
            _share(plan.scores.self_containment),
            "",
            "",
            in_short(total),
            f"£{total / 100 / plan.places.population:,.0f}",
        ),
        note=f"Grants: {'; '.join(plan.settlement.labels(year))}.",
    )


def _block_table(plan: DevolutionPlan) -> Table:
    blocks = plan.places.blocks
    return Table.of(
        f"All {len(blocks)} blocks",
        ("Block", "Code", "People>", "Area"),
        sorted(
            (name, code, f"{people:,}", f"{number(area)} {plan.names[area]}")
            for name, code, people, area in zip(
                blocks.names,
                blocks.codes,
                blocks.population.tolist(),
                (plan.areas.areas[n] for n in plan.areas.area_of),
                strict=True,
            )
        ),
    )


def _equals(plan: DevolutionPlan, area: AreaCode) -> str:
    """The kinds of area that an area equals; their names would only repeat its own."""
    nouns = (
        naming().noun(one.geography)
        for one in plan.relations
        if one.area == area and one.relation == "equal"
    )
    return ", ".join(dict.fromkeys(nouns)) or "–"


def _first(listed: str, most: int = 3) -> str:
    """The first few of a list, and how many follow; area_geographies.csv has them all."""
    found = listed.split("; ")
    more = f"; and {len(found) - most} more" if len(found) > most else ""
    return ("; ".join(found[:most]) or "–") + more


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"
