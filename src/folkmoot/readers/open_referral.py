"""Read a directory of services in the form of Open Referral UK, version 3.

In:        a JSON file: a page of the services endpoint, a list of services, or one of them.
Out:       ``Listed`` services: who offers what to whom and where, as far as a directory says.
Rule:      a directory holds neither capacity nor cost: they stay unknown, and are never guessed.
Source:    Open Referral UK, profile 3.0 of the Human Services Data Specification.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from folkmoot.readers.tables import Faults
from folkmoot.vocabulary.errors import DirectoryError

PAGE = ("contents", "services")
"""Where a page of an endpoint holds its services."""
ACTIVE = "active"
OLDEST = 120
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One service of a directory."""

    identifier: str
    name: str
    provider: str
    address: str
    funders: tuple[str, ...]
    needs: tuple[str, ...]
    """Names of the taxonomy terms that it is listed under."""
    ages: str
    """As 18-64 or 65+; empty where no age is said."""
    areas: tuple[str, ...]
    """Codes of the areas that it serves where their addresses end in one, else names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """The services of a directory that are active."""

    services: tuple[Listed, ...]
    broader: Mapping[str, str | None]
    """Every term with the next broader one, where the directory names it."""
    inactive: int
    """Services left out, as they are not active."""


def read_directory(path: Path) -> Directory:
    """Read a directory.

    Raises
    ------
    DirectoryError
        If it is not JSON, or a service has no identifier, name or status: every one is named.
    """
    faults = Faults()
    rows = _services(path, faults)
    for number, row in enumerate(rows, 1):
        for key in ("id", "name", "status"):
            if not _text(row, key):
                mend = "The standard requires it: ask the publisher."
                faults.add(path.name, f"service {number} has no '{key}'.", mend, column=key)
    if faults.found:
        raise DirectoryError(str(path), faults.found)
    active = [row for row in rows if _text(row, "status").casefold() == ACTIVE]
    return Directory(
        services=tuple(_listed(row) for row in active),
        broader=_broader(active),
        inactive=len(rows) - len(active),
    )


def _services(path: Path, faults: Faults) -> Sequence[Row]:
    """The services of a file, however they are wrapped."""
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        faults.add(path.name, f"it cannot be read ({error.strerror}).", "Correct the path.")
        return ()
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        faults.add(path.name, f"it is not JSON ({error}).", "Fetch it again.")
        return ()
    if isinstance(found, dict):
        wrapped = next((found[key] for key in PAGE if isinstance(found.get(key), list)), None)
        found = [found] if wrapped is None else wrapped
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        mend = "Give a page of the services endpoint, or a list of services."
        faults.add(path.name, "it holds no list of services.", mend)
        return ()
    return found


def _listed(row: Row) -> Listed:
    terms = dict.fromkeys(_text(term, "name") for term in _terms(row))
    areas = dict.fromkeys(_area(one) for one in _rows(row, "service_areas"))
    return Listed(
        identifier=_text(row, "id"),
        name=_text(row, "name"),
        provider=_text(_row(row, "organization"), "name"),
        address=next(_addresses(row), ""),
        funders=tuple(filter(None, (_text(one, "source") for one in _rows(row, "funding")))),
        needs=tuple(filter(None, terms)),
        ages=_ages(row.get("minimum_age"), row.get("maximum_age")),
        areas=tuple(filter(None, areas)),
    )


def _area(row: Row) -> str:
    """The code that ends an area's address, such as E06000001, or else its name."""
    last = _text(row, "uri").rstrip("/").rpartition("/")[2]
    is_code = len(last) == 9 and last[0].isalpha() and last[1:].isdigit()
    return last if is_code else _text(row, "name") or _text(row, "service_area")


def _addresses(row: Row) -> Iterator[str]:
    """Addresses of the places where a service is given, in one line each."""
    for one in _rows(row, "service_at_locations"):
        for address in _rows(_row(one, "location"), "addresses"):
            parts = (_text(address, key) for key in ("address_1", "city", "postal_code"))
            yield ", ".join(filter(None, parts))


def _ages(least: object, most: object) -> str:
    """A span of ages as a needs assessment names it."""
    low = int(least) if isinstance(least, int | float) else 0
    if isinstance(most, int | float) and most < OLDEST:
        return f"{low}-{int(most)}"
    return f"{low}+" if low else ""


def _terms(row: Row) -> Iterator[Row]:
    for one in _rows(row, "attributes"):
        yield _row(one, "taxonomy_term")


def _broader(rows: Sequence[Row]) -> dict[str, str | None]:
    """Terms by name; a parent that no service is listed under has no name here."""
    terms = [term for row in rows for term in _terms(row) if _text(term, "name")]
    names = {_text(term, "id"): _text(term, "name") for term in terms}
    return {_text(term, "name"): names.get(_text(term, "parent_id")) for term in terms}


def _row(row: Row, key: str) -> Row:
    found = row.get(key)
    return found if isinstance(found, dict) else {}


def _rows(row: Row, key: str) -> list[Row]:
    found = row.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _text(row: Row, key: str) -> str:
    found = row.get(key)
    return found.strip() if isinstance(found, str) else ""
