"""``folkmoot areas move`` and ``explain``: a block elsewhere, and why it is where it is."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from textwrap import fill

import click

from folkmoot.areas.errors import UnknownAreaError, UnknownBlockError
from folkmoot.areas.explain import Explanation, explain
from folkmoot.areas.moves import Mend, Moved, move_priced
from folkmoot.areas.options import Pricing
from folkmoot.cli.area_demands import move_lines
from folkmoot.cli.area_lists import WIDTH
from folkmoot.cli.console import check_free, csv_text, print_json, progress_line, table, write
from folkmoot.cli.inputs import (
    FILE,
    areas_option,
    criteria_option,
    force_option,
    given_block,
    given_criteria,
    given_places,
    json_option,
    places_option,
)
from folkmoot.parameters.names import listed, naming
from folkmoot.readers.area_plan import read_area_plan
from folkmoot.vocabulary.codes import AreaCode
from folkmoot.vocabulary.places import Places

PLAN = click.Path(path_type=Path)


@click.command("move")
@click.argument("plan_path", type=PLAN, metavar="PLAN")
@click.argument("block", metavar="BLOCK")
@click.argument("area", metavar="AREA")
@places_option
@criteria_option
@areas_option
@click.option("--out", type=FILE, metavar="FILE", help="Write the changed plan as CSV.")
@force_option
@json_option
def move_command(
    *,
    plan_path: Path,
    block: str,
    area: str,
    package: Path | None,
    criteria_file: Path | None,
    k: int | None,
    out: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Move one block to another area, and see what that does.

    The change in every term of F, the rules that are then broken, and which further moves
    mend them. PLAN is a CSV file with the columns 'block' and 'area', or a plan folder;
    BLOCK is a code or a name, and AREA is too, or is a block that is in it. For example:

        folkmoot areas move areas.csv Bassetlaw Sheffield --out moved.csv
    """
    if out is not None:
        check_free(out, force=force)
    places = given_places(package)
    criteria = given_criteria(criteria_file, places, k)
    plan = read_area_plan(plan_path, places)
    pricing = Pricing.of(plan, places, criteria)
    moved = move_priced(pricing, given_block(places, block), _area(pricing, area))
    if out is not None:
        placed = zip(moved.plan.blocks, moved.plan.area_of.tolist(), strict=True)
        rows = ((one, moved.plan.areas[at]) for one, at in placed)
        write(out, csv_text(("block", "area"), rows), force=force)
    if as_json:
        print_json(_record(moved))
    else:
        click.echo("\n".join(_move_lines(moved, pricing)))


def _area(pricing: Pricing, text: str) -> AreaCode:
    """The area of a code or a name, or that of a block."""
    names = pricing.names
    by_name = {name.casefold(): area for area, name in names.items()}
    if AreaCode(text) in names:
        return AreaCode(text)
    if text.casefold() in by_name:
        return by_name[text.casefold()]
    try:
        return pricing.plan.area(given_block(pricing.places, text))
    except UnknownBlockError:
        near = get_close_matches(text, (*names.values(), *names), n=3, cutoff=0.0)
        raise UnknownAreaError(text, near) from None


def _record(moved: Moved) -> dict[str, object]:
    return {
        "block": moved.move.block,
        "name": moved.move.name,
        "before": moved.move.before,
        "after": moved.move.after,
        "objective": moved.objective,
        "price": moved.price,
        "price_ratio": moved.price_ratio,
        "changes": dict(zip(moved.terms, moved.changes, strict=True)),
        "breaks": moved.breaks,
        "cut_off": moved.cut_off,
        "mends": moved.mends,
    }


def _move_lines(moved: Moved, pricing: Pricing) -> Iterator[str]:
    one, names = moved.move, pricing.names
    before, after = (f"{names[area]} ({area})" for area in (one.before, one.after))
    if one.before == one.after:
        yield f"{one.name} is in {before} already."
        return
    yield f"{one.name} from {before} to {after}, with everything else held"
    yield ""
    rows = [
        (term, f"{change:+.6f}", _share(change, pricing))
        for term, change in zip(moved.terms, moved.changes, strict=True)
    ]
    rows.append(("F", f"{moved.price:+.6f}", _share(moved.price, pricing)))
    yield table(("term", "change", "of F"), rows)
    yield ""
    if not moved.breaks:
        yield "It breaks no rule."
        return
    yield f"Rules that it breaks: {'; '.join(moved.breaks)}."
    if moved.cut_off:
        yield from _mend_lines("Blocks that are cut off, and where each best goes", moved.cut_off)
    if moved.mends:
        yield from _mend_lines("Further moves after which no rule is broken", moved.mends)
    else:
        yield "No one block more mends that; 'folkmoot areas demand' draws the rest anew."


