"""Read a criteria file and check it against a places package.

In:        a TOML file and the ``Places`` that it will judge.
Out:       ``Criteria``; or one ``CriteriaError`` with every fault.
Source:    docs/reference/criteria.md.
"""

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np

from folkmoot.readers.tables import Faults, nearest
from folkmoot.vocabulary.criteria import (
    ROLES,
    Criteria,
    GeographyCriterion,
    NeedCriterion,
    Role,
)
from folkmoot.vocabulary.errors import CriteriaError
from folkmoot.vocabulary.places import Places

SHARE_TOLERANCE = 0.001
"""How far a block's shares in one geography may sum from 1."""

KEYS: Mapping[str, tuple[str, ...]] = {
    "": ("areas", "atoms", "population", "weights", "limits", "geography", "need"),
    "population": ("min", "max"),
    "weights": ("inertia", "need", "flow"),
    "limits": ("coterminosity_no_worse_than",),
    "geography": ("name", "role", "weight"),
    "need": ("indicator", "column", "weight"),
}


def read_criteria(path: Path, places: Places, *, areas: int | None = None) -> Criteria:
    """Read a criteria file for use with one package.

    Parameters
    ----------
    areas : int, optional
        Stands in for the file's ``areas`` everywhere.

    Raises
    ------
    CriteriaError
        Every fault: of the file's form, and of what it asks of this package.
    """
    faults = Faults()
    try:
        content = path.read_bytes()
        document = tomllib.loads(content.decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        faults.add(path.name, f"it is not a TOML file ({error}).", "Mend it there.")
        raise CriteriaError(str(path), faults.found) from None
    if areas is not None:
        document["areas"] = areas
    criteria = _Reading(file=path.name, places=places, faults=faults).criteria(document)
    if faults.found:
        raise CriteriaError(str(path), faults.found)
    return Criteria(**criteria, sha256=hashlib.sha256(content).hexdigest())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """One criteria file as it is read: each method checks one part and notes its faults."""

    file: str
    places: Places
    faults: Faults

    def fault(self, key: str, problem: str, mend: str) -> None:
        self.faults.add(self.file, problem, mend, column=key)

    def criteria(self, document: Mapping[str, Any]) -> dict[str, Any]:
        self.keys("", document)
        population = self.table(document, "population")
        weights = self.table(document, "weights")
        limits = self.table(document, "limits")
        geographies = self.geographies(document)
        needs = self.needs(document)
        read = {
            "areas": self.whole(document, "areas", least=1),
            "atoms": self.atoms(document),
            "minimum_population": self.whole(population, "min", least=0, within="population"),
            "maximum_population": self.whole(population, "max", least=1, within="population"),
            "geographies": geographies,
            "needs": needs,
            "inertia_weight": self.weight(weights, "inertia", "weights", default=0.0),
            "need_weight": self.weight(weights, "need", "weights", default=0.0),
            "flow_weight": self.weight(weights, "flow", "weights", default=0.0),
            "coterminosity_no_worse_than": self.limit(limits),
        }
        if not self.faults.found:
            self.bounds(read)
            self.weights(read)
        return read

    def keys(self, table: str, found: Mapping[str, Any]) -> None:
        for key in found:
            if key not in KEYS[table]:
                where = f"[{table}] " if table else ""
                self.fault(
                    key,
                    f"{where}'{key}' is not a key.",
                    nearest(key, KEYS[table]) or "Drop it.",
                )

    def table(self, document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        found = document.get(name, {})
        if not isinstance(found, dict):
            self.fault(name, f"'{name}' is not a table.", f"Write [{name}] and its keys below.")
            return {}
        self.keys(name, found)
        return found

    def tables(self, document: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
        found = document.get(name, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            self.fault(name, f"'{name}' is not a list of tables.", f"Write [[{name}]] for each.")
            return ()
        for one in found:
            self.keys(name, one)
        return found

    def whole(self, table: Mapping[str, Any], key: str, *, least: int, within: str = "") -> int:
        value = table.get(key)
        where = f"[{within}] {key}" if within else key
        if key not in table:
            self.fault(key, f"'{where}' is missing.", "Write a whole number.")
        elif not isinstance(value, int) or isinstance(value, bool) or value < least:
            self.fault(key, f"'{where}' is {value!r}.", f"Write a whole number, {least} or more.")
        else:
            return value
        return least

    def weight(
        self, table: Mapping[str, Any], key: str, within: str, default: float | None = None
    ) -> float:
        value = table.get(key, default)
        if value is None:
            self.fault(key, f"'{within}' has no '{key}'.", "Write a number, 0 or more.")
        elif not isinstance(value, int | float) or isinstance(value, bool):
            self.fault(key, f"'{key}' of '{within}' is {value!r}.", "Write a number, 0 or more.")
        elif not isfinite(value) or value < 0:
            self.fault(
                key,
                f"'{key}' of '{within}' is {value}, and lower is always better.",
                "Write a number, 0 or more.",
            )
        else:
            return float(value)
        return 0.0

    def atoms(self, document: Mapping[str, Any]) -> tuple[str, ...]:
        names = document.get("atoms", [])
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            self.fault("atoms", "'atoms' is not a list of names.", 'Write atoms = ["name"].')
            return ()
        for name in names:
            self.known_geography("atoms", name)
        self.once("atoms", names)
        return tuple(names)

    def known_geography(self, key: str, name: str) -> bool:
        if name in self.places.geographies:
            return True
        has = ", ".join(sorted(self.places.geographies)) or "no geography"
        self.fault(
            key,
            f"the package '{self.places.name}' has no geography '{name}'.",
            f"It has: {has}. {nearest(name, self.places.geographies)}",
        )
        return False

    def once(self, key: str, names: Sequence[str]) -> None:
        for name in sorted({name for name in names if names.count(name) > 1}):
            self.fault(key, f"'{name}' stands twice.", "Keep one.")

    def geographies(self, document: Mapping[str, Any]) -> tuple[GeographyCriterion, ...]:
        found = self.tables(document, "geography")
        if not found:
            self.fault("geography", "no geography is named.", "Write at least one [[geography]].")
        read = []
        for one in found:
            name, role = one.get("name"), one.get("role")
            if not isinstance(name, str):
                self.fault("name", "a [[geography]] has no 'name'.", "Name one of the package's.")
                continue
            if self.known_geography("name", name):
                self.shares(name)
            weight = self.weight(one, "weight", name)
            read.append(GeographyCriterion(name=name, role=self.role(name, role), weight=weight))
        self.once("geography", [one.name for one in read])
        return tuple(read)

    def role(self, name: str, role: object) -> Role:
        for known in ROLES:
            if role == known:
                return known  # type: ignore[return-value]  # ROLES are the values of Role
        self.fault(
            "role",
            f"the role of '{name}' is {role!r}.",
            f"Write one of: {', '.join(ROLES)}.",
        )
        return "other"

    def shares(self, name: str) -> None:
        geography = self.places.geographies[name]
        total = np.bincount(
            geography.block, weights=geography.share, minlength=len(self.places.blocks)
        )
        for block in np.flatnonzero((total > 0) & (abs(total - 1) > SHARE_TOLERANCE)):
            self.fault(
                name,
                f"the shares of block {self.places.blocks.codes[block]} in '{name}' sum to "
                f"{total[block]:.6g}, not 1.",
                "Mend them in 'memberships', or drop this geography.",
            )

    def needs(self, document: Mapping[str, Any]) -> tuple[NeedCriterion, ...]:
        read = []
        for one in self.tables(document, "need"):
            indicator, column = one.get("indicator"), one.get("column")
            if (indicator is None) == (column is None):
                self.fault(
                    "need",
                    "a [[need]] names both or neither of 'indicator' and 'column'.",
                    "Name one of them.",
                )
                continue
            if not isinstance(indicator if column is None else column, str):
                self.fault("need", f"{indicator or column!r} is not a name.", "Put it in quotes.")
                continue
            weight = self.weight(one, "weight", str(indicator or column))
            need = NeedCriterion(indicator=indicator, column=column, weight=weight)
            self.check_need(need)
            read.append(need)
        return tuple(read)

    def check_need(self, need: NeedCriterion) -> None:
        known = self.known_needs(need)
        if need.name not in known:
            kind = "indicator" if need.indicator else "column of blocks"
            self.fault(
                need.name,
                f"the package has no {kind} '{need.name}'.",
                nearest(need.name, known),
            )
            return
        figures = self.places.figures(indicator=need.indicator, column=need.column)
        blank = [self.places.blocks.codes[block] for block in np.flatnonzero(np.isnan(figures))]
        if blank:
            shown = ", ".join(blank[:10]) + (
                f" and {len(blank) - 10} more" if len(blank) > 10 else ""
            )
            self.fault(
                need.name,
                f"'{need.name}' has no value for {len(blank)} block(s): {shown}.",
                "Choose a need that every block, or its upper tier or region, has.",
            )
        elif len(figures) > 1 and np.ptp(figures) == 0:
            self.fault(
                need.name,
                f"'{need.name}' is the same everywhere, so it tells nothing apart.",
                "Choose another.",
            )

    def known_needs(self, need: NeedCriterion) -> set[str]:
        if need.column is not None:
            return set(self.places.blocks.columns)
        return set(self.places.indicators.indicator) if self.places.indicators else set()

    def limit(self, limits: Mapping[str, Any]) -> str | None:
        name = limits.get("coterminosity_no_worse_than")
        if name is None:
            return None
        if not isinstance(name, str):
            self.fault(
                "coterminosity_no_worse_than",
                f"{name!r} is not a name.",
                "Put it in quotes.",
            )
            return None
        self.known_geography("coterminosity_no_worse_than", name)
        return name

    def bounds(self, read: Mapping[str, Any]) -> None:
        areas, blocks, people = (
            read["areas"],
            len(self.places.blocks),
            self.places.population,
        )
        least, most = read["minimum_population"], read["maximum_population"]
        if areas > blocks:
            self.fault(
                "areas",
                f"{areas} areas cannot be made of {blocks} block(s).",
                f"Ask for {blocks} or fewer.",
            )
        if least > most:
            self.fault(
                "min",
                f"the least people, {least:,}, exceeds the most, {most:,}.",
                "Swap them.",
            )
            return
        fewest, greatest = (
            -(-people // most),
            min(blocks, people // least if least else blocks),
        )
        if not fewest <= areas <= greatest:
            would = (
                f"{fewest} to {greatest} areas would"
                if fewest <= greatest
                else "no number of areas would, so widen the bounds"
            )
            self.fault(
                "areas",
                f"{people:,} people cannot live in {areas} area(s) of {least:,} to {most:,} each.",
                f"Change 'areas' or [population]: with these bounds {would}.",
            )

    def weights(self, read: Mapping[str, Any]) -> None:
        needs = [need.weight for need in read["needs"]]
        weights = [one.weight for one in read["geographies"]]
        weights += [read["inertia_weight"], read["need_weight"], read["flow_weight"]]
        if not any(weights):
            self.fault("weights", "every weight is 0, so all plans are equal.", "Raise one.")
        if read["need_weight"] > 0 and not any(needs):
            self.fault(
                "need",
                "need has a weight, but no [[need]] has one.",
                "Add one, or set need = 0.",
            )
        if read["flow_weight"] > 0 and (
            self.places.flows is None or not self.places.flows.commuters.sum()
        ):
            self.fault(
                "flow",
                f"the package '{self.places.name}' has no 'flows'.",
                "Set flow = 0, or add them.",
            )
