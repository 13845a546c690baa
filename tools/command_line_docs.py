"""Write docs/reference/command-line.md from the commands' own help.

Run:   python tools/command_line_docs.py            writes the page
       python tools/command_line_docs.py --check    exit 1 when the page is not current
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from folkmoot.cli import main as folkmoot

PAGE = Path(__file__).resolve().parents[1] / "docs/reference/command-line.md"
HEAD = """\
# Command line

Every command reads and writes files that a spreadsheet or a map program opens. Without
`--places` the packaged England is used, without `--criteria` the shipped criteria. `--json`
prints one document for machines. A mistake in an input is told in a sentence, with exit code 1;
wrong usage exits with 2; Ctrl-C leaves nothing half-written and exits with 130.

This page is made from the commands' own help by `tools/command_line_docs.py`.
"""


def commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """A command and all below it, in order of name."""
    yield path, command
    if isinstance(command, click.Group):
        for name in sorted(command.commands):
            yield from commands(command.commands[name], f"{path} {name}")


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for path, command in commands(folkmoot, "folkmoot"):
        # As in a real call, where each command takes these names from the first.
        names = folkmoot.context_settings["help_option_names"]
        context = click.Context(
            command,
            info_name=path,
            terminal_width=92,
            max_content_width=92,
            help_option_names=names,
        )
        parts.append(f"## {path}\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    if "--check" in sys.argv[1:]:
        sys.exit(PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8")
