"""`tws migrate`, `backup`, `backups`, `restore`, `rotate-key`: what is done to the data."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from tws.cli.typed import Data, PassphraseFile, cli, settings_of, until_stopped
from tws.rotation import drop_old, rotate
from tws.safekeeping import back_up, bring_up, list_backups, put_back


@cli.command()
def migrate(data: Data = None) -> None:
    """Bring the tables to this version. On PostgreSQL the server of the version before goes on
    serving meanwhile, and this one then starts at once."""
    settings = settings_of(None, None, data)

    async def work(_: asyncio.Event) -> None:
        await bring_up(settings, typer.echo)

    until_stopped(work)


@cli.command()
def backup(
    to: Annotated[
        Path | None, typer.Option(help="Folder, or a new file; else that of the backups.")
    ] = None,
    passphrase_file: PassphraseFile = None,
    data: Data = None,
) -> None:
    """Write a backup of the whole installation, while the server runs or not."""
    settings = settings_of(None, None, data)

    async def work(_: asyncio.Event) -> None:
        await back_up(settings, to, passphrase_file, typer.echo)

    until_stopped(work)


@cli.command()
def backups(data: Data = None) -> None:
    """List the backups, newest first."""
    list_backups(settings_of(None, None, data), typer.echo)


@cli.command()
def restore(
    file: Annotated[Path, typer.Argument(help="The backup, or its name in `tws backups`.")],
    into: Annotated[
        Path | None,
        typer.Option(help="Folder of data: an SQLite database there, whatever TWS_DATABASE says."),
    ] = None,
    passphrase_file: PassphraseFile = None,
    without_key: Annotated[
        bool, typer.Option(help="Though the secrets of links cannot be opened afterwards.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    data: Data = None,
) -> None:
    """Put a backup back in place of what there is, which is kept aside. The server must be
    stopped."""
    if into is not None:
        into = into.expanduser().absolute()
        settings = settings_of(None, None, into, database=f"sqlite:///{into / 'tws.db'}")
    else:
        settings = settings_of(None, None, data)

    def confirm(question: str) -> bool:
        return yes or typer.confirm(question)

    async def work(_: asyncio.Event) -> None:
        await put_back(
            settings,
            file,
            passphrase_file,
            without_key=without_key,
            confirm=confirm,
            say=typer.echo,
        )

    until_stopped(work)


@cli.command("rotate-key")
def rotate_key(
    drop: Annotated[
        bool,
        typer.Option("--drop-old", help="Take the older keys away; the server must be stopped."),
    ] = False,
    data: Data = None,
) -> None:
    """Seal the secrets of the database with a new key, while the server runs or not; one that was
    cut short goes on. Exit code 1 where some cannot be opened."""
    settings = settings_of(None, None, data)

    async def work(_: asyncio.Event) -> None:
        if not await (drop_old if drop else rotate)(settings, typer.echo):
            raise typer.Exit(1)

    until_stopped(work)
