"""Functions, gates and deals as rows of a file."""

from moothall.centre.models import DevolutionPlan
from moothall.centre.queries.functions import deal_scores_of, deals_of, functions_of, gates_of
from moothall.pages.frame.downloads import Rows


def function_rows(plan: DevolutionPlan) -> Rows:
    """Return one row a function."""
    return [
        {
            "function": one.function.code,
            "name": one.function.name,
            "stream": one.function.stream,
            "result": one.function.result,
            "before": one.before,
            "after": one.after,
            "vesting_day": f"{one.function.vesting_day or ''}",
            "state": "to_check" if one.function.is_to_check else "seen",
            "reason": one.function.reason,
            "source": one.function.source,
        }
        for one in functions_of(plan)
    ]


def gate_rows(plan: DevolutionPlan) -> Rows:
    """Return one row a body, group of functions and theme."""
    return [
        {
            "area": one.area.code,
            "group": one.group,
            "risk_class": one.risk_class,
            "theme": one.theme,
            "shadow_level": one.shadow_level,
            "vest_level": one.vest_level,
            "vesting_day": f"{one.vesting_day}",
        }
        for one in gates_of(plan)
    ]


def deal_rows(plan: DevolutionPlan) -> Rows:
    """Return one row a deal, function and control; a deal that nobody has scored has one row."""
    scored = {one.deal_id for one in deal_scores_of(plan)}
    rows = [
        {
            "deal": one.deal.name,
            "fund": one.deal.fund,
            "function": one.function,
            "control": one.control,
            "score": one.score,
            "classes": one.classes,
            "state": one.state,
            "evidence": one.evidence,
            "source": one.source,
        }
        for one in deal_scores_of(plan)
    ]
    blank = dict.fromkeys(("function", "control", "score", "classes"), "")
    return rows + [
        {"deal": one.name, "fund": one.fund, **blank, "state": "unknown", "evidence": one.note,
         "source": one.source}
        for one in deals_of(plan)
        if one.pk not in scored
    ]  # fmt: skip
