"""The small country with ages, an indicator and published need; a formula that counts them."""

from tests import small_country

SOURCE = '{title = "Made up", publisher = "A test", published = 2026-01-01}'

COUNTED = f"""
[stream.skills]
need_profile = "mine"

[profile.mine]
kind = "counted"
first_day = 2026-04-01
region_column = "region_code"
coverage_limit = "0.25"
source = {SOURCE}

[[profile.mine.component]]
name = "out-of-work"
indicator = "out-of-work"
period = "2024"
measure = "percent"
ages = [16, 17]
theta = "0.75"
reason = "They need it."

[[profile.mine.component]]
name = "everybody"
measure = "residents"
theta = "0.25"
reason = "So does everybody."
"""
"""A formula whose stream 'skills' is shared by a profile that the small country can count."""


def need_tables() -> dict[str, small_country.Rows]:
    """The small country's tables with ages, one indicator and published need."""
    tables = small_country.tables()
    for row in tables["blocks"]:
        row["region_code"] = "north" if row["code"] in "abcdef" else "south"
    tables["populations-single-year"] = [
        {"code": code, "age_16": "1000", "age_17": "1000", "age_18_plus": "98000"}
        for code in small_country.CODES
    ]
    tables["indicators"] = [
        {"indicator_id": "out-of-work", "area_code": code, "period": "2024", "value": str(n + 1)}
        for n, code in enumerate(small_country.CODES)
    ]
    tables["need"] = [
        {"code": code, "profile": profile, "year": year, "weighted_population": people}
        for profile, year, weight in (
            ("health-core-1", "2025-26", 1),
            ("health-core-1", "2026-27", 2),
            ("registered", "2025-26", 0),
            ("registered", "2026-27", 0),
        )
        for n, code in enumerate(small_country.CODES)
        for people in [f"{100000 + weight * 1000 * n}.25"]
    ]
    return tables
