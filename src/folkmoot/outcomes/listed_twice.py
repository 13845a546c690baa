"""Services that may be listed twice: proposals for a person to accept, never merged by machine.

In:        identifiers, names and addresses of services.
Out:       ``Proposal``: two services, and why they may be one.
Rule:      the same identifier first; then names and addresses that are alike, where two
           neighbouring words of the addresses are the same. Where an address is missing, names
           must be the same.
Source:    our own definition; J. W. Ratcliff and D. Metzener, Dr. Dobb's Journal 1988, for the
           likeness of texts, as Python's difflib has it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations, pairwise

MOST_AT = 200
"""Two neighbouring words of an address, such as 'high street', that more services than this have
do not bring them together; a number with its street, or a postcode, does."""
NOISE = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Two services that may be one."""

    one: int
    """Number of the service that is listed first."""
    other: int
    reason: str
    name: float
    """Likeness of the names: a ratio, 0 to 1."""
    address: float | None
    """Of the addresses; None where one has none."""


def listed_twice(
    names: Sequence[str],
    addresses: Sequence[str],
    identifiers: Sequence[str],
    *,
    similarity: float,
) -> tuple[Proposal, ...]:
    """Propose services that may be listed twice; the surest first.

    Examples
    --------
    >>> found = listed_twice(["Advice Line Ltd", "Advice line, Ltd."], ["1 High St"] * 2,
    ...                      ["", ""], similarity=0.9)
    >>> found[0].reason
    'alike in name and address'
    """
    plain = [_plain(name) for name in names]
    places = [_plain(address) for address in addresses]
    made: dict[tuple[int, int], Proposal] = {}
    for one, other in _same(identifiers):
        reason = f"the same identifier, {identifiers[one]}"
        made[one, other] = _proposal(one, other, reason, plain, places)
    for one, other in _candidates(places):
        name = _likeness(plain[one], plain[other], least=similarity)
        if (one, other) in made or name < similarity:
            continue
        found = _proposal(one, other, "alike in name and address", plain, places)
        if found.address is not None and found.address >= similarity:
            made[one, other] = found
    for one, other in _same_names(plain, places):
        reason = "the same name, and no address to compare"
        made.setdefault((one, other), _proposal(one, other, reason, plain, places))
    return tuple(sorted(made.values(), key=_surest_first))


def _surest_first(one: Proposal) -> tuple[bool, float, int, int]:
    by_identifier = one.reason.startswith("the same identifier")
    return not by_identifier, -(one.name + (one.address or 0.0)), one.one, one.other


def _plain(text: str) -> str:
    return NOISE.sub(" ", text.casefold()).strip()


def _likeness(one: str, other: str, *, least: float = 0.0) -> float:
    """How alike two texts are; 0 where a quick look shows that it is less than the least."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    return matcher.ratio()


def _proposal(
    one: int, other: int, reason: str, names: Sequence[str], places: Sequence[str]
) -> Proposal:
    has_both = places[one] and places[other]
    return Proposal(
        one=one,
        other=other,
        reason=reason,
        name=_likeness(names[one], names[other]),
        address=_likeness(places[one], places[other]) if has_both else None,
    )


def _same(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Each later entry of a word with its first."""
    first: dict[str, int] = {}
    for number, word in enumerate(words):
        if word and word in first:
            yield first[word], number
        elif word:
            first[word] = number


def _same_names(names: Sequence[str], places: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Every two of one name of which at least one has no address."""
    by_name: dict[str, list[int]] = {}
    for number, name in enumerate(names):
        by_name.setdefault(name, []).append(number)
    for numbers in by_name.values():
        for one, other in combinations(numbers, 2):
            if not (places[one] and places[other]):
                yield one, other


def _candidates(places: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Services whose addresses share two neighbouring words that are not in every other one."""
    by_words: dict[tuple[str, str], list[int]] = {}
    for number, place in enumerate(places):
        for pair in set(pairwise(place.split())):
            by_words.setdefault(pair, []).append(number)
    found = set[tuple[int, int]]()
    for numbers in by_words.values():
        if len(numbers) <= MOST_AT:
            found.update(combinations(numbers, 2))
    return iter(sorted(found))
