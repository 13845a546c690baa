"""What the pages about funding tell a reader to write does what they say."""

import re
from pathlib import Path

from click.testing import CliRunner

from folkmoot import england
from folkmoot.cli import main

DOCS = Path(__file__).parents[2] / "docs"


def areas(folder: Path) -> Path:
    """The packaged England, by health board."""
    places = england.places()
    boards = places.geographies["icb"].dominant(len(places.blocks)).tolist()
    path = folder / "areas.csv"
    rows = zip(places.blocks.codes, boards, strict=True)
    lines = "".join(f"{block},B{board:02d}\n" for block, board in rows)
    path.write_text("block,area\n" + lines, encoding="utf-8")
    return path


def test_the_added_stream_is_settled_beside_the_others_and_verified(tmp_path: Path) -> None:
    page = (DOCS / "how-to/add-a-stream.md").read_text(encoding="utf-8")
    found = re.search(r"```toml\n(.*?)```", page, re.DOTALL)
    assert found
    formula, out = tmp_path / "housing.toml", tmp_path / "out"
    formula.write_text(found[1], encoding="utf-8")
    asked = ["funding", "settle", "--areas", str(areas(tmp_path)), "--formula", str(formula)]
    settled = CliRunner().invoke(main, [*asked, "--years", "1", "--out", str(out)])
    verified = CliRunner().invoke(main, ["funding", "verify", str(out)])

    assert settled.exit_code == 0, settled.output
    assert re.search(r"housing +2026-27 +£2.50bn", settled.output)
    assert verified.exit_code == 0, verified.output


def test_the_tutorial_s_commands_run_in_their_order(tmp_path: Path) -> None:
    page = (DOCS / "tutorials/publish-a-settlement.md").read_text(encoding="utf-8")
    (tmp_path / "gentler.toml").write_text('[bounds]\nfloor = "-0.01"\n', encoding="utf-8")
    (tmp_path / "plan").mkdir()
    areas(tmp_path / "plan")
    text = page.replace("\\\n", " ").replace("--area A01", "--area B01")
    commands = re.findall(r"^ {4}\.venv/bin/folkmoot (.*)$", text, re.MULTILINE)
    for command in commands:
        words = command.replace("build/", f"{tmp_path}/").split()
        result = CliRunner().invoke(main, words)
        assert result.exit_code == 0, (command, result.output)

    assert len(commands) == 6
    for name in ("settlement.csv", "settlement_detail.csv", "certificates.json"):
        first, again = (tmp_path / one / name for one in ("settlement", "again"))
        assert first.read_bytes() == again.read_bytes()
