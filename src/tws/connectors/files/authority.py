"""Certificates of one's own, in a file of the company's folder."""

import ssl
from pathlib import Path

from tws.connectors.files.company_folder import found
from tws.sources.errors import Misconfigured


def trust(context: ssl.SSLContext, files: Path, name: str) -> None:
    """Let `context` trust those of the PEM file of that name too. Misconfigured with words."""
    path = found(files, name)
    try:
        context.load_verify_locations(path)
    except (OSError, ssl.SSLError) as error:
        raise Misconfigured("{file} is no certificate in PEM form.", file=path.name) from error
