"""Read what administration would release and cost, year by year."""

from dataclasses import dataclass

from moothall.centre.models import AdministrationYear, DevolutionPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class AdministrationRow:
    """One year, in whole pence, with what must be said beside it."""

    year: str
    gross: int
    new: int
    one_off: int
    net: int
    cumulative: int
    label: str


def administration_of(plan: DevolutionPlan) -> tuple[AdministrationRow, ...]:
    """Return the years, the first first."""
    return tuple(
        AdministrationRow(
            year=one.year,
            gross=one.gross,
            new=one.new,
            one_off=one.one_off,
            net=one.net,
            cumulative=one.cumulative,
            label=one.label,
        )
        for one in AdministrationYear.objects.filter(devolution_plan=plan)
    )
