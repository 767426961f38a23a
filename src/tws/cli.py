"""The command line: `tws serve`, `demo`, `simulate`, `initialise`, `synchronise`, ...."""

import asyncio
import getpass
import ipaddress
import json
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
import uvloop
from pydantic import ValidationError

from tws import __version__, remote, telemetry
from tws.app.encrypting import encrypt
from tws.app.house import open_house
from tws.app.office import Office, doctor_of, open_office
from tws.app.outside import Outside, snippets
from tws.app.serving import run
from tws.app.tracing import traced
from tws.config import Settings, demonstration_folder, machine_zone
from tws.demo import prepare, refuse_demonstration, running_simulator, welcome
from tws.errors import Invalid, NotFound, ServiceError
from tws.issuing import licence
from tws.maintenance.findings import Finding, Severity
from tws.maintenance.traces.lines import NotATrace
from tws.maintenance.traces.words import in_words
from tws.organisation.actor import SYSTEM
from tws.organisation.model import Link
from tws.replaying import replay_files
from tws.roll_call import roll_call
from tws.rotation import drop_old, rotate
from tws.safekeeping import back_up, bring_up, list_backups, put_back
from tws.storage import InUse, StorageError
from tws.supporting import bundle_alone, write
from tws.web.server import openapi as description

cli = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="TWS, a telephony gateway.",
)

Host = Annotated[str | None, typer.Option(help="Address to listen on (TWS_HOST).")]
Port = Annotated[int | None, typer.Option(help="Port to listen on, 0 for a free one (TWS_PORT).")]
Data = Annotated[Path | None, typer.Option(help="Folder of the data (TWS_DATA_DIR).")]
PassphraseFile = Annotated[
    Path | None, typer.Option(help="File with the passphrase; else TWS_BACKUP_PASSPHRASE.")
]

cli.add_typer(licence, name="licence")
traces = typer.Typer(no_args_is_help=True, help="Traces of what PBXs and TWS said.")
cli.add_typer(traces, name="trace")

IN_USE = 3
"Exit code of a second server on the database of a first."

UTC_ZONES = frozenset({"UTC", "Etc/UTC", "UCT", "Etc/UCT", "Universal", "Etc/Universal", "Zulu"})
"Names of no place: what servers are often set to."


def main() -> None:
    cli()


@cli.callback(invoke_without_command=True)
def version(
    show: Annotated[bool, typer.Option("--version", help="Say the version and leave.")] = False,
) -> None:
    if show:
        typer.echo(f"tws {__version__}")
        raise typer.Exit


@cli.command()
def serve(host: Host = None, port: Port = None, data: Data = None) -> None:
    """Serve the Caller, the administration and the API."""
    settings = _settings(host, port, data)

    async def work(stop: asyncio.Event) -> None:
        refuse_demonstration(settings)
        async with traced(settings), open_house(settings) as house:
            if await house.rooms.access.first_start.needed():
                typer.echo("No administrator yet: open the page, or use `tws initialise`.")
            await run(house, settings, stop, _ready)

    _until_stopped(work)


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
    settings = _settings("127.0.0.1", port, folder, database="")
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

    _until_stopped(work)


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
    settings = _settings(None, None, data)
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

    _until_stopped(work)


