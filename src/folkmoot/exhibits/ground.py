"""What is to be negotiated: where health and economy pull apart, and what each way out costs."""

from folkmoot.areas.conflicts import Negotiation
from folkmoot.exhibits.sections import Part, Section, heading, items, table, text
from folkmoot.exhibits.tables import Table
from folkmoot.parameters.names import naming
from folkmoot.plan.devolution import DevolutionPlan


def conflicts(plan: DevolutionPlan) -> Section:
    """Every negotiation with its options, and the blocks outside their majority."""
    found = plan.conflicts
    parts: list[Part] = [text(found.note or _summary(plan))]
    for negotiation in found.negotiations:
        parts += _negotiation(plan, negotiation)
    parts += [
        heading("Blocks outside the area that holds most people of theirs"),
        table(_misplaced(plan)),
    ]
    return Section(anchor="conflicts", title="What is to be negotiated", parts=tuple(parts))


def _summary(plan: DevolutionPlan) -> str:
    found = plan.conflicts
    if not found.negotiations:
        return "Health and economy pull every block to the same area: nothing to negotiate."
    return (
        f"Health and economic geographies pull {found.blocks} blocks with {found.people:,} people "
        f"to different areas, in {len(found.negotiations)} negotiations. A price is the change in "
        "the objective F when these blocks alone move, with everything else held; then when the "
        "rest is drawn anew, so that they are together with the block that anchors each area."
    )


def _negotiation(plan: DevolutionPlan, negotiation: Negotiation) -> list[Part]:
    concerned = ", ".join(plan.names[area] for area in negotiation.areas)
    return [
        heading(f"{negotiation.code} {concerned}: {negotiation.people:,} people"),
        items([option.sentence for option in negotiation.options]),
    ]


def _misplaced(plan: DevolutionPlan) -> Table:
    rows = []
    for wanted in plan.criteria.geographies:
        blocks = [one for one in plan.conflicts.misplaced if one.geography == wanted.name]
        people = sum(one.people for one in blocks)
        rows.append((naming().noun(wanted.name), wanted.role, f"{len(blocks)}", f"{people:,}"))
    return Table.of("By geography", ("Geography", "Role", "Blocks>", "People>"), rows)
