"""How good the plan is, how that is known, and what everything rests on."""

from folkmoot.exhibits.sections import Section, heading, items, table, text
from folkmoot.exhibits.tables import Table
from folkmoot.geography.scores import Scores
from folkmoot.parameters.names import naming
from folkmoot.plan.devolution import DevolutionPlan


def verdict(plan: DevolutionPlan) -> str:
    """How far from the best possible the plan can be, in few words."""
    design = plan.design
    if design.bound is None or design.gap is None:
        found = "not proven"
    elif design.proven:
        found = "proven best of its kind"
    else:
        found = f"within {design.gap:.2%}"
    if design.block_gap is not None and design.block_bound != design.bound:
        found += f", and within {design.block_gap:.2%} of the best plan of whole blocks"
    return f"{found}, cut short" if design.is_cut_short else found


def quality(plan: DevolutionPlan) -> Section:
    """The plan's scores beside those of every geography there is."""
    return Section(
        anchor="quality",
        title="How good is it?",
        parts=(
            text(_proof(plan)),
            table(_comparison(plan)),
            table(_fit(plan)),
            heading("How it was found"),
            items(plan.design.trail),
        ),
    )


def _proof(plan: DevolutionPlan) -> str:
    design = plan.design
    found = f"The plan's objective F is {plan.scores.objective:.6f}; lower is better."
    if design.bound is None or design.gap is None:
        return f"{found} No bound is known: a better plan may exist. {design.covers}"
    return (
        f"{found} No plan of the kind that was searched has less than {design.bound:.6f}, so this "
        f"one is within {design.gap:.2%} of the best. {design.covers}"
    )


def _comparison(plan: DevolutionPlan) -> Table:
    judged = [("This plan", plan.scores)]
    judged += [(one.baseline.title, one.scores) for one in plan.baselines]
    return Table.of(
        "This plan beside the geographies there are, by the same criteria; lower is better",
        (
            "Plan",
            "Areas>",
            "F>",
            "Coterminosity cost>",
            "Spread>",
            "Unlike need>",
            "Commuters who cross>",
            "People out of bounds>",
        ),
        [(name, *_comparison_row(scores)) for name, scores in judged],
    )


def _comparison_row(scores: Scores) -> tuple[str, ...]:
    leaving = None if scores.self_containment is None else 1 - scores.self_containment
    return (
        f"{len(scores.areas)}",
        f"{scores.objective:.4f}",
        f"{scores.coterminosity:.4f}",
        f"{scores.inertia:.4f}",
        f"{scores.need:.3f}",
        "–" if leaving is None else f"{leaving:.1%}",
        f"{scores.people_out_of_bounds:,}",
    )


def _fit(plan: DevolutionPlan) -> Table:
    return Table.of(
        "How the areas fit each geography",
        (
            "Geography",
            "Role",
            "Its people kept whole>",
            "Areas within one>",
            "People misplaced>",
            "V-measure>",
        ),
        [
            (
                naming().noun(fit.criterion.name),
                fit.criterion.role,
                f"{fit.agreement.nested_share:.1%}",
                f"{fit.areas_within_share:.1%}",
                f"{fit.agreement.misplaced_people:,.0f}",
                f"{fit.agreement.v_measure:.3f}",
            )
            for fit in plan.scores.geographies
        ],
        note=(
            "Kept whole: share of people whose area of that geography lies wholly in one area of "
            "the plan. Misplaced: people outside the area that holds most of theirs."
        ),
    )


def provenance(plan: DevolutionPlan) -> Section:
    """What is modelled, what is to be checked, and every input with its digest."""
    return Section(
        anchor="provenance",
        title="What this rests on",
        parts=(
            heading("Modelled, derived or still to be checked"),
            items(plan.modelled),
            heading("Inputs"),
            table(
                Table.of(
                    "Every file that was read",
                    ("File", "SHA-256"),
                    sorted(plan.inputs.items()),
                )
            ),
        ),
    )
