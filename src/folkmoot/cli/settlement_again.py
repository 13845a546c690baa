"""Open a settlement folder to ask more of it: settle it again, and see that it is the same.

In:        a folder that ``funding settle`` wrote, and the package that it was made from.
Out:       the settlement and the desk that made it.
Not here:  the figures in the folder (``settlement_folder``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from folkmoot.areas.names import name_areas
from folkmoot.cli.inputs import given_places
from folkmoot.exhibits.publication import PARAMETERS, inputs_text, settlement_text
from folkmoot.funding.errors import PublicationError
from folkmoot.funding.formula_file import read_formula
from folkmoot.funding.settlement import Desk, Settlement
from folkmoot.readers.area_plan import read_area_plan
from folkmoot.vocabulary.codes import AreaCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A settlement that can be asked more."""

    desk: Desk
    settlement: Settlement
    names: Mapping[AreaCode, str]
    """What people call each area."""

    def named(self, area: str) -> dict[str, str]:
        """An area's code and name, as the first columns of a table."""
        return {"area": area, "name": self.names[AreaCode(area)]}


def opened(folder: Path, package: Path | None) -> Opened:
    """Settle a folder again.

    Raises
    ------
    PublicationError
        If the folder lacks its formula or areas, was made from other files than the package
        has, or holds other figures than those that follow from them.
    """
    try:
        known_inputs = (folder / "inputs.json").read_text(encoding="utf-8")
        known = (folder / "settlement.csv").read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise PublicationError(
            folder,
            f"cannot be read ({error})",
            "Name a folder that 'folkmoot funding settle --out' wrote.",
        ) from error
    places = given_places(package)
    if inputs_text(places) != known_inputs:
        raise PublicationError(
            folder,
            f"was made from other files than the package '{places.name}' holds now, so a "
            "comparison would not be of like with like",
            "Name its package with --places DIR, or settle anew with 'folkmoot funding settle'.",
        )
    formula = read_formula(folder / PARAMETERS)
    plan = read_area_plan(folder, places)
    desk = Desk.of(plan, places, formula)
    settlement = desk.settle(formula)
    if settlement_text(settlement) != known:
        raise PublicationError(
            folder,
            "does not follow from its own formula and areas",
            "See what differs with 'folkmoot funding verify', or settle anew.",
        )
    return Opened(desk=desk, settlement=settlement, names=name_areas(plan, places))
