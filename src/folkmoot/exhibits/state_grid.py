"""A grid of states in words: rows by columns, each cell a word on a shade of its own.

In:        rows and columns by name, a word for each cell, and how each word is shaded.
Out:       an ``<svg>`` element; the command or page that shows it has the table.
Rule:      the shade only repeats what the word says.
"""

from collections.abc import Mapping, Sequence

from folkmoot.exhibits.axes import chart, words

NAMES, CELL, ROW, TOP = 250.0, 104.0, 26.0, 56.0
GOOD, FAIR, BAD, NONE = "#cfe8d5", "#e8eef2", "#f3c9bd", "#ffffff"
LETTERS = 14
BLANK = "–"
Cells = Mapping[tuple[str, str], str]
"""Words by row and column."""


def state_grid(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Cells,
    shades: Mapping[str, str],
    *,
    title: str,
    identity: str,
    note: str = "",
) -> str:
    """Draw a grid.

    Parameters
    ----------
    note : str
        What must stand on the drawing itself, such as that its figures are made up.
    shades : mapping
        Fill by word; a word that is not in it has none.
    """
    heads = "".join(
        words(NAMES + CELL * (n + 0.5), TOP - 30 + 15 * k, part, anchor="middle", bold=True)
        for n, name in enumerate(columns)
        for k, part in enumerate(two_lines(name))
    )
    names = "".join(words(0, TOP + ROW * n + 17, short(row, 34)) for n, row in enumerate(rows))
    body = "".join(
        _cell(cells.get((row, column), BLANK), shades, NAMES + CELL * across, TOP + ROW * down)
        for down, row in enumerate(rows)
        for across, column in enumerate(columns)
    )
    return chart(
        words(0, 14, note) + heads + names + body,
        width=NAMES + CELL * len(columns),
        height=TOP + ROW * len(rows) + 6,
        title=title,
        description="Each cell gives a word; the table has the same.",
        identity=identity,
        kind="wide",
    )


def _cell(word: str, shades: Mapping[str, str], x: float, y: float) -> str:
    return (
        f'<rect x="{x + 1:.0f}" y="{y + 1:.0f}" width="{CELL - 2:.0f}" height="{ROW - 2:.0f}" '
        f'fill="{shades.get(word, NONE)}" stroke="#b1b4b6"/>'
        + words(x + CELL / 2, y + 17, short(word, 16), anchor="middle")
    )


def two_lines(said: str, most: int = LETTERS) -> tuple[str, str]:
    """A heading over two lines; what is short stands on the lower.

    Examples
    --------
    >>> two_lines("help with washing"), two_lines("worry")
    (('help with', 'washing'), ('', 'worry'))
    """
    if len(said) <= most or " " not in said:
        return "", short(said, most)
    middle = min(
        (at for at, letter in enumerate(said) if letter == " "),
        key=lambda at: abs(at - len(said) / 2),
    )
    return short(said[:middle], most), short(said[middle + 1 :], most)


def short(said: str, most: int) -> str:
    """Words cut to a length.

    Examples
    --------
    >>> short("washing", 5)
    'wash…'
    """
    return said if len(said) <= most else f"{said[: most - 1]}…"
