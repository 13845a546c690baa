"""A small devolution plan, made by hand: three areas, six blocks, two streams, two years.

Its figures are round on purpose, so that a test can say what a page must show.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
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
        "areas.csv": _areas(),
        "area_summary.csv": _area_summary(),
        "area_geographies.csv": _area_geographies(),
        "blocks.csv": _blocks(),
        "borders.csv": table("code_a code_b kind", [("B1", "B2", "land")]),
        "scores.csv": _scores(),
        "conflicts.csv": _conflicts(),
        "negotiation_options.csv": _options(),
        "functions.csv": _functions(),
        "function_catalogue.csv": _function_catalogue(),
        "commissioners.csv": _commissioners(),
        "settlement.csv": _settlement(),
        "settlement_detail.csv": _settlement_detail(),
        "streams.csv": _streams(),
        "money_flow.csv": _money_flow(),
        "timetable.csv": _timetable(),
        "bodies.csv": _bodies(),
        "leaders.csv": _leaders(),
        "portfolios.csv": _portfolios(),
        "gates.csv": _gates(),
        "settlement_starts.csv": _settlement_starts(),
        "administration.csv": _administration(),
        "deals.csv": _deals(),
        "deal_scores.csv": _deal_scores(),
        "needs.csv": _needs(),
        "variation.csv": _variation(),
        "areas.geojson": json.dumps(_outlines()),
        "plan.json": json.dumps(_record()),
    }


def table(columns: str, rows: Iterable[Sequence[object]]) -> str:
    """Write rows under columns that are divided by spaces."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns.split())
    writer.writerows(rows)
    return text.getvalue()


def _areas() -> str:
    return table("block area", [(block, row[1]) for block, row in BLOCKS.items()])


def _area_summary() -> str:
    columns = "area name population blocks area_km2 cost matches crosses"
    columns += " self_containment_supply self_containment_demand"
    rows = []
    for code, name in AREAS.items():
        land = sum(row[3] for row in BLOCKS.values() if row[1] == code)
        shares = ("", "") if code == "A03" else ("0.81", "0.79")
        rows.append((code, name, POPULATION[code], 2, land, "0.077", "", "", *shares))
    return table(columns, rows)


def _area_geographies() -> str:
    return table(
        "area geography role code name people share_of_area share_of_geography relation",
        [
            ("A01", "icb", "health", "H1", "North Health Board", 600_000, 1, 1, "equal"),
            (
                "A02",
                "icb",
                "health",
                "H2",
                "Vale Health Board",
                500_000.5,
                0.833334,
                0.6,
                "crosses",
            ),
            (
                "A03",
                "icb",
                "health",
                "H2",
                "Vale Health Board",
                333_333.5,
                0.833334,
                0.4,
                "crosses",
            ),
            ("A03", "police", "police", "P1", "Threeland Police", 400_000, 1, 0.25, "within"),
            ("A02", "lep", "economy", "E1", "Cedar Economy", 100_000, 0.166667, 1, "contains"),
        ],
    )


def _blocks() -> str:
    return table(
        "block name population area_km2 lon lat",
        [(code, name, people, land, 0, 50) for code, (name, _, people, land) in BLOCKS.items()],
    )


def _scores() -> str:
    return table(
        "plan measure geography value",
        [
            ("this plan", "objective", "", "0.231634999999"),
            ("this plan", "nested_share", "icb", "0.952"),
            ("icb", "objective", "", "0.24974"),
            ("icb", "nested_share", "icb", "1.0"),
        ],
    )


def _conflicts() -> str:
    columns = "negotiation block block_name area health_area economy_area people"
    columns += " price_with_health price_with_economy"
    return table(
        columns,
        [
            ("N01", "B6", "Firholme", "A03", "A03", "A02", 150_000, "0.0", "0.001"),
            ("N02", "B4", "Cedar Vale", "A02", "A02", "A03", 100_000, "0.0", "0.004"),
        ],
    )


