"""A formula as one TOML file that holds it whole: every value with its day and source.

In:        ``Formula``.
Out:       TOML that ``read_formula`` reads back into an equal formula, laid over nothing, so
           that a settlement can be made again when the shipped formula has long changed.
Not here:  what the keys mean (the readers of each table).
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from folkmoot.funding.entitlements import Entitlement
from folkmoot.funding.formula import Formula
from folkmoot.funding.profiles import Component, CountedProfile, Profile, PublishedProfile
from folkmoot.funding.quantum import Line, PublishedSum
from folkmoot.funding.streams import Spend, Stream
from folkmoot.vocabulary.source import Source

Value = str | int | bool | date | Fraction | Source | Sequence[str] | Sequence[int] | None
Keys = Mapping[str, Value | Sequence[Fraction]]

HEAD = """\
# The formula of a settlement, whole: nothing is taken from what ships with folkmoot.
# Settle again by it:  folkmoot funding settle --areas areas.csv --formula parameters.toml --out DIR
"""


def formula_text(formula: Formula) -> str:
    """Write a formula as TOML, the same bytes for the same formula.

    Examples
    --------
    >>> from folkmoot.funding.formula_file import read_formula
    >>> print(formula_text(read_formula()).splitlines()[4])
    version = "folkmoot-1"
    """
    return HEAD + "".join(_tables(formula))


def exact(value: Fraction) -> str:
    """Write an exact number as a decimal where it ends, else as a ratio.

    Examples
    --------
    >>> exact(Fraction(-1, 50)), exact(Fraction(1, 3)), exact(Fraction(5, 2)), exact(Fraction(3))
    ('-0.02', '1/3', '2.5', '3')
    """
    places = 0
    while (value * 10**places).denominator != 1:
        if places == 30:
            return str(value)
        places += 1
    digits = f"{abs(value.numerator) * 10**places // value.denominator:0{places + 1}d}"
    sign = "-" if value < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def _tables(formula: Formula) -> Iterator[str]:
    head = formula.head
    yield _table(
        ("formula",),
        {
            "version": head.version,
            "is_whole": True,
            "first_day": head.first_day,
            "source": head.source,
            "opening_year": str(formula.opening_year),
            "years": len(formula.years),
            "old_after_years": head.old_after_years,
            "most_entitlements": head.most_entitlements,
            "most_at_risk": head.most_at_risk,
            "virement_ratio": head.virement_ratio,
        },
    )
    yield _table(
        ("bounds",),
        {
            "floor": _yearly([rule.floor for rule in formula.rules]),
            "ceiling": _yearly([rule.ceiling for rule in formula.rules]),
            "least_share": _yearly([rule.least_share for rule in formula.rules]),
            "floor_range": formula.floor_range,
            "source": formula.bounds_source,
        },
    )
    yield _table(
        ("baseline", "modelled-1"),
        {"need_weight": formula.modelled_need_weight, "source": formula.modelled_source},
    )
    yield _table(("published_total",), _sum(formula.published_total))
    for stream in formula.streams:
        yield from _stream(stream)
    for name, profile in sorted(formula.profiles.items()):
        yield from _profile(name, profile)
    for promise in formula.entitlements:
        yield _table(("entitlement", promise.name), _entitlement(promise))


def _yearly(values: Sequence[Fraction | None]) -> Sequence[Fraction] | Fraction | None:
    """One value where it holds in every year, else one a year; nothing where there is none."""
    kept = [value for value in values if value is not None]
    return kept[0] if len(set(kept)) == 1 else kept or None


def _stream(stream: Stream) -> Iterator[str]:
    yield _table(
        ("stream", stream.code),
        {
            "name": stream.name,
            "programmes": stream.programmes,
            "present_commissioner": stream.present_commissioner,
            "price_base": stream.price_base,
            "need_profile": stream.need_profile,
            "need_data": stream.need_data,
            "baseline": stream.baseline,
            "devolve_from": stream.devolve_from,
            "outcome_share": stream.outcome_share,
            "growth_range": stream.growth_range,
        },
    )
    if stream.outcome_weights:
        yield _table(("stream", stream.code, "outcome_weights"), stream.outcome_weights)
    if stream.spend:
        yield from _spend(("stream", stream.code, "spend"), stream.spend)
    for one in stream.sums:
        yield _table(("stream", stream.code, "quantum"), _sum(one), is_row=True)
    for line in stream.lines:
        yield _table(("stream", stream.code, "line"), _line(line), is_row=True)


def _spend(path: tuple[str, ...], spend: Spend) -> Iterator[str]:
    yield _table(
        path,
        {
            "geography": spend.geography,
            "first_day": spend.first_day,
            "source": spend.source,
        },
    )
    yield _table((*path, "pence"), dict(sorted(spend.pence.items())))


def _sum(one: PublishedSum) -> Keys:
    return {
        "first_day": one.first_day,
        "last_day": one.last_day,
        "published_text": one.text,
        "pence": one.pence,
        "half_width_pence": one.half_width_pence,
        "checked": one.checked,
        "source": one.source,
    }


def _line(line: Line) -> Keys:
    amount: Keys = {"ratio": line.growth} if line.kind == "growth" else {"pence": line.pence}
    return {
        "kind": line.kind,
        "name": line.name,
        "year": str(line.year),
        **amount,
        "source": line.source,
    }


def _profile(name: str, profile: Profile) -> Iterator[str]:
    yield _table(("profile", name), {**_head(profile), **_kind(profile)})
    if isinstance(profile, CountedProfile):
        for component in profile.components:
            yield _table(("profile", name, "component"), _component(component), is_row=True)
        for one in profile.left_out:
            keys: Keys = {"indicator": one.indicator, "reason": one.reason}
            yield _table(("profile", name, "left_out"), keys, is_row=True)


def _head(profile: Profile) -> Keys:
    head = profile.head
    return {
        "kind": "published" if isinstance(profile, PublishedProfile) else "counted",
        "title": head.title,
        "is_shipped": head.is_shipped,
        "first_day": head.first_day,
        "step": head.step,
        "caveats": head.caveats,
        "source": head.source,
    }


def _kind(profile: Profile) -> Keys:
    if isinstance(profile, PublishedProfile):
        return {
            "table": profile.table,
            "population_basis": profile.population_basis,
            "population_table": profile.population_table,
            "inequalities_table": profile.inequalities_table,
            "inequalities_held": profile.inequalities_held or None,
            "eta": profile.eta,
            "eta_range": profile.eta_range,
        }
    return {"region_column": profile.region_column, "coverage_limit": profile.coverage_limit}


def _component(one: Component) -> Keys:
    return {
        "name": one.name,
        "title": one.title,
        "measure": one.measure,
        "indicator": one.indicator,
        "period": one.period,
        "ages": one.ages,
        "theta": one.theta,
        "range": one.theta_range,
        "reason": one.reason,
        "unit_note": one.unit_note,
    }


def _entitlement(promise: Entitlement) -> Keys:
    return {
        "stream": promise.stream,
        "title": promise.title,
        "rule": promise.rule,
        "pence": promise.pence,
        "profile": promise.profile,
        "first_day": promise.first_day,
        "source": promise.source,
    }


def _table(path: tuple[str, ...], keys: Keys, *, is_row: bool = False) -> str:
    """One table; a key whose value says nothing is left out."""
    dotted = ".".join(map(_key, path))
    lines = [
        f"{_key(key)} = {_written(value)}\n"
        for key, value in keys.items()
        if value not in (None, "", ())
    ]
    return f"\n{f'[[{dotted}]]' if is_row else f'[{dotted}]'}\n" + "".join(lines)


def _key(key: str) -> str:
    """A key as TOML takes it, bare where it may be."""
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _quoted(key)


def _written(value: object) -> str:
    found = str(value).lower()
    if isinstance(value, Fraction):
        found = _quoted(exact(value))
    elif isinstance(value, date):
        found = value.isoformat()
    elif isinstance(value, Source):
        parts = {
            "title": value.title,
            "publisher": value.publisher,
            "published": value.published,
            "licence": value.licence,
        }
        found = (
            "{" + ", ".join(f"{key} = {_quoted(one)}" for key, one in parts.items() if one) + "}"
        )
    elif isinstance(value, str):
        found = _quoted(value)
    elif isinstance(value, Sequence):
        found = "[" + ", ".join(map(_written, value)) + "]"
    return found


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are TOML's, but for the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
