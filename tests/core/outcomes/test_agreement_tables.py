"""The tables of an agreement."""

from collections.abc import Callable
from pathlib import Path

import pytest

from folkmoot import england
from folkmoot.outcomes.agreement_figures import measured_blocks, measured_series, read_series
from folkmoot.outcomes.agreement_tables import (
    BENEATH_COLUMNS,
    EXAMPLES,
    FILES,
    STANDING_COLUMNS,
    beneath_rows,
    read_agreement,
    review,
    standing_rows,
)
from folkmoot.outcomes.division import Division
from folkmoot.outcomes.errors import AgreementTableError
from folkmoot.outcomes.measured import Ground
from folkmoot.parameters.reader import packaged_text

Change = Callable[[str, str, str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).write_text(packaged_text(f"{EXAMPLES}/{name}"), encoding="utf-8")
    return tmp_path


@pytest.fixture
def change(folder: Path) -> Change:
    def replace(name: str, old: str, new: str) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")

    return replace


def test_the_template_is_read_and_every_state_is_there(folder: Path) -> None:
    agreed = read_agreement(folder)
    areas = read_series(folder / "values.csv", by="area", gaps=agreed.gaps)
    blocks = read_series(folder / "blocks.csv", by="block")

    found = review(agreed, areas, blocks)

    assert agreed.is_made_up
    assert agreed.gaps == {("Adults who smoke", "A02")}
    assert [reviews[-1].state for reviews in found.standings] == [
        "on course", "off course", "met", "on course", "on course", "cannot tell",
    ]  # fmt: skip
    rows = [dict(zip(STANDING_COLUMNS, row, strict=True)) for row in standing_rows(found)]
    gap = next(one for one in rows if one["kind"] == "reduce gap" and one["period"] == "2026")
    assert (gap["value"], gap["path"]) == ("3.3", "3.33333")
    beneath = [dict(zip(BENEATH_COLUMNS, row, strict=True)) for row in beneath_rows(found)]
    assert [(one["block"], one["is_sure"]) for one in beneath] == [
        ("E06000003", True), ("E06000002", False),
    ]  # fmt: skip
    assert list(found.tested.values()) == [3]


def test_every_fault_of_targets_and_floors_is_told_at_once(folder: Path, change: Change) -> None:
    change("targets.csv", "outcome,higher,A01,reach", "output,higher,A01,reach")
    change("targets.csv", "A02,reach,70.0,2024,76.0", "A02,reach,70.0,2024,60.0")
    change("targets.csv", "outcome,lower,A01,reach", "outcome,less,A01,arrive")
    change("entitlements.csv", "higher,80", "higher,most")

    with pytest.raises(AgreementTableError) as raised:
        read_agreement(folder)

    told = str(raised.value)
    for words in (
        "'Adults in work' is an output",
        "is no better than its baseline",
        "'less' is not known",
        "'arrive' is not known",
        "'most' is not a number",
    ):
        assert words in told


def test_every_fault_of_figures_is_told_at_once(folder: Path, change: Change) -> None:
    change("values.csv", "A01,2023,71.8,70.9,72.7,", "A01,soon,71.8,70.9,72.7,")
    change("values.csv", "A01,2024,72.0,71.1,72.9,", "A01,2024,72.0,72.5,72.9,")
    change("values.csv", "A02,2023,15.1,14.3,15.9,11.0", "A02,2023,15.1,14.3,15.9,")

    with pytest.raises(AgreementTableError) as raised:
        read_series(folder / "values.csv", by="area", gaps=frozenset({("Adults who smoke", "A02")}))

    told = str(raised.value)
    assert "'soon' is no period" in told
    assert "the limits do not hold the value" in told
    assert "a gap needs a comparator" in told


def test_figures_of_england_stand_in_where_no_table_is_given() -> None:
    ground = Ground.of(england.places())
    division = Division.of_blocks(ground.places, "blocks")
    smoking, block = "cigarette-smokers", ground.places.blocks.codes[0]

    plain = measured_series(ground, division, [smoking], frozenset())
    gaps = measured_series(ground, division, [smoking], frozenset({(smoking, block)}))
    blocks = measured_blocks(ground, [smoking])

    assert [one.period for one in plain[smoking, block]] == list(ground.periods(smoking))
    whole = measured_series(ground, Division.of_all(ground.places), [smoking], frozenset())
    assert gaps[smoking, block][-1].value == pytest.approx(
        plain[smoking, block][-1].value - whole[smoking, "all"][-1].value
    )
    assert blocks[smoking, block][-1].value == pytest.approx(plain[smoking, block][-1].value)
