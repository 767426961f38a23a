"""What the settings say of encryption, for this process and for those that it starts."""

import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from tws.config import Settings
from tws.errors import Unavailable
from tws.net.encryption import EXCEPT, TLS, Way, in_environment, put
from tws.storage.database import way_to
from tws.storage.whole_file import write_whole

TRUSTED = "SSL_CERT_FILE"
"Where OpenSSL looks for the certificates of authorities (SSL_CTX_set_default_verify_paths(3))."
BUNDLE = "trusted.pem"


@contextmanager
def encryption_of(settings: Settings) -> Iterator[None]:
    """For as long as it is used; as `encrypt`."""
    with in_environment(_wanted(settings)):
        yield


def encrypt(settings: Settings) -> None:
    """For as long as this process lives. Unavailable where the company's authorities cannot be
    read."""
    put(_wanted(settings))


def server_ways(settings: Settings) -> Sequence[tuple[str, Way]]:
    """How people speak to us, and we to the database and to other nodes: what is asked of those
    goes through NATS with its cookie."""
    found = [("https", Way(settings.host, settings.port, settings.tls_certificate is not None))]
    if (database := way_to(settings.database)) is not None:
        found.append(("PostgreSQL", database))
    for server in map(urlsplit, settings.nats):
        way = Way(server.hostname or "", server.port or 0, server.scheme == "tls")
        found.append(("NATS", way))
    return found


def _wanted(settings: Settings) -> Mapping[str, str | None]:
    values: dict[str, str | None] = {
        TLS: settings.tls,
        EXCEPT: ",".join(settings.tls_except) or None,
    }
    if settings.ca_file is not None:
        values[TRUSTED] = str(_bundle(settings.ca_file, settings.data_dir))
    return values


def _bundle(company: Path, folder: Path) -> Path:
    """The authorities of this machine and those of the company in one file: OpenSSL looks into one
    only."""
    own = ssl.get_default_verify_paths().cafile
    try:
        ssl.create_default_context(cafile=str(company))
        pieces = [Path(own).read_bytes()] if own and Path(own).name != BUNDLE else []
        whole = b"\n".join((*pieces, company.read_bytes()))
        file = folder / BUNDLE
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not file.is_file() or file.read_bytes() != whole:
            write_whole(file, whole)
    except (OSError, ssl.SSLError) as error:
        raise Unavailable(f"TWS_CA_FILE: {company} cannot be read: {error}.") from error
    return file
