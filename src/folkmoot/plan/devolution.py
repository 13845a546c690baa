"""One devolution plan, carried through every room.

In:        places, criteria, a formula and a seed.
Out:       ``DevolutionPlan``: the area plan and its proof, what it crosses, who commissions
           what before and after, the settlement, the money flow and the timetable.
Rule:      data flows one way; each figure is made in its own room and only joined here.
Not here:  writing it (``plan.folder``), its tables (``plan.tables``), its report (``exhibits``).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from folkmoot.areas.answers import weighed_if_few
from folkmoot.areas.baselines import Baseline, baselines
from folkmoot.areas.conflicts import Conflicts, conflicts
from folkmoot.areas.design import Design, design
from folkmoot.areas.matches import Relation, relations
from folkmoot.areas.names import name_areas
from folkmoot.areas.work import Work
from folkmoot.funding.formula import Formula
from folkmoot.funding.settlement import Settlement, settle
from folkmoot.funding.settlement_record import caveats, modelled
from folkmoot.geography.scorecard import Scores
from folkmoot.geography.scores import score
from folkmoot.plan.understanding import Understanding, understand
from folkmoot.services.catalogue import Catalogue, shipped_catalogue
from folkmoot.services.flow import MoneyFlow, flow
from folkmoot.services.register import Register, register
from folkmoot.services.savings import Administration, illustration
from folkmoot.transition.phases import phased_timetable
from folkmoot.transition.proposed import Proposed, proposed_bodies
from folkmoot.transition.timetable import Timetable
from folkmoot.transition.uncertainty import Uncertainty, draw_timetables
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.periods import FinancialYear
from folkmoot.vocabulary.places import Places
from folkmoot.vocabulary.progress import Progress, never, silent, until


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredBaseline:
    """An existing geography as if it were a plan, and what it scores."""

    baseline: Baseline
    scores: Scores


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DevolutionPlan:
    """Everything that a devolution plan says, as values."""

    places: Places
    criteria: Criteria
    formula: Formula
    seed: int
    design: Design
    names: Mapping[AreaCode, str]
    scores: Scores
    baselines: tuple[ScoredBaseline, ...]
    relations: tuple[Relation, ...]
    conflicts: Conflicts
    register: Register
    settlement: Settlement
    catalogue: Catalogue
    money: MoneyFlow
    timetable: Timetable
    durations: Uncertainty
    """What the timetable becomes when its durations are drawn."""
    understanding: Understanding

    proposed: Proposed
    """Bodies, leaders and portfolios, as drafted."""
    administration: Administration
    """An illustration of what administration would cost, for as many bodies."""

    @property
    def areas(self) -> AreaPlan:
        """Which block is in which area."""
        return self.design.plan

    @property
    def year(self) -> FinancialYear:
        """The year in which the settlement opens."""
        return self.formula.years[0]

    @property
    def breaches(self) -> tuple[AreaCode, ...]:
        """Areas with more or fewer people than the criteria allow."""
        return tuple(area.area for area in self.scores.areas if not area.is_within_bounds)

    @property
    def inputs(self) -> dict[str, str]:
        """SHA-256 of every file that the plan was made from."""
        found = {f"places/{name}": digest for name, digest in self.places.sha256.items()}
        found |= {f"formula/{name}": digest for name, digest in self.formula.sha256.items()}
        return found | {"criteria": self.criteria.sha256}

    @property
    def modelled(self) -> tuple[str, ...]:
        """What is modelled, derived or still to be checked, as sentences."""
        checks = [one.name for one in self.register.functions if one.state == "to_check"]
        return (
            *modelled(self.settlement),
            *caveats(self.settlement),
            *(f"To check: who holds '{name}', and where it goes." for name in checks),
        )


def devolve(
    places: Places,
    criteria: Criteria,
    formula: Formula,
    *,
    seed: int,
    work: Work | None = None,
    progress: Progress = silent,
    is_enough: Callable[[], bool] = never,
) -> DevolutionPlan:
    """Make a devolution plan.

    Parameters
    ----------
    seed : int
        The only source of chance: the same inputs and seed give the same plan.
    progress : callable
        Told what is being done, and the share of the whole that is done.
    work : Work, optional
        Budgets of the design.
    is_enough : callable
        Whether the design is to end with the best area plan so far; the rest is then done.

    Raises
    ------
    FolkmootError
        If no plan keeps the bounds, or no settlement keeps its floors.
    """

    def designing(stage: str, share: float) -> None:
        progress(stage, 0.6 * share)

    drawn = design(
        places,
        criteria,
        rng=np.random.default_rng(seed),
        progress=until(is_enough, designing),
        work=work,
    )
    plan = drawn.plan
    names = name_areas(plan, places, criteria)
    progress("Comparing with the geographies there are", 0.76)
    compared = tuple(
        ScoredBaseline(baseline=one, scores=score(one.plan, places, criteria))
        for one in baselines(places, criteria)
    )
    progress("Pricing conflicts between health and economy", 0.88)

    def pricing(stage: str, share: float) -> None:
        progress(stage, 0.88 + 0.05 * share)

    weighed = drawn.weighed
    if drawn.is_cut_short:
        weighed = None
    elif drawn.method != "atoms":
        weighed = weighed_if_few(places, criteria, plan, progress=pricing)
    disputed = conflicts(plan, places, criteria, weighed=weighed, progress=pricing)
    progress("Sharing the money", 0.93)
    settlement = settle(plan, places, formula)
    progress("Assessing what each area needs", 0.95)
    understanding = understand(plan, places, criteria, names=names)
    progress("Saying who commissions what, before and after", 0.97)
    timetable = phased_timetable(plan, names=names)
    held = register(plan, places, criteria, names=names, vesting=timetable.vesting_days())
    catalogue = shipped_catalogue()
    money = flow(
        catalogue,
        settlement.grants(formula.years[0]),
        year=formula.years[0],
        commissioners=held.commissioners,
    )
    return DevolutionPlan(
        places=places,
        criteria=criteria,
        formula=formula,
        seed=seed,
        design=drawn,
        names=names,
        scores=score(plan, places, criteria),
        baselines=compared,
        relations=relations(plan, places, criteria),
        conflicts=disputed,
        register=held,
        settlement=settlement,
        catalogue=catalogue,
        money=money,
        timetable=timetable,
        understanding=understanding,
        durations=draw_timetables(
            [one.task for one in timetable.dated], timetable.start, seed=seed
        ),
        proposed=proposed_bodies(plan, places, held, timetable),
        administration=illustration(bodies=len(plan.areas), residents=places.population),
    )
