"""Read tables of GP practices, and the places that somebody made of them.

In:        a practice table as its publishers lay it out, in any generation of their place
           tool, or the tidy table of several years; the places that the tool saved (JSON).
Out:       one ``PracticeTable`` a year; ``DeclaredPlace`` values in their declared order.
Not here:  what the tool makes of blanks, zeros and sums (``funding.place_index``).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from folkmoot.readers.tables import Faults, Table, nearest, read_bytes, read_table
from folkmoot.vocabulary.errors import PracticesError, SavedPlacesError
from folkmoot.vocabulary.practices import DeclaredPlace, PracticeTable

ORDER = "places"
"""Key of a file of saved places under which their names stand in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What the columns of one kind of practice table are called."""

    generation: str
    code: str
    icb: str
    figures: tuple[str, ...]
    """In the order of ``vocabulary.practices.FIGURES``."""
    year: str | None = None
    icb_name: str | None = None
    """May be there; names say more than codes."""

    def columns(self) -> tuple[str, ...]:
        """Every column that must be there."""
        return (*((self.year,) if self.year else ()), self.code, self.icb, *self.figures)


def _published(generation: str, icb: str, registered: str, core: str) -> Layout:
    weights = ("G&A WP", "CS WP", "MH WP", "Mat WP", "Prescr WP", core)
    last = ("Final PMC WP", "Primary Medical Care WP", "Health Ineq WP")
    return Layout(
        generation=generation,
        code="Practice_Code",
        icb=icb,
        figures=(registered, *weights, *last),
    )


LAYOUTS = (
    _published("v1", "ICS22name", "pop 2022/23", "Final WP"),
    _published("v3", "ICBname", "Population", "Final WP"),
    _published("v3", "ICBname", "Registered Patients", "Core WP"),
    Layout(
        generation="",
        year="allocation_year",
        code="practice_code",
        icb="icb_ods_code",
        icb_name="icb_name",
        figures=(
            "registered_population",
            "wp_general_and_acute",
            "wp_community",
            "wp_mental_health",
            "wp_maternity",
            "wp_prescribing",
            "wp_core_services_overall",
            "wp_primary_medical_care_overall",
            "wp_primary_medical_care_need",
            "wp_health_inequalities",
        ),
    ),
)
"""The publishers' files of 2023-25, 2025-26 and 2026-29, and the tidy table of all years."""


def read_practices(
    path: Path, *, years: Sequence[str] = (), icb_names: Path | None = None
) -> tuple[PracticeTable, ...]:
    """Read a table of GP practices, one value a year.

    Parameters
    ----------
    path : Path
        A CSV file, in UTF-8 with or without a byte-order mark. A publishers' file holds one
        year and does not say which, so the name of the file stands for it.
    years : sequence of str
        Years to take from a table that holds several, as it writes them; none: all.
    icb_names : Path, optional
        A CSV file with the columns 'icb_ods_code' and 'icb_name', for the tidy table, which
        has the codes of integrated care boards and not their names.

    Returns
    -------
    tuple of PracticeTable
        In order of year.

    Raises
    ------
    PracticesError
        With every fault of the files.
    """
    faults = Faults()
    names = {} if icb_names is None else _icb_names(icb_names, faults)
    table = read_table(path, faults)
    if table is None:
        raise PracticesError(str(path), faults.found)
    layout = max(LAYOUTS, key=lambda one: sum(name in table.columns for name in one.columns()))
    tables: tuple[PracticeTable, ...] = ()
    if table.has(*layout.columns()):
        tables = tuple(_by_year(table, layout, path, years, names))
    if faults.found:
        raise PracticesError(str(path), faults.found)
    return tables


def _icb_names(path: Path, faults: Faults) -> dict[str, str]:
    table = read_table(path, faults)
    if table is None or not table.has("icb_ods_code", "icb_name"):
        return {}
    table.once(("icb_ods_code",))
    return dict(zip(table.text("icb_ods_code"), table.text("icb_name"), strict=True))


def _by_year(
    table: Table, layout: Layout, path: Path, years: Sequence[str], names: Mapping[str, str]
) -> Iterator[PracticeTable]:
    stem = path.name.removesuffix(".gz").removesuffix(".csv")
    year_of = table.text(layout.year) if layout.year else [stem] * len(table)
    table.once((layout.year, layout.code) if layout.year else (layout.code,))
    codes, icbs = table.text(layout.code), _icbs(table, layout, names)
    what = "a number of persons, 0 or more"
    figures = np.column_stack(
        [table.floats(name, required=False, least=0.0, what=what) for name in layout.figures]
    )
    known = sorted(set(year_of))
    if not known:
        table.faults.add(table.file, "the table has no practice.", "Add a row for each.")
    for year in years if layout.year else ():
        if year not in known:
            problem = f"the table has no practice of the year '{year}'."
            table.faults.add(table.file, problem, f"Name another. {nearest(year, known)}")
    for year in known:
        if not (layout.year and years) or year in years:
            rows = [row for row, one in enumerate(year_of) if one == year]
            yield PracticeTable(
                year=year,
                codes=tuple(codes[row] for row in rows),
                icbs=tuple(icbs[row] for row in rows),
                figures=figures[rows],
                generation=layout.generation,
            )


