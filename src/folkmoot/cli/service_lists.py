"""What ``folkmoot services list`` can list, as rows of text by column."""

from collections.abc import Callable, Mapping
from textwrap import fill

from folkmoot.services.abroad import examples_abroad
from folkmoot.services.catalogue import Stream, shipped_catalogue
from folkmoot.services.figures import Figure, shipped_figures
from folkmoot.services.functions import shipped_functions
from folkmoot.vocabulary.money import in_pounds, in_short

Rows = list[dict[str, str]]

WIDTH = 92
"""Characters of a line of prose."""


def streams() -> Rows:
    """Each stream, its programmes, and the money that none of them accounts for."""
    catalogue = shipped_catalogue()
    rows = []
    for stream in catalogue.streams:
        rows.append(_stream_row(stream, name=stream.name, amount=stream.amount.published_text))
        rows += [
            {
                "stream": stream.code,
                "programme": one.code,
                "name": one.name,
                "amount": "not published" if one.amount is None else one.amount.published_text,
                "state": one.state,
                "source": str(one.source),
                "note": one.note,
            }
            for one in catalogue.programmes
            if one.stream == stream.code
        ]
        rows += [
            _stream_row(stream, name=line.name, amount=in_short(line.pence))
            | {"programme": line.programme, "state": "computed"}
            for line in catalogue.lines(stream.code)
            if not line.is_listed
        ]
    return rows


def functions() -> Rows:
    """Each function, and how sure it is who holds it today."""
    return [
        {
            "function": one.code,
            "name": one.name,
            "stream": one.stream,
            "state": one.state,
            "source": str(one.source),
            "note": one.note,
        }
        for one in shipped_functions().functions
    ]


def figures() -> Rows:
    """Each published figure, as it was printed."""
    return _figure_rows(shipped_figures())


def abroad() -> Rows:
    """Each example of another country, as it was printed; none is reckoned with."""
    shown = _figure_rows(examples_abroad())
    return [
        {"where": figure.geography, **row}
        for figure, row in zip(examples_abroad().values(), shown, strict=True)
    ]


def _figure_rows(figures: Mapping[str, Figure]) -> Rows:
    return [
        {
            "figure": one.code,
            "published": one.published_text,
            "unit": one.unit,
            "days": f"{one.first_day}/{one.last_day or '..'}",
            "state": one.state,
            "source": str(one.source),
            "note": one.note,
        }
        for one in figures.values()
    ]


LISTS: Mapping[str, Callable[[], Rows]] = {
    "streams": streams,
    "functions": functions,
    "figures": figures,
    "abroad": abroad,
}


def rounding_sentence() -> str:
    """What the printed total has beyond the streams."""
    line = shipped_catalogue().rounding()
    return fill(
        f"The printed total is {line.total.published_text}; the streams make "
        f"{in_pounds(line.parts_pence)}. The rest, {in_pounds(line.pence)}, is rounding: it has "
        "no commissioner and is shared with nobody.",
        WIDTH,
    )


def _stream_row(stream: Stream, *, name: str, amount: str) -> dict[str, str]:
    return {
        "stream": stream.code,
        "programme": "",
        "name": name,
        "amount": amount,
        "state": stream.amount.state,
        "source": str(stream.amount.source),
        "note": stream.amount.note,
    }
