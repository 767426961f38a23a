"""The command line: `tws serve`, `demo`, `simulate`, `initialise`, `synchronise`, ...."""

from typing import Annotated

import typer

from tws import __version__

# In the order of --help.
from tws.cli import serving, keeping, looking, passing
from tws.cli.typed import IN_USE, cli, traces
from tws.issuing import licence

__all__ = ["IN_USE", "cli", "keeping", "looking", "main", "passing", "serving"]

cli.add_typer(licence, name="licence")
cli.add_typer(traces, name="trace")


def main() -> None:
    cli()


@cli.callback(invoke_without_command=True)
def version(
    show: Annotated[bool, typer.Option("--version", help="Say the version and leave.")] = False,
) -> None:
    if show:
        typer.echo(f"tws {__version__}")
        raise typer.Exit
