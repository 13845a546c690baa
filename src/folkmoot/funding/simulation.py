"""How sure a settlement is: the whole of it worked out again for many draws.

In:        a desk, a settlement that it made, how uncertain its weights and data are, a seed.
Out:       ``Simulation``: pence by draw, year and area, the draws that nothing fits counted.
Rule:      each draw is settled to the penny, bounds included, and adds up to the quantum. What
           areas have before the settlement, and what is owed to them in pence, are held.
Not here:  summaries, and which number matters most (``sensitivity``).
Source:    decision record 0016.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from math import prod
from typing import Self

import numpy as np
from numpy.typing import NDArray

from folkmoot.funding.allocation import Allocations, allocate
from folkmoot.funding.bounds import BoundsRule
from folkmoot.funding.chance import (
    LIMITS_IN_DEVIATIONS,
    TOGETHER,
    Chance,
    Rate,
    Uncertain,
    Uncertainty,
    draw,
)
from folkmoot.funding.draw_kernels import (
    GIVEN_UP,
    SETTLED,
    IntCube,
    People,
    Rules,
    settle_draws,
    weigh_draws,
)
from folkmoot.funding.errors import DrawsError
from folkmoot.funding.level_kernels import LARGEST_SUM, States
from folkmoot.funding.pace_of_change import STATES
from folkmoot.funding.profiles import CountedProfile, PublishedProfile
from folkmoot.funding.settlement import Desk, Settlement, StreamYear
from folkmoot.funding.weighing import count_key, rounded
from folkmoot.funding.weighted_population import MICRO
from folkmoot.vocabulary.arrays import FloatMatrix, FloatVector, IntMatrix, IntVector
from folkmoot.vocabulary.codes import StreamCode
from folkmoot.vocabulary.periods import FinancialYear
from folkmoot.vocabulary.places import Places
from folkmoot.vocabulary.progress import Progress, silent

LARGEST = {"percent": 100.0, "percent_without": 100.0, "rate": 1.0}
LARGEST_PRODUCT, LARGEST_RATIO = 2**62, 10**10
MILLION = 10**6
CELLS = 4_000_000
"""Numbers drawn by block that one chunk may hold."""
LARGEST_CHUNK = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedModel:
    """One profile's need in one data year, ready to be drawn."""

    people: People
    thetas: tuple[float, ...]
    """Where nothing is drawn of them."""
    gammas: tuple[str, ...]
    """Names of the weights drawn, one a component; none where they are not."""
    eta: str
    """Name of the ratio drawn, by which a published need has two components; or none."""
    rates: tuple[str, ...]
    noise: str
    scale: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GrownSum:
    """One year's quantum, ready for any growth of the years after the opening."""

    before: Fraction
    """Published, with the growth declared to the opening year. Unit: pence, exact."""
    times: int
    """Years by which the drawn growth has made it larger."""
    aside: int
    """What all other lines take from it, or add. Unit: pence."""

    @classmethod
    def of(cls, one: StreamYear, opening: FinancialYear) -> Self:
        """Of a year as settled."""
        published = one.quantum.published
        declared = (
            1 + line.growth
            for line in one.quantum.lines
            if line.kind == "growth" and line.year <= opening
        )
        return cls(
            before=published.pence * prod(declared, start=Fraction(1)),
            times=one.year.start - max(opening, published.year).start,
            aside=one.quantum.pence - one.quantum.uplifted,
        )

    def quantum(self, millionths: int) -> int:
        """What is shared at ``1 + growth`` in millionths. Unit: pence."""
        above, below = self.before.as_integer_ratio()
        grown = rounded(above * millionths**self.times, below * MILLION**self.times)
        return grown + self.aside


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamModel:
    """One stream, ready to be settled for many draws."""

    code: StreamCode
    needs: tuple[NeedModel, ...]
    rules: Rules
    yearly: tuple[BoundsRule, ...]
    floor: str
    """Name of the floor drawn, or none."""
    growth: str
    """Name of the growth drawn, or none."""
    grown: tuple[GrownSum, ...]
    """How each year's sum grows with it."""

    @property
    def names(self) -> tuple[str, ...]:
        """Everything drawn that bears on the stream."""
        of_need = [
            name for one in self.needs for name in (*one.gammas, one.eta, *one.rates, one.noise)
        ]
        found = (name for name in (*of_need, self.floor, self.growth) if name)
        return tuple(dict.fromkeys(found))

    @property
    def areas(self) -> int:
        """How many areas it is shared between."""
        return len(self.rules.baseline)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A settlement, ready for draws; plain enough to be sent to any worker."""

    uncertain: Uncertain
    streams: tuple[StreamModel, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Drawn:
    """One stream, settled for every draw."""

    stream: StreamCode
    pence: IntCube
    """Shape (draws, years, areas)."""
    states: States
    """The same shape; numbered as in ``level_kernels``."""
    broken: IntVector
    """Shape (draws,): -1, or the first year for which nothing fits."""

    @property
    def feasible(self) -> NDArray[np.bool_]:
        """Which draws have a settlement in every year."""
        found: NDArray[np.bool_] = self.broken == SETTLED
        return found


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Simulation:
    """Many draws of one settlement."""

    settlement: Settlement
    model: Model
    uncertainty: Uncertainty
    seed: int
    draws: int
    streams: tuple[Drawn, ...]


def simulate(
    desk: Desk,
    settlement: Settlement,
    *,
    draws: int,
    seed: int,
    uncertainty: Uncertainty | None = None,
    executor: Executor | None = None,
    progress: Progress = silent,
) -> Simulation:
    """Settle again for many draws of what is uncertain.

    Parameters
    ----------
    desk : Desk
        It made the settlement.
    draws : int
        How many, one or more.
    seed : int
        The same seed gives the same draws, whoever makes them.
    executor : Executor, optional
        Of threads or processes; this thread does the work when left out.

    Raises
    ------
    DrawsError
        If no draws are asked for, or sums are too large for the compiled loops.
    """
    if draws < 1:
        raise DrawsError(f"{draws} draws were asked for", "Ask for one draw or more.")
    found = uncertainty or Uncertainty()
    model = model_of(desk, settlement, found)
    chunks = list(_chunks(draws, blocks=_by_block(model.uncertain)))
    work = partial(settle_some, model, seed)
    done = []
    for number, part in enumerate((executor.map if executor else map)(work, chunks), 1):
        done.append(part)
        progress(f"Settling {draws:,} draws", number / len(chunks))
    return Simulation(
        settlement=settlement,
        model=model,
        uncertainty=found,
        seed=seed,
        draws=draws,
        streams=tuple(map(_together, zip(*done, strict=True))),
    )


def _by_block(uncertain: Uncertain) -> int:
    return uncertain.blocks * (len(uncertain.rates) + len(uncertain.noise))


def _chunks(draws: int, *, blocks: int) -> Iterator[range]:
    size = max(1, min(LARGEST_CHUNK, CELLS // max(blocks, 1)) // TOGETHER) * TOGETHER
    for first in range(0, draws, size):
        yield range(first, min(first + size, draws))


def _together(parts: Sequence[Drawn]) -> Drawn:
    return Drawn(
        stream=parts[0].stream,
        pence=np.concatenate([one.pence for one in parts]),
        states=np.concatenate([one.states for one in parts]),
        broken=np.concatenate([one.broken for one in parts]),
    )


def settle_some(model: Model, seed: int, which: range) -> tuple[Drawn, ...]:
    """Settle every stream for some draws."""
    chance = draw(model.uncertain, seed, which)
    return tuple(settle_stream(stream, chance, len(which)) for stream in model.streams)


def settle_stream(stream: StreamModel, chance: Chance, draws: int) -> Drawn:
    """Settle one stream for the draws of some chance."""
    needs = np.stack([weights(need, chance, draws, stream.areas) for need in stream.needs])
    return settle_needs(stream.code, _drawn(stream, chance, draws), stream.yearly, needs)


def _drawn(stream: StreamModel, chance: Chance, draws: int) -> Rules:
    """The stream's rules with a floor and quanta for each draw, where these are drawn."""
    rules = stream.rules
    if not stream.floor and not stream.growth:
        return rules
    floors, quanta = (np.repeat(one, draws, axis=0) for one in (rules.floors, rules.quanta))
    if stream.floor:
        floors[:, :, 0] = _millionths(chance[stream.floor])[:, None]
        floors[:, :, 1] = MILLION
    if stream.growth:
        growths = _millionths(chance[stream.growth]).tolist()
        quanta[:] = [[one.quantum(growth) for one in stream.grown] for growth in growths]
    return rules._replace(floors=floors, quanta=quanta)