def _options() -> str:
    stay = f"Leave Firholme in {AREAS['A03']}, as drawn."
    leave = "Leave Cedar Vale in Midvale, with its health board."
    move = f"Move Cedar Vale to {AREAS['A03']}, with its economy."
    return table(
        "negotiation option moves price price_ratio crosses breaks sentence",
        [
            ("N01", "leave", "", "0.0", "0.0", "", "", stay),
            ("N02", "leave", "", "0.0", "0.0", "Cedar Economy; Vale Economy", "", leave),
            ("N02", "economy", "B4 to A03", "0.004", "0.0172", "Vale Health Board", "", move),
        ],
    )


def _functions() -> str:
    before = {"hospital-care": "nhs", "adult-skills": "skills-office", "rare-disease": "nhs"}
    rows = []
    for block, (_, area, _, _) in BLOCKS.items():
        for function, (_, _, result, _) in FUNCTIONS.items():
            after = f"body-{area}" if result == "devolve" else "centre"
            rows.append((function, block, "before", before[function]))
            rows.append((function, block, "after", after))
    return table("function block period commissioner", rows)


def _function_catalogue() -> str:
    rows = []
    for code, (name, stream, result, reason) in FUNCTIONS.items():
        state = "to_check" if code == "rare-disease" else "seen"
        rows.append((code, name, stream, result, state, reason, "made for tests", "2031-04-01"))
    return table("function name stream result state reason source vesting_day", rows)


def _commissioners() -> str:
    rows = [(code, name, kind) for code, (name, kind) in COMMISSIONERS.items()]
    return table("commissioner name kind", rows)


def _settlement() -> str:
    rows = [
        (area, stream, year, pence)
        for (area, stream), years in PENCE.items()
        for year, pence in zip(YEARS, years, strict=True)
    ]
    return table("area stream year pence", rows)


