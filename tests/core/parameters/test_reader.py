"""The one reader of parameter files: exact, typed, every fault at once."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from folkmoot.parameters.reader import PACKAGED, Section, packaged, packaged_in, read_parameters
from folkmoot.vocabulary.errors import FolkmootError, ParameterError
from folkmoot.vocabulary.periods import FinancialYear


def section(tmp_path: Path, text: str) -> Section:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return read_parameters(path)


def mends(found: Section) -> dict[str | None, str]:
    return {fault.column: fault.mend for fault in found.faults}


def test_values_come_out_in_their_type(tmp_path: Path) -> None:
    found = section(
        tmp_path,
        """
        name = "Health"
        kind = "counted"
        programmes = ["a", "b"]
        is_open = true
        pence = 101_900
        day = 2016-04-01
        year = "2026-27"
        source = {title = "T", publisher = "P", published = 2017-11-02, licence = "L"}
        """,
    )

    assert found.text("name") == "Health"
    assert found.choice("kind", ("published", "counted")) == "counted"
    assert found.texts("programmes") == ("a", "b")
    assert found.flag("is_open")
    assert found.whole("pence", least=0) == 101_900
    assert found.day("day") == date(2016, 4, 1)
    assert found.year("year") == FinancialYear(2026)
    assert str(found.source()) == "P, T, 2017-11-02"
    assert found.source().licence == "L"
    found.finish()
    found.check()


@pytest.mark.parametrize(
    ("written", "exact"),
    [
        ('"0.044"', Fraction(11, 250)),
        ("0.1", Fraction(1, 10)),
        ('"11/250"', Fraction(11, 250)),
        ("-2", Fraction(-2)),
        ("1e-3", Fraction(1, 1000)),
    ],
)
def test_decimals_are_exact_however_they_are_written(
    tmp_path: Path, written: str, exact: Fraction
) -> None:
    assert section(tmp_path, f"x = {written}").ratio("x") == exact


def test_one_value_or_a_list_of_them(tmp_path: Path) -> None:
    found = section(tmp_path, 'one = "0.5"\nmany = [0.1, "1/2"]')

    assert found.ratios("one") == (Fraction(1, 2),)
    assert found.ratios("many") == (Fraction(1, 10), Fraction(1, 2))
    assert found.ratios("none") == ()


def test_defaults_hold_where_a_key_is_left_out(tmp_path: Path) -> None:
    found = section(tmp_path, "")

    assert found.text("a", default="x") == "x"
    assert found.whole("b", default=3) == 3
    assert found.ratio("c", default=Fraction(1, 2)) == Fraction(1, 2)
    assert found.texts("d", default=()) == ()
    assert not found.flag("e", default=False)
    assert found.choice("f", ("g", "h"), default="h") == "h"
    assert found.day("i", default=date(2026, 4, 1)) == date(2026, 4, 1)
    assert found.rows("j") == ()
    assert found.sections("k") == {}
    found.check()


def test_all_faults_are_gathered_with_key_and_mend(tmp_path: Path) -> None:
    found = section(
        tmp_path,
        """
        name = 1
        kind = "neither"
        programmes = "a"
        is_open = "yes"
        pence = 1.5
        share = "1.5"
        shares = ["x"]
        nothing = nan
        day = "2016-04-01"
        year = "2026-28"
        table = 1
        rows = 1
        surprise = 1
        [source]
        title = "T"
        """,
    )
    found.text("name")
    found.text("absent")
    found.choice("kind", ("published", "counted"))
    found.texts("programmes")
    found.flag("is_open")
    found.whole("pence", least=0)
    found.ratio("share", least=0, most=1)
    found.ratios("shares", most=1)
    found.ratio("nothing")
    found.day("day")
    found.year("year")
    found.section("table")
    found.rows("rows")
    found.source()
    found.finish()

    with pytest.raises(ParameterError) as refusal:
        found.check()
    assert len(refusal.value.faults) == 16
    said = mends(found)
    assert said["share"] == 'Write a number from 0 to 1, such as "0.044" or "11/250".'
    assert said["pence"] == "Write a whole number, 0 or more."
    assert said["kind"] == "Write one of: published, counted."
    assert said["surprise"] == "Drop it."
    assert said["source.publisher"] == "Write a text in quotes."
    assert "mine.toml, column 'absent': it is missing. Write a text" in str(refusal.value)


def test_a_misspelt_key_is_told_its_neighbour(tmp_path: Path) -> None:
    found = section(tmp_path, "celing = 1")
    found.ratios("ceiling")
    found.finish()

    assert mends(found) == {"celing": "Did you mean 'ceiling'?"}


def test_nested_tables_and_lists_are_named_by_their_path(tmp_path: Path) -> None:
    found = section(tmp_path, "[stream.health]\n[[stream.health.quantum]]\npence = 'x'")
    found.sections("stream")["health"].rows("quantum")[0].whole("pence")

    assert [fault.column for fault in found.faults] == ["stream.health.quantum[1].pence"]


def test_a_value_that_refuses_itself_is_a_fault(tmp_path: Path) -> None:
    class OddError(FolkmootError):
        def __str__(self) -> str:
            return "It is odd."

    def refuse() -> int:
        raise OddError

    found = section(tmp_path, "[one]\nextra = 1")
    one = found.section("one")

    assert one.make(lambda: one.whole("extra")) == 1
    assert one.make(refuse) is None
    assert [fault.problem for fault in found.faults] == ["It is odd."]
    assert found.section("one").make(lambda: 1) is None, "a key that nobody read is a fault"


def test_a_table_laid_over_another_keeps_its_keys_and_names_a_new_source(tmp_path: Path) -> None:
    shipped = packaged("formula.toml").section("bounds")
    mine = section(tmp_path, "[bounds]\nceiling = 0.1").section("bounds")
    merged = shipped.merged(mine)

    assert merged.ratios("floor") == (Fraction(-1, 50),)
    assert merged.ratios("ceiling") == (Fraction(1, 10),)
    assert merged.source().title == "as declared in mine.toml"
    assert merged.file == "mine.toml"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"x = = 1", "row 1: it is not TOML"),
        (b"\xff", "it is not UTF-8 text"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(
    tmp_path: Path, content: bytes, problem: str
) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(content)

    with pytest.raises(ParameterError, match=problem):
        read_parameters(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="cannot be read"):
        read_parameters(tmp_path / "absent.toml")


def test_packaged_files_are_read_in_order_of_name() -> None:
    names = [file.file for file in packaged_in("streams")]

    assert names == [
        f"parameters/streams/{name}.toml" for name in ("employment", "health", "offender", "skills")
    ]
    assert all(len(file.sha256) == 64 for file in packaged_in("profiles"))


@pytest.mark.parametrize("folder", ["streams", "profiles"])
def test_every_value_that_ships_has_its_source(folder: str) -> None:
    for path in sorted((PACKAGED / folder).glob("*.toml")):
        assert "source = {" in path.read_text(encoding="utf-8"), path.name
