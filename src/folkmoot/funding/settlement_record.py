"""A settlement's record: what JSON keeps beside the tables, enough to explain and re-run it.

In:        a settlement.
Out:       plain texts, whole numbers, lists and mappings, the same every time.
Not here:  the figures by area (``settlement_tables``).
"""

from dataclasses import asdict
from fractions import Fraction
from typing import Any

from folkmoot.funding.explain import causes, need_steps, quantum_cause
from folkmoot.funding.quantum import Line, Quantum
from folkmoot.funding.settlement import Settlement, StreamYear
from folkmoot.vocabulary.source import Source

Record = dict[str, Any]


def certificates(settlement: Settlement) -> dict[str, dict[str, Record]]:
    """The proof of every stream and year, by stream and year."""
    found: dict[str, dict[str, Record]] = {}
    for one in settlement.stream_years:
        by_year = found.setdefault(one.stream.code, {})
        by_year[str(one.year)] = one.allocations.certificate.as_json()
    return found


def modelled(settlement: Settlement) -> list[str]:
    """Every label that figures carry, once for each stream it holds in."""
    found = [
        f"{one.stream.name}: {label}" for one in settlement.stream_years for label in one.labels
    ]
    return list(dict.fromkeys(found))


def caveats(settlement: Settlement) -> list[str]:
    """Sentences that every page built on the settlement carries, each once."""
    used = dict.fromkeys(
        one.stream.need_profile
        for one in settlement.stream_years
        if one.need.basis != "by_population"
    )
    said = [caveat for name in used for caveat in settlement.formula.profiles[name].head.caveats]
    return list(dict.fromkeys(said))


def record(settlement: Settlement) -> Record:
    """Formula, inputs, streams, sources, labels and caveats."""
    formula = settlement.formula
    head = formula.head
    return {
        "formula": {
            "version": formula.version,
            "first_day": head.first_day.isoformat(),
            "source": source_record(head.source),
            "files": dict(sorted(formula.sha256.items())),
            "sha256": formula.digest,
        },
        "package": settlement.package,
        "inputs": dict(sorted(settlement.inputs.items())),
        "bounds": {
            str(year): {
                "floor": str(rule.floor),
                "ceiling": _text(rule.ceiling),
                "least_share": _text(rule.least_share),
            }
            for year, rule in zip(formula.years, formula.rules, strict=True)
        },
        "published_total": {
            "published_text": formula.published_total.text,
            "pence": formula.published_total.pence,
            "rounding_pence": formula.published_rounding,
        },
        "streams": {
            stream.code: _stream(
                settlement,
                [one for one in settlement.stream_years if one.stream.code == stream.code],
            )
            for stream in formula.streams
        },
        "modelled": modelled(settlement),
        "caveats": caveats(settlement),
    }


def _stream(settlement: Settlement, years: list[StreamYear]) -> Record:
    first = years[0]
    head = settlement.formula.profile(first.stream).head
    return {
        "name": first.stream.name,
        "present_commissioner": first.stream.present_commissioner,
        "price_base": first.stream.price_base,
        "baseline": {"name": first.baseline.name, "is_modelled": first.baseline.is_modelled},
        "need": {
            "profile": head.name,
            "title": head.title,
            "source": source_record(head.source),
            "basis": first.need.basis,
            "reason": first.need.reason,
            "vintages": [asdict(one) for one in first.need.vintages],
            "filled": [asdict(one) for one in first.need.filled],
        },
        "years": {
            str(one.year): {
                "quantum": quantum_record(one.quantum),
                "labels": list(one.labels),
                "causes": [asdict(cause) for cause in causes(settlement, one).values()],
                "quantum_cause": asdict(quantum_cause(settlement, one)),
                "need_steps": [
                    {"name": name, "micro_persons": list(people)}
                    for name, people in need_steps(one).items()
                ],
            }
            for one in years
        },
    }


def quantum_record(quantum: Quantum) -> Record:
    """A quantum with every line between the published sum and it. Unit: pence."""
    return {
        "published_text": quantum.published.text,
        "published": quantum.published.pence,
        "half_width": quantum.published.half_width_pence,
        "published_for": str(quantum.published.year),
        "checked": quantum.published.checked,
        "source": source_record(quantum.published.source),
        "uplifted": quantum.uplifted,
        "lines": [_line(line) for line in quantum.lines],
        "pence": quantum.pence,
    }


def source_record(source: Source) -> Record:
    """A source without the parts that are empty."""
    return {name: text for name, text in asdict(source).items() if text}


def _line(line: Line) -> Record:
    return {
        "kind": line.kind,
        "name": line.name,
        "year": str(line.year),
        "growth": str(line.growth),
        "pence": line.pence,
        "source": source_record(line.source),
    }


def _text(ratio: Fraction | None) -> str | None:
    return None if ratio is None else str(ratio)
