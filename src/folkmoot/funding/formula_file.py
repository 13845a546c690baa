"""Read the formula: the shipped one, with what a user's file declares laid over it.

In:        the files under ``parameters/``, and optionally one TOML with the tables
           [formula], [stream.*], [profile.*], [bounds] and [entitlement.*].
Out:       ``Formula``, or one ``ParameterError`` with every fault.
Rule:      a table left out is the shipped one, and so is a key left out of a table; a file
           that says ``is_whole``, as a settlement folder holds, is laid over nothing.
Not here:  what the values mean; each checks itself when it is made.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Self

from folkmoot.funding.bounds import BoundsRule
from folkmoot.funding.entitlements import ENTITLEMENT_RULES, Entitlement
from folkmoot.funding.formula import Formula, FormulaHead
from folkmoot.funding.profile_table import read_profile
from folkmoot.funding.profiles import Profile
from folkmoot.funding.stream_table import kept, read_stream, read_sum
from folkmoot.parameters.reader import Section, packaged, packaged_in, read_parameters
from folkmoot.vocabulary.codes import StreamCode
from folkmoot.vocabulary.errors import ParameterError

USER_TABLES = ("formula", "stream", "profile", "bounds", "entitlement")
WHOLE_TABLES = (*USER_TABLES, "baseline", "published_total")
"""Of a file that says ``is_whole``, as a settlement folder holds: nothing lies beneath it."""


def read_formula(path: Path | None = None, *, years: int | None = None) -> Formula:
    """Read the shipped formula, or a user's laid over it.

    Parameters
    ----------
    path : Path, optional
        A TOML file with some of the tables above.
    years : int, optional
        Years to settle; the formula's own number when left out.

    Raises
    ------
    ParameterError
        Every fault with its file, key and mend.

    Examples
    --------
    >>> formula = read_formula()
    >>> [stream.code for stream in formula.streams]
    ['employment', 'health', 'offender', 'skills']
    >>> [str(year) for year in formula.years]
    ['2026-27', '2027-28', '2028-29', '2029-30']
    """
    return _Layers.of(path).formula(years)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layers:
    """The shipped files, and the user's over them."""

    shipped: Section
    streams: tuple[Section, ...]
    profiles: tuple[Section, ...]
    user: Section
    """Empty when no file is named, or when the file named is whole."""

    @classmethod
    def of(cls, path: Path | None) -> Self:
        nothing = Section(file="", key="", values={})
        user = read_parameters(path) if path else nothing
        if user.section("formula").values.get("is_whole") is True:
            _check_tables(user, WHOLE_TABLES)
            return cls(shipped=user, streams=(user,), profiles=(user,), user=nothing)
        _check_tables(user, USER_TABLES)
        return cls(
            shipped=packaged("formula.toml"),
            streams=packaged_in("streams"),
            profiles=packaged_in("profiles"),
            user=user,
        )

    def table(self, name: str) -> Section:
        """A table of the shipped formula with the user's keys over it."""
        shipped, user = self.shipped.section(name), self.user.section(name)
        return shipped.merged(user) if user.values else shipped

    def tables(self, name: str, files: tuple[Section, ...]) -> dict[str, Section]:
        """Every table of a kind by its name: shipped, laid over, or the user's own."""
        found = {key: table for file in files for key, table in file.sections(name).items()}
        for key, table in self.user.sections(name).items():
            found[key] = found[key].merged(table) if key in found else table
        return dict(sorted(found.items()))

    def formula(self, years: int | None) -> Formula:
        head = _head(self.table("formula"), years, laid_over=self.name_of_user_version())
        bounds = self.table("bounds")
        floor_range = bounds.plausible("floor_range", least=-1)
        bounds_source = bounds.source()
        rules = _rules(bounds, len(head.years) if head else 1)
        streams = kept(
            read_stream(code, table) for code, table in self.tables("stream", self.streams).items()
        )
        entitlements = kept(
            _entitlement(name, table)
            for name, table in self.tables("entitlement", (self.shipped,)).items()
        )
        profiles = self.profiles_by_name()
        modelled = self.shipped.section("baseline").section("modelled-1")
        need_weight = modelled.ratio("need_weight", least=0, most=1)
        modelled_source = modelled.source()
        total = read_sum(self.shipped.section("published_total"))
        files = (self.user, self.shipped, *self.streams, *self.profiles)
        faults = list(dict.fromkeys(fault for file in files for fault in file.faults))
        if faults or head is None or total is None:
            raise ParameterError(faults[0].file, faults)
        return Formula(
            head=head,
            streams=streams,
            profiles=profiles,
            rules=rules,
            floor_range=floor_range,
            bounds_source=bounds_source,
            entitlements=entitlements,
            modelled_need_weight=need_weight,
            modelled_source=modelled_source,
            published_total=total,
            sha256={file.file: file.sha256 for file in files if file.file},
        )

    def name_of_user_version(self) -> str:
        """What to add to the shipped version's name; nothing if the user names a version."""
        if not self.user.file or "version" in self.user.section("formula").values:
            return ""
        return f" with {self.user.file}"

    def profiles_by_name(self) -> dict[str, Profile]:
        declared = self.user.section("profile").values
        read: tuple[Profile, ...] = kept(
            read_profile(name, table, is_shipped=name not in declared)
            for name, table in self.tables("profile", self.profiles).items()
        )
        return {profile.head.name: profile for profile in read}


