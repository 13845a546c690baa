"""A small devolution plan, made by hand: three areas, six blocks, two streams, two years.

Its figures are round on purpose, so that a test can say what a page must show.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from folkmoot.plan.folder import write_plan

LABEL = "modelled baseline, not actual spending; 2016-17 pounds"
COUNT_LABEL = "by population: this package has no need data; 2016-17 pounds"
AREAS = {"A01": "Northmarch", "A02": "Midvale", "A03": "Southmere with the Isles & Upper Firholme"}
BLOCKS = {
    # block: name, area, population, area_km2
    "B1": ("Alderby", "A01", 400_000, 120.5),
    "B2": ("Birchford", "A01", 200_000, 310.25),
    "B3": ("Cedarham", "A02", 500_000, 95.0),
    "B4": ("Cedar Vale", "A02", 100_000, 80.0),
    "B5": ("Élmstow", "A03", 250_000, 400.0),
    "B6": ("Firholme", "A03", 150_000, 60.0),
}
POPULATION = {"A01": 600_000, "A02": 600_000, "A03": 400_000}
YEARS = ("2026-27", "2027-28")
STREAMS = {"health": ("Health", LABEL), "skills": ("Skills", COUNT_LABEL)}
PENCE = {
    # area, stream: one figure a year; the odd penny is A01's
    ("A01", "health"): (100_000_000_001, 100_000_000_001),
    ("A02", "health"): (100_000_000_000, 100_000_000_000),
    ("A03", "health"): (70_000_000_000, 70_000_000_000),
    ("A01", "skills"): (3_000_000_000, 3_100_000_000),
    ("A02", "skills"): (3_000_000_000, 2_950_000_000),
    ("A03", "skills"): (2_000_000_000, 1_950_000_000),
}
FUNCTIONS = {
    "hospital-care": ("Hospital care", "health", "devolve", "No reason to keep it was found."),
    "adult-skills": ("Adult skills", "skills", "devolve", "No reason to keep it was found."),
    "rare-disease": ("Rare diseases", "health", "retain", "Too rare for a local market."),
}
COMMISSIONERS = {
    "nhs": ("National health board", "present"),
    "skills-office": ("National skills office", "present"),
    "centre": ("The centre", "centre"),
    **{f"body-{code}": (f"{name} Commissioning Body", "body") for code, name in AREAS.items()},
}
Rows = list[dict[str, object]]


def write_plan_folder(folder: Path, *, changes: Mapping[str, object] | None = None) -> Path:
    """Write the plan; ``changes`` are texts by file name, or values of plan.json by key."""
    texts = plan_texts()
    record = json.loads(texts["plan.json"])
    for name, value in (changes or {}).items():
        if name in texts:
            texts[name] = str(value)
        else:
            record[name] = value
    texts["plan.json"] = json.dumps(record)
    write_plan(folder, texts, title="Threeland", check=lambda _draft: None)
    return folder


def plan_texts() -> dict[str, str]:
    """Every file of the plan's folder, by name."""
    return {
        **{f"{name}.csv": as_csv(rows) for name, rows in _tables().items()},
        "areas.geojson": json.dumps(_outlines()),
        "plan.json": json.dumps(_record()),
    }


