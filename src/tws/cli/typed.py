"""What all commands have in common: the command itself, options, and how work is run."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Any

import typer
import uvloop
from pydantic import ValidationError

from tws import telemetry
from tws.app.encrypting import encrypt
from tws.config import Settings
from tws.errors import ServiceError
from tws.storage import InUse, StorageError

cli = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="TWS, a telephony gateway.",
)
traces = typer.Typer(no_args_is_help=True, help="Traces of what PBXs and TWS said.")

Host = Annotated[str | None, typer.Option(help="Address to listen on (TWS_HOST).")]
Port = Annotated[int | None, typer.Option(help="Port to listen on, 0 for a free one (TWS_PORT).")]
Data = Annotated[Path | None, typer.Option(help="Folder of the data (TWS_DATA_DIR).")]
PassphraseFile = Annotated[
    Path | None, typer.Option(help="File with the passphrase; else TWS_BACKUP_PASSPHRASE.")
]
IN_USE = 3
"Exit code of a second server on the database of a first."


def settings_of(
    host: str | None, port: int | None, data: Path | None, database: str | None = None
) -> Settings:
    given: dict[str, Any] = {"host": host, "port": port, "database": database}
    if data is not None:
        given |= {"data_dir": data, "state_dir": data / "state"}
    try:
        settings = Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        for wrong in error.errors(include_url=False, include_input=False):
            name = "".join(f"TWS_{part}: ".upper() for part in wrong["loc"])
            typer.echo(f"tws: {name}{wrong['msg'].removeprefix('Value error, ')}", err=True)
        raise typer.Exit(2) from error
    telemetry.set_up(
        form=settings.log_format,
        level=settings.log_level,
        mask=not settings.log_personal,
        calls=settings.log_calls,
        node=settings.node if settings.nats else None,
    )
    try:
        encrypt(settings)
    except ServiceError as error:
        typer.echo(f"tws: {error}", err=True)
        raise typer.Exit(1) from error
    return settings


def until_stopped(work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Run `work` with an event that SIGTERM and SIGINT set; errors are said in words."""

    async def body() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        await work(stop)

    try:
        uvloop.run(body())
    except (ServiceError, StorageError, OSError) as error:
        typer.echo(f"tws: {error}", err=True)
        raise typer.Exit(IN_USE if isinstance(error, InUse) else 1) from error