def _settlement_detail() -> str:
    columns = "area stream year population weighted_population baseline_pence opening_pence"
    columns += " target_pence floor_pence ceiling_pence state distance_opening distance_closing"
    columns += " pence_per_head basis"
    rows = []
    for (area, stream), years in PENCE.items():
        people = POPULATION[area]
        for year, pence in zip(YEARS, years, strict=True):
            money = (pence, pence, pence + 100, 1, 2 * pence)
            distances = ("-0.0214", "-0.0107")
            head = (area, stream, year, people, "612345.678901")
            rows.append((*head, *money, "free", *distances, pence // people, "counted"))
    return table(columns, rows)


def _streams() -> str:
    columns = "stream name year quantum_pence need_profile need_basis baseline label source"
    rows = [
        (stream, name, year, total, f"{stream}-1", "counted", "modelled-1", label, "A report")
        for stream, (name, label) in STREAMS.items()
        for year, total in quanta()[stream].items()
    ]
    return table(columns, rows)


def quanta() -> dict[str, dict[str, int]]:
    """What each stream shares out in each year."""
    return {
        stream: {
            year: sum(PENCE[area, stream][place] for area in AREAS)
            for place, year in enumerate(YEARS)
        }
        for stream in STREAMS
    }


def _money_flow() -> str:
    """A year's money by today's offices, and by the three bodies."""
    rows: list[tuple[object, ...]] = []
    offices = {"health": ("nhs", "National health board"), "skills": ("skills-office", "Skills")}
    for stream, (office, name) in offices.items():
        total, end = quanta()[stream][YEARS[0]], f"{stream}-unlisted"
        route, told = "present route", f"{STREAMS[stream][0]}, not listed one by one"
        rows += [
            ("before", 1, "treasury", office, stream, total, route, "A report", "Treasury", name),
            ("before", 3, office, end, stream, total, route, "A report", name, told),
        ]
        for area, where in AREAS.items():
            body, pence = f"body-{area}", PENCE[area, stream][0]
            called = f"Commissioning body of {where}"
            rows += [
                ("after", 1, "treasury", body, stream, pence, "settlement", "", "Treasury", called),
                ("after", 4, body, end, stream, pence, "settlement", "", called, told),
            ]
    return table("period layer from to stream pence cause source from_name to_name", rows)


def _timetable() -> str:
    columns = "task title area kind months first_day last_day waits_for phase wait_months"
    columns += " float_months functions"
    law = ("law", "Pass the statute", "", "law", 18, "2027-04-01", "2028-09-30", "")
    rows: list[tuple[object, ...]] = [(*law, "0 framework", 0, 0, "")]
    for code, name in AREAS.items():
        vest = (f"vest-{code}", f"Skills vest: {name}", code, "vest", 0, "2030-04-01", "2030-04-01")
        slack = 6 if code == "A02" else 0
        rows.append((*vest, "law", "1 bodies and skills", 6, slack, "adult-skills"))
    return table(columns, rows)


def _bodies() -> str:
    columns = "body name kind blocks constituents first_day last_day instrument offices"
    rows = []
    for code, name in AREAS.items():
        own = [block for block, row in BLOCKS.items() if row[1] == code]
        councils = "; ".join(f"{BLOCKS[block][0]} Council: {block}" for block in own)
        head = (f"body-{code}", f"{name} Commissioning Body", "combined_authority")
        rows.append((*head, "; ".join(own), councils, "2029-10-01", "", "", "scrutiny; audit"))
    return table(columns, rows)


def _leaders() -> str:
    rows = [
        (f"body-{code}", "council_leader", "Leader of the body", "2029-10-01", "", "a draft")
        for code in AREAS
    ]
    return table("body kind holder_title first_day last_day basis", rows)


def _portfolios() -> str:
    columns = "portfolio body title programmes held_by first_day last_day"
    rows: list[tuple[object, ...]] = []
    for code in AREAS:
        body = f"body-{code}"
        rows += [
            ("health", body, "Health", "hospital-care", "councillor", "2029-10-01", ""),
            ("skills", body, "Skills", "adult-skills", "councillor", "2029-10-01", ""),
        ]
    return table(columns, rows)


def _gates() -> str:
    columns = "body group risk_class theme shadow_level vest_level vesting_day"
    rows = [
        (f"body-{code}", "skills", "standard", theme, "Developing", "Core", "2030-04-01")
        for code in AREAS
        for theme in ("strategy", "finance")
    ]
    return table(columns, rows)


def _settlement_starts() -> str:
    columns = (
        "settlement_years bridge_years start latest_election lag_years target_lag_years is_aligned"
    )
    return table(
        columns,
        [
            (4, 0, "2030-04-01", "2029-05-03", 1, 1, "yes"),
            (4, 0, "2034-04-01", "2033-05-05", 1, 1, "yes"),
            (5, 0, "2030-04-01", "2029-05-03", 1, 1, "no"),
            (5, 0, "2035-04-01", "2033-05-05", 2, 1, "no"),
        ],
    )


def _administration() -> str:
    label = "Made up, to show the form (illustration: not a forecast)"
    return table(
        "year gross new one_off net cumulative label",
        [
            ("2029-30", 1_000, 300, 900, -200, -200, label),
            ("2030-31", 2_000, 600, 400, 1_000, 800, label),
        ],
    )


def _deals() -> str:
    columns = "deal name agreed leader fund fund_pence reach_least reach_most weighted_by"
    columns += " is_reference state source note"
    told = ("money", "no", "seen", "A report", "")
    return table(
        columns,
        [
            ("north", "North", "Nov 2014", "mayor", "£9m", 900_000_000, "0.3125", "0.3125", *told),
            ("vale", "Vale", "2016", "mayor", "unknown", "", "0", "1", *told),
            (
                *("", "not reconciled", "", "", "of £10m", 100_000_000, "", "", "", "no"),
                *("to_check", "A report", "nobody knows"),
            ),
        ],
    )


def _deal_scores() -> str:
    columns = "deal function control score reach_least reach_most weakest_least weakest_most"
    columns += " classes state evidence source"
    scored = ("0.3125", "0.3125", 0, 1, "delegation", "seen", "contracts stay", "A report")
    rows: list[tuple[object, ...]] = [
        ("north", "health-care", control, score, *scored)
        for control, score in (("contracts", 1), ("funding", 3), ("targets", 0), ("outcomes", 1))
    ]
    blank = ("0", "1", 0, 4, "devolution or delegation or consultation", "unknown", "", "")
    rows.append(("vale", "adult-skills", "contracts", "", *blank))
    return table(columns, rows)


NEEDS = {
    # indicator: name, unit, domain, polarity, is_outcome, whole
    "in-work": ("In work (survey)", "%", "work", "higher_is_better", "yes", 75),
    "smoking": ("Smoking", "%", "health", "lower_is_better", "yes", 12),
    "starts": ("Starts", "", "skills", "higher_is_better", "no", 100),
}


def _needs() -> str:
    columns = "area indicator name unit domain polarity is_outcome period value lower_95 upper_95"
    columns += " label coverage whole like_areas verdict standing fifth distance trend"
    columns += " trend_is_good lowest_block lowest highest_block highest least lower_quartile"
    columns += " upper_quartile most reason"
    rows = []
    for n, area in enumerate(AREAS):
        for code, (name, unit, domain, polarity, outcome, whole) in NEEDS.items():
            named = (area, code, name, unit, domain, polarity, outcome)
            if (area, code) == ("A03", "smoking"):
                rows.append((*named, *("",) * 22, "no figure for Firholme"))
                continue
            value = whole + 3 * (n - 1)
            is_sure = code == "in-work"
            standing = ("worse", "neither", "better")[n] if is_sure else "neither"
            verdict = ("much worse", "similar", "better")[n] if is_sure else "not compared"
            limits = (value - 1, value + 1) if is_sure else ("", "")
            label = "approximate" if is_sure else "approximate, no interval"
            trend = ("decreasing", "no") if is_sure and n == 0 else ("cannot be calculated", "")
            made = (label, 0.9 if n else 1, whole, whole, verdict, standing, "", n - 1.0)
            ends = ("Alderby", value - 2, "Birchford", value + 2) if n == 0 else ("", "", "", "")
            spread = (whole - 3, whole - 2, whole + 2, whole + 3)
            rows.append((*named, "2024-25", value, *limits, *made, *trend, *ends, *spread, ""))
    return table(columns, rows)


def _variation() -> str:
    columns = "indicator name unit domain period p_adjusted division areas deviation tau phi"
    columns += " i_squared differ_by between alike"
    return table(
        columns,
        [
            (code, row[0], row[1], row[2], "2024-25", p, division, areas, 2.5, 2, 3, 0.9, *rest)
            for code, row in NEEDS.items()
            for p in (0.001,)
            for division, areas, rest in (
                ("published areas", 6, (2.1, "", "")),
                ("health boards", 2, (1.9, 0.5, 0.25)),
                ("areas of the plan", 3, (2.0, 0.6, 0.5)),
            )
        ],
    )


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
    return {
        "name": "threeland-3-areas",
        "title": "Threeland: 3 commissioning areas",
        "country": "Threeland",
        "understanding": ["It is so."],
        "version": "0.1.0",
        "seed": 1,
        "inputs": {"criteria": "c" * 64, "places/blocks.csv": "b" * 64},
        "parameters": {
            "geographies": [{"name": "icb", "role": "health", "weight": 0.3}],
            "weights": {"inertia": 0.1, "need": 0.1, "flow": 0.1},
        },
        "scores": {
            "objective": 0.231634999999,
            "inertia": 0.5,
            "need": 0.25,
            "self_containment": 0.8,
        },
        "bound": 0.231,
        "gap": 0.002741,
        "is_proven": False,
        "bound_covers": "every plan that splits no atom",
        "trail": ["6 atoms of 6 blocks", "1 union offered to an integer programme"],
        "settlement": {"caveats": ["The weights of the parts are a declared judgement."]},
        "quanta": quanta(),
        "timetable": {
            "sentence": "Of 10,000 draws none is done within 180 months.",
            "to_check": ["To check: Terms end in May 2028, and skills vest later."],
        },
        "certificates": {},
        "licence": "Open Government Licence v3.0",
        "attributions": ["Contains made-up data of Threeland"],
        "modelled": ["Opening allocations are modelled from need and population."],
    }
