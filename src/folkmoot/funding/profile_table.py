"""Read one [profile.…] table of a formula."""

from folkmoot.funding.profiles import (
    MEASURES,
    POPULATION_BASES,
    Component,
    CountedProfile,
    LeftOut,
    Measure,
    Profile,
    ProfileHead,
    PublishedProfile,
)
from folkmoot.funding.stream_table import NONE, kept
from folkmoot.parameters.reader import Section

KINDS = ("published", "counted")
OLDEST = 150
"""A year of age that nobody passes."""


def read_profile(name: str, table: Section, *, is_shipped: bool) -> Profile | None:
    """Make a need profile of its table; None when it has a fault."""

    def build() -> Profile:
        head = _head(name, table, is_shipped=is_shipped)
        if table.choice("kind", KINDS) == "published":
            return _published(head, table)
        return _counted(head, table)

    return table.make(build)


def _head(name: str, table: Section, *, is_shipped: bool) -> ProfileHead:
    return ProfileHead(
        name=name,
        title=table.text("title", default=name),
        first_day=table.day("first_day"),
        step=table.text("step", default="need"),
        caveats=table.texts("caveats", default=()),
        source=table.source(),
        is_shipped=table.flag("is_shipped", default=is_shipped),
    )


def _published(head: ProfileHead, table: Section) -> PublishedProfile:
    eta = table.ratio("eta", default=NONE, least=0, most=1)
    return PublishedProfile(
        head=head,
        table=table.text("table", default=head.name),
        population_basis=table.choice("population_basis", POPULATION_BASES),
        population_table=table.text("population_table", default=""),
        inequalities_table=table.text("inequalities_table", default=""),
        inequalities_held=table.ratio("inequalities_held", default=NONE, least=0, most=1),
        eta=eta,
        eta_range=table.plausible("eta_range", least=0, most=1) or (eta, eta),
    )


def _counted(head: ProfileHead, table: Section) -> CountedProfile:
    return CountedProfile(
        head=head,
        components=kept(_component(row) for row in table.rows("component")),
        region_column=table.text("region_column", default=""),
        coverage_limit=table.ratio("coverage_limit", least=0, most=1),
        left_out=kept(_left_out(row) for row in table.rows("left_out")),
    )


def _component(table: Section) -> Component | None:
    def build() -> Component:
        measure = table.choice("measure", MEASURES)
        is_measured = measure != "residents"
        theta = table.ratio("theta", least=0, most=1)
        return Component(
            name=table.text("name"),
            title=table.text("title", default=""),
            measure=measure,
            indicator=table.text("indicator") if is_measured else "",
            period=table.text("period") if is_measured else "",
            ages=_ages(table, measure),
            theta=theta,
            theta_range=table.plausible("range", least=0, most=1) or (theta, theta),
            reason=table.text("reason"),
            unit_note=table.text("unit_note", default=""),
        )

    return table.make(build)


def _ages(table: Section, measure: Measure) -> tuple[int, int] | None:
    """First and last year of age; a numerator is counted by others, so it has none."""
    if measure == "numerator" or not table.has("ages"):
        return None
    ages = table.ratios("ages", least=0, most=OLDEST)
    if len(ages) == 2 and ages[0] <= ages[1] and all(age.denominator == 1 for age in ages):
        return int(ages[0]), int(ages[1])
    table.fault("ages", "it is not a first and a last year of age.", "Write it as [16, 64].")
    return None


def _left_out(table: Section) -> LeftOut | None:
    return table.make(
        lambda: LeftOut(indicator=table.text("indicator"), reason=table.text("reason"))
    )
