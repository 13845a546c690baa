"""What areas and geographies are called in sentences for people (``names.toml``)."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("names.toml")

REMARK = re.compile(r"\s*\([^)]*\)$")
"""A remark in brackets at the end of a title."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Naming:
    """How titles become names, and which geographies give an area its own."""

    near: float
    longest: int
    most_joined: int
    whole: tuple[str, ...]
    parts: tuple[str, ...]
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]
    spellings: Mapping[str, str]
    nouns: Mapping[str, str]
    plurals: Mapping[str, str]

    def name(self, title: str) -> str:
        """Strip a title of what a body's kind adds to its place.

        Examples
        --------
        >>> naming().name("NHS Devon Integrated Care Board")
        'Devon'
        >>> naming().name("Bristol, City of")
        'Bristol'
        """
        if title in self.spellings:
            return self.spellings[title]
        name = REMARK.sub("", title).replace(" & ", " and ")
        for prefix in self.prefixes:
            name = name.removeprefix(prefix)
        for suffix in self.suffixes:
            name = name.removesuffix(suffix)
        return name or title

    def noun(self, geography: str) -> str:
        """What one area of a geography is, in lower case.

        Examples
        --------
        >>> naming().noun("ttwa"), naming().noun("school_board")
        ('travel-to-work area', 'school board')
        """
        return self.nouns.get(geography, geography.replace("_", " "))

    def plural(self, geography: str) -> str:
        """What the areas of a geography are, in lower case.

        Examples
        --------
        >>> naming().plural("ttwa"), naming().plural("ceremonial_county")
        ('travel-to-work areas', 'ceremonial counties')
        """
        return self.plurals.get(geography, f"{self.noun(geography)}s")

    def phrase(self, geography: str, title: str) -> str:
        """An area of a geography in a sentence.

        Examples
        --------
        >>> naming().phrase("police", "Metropolitan Police")
        'Metropolitan police'
        """
        return f"{self.name(title)} {self.noun(geography)}"


@cache
def naming() -> Naming:
    """Read the naming that ships with folkmoot, once a process."""
    found = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Naming(
        near=found["near"],
        longest=found["longest"],
        most_joined=found["most_joined"],
        whole=tuple(found["whole"]),
        parts=tuple(found["parts"]),
        prefixes=tuple(found["prefixes"]),
        suffixes=tuple(found["suffixes"]),
        spellings=dict(found["spellings"]),
        nouns=dict(found["nouns"]),
        plurals=dict(found["plurals"]),
    )


def listed(names: Sequence[str], *, most: int = 3) -> str:
    """Write names as a list in a sentence, and count those beyond the first few.

    Examples
    --------
    >>> listed(["Leicester", "Leicestershire", "Rutland"])
    'Leicester, Leicestershire and Rutland'
    >>> listed(["Ash", "Beech", "Elm", "Oak"])
    'Ash, Beech and 2 more'
    """
    if len(names) > most:
        names = [*names[: most - 1], f"{len(names) - most + 1} more"]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
