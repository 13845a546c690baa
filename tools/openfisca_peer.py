"""Time openfisca-france-dotations-locales at one grant of many communes, as a peer of the desk.

Run:   .venv/openfisca/bin/python tools/openfisca_peer.py COMMUNES (``tools/funding_bench.py`` does)
Out:   seconds of the fastest of five runs, on standard output.
Rule:  it runs alone: the peer is AGPL and needs an older numpy, so nothing imports it. Made-up
       communes; the grant is the lump sum of the French general grant, capped for the richest.
"""

import sys
import time
import warnings
from typing import Any

import numpy as np
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_france_dotations_locales import CountryTaxBenefitSystem

GRANT, YEAR, RUNS = "dotation_forfaitaire", "2024", 5


def main(communes: int) -> None:
    """Print how long one question takes, its simulation made beforehand."""
    warnings.simplefilter("ignore")  # the made-up communes have no past to divide by
    system = CountryTaxBenefitSystem()
    print(min(timed(simulation(system, communes)) for _ in range(RUNS)))


def simulation(system: Any, communes: int) -> Any:  # noqa: ANN401 - the peer has no types
    """Communes with people and a fiscal potential, ready to be asked."""
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("commune", range(communes))
    state = builder.declare_entity("etat", ["fr"])
    builder.join_with_persons(state, ["fr"] * communes, ["commune"] * communes)
    made = builder.build(system)
    chance = np.random.default_rng(1)
    people = chance.lognormal(6.3, 1.2, communes).astype(int) + 20
    for name, values in (
        ("population_insee", people),
        ("population_dgf", people),
        ("potentiel_financier", people * chance.normal(900.0, 200.0, communes).clip(50.0)),
    ):
        made.set_input(name, YEAR, values)
    return made


def timed(made: Any) -> float:  # noqa: ANN401 - as above
    """Seconds of one question."""
    start = time.perf_counter()
    made.calculate(GRANT, YEAR)
    return time.perf_counter() - start


if __name__ == "__main__":
    main(int(sys.argv[1]))