def _millionths(ratios: FloatVector) -> IntVector:
    """One and each ratio, in whole millionths, so that what follows is exact."""
    found: IntVector = np.rint((1.0 + ratios) * MILLION).astype(np.int64)
    return found


def settle_needs(
    code: StreamCode, rules: Rules, yearly: Sequence[BoundsRule], needs: IntCube
) -> Drawn:
    """Settle one stream for drawn need, of shape (needs, draws, areas)."""
    _, draws, areas = needs.shape
    shape = (draws, len(yearly), areas)
    drawn = Drawn(
        stream=code,
        pence=np.zeros(shape, dtype=np.int64),
        states=np.zeros(shape, dtype=np.int8),
        broken=np.zeros(draws, dtype=np.int64),
    )
    settle_draws(rules, needs, drawn.pence, drawn.states, drawn.broken)
    for at in np.flatnonzero(drawn.broken == GIVEN_UP).tolist():
        _settle_plainly(rules, yearly, needs[:, at], drawn, at)
    return drawn


def weights(need: NeedModel, chance: Chance, draws: int, areas: int) -> NDArray[np.int64]:
    """Need by draw and area. Unit: micro-persons."""
    blocks = len(need.people.area_of)
    rates = (
        np.stack([chance[name] for name in need.rates], axis=1)
        if need.rates
        else np.zeros((draws, 0, blocks))
    )
    noise = chance[need.noise] if need.noise else np.zeros((draws, 0))
    thetas = _thetas(need, chance, draws)
    found: NDArray[np.int64] = weigh_draws(need.people, thetas, rates, noise, need.scale, areas)
    return found


