"""Carry functions and who is responsible for them from a plan folder into rows of ``centre``."""

from collections.abc import Mapping
from dataclasses import dataclass

from folkmoot.plan.folder import PlanFolder
from moothall.bodies.models import Block
from moothall.bridge.cells import Row, rows
from moothall.bridge.errors import PlanReferenceError
from moothall.centre.models import Commissioner, DevolutionPlan, Function, Responsibility


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionRows:
    """Functions, commissioners, and one responsibility a function and block."""

    functions: tuple[Function, ...]
    commissioners: tuple[Commissioner, ...]
    responsibilities: tuple[Responsibility, ...]


def function_rows(
    plan: PlanFolder, devolution_plan: DevolutionPlan, blocks: Mapping[str, Block]
) -> FunctionRows:
    """Return who is responsible for what, before the plan and after it."""
    functions = {
        row.text("function"): _function(row, devolution_plan, place)
        for place, row in enumerate(rows(plan, "function_catalogue"))
    }
    commissioners = {
        row.text("commissioner"): Commissioner(
            devolution_plan=devolution_plan,
            code=row.text("commissioner"),
            name=row.text("name"),
            kind=row.text("kind"),
        )
        for row in rows(plan, "commissioners")
    }
    return FunctionRows(
        functions=tuple(functions.values()),
        commissioners=tuple(commissioners.values()),
        responsibilities=_responsibilities(plan, functions, commissioners, blocks),
    )


def _function(row: Row, devolution_plan: DevolutionPlan, place: int) -> Function:
    return Function(
        devolution_plan=devolution_plan,
        code=row.text("function"),
        name=row.text("name"),
        stream=row.text("stream"),
        result=row.text("result"),
        is_to_check=row.text("state") == "to_check",
        reason=row.text("reason"),
        source=row.text("source"),
        vesting_day=row.day_or_none("vesting_day"),
        place=place,
    )


def _responsibilities(
    plan: PlanFolder,
    functions: Mapping[str, Function],
    commissioners: Mapping[str, Commissioner],
    blocks: Mapping[str, Block],
) -> tuple[Responsibility, ...]:
    """Pair the row of before with the row of after; one without the other is refused."""
    after = {
        (row.text("function"), row.text("block")): row.find(
            "commissioner", "commissioner", commissioners
        )
        for row in rows(plan, "functions")
        if row.text("period") == "after"
    }
    found = []
    for row in rows(plan, "functions"):
        if row.text("period") != "before":
            continue
        pair = row.text("function"), row.text("block")
        if pair not in after:
            raise PlanReferenceError(row.table, row.number, "commissioner after", " in ".join(pair))
        found.append(
            Responsibility(
                function=row.find("function", "function", functions),
                block=row.find("block", "block", blocks),
                before=row.find("commissioner", "commissioner", commissioners),
                after=after[pair],
            )
        )
    return tuple(found)