def as_csv(rows: Iterable[Mapping[str, object]]) -> str:
    """Write rows under the columns of the first."""
    kept = list(rows)
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(kept[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(kept)
    return text.getvalue()


def _tables() -> dict[str, Rows]:
    return {
        "areas": [{"block": block, "area": row[1]} for block, row in BLOCKS.items()],
        "area_summary": _area_summary(),
        "area_geographies": _area_geographies(),
        "blocks": [
            {"block": b, "name": n, "population": p, "area_km2": km2, "lon": 0.0, "lat": 50.0}
            for b, (n, _, p, km2) in BLOCKS.items()
        ],
        "borders": [{"code_a": "B1", "code_b": "B2", "kind": "land"}],
        "scores": _scores(),
        "conflicts": _conflicts(),
        "negotiation_options": _options(),
        "functions": _functions(),
        "function_catalogue": [
            {
                **{"function": code, "name": name, "stream": stream, "result": result},
                **{"state": "to_check" if code == "rare-disease" else "seen", "reason": reason},
                **{"source": "made for tests", "vesting_day": "2031-04-01"},
            }
            for code, (name, stream, result, reason) in FUNCTIONS.items()
        ],
        "commissioners": [
            {"commissioner": code, "name": name, "kind": kind}
            for code, (name, kind) in COMMISSIONERS.items()
        ],
        "settlement": [
            {"area": area, "stream": stream, "year": year, "pence": pence}
            for (area, stream), years in PENCE.items()
            for year, pence in zip(YEARS, years, strict=True)
        ],
        "settlement_detail": _settlement_detail(),
        "streams": _streams(),
    }


def _area_summary() -> Rows:
    return [
        {
            **{"area": code, "name": name, "population": POPULATION[code], "blocks": 2},
            "area_km2": sum(row[3] for row in BLOCKS.values() if row[1] == code),
            **{"cost": "0.077", "matches": "", "crosses": ""},
            "self_containment_supply": "0.81" if code != "A03" else "",
            "self_containment_demand": "0.79" if code != "A03" else "",
        }
        for code, name in AREAS.items()
    ]


def _area_geographies() -> Rows:
    columns = ("area", "geography", "role", "code", "name", "people", "share_of_area")
    columns += ("share_of_geography", "relation")
    rows = [
        ("A01", "icb", "health", "H1", "North Health Board", "600000.0", "1.0", "1.0", "equal"),
        (
            "A02",
            "icb",
            "health",
            "H2",
            "Vale Health Board",
            "500000.5",
            "0.833334",
            "0.6",
            "crosses",
        ),
        (
            "A03",
            "icb",
            "health",
            "H2",
            "Vale Health Board",
            "333333.5",
            "0.833334",
            "0.4",
            "crosses",
        ),
        ("A03", "police", "police", "P1", "Threeland Police", "400000.0", "1.0", "0.25", "within"),
        ("A02", "lep", "economy", "E1", "Cedar Economy", "100000.0", "0.166667", "1.0", "contains"),
    ]
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _scores() -> Rows:
    rows = [
        ("this plan", "objective", "", "0.231634999999"),
        ("this plan", "nested_share", "icb", "0.952"),
        ("icb", "objective", "", "0.24974"),
        ("icb", "nested_share", "icb", "1.0"),
    ]
    return [
        {"plan": plan, "measure": measure, "geography": geography, "value": value}
        for plan, measure, geography, value in rows
    ]


def _conflicts() -> Rows:
    return [
        {
            **{"negotiation": "N01", "block": "B4", "block_name": "Cedar Vale", "area": "A02"},
            **{"health_area": "A02", "economy_area": "A03", "people": 100_000},
            **{"price_with_health": "0.0", "price_with_economy": "0.004"},
        }
    ]


def _options() -> Rows:
    return [
        {
            **{"negotiation": "N01", "option": "leave", "moves": "", "price": "0.0"},
            **{"price_ratio": "0.0", "crosses": "Cedar Economy", "breaks": ""},
            "sentence": "Leave Cedar Vale in Midvale, with its health board.",
        },
        {
            **{"negotiation": "N01", "option": "economy", "moves": "B4 to A03", "price": "0.004"},
            **{"price_ratio": "0.0172", "crosses": "Vale Health Board", "breaks": ""},
            "sentence": "Move Cedar Vale to Southmere with the Isles & Upper Firholme, with its economy.",
        },
    ]


def _functions() -> Rows:
    before = {"hospital-care": "nhs", "adult-skills": "skills-office", "rare-disease": "nhs"}
    rows: Rows = []
    for block, (_, area, _, _) in BLOCKS.items():
        for function, (_, _, result, _) in FUNCTIONS.items():
            after = f"body-{area}" if result == "devolve" else "centre"
            for period, holder in (("before", before[function]), ("after", after)):
                place = {"function": function, "block": block}
                rows.append({**place, "period": period, "commissioner": holder})
    return rows


def _settlement_detail() -> Rows:
    return [
        {
            **{"area": area, "stream": stream, "year": year, "population": POPULATION[area]},
            **{"weighted_population": "612345.678901", "baseline_pence": pence},
            **{"opening_pence": pence, "target_pence": pence + 100, "floor_pence": 1},
            **{"ceiling_pence": 2 * pence, "state": "free", "distance_opening": "-0.0214"},
            **{"distance_closing": "-0.0107", "pence_per_head": pence // POPULATION[area]},
            "basis": "registered",
        }
        for (area, stream), years in PENCE.items()
        for year, pence in zip(YEARS, years, strict=True)
    ]


def _streams() -> Rows:
    return [
        {
            **{"stream": stream, "name": name, "year": year},
            "quantum_pence": sum(PENCE[area, stream][place] for area in AREAS),
            **{"need_profile": f"{stream}-1", "need_basis": "counted"},
            **{"baseline": "modelled-1", "label": label, "source": "A report of 2017"},
        }
        for stream, (name, label) in STREAMS.items()
        for place, year in enumerate(YEARS)
    ]


def _outlines() -> dict[str, object]:
    """Three squares in a row."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"area": code, "name": name, "population": POPULATION[code]},
                "geometry": {
                    "type": "Polygon",
                    "coordinates": [[[x, 50], [x + 1, 50], [x + 1, 51], [x, 51], [x, 50]]],
                },
            }
            for x, (code, name) in enumerate(AREAS.items())
        ],
    }


def _record() -> dict[str, object]:
    quanta = {
        stream: {
            year: sum(PENCE[area, stream][place] for area in AREAS)
            for place, year in enumerate(YEARS)
        }
        for stream in STREAMS
    }
    return {
        "name": "threeland-3-areas",
        "title": "Threeland: 3 commissioning areas",
        "version": "0.1.0",
        "seed": 1,
        "inputs": {"criteria": "c" * 64, "places/blocks.csv": "b" * 64},
        "parameters": {"geographies": [{"name": "icb", "role": "health", "weight": 0.3}]},
        "scores": {"objective": 0.231634999999},
        "bound": 0.231,
        "gap": 0.002741,
        "is_proven": False,
        "bound_covers": "every plan that splits no atom",
        "trail": ["6 atoms of 6 blocks", "1 union offered to an integer programme"],
        "settlement": {"caveats": ["The weights of the parts are a declared judgement."]},
        "quanta": quanta,
        "certificates": {},
        "licence": "Open Government Licence v3.0",
        "attributions": ["Contains made-up data of Threeland"],
        "modelled": ["Opening allocations are modelled from need and population."],
    }
