"""`tws serve`, `demo`, `simulate`, `initialise`: a server, and what it begins with."""

import asyncio
import getpass
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from tws import telemetry
from tws.app.house import open_house
from tws.app.office import open_office
from tws.app.serving import run
from tws.app.tracing import traced
from tws.cli.typed import Data, Host, Port, cli, settings_of, until_stopped
from tws.config import demonstration_folder, machine_zone
from tws.demo import prepare, refuse_demonstration, running_simulator, welcome

UTC_ZONES = frozenset({"UTC", "Etc/UTC", "UCT", "Etc/UCT", "Universal", "Etc/Universal", "Zulu"})
"Names of no place: what servers are often set to."


@cli.command()
def serve(host: Host = None, port: Port = None, data: Data = None) -> None:
    """Serve the Caller, the administration and the API."""
    settings = settings_of(host, port, data)

    async def work(stop: asyncio.Event) -> None:
        refuse_demonstration(settings)
        async with traced(settings), open_house(settings) as house:
            if await house.rooms.access.first_start.needed():
                typer.echo("No administrator yet: open the page, or use `tws initialise`.")
            await run(house, settings, stop, _ready)

    until_stopped(work)


@cli.command()
def demo(
    port: Annotated[int, typer.Option(help="Port to listen on, 0 for a free one.")] = 8080,
    data: Annotated[
        Path | None, typer.Option(help="Folder of its data; ~/.local/share/tws-demo.")
    ] = None,
    csta_port: Annotated[int, typer.Option(help="Port of the simulated PBX.")] = 0,
    page_port: Annotated[
        int | None, typer.Option(help="Port of its page; the one after --port.")
    ] = None,
) -> None:
    """Start the demonstration on this machine: a simulated PBX and the company SSDEI.

    Its data are its own: TWS_DATA_DIR, TWS_STATE_DIR and TWS_DATABASE are those of a server.
    """
    folder = (demonstration_folder() if data is None else data).expanduser().absolute()
    settings = settings_of("127.0.0.1", port, folder, database="")
    after = settings.port + 1 if settings.port else 0
    wall = after if page_port is None else page_port
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)

    async def work(stop: asyncio.Event) -> None:
        async with (
            running_simulator(csta_port, wall) as pbx,
            open_house(settings) as house,
        ):
            await prepare(house, pbx.csta_port, folder)

            def ready(bound: int) -> None:
                _ready(bound)
                welcome(f"http://127.0.0.1:{bound}", pbx, typer.echo)

            await run(house, settings, stop, ready)

    until_stopped(work)


@cli.command(
    add_help_option=False,
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def simulate(arguments: typer.Context) -> None:
    """Run the simulated PBX alone: `tws simulate --help` lists its options.

    It is a process of its own that shares nothing with the server, so this one becomes it.
    """
    module = [sys.executable, "-m", "tws.simulator", *arguments.args]
    os.execv(sys.executable, module)  # noqa: S606 - our own module


@cli.command()
def initialise(
    username: Annotated[str, typer.Option(prompt="Administrator's user name")],
    company: Annotated[str, typer.Option(prompt="Company")],
    domain: Annotated[str, typer.Option(prompt="Domain")],
    time_zone: Annotated[
        str | None, typer.Option(help="The domain's, an IANA name; that of this machine.")
    ] = None,
    internal_length: Annotated[int, typer.Option(help="Digits of an internal number.")] = 4,
    country_prefix: Annotated[str, typer.Option(help="Country code.")] = "33",
    external_prefix: Annotated[
        str, typer.Option(help="Dialled to get an outside line; may be empty.")
    ] = "0",
    international_prefix: Annotated[
        str, typer.Option(help="Dialled before a country code.")
    ] = "00",
    data: Data = None,
) -> None:
    """Create the first administrator, company and domain in an empty database.

    The password is asked for; without a terminal it is read from standard input. A server that
    runs on this database needs no restart.
    """
    settings = settings_of(None, None, data)
    zone = time_zone or _zone()
    password = _password()

    async def work(_: asyncio.Event) -> None:
        async with open_office(settings) as office:
            await office.access.first_start.initialise(
                username=username,
                password=password,
                company=company,
                domain={
                    "name": domain,
                    "time_zone": zone,
                    "internal_length": internal_length,
                    "country_prefix": country_prefix,
                    "external_prefix": external_prefix,
                    "international_prefix": international_prefix,
                },
            )
        typer.echo(
            f"Administrator {username} created, with company {company}, domain {domain} ({zone})."
        )

    until_stopped(work)


def _ready(port: int) -> None:
    telemetry.tell_systemd(telemetry.READY)
    typer.echo(f"Listening on port {port}.")


def _zone() -> str:
    """That of this machine; a machine in UTC says nothing of where its people are."""
    zone = machine_zone()
    if zone not in UTC_ZONES or not sys.stdin.isatty():
        return zone
    answer: str = typer.prompt("Time zone (IANA name, such as Europe/Paris)", default=zone)
    return answer


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass("Password (12 characters or more): ")
    if getpass.getpass("Again: ") != password:
        raise typer.BadParameter("the two passwords differ")
    return password
