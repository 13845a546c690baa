"""Who answers for a need in a place, before and after."""

from pathlib import Path

import numpy as np
import pytest

from folkmoot.outcomes.cells import Cells, Services
from folkmoot.outcomes.errors import OverlapTableError
from folkmoot.outcomes.need_terms import Terms
from folkmoot.outcomes.overlap import gap_map
from folkmoot.outcomes.responsibility import Register, read_register, responsibility

FUNCTIONS = """\
function,block,period,commissioner
hospital,E1,before,board
hospital,E2,before,other board
care,E1,before,council
care,E2,before,council
hospital,E1,after,body
hospital,E2,after,body
care,E1,after,body
care,E2,after,body
"""


@pytest.fixture
def register(tmp_path: Path) -> Register:
    (tmp_path / "functions.csv").write_text(FUNCTIONS, encoding="utf-8")
    (tmp_path / "areas.csv").write_text("block,area\nE1,A01\nE2,A01\n", encoding="utf-8")
    return read_register(tmp_path)


def cells(*places: str) -> Cells:
    size = 3 * len(places)
    return Cells(
        needs=("frailty", "surgery", "cold"), cohorts=("all",), places=places,
        expected=np.arange(1.0, size + 1.0), met=np.zeros(size),
    )  # fmt: skip


TERMS = Terms(
    broader={"frailty": None, "surgery": None, "cold": None},
    functions={"frailty": ("hospital", "care"), "surgery": ("hospital",)},
)


def test_several_answer_before_and_one_after_and_nobody_for_what_has_no_function(
    register: Register,
) -> None:
    given = cells("E1", "E2")
    found = responsibility(given, TERMS, register)
    gaps = gap_map(given, Services.of(["s"], [[0]], capacity=[1], pence=[1]))

    assert found.bodies["before"][1][0] == ("council", "other board")
    assert found.people("before") == {"nobody": 9.0, "one": 7.0, "several": 5.0}
    assert found.people("after") == {"nobody": 9.0, "one": 12.0, "several": 0.0}
    assert found.unserved("before", gaps) == {"nobody": 9.0, "one": 7.0, "several": 4.0}
    assert found.unserved_by_body("after", gaps) == {"body": 11.0, "nobody": 9.0}
    assert sum(found.unserved_by_body("before", gaps).values()) == pytest.approx(
        gaps.unserved.sum()
    )


def test_a_place_that_is_an_area_has_the_bodies_of_all_its_blocks(register: Register) -> None:
    found = responsibility(cells("A01"), TERMS, register)

    assert found.bodies["before"][0][1] == ("board", "other board")
    assert found.state("before", 0, 1) == "several"
    assert found.state("after", 0, 1) == "one"


def test_rows_are_of_every_place_and_need_with_people(register: Register) -> None:
    given = cells("E1")
    gaps = gap_map(given, Services.of(["s"], [[0]], capacity=[1], pence=[1]))

    rows = list(responsibility(given, TERMS, register).rows(gaps))

    assert rows[0] == ("before", "E1", "frailty", "several", "board; council", "1.0", "0.0")
    assert len(rows) == 6


def test_places_and_functions_that_the_plan_does_not_hold_are_named(register: Register) -> None:
    terms = Terms(broader=TERMS.broader, functions={"cold": ("hospitals",)})

    with pytest.raises(OverlapTableError) as raised:
        responsibility(cells("E9"), terms, register)

    assert "no block or area 'E9'" in str(raised.value)
    assert "no function 'hospitals'. Did you mean 'hospital'?" in str(raised.value)


def test_a_folder_that_is_no_plan_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OverlapTableError, match=r"functions\.csv: the file is not there"):
        read_register(tmp_path)
    (tmp_path / "functions.csv").write_text(FUNCTIONS.replace("after", "later"), encoding="utf-8")
    (tmp_path / "areas.csv").write_text("block,area\nE1,A01\n", encoding="utf-8")
    with pytest.raises(OverlapTableError, match="'later' is no period"):
        read_register(tmp_path)