def _thetas(need: NeedModel, chance: Chance, draws: int) -> FloatMatrix:
    """Weights of the components: gammas made to sum to 1, or what eta leaves and eta."""
    if need.gammas:
        gammas = np.stack([chance[name] for name in need.gammas], axis=1)
        thetas: FloatMatrix = gammas / gammas.sum(axis=1, keepdims=True)
        return thetas
    if need.eta:
        eta = chance[need.eta]
        return np.stack([1.0 - eta, eta], axis=1)
    return np.tile(np.array(need.thetas), (draws, 1))


def _settle_plainly(
    rules: Rules, yearly: Sequence[BoundsRule], needs: IntMatrix, drawn: Drawn, at: int
) -> None:
    """Settle one draw with integers of any length."""
    before: Sequence[int] = rules.baseline.tolist()
    of_draw = at if len(rules.quanta) > 1 else 0
    drawn.broken[at] = SETTLED
    for year, rule in enumerate(yearly):
        found = allocate(
            int(rules.quanta[of_draw, year]),
            codes=[f"{area:09d}" for area in range(needs.shape[1])],
            need=needs[rules.need_of_year[year]].tolist(),
            baseline=before,
            entitlements=rules.entitlements[year].tolist(),
            rule=replace(rule, floor=Fraction(*rules.floors[of_draw, year].tolist()) - 1),
        )
        if not isinstance(found, Allocations):
            drawn.broken[at] = year
            return
        drawn.pence[at, year] = before = found.closing
        drawn.states[at, year] = [STATES.index(one) for one in found.certificate.states]


