"""A database of PostgreSQL with replicas: its URL names several hosts, and the one that takes
changes is used.

    postgresql://USER:PASSWORD@db1,db2:5433/NAME

as libpq writes it (PostgreSQL 15, section 34.1.1.2). The driver alone gives all hosts one time
limit together, which a machine without power uses up before the next one is asked.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from sqlalchemy import URL, make_url

PORT = "5432"
TAKES_CHANGES = "read-write"
Connect = Callable[..., Awaitable[Any]]


def database_url(text: str) -> URL:
    """SQLAlchemy's ArgumentError where it is none. Several hosts stand in its query, each with
    its port."""
    kind, _, rest = text.partition("://")
    authority, slash, path = rest.partition("/")
    user, at, hosts = authority.rpartition("@")
    if "," in hosts:
        url = make_url(f"{kind}://{user}{at}{slash}{path}")
        return _with_hosts(url, hosts.split(","))
    url = make_url(text)
    given = url.query.get("host", ())
    return url if isinstance(given, str) or not given else _with_hosts(url, given)


def hosts_of(url: URL) -> list[tuple[str, int]]:
    """With their ports; at least one, which has no name where it is a socket of this machine."""
    given = url.query.get("host", "")
    if isinstance(given, str):
        return [(url.host or "", url.port or int(PORT))]
    places = (place.rpartition(":") for place in given)
    return [(host.strip("[]"), int(port)) for host, _, port in places]


def _with_hosts(url: URL, hosts: Sequence[str]) -> URL:
    named = [host if ":" in host else f"{host}:{PORT}" for host in hosts]
    wanted = url.query.get("target_session_attrs", TAKES_CHANGES)
    return url.update_query_dict({"host": named, "target_session_attrs": wanted})


class OneOfSeveral:
    """Connects to the first host that is what is wanted, beginning with the one of last time.
    Each gets its share of the time."""

    def __init__(self, connect: Connect, errors: tuple[type[Exception], ...]) -> None:
        """`connect` is the driver's; `errors` are those that it raises besides OSError."""
        self._connect = connect
        self._errors: tuple[type[Exception], ...] = (OSError, *errors)
        self._last = 0

    async def __call__(
        self,
        *,
        host: Sequence[str],
        port: Sequence[int],
        timeout: float,  # noqa: ASYNC109 the driver's
        **more: Any,
    ) -> Any:
        """ConnectionError: why no host could be used."""
        places, share = list(zip(host, port, strict=True)), timeout / len(host)
        why: list[str] = []
        for turn in range(len(places)):
            at = (self._last + turn) % len(places)
            one, its_port = places[at]
            try:
                connection = await self._connect(host=one, port=its_port, timeout=share, **more)
            except self._errors as error:
                why.append(f"{one}: {str(error) or type(error).__name__}")
            else:
                self._last = at
                return connection
        raise ConnectionError("; ".join(why))
