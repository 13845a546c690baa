"""The formula: everything that decides a settlement besides the country and its areas.

In:        nothing; ``formula_file`` reads one from parameter files.
Out:       ``Formula``, immutable; a settlement names its version and digest.
Source:    docs/decisions 0003 to 0006.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from hashlib import sha256

from folkmoot.funding.bounds import BoundsRule
from folkmoot.funding.entitlements import Entitlement
from folkmoot.funding.errors import FormulaError
from folkmoot.funding.profiles import Profile
from folkmoot.funding.quantum import PublishedSum
from folkmoot.funding.streams import Stream
from folkmoot.vocabulary.codes import StreamCode
from folkmoot.vocabulary.periods import FinancialYear
from folkmoot.vocabulary.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class FormulaHead:
    """What a version of the formula says of itself, and the limits it sets."""

    version: str
    first_day: date
    source: Source
    years: tuple[FinancialYear, ...]
    """The years settled, the opening year first."""
    old_after_years: int
    """Need data older than this when the settlement opens are marked as old."""
    most_entitlements: int
    most_at_risk: Fraction
    """Greatest part of a grant that may wait for outcomes."""
    virement_ratio: Fraction | None
    """Greatest part of a grant that may leave its stream; None for no limit but promises."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """One dated version of the formula, as the Funding Commission adopts it."""

    head: FormulaHead
    streams: tuple[Stream, ...]
    """Sorted by code."""
    profiles: Mapping[str, Profile]
    rules: tuple[BoundsRule, ...]
    """Floors and ceilings, one rule a year."""
    floor_range: tuple[Fraction, Fraction] | None
    """Least and most plausible floor, the same in every year; None where it is not in doubt."""
    bounds_source: Source
    entitlements: tuple[Entitlement, ...]
    modelled_need_weight: Fraction
    """Part of the modelled baseline that goes by earlier need."""
    modelled_source: Source
    published_total: PublishedSum
    sha256: Mapping[str, str]
    """Digest of each file that the formula was read from, by name."""

    def __post_init__(self) -> None:
        problems = [
            *self._about_streams(),
            *self._about_entitlements(),
            *self._about_ranges(),
        ]
        if len(self.rules) != len(self.years):
            problems.append(f"it has {len(self.rules)} bounds rules for {len(self.years)} years")
        if problems:
            raise FormulaError(self.version, problems)

    def _about_streams(self) -> Iterator[str]:
        most = self.head.most_at_risk
        for stream in self.streams:
            if stream.need_profile not in self.profiles:
                known = ", ".join(sorted(self.profiles))
                yield (
                    f"stream '{stream.code}' names the profile '{stream.need_profile}', and "
                    f"there is none; write one of: {known}"
                )
            if stream.outcome_share > most:
                yield (
                    f"stream '{stream.code}' lets {float(stream.outcome_share):.0%} of a grant "
                    f"wait for outcomes; lower 'outcome_share' to {float(most):.0%} or less"
                )

    def _about_entitlements(self) -> Iterator[str]:
        if len(self.entitlements) > self.head.most_entitlements:
            yield (
                f"it makes {len(self.entitlements)} entitlements; keep "
                f"{self.head.most_entitlements} or fewer"
            )
        streams = [stream.code for stream in self.streams]
        for promise in self.entitlements:
            if promise.stream not in streams:
                yield (
                    f"entitlement '{promise.name}' belongs to the stream '{promise.stream}', "
                    f"and there is none; write one of: {', '.join(streams)}"
                )
            if promise.profile and promise.profile not in self.profiles:
                yield (
                    f"entitlement '{promise.name}' names the profile '{promise.profile}', and "
                    f"there is none; write one of: {', '.join(sorted(self.profiles))}"
                )

    def _about_ranges(self) -> Iterator[str]:
        floors = {rule.floor for rule in self.rules}
        named = [("floor", "'floor_range' of [bounds]", floors, self.floor_range)]
        named += [
            (
                "growth after the opening year",
                f"'growth_range' of stream '{stream.code}'",
                {stream.growth(year) for year in self.years[1:]} or {Fraction(0)},
                stream.growth_range,
            )
            for stream in self.streams
        ]
        for what, name, values, held in named:
            if held is None:
                continue
            if len(values) > 1:
                yield f"{name} is of one {what}, and it differs by year; drop the range"
            elif not held[0] <= min(values) <= held[1]:
                yield f"{name} does not hold the {what} itself, {min(values)}; widen it"

    @property
    def version(self) -> str:
        """The name of this version, which a settlement carries."""
        return self.head.version

    @property
    def opening_year(self) -> FinancialYear:
        """The first year settled."""
        return self.years[0]

    @property
    def years(self) -> tuple[FinancialYear, ...]:
        """The years settled, the opening year first."""
        return self.head.years

    @property
    def digest(self) -> str:
        """One digest of every file that the formula was read from."""
        return digest_of(self.sha256)

    @property
    def published_rounding(self) -> int:
        """What closes the published total; it belongs to no stream and is never shared.

        Unit: pence.
        """
        year = self.published_total.year
        parts = [one for stream in self.streams for one in stream.sums if one.year == year]
        return self.published_total.pence - sum(one.pence for one in parts)

    def stream(self, code: StreamCode) -> Stream:
        """The stream of a code that the formula has."""
        return next(stream for stream in self.streams if stream.code == code)

    def profile(self, stream: Stream) -> Profile:
        """The need profile of a stream."""
        return self.profiles[stream.need_profile]

    def promises(self, stream: Stream) -> tuple[Entitlement, ...]:
        """The entitlements of a stream, by name."""
        return tuple(one for one in self.entitlements if one.stream == stream.code)


def digest_of(files: Mapping[str, str]) -> str:
    """One digest of many files, from their names and digests.

    Examples
    --------
    >>> digest_of({"b": "2", "a": "1"}) == digest_of({"a": "1", "b": "2"})
    True
    """
    lines = "".join(f"{name} {files[name]}\n" for name in sorted(files))
    return sha256(lines.encode()).hexdigest()
