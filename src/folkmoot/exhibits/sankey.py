"""Draw money as bands between holders in layers: a Sankey diagram.

In:        holders in layers, and bands between them in pence.
Out:       one ``<svg>`` element: no script, no style attribute, nothing from elsewhere.
Rule:      one scale for all that is drawn; a band is as wide as its sum, and 1 px at least.
           Colour never says anything alone: each band has its title, and a table beside it.
Not here:  what runs where (``services.flow``); the layout (``exhibits.layers``).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap

from folkmoot.exhibits.layers import (
    Band,
    Place,
    Step,
    ordered,
    placed,
    steps_of,
    threaded,
)
from folkmoot.exhibits.maps import INK, LINE, PAPER
from folkmoot.vocabulary.money import in_short

WIDTH, BAR, RIGHT = 1100.0, 12.0, 190.0
"""Of the drawing, of a node, and of the room for labels beside the last layer."""
TALL = 400.0
"""Height of all the money of one picture. Unit: drawing units."""
TOP, FOOT, LINE_HEIGHT, LETTERS = 66.0, 22.0, 14.0, 28
TINTS = ("#8fb8de", "#e8a598", "#8fc490", "#b9a3dd", "#f3c98b", "#9fd3cf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A holder of money."""

    code: str
    name: str
    layer: int
    """From 1, left to right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One flow, under its title."""

    title: str
    nodes: tuple[Node, ...]
    bands: tuple[Band, ...]

    @property
    def pence(self) -> int:
        """All the money: what starts where nothing arrives."""
        arrives = {band.target for band in self.bands}
        return sum(band.pence for band in self.bands if band.source not in arrives)


def sankey(pictures: Sequence[Picture], layers: Sequence[str], *, title: str, identity: str) -> str:
    """Draw flows one below another, on one scale.

    Parameters
    ----------
    layers : sequence of str
        What each layer is called, from the left.
    identity : str
        Keeps the ids of this drawing apart from those of others on a page.

    Returns
    -------
    str
        An ``<svg>`` element of the class ``wide``: a narrow page lets it scroll.
    """
    most = max((one.pence for one in pictures), default=0)
    kinds = sorted({band.kind for one in pictures for band in one.bands})
    tints = {kind: TINTS[n % len(TINTS)] for n, kind in enumerate(kinds)}
    drawn, height = "", 0.0
    for picture in pictures:
        body, tall = _picture(picture, layers, TALL / most if most else 0.0, tints)
        drawn += f'<g transform="translate(0 {height:.0f})">{body}</g>'
        height += tall
    told = "; ".join(f"{one.title}: {in_short(one.pence)}" for one in pictures)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart wide" role="img" '
        f'viewBox="0 0 {WIDTH:.0f} {height:.0f}" aria-labelledby="{identity}-title '
        f'{identity}-desc" font-family="Arial, sans-serif" font-size="12">'
        f'<title id="{identity}-title">{escape(title)}</title>'
        f'<desc id="{identity}-desc">{escape(told)}. Money runs from left to right; the table '
        f"has every band.</desc>{drawn}</svg>"
    )


def _picture(
    picture: Picture, layers: Sequence[str], scale: float, tints: Mapping[str, str]
) -> tuple[str, float]:
    """One flow, and how tall it is."""
    steps = steps_of(picture.bands, {node.code: node.layer for node in picture.nodes})
    labels = {(node.layer, node.code): _label(node, picture) for node in picture.nodes}
    order = ordered(steps)
    room = {key: LINE_HEIGHT * len(lines) for key, lines in labels.items()}
    places = placed(steps, order, scale=scale, room=room)
    bottom = max((place.top + place.height for place in places.values()), default=0.0)
    across = {n: _across(n, len(layers)) for n in range(1, len(layers) + 1)}
    middles = threaded(steps, order, places, scale=scale)
    body = (
        f'<text x="0" y="18" fill="{INK}" font-size="16" font-weight="700">'
        f"{escape(picture.title)}</text>"
        + _key(picture, tints)
        + "".join(_heading(name, across[n]) for n, name in enumerate(layers, 1))
        + f'<g transform="translate(0 {TOP:.0f})">'
        + "".join(_bands(picture, middles, across, scale, tints))
        + "".join(_bar(place, across[key[0]]) for key, place in places.items() if key in labels)
        + "".join(
            _words(lines, places[key], across[key[0]])
            for key, lines in labels.items()
            if key in places
        )
        + "</g>"
    )
    return body, TOP + bottom + FOOT


