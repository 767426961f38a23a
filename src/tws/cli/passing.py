"""`tws synchronise`, `import-users`, `send-contacts`, `helper`, `snippets`: what others do."""

import asyncio
import ipaddress
import os
import sys
from collections.abc import Iterable, Mapping
from typing import Annotated

import typer

from tws.app.office import Office, open_office
from tws.app.outside import snippets
from tws.cli.typed import Data, cli, settings_of, until_stopped
from tws.errors import Invalid, NotFound
from tws.organisation.model import Link


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
            async with open_office(settings_of(None, None, data)) as office:
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

    until_stopped(work)


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