def model_of(desk: Desk, settlement: Settlement, uncertainty: Uncertainty) -> Model:
    """What is uncertain in a settlement, ready for draws.

    Raises
    ------
    DrawsError
        If a sum is too large for the compiled loops.
    """
    work = _Modelling(
        desk=desk,
        settlement=settlement,
        uncertainty=uncertainty,
        gammas={},
        triangles={},
        rates={},
        noise={},
    )
    streams = tuple(work.stream(stream.code) for stream in settlement.formula.streams)
    return Model(
        uncertain=Uncertain(
            gammas=work.gammas,
            triangles=work.triangles,
            rates=work.rates,
            noise=work.noise,
            blocks=len(desk.places.blocks.codes),
        ),
        streams=streams,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Modelling:
    """Gathers what is drawn while it makes the models."""

    desk: Desk
    settlement: Settlement
    uncertainty: Uncertainty
    gammas: dict[str, float]
    triangles: dict[str, tuple[float, float, float]]
    rates: dict[str, Rate]
    noise: dict[str, float]

    def stream(self, code: StreamCode) -> StreamModel:
        years = [one for one in self.settlement.stream_years if one.stream.code == code]
        formula = self.settlement.formula
        needs: dict[int, NeedModel] = {}
        for one in years:
            if id(one.need) not in needs:
                needs[id(one.need)] = self.need(one)
        order = list(needs)
        stream = years[0].stream
        grown = tuple(GrownSum.of(one, formula.opening_year) for one in years)
        most = stream.growth_range[1] if stream.growth_range else Fraction(0)
        return StreamModel(
            code=code,
            needs=tuple(needs.values()),
            rules=_rules(
                years,
                [order.index(id(one.need)) for one in years],
                largest=max(one.quantum(round((1 + most) * MILLION)) for one in grown),
            ),
            yearly=tuple(one.allocations.rule for one in years),
            floor=self.triangle("bounds.floor", formula.rules[0].floor, formula.floor_range),
            growth=self.triangle(
                f"growth.{code}",
                stream.growth(formula.opening_year.next()),
                stream.growth_range,
            ),
            grown=grown,
        )

    def triangle(
        self, name: str, likeliest: Fraction, held: tuple[Fraction, Fraction] | None
    ) -> str:
        """Note what is drawn between the ends of a range; its name, or none without a range."""
        if held is None or held[0] == held[1]:
            return ""
        self.triangles[name] = (float(held[0]), float(likeliest), float(held[1]))
        return name

    def need(self, one: StreamYear) -> NeedModel:
        profile = self.settlement.formula.profile(one.stream)
        scale = float(sum(one.need.micro_persons))
        if one.need.basis == "counted" and isinstance(profile, CountedProfile):
            return self.counted(profile, scale)
        name = profile.head.name
        numbers = [one.need.micro_persons]
        eta, etas = "", (1.0,)
        if (
            isinstance(profile, PublishedProfile)
            and profile.population_basis == "registered"
            and profile.eta_range[0] < profile.eta_range[1]
            and one.need.basis == "registered"
        ):
            found = _published(profile, self.desk.places, one)
            if found:
                numbers, eta = found, f"eta.{name}"
                least, most = map(float, profile.eta_range)
                self.triangles[eta] = (least, float(profile.eta), most)
        noise = ""
        if self.uncertainty.need_cv and one.need.basis != "by_population":
            noise = f"need.{name}"
            self.noise[noise] = self.uncertainty.need_cv
        return NeedModel(
            people=self.people(numbers, [-1] * len(numbers)),
            thetas=etas,
            gammas=(),
            eta=eta,
            rates=(),
            noise=noise,
            scale=scale,
        )

    def counted(self, profile: CountedProfile, scale: float) -> NeedModel:
        numbers, rates, rate_of = list[list[float]](), list[str](), list[int]()
        for component in profile.components:
            counted = self.desk.counts[count_key(profile, component)]
            people = [number / counted.parts for number in counted.numbers]
            numbers.append(people)
            name = f"theta.{profile.head.name}.{component.name}"
            self.gammas[name] = float(component.theta / self.uncertainty.phi)
            rate = None
            if self.uncertainty.has_rates and component.measure in LARGEST:
                rate = _rate(
                    self.desk.places,
                    component.indicator,
                    component.period,
                    component.measure,
                    np.array(people),
                )
            rate_of.append(-1 if rate is None else len(rates))
            if rate is not None:
                rates.append(f"rate.{profile.head.name}.{component.name}")
                self.rates[rates[-1]] = rate
        noise = "population" if self.uncertainty.population_cv else ""
        if noise:
            self.noise[noise] = self.uncertainty.population_cv
        return NeedModel(
            people=self.people(numbers, rate_of),
            thetas=(),
            gammas=tuple(f"theta.{profile.head.name}.{one.name}" for one in profile.components),
            eta="",
            rates=tuple(rates),
            noise=noise,
            scale=scale,
        )

    def people(self, numbers: Sequence[Sequence[float]], rate_of: Sequence[int]) -> People:
        return People(
            np.array(numbers, dtype=np.float64),
            np.array(rate_of, dtype=np.int64),
            np.array(self.desk.plan.area_of, dtype=np.int64),
        )


def _published(
    profile: PublishedProfile, places: Places, one: StreamYear
) -> list[tuple[int, ...]] | None:
    """The two needs that eta weighs, where the package has both."""
    year = one.need.vintages[0].period
    tables = {(table.profile, str(table.year)): table.micro_persons for table in places.need}
    names = ((profile.table, year), (profile.inequalities_table, year))
    if not all(name in tables for name in names):
        return None
    return [tables[name] for name in names]


def _rate(
    places: Places, indicator: str, period: str, measure: str, people: FloatVector
) -> Rate | None:
    """A component's rate with its published limits, or None where there are none."""
    if places.indicators is None:
        return None
    table, rows = places.indicators, places.indicators.values(indicator, period)
    values, deviations = np.zeros(len(people)), np.zeros(len(people))
    more = np.zeros(len(people))
    for block, code in enumerate(places.blocks.codes):
        if code not in rows:
            continue
        row = rows[code]
        value = float(table.value[row])
        width = float(table.upper_ci[row]) - float(table.lower_ci[row])
        counted = LARGEST[measure] - value if measure == "percent_without" else value
        if width > 0 and counted > 0:
            values[block], deviations[block] = value, width / LIMITS_IN_DEVIATIONS
            sign = -1.0 if measure == "percent_without" else 1.0
            more[block] = sign * people[block] / counted
    if not deviations.any():
        return None
    return Rate(values=values, deviations=deviations, least=0.0, most=LARGEST[measure], people=more)


def _rules(years: Sequence[StreamYear], need_of_year: Sequence[int], *, largest: int) -> Rules:
    """What the compiled loops need; ``largest`` is the largest quantum that may be drawn."""
    rules = [one.allocations.rule for one in years]
    found = Rules(
        np.array([[one.quantum.pence for one in years]], dtype=np.int64),
        np.array(need_of_year, dtype=np.int64),
        np.array(years[0].baseline.pence, dtype=np.int64),
        np.array([one.allocations.entitlements for one in years], dtype=np.int64),
        _ratios([1 + rule.floor for rule in rules])[None],
        _ratios(
            [None if rule.ceiling is None else 1 + rule.ceiling for rule in rules], none=(0, 0)
        ),
        _ratios([rule.least_share for rule in rules]),
    )
    code, quantum = years[0].stream.code, max(largest, int(found.quanta.max()))
    need = max(sum(one.need.micro_persons) for one in years)
    part, of = found.least_shares.max(axis=0).tolist()
    if quantum >= LARGEST_SUM or quantum * part >= LARGEST_PRODUCT or need * of >= LARGEST_PRODUCT:
        raise DrawsError(
            f"stream '{code}' shares {quantum}p between {need // MICRO} people, and such numbers, "
            "times its least share of target, are too long for exact draws",
            "Write the share with fewer decimals.",
        )
    return found


def _ratios(
    values: Sequence[Fraction | None], *, none: tuple[int, int] = (0, 1)
) -> NDArray[np.int64]:
    """Ratios as whole numbers above and below."""
    found = [none if value is None else value.as_integer_ratio() for value in values]
    longest = max(max(pair) for pair in found)
    if longest > LARGEST_RATIO:
        raise DrawsError(
            f"a bound is a ratio of numbers as long as {longest}",
            "Write bounds with nine decimals or fewer.",
        )
    return np.array(found, dtype=np.int64)
