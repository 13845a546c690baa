"""Options that many commands share, and the values that they stand for."""

from collections.abc import Callable
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

import click

from folkmoot import england
from folkmoot.areas.errors import UnknownBlockError
from folkmoot.areas.work import EFFORTS
from folkmoot.parameters.names import naming
from folkmoot.readers.criteria import read_criteria
from folkmoot.readers.places import read_places
from folkmoot.vocabulary.codes import BlockCode
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places

Command = TypeVar("Command", bound=Callable[..., Any])

FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)
DAY = click.DateTime(formats=["%Y-%m-%d"])


class Ratio(click.ParamType[Fraction]):
    """A ratio, read without rounding: ``1%``, ``0.01`` or ``1/100``."""

    name = "RATIO"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> Fraction:
        """Take a per cent as a hundredth."""
        try:
            return ratio(value)
        except (ValueError, ZeroDivisionError):
            self.fail(f"'{value}' is not a ratio, such as 1%, -0.01 or 1/100.", param, ctx)


def ratio(text: str) -> Fraction:
    """The exact number that a text holds; a hundredth of it where a ``%`` follows.

    Raises
    ------
    ValueError, ZeroDivisionError
        If it holds none.

    Examples
    --------
    >>> ratio("-1.5%"), ratio("1/8")
    (Fraction(-3, 200), Fraction(1, 8))
    """
    found = Fraction(text.strip().removesuffix("%").replace("_", ""))
    return found / 100 if text.strip().endswith("%") else found


def places_option(command: Command) -> Command:
    """Add ``--places DIR``."""
    text = "Places package. Default: the packaged England."
    return click.option("--places", "package", type=FOLDER, metavar="DIR", help=text)(command)


def settlement_option(command: Command) -> Command:
    """Add ``--settlement DIR``."""
    text = "Folder that 'funding settle' wrote."
    return click.option(
        "--settlement", "folder", type=FOLDER, required=True, metavar="DIR", help=text
    )(command)


def criteria_option(command: Command) -> Command:
    """Add ``--criteria FILE``."""
    text = "Criteria file. Default: the shipped criteria."
    return click.option("--criteria", "criteria_file", type=FILE, metavar="FILE", help=text)(
        command
    )


def areas_option(command: Command) -> Command:
    """Add ``--areas K``."""
    text = "How many areas, instead of the number in the criteria file."
    return click.option("--areas", "k", type=click.IntRange(min=1), metavar="K", help=text)(command)


def seed_option(command: Command) -> Command:
    """Add ``--seed N``."""
    text = "The same seed gives the same result."
    return click.option(
        "--seed", type=click.IntRange(min=0), default=1, show_default=True, help=text
    )(command)


def effort_options(command: Command) -> Command:
    """Add ``--effort NAME`` and ``--time-limit SECONDS``."""
    effort = (
        "quick: whole atoms only. usual: plans that split atoms too. full: also tries to prove a "
        "bound on all plans of whole blocks, which can take more than a quarter of an hour."
    )
    limit = "End after so long with the best plan so far, as Ctrl-C does; it says so."
    named = click.option(
        "--effort",
        type=click.Choice(tuple(EFFORTS)),
        default="usual",
        show_default=True,
        help=effort,
    )
    timed = click.option(
        "--time-limit", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS", help=limit
    )
    return named(timed(command))


def json_option(command: Command) -> Command:
    """Add ``--json``."""
    text = "Print one JSON document for machines."
    return click.option("--json", "as_json", is_flag=True, help=text)(command)


def force_option(command: Command) -> Command:
    """Add ``--force``."""
    text = "Replace files that are there already."
    return click.option("--force", is_flag=True, help=text)(command)


def given_places(package: Path | None) -> Places:
    """The package named, or the packaged England."""
    return england.places() if package is None else read_places(package)


def given_criteria(criteria_file: Path | None, places: Places, k: int | None = None) -> Criteria:
    """The criteria named, or the shipped ones, checked against the package."""
    return read_criteria(criteria_file or england.CRITERIA, places, areas=k)


def given_block(places: Places, text: str) -> BlockCode:
    """The block of a code, or of a name that no other block has.

    Raises
    ------
    UnknownBlockError
        If there is none, with the nearest names, or there are several, with their codes.
    """
    blocks, wanted = places.blocks, text.casefold()
    if BlockCode(text) in blocks.codes:
        return BlockCode(text)
    called = [(name.casefold(), naming().name(name).casefold()) for name in blocks.names]
    found = [code for code, names in zip(blocks.codes, called, strict=True) if wanted in names]
    if len(found) == 1:
        return found[0]
    if found:
        raise UnknownBlockError(text, places.name, found, len(found))
    near = get_close_matches(text, (*blocks.names, *blocks.codes), n=3, cutoff=0.5)
    raise UnknownBlockError(text, places.name, near)
