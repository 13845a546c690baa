"""Which areas of a division are like each other, by features that are published with them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from folkmoot.outcomes.division import Division
from folkmoot.outcomes.indicators import OLDEST, indicators
from folkmoot.outcomes.measured import Ground, measure, people_of_ages
from folkmoot.outcomes.neighbours import Neighbour, neighbours
from folkmoot.parameters.reader import packaged
from folkmoot.vocabulary.arrays import FloatVector


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """The nearest areas of each area, and by what they were chosen."""

    nearest: Mapping[str, tuple[Neighbour, ...]]
    weights: Mapping[str, float]
    """Weight of each feature, by its name."""


def likeness(ground: Ground, division: Division, *, k: int | None = None) -> Likeness | None:
    """Find the areas most like each area of a division.

    Parameters
    ----------
    k : int, optional
        How many; those of parameters/outcomes.toml unless said otherwise, and never more than
        half of the others.

    Returns
    -------
    Likeness or None
        None where there are too few areas to choose from.
    """
    section = packaged("outcomes.toml").section("neighbours")
    wanted = section.whole("number", least=1) if k is None else k
    most = (len(division.codes) - 1) // 2
    if most < 1:
        return None
    weights = section.section("weights")
    asked = {name: float(weights.ratio(name, least=0)) for name in weights.values}
    found = dict(_features(ground, division, list(asked)))
    kept = {name: values for name, values in found.items() if np.ptp(values) > 0}
    if not kept:
        return None
    named = {name: _in_words(ground, name) for name in kept}
    return Likeness(
        nearest=neighbours(
            np.column_stack(list(kept.values())),
            division.codes,
            [named[name] for name in kept],
            k=min(wanted, most),
            weights=[asked[name] for name in kept],
        ),
        weights={named[name]: asked[name] for name in kept},
    )


def _features(
    ground: Ground, division: Division, names: Sequence[str]
) -> Iterator[tuple[str, FloatVector]]:
    """Each feature that the package has for every area."""
    places = ground.places
    people = places.blocks.population @ division.shares
    area = places.blocks.area_km2 @ division.shares
    known = {one.code: one for one in indicators(places) if one.kind != "median"}
    for name in names:
        if name == "log_people":
            yield name, np.log(np.maximum(people, 1.0))
        elif name == "log_density":
            if (area > 0).all():
                yield name, np.log(np.maximum(people, 1.0) / area)
        elif name in AGES:
            if places.populations_single_year is not None:
                of_age = people_of_ages(places, AGES[name]) @ division.shares
                yield name, of_age / np.maximum(people, 1.0)
        elif name in known and ground.periods(name):
            values = measure(ground, division, known[name], minimum_coverage=0.5).value[-1]
            if np.isfinite(values).all():
                yield name, values


AGES = {"under_16": (0, 15), "65_and_over": (65, OLDEST)}

WORDS = {
    "log_people": "number of people",
    "log_density": "people per square kilometre",
    "under_16": "share under 16",
    "65_and_over": "share 65 and over",
}


def _in_words(ground: Ground, name: str) -> str:
    named = {one.code: one.name for one in indicators(ground.places)}
    return WORDS.get(name, named.get(name, name))
