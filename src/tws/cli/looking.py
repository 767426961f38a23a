"""`tws doctor`, `cluster`, `support-bundle`, `trace replay`, `openapi`: what only looks."""

import asyncio
import json
from pathlib import Path
from typing import Annotated

import typer

from tws import remote, telemetry
from tws.app.office import doctor_of, open_office
from tws.app.outside import Outside
from tws.cli.typed import Data, cli, settings_of, traces, until_stopped
from tws.maintenance.findings import Finding, Severity
from tws.maintenance.traces.lines import NotATrace
from tws.maintenance.traces.words import in_words
from tws.organisation.actor import SYSTEM
from tws.replaying import replay_files
from tws.roll_call import roll_call
from tws.supporting import bundle_alone, write
from tws.web.server import openapi as description


@cli.command()
def doctor(
    username: Annotated[
        str | None, typer.Option(help="Administrator's user name, for a server that runs.")
    ] = None,
    server: Annotated[str, typer.Option(help="The server.")] = "http://127.0.0.1:8080",
    alone: Annotated[bool, typer.Option(help="Ask no server: look at the data only.")] = False,
    data: Data = None,
) -> None:
    """Look through what is usually wrong; exit code 1 when something failed.

    A server that runs is asked, with an administrator's password; else the data are looked at,
    and nothing can be said of links and services.
    """
    if not alone and asyncio.run(remote.answers(server)):
        typer.echo(f"Asking {server}.", err=True)
        failed = remote.doctor(server, username or typer.prompt("Administrator's user name"))
    else:
        settings = settings_of(None, None, data)
        found: list[Finding] = []

        async def work(_: asyncio.Event) -> None:
            async with open_office(settings) as office:
                found.extend(await doctor_of(office, settings, Outside()).examine(SYSTEM))

        until_stopped(work)
        failed = any(one.outcome is Severity.FAILED for one in found)
        for one in found:
            typer.echo(remote.finding(one.outcome, one.check, str(one.said), str(one.todo or "")))
    if failed:
        raise typer.Exit(1)


@cli.command()
def cluster(
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    data: Data = None,
) -> None:
    """Show the nodes of a server: what each holds, how far behind it is (TWS_NATS).

    Exit code 1 when one does not answer, or a link is held by none.
    """
    settings = settings_of(None, None, data)
    well: list[bool] = []

    async def work(_: asyncio.Event) -> None:
        well.append(await roll_call(settings, typer.echo, as_json=as_json))

    until_stopped(work)
    if not all(well):
        raise typer.Exit(1)


@cli.command("support-bundle")
def support_bundle(
    to: Annotated[Path | None, typer.Option(help="Folder, or a new file; else here.")] = None,
    username: Annotated[
        str | None, typer.Option(help="Super user's name, for a server that runs.")
    ] = None,
    server: Annotated[str, typer.Option(help="The server.")] = "http://127.0.0.1:8080",
    alone: Annotated[bool, typer.Option(help="Ask no server: take the data only.")] = False,
    personal: Annotated[
        bool, typer.Option("--personal", help="Numbers and names as they are; else hidden.")
    ] = False,
    traces: Annotated[
        bool, typer.Option("--traces", help="Traces of links too; without --personal thinned.")
    ] = False,
    data: Data = None,
) -> None:
    """Make an archive for whoever helps: versions, settings, findings, log; never a secret.

    A server that runs is asked, with a super user's password. Where none runs, or its database is
    away, the archive says what is not in it.
    """
    made = None
    if not alone and asyncio.run(remote.answers(server)):
        typer.echo(f"Asking {server}.", err=True)
        name = username or typer.prompt("Super user's name")
        made = remote.support_bundle(server, name, personal=personal, traces=traces)
    if made is None:
        settings = settings_of(None, None, data)
        found: list[tuple[str, bytes, dict[str, str]]] = []

        async def work(_: asyncio.Event) -> None:
            found.append(await bundle_alone(settings, personal=personal, traces=traces))

        until_stopped(work)
        file, content, missing = found[0]
        made = file, content
        for one, why in missing.items():
            typer.echo(f"Not in it: {one}: {why}", err=True)
    try:
        path = write(to, *made)
    except OSError as error:
        typer.echo(f"tws: {error}", err=True)
        raise typer.Exit(1) from error
    typer.echo(f"{path}: {len(made[1]):,} bytes{', with personal data' if personal else ''}.")


@traces.command("replay")
def replay_trace(
    files: Annotated[
        list[Path], typer.Argument(help="The files of one trace, oldest first, or a download.")
    ],
) -> None:
    """Drive the drivers of this version with what was recorded, and show the calls; exit code 1
    where they went another way than then. It needs no server, and changes nothing."""
    telemetry.set_up(level="error")
    try:
        replay = asyncio.run(replay_files(files))
    except (NotATrace, OSError) as error:
        typer.echo(f"tws: {error}", err=True)
        raise typer.Exit(2) from error
    for words in in_words(replay):
        typer.echo(words)
    if replay.difference_count:
        raise typer.Exit(1)


@cli.command()
def openapi() -> None:
    """Print the description of the API (OpenAPI 3.1)."""
    typer.echo(json.dumps(description(), indent=2))