def _icbs(table: Table, layout: Layout, names: Mapping[str, str]) -> list[str]:
    """Boards by name where the table or the list of names has it, otherwise by code."""
    if layout.icb_name in table.columns:
        return table.text(layout.icb_name)
    codes = table.text(layout.icb)
    for code in sorted(set(codes) - set(names) - {""}) if names and layout.icb_name else ():
        table.fault(
            codes.index(code),
            layout.icb,
            f"the list of names has no board '{code}'.",
            "Add it to the list.",
        )
    return [names.get(code, code) for code in codes]


def read_saved_places(path: Path) -> tuple[DeclaredPlace, ...]:
    """Read the places that the publishers' tool saved.

    The file is JSON: ``{"Our place": {"gps": ["CODE: NAME", …], "icb": "name"}, …,
    "places": ["Our place", …]}``. As in the tool, only the places listed under 'places' count,
    in that order; what follows the code of a practice is for people.

    Raises
    ------
    SavedPlacesError
        With every fault.
    """
    faults = Faults()
    saved = _object(path, faults)
    order = saved.get(ORDER, [])
    if not faults.found and (not isinstance(order, list) or not order):
        faults.add(
            path.name,
            "it lists no places.",
            f'Add "{ORDER}": [names in order].',
        )
        order = []
    places = [_place(path.name, name, saved, faults) for name in order]
    for name in sorted({str(name) for name in order if order.count(name) > 1}):
        faults.add(path.name, f"'{name}' is listed twice under '{ORDER}'.", "List it once.")
    if faults.found:
        raise SavedPlacesError(str(path), faults.found)
    return tuple(places)


def _object(path: Path, faults: Faults) -> dict[str, Any]:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        for name in sorted({name for name, _ in pairs if [n for n, _ in pairs].count(name) > 1}):
            faults.add(path.name, f"'{name}' is defined twice.", "Rename or drop one.")
        return dict(pairs)

    mend = "Save the places again from the tool, or write them as the how-to shows."
    try:
        saved = json.loads(read_bytes(path).decode("utf-8-sig"), object_pairs_hook=once)
    except OSError as error:
        faults.add(path.name, f"the file cannot be read ({error.strerror}).", "Correct the path.")
    except UnicodeDecodeError as error:
        faults.add(path.name, f"the file is not UTF-8 text (byte {error.start}).", mend)
    except json.JSONDecodeError as error:
        faults.add(path.name, f"the file is not JSON ({error.msg}).", mend, row=error.lineno)
    else:
        if isinstance(saved, dict):
            return saved
        faults.add(path.name, "it is not a JSON object of places.", mend)
    return {}


def _place(file: str, name: object, saved: Mapping[str, Any], faults: Faults) -> DeclaredPlace:
    """One place; what is wrong with it is noted, and an empty part stands for it."""
    found = saved.get(name) if isinstance(name, str) and name != ORDER else None
    if not isinstance(found, dict):
        faults.add(
            file,
            f"'{name}' is listed under '{ORDER}' and not defined.",
            f'Add it as {{"gps": ["CODE: NAME", …], "icb": "name"}}, or drop it from \'{ORDER}\'.',
        )
        return DeclaredPlace(name=str(name), icb="", practices=())
    icb = found.get("icb")
    if not isinstance(icb, str) or not icb.strip():
        problem = f"place '{name}' names no integrated care board."
        faults.add(file, problem, "Give its name under 'icb'.")
    codes = _codes(file, str(name), found.get("gps"), faults)
    return DeclaredPlace(name=str(name), icb=str(icb).strip(), practices=codes)


def _codes(file: str, place: str, listed: object, faults: Faults) -> tuple[str, ...]:
    if not isinstance(listed, list):
        problem = f"place '{place}' has no list of practices."
        faults.add(file, problem, "List them under 'gps', each as 'CODE: NAME'.")
        return ()
    codes = [one.partition(":")[0].strip() if isinstance(one, str) else "" for one in listed]
    for number, code in enumerate(codes, 1):
        if not code:
            problem = f"practice {number} of place '{place}' has no code."
            faults.add(file, problem, "Write it as 'CODE: NAME'.")
    return tuple(codes)
