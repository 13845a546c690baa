"""The report of a devolution plan: one page that needs nothing else.

In:        ``DevolutionPlan``.
Out:       HTML without script, with every map and table, every reason, and what is modelled.
Not here:  drawing maps (``exhibits.maps``); layout (``exhibits.page``); any figure, which its
           own room has computed.
"""

from importlib.metadata import version

from folkmoot.exhibits import commissioning, drawing, ground, money, proof
from folkmoot.exhibits.abroad import abroad
from folkmoot.exhibits.administration import administration
from folkmoot.exhibits.bodies import bodies, elections
from folkmoot.exhibits.deals import deals
from folkmoot.exhibits.page import page
from folkmoot.exhibits.sections import Section
from folkmoot.exhibits.understanding import understanding
from folkmoot.plan.devolution import DevolutionPlan
from folkmoot.services.deals import shipped_deals
from folkmoot.vocabulary.money import in_short


def report(plan: DevolutionPlan) -> str:
    """Write the report.

    Returns
    -------
    str
        A whole HTML document; the same plan always gives the same bytes.
    """
    return page(
        title=f"{len(plan.areas.areas)} commissioning areas for {plan.places.title}",
        lead=_lead(plan),
        facts=_facts(plan),
        sections=sections(plan),
        attributions=plan.places.attributions,
        imprint=_imprint(plan),
    )


def sections(plan: DevolutionPlan) -> tuple[Section, ...]:
    """Every section of the report, in the order in which people ask."""
    return (
        drawing.areas(plan),
        proof.quality(plan),
        ground.conflicts(plan),
        understanding(plan.understanding),
        commissioning.functions(plan),
        bodies(plan),
        money.settlement(plan),
        money.routes(plan),
        administration(plan.administration),
        commissioning.timetable(plan),
        elections(plan),
        deals(shipped_deals()),
        abroad(),
        proof.provenance(plan),
    )


def _lead(plan: DevolutionPlan) -> str:
    people = [area.population for area in plan.scores.areas]
    return (
        f"{plan.places.population:,} people in {len(people)} areas of {min(people):,} to "
        f"{max(people):,}; one accountable commissioner in each; "
        f"{in_short(plan.settlement.total(plan.year))} a year in block grants."
    )


def _facts(plan: DevolutionPlan) -> list[tuple[str, str]]:
    before, after = (plan.register.bodies_per_resident(period) for period in ("before", "after"))
    facts = [
        ("Areas", f"{len(plan.areas.areas)}"),
        ("People in an area, on average", f"{plan.places.population // len(plan.areas.areas):,}"),
        ("Best possible?", proof.verdict(plan)),
        (
            "Commissioners a resident has, before and after",
            f"{float(before):.1f} → {float(after):.1f}",
        ),
    ]
    return [*facts, ("Negotiations to settle", f"{len(plan.conflicts.negotiations)}")]


def _imprint(plan: DevolutionPlan) -> str:
    return (
        f"Made by folkmoot {version('folkmoot')} from '{plan.places.name}', seed {plan.seed}. "
        "The same inputs and seed give the same bytes. Check it with: folkmoot verify FOLDER."
    )
