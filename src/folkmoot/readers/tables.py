"""Read CSV tables, plain or gzipped, and gather every fault with its row and column.

In:        a path, and what each column must hold.
Out:       columns as arrays and texts; faults, gathered rather than raised.
Not here:  what the tables mean (``readers.places`` and its neighbours).
"""

import csv
import gzip
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from fractions import Fraction
from math import isfinite
from pathlib import Path

import numpy as np

from folkmoot.vocabulary.arrays import FloatVector, IntVector
from folkmoot.vocabulary.errors import Fault

LARGEST_WHOLE = 2**53
"""Whole numbers above this are not exact in a spreadsheet, so none is expected."""

POUNDS = re.compile(r"-?\d+(\.\d{1,2})?")
"""Pounds with two decimals at most: more would be no whole penny."""


def read_bytes(path: Path) -> bytes:
    """The content of a file, unpacked when its name ends in .gz."""
    content = path.read_bytes()
    return gzip.decompress(content) if path.suffix == ".gz" else content


def sha256(path: Path) -> str:
    """Digest of a file's content; a gzipped file has the digest of what it holds."""
    return hashlib.sha256(read_bytes(path)).hexdigest()


def nearest(word: str, known: Iterable[str]) -> str:
    """Advice that names the nearest known word, or lists them when none is near."""
    choices = sorted(known)
    close = get_close_matches(word, choices, n=1, cutoff=0.6)
    if close:
        return f"Did you mean '{close[0]}'?"
    return f"Known: {', '.join(choices)}." if choices else ""


@dataclass(slots=True)
class Faults:
    """Faults of one input, gathered while it is read."""

    found: list[Fault] = field(default_factory=list)

    def add(
        self,
        file: str,
        problem: str,
        mend: str,
        *,
        row: int | None = None,
        column: str | None = None,
    ) -> None:
        """Note one fault."""
        self.found.append(Fault(file=file, row=row, column=column, problem=problem, mend=mend))


@dataclass(slots=True)
class Table:
    """One CSV file as text columns; typed access notes faults instead of raising.

    Row *n* of a column stands on line ``lines[n]`` of the file.
    """

    file: str
    columns: dict[str, list[str]]
    lines: list[int]
    faults: Faults

    def __len__(self) -> int:
        return len(self.lines)

    def has(self, *names: str) -> bool:
        """Whether every one of these columns is there; each that is not is a fault."""
        missing = [name for name in names if name not in self.columns]
        for name in missing:
            self.faults.add(
                self.file,
                f"the column '{name}' is missing.",
                f"Add it, or rename the one that holds it. {nearest(name, self.columns)}",
                row=1,
            )
        return not missing

    def fault(self, number: int, column: str, problem: str, mend: str) -> None:
        """Note a fault in row ``number`` of the table, counted from 0."""
        self.faults.add(self.file, problem, mend, row=self.lines[number], column=column)

    def rows(self, *names: str) -> Iterator[tuple[str, ...]]:
        """Cells of columns that are there, row by row."""
        return zip(*(self.columns[name] for name in names), strict=True)

    def text(self, name: str, *, required: bool = True) -> list[str]:
        """A column as text; an empty cell is a fault when it is required."""
        cells = self.columns.get(name, [""] * len(self))
        if required:
            for number, cell in enumerate(cells):
                if not cell:
                    self.fault(number, name, "the cell is empty.", "Fill it in.")
        return cells

    def floats(
        self,
        name: str,
        *,
        required: bool = True,
        least: float = -np.inf,
        most: float = np.inf,
        what: str = "a number",
    ) -> FloatVector:
        """A column as numbers; an empty cell is NaN where it is not required."""
        values = np.full(len(self), np.nan)
        for number, cell in enumerate(self.columns.get(name, [""] * len(self))):
            if not cell and not required:
                continue
            try:
                value = float(cell)
            except ValueError:
                value = np.nan
            if not isfinite(value) or not least <= value <= most:
                self.fault(number, name, f"'{cell}' is not {what}.", f"Write {what}.")
            else:
                values[number] = value
        return values

    def whole(self, name: str, *, least: int = 0, what: str = "a whole number") -> IntVector:
        """A column of whole numbers; 12 and 12.0 are both twelve."""
        values = np.zeros(len(self), dtype=np.int64)
        for number, cell in enumerate(self.columns.get(name, [""] * len(self))):
            try:
                value = float(cell)
            except ValueError:
                value = np.nan
            if not isfinite(value) or value != int(value) or not least <= value <= LARGEST_WHOLE:
                mend = f"Write {what}, {least} or more, without commas or a unit."
                self.fault(number, name, f"'{cell}' is not {what}.", mend)
            else:
                values[number] = int(value)
        return values

    def pence(
        self, name: str, *, required: bool = True, is_signed: bool = False
    ) -> list[int | None]:
        """A column of pounds, with pence or without, as exact whole pence; None where empty."""
        wanted = "a sum in pounds" + ("" if is_signed else ", 0 or more")
        found: list[int | None] = []
        for number, cell in enumerate(self.columns.get(name, [""] * len(self))):
            is_sum = POUNDS.fullmatch(cell) is not None and (is_signed or not cell.startswith("-"))
            if is_sum or (not cell and not required):
                found.append(round(Fraction(cell) * 100) if cell else None)
                continue
            found.append(None)
            mend = f"Write {wanted}, such as 1200 or 12.50, without commas or a pound sign."
            self.fault(number, name, f"'{cell}' is not {wanted}.", mend)
        return found

    def once(self, names: Sequence[str]) -> None:
        """Note each row whose key stands in an earlier row."""
        first: dict[tuple[str, ...], int] = {}
        for number, key in enumerate(self.rows(*names)):
            if key in first:
                self.fault(
                    number,
                    names[-1],
                    f"{' / '.join(key)} stands already in row {self.lines[first[key]]}.",
                    "Keep one of the two rows.",
                )
            else:
                first[key] = number