def _check_tables(file: Section, names: tuple[str, ...]) -> None:
    """Note each table of a file that no formula has."""
    for name in names:
        file.has(name)
    file.finish()


def _head(table: Section, years: int | None, *, laid_over: str) -> FormulaHead | None:
    def build() -> FormulaHead:
        table.flag("is_whole", default=False)
        opening = table.year("opening_year")
        number = table.whole("years", least=1)
        return FormulaHead(
            version=table.text("version") + laid_over,
            first_day=table.day("first_day"),
            source=table.source(),
            years=tuple(opening.later(later) for later in range(years or number)),
            old_after_years=table.whole("old_after_years", least=0),
            most_entitlements=table.whole("most_entitlements", least=0),
            most_at_risk=table.ratio("most_at_risk", least=0, most=1),
            virement_ratio=(
                table.ratio("virement_ratio", least=0, most=1)
                if table.has("virement_ratio")
                else None
            ),
        )

    return table.make(build)


def _rules(table: Section, years: int) -> tuple[BoundsRule, ...]:
    floors = _yearly(table, "floor", years, least=-1)
    ceilings = _yearly(table, "ceiling", years, least=-1)
    shares = _yearly(table, "least_share", years, least=0)
    made = {
        (floor, ceiling, share): table.make(
            partial(BoundsRule, floor=floor or Fraction(0), ceiling=ceiling, least_share=share)
        )
        for floor, ceiling, share in zip(floors, ceilings, shares, strict=True)
    }
    return kept(made[year] for year in zip(floors, ceilings, shares, strict=True))


def _yearly(table: Section, key: str, years: int, *, least: int) -> list[Fraction | None]:
    """One value a year; a single one holds in every year."""
    found = table.ratios(key, least=least)
    if len(found) in (0, 1):
        return [*found, *[None] * (1 - len(found))] * years
    if len(found) != years:
        problem = f"it has {len(found)} values, and the settlement {years} years."
        table.fault(key, problem, "Write one value, or one a year.")
    return [*found, *[None] * years][:years]


def _entitlement(name: str, table: Section) -> Entitlement | None:
    return table.make(
        lambda: Entitlement(
            name=name,
            stream=StreamCode(table.text("stream")),
            title=table.text("title", default=name),
            rule=table.choice("rule", ENTITLEMENT_RULES),
            pence=table.ratio("pence", least=0),
            profile=table.text("profile", default=""),
            first_day=table.day("first_day"),
            source=table.source(),
        )
    )
