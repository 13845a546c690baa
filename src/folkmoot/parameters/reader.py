"""Read parameter files: TOML whose values are checked, dated, sourced and exact.

In:        a file that ships with folkmoot, or one that a user names.
Out:       ``Section``: a table of the file with typed access. Decimals become fractions
           without passing through floats; faults are gathered and raised together.
Not here:  what the values mean: each room reads its own tables.

A room reads a file like this, and every fault in it is shown at once::

    file = packaged("streams/health.toml")
    stream = file.section("stream").section("health")
    name, share = stream.text("name"), stream.ratio("outcome_share", least=0, most=1)
    stream.finish()
    file.check()
"""

import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path
from typing import Any, Self, TypeVar

from folkmoot.vocabulary.errors import Fault, FolkmootError, ParameterError
from folkmoot.vocabulary.periods import FinancialYear, FinancialYearError
from folkmoot.vocabulary.source import Source

PACKAGED = Path(__file__).parent
NO_SOURCE = Source(title="", publisher="", published="")
Value = TypeVar("Value")


@dataclass(slots=True, kw_only=True)
class Section:
    """One table of a parameter file; a bad value is noted as a fault, never raised."""

    file: str
    key: str
    """Dotted name of the table, empty for the whole file."""
    values: Mapping[str, Any]
    faults: list[Fault] = field(default_factory=list)
    sha256: str = ""
    """Digest of the file, on the whole-file section."""
    used: set[str] = field(default_factory=set)
    """Keys that have been asked for."""

    def fault(self, key: str, problem: str, mend: str) -> None:
        """Note one fault at a key of this table."""
        self.faults.append(
            Fault(file=self.file, column=self._named(key), problem=problem, mend=mend)
        )

    def check(self) -> None:
        """Raise every fault noted so far in the file.

        Raises
        ------
        ParameterError
            If there is any.
        """
        if self.faults:
            raise ParameterError(self.file, self.faults)

    def finish(self) -> None:
        """Note each key that nobody asked for: it is misspelt, or has no effect."""
        for key in sorted(set(self.values) - self.used):
            near = get_close_matches(key, sorted(self.used), n=1)
            advice = f"Did you mean '{near[0]}'?" if near else "Drop it."
            self.fault(key, "no such key is known here.", advice)

    def make(self, build: Callable[[], Value]) -> Value | None:
        """Make a value of this table; a refusal or a key left unread becomes a fault.

        None when there is any fault.
        """
        before = len(self.faults)
        try:
            value = build()
        except FolkmootError as error:
            # A refusal of a value that a bad key left empty would only repeat that fault.
            if len(self.faults) == before:
                self.fault("", str(error), "Mend this table.")
        self.finish()
        return None if len(self.faults) > before else value

    def has(self, key: str) -> bool:
        """Whether the table holds a key."""
        self.used.add(key)
        return key in self.values

    def text(self, key: str, *, default: str | None = None) -> str:
        """A text."""
        value = self._value(key, default)
        return value if isinstance(value, str) else self._refuse(key, value, "a text in quotes", "")

    def choice(self, key: str, known: Sequence[Value], *, default: Value | None = None) -> Value:
        """One of the texts that are known."""
        value = self._value(key, default)
        for one in known:
            if one == value:
                return one
        return self._refuse(key, value, f"one of: {', '.join(map(str, known))}", known[0])

    def texts(self, key: str, *, default: Sequence[str] | None = None) -> tuple[str, ...]:
        """A list of texts."""
        value = self._value(key, default)
        if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
            return tuple(value)
        return self._refuse(key, value, 'a list of texts: ["one", "two"]', ())

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        """True or false."""
        value = self._value(key, default)
        if not isinstance(value, bool):
            self._refuse(key, value, "true or false", None)
        return value is True

    def whole(
        self,
        key: str,
        *,
        default: int | None = None,
        least: int | None = None,
        most: int | None = None,
    ) -> int:
        """A whole number."""
        value = self._value(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and _within(value, least, most):
            return value
        return self._refuse(key, value, f"a whole number{_range(least, most)}", least or 0)

    def ratio(
        self,
        key: str,
        *,
        default: Fraction | None = None,
        least: Fraction | int | None = None,
        most: Fraction | int | None = None,
    ) -> Fraction:
        """An exact number, written as a decimal or as two whole numbers: "0.044", "11/250"."""
        value = self._value(key, default)
        found = _exact(value)
        if found is not None and _within(found, least, most):
            return found
        wanted = f'a number{_range(least, most)}, such as "0.044" or "11/250"'
        return self._refuse(key, value, wanted, Fraction(least or 0))

    def ratios(
        self,
        key: str,
        *,
        least: Fraction | int | None = None,
        most: Fraction | int | None = None,
    ) -> tuple[Fraction, ...]:
        """One exact number or a list of them; none where the key is left out."""
        if not self.has(key):
            return ()
        value = self.values[key]
        found = [_exact(one) for one in (value if isinstance(value, list) else [value])]
        kept = [one for one in found if one is not None and _within(one, least, most)]
        if found and len(kept) == len(found):
            return tuple(kept)
        wanted = f'a number{_range(least, most)}, such as "0.044", or a list of them'
        return self._refuse(key, value, wanted, ())

    def plausible(
        self,
        key: str,
        *,
        least: Fraction | int | None = None,
        most: Fraction | int | None = None,
    ) -> tuple[Fraction, Fraction] | None:
        """The least and the most plausible value, as ["0.1", "0.3"]; None where left out."""
        found = self.ratios(key, least=least, most=most)
        if len(found) == 2:
            return found[0], found[1]
        if self.has(key):
            self.fault(key, "it is not a least and a most.", 'Write it as ["0.1", "0.3"].')
        return None

    def day(self, key: str, *, default: date | None = None) -> date:
        """A day, written 2016-04-01."""
        value = self._value(key, default)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        return self._refuse(key, value, "a day, as 2016-04-01 without quotes", date.min)

    def year(self, key: str) -> FinancialYear:
        """A financial year, written "2026-27"."""
        value = self._value(key, None)
        try:
            return FinancialYear.parse(value if isinstance(value, str) else "")
        except FinancialYearError:
            return self._refuse(key, value, 'a financial year, as "2026-27"', FinancialYear(0))

    def source(self, key: str = "source") -> Source:
        """Where the values of this table come from: title, publisher and day."""
        if not self.has(key):
            example = '{title = "…", publisher = "…", published = 2017-11-02}'
            return self._refuse(key, None, f"a source: {example}", NO_SOURCE)
        table = self.section(key)
        published = self.values[key].get("published", "") if table.values else ""
        table.used.add("published")
        if not isinstance(published, str | date) or not str(published):
            table.fault("published", "it is not a day.", "Write it as 2017-11-02.")
        found = Source(
            title=table.text("title"),
            publisher=table.text("publisher"),
            published=str(published),
            licence=table.text("licence", default=""),
        )
        table.finish()
        return found

    def section(self, key: str) -> "Section":
        """A table within this one; empty where it is left out."""
        return self._section(key, self._value(key, {}))

    def sections(self, key: str) -> "dict[str, Section]":
        """The tables within a table, by name, as [stream.health] and [stream.skills]."""
        outer = self.section(key)
        return {name: outer.section(name) for name in outer.values}

    def rows(self, key: str) -> "tuple[Section, ...]":
        """A list of tables, as [[quantum]] and [[quantum]]."""
        value = self._value(key, [])
        if not isinstance(value, list):
            return self._refuse(key, value, f"a list of tables: [[{self._named(key)}]]", ())
        return tuple(self._section(f"{key}[{number}]", one) for number, one in enumerate(value, 1))

    def merged(self, other: "Section") -> Self:
        """Lay the keys of another table over these; faults then name the other's file.

        What another file changes is no longer from this table's source: unless it names
        one, the source is that file.
        """
        values = {**self.values, **other.values}
        if "source" in self.values and "source" not in other.values:
            declared = f"as declared in {other.file}"
            values["source"] = {"title": declared, "publisher": "the user", "published": "undated"}
        return type(self)(file=other.file, key=self.key, values=values, faults=other.faults)

    def _section(self, key: str, value: object) -> "Section":
        if not isinstance(value, dict):
            value = self._refuse(key, value, f"a table: [{self._named(key)}]", {})
        return Section(file=self.file, key=self._named(key), values=value, faults=self.faults)

    def _named(self, key: str) -> str:
        return ".".join(part for part in (self.key, key) if part)

    def _value(self, key: str, default: object) -> object:
        self.used.add(key)
        return self.values.get(key, default)

    def _refuse(self, key: str, value: object, wanted: str, instead: Value) -> Value:
        problem = "it is missing." if value is None else f"{_shown(value)} will not do."
        self.fault(key, problem, f"Write {wanted}.")
        return instead


def read_parameters(path: Path, *, name: str | None = None) -> Section:
    """Read a parameter file that a user names; faults call it by ``name``.

    Raises
    ------
    ParameterError
        If it is not there, not UTF-8 or not TOML; the fault gives the line.
    """
    try:
        content = path.read_bytes()
        values = tomllib.loads(content.decode("utf-8-sig"), parse_float=Decimal)
    except OSError as error:
        raise _unreadable(path, f"it cannot be read ({error.strerror}).", None) from error
    except UnicodeDecodeError as error:
        raise _unreadable(path, "it is not UTF-8 text.", None) from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        row = int(line[1]) if line else None
        raise _unreadable(path, f"it is not TOML ({error}).", row) from error
    digest = hashlib.sha256(content).hexdigest()
    return Section(file=name or path.name, key="", values=values, sha256=digest)


def packaged(name: str) -> Section:
    """Read a file that ships with folkmoot, by its path beneath ``parameters/``."""
    return read_parameters(PACKAGED / name, name=f"parameters/{name}")


def packaged_text(name: str) -> str:
    """The text of a file that ships with folkmoot, to copy as a template."""
    return (PACKAGED / name).read_text(encoding="utf-8")


def packaged_in(folder: str) -> tuple[Section, ...]:
    """Read every file of a folder that ships with folkmoot, in order of name."""
    names = sorted(path.name for path in (PACKAGED / folder).glob("*.toml"))
    return tuple(packaged(f"{folder}/{name}") for name in names)


def _unreadable(path: Path, problem: str, row: int | None) -> ParameterError:
    mend = "Mend the file there, or name another."
    return ParameterError(str(path), [Fault(file=path.name, row=row, problem=problem, mend=mend)])


def _exact(value: object) -> Fraction | None:
    """The exact value of a decimal or a ratio; None where it is neither."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal | Fraction):
        return None
    try:
        return Fraction(value)
    except (ValueError, OverflowError, ZeroDivisionError):
        return None


def _within(
    value: Fraction | int, least: Fraction | int | None, most: Fraction | int | None
) -> bool:
    return (least is None or value >= least) and (most is None or value <= most)


def _range(least: Fraction | int | None, most: Fraction | int | None) -> str:
    if least is not None and most is not None:
        return f" from {least} to {most}"
    if least is not None:
        return f", {least} or more"
    return f", {most} or less" if most is not None else ""


def _shown(value: object) -> str:
    return f"'{value}'" if isinstance(value, str | int | Decimal) else "what stands there"
