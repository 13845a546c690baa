"""Work, a home and learning after prison; every figure here is made up for the test."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot import england
from folkmoot.outcomes.division import Division
from folkmoot.outcomes.errors import ResettlementError
from folkmoot.outcomes.measured import Ground
from folkmoot.outcomes.resettlement import Releases, resettlement
from folkmoot.outcomes.resettlement_tables import (
    FOLLOW_COLUMNS,
    RELEASE_COLUMNS,
    RESETTLED_COLUMNS,
    check_context,
    follow_rows,
    measured_context,
    read_context,
    read_releases,
    resettled_rows,
    template,
)
from folkmoot.vocabulary.statistics.errors import CountError, DenominatorError, TooFewAreasError

REGIONS = tuple(f"R{n}" for n in range(1, 10))
HEADER = ",".join(RELEASE_COLUMNS) + "\n"


def made_up(seed: int, domain: str = "employment", regions: int = 9) -> Releases:
    rng = np.random.default_rng(seed)
    released = rng.integers(100, 4000, regions).astype(float)
    unknown = rng.binomial(released.astype(int), 0.1).astype(float)
    reached = rng.binomial((released - unknown).astype(int), 0.3).astype(float)
    return Releases(
        domain=next(one for one in ("employment", "accommodation", "education") if one == domain),
        period="2024-25", regions=REGIONS[:regions], released=released, with_outcome=reached,
        unknown=unknown,
    )  # fmt: skip


def rng() -> np.random.Generator:
    return np.random.default_rng(1)


@given(st.integers(0, 10_000))
def test_bounds_hold_the_share_and_meet_it_where_nothing_is_unknown(seed: int) -> None:
    given_one = made_up(seed)
    sure = Releases(
        domain="employment", period="2024-25", regions=REGIONS, released=given_one.known,
        with_outcome=given_one.with_outcome, unknown=np.zeros(9),
    )  # fmt: skip

    found, known = (resettlement([one], rng=rng()).domains[0] for one in (given_one, sure))

    assert (found.least <= found.share.value + 1e-12).all()
    assert (found.share.value <= found.most + 1e-12).all()
    assert known.least.tolist() == known.share.value.tolist() == known.most.tolist()
    assert found.share.value == pytest.approx(known.share.value)


def test_regions_with_one_common_share_have_no_order_and_no_difference() -> None:
    same = [
        Releases(
            domain=domain, period="2024-25", regions=REGIONS, released=np.full(9, 400.0),
            with_outcome=np.full(9, 100.0), unknown=np.zeros(9),
        )
        for domain in ("employment", "education")
    ]  # fmt: skip

    found = resettlement(same, rng=rng())

    assert found.agreement is None
    for one in found.domains:
        assert one.variation.tau == 0
        assert one.ranks is not None
        assert one.ranks.is_chance_alone
        assert set(one.verdicts) == {"similar"}


def test_domains_that_put_regions_in_one_order_agree_wholly() -> None:
    first, second = made_up(4), made_up(4, "education")

    assert resettlement([first, second], rng=rng()).agreement == pytest.approx(1.0)
    assert resettlement([first], rng=rng()).agreement is None


def test_a_region_that_is_poor_despite_a_strong_economy_is_a_row() -> None:
    rates = np.array([0.20, 0.22, 0.24, 0.26, 0.15, 0.28, 0.30, 0.32, 0.34])
    given_one = Releases(
        domain="employment", period="2024-25", regions=REGIONS, released=np.full(9, 4000.0),
        with_outcome=rates * 4000, unknown=np.zeros(9),
    )  # fmt: skip
    economy = dict(zip(REGIONS, [70, 71, 72, 73, 73.5, 74, 75, 76, 77], strict=True))

    found = resettlement([given_one], {"employment rate": economy}, rng=rng())
    rows = [dict(zip(FOLLOW_COLUMNS, one, strict=True)) for one in follow_rows(found)]

    readings = {row["region_code"]: row["reading"] for row in rows}
    assert readings["R5"] == "poorer than it predicts"
    assert set(readings.values()) == {"poorer than it predicts", "as it predicts"}
    assert found.domains[0].follows[0].correlation.orders == 362_880


def test_a_correlation_of_fewer_than_five_regions_is_refused() -> None:
    with pytest.raises(TooFewAreasError):
        resettlement([made_up(1, regions=4)], {"rate": dict.fromkeys(REGIONS, 1.0)}, rng=rng())
    few = resettlement([made_up(1, regions=4)], rng=rng()).domains[0]
    assert few.ranks is None
    assert few.variation.tau is None


def test_figures_of_few_people_are_hidden_with_what_would_tell_them() -> None:
    few = Releases(
        domain="employment", period="2024-25", regions=REGIONS[:3],
        released=np.array([100.0, 200.0, 300.0]), with_outcome=np.array([4.0, 50.0, 60.0]),
        unknown=np.array([20.0, 20.0, 20.0]),
    )  # fmt: skip
    found = resettlement([few], rng=rng())

    rows = [dict(zip(RESETTLED_COLUMNS, one, strict=True)) for one in resettled_rows(found)]
    shown = list(resettled_rows(found, below=0))

    assert [row["share"] == "hidden" for row in rows] == [True, True, False]
    assert all("hidden" not in row for row in shown)


def test_counts_that_cannot_be_are_refused() -> None:
    with pytest.raises(CountError):
        Releases(domain="employment", period="2024", regions=("R1",), released=np.array([10.0]),
                 with_outcome=np.array([8.0]), unknown=np.array([3.0]))  # fmt: skip
    with pytest.raises(DenominatorError):
        Releases(domain="employment", period="2024", regions=("R1",), released=np.array([10.0]),
                 with_outcome=np.array([0.0]), unknown=np.array([10.0]))  # fmt: skip


def written(folder: Path, text: str, name: str = "released.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_latest_period_is_read_or_one_that_is_named(tmp_path: Path) -> None:
    text = HEADER + "".join(
        f"{region},{year},employment,1000,{reached},,made up for a test\n"
        for region in REGIONS
        for year, reached in (("2023-24", 200), ("2024-25", 300))
    )
    path = written(tmp_path, text)

    assert read_releases(path)[0].with_outcome.tolist() == [300.0] * 9
    assert read_releases(path, "2023-24")[0].with_outcome.tolist() == [200.0] * 9
    with pytest.raises(ResettlementError, match="Name one that it has: 2023-24, 2024-25"):
        read_releases(path, "2020-21")


def test_the_template_holds_no_figure_and_says_so_when_it_is_read(tmp_path: Path) -> None:
    rows = list(template(REGIONS))
    text = HEADER + "".join(",".join(map(str, row)) + "\n" for row in rows)

    assert len(rows) == 27
    with pytest.raises(ResettlementError, match="has 1 fault") as raised:
        read_releases(written(tmp_path, text))
    assert "no figure has been filled in" in str(raised.value)


def test_every_fault_of_a_table_is_told_at_once(tmp_path: Path) -> None:
    text = HEADER + "\n".join(
        [
            "R1,2024-25,employment,100,90,20,made up for a test",
            "R2,soon,employment,100,20,,made up for a test",
            "R3,2024-25,schooling,100,20,,made up for a test",
            "R4,2024-25,employment,50,0,50,made up for a test",
            "R1,2024-25,employment,100,some,,",
        ]
    )

    with pytest.raises(ResettlementError) as raised:
        read_releases(written(tmp_path, text + "\n"))

    told = str(raised.value)
    for words in (
        "more have the outcome, or are unknown, than were released",
        "'soon' is no period",
        "'schooling' is no domain",
        "nobody's outcome is known",
        "stands already in row 2",
        "'some' is not a whole number of people",
        "column 'source': the cell is empty",
    ):
        assert words in told


def test_a_context_must_have_every_region(tmp_path: Path) -> None:
    text = "region_code,context,value,source\nR1,rent,9,made up for a test\n"
    context = read_context(written(tmp_path, text, "context.csv"))

    assert context == {"rent": {"R1": 9.0}}
    with pytest.raises(ResettlementError, match="it has no figure for R2, R3"):
        check_context([made_up(1, regions=3)], context)


def test_a_package_gives_the_prosperity_of_its_regions() -> None:
    places = england.places()
    division = Division.of_geography(places.geographies["region"], len(places.blocks), "region")

    (figures,) = measured_context(Ground.of(places), division, ["employment-rate"]).values()

    assert len(figures) == 9
    assert all(60 < one < 90 for one in figures.values())
