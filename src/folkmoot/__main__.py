"""Run the command line as ``python -m folkmoot``."""

from folkmoot.cli import main

main(prog_name="folkmoot")