def _mend_lines(title: str, mends: Sequence[Mend]) -> Iterator[str]:
    """Further moves, with what F then is against the plan as it was."""
    yield f"{title}; with the change in F of all together"
    for mend in mends:
        goes: dict[AreaCode, list[str]] = {}
        for one in mend.moves:
            goes.setdefault(one.after, []).append(one.name)
        words = "; ".join(f"{listed(blocks)} to {area}" for area, blocks in goes.items())
        still = f" (still: {'; '.join(mend.breaks)})" if mend.breaks else ""
        yield f"  {mend.price:+.6f} ({mend.price_ratio:+.2%})  {words}{still}"


def _share(change: float, pricing: Pricing) -> str:
    return f"{pricing.ratio(change):+.2%}"


@click.command("explain")
@click.argument("plan_path", type=PLAN, metavar="PLAN")
@click.argument("block", metavar="BLOCK")
@places_option
@criteria_option
@areas_option
@click.option("--held-only", is_flag=True, help="Do not draw the rest of the plan anew.")
@json_option
def explain_command(
    *,
    plan_path: Path,
    block: str,
    package: Path | None,
    criteria_file: Path | None,
    k: int | None,
    held_only: bool,
    as_json: bool,
) -> None:
    """Say why a block is in its area, and what it costs to have it elsewhere.

    Against each neighbouring area: what changes were the block alone to move, and which
    rules that breaks; then the cheapest plan of all in which it is elsewhere. PLAN is a CSV
    file with the columns 'block' and 'area', or a plan folder; BLOCK is a code or a name. For
    example:

        folkmoot areas explain areas.csv Bassetlaw
    """
    places = given_places(package)
    criteria = given_criteria(criteria_file, places, k)
    plan = read_area_plan(plan_path, places)
    asked = given_block(places, block)
    with progress_line() as progress:
        found = explain(plan, places, criteria, asked, held_only=held_only, progress=progress)
    if as_json:
        print_json(_explained(found))
        return
    click.echo("\n".join(_why_lines(found)))
    if not held_only:
        click.echo("\n".join(["", *_elsewhere_lines(found, places)]))


def _explained(found: Explanation) -> dict[str, object]:
    elsewhere = found.elsewhere
    return {
        "block": found.block,
        "name": found.name,
        "area": found.area,
        "objective": found.objective,
        "names": found.names,
        "alternatives": [
            {**_record(one.moved), "sentences": one.sentences} for one in found.alternatives
        ],
        "elsewhere": None
        if elsewhere is None
        else {
            "apart_from": elsewhere.apart_from,
            "price": elsewhere.price,
            "price_ratio": elsewhere.price_ratio,
            "standing": elsewhere.standing,
            "moves": elsewhere.moves,
            "covers": elsewhere.covers,
        },
    }


def _why_lines(found: Explanation) -> Iterator[str]:
    """Each neighbouring area, with everything else held."""
    yield f"{found.name} is in {found.names[found.area]} ({found.area})."
    if not found.alternatives:
        yield "It touches no other area."
        return
    yield "Were it alone to move to a neighbouring area, F would change so; lower is better."
    for one in found.alternatives:
        area = one.moved.move.after
        yield ""
        yield f"  {one.moved.price_ratio:+.2%}  {found.names[area]} ({area})"
        for sentence in one.sentences:
            yield fill(sentence, width=WIDTH, initial_indent=" " * 5, subsequent_indent=" " * 7)


def _elsewhere_lines(found: Explanation, places: Places) -> Iterator[str]:
    """The cheapest plan in which the block is elsewhere, and what it costs."""
    elsewhere = found.elsewhere
    if elsewhere is None:
        yield "It is alone in its area, so there is nothing for it to be apart from."
        return
    anchor = places.blocks.names[places.blocks.position()[elsewhere.apart_from]]
    apart = f"Apart from {naming().name(anchor)}, with the rest drawn anew"
    if elsewhere.price is None or elsewhere.price_ratio is None:
        there_is = "there is no plan" if elsewhere.is_proven else "no plan was found"
        yield f"{apart}, {there_is}."
        yield elsewhere.covers
        return
    yield (
        f"{apart}, F changes by {elsewhere.price:+.6f} ({elsewhere.price_ratio:+.2%}, "
        f"{elsewhere.standing}). {len(elsewhere.moves)} block(s) then move."
    )
    yield from move_lines(elsewhere.moves)
    yield elsewhere.covers