def read_table(path: Path, faults: Faults, *, name: str | None = None) -> Table | None:
    """Read a CSV file in UTF-8, with or without a byte-order mark.

    Returns
    -------
    Table or None
        None when the file cannot be read as a table at all; the fault is noted.
    """
    file = name or path.name
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except FileNotFoundError:
        faults.add(file, "the file is not there.", "Put it in the folder, or correct the path.")
        return None
    except (OSError, EOFError) as error:
        faults.add(file, f"the file cannot be read ({error}).", "Replace it with a sound copy.")
        return None
    except UnicodeDecodeError as error:
        faults.add(
            file,
            f"the file is not UTF-8 text (byte {error.start}).",
            "Save it as 'CSV UTF-8' from the spreadsheet.",
        )
        return None
    return parse_table(text, file, faults)


def parse_table(text: str, file: str, faults: Faults) -> Table | None:
    """Read the text of a CSV file; see ``read_table``."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    columns: dict[str, list[str]] = {}
    lines: list[int] = []
    try:
        header = [cell.strip() for cell in next(reader, [])]
        if not any(header):
            faults.add(file, "the file is empty.", "Write a header row and the data.", row=1)
            return None
        doubled = sorted({cell for cell in header if header.count(cell) > 1})
        for cell in doubled:
            faults.add(file, f"two columns are called '{cell}'.", "Rename or drop one.", row=1)
        if doubled:
            return None
        columns = {cell: [] for cell in header}
        cells_by_column = [columns[cell] for cell in header]
        for row in reader:
            if not any(row):
                continue
            if len(row) != len(header):
                faults.add(
                    file,
                    f"the row has {len(row)} cells and the header {len(header)}.",
                    "Give it one cell a column; put quotes round a cell with a comma.",
                    row=reader.line_num,
                )
                continue
            lines.append(reader.line_num)
            for column, cell in zip(cells_by_column, row, strict=True):
                column.append(cell.strip())
    except csv.Error as error:
        faults.add(
            file,
            f"the table breaks off ({error}).",
            "Close the quotes there.",
            row=reader.line_num,
        )
        return None
    return Table(file=file, columns=columns, lines=lines, faults=faults)
