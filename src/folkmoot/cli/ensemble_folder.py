"""An ensemble as a folder: tables, drawings and a record, the same bytes for the same ensemble."""

from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

from folkmoot.areas.ensemble import BORDER_COLUMNS, Ensemble
from folkmoot.areas.front import Front
from folkmoot.cli.console import csv_text
from folkmoot.exhibits.certainty import certainty_map
from folkmoot.exhibits.trade_off import front_chart
from folkmoot.geography.outlines import pair_borders
from folkmoot.plan.tables import as_json
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode
from folkmoot.vocabulary.errors import OutputFolderError
from folkmoot.vocabulary.places import Places

RECORD = "ensemble.json"
DECIMALS = 9
"""Of a measure: finer than any difference that is told apart."""


def check_output(folder: Path, *, force: bool) -> None:
    """Refuse a folder that holds anything but an ensemble that may be replaced.

    Raises
    ------
    OutputFolderError
        If something else is there, or ``force`` is not given.
    """
    if not folder.exists():
        return
    is_ours = force and (folder / RECORD).is_file()
    if not folder.is_dir() or (any(folder.iterdir()) and not is_ours):
        raise OutputFolderError(folder)


def texts(
    found: Ensemble, places: Places, names: Mapping[AreaCode, str], *, seed: int
) -> dict[str, str]:
    """Every file, by name; those of the front only where one was traced."""
    borders = pair_borders(places)
    labelled = _labelled(found)
    measures = tuple(found.value)
    files = {
        "plans.csv": csv_text(
            ("block", *labelled),
            zip(
                places.blocks.codes,
                *([one.areas[n] for n in one.area_of] for one in labelled.values()),
                strict=True,
            ),
        ),
        "measures.csv": csv_text(
            ("plan", *measures),
            (
                (label, *(_rounded(one[name]) for name in measures))
                for label, one in zip(labelled, _values(found), strict=True)
            ),
        ),
        "borders.csv": csv_text(BORDER_COLUMNS, (one.row() for one in found.borders)),
        "areas.csv": csv_text(
            ("area", "name", "kept_ratio", "certainty"),
            (
                (one.area, names[one.area], round(one.kept_ratio, 6), round(one.certainty, 6))
                for one in found.areas
            ),
        ),
        "borders.geojson": as_json(_features(found, places, borders), indent=None),
        "borders.svg": certainty_map(found, places, names, borders) + "\n",
        RECORD: as_json(record(found, seed=seed)),
    }
    if found.front is not None:
        labels = _front_labels(found)
        files["front.csv"] = csv_text(
            ("plan", *found.front.measures, "F", "is_proven"),
            (
                (
                    label,
                    *(_rounded(point.values[name]) for name in (*found.front.measures, "F")),
                    int(point.is_proven),
                )
                for label, point in zip(labels, found.front.points, strict=True)
            ),
        )
        files["front.svg"] = front_chart(found.front, found.value, labels) + "\n"
    return files


def record(found: Ensemble, *, seed: int) -> dict[str, object]:
    """What an ensemble says, but for its tables."""
    return {
        "folkmoot": version("folkmoot"),
        "seed": seed,
        "method": (
            "The cheapest plans of whole atoms at prices of borders drawn by chance, F near the "
            "best. Good plans that are far apart: not a sample in which every plan is as likely "
            "as another, so no share is a probability."
        ),
        "plan_is_given": found.is_given,
        "tolerance": found.tolerance,
        "least": found.least,
        "bound": found.bound,
        "plans": len(found.plans),
        "draws": found.draws,
        "borders_settled_differently": found.differing,
        "standings": [
            {
                "measure": one.measure,
                "value": one.value,
                "rank": one.rank,
                "least": one.least,
                "median": one.median,
                "most": one.most,
            }
            for one in found.standings
        ],
        "front": None if found.front is None else _front_record(found, found.front),
    }


def _front_record(found: Ensemble, traced: Front) -> dict[str, object]:
    beaten = traced.beating(found.value)
    return {
        "measures": traced.measures,
        "points": len(traced.points),
        "proven": sum(point.is_proven for point in traced.points),
        "is_complete": traced.is_complete,
        "resolution": traced.resolution,
        "searches": traced.searches,
        "open_zones": traced.open_zones,
        "plan_is_beaten": None
        if beaten is None
        else {"by": _front_labels(found)[beaten.point], "less": beaten.by},
    }


def _front_labels(found: Ensemble) -> list[str]:
    return [f"f{number:02d}" for number in range(1, len(found.front_plans) + 1)]


def _labelled(found: Ensemble) -> dict[str, AreaPlan]:
    """The plan that is judged, those that were drawn and those on the front."""
    drawn = {f"e{number:02d}": one for number, one in enumerate(found.plans, 1)}
    traced = dict(zip(_front_labels(found), found.front_plans, strict=True))
    return {"plan": found.plan, **drawn, **traced}


def _values(found: Ensemble) -> Iterator[Mapping[str, float]]:
    yield found.value
    yield from found.values
    if found.front is not None:
        yield from (point.values for point in found.front.points)


def _features(
    found: Ensemble, places: Places, borders: tuple[Mapping[str, object] | None, ...]
) -> dict[str, object]:
    called = dict(zip(places.blocks.codes, places.blocks.names, strict=True))
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": outline,
                "properties": {
                    **dict(zip(BORDER_COLUMNS, one.row(), strict=True)),
                    "name_a": called[one.block_a],
                    "name_b": called[one.block_b],
                },
            }
            for one, outline in zip(found.borders, borders, strict=True)
        ],
    }


def _rounded(value: float) -> float:
    return round(value, DECIMALS) + 0.0