@cli.command(
    add_help_option=False,
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def synchronise(arguments: typer.Context) -> None:
    """Synchronise a directory with its source: `tws synchronise --help` lists its options.

    It asks the server that runs, as a page does, so this process becomes that client.
    """
    module = [sys.executable, "-m", "tws.remote", *arguments.args]
    os.execv(sys.executable, module)  # noqa: S606 - our own module


@cli.command(
    "import-users",
    add_help_option=False,
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def import_users(arguments: typer.Context) -> None:
    """Import users from their source: `tws import-users --help` lists its options."""
    module = [sys.executable, "-m", "tws.remote", "--users", *arguments.args]
    os.execv(sys.executable, module)  # noqa: S606 - our own module


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
        settings = _settings(None, None, data)
        found: list[Finding] = []

        async def work(_: asyncio.Event) -> None:
            async with open_office(settings) as office:
                found.extend(await doctor_of(office, settings, Outside()).examine(SYSTEM))

        _until_stopped(work)
        failed = any(one.outcome is Severity.FAILED for one in found)
        for one in found:
            typer.echo(remote.finding(one.outcome, one.check, str(one.said), str(one.todo or "")))
    if failed:
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
        settings = _settings(None, None, data)
        found: list[tuple[str, bytes, dict[str, str]]] = []

        async def work(_: asyncio.Event) -> None:
            found.append(await bundle_alone(settings, personal=personal, traces=traces))

        _until_stopped(work)
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


@cli.command(
    "send-contacts",
    add_help_option=False,
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def send_contacts(arguments: typer.Context) -> None:
    """Send an export of one's Outlook contacts: `tws send-contacts --help` lists its options."""
    module = [sys.executable, "-m", "tws.agent", *arguments.args]
    os.execv(sys.executable, module)  # noqa: S606 - our own module


@cli.command(
    add_help_option=False,
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def helper(arguments: typer.Context) -> None:
    """The helper of one's desk, on one's own computer: `tws helper --help` lists its options."""
    module = [sys.executable, "-m", "tws.desktop", *arguments.args]
    os.execv(sys.executable, module)  # noqa: S606 - our own module


@cli.command("snippets")
def print_snippets(
    link: Annotated[str | None, typer.Argument(help="Name or id of a link.")] = None,
    dialect: Annotated[str | None, typer.Option(help="Without a link: the kind of PBX.")] = None,
    host: Annotated[str | None, typer.Option(help="The PBX; without a link this machine.")] = None,
    user: Annotated[str | None, typer.Option(help="User of TWS on the PBX.")] = None,
    secret: Annotated[str | None, typer.Option(help="Secret of that user.")] = None,
    context: Annotated[str | None, typer.Option(help="Where its phones dial from.")] = None,
    servers: Annotated[
        list[str] | None,
        typer.Option("--from", help="Address that the PBX sees TWS come from; may be repeated."),
    ] = None,
    show_secret: Annotated[bool, typer.Option(help="Print the secret of the link.")] = False,
    file: Annotated[str | None, typer.Option(help="Print the parts of this file only.")] = None,
    data: Data = None,
) -> None:
    """Print what to add to the configuration of a PBX: of a link, or of one to be made.

    Each part goes beneath what its file has already.
    """
    if (link is None) == (dialect is None):
        raise typer.BadParameter("name a link, or give --dialect")
    _addresses(servers or ())
    told = {"host": host, "user": user, "password": secret, "context": context}
    given = {name: value for name, value in told.items() if value is not None}

    async def work(_: asyncio.Event) -> None:
        kind = dialect or ""
        stored: Mapping[str, object] = {"host": "127.0.0.1"}
        if link is not None:
            async with open_office(_settings(None, None, data)) as office:
                row = office.organisation.links.opened_link(_link(office, link))
            kind, stored = row.dialect, row.settings
        parts = await snippets(
            kind, {**stored, **given}, servers or (), secrets=show_secret or secret is not None
        )
        if not parts:
            typer.echo("Nothing has to be added to this kind of PBX.", err=True)
        for part in parts:
            if file in (None, part.file):
                typer.echo(f"; {part.file}: {part.title}\n{part.text}")

    _until_stopped(work)


@cli.command()
def migrate(data: Data = None) -> None:
    """Bring the tables to this version. On PostgreSQL the server of the version before goes on
    serving meanwhile, and this one then starts at once."""
    settings = _settings(None, None, data)

    async def work(_: asyncio.Event) -> None:
        await bring_up(settings, typer.echo)

    _until_stopped(work)


@cli.command()
def backup(
    to: Annotated[
        Path | None, typer.Option(help="Folder, or a new file; else that of the backups.")
    ] = None,
    passphrase_file: PassphraseFile = None,
    data: Data = None,
) -> None:
    """Write a backup of the whole installation, while the server runs or not."""
    settings = _settings(None, None, data)

    async def work(_: asyncio.Event) -> None:
        await back_up(settings, to, passphrase_file, typer.echo)

    _until_stopped(work)


@cli.command()
def cluster(
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    data: Data = None,
) -> None:
    """Show the nodes of a server: what each holds, how far behind it is (TWS_NATS).

    Exit code 1 when one does not answer, or a link is held by none.
    """
    settings = _settings(None, None, data)
    well: list[bool] = []

    async def work(_: asyncio.Event) -> None:
        well.append(await roll_call(settings, typer.echo, as_json=as_json))

    _until_stopped(work)
    if not all(well):
        raise typer.Exit(1)


@cli.command()
def backups(data: Data = None) -> None:
    """List the backups, newest first."""
    list_backups(_settings(None, None, data), typer.echo)


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
        settings = _settings(None, None, into, database=f"sqlite:///{into / 'tws.db'}")
    else:
        settings = _settings(None, None, data)

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

    _until_stopped(work)


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
    settings = _settings(None, None, data)

    async def work(_: asyncio.Event) -> None:
        if not await (drop_old if drop else rotate)(settings, typer.echo):
            raise typer.Exit(1)

    _until_stopped(work)


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


# ---------------------------------------------------------------- inside


def _settings(
    host: str | None, port: int | None, data: Path | None, database: str | None = None
) -> Settings:
    given: dict[str, Any] = {"host": host, "port": port, "database": database}
    if data is not None:
        given |= {"data_dir": data, "state_dir": data / "state"}
    try:
        told = {name: value for name, value in given.items() if value is not None}
        # By systemd's LoadCredential=: a file for each, `tws_secret_key` and so on.
        told["_secrets_dir"] = os.environ.get("CREDENTIALS_DIRECTORY")
        settings = Settings(**told)
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
    )
    try:
        encrypt(settings)
    except ServiceError as error:
        typer.echo(f"tws: {error}", err=True)
        raise typer.Exit(1) from error
    return settings


def _link(office: Office, name: str) -> Link:
    found = [row for row in office.registry.links.values() if name in (row.id, row.name)]
    if not found:
        raise NotFound(f"There is no link {name}.")
    if len(found) > 1:
        ids = ", ".join(row.id for row in found)
        raise Invalid(f"Several links are named {name}. Say which by its id: {ids}.", field="link")
    return found[0]


def _addresses(given: Iterable[str]) -> None:
    for address in given:
        try:
            ipaddress.ip_address(address)
        except ValueError as error:
            raise typer.BadParameter(f"{address} is no address", param_hint="--from") from error


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


def _until_stopped(work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
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


if __name__ == "__main__":
    main()