def _across(layer: int, layers: int) -> float:
    return (layer - 1) * (WIDTH - RIGHT - BAR) / max(layers - 1, 1)


def _label(node: Node, picture: Picture) -> tuple[str, ...]:
    """What a node is called and what it holds; a short name has both on one line."""
    came = sum(band.pence for band in picture.bands if band.target == node.code)
    left = sum(band.pence for band in picture.bands if band.source == node.code)
    return tuple(wrap(f"{node.name} {in_short(max(came, left))}", LETTERS))


def _heading(name: str, x: float) -> str:
    return f'<text x="{x:.0f}" y="56" fill="{LINE}">{escape(name)}</text>'


def _key(picture: Picture, tints: Mapping[str, str]) -> str:
    """What each colour stands for, beside the title."""
    drawn, x = "", 250.0
    for kind in sorted({band.kind for band in picture.bands}):
        drawn += (
            f'<rect x="{x:.0f}" y="8" width="12" height="12" fill="{tints[kind]}"/>'
            f'<text x="{x + 17:.0f}" y="18" fill="{INK}">{escape(kind)}</text>'
        )
        x += 40 + 7 * len(kind)
    return drawn


def _bands(
    picture: Picture,
    middles: Mapping[Step, tuple[float, float]],
    across: Mapping[int, float],
    scale: float,
    tints: Mapping[str, str],
) -> Iterator[str]:
    """Each band as one stroke, the widest first, so that a thin one lies on top."""
    names = {node.code: node.name for node in picture.nodes}
    parts: dict[Band, list[Step]] = {}
    for step in middles:
        parts.setdefault(step.band, []).append(step)
    for band, found in sorted(parts.items(), key=lambda one: _widest_first(one[0])):
        route = _route(found, middles, across)
        told = f"{names[band.source]} to {names[band.target]}, {band.kind}: {in_short(band.pence)}"
        width = max(band.pence * scale, 1.0)
        yield (
            f'<path d="{route}" fill="none" stroke="{tints[band.kind]}" stroke-opacity="0.75" '
            f'stroke-width="{width:.2f}"><title>{escape(told)}</title></path>'
        )


def _widest_first(band: Band) -> tuple[int, str, str, str]:
    return -band.pence, band.source, band.target, band.kind


def _route(
    steps: Sequence[Step], middles: Mapping[Step, tuple[float, float]], across: Mapping[int, float]
) -> str:
    """The middle line of a band: a curve from layer to layer, level where it meets one."""
    drawn = ""
    for step in steps:
        left, right = across[step.source[0]] + BAR, across[step.target[0]]
        leaves, arrives = middles[step]
        between = (left + right) / 2
        drawn += f"{'L' if drawn else 'M'}{left:.1f} {leaves:.1f}"
        drawn += (
            f"C{between:.1f} {leaves:.1f} {between:.1f} {arrives:.1f} {right:.1f} {arrives:.1f}"
        )
    return drawn


def _bar(place: Place, x: float) -> str:
    return (
        f'<rect x="{x:.1f}" y="{place.top:.1f}" width="{BAR:.0f}" '
        f'height="{place.height:.1f}" fill="{INK}"/>'
    )


def _words(lines: Sequence[str], place: Place, x: float) -> str:
    """A label right of its node, in a halo that parts it from the bands behind."""
    first = place.top + place.height / 2 - LINE_HEIGHT * (len(lines) - 1) / 2 + 4
    rows = "".join(
        f'<tspan x="{x + BAR + 4:.1f}" y="{first + n * LINE_HEIGHT:.1f}">{escape(line)}</tspan>'
        for n, line in enumerate(lines)
    )
    return (
        f'<text fill="{INK}" stroke="{PAPER}" stroke-width="3" stroke-opacity="0.85" '
        f'paint-order="stroke">{rows}</text>'
    )
