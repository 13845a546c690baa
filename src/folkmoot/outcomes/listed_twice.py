"""Services that may be listed twice: proposals for a person to accept, never merged by machine.

In:        identifiers, names and addresses of services.
Out:       ``Proposal``: two services, and why they may be one.
Rule:      the same identifier first; then names and addresses that are alike. Two that are alike
           by name and have no address to compare are proposed only where the names are the same.
Source:    our own definition; J. W. Ratcliff and D. Metzener, Dr. Dobb's Journal 1988, for the
           likeness of texts, as Python's difflib has it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np

from folkmoot.outcomes.overlap_kernels import alike_pairs, postings

CANDIDATE = 0.5
"""Jaccard's index of the threes of letters of two names, below which nothing is compared: names
of which nine letters in ten agree in order are above it."""
NEVER = 2.0
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
    for one, other in _candidates(plain):
        if (one, other) in made or _likeness(plain[one], plain[other]) < similarity:
            continue
        found = _proposal(one, other, "alike in name and address", plain, places)
        if found.address is None:
            if plain[one] == plain[other]:
                reason = "the same name, and no address to compare"
                made[one, other] = _proposal(one, other, reason, plain, places)
        elif found.address >= similarity:
            made[one, other] = found
    return tuple(sorted(made.values(), key=_surest_first))


def _surest_first(one: Proposal) -> tuple[bool, float, int, int]:
    by_identifier = one.reason.startswith("the same identifier")
    return not by_identifier, -(one.name + (one.address or 0.0)), one.one, one.other


def _plain(text: str) -> str:
    return NOISE.sub(" ", text.casefold()).strip()


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    # The quick ratio is never less than the true one.
    return matcher.ratio() if matcher.quick_ratio() >= CANDIDATE else 0.0


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


def _candidates(names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Names that share many threes of letters."""
    known: dict[str, int] = {}
    runs = []
    for name in names:
        padded = f"  {name} "
        threes = {padded[at : at + 3] for at in range(len(padded) - 2)}
        runs.append(sorted(known.setdefault(three, len(known)) for three in sorted(threes)))
    first = np.concatenate([[0], np.cumsum([len(run) for run in runs])]).astype(np.int64)
    cell = np.array([one for run in runs for one in run], dtype=np.int64)
    begin, held = postings(first, cell, len(known))
    smaller, larger, _ = alike_pairs(
        first, cell, 1, np.zeros((1, 1)), begin, held, NEVER, CANDIDATE, 0, 1
    )
    for a, b in zip(smaller.tolist(), larger.tolist(), strict=True):
        yield (a, b) if a < b else (b, a)
