"""Read how the money runs, before the plan and after it."""

from dataclasses import dataclass

from moothall.centre.models import DevolutionPlan, MoneyRoute


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One band: what one holder passes to another."""

    period: str
    layer: int
    from_code: str
    from_name: str
    to_code: str
    to_name: str
    stream: str
    pence: int
    cause: str


def routes_of(plan: DevolutionPlan, period: str = "") -> tuple[Route, ...]:
    """Return the bands of a period, or of both, those nearest the Treasury first."""
    found = MoneyRoute.objects.filter(devolution_plan=plan)
    if period:
        found = found.filter(period=period)
    return tuple(
        Route(
            period=one.period,
            layer=one.layer,
            from_code=one.from_code,
            from_name=one.from_name,
            to_code=one.to_code,
            to_name=one.to_name,
            stream=one.stream,
            pence=one.pence,
            cause=one.cause,
        )
        for one in found.order_by("-period", "layer", "from_code", "-pence", "to_code")
    )
