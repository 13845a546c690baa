"""What every command does alike: show progress, print tables, write files.

Results go to standard output, everything else to standard error, so that the output of
any command can be piped. A file is written whole or not at all.
"""

import csv
import io
import json
import re
import signal
import sys
import threading
import time
from collections.abc import Callable, Collection, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from pathlib import Path

import click

from folkmoot.cli.errors import OutputFileError
from folkmoot.plan.folder import beside
from folkmoot.vocabulary.progress import Progress

WITHOUT_FIGURES = re.compile(r"\d[\d,.]*")
"""A log tells a stage once, not each count within it."""

INTERRUPTED = 130
"""Exit code of a command that Ctrl-C ended."""

BAR = 24
"""Characters of a progress bar."""


@contextmanager
def progress_line() -> Generator[Progress]:
    """Show how far work is: one line that is rewritten, or a line a stage in a log.

    Examples
    --------
    >>> with progress_line() as progress:
    ...     progress("Counting the areas that could be drawn", 0.5)
    """
    is_terminal = sys.stderr.isatty()
    shown = ""

    def show(stage: str, share: float) -> None:
        nonlocal shown
        if is_terminal:
            done = round(min(max(share, 0.0), 1.0) * BAR)
            bar = "█" * done + "░" * (BAR - done)
            click.echo(f"\r\033[2K{bar} {share:4.0%}  {stage}", err=True, nl=False)
        elif WITHOUT_FIGURES.sub("", stage) != shown:
            click.echo(f"{stage} …", err=True)
        shown = WITHOUT_FIGURES.sub("", stage)

    try:
        yield show
    finally:
        if is_terminal and shown:
            click.echo("\r\033[2K", err=True, nl=False)


@contextmanager
def patience(seconds: float | None) -> Generator[Callable[[], bool]]:
    """Answer whether work is to end: after some seconds, or once Ctrl-C was pressed.

    Ctrl-C pressed again ends the command at once.
    """
    is_pressed, start = threading.Event(), time.monotonic()

    def press(_: int, __: object) -> None:
        if is_pressed.is_set():
            click.echo("Stopped. Nothing was left half-written.", err=True)
            sys.exit(INTERRUPTED)
        is_pressed.set()
        click.echo("\nEnding with the best plan so far; Ctrl-C again ends at once.", err=True)

    def is_enough() -> bool:
        is_late = seconds is not None and time.monotonic() - start > seconds
        return is_late or is_pressed.is_set()

    is_main = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, press) if is_main else None
    try:
        yield is_enough
    finally:
        if is_main:
            signal.signal(signal.SIGINT, before)


def table(header: Sequence[str], rows: Iterable[Sequence[str]], *, text: int = 1) -> str:
    """Lay out rows in columns: the first ``text`` of them to the left, figures to the right.

    Examples
    --------
    >>> print(table(("geography", "areas"), [("police", "39"), ("travel to work", "155")]))
      geography       areas
      ──────────────  ─────
      police             39
      travel to work    155
    """
    body = [tuple(row) for row in rows]
    widths = [max(len(row[n]) for row in (tuple(header), *body)) for n in range(len(header))]
    lines = [tuple(header), tuple("─" * width for width in widths), *body]
    return "\n".join(
        "  "
        + "  ".join(
            cell.ljust(width) if n < text else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def print_json(value: object) -> None:
    """Print a value for machines: one JSON document, keys as the fields are called."""
    click.echo(json.dumps(_plain(value), indent=2, ensure_ascii=False, allow_nan=False))


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value


def check_free(path: Path, *, force: bool) -> None:
    """Refuse to replace a file before any work is done for it.

    Raises
    ------
    OutputFileError
        If the file is there and ``force`` is not given, or its folder is not.
    """
    if path.is_dir():
        raise OutputFileError(path, "is a folder", "Name a file in it.")
    if path.exists() and not force:
        mend = "Name another file, or add --force to replace it."
        raise OutputFileError(path, "is there already", mend)
    if not path.parent.is_dir():
        mend = f"Make the folder '{path.parent}' first."
        raise OutputFileError(path, "would lie in a folder that is not there", mend)


def check_ours(folder: Path, ours: Collection[str], *, force: bool) -> None:
    """Refuse to replace a folder before any work is done for it.

    Raises
    ------
    OutputFileError
        If it holds any file that is not one of ours, or holds ours and ``force`` is not given.
    """
    held = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    if folder.is_file() or not held <= set(ours):
        raise OutputFileError(folder, "holds something else", "Name another folder.")
    if held and not force:
        mend = "Name another folder, or add --force to replace it."
        raise OutputFileError(folder, "is there already", mend)


def write(path: Path, text: str, *, force: bool = False) -> None:
    """Write a text file whole: an interrupt leaves the old file, or none.

    Raises
    ------
    OutputFileError
        As ``check_free``, or if the disk refuses.
    """
    check_free(path, force=force)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="")
        part.replace(path)
    except OSError as error:
        mend = "Mend that, or name another file."
        raise OutputFileError(path, f"cannot be written ({error.strerror})", mend) from error
    finally:
        part.unlink(missing_ok=True)


def write_folder(folder: Path, texts: Mapping[str, str]) -> None:
    """Write files as one folder, whole: a fault or an interrupt leaves the old one, or none.

    Whatever the folder holds is replaced: ask first whether it may be.
    """
    with beside(folder) as draft:
        for name, text in texts.items():
            (draft / name).write_bytes(text.encode())


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    r"""A table as CSV text.

    Examples
    --------
    >>> csv_text(("block", "area"), [("E1", "A01")])
    'block,area\nE1,A01\n'
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()
