"""`tws licence`: for who issues licences. It needs nothing of a server, nor of its database."""

import base64
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tws.errors import Invalid
from tws.licences import document
from tws.licences.dongle import written
from tws.licences.model import Licence
from tws.organisation.applications import Application

licence = typer.Typer(no_args_is_help=True, help="Make and read licence files.")

KeyFile = Annotated[Path, typer.Option(help="The issuer's private key, PEM.")]


@licence.command("new-key")
def new_key(key: KeyFile) -> None:
    """Make a private key, and print the public one for servers (TWS_LICENCE_ISSUERS)."""
    made = Ed25519PrivateKey.generate()
    pem = made.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    try:
        with key.open("xb") as file:  # never over another one
            key.chmod(0o600)
            file.write(pem)
    except OSError as error:
        raise typer.BadParameter(f"{key}: {error.strerror}") from error
    typer.echo(public_text(made))


@licence.command()
def issue(
    key: KeyFile,
    voucher: Annotated[str, typer.Option(help="Serial number of the order, a UUID.")],
    dongle: Annotated[str, typer.Option(help="Number that the server's Licences page shows.")],
    holder: Annotated[str, typer.Option(help="Whose it is.")],
    application: Annotated[
        list[str], typer.Option(help="'TWS Caller=30'; one for each application.")
    ],
    expires: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day, in UTC.")
    ] = None,
) -> None:
    """Print a licence file for one installation."""
    try:
        made = Licence(
            voucher=voucher,
            dongle=written(dongle),
            holder=holder,
            issued=datetime.now(UTC).replace(microsecond=0),
            expires=None if expires is None else expires.replace(tzinfo=UTC, hour=23, minute=59),
            applications=dict(_counted(each) for each in application),
        )
        text = document.signed(made, _private(key))
        document.read(text, [_private(key).public_key()])  # nothing is issued that no server takes
    except (ValueError, Invalid) as error:
        raise typer.BadParameter(str(error)) from error
    typer.echo(text, nl=False)


@licence.command()
def show(file: Path, issuer: Annotated[str, typer.Option(help="Public key, base64.")]) -> None:
    """Say what a licence file holds, and whether that issuer signed it."""
    try:
        found = document.read(file.read_text("utf-8"), [document.public_key(issuer)])
    except (OSError, ValueError, Invalid) as error:
        raise typer.BadParameter(str(error)) from error
    typer.echo(f"Voucher    {found.voucher}\nDongle     {found.dongle}\nHolder     {found.holder}")
    typer.echo(f"Issued     {found.issued.isoformat()}")
    typer.echo(f"Expires    {found.expires.isoformat() if found.expires else 'never'}")
    for name, number in found.applications.items():
        typer.echo(f"{number:>6}  {name}")


def _counted(text: str) -> tuple[str, int]:
    name, equals, number = text.rpartition("=")
    known = {each.casefold(): each for each in Application}
    if not equals or name.strip().casefold() not in known:
        offered = ", ".join(Application)
        raise ValueError(f"{text}: write NAME=NUMBER; there are {offered}")
    return str(known[name.strip().casefold()]), int(number)


def _private(path: Path) -> Ed25519PrivateKey:
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), None)
    except OSError as error:
        raise ValueError(f"{path}: {error.strerror}") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{path} holds no Ed25519 key")
    return key


def public_text(key: Ed25519PrivateKey) -> str:
    """Of its public key, as TWS_LICENCE_ISSUERS takes it."""
    raw = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return base64.b64encode(raw).decode()
