"""Today's gaps and overlaps: each lacking or shared block, counted apart from the register."""

from folkmoot.services.functions import ByPlace
from folkmoot.services.present import PRESENT_COLUMNS, present_faults, present_rows
from folkmoot.services.register import register
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places


def test_gaps_and_overlaps_are_those_of_the_geographies_themselves(
    england_places: Places, england_criteria: Criteria
) -> None:
    boards = england_places.geographies["icb"]
    blocks = england_places.blocks
    plan = AreaPlan.labelled(blocks.codes, boards.dominant(len(blocks)))
    drawn = register(plan, england_places, england_criteria)
    shared: dict[int, list[float]] = {}
    for block, share in zip(boards.block.tolist(), boards.share.tolist(), strict=True):
        if share > 0:
            shared.setdefault(block, []).append(share)
    split = {at: shares for at, shares in shared.items() if len(shares) > 1}

    faults = present_faults(drawn)
    hospital = [one for one in faults if "hospital" in one.functions]
    assert {one.blocks for one in hospital} == {(blocks.codes[at],) for at in split}
    people = dict(zip(blocks.codes, blocks.population.tolist(), strict=True))
    for one in hospital:
        (code,) = one.blocks
        shares = split[blocks.codes.index(code)]
        assert one.residents == round(people[code] * (sum(shares) - max(shares)))
    rules = {one.code: one.delegated or one.before for one in drawn.functions}
    assert all(isinstance(rules[code], ByPlace) for one in faults for code in one.functions)
    assert any(one.kind == "gap" for one in faults)
    assert {len(row) for row in present_rows(drawn)} == {len(PRESENT_COLUMNS)}


def test_the_register_has_no_fault_where_today_has_gaps(
    england_places: Places, england_criteria: Criteria
) -> None:
    boards = england_places.geographies["icb"]
    size = len(england_places.blocks)
    plan = AreaPlan.labelled(england_places.blocks.codes, boards.dominant(size))
    drawn = register(plan, england_places, england_criteria)
    assert present_faults(drawn)
    assert drawn.faults() == ()
